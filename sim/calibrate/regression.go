package calibrate

import (
	"errors"
	"slices"

	"gonum.org/v1/gonum/mat"
)

// regression predicts some scores from the outputs of a run.
type regression struct {
	predictors predictors
	intercept  []float64  // by score
	slope      *mat.Dense // predictors by scores
}

// fit regresses scores on the outputs of some runs. The penalty on the squared
// coefficients of standardised predictors is their number: the best one where the
// predictors tell half the variance of a score (Hoerl, Kennard & Baldwin 1975,
// doi:10.1080/03610927508827232). Stocks of successive quarters are all but
// collinear, so that there has to be one.
func (t *table) fit(which, runs []int) *regression {
	r := &regression{predictors: t.predictors(runs), intercept: make([]float64, len(which))}
	n, p := len(runs), r.predictors.count()
	x, y := mat.NewDense(n, p, nil), mat.NewDense(n, len(which), nil)
	for k, i := range runs {
		x.SetRow(k, r.predictors.of(t.outputs[i]))
		for c, w := range which {
			r.intercept[c] += t.scores[i][w] / float64(n)
		}
	}
	for k, i := range runs {
		for c, w := range which {
			y.Set(k, c, t.scores[i][w]-r.intercept[c])
		}
	}
	r.slope = solved(x, y, float64(p))
	return r
}

// of returns the fitted values of a run's outputs.
func (r *regression) of(outputs []float64) []float64 {
	values := slices.Clone(r.intercept)
	for j, x := range r.predictors.of(outputs) {
		for c, b := range r.slope.RawRowView(j) {
			values[c] += float64(x * b)
		}
	}
	return values
}

// solved is the solution of least squares with a penalty on the squared
// coefficients, which must be above 0.
func solved(x, y *mat.Dense, penalty float64) *mat.Dense {
	var right, solution mat.Dense
	right.Mul(x.T(), y)
	if err := factorised(x, penalty).SolveTo(&solution, &right); err != nil && !conditioned(err) {
		panic("calibrate: " + err.Error())
	}
	return &solution
}

// factorised is the matrix of products of columns with a penalty on its diagonal.
func factorised(x *mat.Dense, penalty float64) *mat.Cholesky {
	var products mat.Dense
	products.Mul(x.T(), x)
	p, _ := products.Dims()
	gram := mat.NewSymDense(p, nil)
	for i := range p {
		for j := i; j < p; j++ {
			gram.SetSym(i, j, products.At(i, j))
		}
		gram.SetSym(i, i, products.At(i, i)+penalty)
	}
	var factor mat.Cholesky
	if !factor.Factorize(gram) {
		panic("calibrate: a penalised matrix of products is not positive definite")
	}
	return &factor
}

// conditioned reports whether an error only warns of a large condition number: it
// makes single coefficients uncertain, not what is fitted.
func conditioned(err error) bool { return errors.As(err, new(mat.Condition)) }
