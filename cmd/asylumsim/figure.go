package main

import (
	"fmt"
	"slices"

	"asylumsim/sim/chart"
	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/measure"
	"asylumsim/sim/store"
)

// fansOfOutput makes the figures of an output, a panel for each regime that is
// drawn: as sums over 12 months if years hold the output, else month by month.
func fansOfOutput(bundle *config.Bundle, result *store.Result, o measure.Output, regimes []string, years *yearly) []chart.Fan {
	fan, source := chart.Fan{}, ""
	if years != nil {
		fan, source = yearsFan(bundle, result, regimes, years)
	} else {
		fan, source = monthsFan(bundle, result, regimes, o)
	}
	switch {
	case bundle.Experiment.Estimate != "":
		fan.Note = chart.NoteEstimated + fan.Note
	case result.Design.Drawn:
		fan.Note = chart.NoteParameters + fan.Note
	default:
		fan.Note = chart.NoteChance + fan.Note
	}
	fan.Note += caveats(result)
	if o.Define().Kind == measure.Cost {
		money := result.Money.Of(o)
		fan.Unit += ", " + money.String()
		switch {
		case o == measure.DiscountedCost:
			fan.Note += " Costs are brought to the start of the run at the real discount rate."
		case money.Nominal:
			fan.Note += " Costs are not discounted. Nominal prices: those of 2025-26 times the assumed inflation of each financial year since."
		default:
			fan.Note += " Costs are not discounted."
		}
	}
	fan.Runs = result.Manifest.Done
	fan.Supported, fan.Findings = supportedUntil(o, result.Manifest.Opening), recordOf(bundle, o)
	for i, regime := range regimes[1:] {
		fan.Panels[i+1].Effect = effectOf(bundle, result, o, regime)
	}
	fan.Title = chart.Headline(chart.SubjectOf(o, years != nil), fan.Panels, contrastsOf(bundle, result, o, regimes))
	fan.Source = fmt.Sprintf("asylumsim %s, experiment %s, %d replications%s.",
		result.Manifest.Version, result.Manifest.Experiment, result.Manifest.Done, source)
	return fan.Pages(len(result.Regimes) - len(regimes))
}

// contrastsOf are the differences over the whole run of all regimes but the base,
// those that are drawn first; none if there is one that is not known.
func contrastsOf(bundle *config.Bundle, result *store.Result, o measure.Output, drawn []string) []chart.Contrast {
	var against []chart.Contrast
	others := slices.DeleteFunc(slices.Clone(result.Regimes), func(regime string) bool { return slices.Contains(drawn, regime) })
	for _, regime := range slices.Concat(drawn[1:], others) {
		d, ok := result.Difference(regime, o, compare.Horizon)
		if !ok {
			return nil
		}
		against = append(against, chart.Contrast{Label: titleOf(bundle, regime), Difference: d})
	}
	return against
}

// fewRuns is the number of replications below which a figure says that its
// widest range is that of few runs.
const fewRuns = 100

// caveats are what to know of the ranges of a result with few runs, or of a part
// of the system; each begins with a space.
func caveats(result *store.Result) string {
	text := ""
	if n := result.Manifest.Done; n >= compare.EnoughRuns && n < fewRuns {
		text += fmt.Sprintf(" With only %d replications the range of 90%% of runs is close to the lowest and highest run.", n)
	}
	if note := compare.Sampled(result.Manifest.Fraction); note != "" {
		text += " " + note
	}
	return text
}

// effectOf says how a regime differs from the base over the whole run, by pairs of
// replications; nothing if it is not known.
func effectOf(bundle *config.Bundle, result *store.Result, o measure.Output, regime string) string {
	d, ok := result.Difference(regime, o, compare.Horizon)
	if !ok {
		return ""
	}
	unit, scale, decimals := o.Define().Unit, 1.0, 0
	when := "at the end of the run"
	if compare.StatisticOf(o) == compare.Sum {
		when = "over the whole run"
	}
	if o.Define().Kind == measure.Cost {
		unit, scale, decimals = "GBP million at "+result.Money.Of(o).String(), 1e-6, 1
	}
	pair := titleOf(bundle, regime) + " less " + titleOf(bundle, result.Base)
	if d.None() {
		return fmt.Sprintf("%s, %s: none in any replication.", pair, when)
	}
	number := func(v float64) string { return chart.Number(v*scale, decimals) }
	if result.Manifest.Done == 1 {
		return fmt.Sprintf("%s, %s, in %s: %s in the only replication.", pair, when, unit, number(d.Mean))
	}
	return fmt.Sprintf("%s, %s, in %s: %s on average (95%% interval of the mean %s to %s, from %d paired replications); above zero in %.0f%% of replications.",
		pair, when, unit, number(d.Mean), number(d.CILow), number(d.CIHigh), result.Manifest.Done, 100*d.PPositive)
}

// titleOf is the title of a regime.
func titleOf(bundle *config.Bundle, regime string) string {
	if overlay := bundle.Overlay(regime); overlay != nil {
		return overlay.Title
	}
	return regime
}

// monthsFan draws an output month by month: a stock, or a flow of a run that is
// too short for years.
func monthsFan(bundle *config.Bundle, result *store.Result, regimes []string, o measure.Output) (chart.Fan, string) {
	var panels []chart.Panel
	for _, regime := range regimes {
		panels = append(panels, panelOf(titleOf(bundle, regime), result.Series(regime, o)))
	}
	var published []store.Observation
	if o.Define().Kind == measure.Stock {
		published = result.PublishedOf(o.String(), store.Quarter)
	}
	fan := chart.NewFan(o, recent(published, result.Manifest.Opening), panels...)
	if o.Define().Kind == measure.Cost {
		fan.Note = " Months differ in length, and with them the nights paid."
	}
	return fan, sourceOf(published)
}

func panelOf(label string, rows []compare.Summary) chart.Panel {
	p := chart.Panel{Label: label}
	for _, s := range rows {
		p.Dates = append(p.Dates, s.Month)
		p.Q05, p.Q25 = append(p.Q05, s.Q05), append(p.Q25, s.Q25)
		p.Q50 = append(p.Q50, s.Q50)
		p.Q75, p.Q95 = append(p.Q75, s.Q75), append(p.Q95, s.Q95)
		p.Lowest, p.Highest = append(p.Lowest, s.Lowest), append(p.Highest, s.Highest)
	}
	return p
}

// historyYears is how much history a figure shows.
const historyYears = 4

// recent returns the last years of a published series.
func recent(points []store.Observation, opening clock.Date) []chart.Point {
	var history []chart.Point
	for _, p := range points {
		if p.Date >= opening.AddMonths(-12*historyYears) {
			history = append(history, chart.Point{Date: p.Date, Value: p.Value})
		}
	}
	return history
}

// sourceOf names the publisher of the history in the source of a figure.
func sourceOf(published []store.Observation) string {
	if len(published) == 0 {
		return ""
	}
	return "; history: " + published[0].Source
}
