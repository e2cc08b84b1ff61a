package policy

import (
	"math"
	"slices"
)

// Restated returns the regime with some of its parameters as they are estimated
// for another starting point. Numbers that are those of the base rules become
// the estimates. A number by which the regime departs from the base keeps its
// distance: a probability or share by the same change of its log-odds, any other
// number by the same factor, or by the same amount where the base has nothing.
// Dates stay. Whether the numbers can be is for Validate to say.
func (r *Regime) Restated(base, estimates *Rules, parameters []string) *Regime {
	restated := &Regime{Name: r.Name, Starts: slices.Clone(r.Starts), Epochs: slices.Clone(r.Epochs)}
	for _, name := range parameters {
		f := fieldNamed(name)
		if f == nil {
			panic("policy: no rule has the parameter " + name)
		}
		was, is := f.Numbers(base), f.Numbers(estimates)
		for e := range restated.Epochs {
			numbers := f.Numbers(&restated.Epochs[e])
			for i, x := range numbers {
				numbers[i] = kept(f, was[i], is[i], x)
				if f.Whole {
					numbers[i] = math.Round(numbers[i])
				}
			}
			if f.SumsTo1 {
				normalise(numbers)
			}
			f.set(&restated.Epochs[e], numbers)
		}
	}
	return restated
}

// kept is what a number becomes when the one it was compared with moves.
func kept(f *Field, was, is, x float64) float64 {
	switch {
	case x == was:
		return is
	case f.Unit.fraction() && 0 < was && was < 1 && 0 < is && is < 1 && 0 < x && x < 1:
		return stable(ShiftLogit(is, math.Log(x/(1-x))-math.Log(was/(1-was))))
	case f.Unit.fraction():
		return x
	case was > 0 && x >= 0:
		return is * x / was
	}
	return is + x - was
}
