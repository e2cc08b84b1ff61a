package calibrate

import "gonum.org/v1/gonum/mat"

// together is the share of runs of the reference table that lie at least as far
// from the centre of the others as the published values do, all outputs taken
// together: each can be in reach and their course not. The distance is that of
// Mahalanobis, with centre and covariance from the nine folds that a run is not
// in, and for the published values the mean over the ten. A ten-thousandth of
// each variance is added, so that outputs which are all but collinear do not
// decide it.
func (t *table) together(observed []float64) float64 {
	const added = 1e-4
	distances := make([]float64, len(t.outputs))
	published := 0.0
	for fold := range folds {
		var others []int
		for run := range t.outputs {
			if run%folds != fold {
				others = append(others, run)
			}
		}
		s := standardOf(others, func(run int) []float64 { return t.outputs[run] })
		x := mat.NewDense(len(others), len(observed), nil)
		for k, run := range others {
			x.SetRow(k, s.of(t.outputs[run]))
		}
		factor := factorised(x, added*float64(len(others)))
		distance := func(outputs []float64) float64 {
			z := mat.NewVecDense(len(outputs), s.of(outputs))
			var solution mat.VecDense
			if err := factor.SolveVecTo(&solution, z); err != nil && !conditioned(err) {
				panic("calibrate: " + err.Error())
			}
			return mat.Dot(z, &solution)
		}
		for run := fold; run < len(t.outputs); run += folds {
			distances[run] = distance(t.outputs[run])
		}
		published += distance(observed) / folds
	}
	farther := 0
	for _, d := range distances {
		if d >= published {
			farther++
		}
	}
	return float64(farther) / float64(len(distances))
}
