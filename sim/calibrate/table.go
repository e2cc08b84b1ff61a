package calibrate

// table is the reference table: runs at points of the prior.
type table struct {
	independent [][]float64 // scores before they are tied together
	scores      [][]float64
	outputs     [][]float64 // logarithms
	redraws     int
}

func (t *table) add(independent, scores, outputs []float64) {
	t.independent = append(t.independent, independent)
	t.scores = append(t.scores, scores)
	t.outputs = append(t.outputs, outputs)
}

// crossValidated returns of every score 1 less the mean squared error of its
// regression, in runs that it was not fitted to, over the variance.
func (t *table) crossValidated() []float64 {
	all := make([]int, len(t.scores[0]))
	for i := range all {
		all[i] = i
	}
	fitted := t.statistics(all).reference
	n := float64(len(t.scores))
	r2 := make([]float64, len(all))
	for i := range all {
		mean, errors, squares := 0.0, 0.0, 0.0
		for _, scores := range t.scores {
			mean += scores[i] / n
		}
		for run, scores := range t.scores {
			d, e := scores[i]-mean, scores[i]-fitted[run][i]
			squares += float64(d * d)
			errors += float64(e * e)
		}
		if squares > 0 {
			r2[i] = 1 - errors/squares
		}
	}
	return r2
}
