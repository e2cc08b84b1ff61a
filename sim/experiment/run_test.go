package experiment_test

import (
	"context"
	"errors"
	"io/fs"
	"math"
	"reflect"
	"strings"
	"testing"

	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
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
	copula, _ := b.Copula()
	return &experiment.Plan{
		Opening: b.Experiment.Opening, Years: years, Groups: len(b.Groups),
		Uncertain: b.Uncertain(), Copula: copula, Draws: experiment.Draws{Method: experiment.Independent, Inner: 1, Randomisations: 1},
		Seed: 1, Replications: replications, Workers: workers,
		At: func(marks policy.Marks) (*experiment.Inputs, error) {
			regimes, err := b.At(marks)
			return &experiment.Inputs{Regimes: regimes, Opening: opening}, err
		},
	}
}

// changed lets a test change the inputs of a plan.
func changed(p *experiment.Plan, change func(*experiment.Inputs)) {
	at := p.At
	p.At = func(marks policy.Marks) (*experiment.Inputs, error) {
		in, err := at(marks)
		if err == nil {
			change(in)
		}
		return in, err
	}
}

// collect runs a plan and keeps everything.
func collect(t *testing.T, p *experiment.Plan) [][]*measure.Run {
	t.Helper()
	var all [][]*measure.Run
	done, err := p.Run(context.Background(), func(replication, _ int, runs []*measure.Run) error {
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
	changed(p, func(in *experiment.Inputs) {
		again := *in.Regimes[0]
		again.Name = "under another name"
		in.Regimes = []*policy.Regime{in.Regimes[0], &again}
	})
	for i, runs := range collect(t, p) {
		if !reflect.DeepEqual(runs[0], runs[1]) {
			t.Errorf("replication %d: the null regime differs from the base", i)
		}
	}
}

// TestNothingDiffersBeforeThePolicy: the rules of core protection begin on
// 2 March 2026, so January and February are the same to the last number, and
// some later month is not.
func TestNothingDiffersBeforeThePolicy(t *testing.T) {
	for i, runs := range collect(t, shippedPlan(t, 2, 2)) {
		if !reflect.DeepEqual(runs[0].Months[:2], runs[1].Months[:2]) {
			t.Errorf("replication %d: the regimes differ before March", i)
		}
		if reflect.DeepEqual(runs[0].Months, runs[1].Months) {
			t.Errorf("replication %d: the regimes do not differ", i)
		}
	}
}

func TestInterruptKeepsWhatHasBegun(t *testing.T) {
	p := shippedPlan(t, 40, 2)
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	next := 0
	done, err := p.Run(ctx, func(replication, _ int, runs []*measure.Run) error {
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
	done, err := p.Run(context.Background(), func(replication, _ int, runs []*measure.Run) error {
		if replication == 2 {
			return full
		}
		return nil
	})
	if !errors.Is(err, full) || done != 2 {
		t.Errorf("%d replications, error %v", done, err)
	}
}

// TestContradictingOpeningIsReported: a run of which no point can be ends with
// the failure of its first replication, and would have been refused before it
// began.
func TestContradictingOpeningIsReported(t *testing.T) {
	p := shippedPlan(t, 3, 2)
	p.Fraction = 1000
	changed(p, func(in *experiment.Inputs) {
		spoilt := *in.Opening
		spoilt.Supported[0] = 10_000_000
		in.Opening = &spoilt
	})
	var failure *experiment.Failure
	done, err := p.Run(context.Background(), func(int, int, []*measure.Run) error { return nil })
	if !errors.As(err, &failure) || failure.Replication != 0 || done != 0 || !strings.Contains(err.Error(), "people are supported, but only") {
		t.Errorf("%d replications, error %v", done, err)
	}
	var problems policy.Problems
	if err := p.Check(); !errors.As(err, &problems) {
		t.Errorf("before the run: %v", err)
	}
}

// TestNumbersThatAreNoneAreNamed: a draw that is not finite ends the run with the
// replication and the parameter, and is not drawn again.
func TestNumbersThatAreNoneAreNamed(t *testing.T) {
	p := shippedPlan(t, 4, 2)
	p.Fraction = 1000
	third := experiment.Marks(p)(2)
	at := p.At
	p.At = func(m policy.Marks) (*experiment.Inputs, error) {
		in, err := at(m)
		if err == nil && m["hotel_price"] == third["hotel_price"] {
			in.Regimes[1].Epochs[0].Cost.Hotel = unit.Pounds(math.NaN())
		}
		return in, err
	}
	var failure *experiment.Failure
	var none *policy.NotFinite
	done, err := p.Run(context.Background(), func(int, int, []*measure.Run) error { return nil })
	if !errors.As(err, &failure) || failure.Replication != 2 || !errors.As(err, &none) || none.Quantity != "hotel_price" || done != 2 {
		t.Errorf("%d replications, error %v", done, err)
	}
}
