package main

import (
	"slices"

	"asylumsim/sim/chart"
	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/measure"
	"asylumsim/sim/store"
)

// yearly holds a flow or a cost of the regimes that are drawn in all
// replications, in the money that the figures are in.
type yearly struct {
	output  measure.Output
	samples map[string]compare.Sample // by regime
	months  []clock.Date
}

// fewestMonths is the shortest run whose flows are drawn as sums over 12
// months: two points make a line.
const fewestMonths = 13

// yearsOf reads the flows and costs among outputs that are drawn as sums over
// 12 months, by output: none of a run that is too short, or that does not
// begin with a month.
func yearsOf(result *store.Result, regimes []string, outputs []measure.Output) (map[measure.Output]*yearly, error) {
	m := result.Manifest
	var flows []measure.Output
	for _, o := range outputs {
		if o.Define().Kind != measure.Stock && !slices.Contains(flows, o) {
			flows = append(flows, o)
		}
	}
	if m.Months < fewestMonths || m.Opening != m.Opening.MonthEnd() || len(flows) == 0 {
		return nil, nil
	}
	samples, err := result.Samples(regimes, flows)
	if err != nil {
		return nil, err
	}
	var months []clock.Date
	for i := range m.Months {
		months = append(months, m.Opening.AddMonths(i+1).MonthEnd())
	}
	years := map[measure.Output]*yearly{}
	for i, o := range flows {
		y := &yearly{output: o, months: months, samples: map[string]compare.Sample{}}
		for r, regime := range regimes {
			y.samples[regime] = samples[r][i].In(result.Money, months)
		}
		years[o] = y
	}
	return years, nil
}

// yearsFan draws a flow as sums over 12 months. Where it is published month by
// month, the sums of the first year hold the months before the run.
func yearsFan(bundle *config.Bundle, result *store.Result, regimes []string, y *yearly) (chart.Fan, string) {
	published := result.PublishedOf(y.output.String(), store.Month)
	known := compare.Sample{Output: y.output, Months: len(published)}
	for _, p := range published {
		known.Values = append(known.Values, int64(p.Value))
	}
	var panels []chart.Panel
	for _, regime := range regimes {
		sums, without := y.samples[regime].MovingYears(known.Values)
		panels = append(panels, panelOf(titleOf(bundle, regime), compare.Summaries(regime, sums, y.months[without:])))
	}
	var history []store.Observation
	if len(published) > 0 {
		sums, without := known.MovingYears(nil)
		for i, v := range sums.Values {
			history = append(history, store.Observation{Date: published[without+i].Date, Value: float64(v)})
		}
	}
	fan := chart.NewYearsFan(y.output, recent(history, result.Manifest.Opening), panels...)
	fan.Note = " Each point is the sum of the 12 months up to it, run by run; single months, which follow the season, are in summary.csv."
	if len(history) > 0 {
		fan.Note += " In the first year published months are part of the sums."
	}
	return fan, sourceOf(published)
}
