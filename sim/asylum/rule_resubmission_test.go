package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// TestFurtherSubmissionsAreGrantedLessOften: 80% of first claims, and 40% of the
// further submissions, of the first as of the second.
func TestFurtherSubmissionsAreGrantedLessOften(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Decision.Administrative, r.Decision.Grant[0], r.Appeal.FurtherGrant = 0, 0.8, 0.5
	})
	for claims, share := range []float64{0.8, 0.4, 0.4} {
		const n = 10000
		granted := 0
		for key := range n {
			c := ruleCase(key, Decidable, 1, 0)
			c.Claims = uint8(claims)
			w.decide(c)
			granted += int(number(c.Stage == Permitted))
		}
		expectShare(t, "granted", granted, n, share)
	}
}

// TestFurtherSubmissionsComeUnderTheRulesOfTheirDay: preparation takes 100 days
// to the day, and 10 from 1 March 2026 on, day 59. A case that claimed before
// and makes further submissions on day 80 is ready on day 90.
func TestFurtherSubmissionsComeUnderTheRulesOfTheirDay(t *testing.T) {
	before := fixedRules()
	before.Decision.PreparationMean, before.Decision.PreparationCV, before.Decision.WithdrawalRate = 100, 0, 0
	after := before
	after.Decision.PreparationMean = 10
	timeline := clock.NewTimeline(clock.MustDate("2025-12-31"), 1)
	m := Compile(&policy.Regime{
		Name: "faster", Starts: []clock.Date{clock.MustDate("2010-01-01"), clock.MustDate("2026-03-01")}, Epochs: []policy.Rules{before, after},
	}, timeline, groups)
	w := NewWorld(timeline)
	w.reset(m, random.NewSource(5, 0))
	seen := watch(w)
	for _, made := range []struct{ on, ready clock.Day }{{40, 140}, {58, 158}, {59, 69}, {80, 90}} {
		*seen = nil
		w.day, w.now = made.on, made.on.Tick()
		w.enterEpoch()
		w.resubmit(ruleCase(int(made.on), Limbo, 1, 0))
		var ready []clock.Day
		for _, e := range *seen {
			if e.Record.Next == BecomesDecidable {
				ready = append(ready, e.At.Day())
			}
		}
		// Tables hold times to about a part in 2^30: a day's begin may be its
		// eve's last second.
		if len(ready) != 1 || ready[0] != made.ready && ready[0] != made.ready-1 {
			t.Errorf("further submissions on day %d are ready on %v, want on day %d", made.on, ready, made.ready)
		}
	}
}
