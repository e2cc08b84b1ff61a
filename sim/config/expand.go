package config

import (
	"cmp"
	"fmt"
	"slices"

	"asylumsim/sim/policy"
)

// expansion is what an experiment runs: its regimes, base first, and those
// that its sweeps and its decomposition make.
type expansion struct {
	library  policy.Library // with the generated regimes
	regimes  []string
	variants []policy.Variant
}

// expand makes the regimes of sweeps and decomposition over a library that has
// the settings already.
func (e *Experiment) expand(l policy.Library) (expansion, policy.Problems) {
	var ps policy.Problems
	x := expansion{library: l, regimes: slices.Clone(e.Regimes)}
	x.library.Overlays = slices.Clone(l.Overlays)
	for i := range e.Sweeps {
		points, variants, found := e.Sweeps[i].expand(&l, fmt.Sprintf("sweeps[%d]", i))
		ps = append(ps, found...)
		x.add(points, variants)
	}
	if d := e.Decompose; d != nil {
		if d.Regime != "" && !slices.Contains(x.regimes, d.Regime) {
			x.regimes = append(x.regimes, d.Regime)
		}
		x.add(d.expand(e))
	}
	slices.SortFunc(x.library.Overlays, func(a, b policy.Overlay) int { return cmp.Compare(a.Name, b.Name) })
	return x, ps
}

func (x *expansion) add(generated []policy.Overlay, variants []policy.Variant) {
	for _, o := range generated {
		x.regimes = append(x.regimes, o.Name)
	}
	x.library.Overlays = append(x.library.Overlays, generated...)
	x.variants = append(x.variants, variants...)
}

// named lists the regimes that the experiment names anywhere.
func (e *Experiment) named() []string {
	names := slices.Clone(e.Regimes)
	for _, s := range e.Sweeps {
		names = append(names, s.Regime)
	}
	if d := e.Decompose; d != nil {
		if d.Regime != "" {
			names = append(names, d.Regime)
		}
		for _, g := range d.Groups {
			names = append(names, g.Regimes...)
		}
	}
	return names
}

// Runs is how many regimes the experiment runs: those it lists and those that
// its sweeps and its decomposition make.
func (e *Experiment) Runs() int {
	n := len(e.Regimes)
	for i := range e.Sweeps {
		n += len(e.Sweeps[i].points())
	}
	if d := e.Decompose; d != nil {
		subsets, _ := d.expand(e)
		if n += len(subsets); d.Regime != "" && !slices.Contains(e.Regimes, d.Regime) {
			n++
		}
	}
	return n
}
