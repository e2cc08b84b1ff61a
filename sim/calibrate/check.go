package calibrate

import (
	"math"

	"asylumsim/sim/backtest"
	"asylumsim/sim/clock"
)

// Check sets a published value beside the runs of the prior and of the
// posterior.
type Check struct {
	Target    *backtest.Target
	Quarter   clock.Date
	Published float64
	// Prior and Posterior are the 5%, 50% and 95% quantiles of runs, those of the
	// posterior without regression adjustment.
	Prior, Posterior [3]float64
	// Below is the share of runs of the prior below the published value,
	// BelowPosterior that of the posterior.
	Below, BelowPosterior float64
}

// The shares of runs below a published value outside which the model cannot
// produce it under its ranges.
const (
	leastBelow = 0.01
	mostBelow  = 0.99
)

// Reached reports whether the model can produce the value under its ranges.
func (c *Check) Reached() bool { return leastBelow <= c.Below && c.Below <= mostBelow }

// probabilities are those of the quantiles that are told.
var probabilities = [3]float64{0.05, 0.5, 0.95}

func (m *model) check(t *table, posterior []particle) []Check {
	var list []Check
	for j, q := range m.outputs {
		c := Check{Target: q.target, Quarter: q.quarter, Published: q.published}
		at := m.logarithm(q.published)
		prior, equal := make([]float64, len(t.outputs)), make([]float64, len(t.outputs))
		for i, outputs := range t.outputs {
			prior[i], equal[i] = outputs[j], 1/float64(len(t.outputs))
		}
		c.Prior, c.Below = within(prior, equal, at)
		values, weights := make([]float64, len(posterior)), make([]float64, len(posterior))
		for i, p := range posterior {
			values[i], weights[i] = p.outputs[j], p.weight
		}
		c.Posterior, c.BelowPosterior = within(values, weights, at)
		list = append(list, c)
	}
	return list
}

// within returns quantiles of logarithms as values, and the weight of those
// below one, half of it where they are equal.
func within(logs, weights []float64, at float64) (quantiles [3]float64, below float64) {
	for i, p := range probabilities {
		quantiles[i] = math.Exp(quantile(logs, weights, p))
	}
	for i, x := range logs {
		switch {
		case x < at:
			below += weights[i]
		case x == at:
			below += float64(weights[i] / 2)
		}
	}
	return quantiles, below
}
