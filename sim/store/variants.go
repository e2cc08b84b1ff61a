package store

import (
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/policy"
)

// mostGroups is how many groups a decomposition has at most; package config
// refuses more.
const mostGroups = 5

// checkVariants reports variants that no experiment makes: of regimes that are
// not run, points of a sweep that differ in their axes, and decompositions in
// which a subset of the groups is missing.
func checkVariants(variants []policy.Variant, regimes []string) error {
	run := map[string]bool{}
	for _, name := range regimes {
		run[name] = true
	}
	points := map[string][]string{} // axes of each point of a sweep, in order
	axes := map[string][]string{}   // of the first point of each sweep
	part := map[string]string{}     // the sweep of each point
	var order, groups []string
	subsets := map[string]int{}
	for i, v := range variants {
		fault := func(want string) error {
			return fmt.Errorf("variants[%d] (%.100q, %.100q): want %s", i, v.Regime, v.Axis, want)
		}
		if math.Abs(v.Value) > mostStated {
			return fault(fmt.Sprintf("a value from %g to %g", -mostStated, mostStated))
		}
		if !run[v.Regime] {
			return fault("a regime of the run")
		}
		if v.Part == policy.Decomposed {
			if !slices.Contains(groups, v.Axis) {
				groups = append(groups, v.Axis)
			}
			if len(groups) > mostGroups || v.Value != 0 && v.Value != 1 {
				return fault(fmt.Sprintf("one of up to %d groups, with 1 or without 0", mostGroups))
			}
			subsets[v.Regime] |= int(v.Value) << slices.Index(groups, v.Axis)
			continue
		}
		if v.Regime == regimes[0] {
			return fault("another regime than the base, which is no point of a sweep")
		}
		if points[v.Regime] == nil {
			order = append(order, v.Regime)
			part[v.Regime] = v.Part
		}
		if part[v.Regime] != v.Part || order[len(order)-1] != v.Regime || slices.Contains(points[v.Regime], v.Axis) {
			return fault("each point of a sweep once, with all its axes together")
		}
		points[v.Regime] = append(points[v.Regime], v.Axis)
	}
	for _, name := range order {
		if axes[part[name]] == nil {
			axes[part[name]] = points[name]
		}
		if !slices.Equal(axes[part[name]], points[name]) {
			return fmt.Errorf("variants: %.100q has the axes %.200q: want those of the others of %.100q, %.200q", name, points[name], part[name], axes[part[name]])
		}
	}
	return wholeLattice(subsets, len(groups))
}

// wholeLattice reports a decomposition that lacks a subset of its groups.
func wholeLattice(subsets map[string]int, groups int) error {
	if groups == 0 {
		return nil
	}
	seen := map[int]bool{}
	for _, subset := range subsets {
		seen[subset] = true
	}
	if len(seen) != 1<<groups || len(subsets) != len(seen) {
		return fmt.Errorf("variants: %d regimes for the %d subsets of %d groups: want one for each", len(subsets), 1<<groups, groups)
	}
	return nil
}
