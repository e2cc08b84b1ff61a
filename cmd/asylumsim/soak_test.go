package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/store"
	"asylumsim/sim/unit"
)

var soak = flag.Bool("soak", false, "run thousands of replications and watch memory, goroutines and open files")

// What may grow with a replication: its number in the journal's index, 4 bytes,
// and what the precision is judged by, 8 bytes for each of two regimes; slices
// take up to twice that when they grow. 64 bytes allow for it. One kept run
// takes 10,000 bytes and more, so that to keep one in four would be seen.
const (
	soakReplications = 2000
	soakSettled      = 200     // replications after which every world has its size
	soakGrowth       = 64      // bytes a replication
	soakNoise        = 4 << 20 // bytes: which replications are under way at a look
)

// sample is a look at the process between two replications.
type sample struct {
	replication       int
	heap              int64 // live bytes
	journal           int64 // bytes on the disk
	goroutines, files int
}

// TestSoak runs 2,000 small replications as asylumsim run does, by its runner,
// into its journal, with the precision judged after each: memory, goroutines
// and open files stay what they are after 200, and the journal grows by the same
// record each time.
func TestSoak(t *testing.T) {
	if !*soak {
		t.Skip("slow: make soak")
	}
	files := func() int {
		entries, err := os.ReadDir("/proc/self/fd")
		if err != nil {
			t.Skip("the system does not tell which files are open:", err)
		}
		return len(entries)
	}
	before := files()
	years, n := 1, soakReplications
	fraction := unit.Fraction(200)
	bundle, err := config.Load(config.Options{Experiment: "core-protection", Years: &years, Replications: &n, Fraction: &fraction})
	if err != nil {
		t.Fatal(err)
	}
	plan, err := planOf(bundle, bundle.Files, 2)
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(t.TempDir(), "r")
	writer, err := store.Create(dir, metaOf(bundle, built(), nil, nil), bundle.Resolved(), store.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer writer.Close()
	// A precision that is never reached.
	targets := []compare.Target{{Output: measure.HotelPeople, HalfWidth: 1e-9}}
	judge, err := running{bundle: bundle, targets: targets}.judge(writer, plan)
	if err != nil {
		t.Fatal(err)
	}
	var samples []sample
	defer collectAt(runGarbage)()
	done, err := plan.Run(context.Background(), func(replication, redraws int, runs []*measure.Run) error {
		if err := writer.Append(replication, redraws, runs); err != nil {
			return err
		}
		if judge(runs) {
			return experiment.ErrEnough
		}
		if i := replication + 1; i%soakSettled == 0 {
			var m runtime.MemStats
			runtime.GC()
			runtime.ReadMemStats(&m)
			journal, err := os.Stat(filepath.Join(writer.Kept(), "replications.journal"))
			if err != nil {
				return err
			}
			samples = append(samples, sample{i, int64(m.HeapAlloc), journal.Size(), runtime.NumGoroutine(), files()})
		}
		return nil
	})
	if err != nil || done != n {
		t.Fatalf("%d replications: %v", done, err)
	}
	for _, s := range samples {
		t.Logf("%5d replications: %6.2f MB live, %d goroutines, %d files, journal %.1f MB", s.replication, float64(s.heap)/1e6, s.goroutines, s.files, float64(s.journal)/1e6)
	}
	if _, err := writer.Commit(store.Execution{}); err != nil {
		t.Fatal(err)
	}
	if after := files(); after != before {
		t.Errorf("%d files are open after the run, %d before", after, before)
	}
	if peak, ok := peakMemory(); ok {
		t.Logf("at most %d MB resident, the result included", peak>>20)
	}
	for _, fault := range grown(samples) {
		t.Error(fault)
	}
}

// grown says what grew from the first sample to the others.
func grown(samples []sample) (faults []string) {
	first := samples[0]
	record := float64(samples[1].journal-first.journal) / float64(samples[1].replication-first.replication)
	for _, s := range samples[1:] {
		more := s.replication - first.replication
		if grew := s.heap - first.heap; grew > soakGrowth*int64(more)+soakNoise {
			faults = append(faults, fmt.Sprintf("after %d replications %d bytes more are live than after %d: want at most %d a replication and %d", s.replication, grew, first.replication, soakGrowth, soakNoise))
		}
		if s.goroutines > first.goroutines {
			faults = append(faults, fmt.Sprintf("after %d replications %d goroutines, after %d %d", s.replication, s.goroutines, first.replication, first.goroutines))
		}
		if s.files > first.files {
			faults = append(faults, fmt.Sprintf("after %d replications %d files are open, after %d %d", s.replication, s.files, first.replication, first.files))
		}
		if want := first.journal + int64(record*float64(more)); s.journal != want {
			faults = append(faults, fmt.Sprintf("after %d replications the journal has %d bytes, want %d: the same for each", s.replication, s.journal, want))
		}
	}
	return faults
}

// What counts as growth, by hand.
func TestGrown(t *testing.T) {
	at := func(replication int) sample {
		return sample{replication: replication, heap: 5e6, journal: 64 + 1000*int64(replication), goroutines: 4, files: 9}
	}
	for _, c := range []struct {
		name   string
		change func(*sample)
		want   string
	}{
		{"nothing", func(*sample) {}, ""},
		{"as much memory as is allowed", func(s *sample) { s.heap += 1800*64 + 4<<20 }, ""},
		{"a byte more", func(s *sample) { s.heap += 1800*64 + 4<<20 + 1 }, "bytes more are live"},
		{"less memory", func(s *sample) { s.heap -= 4e6 }, ""},
		{"a goroutine", func(s *sample) { s.goroutines++ }, "5 goroutines"},
		{"a file", func(s *sample) { s.files++ }, "10 files are open"},
		{"a journal that grows faster", func(s *sample) { s.journal++ }, "the journal has"},
	} {
		samples := []sample{at(200), at(400), at(2000)}
		c.change(&samples[2])
		faults := strings.Join(grown(samples), "\n")
		if (c.want == "") != (faults == "") || !strings.Contains(faults, c.want) {
			t.Errorf("%s: %q, want %q", c.name, faults, c.want)
		}
	}
}
