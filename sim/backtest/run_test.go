package backtest_test

import (
	"bytes"
	"context"
	"errors"
	"io/fs"
	"slices"
	"strings"
	"testing"

	"asylumsim/sim/backtest"
	"asylumsim/sim/clock"
	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
	"asylumsim/sim/experiment"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// shipped is a small back-test of one origin with the shipped regime, as the
// command makes it.
func shipped(t *testing.T, origin string) backtest.Options {
	t.Helper()
	bundle, err := config.Load(config.Options{Experiment: "forecast"})
	if err != nil {
		t.Fatal(err)
	}
	observed, err := fs.Sub(bundle.Files, "observed")
	if err != nil {
		t.Fatal(err)
	}
	series, err := evidence.Load(observed)
	if err != nil {
		t.Fatal(err)
	}
	copula, _ := bundle.Copula() // checked with the library
	return backtest.Options{
		Series: series.Until(clock.MustDate("2025-12-31")), Groups: bundle.Groups, Uncertain: slices.Clone(bundle.Uncertain()), Copula: copula,
		Regime: func(marks policy.Marks) (*policy.Regime, error) {
			regimes, err := bundle.At(marks)
			if err != nil {
				return nil, err
			}
			return regimes[0], nil
		},
		Origins: []clock.Date{clock.MustDate(origin)}, Replications: 20, Seed: 1, Fraction: unit.Fraction(100), Workers: 1,
	}
}

// forms is everything that is written of a back-test.
func forms(t *testing.T, r *backtest.Report, groups []policy.Group) string {
	t.Helper()
	var b bytes.Buffer
	for _, format := range []string{"csv", "json", "table"} {
		if err := r.Write(&b, format); err != nil {
			t.Fatal(err)
		}
	}
	if err := errors.Join(r.WriteSummary(&b), r.WriteEstimates(&b, groups)); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

var smallReport *backtest.Report

// small is that back-test by one worker, made once.
func small(t *testing.T) *backtest.Report {
	t.Helper()
	if smallReport == nil {
		r, err := backtest.Run(context.Background(), shipped(t, "2023-03-31"))
		if err != nil {
			t.Fatal(err)
		}
		smallReport = r
	}
	return smallReport
}

// TestASmallBackTest: at March 2023, with 20 runs of one in a hundred. Every
// target is forecast at every horizon, from runs that begin at the end of 2022
// with nothing but what was published; what came two years later is published
// too. Two workers write the same bytes as one.
func TestASmallBackTest(t *testing.T) {
	o := shipped(t, "2023-03-31")
	r := small(t)
	if len(r.Forecasts) != len(backtest.Targets)*len(backtest.Horizons) {
		t.Fatalf("%d forecasts, want %d of each of %d targets", len(r.Forecasts), len(backtest.Horizons), len(backtest.Targets))
	}
	if len(r.Origins) != 1 || r.Origins[0].Opening != clock.MustDate("2022-12-31") || r.Last != clock.MustDate("2025-12-31") {
		t.Errorf("origins %v to %v", r.Origins, r.Last)
	}
	for i := range r.Forecasts {
		f := &r.Forecasts[i]
		if f.Target != &backtest.Targets[i/len(backtest.Horizons)] || f.Horizon != backtest.Horizons[i%len(backtest.Horizons)] {
			t.Fatalf("forecast %d is of %s at %d quarters", i, f.Target.Name, f.Horizon)
		}
		if len(f.Model) != o.Replications || f.Model[0] < 0 || f.Model[0] == f.Model[len(f.Model)-1] {
			t.Errorf("%s at %d quarters: the model says %v", f.Target.Name, f.Horizon, f.Model)
		}
		if !f.Scored || f.Came != f.Target.Published(o.Series)[f.Quarter] || f.Known <= 0 {
			t.Errorf("%s at %d quarters: %v came, %v was known", f.Target.Name, f.Horizon, f.Came, f.Known)
		}
		// The model is within an order of magnitude, or something is out of joint.
		if middle := f.Model.Quantile(0.5); middle < f.Came/10 || middle > f.Came*10 {
			t.Errorf("%s at %d quarters: a median of %.0f, and %.0f came", f.Target.Name, f.Horizon, middle, f.Came)
		}
	}
	steps := 0
	o.Progress = func(done, total int) {
		steps++
		if done != steps || total != o.Replications {
			t.Errorf("step %d says that %d of %d are done", steps, done, total)
		}
	}
	o.Workers = 2
	again, err := backtest.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if steps != o.Replications {
		t.Errorf("%d steps, want %d", steps, o.Replications)
	}
	if forms(t, r, o.Groups) != forms(t, again, o.Groups) {
		t.Error("two workers write other bytes than one")
	}
}

// TestABackTestKnowsNothingLater: all that is published after the origin is
// doubled, and the forecasts stay the same; only what came is another.
func TestABackTestKnowsNothingLater(t *testing.T) {
	o := shipped(t, "2023-03-31")
	before := small(t)
	origin := o.Origins[0]
	for i := range o.Series.BoatDays {
		if d := &o.Series.BoatDays[i]; d.Date > origin {
			d.People, d.Boats = 2*d.People, 2*d.Boats
		}
	}
	for i := range o.Series.Flows {
		if f := &o.Series.Flows[i]; f.Quarter >= origin {
			f.Claims, f.Grants, f.Refusals, f.Outcomes = 2*f.Claims, 2*f.Grants, 2*f.Refusals, f.Outcomes+f.Grants+f.Refusals
		}
	}
	for i := range o.Series.Backlog {
		if b := &o.Series.Backlog[i]; b.Date >= origin {
			b.People, b.Cases.Value = 2*b.People, 2*b.Cases.Value
		}
	}
	for i := range o.Series.Appeals {
		if a := &o.Series.Appeals[i]; a.Quarter >= origin {
			a.Open, a.Receipts, a.Disposals = 2*a.Open, 2*a.Receipts, 2*a.Disposals
		}
	}
	for i := range o.Series.Support {
		if s := &o.Series.Support[i]; s.Date >= origin {
			s.People, s.Hotel.Value = 2*s.People, 2*s.Hotel.Value
		}
	}
	for i := range o.Series.Returns {
		if x := &o.Series.Returns[i]; x.Quarter >= origin {
			x.Enforced, x.Voluntary = 2*x.Enforced, 2*x.Voluntary
		}
	}
	after, err := backtest.Run(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	for i := range before.Forecasts {
		b, a := &before.Forecasts[i], &after.Forecasts[i]
		if !slices.Equal(b.Model, a.Model) {
			t.Errorf("%s at %d quarters: %v, with other later figures %v", b.Target.Name, b.Horizon, b.Model, a.Model)
		}
		for n := range b.Naive {
			if !slices.Equal(b.Naive[n], a.Naive[n]) {
				t.Errorf("%s at %d quarters: naive forecast %d has changed", b.Target.Name, b.Horizon, n)
			}
		}
		if a.Came != 2*b.Came {
			t.Errorf("%s at %d quarters: %v came, was %v before it was doubled", b.Target.Name, b.Horizon, a.Came, b.Came)
		}
	}
	if before.Origins[0].Rules != after.Origins[0].Rules {
		t.Error("what is estimated has changed")
	}
}

// TestABackTestThatCannotBe: an origin without series and a run that is stopped
// are errors.
func TestABackTestThatCannotBe(t *testing.T) {
	o := shipped(t, "2010-03-31")
	if _, err := backtest.Run(context.Background(), o); err == nil || !strings.Contains(err.Error(), "2010-03-31") {
		t.Errorf("error %v: want one that names 2010-03-31", err)
	}
	o = shipped(t, "2023-03-31")
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := backtest.Run(ctx, o); !errors.Is(err, experiment.ErrInterrupted) {
		t.Errorf("error %v, want %v", err, experiment.ErrInterrupted)
	}
}
