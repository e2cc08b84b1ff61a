package policy

import (
	"fmt"
	"math"
)

// leastCut is the share of draws at a bound below which nothing is said: less
// than one in a run of 10,000 replications.
const leastCut = 1e-4

// Cut finds distributions of which a noticeable part lies beyond what the
// parameter can be, so that draws do not have the mean and the quantiles that
// were stated: of each parameter, and of each regime's own values, the number
// that loses most.
func (l *Library) Cut() []Warning {
	var warnings []Warning
	for i := range l.Parameters {
		p := &l.Parameters[i]
		warnings = append(warnings, p.cut("", p.Values)...)
		for o := range l.Overlays {
			warnings = append(warnings, p.cut(l.Overlays[o].Name+": ", l.Overlays[o].Changes[p.Name])...)
		}
	}
	return warnings
}

// cut finds the value among some of the parameter whose draws lose most, and
// warns if that is enough to notice.
func (p *Parameter) cut(whose string, values []Value) []Warning {
	b := p.Bounds()
	most, said := leastCut, Warning{}
	for i := range values {
		v := &values[i]
		u := p.belief(v)
		if u == nil || u.Distribution == "none" || b.free() {
			continue
		}
		for _, e := range v.entries() {
			lost, bound := p.beyond(u, v, e.Number)
			if lost <= most {
				continue
			}
			key := p.Name
			if e.Key != "" {
				key += "." + e.Key
			}
			most = lost
			said = Warning{Position: u.Places.Of("distribution", u.At), Text: fmt.Sprintf(
				"%s%s: %.2g%% of its distribution (%s) lies beyond %s, which it cannot be: draws are cut there, and their mean is not the one that is stated",
				whose, key, 100*lost, u.Distribution, FormatNumber(bound))}
		}
	}
	if most == leastCut {
		return nil
	}
	return []Warning{said}
}

// entries lists the numbers of a value: of a single one without a key.
func (v *Value) entries() []Entry {
	if v.Amount.Table == nil {
		return []Entry{{Number: v.Amount.Number}}
	}
	return v.Amount.Table
}

// beyond returns the share of draws of a number that would lie beyond the bounds
// of the parameter if there were none, and the bound at which there are most.
func (p *Parameter) beyond(u *Uncertainty, v *Value, written float64) (share, bound float64) {
	b := p.Bounds()
	below, above := 0.0, 0.0
	switch u.Distribution {
	case "normal", "lognormal":
		least, most := u.within(b)
		below, above = least, 1-most
	}
	draw := func(mark float64) float64 { return p.uncut(u, v, mark, written) }
	below += crossing(func(mark float64) bool { return draw(mark) < b.Least })
	above += crossing(func(mark float64) bool { return draw(1-mark) > b.Most })
	if below > above {
		return below + above, b.Least
	}
	return below + above, b.Most
}

// crossing returns up to which mark something holds that holds for all marks
// below one that it holds for; 0 if it does not hold for marks that matter.
func crossing(holds func(mark float64) bool) float64 {
	low, high := leastCut/4, 1-leastCut/4
	if !holds(low) {
		return 0
	}
	for high-low > 1e-6 {
		if middle := (low + high) / 2; holds(middle) {
			low = middle
		} else {
			high = middle
		}
	}
	return math.Round(low*1e6) / 1e6
}
