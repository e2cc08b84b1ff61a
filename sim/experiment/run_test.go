package experiment_test

import (
	"context"
	"errors"
	"io/fs"
	"reflect"
	"slices"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// shippedPlan is the shipped experiment, cut to one year.
func shippedPlan(t *testing.T, replications, workers int) *experiment.Plan {
	t.Helper()
	years := 1
	b, err := config.Load(config.Options{Experiment: "core-protection", Years: &years})
	if err != nil {
		t.Fatal(err)
	}
	observed, err := fs.Sub(b.Files, "observed")
	if err != nil {
		t.Fatal(err)
	}
	series, err := evidence.Load(observed)
	if err != nil {
		t.Fatal(err)
	}
	opening, _, err := evidence.Opening(series, b.Experiment.Opening, b.Regimes[0].Epochs[0].Opening)
	if err != nil {
		t.Fatal(err)
	}
	return &experiment.Plan{
		Opening: opening, Years: years, Groups: len(b.Groups), Regimes: b.Regimes,
		Seed: 1, Replications: replications, Workers: workers,
	}
}

// collect runs a plan and keeps everything.
func collect(t *testing.T, p *experiment.Plan) [][]*measure.Run {
	t.Helper()
	var all [][]*measure.Run
	done, err := p.Run(context.Background(), func(replication int, runs []*measure.Run) error {
		if replication != len(all) {
			t.Errorf("replication %d came as number %d", replication, len(all))
		}
		all = append(all, runs)
		return nil
	})
	if err != nil || done != p.Replications {
		t.Fatalf("%d of %d replications: %v", done, p.Replications, err)
	}
	return all
}

func TestResultsDoNotDependOnWorkers(t *testing.T) {
	want := collect(t, shippedPlan(t, 5, 1))
	for _, workers := range []int{2, 7} {
		if got := collect(t, shippedPlan(t, 5, workers)); !reflect.DeepEqual(got, want) {
			t.Errorf("%d workers give another result than one", workers)
		}
	}
	if reflect.DeepEqual(want[0], want[1]) {
		t.Error("two replications are the same")
	}
}

// TestNullRegimeIsTheBase: identical parameters give identical results, bit
// for bit, whatever a regime is called.
func TestNullRegimeIsTheBase(t *testing.T) {
	p := shippedPlan(t, 2, 2)
	again := *p.Regimes[0]
	again.Name = "under another name"
	p.Regimes = []*policy.Regime{p.Regimes[0], &again}
	for i, runs := range collect(t, p) {
		if !reflect.DeepEqual(runs[0], runs[1]) {
			t.Errorf("replication %d: the null regime differs from the base", i)
		}
	}
}

// TestNothingDiffersBeforeThePolicy: up to the first date on which the rules
// differ every month is the same, bit for bit.
func TestNothingDiffersBeforeThePolicy(t *testing.T) {
	p := shippedPlan(t, 2, 2)
	base, regime := p.Regimes[0], p.Regimes[1]
	day := slices.IndexFunc(regime.Starts, func(d clock.Date) bool {
		return regime.Epochs[regime.EpochAt(d)] != base.Epochs[base.EpochAt(d)]
	})
	months := slices.IndexFunc(p.Timeline().Months, func(end clock.Date) bool { return end >= regime.Starts[day] })
	if months < 1 {
		t.Fatalf("no month of the run ends before %s", regime.Starts[day])
	}
	for i, runs := range collect(t, p) {
		if !reflect.DeepEqual(runs[0].Months[:months], runs[1].Months[:months]) {
			t.Errorf("replication %d: the regimes differ before %s", i, regime.Starts[day])
		}
		if reflect.DeepEqual(runs[0].Months, runs[1].Months) {
			t.Errorf("replication %d: the regimes never differ", i)
		}
	}
}

func TestInterruptKeepsWhatHasBegun(t *testing.T) {
	p := shippedPlan(t, 40, 2)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	next := 0
	done, err := p.Run(ctx, func(replication int, runs []*measure.Run) error {
		if replication != next {
			t.Errorf("replication %d after %d", replication, next)
		}
		next++
		if replication == 1 {
			cancel()
		}
		return nil
	})
	if !errors.Is(err, experiment.ErrInterrupted) {
		t.Errorf("error %v, want %v", err, experiment.ErrInterrupted)
	}
	if done != next || done < 2 || done > 8 {
		t.Errorf("%d replications done, %d handed on", done, next)
	}
}

func TestSinkErrorStopsTheRun(t *testing.T) {
	p := shippedPlan(t, 30, 2)
	full := errors.New("disk full")
	done, err := p.Run(context.Background(), func(replication int, runs []*measure.Run) error {
		if replication == 2 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || done != 2 {
		t.Errorf("%d replications, error %v", done, err)
	}
}

func TestContradictingOpeningIsReported(t *testing.T) {
	p := shippedPlan(t, 3, 2)
	p.Opening.Supported[0] = 10_000_000
	if done, err := p.Run(context.Background(), func(int, []*measure.Run) error { return nil }); err == nil || done != 0 {
		t.Errorf("%d replications, error %v", done, err)
	}
}
