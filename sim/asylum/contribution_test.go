package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// TestContributionToThePenny: of 1,000 pounds a year an adult pays 100,000 /
// 365.2425 = 273.791 pence on 365 days, from the day on which leave is granted: two
// adults 547.582 pence a day and 199,867.43 in all. Whoever loses leave during the
// hundredth day has paid for 99, and for the first alone who loses it when the
// second has begun.
func TestContributionToThePenny(t *testing.T) {
	pays := func(lost clock.Day) (first, total int64) {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Contribution = policy.Contribution{PerAdult: 1000, Collected: 1, Years: 1}
			r.Permit.SwitchRate, r.Permit.RevocationRate = 0, 0
		})
		c := ruleCase(1, Decidable, 2, 2)
		w.now = (w.day + 1).Tick() // as the services of a day do
		w.grant(c)
		for ; w.day < 400; w.day++ {
			if w.day == lost {
				w.now = lost.Tick() + 3600
				c.Stage = Permitted
				w.oweNoMore(c)
			}
			w.runDay()
			if w.day == 0 {
				first = w.owing.due
			}
		}
		return first, -sum(w.run, measure.Contributions)
	}
	if first, total := pays(1000); first != 2*273791 || total != 199867 {
		t.Errorf("%d thousandths of a penny on the first day and %d pence in all, want 547582 and 199867", first, total)
	}
	if _, total := pays(99); total != 54210 { // 99 x 547.582 = 54,210.618
		t.Errorf("%d pence in 99 days, want 54210", total)
	}
	if _, total := pays(1); total != 547 {
		t.Errorf("%d pence in a day, want 547", total)
	}
	if _, total := pays(364); total != 199319 { // 364 x 547.582 = 199,319.848
		t.Errorf("%d pence in all days but the last, want 199319", total)
	}
}

// TestContributionOfAnOpeningPermit: of a permit granted in the middle of 1 July
// 2025 as many days are left on 1 January 2026 as the year still has: 365 less the
// 184 of July to December.
func TestContributionOfAnOpeningPermit(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Contribution = policy.Contribution{PerAdult: 1000, Collected: 1, Years: 1} })
	c := ruleCase(1, Permitted, 1, 0)
	c.Protected = tenOClock("2025-07-01")
	w.owe(c)
	days := clock.Day(0)
	for ; w.day < 400; w.day++ {
		if w.owing.adults > 0 {
			days++
		}
		w.runDay()
	}
	if days != 365-184 {
		t.Errorf("%d days were paid for, want %d", days, 365-184)
	}
}
