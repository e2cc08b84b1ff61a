// Package score judges probability forecasts by what came: the continuous
// ranked probability score, the probability integral transform, coverage, and
// the naive forecasts that a model has to beat.
package score

import (
	"math"
	"slices"
)

// Ensemble is a forecast as equally likely values, ascending.
type Ensemble []float64

// NewEnsemble sorts a copy of values. It panics without any, or with one that
// is no number.
func NewEnsemble(values []float64) Ensemble {
	if len(values) == 0 || slices.ContainsFunc(values, math.IsNaN) {
		panic("score: an ensemble needs values, all of them numbers")
	}
	e := slices.Clone(values)
	slices.Sort(e)
	return e
}

// CRPS is the continuous ranked probability score, in the unit of the forecast
// and the smaller the better: the mean distance of the values from what came,
// less half the mean distance between two of them (Gneiting & Raftery 2007,
// equation 21). It is that of the empirical distribution of the values.
func (e Ensemble) CRPS(came float64) float64 {
	n := float64(len(e))
	distance, spread := 0.0, 0.0
	for i, x := range e {
		distance += math.Abs(x - came)
		// The sum of all distances between sorted values, counted once.
		spread += float64(x * float64(2*i+1-len(e)))
	}
	return distance/n - spread/(n*n)
}

// NormalCRPS is the score of a normal forecast (Gneiting et al. 2005, equation
// 5): 0.2337 of the standard normal distribution at 0.
func NormalCRPS(mean, sd, came float64) float64 {
	z := (came - mean) / sd
	density := math.Exp(-z*z/2) / math.Sqrt(2*math.Pi)
	return sd * (z*math.Erf(z/math.Sqrt2) + 2*density - 1/math.Sqrt(math.Pi))
}

// PIT is the probability integral transform: the share of the values below what
// came, values equal to it counted half. Of a forecast that is right it is
// uniform.
func (e Ensemble) PIT(came float64) float64 {
	below, equal := 0, 0
	for _, x := range e {
		switch {
		case x < came:
			below++
		case x == came:
			equal++
		}
	}
	return (float64(below) + float64(float64(equal)/2)) / float64(len(e))
}

// Quantile interpolates between the values; p from 0 to 1 (Hyndman & Fan 1996,
// type 7).
func (e Ensemble) Quantile(p float64) float64 {
	at := float64(p * float64(len(e)-1))
	i := min(int(at), len(e)-1)
	if i == len(e)-1 {
		return e[i]
	}
	return e[i] + float64((at-float64(i))*(e[i+1]-e[i]))
}

// Covers reports whether the central interval of a probability holds what came.
func (e Ensemble) Covers(probability, came float64) bool {
	return e.Quantile((1-probability)/2) <= came && came <= e.Quantile((1+probability)/2)
}

// Mean is the mean of the values.
func (e Ensemble) Mean() float64 {
	sum := 0.0
	for _, x := range e {
		sum += x
	}
	return sum / float64(len(e))
}
