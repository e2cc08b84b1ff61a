package policy

import (
	"fmt"
	"slices"
)

// redundant finds values of a regime that change nothing: without them the regime
// would have the same number on every date. Values that decide between
// combined regimes are not among them. The library must resolve.
func (l *Library) redundant(o *Overlay) Problems {
	var ps Problems
	chain, _ := l.Chain(o.Name)
	below := chain[:len(chain)-1]
	_, contested := l.contests(o)
	for _, name := range o.Changed() {
		if contested[name] {
			continue
		}
		p := l.Parameter(name)
		for i := range o.Changes[name] {
			v := &o.Changes[name][i]
			if !l.isRedundant(p, below, o.Changes[name], i) {
				continue
			}
			key, value := fmt.Sprintf("changes.%s[%d].value", name, i), "a table"
			if v.Amount.Table == nil {
				value = FormatNumber(v.Amount.Number)
			}
			ps.add(v.Places.Of("value", v.At), key, value, "a value that differs from the one in force without it",
				fmt.Sprintf("on %s the regime has it anyway: leave it out", v.From))
		}
	}
	return ps
}

// isRedundant reports whether all entries of the i-th value are as they would be
// without it.
func (l *Library) isRedundant(p *Parameter, below []*Overlay, values []Value, i int) bool {
	without := &Overlay{Changes: map[string][]Value{p.Name: slices.Delete(slices.Clone(values), i, i+1)}}
	with := &Overlay{Changes: map[string][]Value{p.Name: values}}
	for _, entry := range p.By.Keys(l.Groups) {
		if _, ok := values[i].Amount.Entry(entry); !ok {
			continue
		}
		if !sameNumbers(series(p, append(slices.Clip(below), with), entry), series(p, append(slices.Clip(below), without), entry)) {
			return false
		}
	}
	return true
}

// sameNumbers reports whether two series agree on every date.
func sameNumbers(a, b []step) bool {
	if at(a, Beginning).number != at(b, Beginning).number {
		return false
	}
	for _, s := range slices.Concat(a, b) {
		if at(a, s.from).number != at(b, s.from).number {
			return false
		}
	}
	return true
}
