package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"asylumsim/sim/clock"
)

// Chain returns the overlays that make a regime, in the order in which they
// apply: those of its base, root first, then those of the regimes that it
// combines, each once, then its own.
func (l *Library) Chain(name string) ([]*Overlay, Problems) {
	o := l.Overlay(name)
	if o == nil {
		return nil, nil
	}
	w := walk{library: l}
	if !w.visit(o) {
		return nil, w.problems
	}
	return w.chain, w.problems
}

// own returns the part of a regime's chain that is not its base's: of a root
// the whole. The chain must be without problems.
func (l *Library) own(o *Overlay) []*Overlay {
	chain, _ := l.Chain(o.Name)
	base, _ := l.Chain(o.Base)
	return slices.DeleteFunc(chain, func(c *Overlay) bool { return slices.Contains(base, c) })
}

// walk follows the names of bases and combined regimes.
type walk struct {
	library  *Library
	chain    []*Overlay
	path     []link // from the regime asked for to the one at hand
	problems Problems
}

// link is a name of another regime in an overlay.
type link struct {
	from      *Overlay
	key, name string
}

// visit adds an overlay to the chain, after all that it builds on. It reports
// false where a name leads nowhere or round.
func (w *walk) visit(o *Overlay) bool {
	if slices.ContainsFunc(w.path, func(step link) bool { return step.from == o }) {
		w.round(o)
		return false
	}
	if slices.Contains(w.chain, o) {
		return true
	}
	whole := o.Base == "" || w.follow(link{o, "base", o.Base})
	for i, name := range o.Combines {
		step := link{o, fmt.Sprintf("combines[%d]", i), name}
		if !w.follow(step) {
			whole = false
		} else if c := w.library.Overlay(name); o.Base != "" && c.Base != o.Base {
			hint := fmt.Sprintf("%s is based on %s (%s)", name, c.Base, c.Places.Of("base", c.At))
			if c.Base == "" {
				hint = name + " is a root"
			}
			w.problems.add(o.Places.Of(step.key, o.At), step.key, fmt.Sprintf("%q", name), "a regime based on "+o.Base+", as this one is", hint)
			whole = false
		}
	}
	w.chain = append(w.chain, o)
	return whole
}

// follow visits the regime that a link names.
func (w *walk) follow(step link) bool {
	target := w.library.Overlay(step.name)
	if target == nil {
		others := slices.DeleteFunc(w.library.RegimeNames(), func(other string) bool { return other == step.from.Name })
		w.problems.add(step.from.Places.Of(step.key, step.from.At), step.key, fmt.Sprintf("%q", step.name),
			RegimeAmong(others), DidYouMean(step.name, others))
		return false
	}
	w.path = append(w.path, step)
	defer func() { w.path = w.path[:len(w.path)-1] }()
	return w.visit(target)
}

// round reports a regime that builds on itself.
func (w *walk) round(o *Overlay) {
	names := []string{o.Name}
	for _, step := range slices.Backward(w.path) {
		names = append(names, step.from.Name)
	}
	first, want := w.path[0], "a chain of bases that ends in a root"
	if first.key != "base" {
		want = "a regime that does not build on this one"
	}
	w.problems.add(first.from.Places.Of(first.key, first.from.At), first.key, fmt.Sprintf("%q", first.name), want,
		"it goes round: "+strings.Join(names, " < "))
}

// saying is what a combined regime says about an entry of a parameter.
type saying struct {
	member int // index of the combined regime
	by     *Overlay
	from   clock.Date
	value  *Value // the first
}

// contest is a parameter that two combined regimes set.
type contest struct {
	parameter     string
	entries       []string // of a table
	first, second saying
	late          *Value // the regime's own value, where it begins too late to decide
}

// contests finds the parameters that two of the regimes combined in one set,
// each in a way of its own, and returns those that the combining regime does
// not set itself in time, and the names of all of them.
func (l *Library) contests(o *Overlay) (open []contest, all map[string]bool) {
	all = map[string]bool{}
	said := map[string]saying{}
	for member, name := range o.Combines {
		part := l.own(l.Overlay(name))
		for i := range l.Parameters {
			p := &l.Parameters[i]
			for _, entry := range p.By.Keys(l.Groups) {
				now, ok := lastWord(part, p.Name, entry)
				if !ok {
					continue
				}
				now.member = member
				before, again := said[p.Name+"."+entry]
				said[p.Name+"."+entry] = now
				if !again || before.by == now.by {
					continue
				}
				all[p.Name] = true
				decided := stepsOf(o.Changes[p.Name], entry)
				if len(decided) > 0 && decided[0].from <= max(before.from, now.from) {
					continue
				}
				c := contest{parameter: p.Name, first: before, second: now}
				if len(decided) > 0 {
					c.late = decided[0].value
				}
				open = c.join(open, entry)
			}
		}
	}
	return open, all
}

// lastWord finds the overlay of a part of a chain that decides about an
// entry.
func lastWord(part []*Overlay, parameter, entry string) (saying, bool) {
	for _, o := range slices.Backward(part) {
		if steps := stepsOf(o.Changes[parameter], entry); len(steps) > 0 {
			return saying{by: o, from: steps[0].from, value: steps[0].value}, true
		}
	}
	return saying{}, false
}

// join adds a contested entry to the contests found so far.
func (c contest) join(found []contest, entry string) []contest {
	if n := len(found); n > 0 && found[n-1].parameter == c.parameter && found[n-1].first == c.first && found[n-1].second == c.second {
		found[n-1].entries = append(found[n-1].entries, entry)
		return found
	}
	if entry != "" {
		c.entries = []string{entry}
	}
	return append(found, c)
}

// conflicts explains what two combined regimes set and the combining one
// leaves open.
func (l *Library) conflicts(o *Overlay) Problems {
	var ps Problems
	open, _ := l.contests(o)
	for _, c := range open {
		what := c.parameter
		if len(c.entries) > 0 {
			what += " (" + strings.Join(c.entries, ", ") + ")"
		}
		hint := fmt.Sprintf("%s is set by %s and by %s", what, c.first.at(), c.second.at())
		if c.late != nil {
			hint += fmt.Sprintf("; the change at %s begins only on %s", c.late.At, c.late.From)
		}
		key := fmt.Sprintf("combines[%d]", c.second.member)
		ps.add(o.Places.Of(key, o.At), key, fmt.Sprintf("%q", o.Combines[c.second.member]),
			"regimes that set no value in common, or a change of "+c.parameter+" here that decides", hint)
	}
	return ps
}

// at says who set a value and where.
func (s saying) at() string { return fmt.Sprintf("%s (%s)", s.by.Name, s.value.At) }

// PolicyDate is the first date on which a regime differs from its base by a
// change; Beginning for one that changes nothing.
func (l *Library) PolicyDate(name string) clock.Date {
	o := l.Overlay(name)
	if o == nil {
		return Beginning
	}
	var dates []clock.Date
	for _, part := range l.own(o) {
		for _, values := range part.Changes {
			for i := range values {
				dates = append(dates, values[i].From)
			}
		}
	}
	if len(dates) == 0 {
		return Beginning
	}
	return slices.MinFunc(dates, cmp.Compare)
}
