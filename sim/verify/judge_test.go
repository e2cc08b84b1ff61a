package verify

import (
	"context"
	"math"
	"reflect"
	"strings"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"asylumsim/sim/random"
)

// TestVerdicts: what passes and what does not.
func TestVerdicts(t *testing.T) {
	// A mean of 10.2 with a standard error of 1/sqrt(10) = 0.316.
	spread := make([]float64, 40)
	for i := range spread {
		spread[i] = 10.2 + [2]float64{-1, 1}[i%2]*math.Sqrt(3.9)
	}
	for _, c := range []struct {
		name   string
		check  Check
		values []float64
		fault  string // part of it; empty for a pass
	}{
		{"near theory", Check{Theory: 10, Tells: 3}, spread, ""},
		{"far from theory", Check{Theory: 15, Tells: 2}, spread, "off by 15.2 standard errors"},
		{"too blunt", Check{Theory: 10, Tells: 0.5}, spread, "too blunt to detect 0.5"},
		{"not a number", Check{Theory: 10, Tells: 2}, append([]float64{math.NaN()}, spread...), "NaN"},
		{"no deviation", Check{Form: Exact}, []float64{0, 0}, ""},
		{"a deviation", Check{Form: Exact}, []float64{0, 1}, "1 deviations"},
		{"within a bound", Check{Form: Bounded, Theory: 0.1}, []float64{0.05, 0.1}, ""},
		{"over a bound", Check{Form: Bounded, Theory: 0.1}, []float64{0.05, 0.11}, "want 0.1 at most"},
	} {
		f := Finding{Check: c.check}
		f.judge(c.values, FalseAlarms/50)
		if f.Passed() != (c.fault == "") || !strings.Contains(f.Fault, c.fault) {
			t.Errorf("%s: fault %q, want %q", c.name, f.Fault, c.fault)
		}
	}
}

// TestAWrongQueueIsDetected plants an eleventh server, a load that is off by a
// hundredth, and priorities upside down.
func TestAWrongQueueIsDetected(t *testing.T) {
	wrong := func(name string, of trial, build func() *network, read func(*network, []float64)) {
		t.Helper()
		of = watch(queueGroup, of.runs, of.checks, build, read)
		values := make([][]float64, of.runs)
		simulate := of.prepare()
		for run := range values {
			values[run] = make([]float64, len(of.checks))
			simulate(random.NewSource(1, run), run, values[run])
		}
		r := judge([]trial{of}, [][][]float64{values}, "")
		if len(r.Failed()) != len(of.checks) {
			t.Errorf("%s: %d of %d checks fail", name, len(r.Failed()), len(of.checks))
		}
	}
	wait := func(n *network, values []float64) {
		s := n.stations[0]
		values[0], values[1] = s.wait(0), s.tally.area/n.hours()
	}
	wrong("eleven servers", mmc(), func() *network {
		return newNetwork(600, 20, []stream{{perHour: 9}}, exponential(11))
	}, wait)
	wrong("arrivals too many by a hundredth", mmc(), func() *network {
		return newNetwork(600, 20, []stream{{perHour: 9 * 1.01}}, exponential(10))
	}, wait)
	wrong("priorities upside down", priorities(), func() *network {
		s := &station{servers: 1}
		var streams []stream
		for class, perHour := range []float64{0.2, 0.3, 0.3} {
			s.service = append(s.service, random.Exponential)
			streams = append(streams, stream{perHour: perHour, class: uint8(2 - class)})
		}
		return newNetwork(2200, 100, streams, s)
	}, func(n *network, values []float64) {
		for class := range values {
			values[class] = n.stations[0].wait(2 - class)
		}
	})
}

// TestIntervalsHoldTheTheoryAsOftenAsTheySay: of 2,000 checks of a mean of
// exponential times that are right, 1% of the intervals do not hold it, within
// what chance explains once in a million. So skew a law asks for many values.
func TestIntervalsHoldTheTheoryAsOftenAsTheySay(t *testing.T) {
	const checks, runs, people = 2000, 40, 100
	right := trial{checks: make([]Check, checks), runs: runs}
	values := make([][]float64, runs)
	for run := range values {
		values[run] = make([]float64, checks)
		source := random.NewSource(5, run)
		for i := range values[run] {
			right.checks[i] = Check{Theory: 1, Tells: 1}
			for person := range uint32(people) {
				values[run][i] += random.Exponential.At(source.Uniform(random.KeyOf(0, int32(i), person), 0, 0)) / people
			}
		}
	}
	r := judge([]trial{right}, [][][]float64{values}, "")
	expected := distuv.Binomial{N: checks, P: 0.01}
	if expected.Survival(float64(r.Outside-1)) < 1e-6 || expected.CDF(float64(r.Outside)) < 1e-6 {
		t.Errorf("%d of %d intervals do not hold the theory", r.Outside, checks)
	}
	if failed := len(r.Failed()); failed > 0 {
		t.Errorf("%d of them fail", failed)
	}
}

// TestFindingsDoNotDependOnWorkersOrOnOtherChecks.
func TestFindingsDoNotDependOnWorkersOrOnOtherChecks(t *testing.T) {
	find := func(workers int, only string) []Finding {
		t.Helper()
		r, err := Theory(context.Background(), Options{Seed: 3, Scale: 1, Workers: workers, Only: only})
		if err != nil {
			t.Fatal(err)
		}
		return r.Findings
	}
	one, three := find(1, "competing risks"), find(3, "competing risks")
	if len(one) != 4 || !reflect.DeepEqual(one, three) {
		t.Error("three workers find another thing than one")
	}
	alone := find(2, "rate 0.05")
	if len(alone) != 1 || alone[0].Estimate != one[1].Estimate {
		t.Errorf("alone %+v, among others %+v", alone, one[1])
	}
	if another, err := Theory(context.Background(), Options{Seed: 4, Scale: 1, Workers: 2, Only: "rate 0.05"}); err != nil || another.Findings[0].Estimate == alone[0].Estimate {
		t.Errorf("another seed finds the same: %v", err)
	}
}

// TestNoTwoRunsShareASource at the greatest scale, of the trials with most runs.
func TestNoTwoRunsShareASource(t *testing.T) {
	seen := map[random.Source]bool{}
	for trial := range 3 {
		for run := range 1_500_000 {
			seen[sourceOf(1, trial, run)] = true
		}
	}
	if len(seen) != 4_500_000 {
		t.Errorf("%d sources of 4500000 runs", len(seen))
	}
}

func TestCancelledVerificationStops(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Theory(ctx, Options{Seed: 1, Scale: 1000, Workers: 2}); err == nil {
		t.Error("a cancelled verification came to an end")
	}
}
