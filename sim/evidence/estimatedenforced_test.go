package evidence

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// TestEnforcedReturnsAddUp: whatever is drawn for the legal barrier and the chance of
// success, attempts yield the published asylum-related enforced returns, the others
// are outside the policy model, and those detained when the run opens are the attempts
// of a stay: of 3,652 attempts a year with a stay of 10 days, 100.
func TestEnforcedReturnsAddUp(t *testing.T) {
	s, parameters := published(t), readParameters(t)
	central := parameters.rules(clock.MustDate("2025-12-31"))
	for _, date := range []string{"2022-03-31", "2024-03-31", "2025-12-31"} {
		fit, err := originAt(t, s, clock.MustDate(date)).Fit(parameters.groups, RandomWalk)
		if err != nil {
			t.Fatal(err)
		}
		for _, draw := range []struct{ barrier, success unit.Probability }{{0, 1}, {0.5, 1}, {0.2, 0.4}} {
			drawn := *central
			drawn.Enforcement.LegalBarrier, drawn.Enforcement.Success = draw.barrier, draw.success
			paths := fit.paths(nil)
			rules, opening, err := fit.Rules(Beliefs{Drawn: &drawn, Central: central}, paths)
			if err != nil {
				t.Fatal(err)
			}
			shares, err := fit.Series.asylumShareOfReturns()
			if err != nil {
				t.Fatal(err)
			}
			e := &rules.Enforcement
			all := 4 * math.Exp(paths[policy.EnforcedReturnsDriver].Centre)
			got := float64(e.Attempts) * (1 - float64(draw.barrier)) * float64(draw.success) * peoplePerAttempt(opening, rules)
			// Attempts were set with the opening state of the drawn number detained.
			if want := all * shares.enforced; math.Abs(got/want-1) > 0.01 {
				t.Errorf("%v at %+v: %.0f enforced returns a year, want %.0f", date, draw, got, want)
			}
			if other := float64(rules.Returns.OtherEnforced); math.Abs(other/(all*(1-shares.enforced))-1) > 1e-9 {
				t.Errorf("%v: %.0f other enforced returns, want %.0f", date, other, all*(1-shares.enforced))
			}
			if detained := math.Round(float64(e.Attempts) * float64(e.Stay) / 365.2425); float64(rules.Opening.DetainedCases) != detained {
				t.Errorf("%v at %+v: %d cases detained, want %.0f", date, draw, rules.Opening.DetainedCases, detained)
			}
		}
	}
}

// TestDispersalGrowsFromYearToYear: 50,000 people in dispersal on 31 December 2022,
// 56,000 a year on and 60,000 a year after that. The growth of 2024 is the 4,000
// of 366 days, at the date itself as at later ones that have no breakdown, and that
// of 2023 at the date before.
func TestDispersalGrowsFromYearToYear(t *testing.T) {
	row := func(date string, people unit.People) Support {
		return Support{Date: clock.MustDate(date), Dispersal: Published[unit.People]{Value: people, Known: people > 0}}
	}
	s := &Series{Support: []Support{row("2022-12-31", 50000), row("2023-12-31", 56000), row("2024-09-30", 0), row("2024-12-31", 60000), row("2025-03-31", 0)}}
	for date, want := range map[string]float64{
		"2023-12-31": 6000 * 365.2425 / 365, "2024-09-30": 6000 * 365.2425 / 365,
		"2024-12-31": 4000 * 365.2425 / 366, "2025-03-31": 4000 * 365.2425 / 366,
	} {
		if got, _, known := s.dispersalGrowth(clock.MustDate(date)); !known || math.Abs(got-want) > 1e-6 {
			t.Errorf("at %s dispersal grows by %.1f a year (known: %v), want %.1f", date, got, known, want)
		}
	}
	if _, _, known := s.dispersalGrowth(clock.MustDate("2022-12-31")); known {
		t.Error("growth is known at the first date")
	}
}
