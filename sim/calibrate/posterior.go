package calibrate

import (
	"math"
	"slices"

	"asylumsim/sim/evidence"
	"asylumsim/sim/policy"
)

// Parameter is what was believed about a quantity beforehand and what the series
// add.
type Parameter struct {
	Name string
	Unit string
	// Form says what the numbers are: the value of the parameter file's latest
	// date, the factor on every number of a table, the shift of their log-odds,
	// or the mark of a level.
	Form string
	// Estimated says that the model takes an estimate at the opening date
	// instead, which follows the draw where the procedure says so, by the same
	// factor or change of log-odds.
	Estimated bool
	// Prior and Posterior are the 5%, 50% and 95% quantiles. Where nothing was
	// learnt they are the same.
	Prior, Posterior [3]float64
	// Marks are those of Posterior: shares of the prior below.
	Marks [3]float64
	// R2 is the cross-validated share of the variance of the score that the
	// outputs predict: an estimate of how much the series contract the prior.
	R2       float64
	Informed bool
	// Mean and SD are of the posterior's scores: 0 and 1 of the prior.
	Mean, SD float64
	// Below is the share of runs of the reference table whose statistic is lower
	// than that of the published values: near 0 or 1 the posterior is
	// extrapolated. NaN where nothing was learnt.
	Below float64
	// Coverage is the share of runs whose value lies in its 90% interval when they
	// are taken as the data; NaN where nothing was learnt.
	Coverage float64
}

// Covers reports whether the 90% intervals hold as many truths as they should.
func (p *Parameter) Covers() bool { return LeastCoverage <= p.Coverage && p.Coverage <= MostCoverage }

// describe fills in parameters and levels.
func (r *Report) describe(o *Options, posterior []particle) {
	a := r.abc
	coverage, runs := a.coverage(o.Workers)
	r.CoverageRuns = runs
	var learnt adjusted
	if len(a.informed) > 0 {
		learnt = a.statistics.adjust(posterior, a.informed, a.target)
	}
	of := map[string]*policy.Parameter{}
	for i := range o.Parameters {
		of[o.Parameters[i].Name] = &o.Parameters[i]
	}
	levels := len(evidence.LevelMarks())
	for i, name := range a.names {
		p := Parameter{Name: name, Unit: "mark", Form: "mark", R2: a.r2[i], SD: 1, Coverage: math.NaN(), Below: math.NaN()}
		value := func(mark float64) float64 { return mark }
		if i >= levels {
			p.Unit, p.Form, value = believed(of[name])
			p.Estimated = slices.Contains(evidence.Estimated, name)
		}
		for k, q := range probabilities {
			p.Prior[k] = value(q)
		}
		p.Posterior, p.Marks = p.Prior, probabilities
		if c := slices.Index(a.informed, i); c >= 0 {
			p.Informed, p.Coverage, p.Below = true, coverage[c], a.below[c]
			p.Mean, p.SD = moments(learnt.values[c], learnt.weights)
			for k, q := range probabilities {
				p.Marks[k] = markOf(quantile(learnt.values[c], learnt.weights, q))
				p.Posterior[k] = value(p.Marks[k])
			}
		}
		if i < levels {
			r.Levels = append(r.Levels, p)
		} else {
			r.Parameters = append(r.Parameters, p)
		}
	}
}

// believed says what the numbers of a parameter are, and gives them by mark.
func believed(p *policy.Parameter) (unit, form string, value func(mark float64) float64) {
	u := &p.Uncertainty
	value = func(mark float64) float64 { return u.Quantile(mark, p.Bounds()) }
	switch u.Distribution {
	case "scale":
		return "factor", "factor", value
	case "logit_shift":
		return "log-odds", "shift", value
	}
	return string(p.Unit), "value", value
}

func moments(values, weights []float64) (mean, sd float64) {
	for i, x := range values {
		mean += float64(weights[i] * x)
	}
	for i, x := range values {
		d := x - mean
		sd += float64(weights[i] * float64(d*d))
	}
	return mean, math.Sqrt(sd)
}
