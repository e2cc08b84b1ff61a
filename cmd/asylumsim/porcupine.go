package main

import (
	"fmt"
	"io"
	"path/filepath"

	"asylumsim/sim/backtest"
	"asylumsim/sim/chart"
	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
)

// keepBacktest writes a back-test to a folder: every forecast, the summary, what
// was estimated at each origin, and a figure of each output.
func keepBacktest(folder string, report *backtest.Report, facts []backtest.Fact, o *backtest.Options) error {
	var figures []chart.Porcupine
	for i := range backtest.Targets {
		// Of hotels there is no forecast before they are published.
		if f := porcupineOf(report, &backtest.Targets[i], o.Series); len(f.Quills) > 0 {
			figures = append(figures, f)
		}
	}
	if err := chart.WriteIndex(filepath.Join(folder, figuresFolder), figures); err != nil {
		return err
	}
	return keep(folder,
		kept{"scores.csv", func(w io.Writer) error { return report.Write(w, "csv") }},
		kept{"summary.csv", report.WriteSummary},
		kept{"facts.csv", func(w io.Writer) error { return backtest.WriteFacts(w, facts) }},
		kept{"estimates.csv", func(w io.Writer) error { return report.WriteEstimates(w, o.Groups) }},
	)
}

// porcupineYears is how many years before the first origin a figure shows.
const porcupineYears = 3

// porcupineOf draws the forecasts of a target over what is published.
func porcupineOf(report *backtest.Report, target *backtest.Target, series *evidence.Series) chart.Porcupine {
	begin := report.Origins[0].Origin.AddMonths(-12 * porcupineYears)
	published := target.Published(series)
	counted := "by quarter"
	if target.Stock {
		counted = "end of quarter"
	}
	p := chart.Porcupine{
		Caption: chart.Caption{
			Name: target.Name, Title: porcupineTitle(report, target), Measure: target.Title,
			Source: fmt.Sprintf("%s; forecasts: asylumsim %s, back-test with %d runs an origin, level process %v.", target.Source, version, report.Replications, report.Process),
			Note:   "Figures are today's revisions, cut at each origin less the time to publication. Parameters were estimated at each origin; what could not be was drawn from ranges that were written with later years in view. Changes of law after an origin are not in its forecasts.",
		},
		Geography: "United Kingdom", Unit: target.Unit, OfQuarters: !target.Stock,
	}
	var first, last clock.Date
	for _, date := range target.Quarters(series) {
		if date < begin {
			continue
		}
		if first == 0 {
			first = date
		}
		last = date
		p.History = append(p.History, chart.Point{Date: date, Value: published[date]})
	}
	p.Period = fmt.Sprintf("%s, %s to %s", counted, first.Time().Format("January 2006"), last.Time().Format("January 2006"))
	for i := range report.Forecasts {
		f := &report.Forecasts[i]
		if f.Target != target || !f.Scored {
			continue
		}
		if n := len(p.Quills); n == 0 || p.Quills[n-1].Origin != f.Origin {
			p.Quills = append(p.Quills, chart.Quill{Origin: f.Origin, From: chart.Point{Date: f.KnownTo, Value: f.Known}})
		}
		q := &p.Quills[len(p.Quills)-1]
		q.Dates = append(q.Dates, f.Quarter)
		q.Q05, q.Q50, q.Q95 = append(q.Q05, f.Model.Quantile(0.05)), append(q.Q50, f.Model.Quantile(0.5)), append(q.Q95, f.Model.Quantile(0.95))
	}
	for _, s := range report.Summaries() {
		if s.Target == target {
			p.Findings = append(p.Findings, s.Sentence())
		}
	}
	p.Findings = append(p.Findings, report.Support(target))
	return p
}

// porcupineTitle says how far ahead the scores support forecasts.
func porcupineTitle(report *backtest.Report, target *backtest.Target) string {
	if h := report.Supported(target); h > 0 {
		return fmt.Sprintf("%s: forecasts supported to %s", target.Short, backtest.InQuarters(h))
	}
	return target.Short + ": no horizon supported by the scores"
}
