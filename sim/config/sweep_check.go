package config

import (
	"fmt"
	"math"
	"regexp"
	"slices"

	"asylumsim/sim/policy"
)

// label is what axes and groups may be called: their labels become parts of
// names of regimes.
var label = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9 _.@-]*$`)

const labelForm = "a short name of letters, digits, blanks, hyphens and full stops"

// sweepCheck checks one sweep of an experiment.
type sweepCheck struct {
	library  *policy.Library
	sweep    *Sweep
	key      string // sweeps[0]
	problems policy.Problems
}

func (c *sweepCheck) fault(at policy.Position, key, value, want, hint string) {
	c.problems = append(c.problems, policy.Problem{Position: at, Key: key, Value: value, Want: want, Hint: hint})
}

// checkSweeps validates the sweeps against the library.
func (e *draft) checkSweeps(l *policy.Library) policy.Problems {
	var ps policy.Problems
	names := map[string]string{}
	total := 0
	for i := range e.Sweeps {
		if len(ps) >= mostProblems {
			break
		}
		c := sweepCheck{library: l, sweep: &e.Sweeps[i], key: fmt.Sprintf("sweeps[%d]", i)}
		n := c.check()
		ps = append(ps, c.problems...)
		if len(c.problems) > 0 {
			continue
		}
		if total += n; total > MaxPoints {
			ps = append(ps, policy.Problem{Position: c.sweep.At, Key: c.key, Value: fmt.Sprintf("%d points with the sweeps before", total),
				Want: fmt.Sprintf("no more than %d points in all", MaxPoints)})
			break
		}
		for _, point := range c.sweep.points() {
			name := pointName(c.sweep, point)
			if first, again := names[name]; again {
				ps = append(ps, policy.Problem{Position: c.sweep.At, Key: c.key, Value: quote(name), Want: "each point once", Hint: "it is in " + first + " too"})
				break
			}
			names[name] = c.key
		}
	}
	return ps
}

// check reports the number of points where nothing is wrong.
func (c *sweepCheck) check() (points int) {
	s := c.sweep
	known := c.library.RegimeNames()
	regime := c.library.Overlay(s.Regime) != nil
	if !regime {
		c.fault(s.Places.Of("regime", s.At), c.key+".regime", quote(s.Regime), policy.RegimeAmong(known), policy.DidYouMean(s.Regime, known))
	}
	if (len(s.Grid) > 0) == (len(s.List) > 0) {
		c.fault(s.At, c.key, "", "either grid, of which every combination is run, or list, of which values are taken together", "")
		return 0
	}
	axes, kind := s.axes()
	labels, targets := map[string]bool{}, map[string]bool{}
	points = 1
	for i := range axes {
		a, key := &axes[i], fmt.Sprintf("%s.%s[%d]", c.key, kind, i)
		before := len(c.problems)
		n := c.axis(a, key, labels, targets)
		if n > 0 && regime && len(c.problems) == before {
			c.values(a, key)
		}
		if kind == "grid" {
			points *= min(n, MaxPoints+1)
			if points > MaxPoints {
				c.fault(s.At, c.key, "more than "+fmt.Sprint(MaxPoints)+" points", fmt.Sprintf("no more than %d points", MaxPoints), "fewer values, or two sweeps in experiments of their own")
				return 0
			}
			continue
		}
		if i > 0 && n != points && n > 0 && points > 0 {
			c.fault(a.At, key, fmt.Sprintf("%d values", n), fmt.Sprintf("%d values, as many as the first of the list has", points), "")
			continue
		}
		points = n
	}
	return points
}

// axis checks the form of an axis and returns how many values it has.
func (c *sweepCheck) axis(a *Axis, key string, labels, targets map[string]bool) int {
	if (a.Parameter != "") == (len(a.Parameters) > 0) {
		c.fault(a.At, key, "", "either parameter, or parameters with what each value is multiplied by", "")
	}
	for _, t := range a.targets() {
		if targets[t.Key] {
			c.fault(t.At, key, quote(t.Key), "each parameter once in a sweep", "")
		}
		targets[t.Key] = true
	}
	switch name := a.label(); {
	case name != "" && !label.MatchString(name):
		c.fault(a.Places.Of("label", a.At), key+".label", quote(name), labelForm, "")
	case name != "" && labels[name]:
		c.fault(a.Places.Of("label", a.At), key+".label", quote(name), "each label once in a sweep", "")
	default:
		labels[name] = true
	}
	ranged := a.From != nil || a.To != nil || a.Step != nil
	if (a.Values != nil) == ranged {
		c.fault(a.At, key, "", "either values, or from, to and step", "")
		return 0
	}
	if ranged {
		return c.steps(a, key)
	}
	if len(a.Values) == 0 {
		c.fault(a.Places.Of("values", a.At), key+".values", "an empty list", "at least one value", "")
	}
	for i, x := range a.Values {
		if slices.Index(a.Values, x) < i {
			c.fault(a.at(i), fmt.Sprintf("%s.values[%d]", key, i), policy.FormatNumber(x), "each value once", "")
		}
		if math.IsNaN(x) {
			return 0 // said already
		}
	}
	return len(a.Values)
}

// steps checks from, to and step.
func (c *sweepCheck) steps(a *Axis, key string) int {
	for _, f := range []struct {
		name  string
		value *float64
	}{{"from", a.From}, {"to", a.To}, {"step", a.Step}} {
		if f.value == nil {
			c.fault(a.At, key+"."+f.name, policy.Missing, "a number: from, to and step go together", "")
			return 0
		}
		if math.IsNaN(*f.value) {
			return 0 // said already
		}
	}
	n, whole := a.steps()
	switch {
	case *a.Step <= 0:
		c.fault(a.Places.Of("step", a.At), key+".step", policy.FormatNumber(*a.Step), "more than 0", "")
	case *a.To < *a.From:
		c.fault(a.Places.Of("to", a.At), key+".to", policy.FormatNumber(*a.To), "no less than from, "+policy.FormatNumber(*a.From), "")
	case n >= MaxPoints:
		c.fault(a.Places.Of("step", a.At), key+".step", policy.FormatNumber(*a.Step), fmt.Sprintf("no more than %d values", MaxPoints), "")
	case !whole:
		c.fault(a.Places.Of("step", a.At), key+".step", policy.FormatNumber(*a.Step),
			fmt.Sprintf("a step that leads from %s to %s", policy.FormatNumber(*a.From), policy.FormatNumber(*a.To)), "")
	default:
		return int(n) + 1
	}
	return 0
}

// values checks each value of an axis as if it stood in a file.
func (c *sweepCheck) values(a *Axis, key string) {
	for i := range a.values() {
		if len(c.problems) >= mostProblems {
			return
		}
		settings, err := a.settings(c.sweep.Regime, i)
		if err != nil {
			c.fault(a.At, key, "", "parameter, parameter.entry or parameter@DATE", "")
			return
		}
		known := true
		for _, s := range settings {
			if c.library.Parameter(s.Parameter) == nil {
				c.fault(a.target(s), key, quote(s.Parameter), "the name of a parameter", policy.DidYouMean(s.Parameter, c.library.ParameterNames()))
				known = false
			}
		}
		if !known {
			return
		}
		_, found := c.library.Point("point", c.sweep.Regime, settings, c.sweep.At)
		for _, p := range found {
			c.fault(p.Position, key+": "+p.Key, p.Value, p.Want, p.Hint)
		}
		if len(found) > 0 && found[0].Value == "" {
			return // the name is at fault, not the value
		}
	}
}

// target is where the parameter of a setting was named.
func (a *Axis) target(s policy.Setting) policy.Position {
	for _, t := range a.targets() {
		if t.Key == s.Parameter || len(t.Key) > len(s.Parameter) && t.Key[:len(s.Parameter)] == s.Parameter {
			return t.At
		}
	}
	return a.At
}
