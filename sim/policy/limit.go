package policy

import (
	"cmp"
	"fmt"
	"slices"

	"asylumsim/sim/clock"
)

// limit says that a parameter beyond another one, or beyond what the model can
// do, is allowed but does not hold as it is written.
type limit struct {
	parameter string
	value     func(*Rules) float64
	above     bool // a value above the limit does not hold; else one below
	by        string
	at        func(*Rules) float64
	instead   string // what holds
}

// limits are those that the model puts on parameters when it uses them. Those that would make a set of rules impossible are faults; see Validate.
var limits = []limit{
	{
		parameter: "caseworkers", value: func(r *Rules) float64 { return float64(r.Decision.Caseworkers) },
		above: true, by: "caseworkers_maximum", at: func(r *Rules) float64 { return float64(r.Decision.Most) },
		instead: "those whom the work does not need do other work, and no one above that number is replaced who leaves",
	}, {
		parameter: "caseworkers", value: func(r *Rules) float64 { return float64(r.Decision.Caseworkers) },
		by: "caseworkers_minimum", at: func(r *Rules) float64 { return float64(r.Decision.Fewest) },
		instead: "the monthly plan hires up to that number",
	}, {
		parameter: "decision_queue_correction", value: func(r *Rules) float64 { return float64(r.Decision.Correction) },
		by: "the days of a month", at: func(*Rules) float64 { return 365.2425 / 12 },
		instead: "plans are monthly and bring the queue to its target within a month",
	},
}

// Exceeded warns of numbers that regimes write themselves and that lie beyond
// a limit at some time of a run: either the number or the limit is theirs.
func (l *Library) Exceeded(regimes []*Regime, opening, end clock.Date) []Warning {
	var warnings []Warning
	for _, regime := range regimes {
		chain, _ := l.Chain(regime.Name)
		var r *resolver
		for i := range limits {
			m := &limits[i]
			d, ok := m.exceeded(regime, opening, end)
			if !ok {
				continue
			}
			if r == nil {
				r = newResolver(l.Parameters, chain, l.Groups, nil)
			}
			number := at(r.of(m.parameter)[0].steps, d)
			most := step{number: m.at(&regime.Epochs[regime.EpochAt(d)])}
			if of := r.of(m.by); len(of) > 0 {
				most = at(of[0].steps, d)
			}
			last := number
			if most.depth > number.depth {
				last = most
			}
			if last.depth == 0 {
				continue // of the parameters: no regime has a word on it
			}
			side := "below"
			if m.above {
				side = "above"
			}
			w := Warning{last.value.Places.Of("value", last.value.At), fmt.Sprintf("%s: %s = %s does not hold as it is written in this run: it is %s %s = %.6g, and %s",
				chain[last.depth-1].Name, m.parameter, FormatNumber(number.number), side, m.by, most.number, m.instead)}
			if !slices.Contains(warnings, w) {
				warnings = append(warnings, w)
			}
		}
	}
	slices.SortStableFunc(warnings, func(a, b Warning) int {
		return cmp.Or(cmp.Compare(a.Position.File, b.Position.File), cmp.Compare(a.Position.Line, b.Position.Line))
	})
	return warnings
}

// exceeded returns the first date of a run on which the number lies beyond the
// limit.
func (m *limit) exceeded(r *Regime, opening, end clock.Date) (clock.Date, bool) {
	for e := r.EpochAt(opening); e < len(r.Epochs) && r.Starts[e] <= end; e++ {
		x, most := m.value(&r.Epochs[e]), m.at(&r.Epochs[e])
		if m.above && x > most || !m.above && x < most {
			return max(opening, r.Starts[e]), true
		}
	}
	return 0, false
}
