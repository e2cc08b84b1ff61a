// Package calibrate estimates the uncertain parameters of the model jointly from
// the published quarterly series, by approximate Bayesian computation.
//
// What is believed beforehand is what the parameter files say. Each uncertain
// quantity has a score, the normal quantile of its mark, and a standard normal
// prior. Generation 0 is a reference table: runs at points of the prior. The
// summary statistics are semi-automatic (Fearnhead & Prangle 2012,
// doi:10.1111/j.1467-9868.2011.01010.x): the fitted values of a regression of
// each score on the logarithms of the outputs. Scores that the regression
// predicts out of sample are informed; the distance between runs is that of
// their statistics. Later generations are sequential Monte Carlo (Toni et al.
// 2009, doi:10.1098/rsif.2008.0172; Beaumont et al. 2009,
// doi:10.1093/biomet/asp052), and the particles of the last one are adjusted by
// local-linear regression (Beaumont, Zhang & Balding 2002,
// doi:10.1093/genetics/162.4.2025).
//
// Quarters that parameters were calibrated to are never scored.
package calibrate

import (
	"context"

	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// Window is the one by default: the latest eight quarters of the series.
func Window(s *evidence.Series) (opening, until clock.Date) {
	until = s.Latest()
	return (until + 1).AddMonths(-24) - 1, until
}

// LeastRuns is the smallest reference table: below it, the regressions have more
// predictors than the tenth of runs that is left out.
const LeastRuns = 200

// Options say what to calibrate.
type Options struct {
	Series *evidence.Series
	Groups []policy.Group
	// Regime resolves the regime whose rules of the opening date apply, at a
	// point of what is believed; at nil at the central values.
	Regime func(policy.Marks) (*policy.Regime, error)
	// Parameters are those of the library, Uncertain the names of those that are
	// calibrated, Copula and Correlations how they go together.
	Parameters   []policy.Parameter
	Uncertain    []string
	Copula       *policy.Copula
	Correlations []policy.Correlation
	// Opening is the date of the opening stocks, Until the end of the last
	// quarter that is calibrated to.
	Opening, Until clock.Date
	// Runs is the size of the reference table, and the most runs that a later
	// generation may take.
	Runs int
	// Generations is how many there are beside the reference table; that of the
	// first are its nearest runs.
	Generations int
	Seed        uint64
	Fraction    unit.Fraction
	Workers     int
	// Progress, where given, is called after each run.
	Progress func(generation, done int)
}

// Report is a calibration.
type Report struct {
	Opening, Until clock.Date
	Fraction       unit.Fraction
	Seed           uint64
	Parameters     []Parameter // in the order of the library
	Levels         []Parameter // marks of levels, drawn with them
	Check          []Check
	// Together is the share of runs of the reference table that lie at least as
	// far from the centre of the others as all published values together.
	Together    float64
	Generations []Generation // the reference table first
	// Stopped says why there are fewer generations than were asked for; empty
	// where there are not.
	Stopped string
	// Redraws is how many points of the reference table could not be.
	Redraws int
	// CoverageRuns is how many runs were taken as the data in turn.
	CoverageRuns int

	abc     *abc
	outputs []quarterly
}

// Run calibrates.
func Run(ctx context.Context, o Options) (*Report, error) {
	m, err := newModel(&o)
	if err != nil {
		return nil, err
	}
	a := &abc{
		names: m.names, nuisance: len(evidence.LevelMarks()), pairs: m.pairs, correlate: m.correlate, observed: m.observed(),
		runs: o.Runs, generations: o.Generations, seed: o.Seed, simulate: m.simulate,
	}
	posterior, err := a.run(ctx)
	if err != nil {
		return nil, err
	}
	r := &Report{
		Opening: o.Opening, Until: o.Until, Fraction: o.Fraction, Seed: o.Seed,
		Generations: a.generation, Stopped: a.stopped, Redraws: a.table.redraws,
		abc: a, outputs: m.outputs,
	}
	r.Check, r.Together = m.check(a.table, posterior), a.table.together(a.observed)
	r.describe(&o, posterior)
	return r, nil
}
