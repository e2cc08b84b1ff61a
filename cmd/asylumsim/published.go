package main

import (
	"slices"

	"asylumsim/sim/backtest"
	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/measure"
	"asylumsim/sim/store"
)

// publishedAt is what figures show of the published series before a run: what they
// say of quarters and of months up to its opening date.
func publishedAt(series *evidence.Series, opening clock.Date) []store.Observation {
	// The sums over 12 months of the first year that is shown hold the year before.
	first := opening.AddMonths(-12 * (historyYears + 1))
	var kept []store.Observation
	add := func(output, unit, every string, date clock.Date, value float64, source string) {
		if first <= date && date <= opening {
			kept = append(kept, store.Observation{Output: output, Unit: unit, Every: every, Date: date, Value: value, Source: source})
		}
	}
	for i := range backtest.Targets {
		target := &backtest.Targets[i]
		published := target.Published(series)
		for _, date := range target.Quarters(series) {
			add(target.Name, target.Unit, store.Quarter, date, published[date], target.Source)
		}
	}
	for o := range measure.NumOutputs {
		scored := slices.ContainsFunc(backtest.Targets, func(t backtest.Target) bool { return t.Name == o.String() })
		stock, publisher := series.History(o, opening)
		for _, p := range stock {
			if !scored {
				add(o.String(), o.Define().Unit, store.Quarter, p.Date, p.Value, publisher)
			}
		}
		months, publisher := series.Months(o, opening)
		for _, p := range months {
			add(o.String(), o.Define().Unit, store.Month, p.Date, p.Value, publisher)
		}
	}
	return kept
}
