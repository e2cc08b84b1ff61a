package main

import (
	"fmt"

	"asylumsim/sim/backtest"
	"asylumsim/sim/chart"
	"asylumsim/sim/clock"
	"asylumsim/sim/config"
	"asylumsim/sim/store"
)

// quarterFans draws the quarterly bands of a forecast, a figure for each
// published output, behind what is published of it. Each tells the sentences that
// record has on its target, where there is a record.
func quarterFans(result *store.Result, bundle *config.Bundle, record func(*backtest.Target) ([]string, clock.Date)) []chart.Fan {
	opening, regimes := result.Manifest.Opening, drawnOf(result.Regimes)
	var fans []chart.Fan
	for i := range backtest.Targets {
		target := &backtest.Targets[i]
		published := result.PublishedOf(target.Name, store.Quarter)
		var panels []chart.Panel
		var last clock.Date
		for _, regime := range regimes {
			p := chart.Panel{Label: titleOf(bundle, regime), Starts: opening}
			if n := len(published); n > 0 && published[n-1].Date == opening { // the bands start from what is known
				known := published[n-1].Value
				p.Dates = append(p.Dates, opening)
				for _, values := range []*[]float64{&p.Q05, &p.Q25, &p.Q50, &p.Q75, &p.Q95, &p.Lowest, &p.Highest} {
					*values = append(*values, known)
				}
			}
			for _, q := range result.Quarters {
				if q.Series != target.PublishedSeries || q.Regime != regime {
					continue
				}
				last = q.Quarter
				p.Dates = append(p.Dates, q.Quarter)
				p.Q05, p.Q25, p.Q50 = append(p.Q05, q.Q05), append(p.Q25, q.Q25), append(p.Q50, q.Q50)
				p.Q75, p.Q95 = append(p.Q75, q.Q75), append(p.Q95, q.Q95)
				p.Lowest, p.Highest = append(p.Lowest, q.Lowest), append(p.Highest, q.Highest)
			}
			panels = append(panels, p)
		}
		var against []chart.Contrast
		if len(target.Outputs) == 1 { // else no pairs of the sum are known
			against = contrastsOf(bundle, result, target.Outputs[0], regimes)
		}
		counted := "quarter"
		if target.Stock {
			counted = "end of quarter"
		}
		fan := chart.Fan{
			Caption: chart.Caption{
				Name: target.Name + "_quarterly", Measure: target.Title,
				Title:  chart.Headline(chart.Subject{Text: target.Short, Plural: true, Flow: !target.Stock, Total: !target.Stock}, ahead(panels, opening), against),
				Source: fmt.Sprintf("asylumsim %s, experiment %s, %d replications; history: %s.", result.Manifest.Version, result.Manifest.Experiment, result.Manifest.Done, target.Source),
				Note:   chart.NoteEstimated + " How far ahead the output can be forecast at all is in the record of the back-test." + caveats(result),
			},
			Geography: "United Kingdom", Unit: target.Unit,
			Period: fmt.Sprintf("%s, %s to %s", counted, (opening + 1).Time().Format("January 2006"), last.Time().Format("January 2006")),
			Data:   "../quarters.csv", OfQuarters: !target.Stock, Panels: panels, Runs: result.Manifest.Done,
		}
		if record != nil {
			fan.Findings, fan.Supported = record(target)
		}
		for _, p := range published {
			if p.Date > opening.AddMonths(-12*historyYears) {
				fan.History = append(fan.History, chart.Point{Date: p.Date, Value: p.Value})
			}
		}
		fans = append(fans, fan.Pages(len(result.Regimes)-len(regimes))...)
	}
	return fans
}

// ahead is panels without what was known when the run opened, as a headline is
// about what comes.
func ahead(panels []chart.Panel, opening clock.Date) []chart.Panel {
	var later []chart.Panel
	for _, p := range panels {
		if p.Dates[0] == opening {
			p.Dates = p.Dates[1:]
			p.Q05, p.Q25, p.Q50, p.Q75, p.Q95 = p.Q05[1:], p.Q25[1:], p.Q50[1:], p.Q75[1:], p.Q95[1:]
		}
		later = append(later, p)
	}
	return later
}
