package evidence

import (
	"fmt"
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// finite stops what is no number, such as a share of nothing, where it comes
// about: limits let it through, and a search ends somewhere.
func finite(what string, at clock.Date, values ...float64) error {
	for _, x := range values {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Errorf("%s of %v: %v: want a number; what it is computed from is not published by then", what, at, x)
		}
	}
	return nil
}

// finiteRules stops rules of which a parameter is no number.
func finiteRules(rules *policy.Rules, at clock.Date) error {
	for _, f := range policy.Fields() {
		if err := finite(f.Parameter, at, f.Numbers(rules)...); err != nil {
			return err
		}
	}
	return nil
}

// finite stops a fit of which an estimate is no number.
func (f *Fit) finite() error {
	var decided []float64
	for _, d := range f.decided {
		decided = append(decided, d.grants, d.refusals)
	}
	var levels []float64
	for _, of := range f.Levels {
		for _, level := range of {
			p := level.Central()
			levels = append(levels, p.Centre, p.Start, p.Persistence, p.LastingSD, p.PassingSD, p.Trend, p.TrendPersistence, p.TrendSD)
		}
	}
	for _, q := range []struct {
		what   string
		values []float64
	}{
		{"chance of a crossing day", append(f.days.Month[:], f.days.Spell[:]...)},
		{"boats on a crossing day", append(f.boats.Season[:], f.level, f.boats.Dispersion)},
		{"people on a boat", []float64{f.people.AtEnd, f.people.PerYear, f.people.SD}},
		{"processes of the levels", levels},
		{"decisions by nationality", decided},
		{"nationalities on boats", f.byBoat},
		{"nationalities by other routes", f.byOther},
		{"refusals overturned by nationality", f.overturn},
		{"shape of waiting times", []float64{f.shape}},
	} {
		if err := finite(q.what, f.Opening, q.values...); err != nil {
			return err
		}
	}
	return nil
}
