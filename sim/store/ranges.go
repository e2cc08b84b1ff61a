package store

import (
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
)

// Ranges fills in, from the replications, the lowest and the highest run of outputs
// of some regimes, where the runs are so few that the range between them is what
// people are shown (compare.EnoughRuns). The tables of a folder hold quantiles only.
func (r *Result) Ranges(regimes []string, outputs []measure.Output) error {
	if r.Manifest.Done >= compare.EnoughRuns {
		return nil
	}
	samples, err := r.Samples(regimes, outputs)
	if err != nil {
		return err
	}
	timeline := clock.NewTimeline(r.Manifest.Opening, r.Manifest.Months/12)
	periods := compare.Periods(timeline)
	for i, regime := range regimes {
		for k, o := range outputs {
			s := samples[i][k].In(r.Money, timeline.Months)
			months, totals := compare.Summaries(regime, s, timeline.Months), compare.Totals(regime, s, periods)
			for j := range r.Summaries {
				if row := &r.Summaries[j]; row.Regime == regime && row.Output == o && len(months) > 0 {
					row.Lowest, row.Highest = months[0].Lowest, months[0].Highest
					months = months[1:]
				}
			}
			for j := range r.Totals {
				if row := &r.Totals[j]; row.Regime == regime && row.Output == o && len(totals) > 0 {
					row.Lowest, row.Highest = totals[0].Lowest, totals[0].Highest
					totals = totals[1:]
				}
			}
		}
	}
	return nil
}

// QuarterRanges does so for the quarters of all regimes.
func (r *Result) QuarterRanges() error {
	if r.Manifest.Done >= compare.EnoughRuns {
		return nil
	}
	var outputs []measure.Output
	for _, series := range measure.Quarterly {
		outputs = append(outputs, series.Outputs...)
	}
	samples, err := r.Samples(r.Regimes, outputs)
	if err != nil {
		return err
	}
	source := func(regime int, o measure.Output) (compare.Sample, error) {
		return samples[regime][slices.Index(outputs, o)], nil
	}
	r.Quarters, err = compare.Quarters(r.Regimes, clock.NewTimeline(r.Manifest.Opening, r.Manifest.Months/12), source)
	return err
}
