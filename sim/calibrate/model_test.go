package calibrate

import (
	"context"
	"io/fs"
	"math"
	"testing"

	"asylumsim/sim/backtest"
	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// TestOutputsAreThePublishedOnes: quarterly values of a run are those that the
// back-test makes of it; the boats are those that came, to the last person; and
// correlated scores are the normal quantiles of the marks that the model got.
func TestOutputsAreThePublishedOnes(t *testing.T) {
	b, err := config.Load(config.Options{Experiment: "forecast"})
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
	copula, _ := b.Copula()
	m, err := newModel(&Options{
		Series: series, Groups: b.Groups, Uncertain: b.Uncertain(), Copula: copula, Correlations: b.Correlations,
		Regime: func(marks policy.Marks) (*policy.Regime, error) {
			regimes, err := b.At(marks)
			if err != nil {
				return nil, err
			}
			return regimes[0], nil
		},
		Opening: clock.MustDate("2023-12-31"), Until: clock.MustDate("2024-12-31"), Runs: 1, Workers: 1,
	})
	if err != nil {
		t.Fatal(err)
	}
	if len(m.outputs) != 8*4 {
		t.Fatalf("%d published values, want eight outputs in four quarters", len(m.outputs))
	}
	independent := make([]float64, len(m.names))
	for i := range independent {
		independent[i] = math.Sin(float64(i))
	}
	_, err = m.plan(1, func(int, int) []float64 { return independent }).Run(context.Background(), func(_, _ int, runs []*measure.Run) error {
		compared := 0
		rows, err := compare.Quarters([]string{"all"}, clock.NewTimeline(clock.MustDate("2023-12-31"), 1), compare.InMemory([][]*measure.Run{runs}))
		if err != nil {
			return err
		}
		for _, row := range rows {
			if row.Series.Name == "small_boat_arrivals_people" {
				if came := backtest.Targets[0].Published(series)[row.Quarter]; row.Mean != came {
					t.Errorf("boats of the quarter to %v brought %v, and %v came", row.Quarter, row.Mean, came)
				}
			}
			for i := range m.outputs {
				if q := &m.outputs[i]; q.target.PublishedSeries == row.Series && q.quarter == row.Quarter {
					compared++
					if got := q.simulated(runs[0]); got != row.Mean {
						t.Errorf("%s of %v is %v, the table of quarters says %v", q.target.Name, q.quarter, got, row.Mean)
					}
				}
			}
		}
		if compared != len(m.outputs) {
			t.Errorf("%d of %d values compared", compared, len(m.outputs))
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	marks, scores := m.marks(independent), m.correlate(independent)
	changed := 0
	for i, name := range m.names {
		if math.Abs(markOf(scores[i])-marks[name]) > 1e-12 {
			t.Errorf("%s: score %v, mark %v", name, scores[i], marks[name])
		}
		if scores[i] != independent[i] && math.Abs(scores[i]-independent[i]) > 1e-9 {
			changed++
		}
	}
	if changed == 0 || changed > 2*len(m.pairs) {
		t.Errorf("the copula changed %d scores", changed)
	}
	// A tenth cannot tell fewer than five people from none.
	m.Fraction = unit.Fraction(10)
	if got := m.logarithm(0); got != math.Log(5) {
		t.Errorf("none counts as %v", math.Exp(got))
	}
}

// TestFrozenRules: the rules of the opening date hold for good.
func TestFrozenRules(t *testing.T) {
	b, err := config.Load(config.Options{Experiment: "forecast"})
	if err != nil {
		t.Fatal(err)
	}
	m := &model{Options: &Options{Opening: clock.MustDate("2023-12-31"), Regime: func(policy.Marks) (*policy.Regime, error) { return b.Regimes[0], nil }}}
	frozen, err := m.frozen(nil)
	if err != nil {
		t.Fatal(err)
	}
	whole := b.Regimes[0]
	if len(whole.Epochs) < 2 || len(frozen.Epochs) != 1 || frozen.Epochs[0] != whole.Epochs[whole.EpochAt(clock.MustDate("2023-12-31"))] {
		t.Errorf("%d of %d spans of rules", len(frozen.Epochs), len(whole.Epochs))
	}
}

// TestCheckByHand: the share of runs below, and what cannot be reached.
func TestCheckByHand(t *testing.T) {
	m := &model{Options: &Options{}, outputs: []quarterly{{published: 20}, {published: 1000}}}
	table := &table{outputs: [][]float64{{math.Log(10), math.Log(1)}, {math.Log(20), math.Log(2)}, {math.Log(30), math.Log(4)}, {math.Log(15), math.Log(8)}}}
	list := m.check(table, []particle{{outputs: []float64{math.Log(10), math.Log(2000)}, weight: 0.7}, {outputs: []float64{math.Log(30), 0}, weight: 0.3}})
	if c := list[0]; c.Below != 0.625 || c.BelowPosterior != 0.7 || !c.Reached() || math.Abs(c.Prior[1]-math.Sqrt(15*20)) > 1e-9 {
		t.Errorf("first: %+v", c)
	}
	if c := list[1]; c.Below != 1 || c.Reached() || math.Abs(c.BelowPosterior-0.3) > 1e-12 {
		t.Errorf("second: %+v", c)
	}
}
