package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"asylumsim/sim/policy"
)

// The bounds of a decomposition: it runs every subset of its groups.
const (
	minGroups = 2
	maxGroups = 5
)

// Decomposition splits a package into groups of levers.
type Decomposition struct {
	Regime string `json:"regime,omitempty" jsonschema_description:"The whole package, where it is a regime; it must be what the groups make together."`
	Groups Groups `json:"groups" jsonschema_description:"Two to five groups by name, each a list of regimes."`

	At     policy.Position `json:"-"`
	Places policy.Places   `json:"-"`
}

// Groups are the groups of a decomposition, in the order of the file, which
// writes them as a map.
type Groups []Group

// Group is a list of regimes that are taken in or left out together.
type Group struct {
	Name    string
	Regimes []string

	At     policy.Position
	Places policy.Places // of the regimes, by index
}

// MarshalJSON writes the groups as an object in their own order.
func (g Groups) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, group := range g {
		if i > 0 {
			b.WriteByte(',')
		}
		pair := []any{group.Name, group.Regimes}
		for j, part := range pair {
			if j > 0 {
				b.WriteByte(':')
			}
			data, err := json.Marshal(part)
			if err != nil {
				return nil, err
			}
			b.Write(data)
		}
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// prefix is what the subsets are called after.
func (d *Decomposition) prefix(experiment string) string {
	if d.Regime != "" {
		return d.Regime
	}
	return experiment
}

// levers lists the regimes of the groups in a subset, bit by bit.
func (d *Decomposition) levers(subset int) (names, regimes []string) {
	for i, g := range d.Groups {
		if subset>>i&1 == 1 {
			names = append(names, g.Name)
			regimes = append(regimes, g.Regimes...)
		}
	}
	return names, regimes
}

// checkDecomposition validates the decomposition against the library.
func (e *draft) checkDecomposition(l *policy.Library) policy.Problems {
	d := e.Decompose
	if d == nil {
		return nil
	}
	var ps policy.Problems
	fault := func(at policy.Position, key, value, want, hint string) {
		ps = append(ps, policy.Problem{Position: at, Key: key, Value: value, Want: want, Hint: hint})
	}
	known := l.RegimeNames()
	if n := len(d.Groups); n < minGroups || n > maxGroups {
		fault(d.Places.Of("groups", d.At), "decompose.groups", fmt.Sprint(n),
			fmt.Sprintf("%d to %d groups, of which every subset is run", minGroups, maxGroups), "")
	}
	if d.Regime != "" && l.Overlay(d.Regime) == nil {
		fault(d.Places.Of("regime", d.At), "decompose.regime", quote(d.Regime), policy.RegimeAmong(known), policy.DidYouMean(d.Regime, known))
	}
	holds := map[string]string{} // group by lever
	for _, g := range d.Groups {
		key := "decompose.groups." + g.Name
		if !label.MatchString(g.Name) {
			fault(g.At, key, "", labelForm, "")
		}
		if len(g.Regimes) == 0 {
			fault(g.At, key, "an empty list", "at least one regime", "")
		}
		for i, name := range g.Regimes {
			at, key := g.Places.Of(fmt.Sprint(i), g.At), fmt.Sprintf("%s[%d]", key, i)
			o := l.Overlay(name)
			switch {
			case o == nil:
				fault(at, key, quote(name), policy.RegimeAmong(known), policy.DidYouMean(name, known))
				continue
			case o.Base != e.Base:
				fault(at, key, quote(name), "a regime based on "+e.Base+", the base of the experiment", "")
				continue
			}
			for _, lever := range l.Levers(name) {
				if group, again := holds[lever]; again {
					fault(at, key, quote(name), "each regime in one group", lever+" is in group "+group+" too")
					break
				}
				holds[lever] = g.Name
			}
		}
	}
	if len(ps) > 0 {
		return ps
	}
	return e.checkUnion(l)
}

// checkUnion sees to it that the groups can be put together and make the
// package that they are said to make.
func (e *draft) checkUnion(l *policy.Library) policy.Problems {
	d := e.Decompose
	_, levers := d.levers(1<<len(d.Groups) - 1)
	const union = "[all]"
	with := *l
	with.Overlays = append(slices.Clip(l.Overlays), policy.Union(union, e.Base, levers, d.At))
	if _, ps := with.Resolve(union); len(ps) > 0 {
		for i := range ps {
			if strings.HasPrefix(ps[i].Key, "combines") && ps[i].Position == d.At {
				ps[i].Key = "decompose.groups"
				ps[i].Want = "groups that set no value in common"
			}
		}
		return ps
	}
	if d.Regime == "" {
		return nil
	}
	apart := with.Apart(d.Regime, union)
	if len(apart) == 0 {
		return nil
	}
	if n := len(apart); n > 5 {
		apart = append(apart[:5:5], fmt.Sprintf("%d more", n-5))
	}
	return policy.Problems{{Position: d.Places.Of("regime", d.At), Key: "decompose.regime", Value: quote(d.Regime),
		Want: "the regime that all groups make together", Hint: "they differ in " + strings.Join(apart, ", ")}}
}

// expand makes the regimes of the subsets, the empty one and a named package
// apart, which are there already.
func (d *Decomposition) expand(e *Experiment) (subsets []policy.Overlay, variants []policy.Variant) {
	prefix := d.prefix(e.Name)
	for subset := range 1 << len(d.Groups) {
		names, levers := d.levers(subset)
		name := prefix + "[" + strings.Join(names, "+") + "]"
		switch {
		case subset == 0:
			name = e.Base
		case d.Regime != "" && subset == 1<<len(d.Groups)-1:
			name = d.Regime
		default:
			subsets = append(subsets, policy.Union(name, e.Base, levers, d.At))
		}
		for i, g := range d.Groups {
			variants = append(variants, policy.Variant{Regime: name, Of: prefix, Part: policy.Decomposed, Axis: g.Name, Value: float64(subset >> i & 1)})
		}
	}
	return subsets, variants
}
