package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// TestIdleCaseworkersOfAFraction: caseworkers take one decision a working day
// and have nothing to do for some days; then 50 cases are ready. In the whole
// the idle days are lost. A fraction of 1/10 makes up for them, for nine days at
// most.
func TestIdleCaseworkersOfAFraction(t *testing.T) {
	for _, c := range []struct {
		k          unit.Fraction
		idle, want int
	}{{0, 0, 1}, {0, 3, 1}, {0, 30, 1}, {10, 0, 1}, {10, 3, 4}, {10, 9, 10}, {10, 30, 10}} {
		r := fixedRules()
		r.Decision.Productivity = 1
		regime := &policy.Regime{Name: "test", Starts: []clock.Date{clock.MustDate("2010-01-01")}, Epochs: []policy.Rules{r}}
		m := CompileSample(regime, clock.NewTimeline(clock.MustDate("2025-12-31"), 1), groups, c.k)
		w := NewWorld(m.Timeline)
		w.reset(m, random.NewSource(5, 0))
		w.workingDays = 20
		w.staff.deployed = 20
		for range c.idle {
			w.decideQueue()
		}
		for key := range 50 {
			w.becomeDecidable(ruleCase(key, Preparing, 1, 0))
		}
		w.decideQueue()
		if got := 50 - w.waitingForDecision(); got != c.want {
			t.Errorf("fraction %v, %d days idle: %d decisions on the day, want %d", c.k, c.idle, got, c.want)
		}
	}
}
