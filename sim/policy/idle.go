package policy

import (
	"fmt"
	"slices"
	"strings"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// Warning is something about a run that its author may not have meant. It is
// no fault: the run goes on, and its result carries the warning.
type Warning struct {
	Position Position
	Text     string // names regime, parameter and value, but no file
}

// String writes the warning with its place.
func (w Warning) String() string { return w.Position.String() + ": " + w.Text }

// needed returns what a lever needs and the reason.
func (l *lever) needed() (condition, reason string) {
	condition, reason, _ = strings.Cut(l.needs, ": ")
	return condition, reason
}

// Unmet finds levers that a regime pulls but that never act, since what they
// need never comes. A regime may take that away from what its base pulls.
func (l *Library) Unmet(regime *Regime) Problems {
	var ps Problems
	var r *resolver
	for i := range levers {
		lever := &levers[i]
		first := lever.pulledInVain(regime)
		if first < 0 {
			continue
		}
		if r == nil {
			chain, _ := l.Chain(regime.Name)
			r = newResolver(l.Parameters, chain, l.Groups, nil)
		}
		condition, reason := lever.needed()
		date, from := regime.Starts[first], ""
		if first > 0 {
			from = since(date)
		}
		key := r.pulled(lever, date)
		if at, number, origin, sound := r.involved(key, condition, date); sound && origin == "" {
			ps.add(at, key, FormatNumber(number), "0, or "+condition, both(from, reason))
		}
	}
	return ps
}

// pulledInVain returns the first epoch of a regime in which the lever is pulled,
// if it acts neither then nor later; else -1. Rules are large: they are looked
// at where they are.
func (l *lever) pulledInVain(regime *Regime) int {
	first := -1
	for e := range regime.Epochs {
		rules := &regime.Epochs[e]
		if first < 0 && l.on != nil && l.on(rules) {
			first = e
		}
		if first >= 0 && l.acts(moment{Rules: rules}) {
			return -1
		}
	}
	return first
}

// pulled finds the parameter of a lever, or the entry, that is above 0 on a
// date.
func (r *resolver) pulled(l *lever, d clock.Date) string {
	for _, s := range r.series {
		if slices.Contains(l.parameters, s.parameter.Name) && at(s.steps, d).number > 0 {
			return s.key
		}
	}
	panic("policy: a lever is pulled by none of its parameters: " + l.parameters[0])
}

// Idle finds the changes that regimes make, themselves or through their bases,
// and that act in none of them during a run, since the parameter that is
// changed needs another one; and levers that act for a time only. The run
// begins on the day after the opening and ends with a day.
func (l *Library) Idle(regimes []*Regime, opening, end clock.Date) []Warning {
	var warnings []Warning
	users := make([]user, len(regimes))
	for i, regime := range regimes {
		chain, _ := l.Chain(regime.Name)
		users[i] = user{regime, chain, newResolver(l.Parameters, chain, l.Groups, nil)}
	}
	for i := range levers {
		for _, parameter := range levers[i].parameters {
			for o := range l.Overlays {
				if w := levers[i].idle(parameter, &l.Overlays[o], users, opening, end); w != nil {
					warnings = append(warnings, *w)
				}
			}
		}
	}
	return warnings
}

// user is a regime of a run with what it was resolved from.
type user struct {
	*Regime
	chain []*Overlay
	*resolver
}

// idle returns the warning that an overlay's change of a parameter of the
// lever deserves: none where it acts to the end in one of the regimes.
func (l *lever) idle(parameter string, o *Overlay, users []user, opening, end clock.Date) *Warning {
	var warning *Warning
	for _, u := range users {
		key, step := u.writtenBy(o, parameter, end)
		if key == "" || l.with != "" && u.changes(l.with) {
			continue
		}
		ever, faded := l.fate(u.Regime, max(step.from, opening+1), opening, end)
		condition, reason := l.needed()
		text := "has no effect in this run"
		switch {
		case ever && faded == 0:
			return nil
		case ever:
			text = "has no effect in this run from " + faded.String()
		}
		if warning == nil || ever {
			warning = &Warning{step.value.Places.Of("value", step.value.At),
				fmt.Sprintf("%s: %s = %s %s: it needs %s (%s)", o.Name, key, FormatNumber(step.number), text, condition, reason)}
		}
	}
	return warning
}

// writtenBy returns the entry of a parameter that an overlay has the last word
// on at some time up to the end of a run, and its first number; the highest of
// several, an empty key for none.
func (u user) writtenBy(o *Overlay, parameter string, end clock.Date) (key string, first step) {
	depth := slices.Index(u.chain, o) + 1
	if depth == 0 {
		return "", step{}
	}
	for _, s := range u.of(parameter) {
		for _, step := range s.steps {
			if step.depth == depth && step.from <= end {
				if key == "" || step.number > first.number {
					key, first = s.key, step
				}
				break
			}
		}
	}
	return key, first
}

// changes reports whether some overlay has a word on a parameter.
func (u user) changes(parameter string) bool {
	return slices.ContainsFunc(u.chain, func(o *Overlay) bool { return len(o.Changes[parameter]) > 0 })
}

// fate reports whether a lever acts at any time from a date to the end of a
// run, and since when it is pulled in vain at the end; 0 where it is not.
func (l *lever) fate(r *Regime, from, opening, end clock.Date) (ever bool, faded clock.Date) {
	for e := r.EpochAt(from); e < len(r.Epochs) && r.Starts[e] <= end; e++ {
		begins := max(r.Starts[e], from)
		acts := l.acts(moment{&r.Epochs[e], float64(begins-opening-1) / unit.DaysPerYear})
		switch {
		case acts:
			ever, faded = true, 0
		case l.on == nil || !l.on(&r.Epochs[e]):
			faded = 0
		case faded == 0:
			faded = begins
		}
	}
	return ever, faded
}

// Dependent lists the parameters that act only together with others.
func Dependent() []string {
	var names []string
	for _, l := range levers {
		names = append(names, l.parameters...)
	}
	return names
}
