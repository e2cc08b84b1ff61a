package evidence

import (
	"errors"
	"math"
	"slices"

	"gonum.org/v1/gonum/diff/fd"
	"gonum.org/v1/gonum/mat"
)

// boatFit is the likelihood of boat counts. Its parameters are the log level
// of each year, the log season of each month but June, and log dispersion.
type boatFit struct {
	days  []boatCell
	years int
}

type boatCell struct {
	year, month int
	boats       float64
}

const referenceMonth = 5 // June

func (f *boatFit) seasonIndex(month int) int {
	switch {
	case month == referenceMonth:
		return -1
	case month > referenceMonth:
		month--
	}
	return f.years + month
}

func (f *boatFit) season(theta []float64, month int) float64 {
	if j := f.seasonIndex(month); j >= 0 {
		return theta[j]
	}
	return 0
}

// loss is minus the log-likelihood.
func (f *boatFit) loss(theta []float64) float64 {
	k := math.Exp(theta[len(theta)-1])
	if k > 1e6 || k < 1e-6 {
		return math.Inf(1)
	}
	type cell struct{ mean, zero float64 }
	cells := make([]cell, 12*f.years)
	sum := 0.0
	for _, d := range f.days {
		c := &cells[12*d.year+d.month]
		if c.zero == 0 {
			c.mean = untruncatedMean(math.Exp(theta[d.year]+f.season(theta, d.month)), k)
			c.zero = math.Pow(k/(k+c.mean), k)
		}
		if c.mean <= 0 {
			return math.Inf(1) // a mean of 1 or less given that it is not zero
		}
		sum -= logNegativeBinomial(d.boats, c.mean, k) - math.Log1p(-c.zero)
	}
	return sum
}

// maximise climbs the likelihood by Newton's method with derivatives from
// finite differences, halving a step that does not help.
func (f *boatFit) maximise() ([]float64, error) {
	theta := make([]float64, f.years+12)
	for y := range f.years {
		theta[y] = math.Log(5)
	}
	theta[len(theta)-1] = math.Log(2)
	gradient := make([]float64, len(theta))
	loss := f.loss(theta)
	for range 40 {
		fd.Gradient(gradient, f.loss, theta, &fd.Settings{Formula: fd.Central, Step: 1e-5})
		var step mat.VecDense
		cholesky, err := f.information(theta)
		if err != nil {
			return nil, err
		}
		if err := cholesky.SolveVecTo(&step, mat.NewVecDense(len(theta), gradient)); err != nil {
			return nil, err
		}
		if mat.Norm(&step, math.Inf(1)) < 1e-7 {
			return theta, nil
		}
		for scale := 1.0; ; scale /= 2 {
			next := slices.Clone(theta)
			for i := range next {
				next[i] -= float64(scale * step.AtVec(i))
			}
			if l := f.loss(next); l <= loss || scale < 1e-6 {
				theta, loss = next, l
				break
			}
		}
	}
	return nil, errors.New("boats on a crossing day: no convergence in 40 steps")
}

// information is the observed information, factorised.
func (f *boatFit) information(theta []float64) (*mat.Cholesky, error) {
	hessian := mat.NewSymDense(len(theta), nil)
	fd.Hessian(hessian, f.loss, theta, &fd.Settings{Formula: fd.Central, Step: 1e-3})
	var cholesky mat.Cholesky
	if !cholesky.Factorize(hessian) {
		return nil, errors.New("boats on a crossing day: the likelihood has no maximum near the estimate")
	}
	return &cholesky, nil
}

// covariance inverts the observed information.
func (f *boatFit) covariance(theta []float64) (*mat.SymDense, error) {
	cholesky, err := f.information(theta)
	if err != nil {
		return nil, err
	}
	covariance := mat.NewSymDense(len(theta), nil)
	return covariance, cholesky.InverseTo(covariance)
}

// logNegativeBinomial is the log-probability of x at a mean and a dispersion
// k (variance mean + mean^2/k).
func logNegativeBinomial(x, mean, k float64) float64 {
	a, _ := math.Lgamma(x + k)
	b, _ := math.Lgamma(k)
	c, _ := math.Lgamma(x + 1)
	return a - b - c + float64(k*math.Log(k/(k+mean))) + float64(x*math.Log(mean/(k+mean)))
}

// untruncatedMean solves truncated = m / (1 - P(0)) for the mean m of a
// negative binomial distribution, by bisection; 0 where truncated is 1 or
// less.
func untruncatedMean(truncated, k float64) float64 {
	if truncated <= 1 {
		return 0
	}
	low, high := 0.0, truncated
	for range 60 {
		mid := float64((low + high) / 2)
		if mid < truncated*(1-math.Pow(k/(k+mid), k)) {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}
