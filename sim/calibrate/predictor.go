package calibrate

import "math"

// predictors are made of a run's outputs, which are logarithms: the outputs
// themselves and their squares, as Fearnhead & Prangle (2012, section 4) take
// powers, both with mean 0 and standard deviation 1 over the reference table.
type predictors struct {
	outputs, squares standard
}

// standard standardises values; those that are all the same become 0.
type standard struct{ mean, scale []float64 }

// farthest is the number of standard deviations at which an output is cut before
// it is squared, so that a few runs do not make the regression.
const farthest = 3

// predictors takes means and standard deviations from runs.
func (t *table) predictors(runs []int) (p predictors) {
	p.outputs = standardOf(runs, func(i int) []float64 { return t.outputs[i] })
	p.squares = standardOf(runs, func(i int) []float64 { return squared(p.outputs.of(t.outputs[i])) })
	return p
}

func standardOf(runs []int, of func(run int) []float64) standard {
	n := float64(len(runs))
	var s standard
	for _, i := range runs {
		values := of(i)
		if s.mean == nil {
			s.mean, s.scale = make([]float64, len(values)), make([]float64, len(values))
		}
		for j, x := range values {
			s.mean[j] += x / n
		}
	}
	for _, i := range runs {
		for j, x := range of(i) {
			d := x - s.mean[j]
			s.scale[j] += float64(d*d) / n
		}
	}
	for j, variance := range s.scale {
		s.scale[j] = 0
		if variance > 1e-18 {
			s.scale[j] = 1 / math.Sqrt(variance)
		}
	}
	return s
}

func (s *standard) of(values []float64) []float64 {
	z := make([]float64, len(values))
	for j, x := range values {
		z[j] = (x - s.mean[j]) * s.scale[j]
	}
	return z
}

func squared(z []float64) []float64 {
	squares := make([]float64, len(z))
	for j, x := range z {
		x = min(max(x, -farthest), farthest)
		squares[j] = x * x
	}
	return squares
}

func (p *predictors) count() int { return 2 * len(p.outputs.mean) }

// of returns the predictors of a run's outputs.
func (p *predictors) of(outputs []float64) []float64 {
	z := p.outputs.of(outputs)
	return append(z, p.squares.of(squared(z))...)
}
