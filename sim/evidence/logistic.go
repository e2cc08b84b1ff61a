package evidence

import (
	"errors"
	"math"

	"gonum.org/v1/gonum/mat"
)

// logistic fits a logistic regression by Newton's method (iteratively
// reweighted least squares; McCullagh & Nelder 1989, section 4.4): the chance
// of outcome i is 1/(1+exp(-sum of the coefficients of features[i])). A
// feature is 0 or 1, and features[i] lists those that are 1. It returns the
// coefficients and their standard errors, from the inverse of the information
// matrix.
func logistic(features [][]int, outcomes []bool, n int) (coefficients, errs []float64, err error) {
	b := make([]float64, n)
	var cholesky mat.Cholesky
	for range 50 {
		score := mat.NewVecDense(n, nil)
		information := mat.NewSymDense(n, nil)
		for i, active := range features {
			eta := 0.0
			for _, j := range active {
				eta += b[j]
			}
			p := 1 / (1 + math.Exp(-eta))
			residual := -p
			if outcomes[i] {
				residual++
			}
			for _, j := range active {
				score.SetVec(j, score.AtVec(j)+residual)
				for _, k := range active {
					if k >= j {
						information.SetSym(j, k, information.At(j, k)+float64(p*(1-p)))
					}
				}
			}
		}
		if !cholesky.Factorize(information) {
			return nil, nil, errors.New("logistic regression: the features are linearly dependent, or one never varies")
		}
		step := mat.NewVecDense(n, nil)
		if err := cholesky.SolveVecTo(step, score); err != nil {
			return nil, nil, err
		}
		largest := 0.0
		for j := range b {
			b[j] += step.AtVec(j)
			largest = math.Max(largest, math.Abs(step.AtVec(j)))
		}
		if largest < 1e-10 {
			covariance := mat.NewSymDense(n, nil)
			if err := cholesky.InverseTo(covariance); err != nil {
				return nil, nil, err
			}
			se := make([]float64, n)
			for j := range se {
				se[j] = math.Sqrt(covariance.At(j, j))
			}
			return b, se, nil
		}
	}
	return nil, nil, errors.New("logistic regression: no convergence in 50 steps; a feature may separate the outcomes")
}
