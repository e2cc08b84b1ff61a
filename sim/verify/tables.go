package verify

import (
	"fmt"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"asylumsim/sim/random"
)

// tables hold the quantile tables against exact quantile functions: the greatest
// error anywhere between the ends at which they are cut off.
func tables() []trial {
	// random.Quantile says why: no step is wider than an eighth of the distance to
	// the end of the unit interval, and linear interpolation of an exponential is
	// then off by (1/8)²/8 of its mean at most.
	const exponentialBound = 1.0 / 512
	cases := []struct {
		name  string
		table *random.Quantile
		exact func(p float64) float64
		scale float64 // what the error is measured in
		bound float64
	}{
		{"exponential, in means", random.Exponential, func(p float64) float64 { return -math.Log1p(-p) }, 1, exponentialBound},
		{"normal, in standard deviations", random.Normal, distuv.UnitNormal.Quantile, 1, exponentialBound},
		{"Weibull, in scales", random.Weibull(1.5, 700), distuv.Weibull{K: 1.5, Lambda: 700}.Quantile, 700, exponentialBound},
		{"log-normal, in means", random.LogNormal(135, 0.5), distuv.LogNormal{Mu: math.Log(135) - math.Log1p(0.25)/2, Sigma: math.Sqrt(math.Log1p(0.25))}.Quantile, 135, 2 * exponentialBound},
	}
	var checks []Check
	for _, c := range cases {
		checks = append(checks, Check{
			Group: "Quantile tables", Form: Bounded, Theory: c.bound, Law: "bound on linear interpolation (random.Quantile)",
			Name: fmt.Sprintf("%s: greatest error", c.name),
		})
	}
	return []trial{{checks: checks, runs: 1, prepare: func() func(random.Source, int, []float64) {
		return func(_ random.Source, _ int, values []float64) {
			for i, c := range cases {
				worst := func(p float64) {
					values[i] = max(values[i], math.Abs(c.table.At(p)-c.exact(p))/c.scale)
				}
				const n = 50000
				for j := range n {
					worst((float64(j) + 0.5) / n)
				}
				// The tails, octave by octave, down to what a double can tell from 1.
				for octave := 4; octave < 30; octave++ {
					for j := range 64 {
						p := math.Ldexp(1+(float64(j)+0.5)/64, -octave-1)
						worst(p)
						worst(1 - p)
					}
				}
			}
		}
	}}}
}
