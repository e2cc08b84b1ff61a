package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/queue"
	"asylumsim/sim/unit"
)

// TestEachAttemptMeetsNewLuck: everybody is tried once a day. At an even
// chance of success a half, a quarter, an eighth and a sixteenth of the cases
// are left after one to four days.
func TestEachAttemptMeetsNewLuck(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Returns.EnforcedSuccess, r.Returns.AttemptsLoseTrace = 0.5, 0
		r.Returns.Voluntary[0], r.Returns.Absconding = 0, 0
	})
	const n = 10000
	for key := range n {
		w.awaitRemoval(ruleCase(key, Removable, 1, 0))
	}
	for day := range 4 {
		w.day, w.now = clock.Day(day), clock.Day(day+1).Tick()
		w.attempts = queue.Capacity{}
		w.rules.Returns.EnforcedAttempts = unit.PerYear((float64(w.removals.Len()) + 0.5) * 12 * float64(w.workingDays))
		w.enforceQueue()
		expectShare(t, "left in line", w.removals.Len(), n, math.Pow(0.5, float64(day+1)))
		w.removals.Each(func(c *Case) {
			if int(c.Attempts) != day+1 {
				t.Fatalf("%d attempts after %d days", c.Attempts, day+1)
			}
		})
	}
}

// TestAttemptLosesTrace: 40% succeed; of the 60% that fail, half lose contact.
func TestAttemptLosesTrace(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Returns.EnforcedSuccess, r.Returns.AttemptsLoseTrace = 0.4, 0.5
		r.Returns.Voluntary[0], r.Returns.Absconding = 0, 0
	})
	const n = 10000
	for key := range n {
		w.awaitRemoval(ruleCase(key, Removable, 1, 0))
	}
	w.rules.Returns.EnforcedAttempts = unit.PerYear((n + 0.5) * 12 * float64(w.workingDays))
	w.enforceQueue()
	expectShare(t, "returned", int(w.stock.totalCases(ReturnedForce)), n, 0.4)
	expectShare(t, "out of contact", int(w.stock.totalCases(Absconded)), n, 0.3)
	expectShare(t, "still in line", w.removals.Len(), n, 0.3)
}

// TestAttemptsAYear: capacity for 2,400 attempts a year, all successful,
// returns 2,400 cases, the first in line first.
func TestAttemptsAYear(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Returns.EnforcedAttempts, r.Returns.EnforcedSuccess = 2400, 1
		r.Returns.Voluntary[0], r.Returns.Absconding = 0, 0
	})
	for key := range 6000 {
		w.awaitRemoval(ruleCase(key, Removable, 1, 0))
	}
	runUntil(w, 365)
	got := sum(w.run, measure.ReturnsEnforcedPeople)
	if got < 2399 || got > 2400 {
		t.Errorf("%d enforced returns in a year, want 2400", got)
	}
	if next, _, _ := w.removals.First(); next.Key != ruleCase(int(got), Removable, 1, 0).Key {
		t.Error("the line is not served in order")
	}
}

// TestReturnsArePaidByThePerson: a family of four costs 4 x 22,000 pounds by
// enforcement and 4 x 3,886 pounds voluntarily.
func TestReturnsArePaidByThePerson(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Returns.EnforcedSuccess = 1
		r.Returns.Voluntary[0], r.Returns.Absconding = 0, 0
	})
	w.awaitRemoval(ruleCase(1, Removable, 2, 2))
	w.rules.Returns.EnforcedAttempts = unit.PerYear(12.1 * float64(w.workingDays))
	w.enforceQueue()
	if people, cost := w.row[measure.ReturnsEnforcedPeople], w.row[measure.EnforcedReturnCost]; people != 4 || cost != 88_000_00 {
		t.Errorf("%d people were returned for %d pence, want 4 for 8800000", people, cost)
	}
	w.returnVoluntarily(ruleCase(2, Removable, 2, 2))
	w.returnVoluntarily(ruleCase(3, Limbo, 1, 0))
	if people, cost := w.row[measure.ReturnsVoluntaryPeople], w.row[measure.VoluntaryReturnCost]; people != 5 || cost != 5*3_886_00 {
		t.Errorf("%d people returned voluntarily for %d pence, want 5 for 1943000", people, cost)
	}
}

// TestVoluntaryRates: those who can be returned go by the rate of their
// nationality group, those in limbo by a rate of their own, counted from the
// day they entered the stage. All lose contact at the same rate.
func TestVoluntaryRates(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Returns.Voluntary[0], r.Returns.Voluntary[1], r.Returns.LimboVoluntary, r.Returns.Absconding = 0.5, 2, 0.125, 0.25
	})
	for _, c := range []struct {
		what  string
		stage Stage
		group policy.Nationality
		rate  float64
	}{{"first group", Removable, 0, 0.5}, {"second group", Removable, 1, 2}, {"limbo", Limbo, 1, 0.125}} {
		const since = 30 * clock.DayTicks
		var own, lost []float64
		for key := range 10000 {
			k := ruleCase(key, c.stage, 1, 0)
			k.Nationality, k.Since = c.group, since
			voluntary, absconds := w.leavingTimes(k)
			own = append(own, float64(voluntary-since)/86400/unit.DaysPerYear)
			lost = append(lost, float64(absconds-since)/86400/unit.DaysPerYear)
		}
		// Times beyond the last second of simulated time, 68 years away, are
		// never: the law is not looked at there.
		law := func(rate float64) func(float64) float64 {
			return func(x float64) float64 {
				if x > 67 {
					return 1
				}
				return 1 - math.Exp(-rate*x)
			}
		}
		expectLaw(t, c.what+": voluntary return", own, law(c.rate))
		expectLaw(t, c.what+": loss of contact", lost, law(0.25))
	}
}

// TestFirstOfTheCompetingRisks: at rates of 0.6 and 0.2 a year three quarters
// of those who leave the line or limbo return, and the others lose contact; at
// rate 0 of one of them all meet the other.
func TestFirstOfTheCompetingRisks(t *testing.T) {
	for _, c := range []struct {
		voluntary, absconding unit.PerYear
		share                 float64
	}{{0.6, 0.2, 0.75}, {0.6, 0, 1}, {0, 0.2, 0}} {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Returns.Voluntary[0], r.Returns.LimboVoluntary, r.Returns.Absconding = c.voluntary, c.voluntary, c.absconding
		})
		const n = 10000
		for key := range n {
			w.leaveRemovals(ruleCase(key, Removable, 1, 0))
		}
		expectShare(t, "return from the line", int(w.stock.totalCases(ReturnedOwn)), n, c.share)
		if got := w.stock.totalCases(ReturnedOwn) + w.stock.totalCases(Absconded); got != n || w.resting != int64(w.stock.totalCases(Absconded)) {
			t.Errorf("%d left of %d, %d at rest", got, n, w.resting)
		}
		w.stock = stocks{}
		for key := range n {
			w.leaveLimbo(ruleCase(key, Limbo, 1, 0))
		}
		expectShare(t, "return from limbo", int(w.stock.totalCases(ReturnedOwn)), n, c.share)
	}
}

// TestLeavingHappensAtTheEarlierTime: out of limbo at the second, out of the
// line first thing on the day.
func TestLeavingHappensAtTheEarlierTime(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Returns.Voluntary[0], r.Returns.LimboVoluntary, r.Returns.Absconding, r.Returns.EnforcedAttempts = 1, 1, 1, 0
	})
	seen := watch(w)
	for key := range 50 {
		*seen = nil
		c := ruleCase(key, Limbo, 1, 0)
		voluntary, absconds := w.leavingTimes(c)
		if first := min(voluntary, absconds); first < 4000*clock.DayTicks {
			w.enterLimbo(c)
			if e := (*seen)[0]; e.At != first || e.Record.Next != LeavesLimbo {
				t.Fatalf("event %d at %d, want the end of limbo at %d", e.Record.Next, e.At, first)
			}
		}
	}
	w.agenda.Reset()
	c := ruleCase(7, Removable, 1, 0)
	voluntary, absconds := w.leavingTimes(c)
	w.awaitRemoval(c)
	day := min(voluntary, absconds).Day()
	runUntil(w, day)
	if w.removals.Len() != 1 {
		t.Errorf("the case left the line before day %d", day)
	}
	runUntil(w, day+1)
	if w.removals.Len() != 0 {
		t.Errorf("the case is in line after day %d", day)
	}
}

// TestHazardTimeToTheSecond: 0.5 a year, nothing for 200 days, then 4 a year,
// at marks before, between and after the changes; half a day is half a day.
func TestHazardTimeToTheSecond(t *testing.T) {
	var epochs [3]policy.Rules
	epochs[0].Returns.Absconding, epochs[2].Returns.Absconding = 0.5, 4
	opening := clock.MustDate("2025-12-31")
	regime := &policy.Regime{Starts: []clock.Date{opening - 5000, opening + 101, opening + 301}, Epochs: epochs[:]}
	w := &World{model: &Model{Timeline: clock.NewTimeline(opening, 1), regime: regime}}
	rate := func(r *policy.Rules) unit.PerYear { return r.Returns.Absconding }
	const slow, fast = 0.5 / 365.2425, 4 / 365.2425
	for _, c := range []struct{ since, mark, want float64 }{
		{0, 10.5 * slow, 10.5},
		{-40, 10.5 * slow, -29.5},
		{60, 39.75 * slow, 99.75},
		{60, 40*slow + 0.25*fast, 300.25},
		{150, 7 * fast, 307},
		{320.5, 7 * fast, 327.5},
		{0, 100*slow + 50*fast, 350},
	} {
		got := w.hazardTime(clock.Tick(c.since*86400), c.mark, rate)
		if d := float64(got) - c.want*86400; math.Abs(d) > 1 {
			t.Errorf("mark %v from day %v is used up %v seconds from day %v", c.mark, c.since, d, c.want)
		}
	}
}
