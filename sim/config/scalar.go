package config

import (
	"math"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// blank marks numbers that could not be read.
func (d *decoder) blank(v reflect.Value) {
	switch target := v.Addr().Interface().(type) {
	case *policy.Value:
		target.Amount.Number = math.NaN()
	case *policy.Amount:
		target.Number = math.NaN()
	}
}

// scalar checks that a node is a single value with one of the tags.
func (d *decoder) scalar(n *yaml.Node, path, want string, tags ...string) bool {
	if n.Kind == yaml.ScalarNode {
		for _, tag := range tags {
			if n.ShortTag() == tag {
				return true
			}
		}
	}
	hint := ""
	switch {
	case slices.Contains(tags, "!!int"):
		hint = policy.NearNumber(n.Value)
	case slices.Contains(tags, "!!bool") && strings.HasPrefix(policy.NearNumber(n.Value), "write 1 "):
		hint = "write true"
	case slices.Contains(tags, "!!bool") && strings.HasPrefix(policy.NearNumber(n.Value), "write 0 "):
		hint = "write false"
	}
	d.fault(n, path, want, hint)
	return false
}

// number reads a finite number; NaN where there is none, so that checks of it
// against others stay silent.
func (d *decoder) number(n *yaml.Node, path string) float64 {
	if !d.scalar(n, path, "a number", "!!int", "!!float") {
		return math.NaN()
	}
	x, ok := policy.ParseNumber(n.Value)
	if !ok {
		d.fault(n, path, "a finite decimal number", policy.NearNumber(n.Value))
		return math.NaN()
	}
	return x
}

func (d *decoder) integer(n *yaml.Node, path string, v reflect.Value) {
	if !d.scalar(n, path, "a whole number", "!!int") {
		return
	}
	if v.Kind() == reflect.Uint64 {
		x, err := strconv.ParseUint(n.Value, 10, 64)
		if _, plain := policy.ParseNumber(n.Value); err != nil || !plain {
			d.fault(n, path, "a whole number from 0 to 18446744073709551615", policy.NearNumber(n.Value))
		}
		v.SetUint(x)
		return
	}
	x, ok := policy.ParseWhole(n.Value)
	if !ok || int64(int32(x)) != x {
		d.fault(n, path, "a whole number", policy.NearNumber(n.Value))
	}
	v.SetInt(x)
}

func (d *decoder) date(n *yaml.Node, path string, target *clock.Date) {
	const want = "a date such as 2026-03-02"
	if !d.scalar(n, path, want, "!!timestamp", "!!str") {
		return
	}
	date, err := clock.ParseDate(n.Value)
	if err != nil {
		d.fault(n, path, want, "")
	}
	*target = date
}

func (d *decoder) fraction(n *yaml.Node, path string, target *unit.Fraction) {
	if n.Kind == yaml.ScalarNode {
		if f, err := unit.ParseFraction(n.Value); err == nil {
			*target = f
			return
		}
	}
	d.fault(n, path, unit.FractionForm, unit.NearFraction(n.Value))
}

func (d *decoder) amount(n *yaml.Node, path string, target *policy.Amount) {
	switch n.Kind {
	case yaml.ScalarNode:
		target.Number = d.number(n, path)
	case yaml.MappingNode:
		target.Table = []policy.Entry{}
		for _, p := range d.pairs(n, path) {
			target.Table = append(target.Table, policy.Entry{Key: p.key, Number: d.number(p.value, join(path, p.key)), At: d.at(p.name)})
		}
	default:
		d.fault(n, path, "a number, or a table of numbers by entry", "")
		target.Number = math.NaN()
	}
}

// factors reads a map of numbers in its order.
func (d *decoder) factors(n *yaml.Node, path string, target *Factors) {
	*target = Factors{}
	for _, p := range d.pairs(n, path) {
		*target = append(*target, policy.Entry{Key: p.key, Number: d.number(p.value, join(path, p.key)), At: d.at(p.name)})
	}
}

// groups reads a map of lists of names in its order.
func (d *decoder) groups(n *yaml.Node, path string, target *Groups) {
	*target = Groups{}
	for _, p := range d.pairs(n, path) {
		g := Group{Name: p.key, At: d.at(p.name), Places: policy.Places{}}
		d.list(p.value, join(path, p.key), reflect.ValueOf(&g.Regimes).Elem())
		for i, item := range p.value.Content {
			g.Places[strconv.Itoa(i)] = d.at(item)
		}
		*target = append(*target, g)
	}
}
