package evidence

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// TestVoluntaryReturnsAddUp: at any origin, and wherever the rate of withdrawal and
// the share that returns with it are drawn, the voluntary returns of the run add up to
// those published: what follows a refusal by the published split, what follows a
// withdrawal by the rules of the run, and what is left outside the policy model.
func TestVoluntaryReturnsAddUp(t *testing.T) {
	s, parameters := published(t), readParameters(t)
	central := parameters.rules(clock.MustDate("2025-12-31"))
	for _, date := range []string{"2022-03-31", "2023-03-31", "2024-03-31", "2025-12-31"} {
		fit, err := originAt(t, s, clock.MustDate(date)).Fit(parameters.groups, RandomWalk)
		if err != nil {
			t.Fatal(err)
		}
		for _, draw := range []struct{ rate, share float64 }{{1, 1}, {2, 1}, {1, 1.4}, {0.6, 0.5}} {
			drawn := *central
			drawn.Decision.WithdrawalRate *= unit.PerYear(draw.rate)
			drawn.Returns.AfterWithdrawn *= unit.Probability(draw.share)
			paths := fit.paths(nil)
			rules, opening, err := fit.Rules(Beliefs{Drawn: &drawn, Central: central}, paths)
			if err != nil {
				t.Fatal(err)
			}
			rate, err := fit.Series.withdrawalRate(fit.Opening, rules.Decision.WithdrawalShape, fit.shape)
			if err != nil {
				t.Fatal(err)
			}
			flows, err := fit.Series.trailing(fit.Opening)
			if err != nil {
				t.Fatal(err)
			}
			shares, err := fit.Series.asylumShareOfReturns()
			if err != nil {
				t.Fatal(err)
			}
			all := 4 * math.Exp(paths[policy.VoluntaryReturnsDriver].Centre)
			refused := all * shares.voluntary * (&setting{Fit: fit}).refusedPart(&flows)
			withdrawing := float64(flows.Withdrawals) * float64(rules.Decision.WithdrawalRate) / rate
			after := withdrawing * withdrawnReturnable(opening, rules) * float64(rules.Returns.AfterWithdrawn)
			if got := float64(rules.Returns.OtherVoluntary) + refused + after; math.Abs(got/all-1) > 1e-9 {
				t.Errorf("%v at %v: %.0f voluntary returns a year, of which %.0f after a withdrawal, want %.0f", date, draw, got, after, all)
			}
			if draw.rate == 1 && draw.share == 1 {
				part := (all*shares.voluntary - refused) / after
				if math.Abs(part-1) > 1e-9 && rules.Returns.AfterWithdrawn < 0.95 {
					t.Errorf("%v: %.0f returns after a withdrawal at the central values, want %.0f", date, after, part*after)
				}
			}
		}
	}
}
