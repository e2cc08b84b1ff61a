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
	By        string // the regime that brings it: this one or one that it combines
	Value     *Value // with its source
	Quality   Quality
	Reason    string // why the quality
}

// Differences lists what a regime changes against its base (a root: against
// the parameters), number by number, in order of parameter, date and entry. Of
// a regime that combines others it holds what they bring and the regime leaves.
func (l *Library) Differences(regime string) ([]Difference, Problems) {
	chain, ps := l.Chain(regime)
	if len(ps) > 0 || len(chain) == 0 {
		return nil, ps
	}
	own := l.own(chain[len(chain)-1])
	base := chain[:len(chain)-len(own)]
	var ds []Difference
	for _, name := range slices.Sorted(slices.Values(l.ParameterNames())) {
		p := l.Parameter(name)
		by := map[*Value]string{}
		for _, o := range own {
			for i := range o.Changes[p.Name] {
				by[&o.Changes[p.Name][i]] = o.Name
			}
		}
		if len(by) == 0 {
			continue
		}
		first := len(ds)
		for _, entry := range p.By.Keys(l.Groups) {
			was := series(p, base, entry)
			for _, s := range series(p, chain, entry) {
				if by[s.value] == "" {
					continue
				}
				quality, reason := p.Rating(s.value)
				ds = append(ds, Difference{p, entry, s.value.From, at(was, s.value.From).number, s.number, by[s.value], s.value, quality, reason})
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
