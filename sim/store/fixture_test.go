package store

import (
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

var (
	twoYears = clock.NewTimeline(clock.MustDate("2025-12-31"), 2)
	regimes  = []string{"uk-2025", "uk-core-protection"}
	config   = []byte("seed: 1\nregimes: [uk-2025, uk-core-protection]\n")
)

func meta(n int) Meta {
	return Meta{
		Experiment: "core-protection", Program: Program{Version: "0.1.0", GoVersion: "go1.26", Executable: "b1ab"}, ConfigDigest: "sha256:c0ffee", Opening: twoYears.Opening, Months: 24,
		DataDigests: map[string]string{"b.csv": "2", "a.csv": "1"}, Seed: 1<<63 + 1, Regimes: regimes, Replications: n, Inner: 1,
	}
}

var execution = Execution{Workers: 2, WallSeconds: 1.5, CPUSeconds: 2.5, PeakMemory: 1 << 20, Host: Host{"linux", "amd64", 2}}

// replicate makes the runs of one replication, paired across regimes.
func replicate(t *clock.Timeline, regimes, replication int) []*measure.Run {
	runs := make([]*measure.Run, regimes)
	for r := range runs {
		rng := rand.New(rand.NewPCG(7, uint64(replication)))
		run := &measure.Run{Months: make([]measure.Row, len(t.Months)), Events: 1000}
		for m := range run.Months {
			for o := range measure.NumOutputs {
				v := rng.Int64N(5_000) + int64(r*m)
				switch {
				case o.Define().Kind == measure.Cost:
					v = v*1_234_567 + 89
				case o == measure.WithdrawalsPeople:
					v = 0 // some series never move
				}
				run.Months[m][o] = v
			}
		}
		for m := 0; m+6 < len(t.Months); m++ {
			run.Cohorts = append(run.Cohorts, measure.CohortRow{ClaimMonth: m, Age: 6,
				Cases: [measure.NumCohortOutcomes]int64{rng.Int64N(9), rng.Int64N(9), int64(r), 1}})
		}
		runs[r] = run
	}
	return runs
}

// begin creates a writer and appends n replications.
func begin(t testing.TB, dir string, n int, o Options) *Writer {
	t.Helper()
	w, err := Create(dir, meta(n), config, o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { w.Close() })
	for r := range n {
		if err := w.Append(r, 0, replicate(twoYears, len(regimes), r)); err != nil {
			t.Fatal(err)
		}
	}
	return w
}

// written makes a complete result.
func written(t testing.TB, dir string, n int) *Result {
	t.Helper()
	result, err := begin(t, dir, n, Options{}).Commit(execution)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// names lists a folder, hidden entries included.
func names(t *testing.T, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range entries {
		list = append(list, e.Name())
	}
	return list
}

func read(t testing.TB, elem ...string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(elem...))
	if err != nil {
		t.Fatal(err)
	}
	return data
}
