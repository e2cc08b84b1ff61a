package policy

import (
	"slices"

	"asylumsim/sim/clock"
)

// Difference is one number that a regime has of its own, beside what its base
// says.
type Difference struct {
	Parameter *Parameter
	Entry     string // key of a table's entry; empty for a single number
	From      clock.Date
	Before    float64 // the base's number on that date
	After     float64
	Value     *Value // with its source
	Quality   Quality
	Reason    string // why the quality
}

// Differences lists what a regime changes against its base (a root: against
// the parameters), number by number, in order of parameter, date and entry.
func (l *Library) Differences(regime string) ([]Difference, Problems) {
	chain, ps := l.Chain(regime)
	if len(ps) > 0 || len(chain) == 0 {
		return nil, ps
	}
	own, base := chain[len(chain)-1], chain[:len(chain)-1]
	var ds []Difference
	for _, name := range own.Changed() {
		p := l.Parameter(name)
		first := len(ds)
		for _, entry := range p.By.Keys(l.Groups) {
			was := series(p, base, entry)
			for _, s := range stepsOf(own.Changes[name], entry) {
				quality, reason := p.Rating(s.value)
				ds = append(ds, Difference{p, entry, s.from, at(was, s.from).number, s.number, s.value, quality, reason})
			}
		}
		slices.SortStableFunc(ds[first:], func(a, b Difference) int { return int(a.From) - int(b.From) })
	}
	return ds, nil
}

// ChangedBy lists the regimes that change a parameter against their base, in
// order.
func (l *Library) ChangedBy(parameter string) []string {
	var names []string
	for i := range l.Overlays {
		if _, ok := l.Overlays[i].Changes[parameter]; ok {
			names = append(names, l.Overlays[i].Name)
		}
	}
	return names
}
