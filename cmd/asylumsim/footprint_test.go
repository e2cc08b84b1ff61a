package main

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"asylumsim/sim/store"
	"asylumsim/sim/unit"
)

// tenYears is a run of two regimes over ten years.
func tenYears(done, all, workers int) footprint {
	return footprint{meta: store.Meta{Experiment: "trial", Regimes: []string{"a", "b"}, Months: 120, Replications: all}, done: done, all: all, workers: workers}
}

// The time of a run by hand: 1,000 replications of two regimes are 2,000 runs of
// 6 ms and ten times 45 ms, and a number takes 2 microseconds to write.
func TestFootprintSeconds(t *testing.T) {
	writing := 1000 * float64(tenYears(0, 1, 1).meta.Numbers()) * 2e-6
	tenth := tenYears(0, 1000, 1)
	tenth.meta.Fraction = unit.Fraction(10)
	for _, c := range []struct {
		of   footprint
		want float64
	}{
		{tenYears(0, 1000, 1), 912},
		{tenYears(0, 1000, 2), 456},
		{tenYears(500, 1000, 2), 228}, // of a run that is gone on with, what is missing
		{tenYears(1000, 1000, 2), 0},
		{tenth, 102},
	} {
		if got := c.of.seconds() - writing; math.Abs(got-c.want) > 1e-6 {
			t.Errorf("%d of %d on %d workers at %v: %v s, want %v", c.of.done, c.of.all, c.of.workers, c.of.meta.Fraction, got, c.want)
		}
	}
}

// The memory of a run by hand: the program, a world of ten years for each worker
// with three results on their way, and four samples of 120 months of 8 bytes.
func TestFootprintMemory(t *testing.T) {
	f := tenYears(0, 1_000_000, 3)
	results := 3 * 3 * f.meta.DiskBytes(1, 0)
	if got, want := f.memory()-results, 40e6+3*100e6+4*120*8*1e6; math.Abs(got-want) > 1 {
		t.Errorf("%v bytes, want %v", got, want)
	}
}

// What a run is refused for has the number that would fit: that one does, and
// one more does not.
func TestARunThatDoesNotFit(t *testing.T) {
	unlimited := math.Inf(1)
	for _, c := range []struct {
		of   footprint
		room room
	}{
		{tenYears(0, 1_000_000, 2), room{disk: 50e9, memory: unlimited}},
		{tenYears(700, 1_000_000, 2), room{disk: 50e9, memory: unlimited}},
		{tenYears(0, 1_000_000, 2), room{disk: unlimited, memory: 1e9}},
		{tenYears(700, 1_000_000, 2), room{disk: 50e9, memory: 1e9}},
	} {
		err := c.of.check(c.room, "results")
		most := c.of.most(c.room)
		if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("replications = 1000000: want %d at most", most)) {
			t.Errorf("%v: %v, want %d named", c.room, err, most)
		}
		fits, not := c.of, c.of
		fits.all, not.all = most, most+1
		if fits.check(c.room, "results") != nil || not.check(c.room, "results") == nil {
			t.Errorf("%v: %d are not the most that fit", c.room, most)
		}
	}
	if err := tenYears(0, 10, 2).check(room{disk: 1e5, memory: unlimited}, "results"); err == nil || !strings.Contains(err.Error(), "another folder") {
		t.Errorf("without room for one: %v", err)
	}
	if err := tenYears(0, 1_000_000, 2).check(room{disk: unlimited, memory: unlimited}, "results"); err != nil {
		t.Errorf("a system that says nothing of its room: %v", err)
	}
	half := tenYears(0, 500_000, 2)
	half.meta.Replications, half.meta.Shard = 1_000_000, &store.Shard{Index: 1, Of: 2}
	has := room{disk: 50e9, memory: unlimited}
	if err, want := half.check(has, "results"), fmt.Sprintf("want %d at most", 2*half.most(has)); err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("a shard: %v, %s of the whole run", err, want)
	}
}

func TestWorkersAreBounded(t *testing.T) {
	unlimited := math.Inf(1)
	for _, c := range []struct {
		asked, processors, replications int
		byMemory                        float64
		want                            int
		why                             string
	}{
		{0, 8, 100, unlimited, 8, ""},
		{3, 8, 100, unlimited, 3, ""},
		{4096, 8, 100, unlimited, 8, "one for each processor"},
		{4096, 8, 5, unlimited, 5, "one for each replication"},
		{0, 8, 5, unlimited, 5, ""},
		{0, 8, 0, unlimited, 1, ""}, // all are done
		{0, 8, 100, 2.9, 2, "as many as there is memory for"},
		{2, 8, 100, 2.9, 2, ""},
		{0, 8, 100, 0.5, 1, "as many as there is memory for"},
	} {
		got, why := workersFor(c.asked, c.processors, c.replications, c.byMemory)
		if got != c.want || why != c.why {
			t.Errorf("%+v: %d workers, %q", c, got, why)
		}
	}
}

func TestALongRunSaysSo(t *testing.T) {
	if text := tenYears(0, 1000, 1).describe(); text != "" {
		t.Errorf("a run of a quarter of an hour says %q", text)
	}
	// 27,360 s, and 2 s for each of so many million numbers.
	long := tenYears(0, 30_000, 1)
	hours := (27_360 + 0.06*float64(long.meta.Numbers())) / 3600
	if text, want := long.describe(), fmt.Sprintf("this will take about %.1f hours and ", hours); !strings.HasPrefix(text, want) {
		t.Errorf("%q, want %q", text, want)
	}
	for _, c := range []struct{ got, want string }{
		{inTime(2.5 * 3600), "2.5 hours"}, {inTime(47 * 3600), "47 hours"}, {inTime(50 * 3600), "2.1 days"}, {inTime(366 * 24 * 3600), "366 days"}, {inTime(3 * 365.2425 * 24 * 3600), "3 years"},
		{inBytes(0), "0 kB"}, {inBytes(1500), "1.5 kB"}, {inBytes(999_600), "1 MB"}, {inBytes(78e9), "78 GB"}, {inBytes(15e15), "15000 TB"},
	} {
		if c.got != c.want {
			t.Errorf("%s, want %s", c.got, c.want)
		}
	}
}

func TestMemAvailable(t *testing.T) {
	if got := memAvailable("MemTotal:       32000000 kB\nMemFree:         1000000 kB\nMemAvailable:    2000000 kB\nBuffers: 1 kB\n"); got != 2_048_000_000 {
		t.Errorf("%v bytes", got)
	}
	if got := memAvailable("MemTotal: 1 kB\n"); !math.IsInf(got, 1) {
		t.Errorf("of an old kernel: %v bytes", got)
	}
}
