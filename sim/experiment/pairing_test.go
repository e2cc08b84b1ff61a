package experiment_test

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// TestPairingPaysForASmallReform: caseworkers who decide 3% more change hotel
// nights by little against what the years differ by. On the same people and the
// same luck the variance of the difference is at least 30 times smaller than of
// unpaired runs.
func TestPairingPaysForASmallReform(t *testing.T) {
	p := shippedPlan(t, 8, 2)
	p.Years = 2
	p.Draws.Method = experiment.Central
	changed(p, func(in *experiment.Inputs) {
		base := in.Regimes[0]
		faster := &policy.Regime{Name: "faster", Starts: base.Starts, Epochs: append([]policy.Rules(nil), base.Epochs...)}
		for i := range faster.Epochs {
			faster.Epochs[i].Decision.Productivity *= 1.03
		}
		in.Regimes = []*policy.Regime{base, faster}
	})
	var base, faster []*measure.Run
	for _, runs := range collect(t, p) {
		base, faster = append(base, runs[0]), append(faster, runs[1])
	}
	whole := compare.Periods(clock.NewTimeline(p.Opening, p.Years))[:1]
	nights := compare.Differences("faster", compare.SampleOf(measure.HotelCost, faster), "base", compare.SampleOf(measure.HotelCost, base), whole)[0]
	t.Logf("variance ratio of hotel nights: %.0f", nights.VarianceRatio)
	if nights.None() || !(nights.VarianceRatio >= 30) {
		t.Errorf("variance ratio %v over %d replications, want 30 or more", nights.VarianceRatio, nights.N)
	}
}
