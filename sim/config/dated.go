package config

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// checkCommencement finds changes of the experiment's regimes that would
// begin after its end and so change nothing: those of which nothing comes
// before, and every setting. If a longer run would reach them, one problem says
// how long it has to be, and for which regimes.
func (e *draft) checkCommencement(l *policy.Library, regimes []string) policy.Problems {
	if e.Opening == 0 {
		return nil // it follows the series, which cannot be read
	}
	var ps policy.Problems
	var late []commencement
	e.changes(l, regimes, func(o *policy.Overlay, name string, i int) {
		v := &o.Changes[name][i]
		set := v.At.Line == 0 || o.Generated
		if v.From <= e.End() || i > 0 && !set {
			return
		}
		if years := e.yearsTo(v.From); !set && years <= maxYears {
			late = append(late, commencement{o.Name, name, v.From, years})
			return
		}
		key, value := fmt.Sprintf("changes.%s[%d].from", name, i), v.From.String()
		if set {
			key, value = name+"@"+value, ""
		}
		ps = append(ps, policy.Problem{Position: v.Places.Of("from", v.At), Key: key, Value: value,
			Want: "a date up to " + e.End().String() + ", the last day of the run", Hint: "the change would have no effect"})
	})
	if len(late) == 0 {
		return ps
	}
	longest := slices.MaxFunc(late, func(a, b commencement) int { return cmp.Compare(a.years, b.years) }).years
	return append(ps, policy.Problem{Position: e.places.Of("years", e.at), Key: "years", Value: fmt.Sprint(e.Years),
		Want: fmt.Sprintf("%d or more, or other regimes", longest),
		Hint: fmt.Sprintf("the run ends on %v, before what they change: %s", e.End(), begin(late))})
}

// commencement is when a change of a regime's parameter begins, and how long a
// run has to be to reach it.
type commencement struct {
	regime, parameter string
	from              clock.Date
	years             int
}

// begin lists what regimes change and when, each regime once.
func begin(late []commencement) string {
	var regimes []string
	for i, c := range late {
		if i > 0 && late[i-1].regime == c.regime {
			continue
		}
		regimes = append(regimes, fmt.Sprintf("%s %s from %v", c.regime, c.parameter, c.from))
	}
	return strings.Join(regimes, ", ")
}

// yearsTo is the shortest run that reaches a date.
func (e *draft) yearsTo(d clock.Date) int {
	years := e.Years
	for e.Opening.AddMonths(12*years) < d && years <= maxYears {
		years++
	}
	return years
}

// overlays lists what regimes are made of, each once.
func overlays(l *policy.Library, regimes []string) []*policy.Overlay {
	var list []*policy.Overlay
	for _, regime := range regimes {
		chain, _ := l.Chain(regime)
		for _, o := range chain {
			if !slices.Contains(list, o) {
				list = append(list, o)
			}
		}
	}
	return list
}

// changes hands on every dated value of the regimes.
func (e *draft) changes(l *policy.Library, regimes []string, do func(o *policy.Overlay, name string, i int)) {
	for _, o := range overlays(l, regimes) {
		for _, name := range o.Changed() {
			for i := range o.Changes[name] {
				do(o, name, i)
			}
		}
	}
}

// misdated shows changes of the experiment's regimes that do not begin in its run.
func (e *draft) misdated(l *policy.Library, regimes []string) []policy.Warning {
	var warnings []policy.Warning
	for _, o := range overlays(l, regimes) {
		warnings = append(warnings, e.misdatedOf(o)...)
	}
	return warnings
}

// misdatedOf shows changes dated before a run, which hold from its start or are
// over by then, and those after its end.
func (e *draft) misdatedOf(o *policy.Overlay) []policy.Warning {
	var warnings []policy.Warning
	for _, name := range o.Changed() {
		for i, v := range o.Changes[name] {
			text := ""
			over, again := supersededBy(o.Changes[name], i, e.Opening)
			switch {
			case o.Generated || v.From == policy.Beginning:
				continue
			case over:
				text = fmt.Sprintf("never holds in a run that opens on %v: %v changes it again", e.Opening, again)
			case v.From < e.Opening:
				text = fmt.Sprintf("holds from the start of a run that opens on %v", e.Opening)
			case v.From > e.End():
				text = fmt.Sprintf("has no effect in a run that ends on %v", e.End())
			default:
				continue
			}
			warnings = append(warnings, policy.Warning{Position: v.Places.Of("from", v.At), Text: fmt.Sprintf("%s: %s from %v %s", o.Name, name, v.From, text)})
		}
	}
	return warnings
}

// misdatedInAll shows changes of regimes that do not begin in the run of any of
// the experiments that use them; of a regime that none uses, in the longest run
// from the latest stocks.
func misdatedInAll(l *policy.Library, experiments []*draft, latest clock.Date) []policy.Warning {
	used := map[*policy.Overlay][]*draft{}
	for _, e := range experiments {
		for _, o := range overlays(l, e.named()) {
			used[o] = append(used[o], e)
		}
	}
	var warnings []policy.Warning
	for i := range l.Overlays {
		o := &l.Overlays[i]
		users := used[o]
		if len(users) == 0 {
			users = []*draft{{Experiment: Experiment{Opening: latest, Years: maxYears}}}
		}
		in := users[0].misdatedOf(o)
		for _, e := range users[1:] {
			found := e.misdatedOf(o)
			in = slices.DeleteFunc(in, func(w policy.Warning) bool {
				return !slices.ContainsFunc(found, func(f policy.Warning) bool { return f.Position == w.Position })
			})
		}
		warnings = append(warnings, in...)
	}
	return warnings
}

// supersededBy reports whether later values of the same regime replace all entries
// of the i-th value by a date, and which is the last to do so.
func supersededBy(values []policy.Value, i int, date clock.Date) (over bool, last clock.Date) {
	entries := []policy.Entry{{}}
	if values[i].Amount.Table != nil {
		entries = values[i].Amount.Table
	}
	for _, entry := range entries {
		next := slices.IndexFunc(values[i+1:], func(v policy.Value) bool {
			_, ok := v.Amount.Entry(entry.Key)
			return ok && v.From <= date
		})
		if next < 0 {
			return false, 0
		}
		last = max(last, values[i+1+next].From)
	}
	return true, last
}
