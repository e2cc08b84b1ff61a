package main

import (
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/measure"
	"asylumsim/sim/store"
)

// nominalUsage describes the flag for nominal money.
const nominalUsage = "tell costs in nominal money, at the inflation_rate of the base, instead of 2025-26 prices"

// inNominalMoney replaces the costs among outputs of a result by those in
// nominal money, in memory: the files of the result keep real ones.
func inNominalMoney(result *store.Result, bundle *config.Bundle, outputs []measure.Output) error {
	var costs []measure.Output
	for _, o := range outputs {
		if o.Define().Kind == measure.Cost && !slices.Contains(costs, o) {
			costs = append(costs, o)
		}
	}
	samples, err := result.Samples(result.Regimes, costs)
	if err != nil {
		return err
	}
	money := compare.Money{Nominal: true, Inflation: bundle.Inflation()}
	result.Tables = result.InMoney(money, samples, clock.NewTimeline(result.Manifest.Opening, result.Manifest.Months/12))
	return nil
}
