package calibrate

import (
	"cmp"
	"math"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// adjusted is the posterior of scores: weighted values.
type adjusted struct {
	weights []float64
	values  [][]float64 // by informed score, then particle
}

// adjust moves the informed scores of particles to where a local-linear
// regression on their statistics puts them at the target (Beaumont, Zhang &
// Balding 2002, equations 3 to 6): weights are multiplied by the Epanechnikov
// kernel of the distance over the greatest one.
func (s *statistics) adjust(particles []particle, informed []int, target []float64) adjusted {
	most := 0.0
	for i := range particles {
		most = max(most, particles[i].distance)
	}
	n, d := len(particles), len(informed)
	out := adjusted{weights: make([]float64, n), values: make([][]float64, d)}
	total := 0.0
	for i, p := range particles {
		u := 0.0
		if most > 0 {
			u = p.distance / most
		}
		out.weights[i] = p.weight * (1 - float64(u*u))
		total += out.weights[i]
	}
	squares := 0.0
	for i := range out.weights {
		out.weights[i] /= total
		squares += float64(out.weights[i] * out.weights[i])
	}
	x, y := mat.NewDense(n, d+1, nil), mat.NewDense(n, d, nil)
	for i, p := range particles {
		root := math.Sqrt(out.weights[i])
		x.Set(i, 0, root)
		for c := range d {
			x.Set(i, c+1, float64(root*s.away(p.statistics, target, c)))
			y.Set(i, c, float64(root*p.scores[informed[c]]))
		}
	}
	// The penalty is just large enough that there is a solution where predictors
	// are collinear.
	slope := solved(x, y, 1e-8)
	// The residuals of a regression with d predictors are too small by this much.
	wider := 1.0
	if size := 1 / squares; size > float64(d)+2 {
		wider = math.Sqrt(size / (size - float64(d) - 1))
	}
	for c := range d {
		values := make([]float64, n)
		at := slope.At(0, c)
		for i, p := range particles {
			fitted := at
			for k := range d {
				fitted += float64(s.away(p.statistics, target, k) * slope.At(k+1, c))
			}
			values[i] = at + float64(wider*(p.scores[informed[c]]-fitted))
		}
		out.values[c] = values
	}
	return out
}

// quantile is that of weighted values: the cumulative weight of a value is that
// of those below and half its own, with lines between (Hyndman & Fan 1996, type
// 5, where all weights are equal).
func quantile(values, weights []float64, p float64) float64 {
	order := make([]int, len(values))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(values[i], values[j]), cmp.Compare(i, j)) })
	below, last, at := 0.0, math.Inf(-1), math.NaN()
	for _, i := range order {
		if weights[i] <= 0 {
			continue
		}
		middle := below + float64(weights[i]/2)
		if p <= middle {
			if math.IsNaN(at) {
				return values[i]
			}
			return at + float64((p-last)/(middle-last)*(values[i]-at))
		}
		below, last, at = below+weights[i], middle, values[i]
	}
	return at
}
