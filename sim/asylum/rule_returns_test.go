package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// TestEachAttemptMeetsNewLuck: everybody who is in line is detained on each
// working day, and it ends the next day. At an even chance of success a half, a
// quarter, an eighth and a sixteenth of the cases are left after one to four
// attempts.
func TestEachAttemptMeetsNewLuck(t *testing.T) {
	const n = 10000
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Enforcement.Attempts, r.Enforcement.Success, r.Enforcement.LosesTrace = 1.01*n*12*21, 0.5, 0
		r.Returns.Voluntary[0], r.Returns.Absconding = 0, 0
	})
	for key := range n {
		w.enterStay(*ruleCase(key, Outside, 1, 0), Removable)
	}
	// Attempts are made on Friday 2 January, day 1, and on Monday to Wednesday.
	for _, c := range []struct {
		until      clock.Day
		over       int // attempts that are over for everybody who is left
		inProgress int // and one more that may have begun
	}{{3, 1, 0}, {6, 2, 1}, {7, 3, 1}, {8, 4, 1}} {
		runTo(t, w, c.until)
		left := n - int(w.stock.totalCases(ReturnedForce))
		expectShare(t, "not returned", left, n, math.Pow(0.5, float64(c.over)))
		seen := 0
		tried := func(k *Case) {
			seen++
			if int(k.Attempts) != c.over+c.inProgress {
				t.Fatalf("before day %d: %d attempts at a case, want %d", c.until, k.Attempts, c.over+c.inProgress)
			}
		}
		w.removals.Each(tried)
		w.agenda.Each(func(e *event.Entry[Case]) { tried(&e.Record) })
		if seen != left {
			t.Errorf("before day %d: %d cases in line and in detention, want %d", c.until, seen, left)
		}
	}
}

// TestAttemptsAYear: capacity for 2,400 attempts a year, all successful,
// returns 2,400 cases. Those detained on the last day of the year are gone on the
// next, which is a holiday.
func TestAttemptsAYear(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Enforcement.Attempts, r.Enforcement.Success = 2400, 1
		r.Returns.Voluntary[0], r.Returns.Absconding = 0, 0
	})
	for key := range 6000 {
		w.enterStay(*ruleCase(key, Outside, 1, 0), Removable)
	}
	runTo(t, w, 366)
	got := sum(w.run, measure.ReturnsEnforcedPeople)
	if got < 2399 || got > 2400 {
		t.Errorf("%d enforced returns in a year, want 2400", got)
	}
}

// TestReturnsArePaidByThePerson: a family of four costs 4 x 22,000 pounds by
// enforcement and 4 x 3,886 pounds with assistance. A voluntary return without
// assistance costs nothing.
func TestReturnsArePaidByThePerson(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Enforcement.Success = 1 })
	detained := attemptOne(w, ruleCase(1, Removable, 2, 2))
	if people, cost := w.row[measure.ReturnsEnforcedPeople], w.row[measure.EnforcedReturnCost]; people != 0 || cost != 0 {
		t.Errorf("%d people were returned for %d pence while in detention", people, cost)
	}
	w.handle(&detained)
	if people, cost := w.row[measure.ReturnsEnforcedPeople], w.row[measure.EnforcedReturnCost]; people != 4 || cost != 88_000_00 {
		t.Errorf("%d people were returned for %d pence, want 4 for 8800000", people, cost)
	}
	for _, c := range []struct {
		assisted unit.Share
		people   measure.Output
		pence    int64 // since the start
	}{{1, measure.ReturnsAssistedPeople, 5 * 3_886_00}, {0, measure.ReturnsVoluntaryPeople, 5 * 3_886_00}} {
		w.rules.Returns.AssistedShare = c.assisted
		w.returnVoluntarily(ruleCase(2, Removable, 2, 2))
		w.returnVoluntarily(ruleCase(3, Limbo, 1, 0))
		if people, cost := w.row[c.people], w.row[measure.AssistedReturnCost]; people != 5 || cost != c.pence {
			t.Errorf("%v: %d for %d pence so far, want 5 for %d", c.people, people, cost, c.pence)
		}
	}
	w.closeLedger(0)
	if got := w.row[measure.TotalCost]; got != 88_000_00+5*3_886_00 {
		t.Errorf("%d pence in all", got)
	}
}

// stayRates are the rates at which a stay without leave ends.
type stayRates struct{ voluntary, absconding, further unit.PerYear }

func stayWorld(t *testing.T, rates stayRates) *World {
	return ruleWorld(t, func(r *policy.Rules) {
		r.Returns.Voluntary[0], r.Returns.LimboVoluntary = rates.voluntary, rates.voluntary
		r.Returns.Absconding, r.Appeal.Further, r.Appeal.FurtherMost = rates.absconding, rates.further, 3
		r.Enforcement.Attempts = 0
	})
}

// TestVoluntaryRates: those who can be returned go by the rate of their
// nationality group, those in limbo by a rate of their own, counted from the
// day they entered the stage. All lose contact at the same rate, and make
// further submissions at another.
func TestVoluntaryRates(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Returns.Voluntary[0], r.Returns.Voluntary[1], r.Returns.LimboVoluntary, r.Returns.Absconding = 0.5, 2, 0.125, 0
	})
	none := func(r *policy.Rules) {
		clear(r.Returns.Voluntary[:])
		r.Returns.LimboVoluntary, r.Returns.Absconding = 0, 0
	}
	losing := ruleWorld(t, func(r *policy.Rules) { none(r); r.Returns.Absconding = 0.25 })
	submitting := ruleWorld(t, func(r *policy.Rules) { none(r); r.Appeal.Further, r.Appeal.FurtherMost = 0.75, 3 })
	for _, c := range []struct {
		what  string
		stage Stage
		group policy.Nationality
		rate  float64
	}{{"first group", Removable, 0, 0.5}, {"second group", Removable, 1, 2}, {"limbo", Limbo, 1, 0.125}} {
		const since = 30 * clock.DayTicks
		for _, risk := range []struct {
			what string
			w    *World
			how  departure
			rate float64
		}{
			{"voluntary return", w, returnsAlone, c.rate}, {"loss of contact", losing, losesContact, 0.25},
			{"further submissions", submitting, submitsFurther, 0.75},
		} {
			var years []float64
			for key := range 10000 {
				k := ruleCase(key, c.stage, 1, 0)
				k.Nationality, k.Since = c.group, since
				at, how := risk.w.leaves(k)
				if how != risk.how && at != clock.Never {
					t.Fatalf("%s: a case leaves by way %d, want %d", c.what, how, risk.how)
				}
				years = append(years, float64(at-since)/86400/unit.DaysPerYear)
			}
			// Times beyond the last second of simulated time, 68 years away, are
			// never: the law is not looked at there.
			expectLaw(t, c.what+": "+risk.what, years, func(x float64) float64 {
				if x > 67 {
					return 1
				}
				return 1 - math.Exp(-risk.rate*x)
			})
		}
	}
}

// TestFirstOfTheCompetingRisks: at rates of 0.6 and 0.2 a year three quarters
// of those who leave the line or limbo return, and the others lose contact;
// with further submissions at 0.4 a year it is a half, a sixth and a third. At
// a rate of one alone all meet that one.
func TestFirstOfTheCompetingRisks(t *testing.T) {
	for _, c := range []struct {
		rates                     stayRates
		returns, absconds, claims float64
	}{
		{stayRates{0.6, 0.2, 0}, 0.75, 0.25, 0}, {stayRates{0.6, 0.2, 0.4}, 0.5, 1.0 / 6, 1.0 / 3},
		{stayRates{0.6, 0, 0}, 1, 0, 0}, {stayRates{0, 0.2, 0}, 0, 1, 0}, {stayRates{0, 0, 0.4}, 0, 0, 1},
	} {
		w := stayWorld(t, c.rates)
		const n = 10000
		for stage, leave := range map[Stage]func(*Case){Removable: w.leaveRemovals, Limbo: w.leaveLimbo} {
			w.stock, w.resting = stocks{}, 0
			for key := range n {
				leave(staying(w, ruleCase(key, stage, 1, 0)))
			}
			returned, lost, submitted := w.stock.totalCases(ReturnedOwn), w.stock.totalCases(Absconded), w.stock.totalCases(Preparing)
			expectShare(t, stage.String()+": return", int(returned), n, c.returns)
			expectShare(t, stage.String()+": loss of contact", int(lost), n, c.absconds)
			expectShare(t, stage.String()+": further submission", int(submitted), n, c.claims)
			// Nobody comes back to notice in these rules.
			if returned+lost+submitted != n || w.resting != int64(lost) {
				t.Errorf("%v: %d returned, %d lost contact and %d submitted of %d, %d at rest", stage, returned, lost, submitted, n, w.resting)
			}
		}
	}
}

// TestLeavingHappensAtTheEarliestTime: out of limbo at the second, out of the
// line first thing on the day. Each time is that of a world in which nothing
// else can happen.
func TestLeavingHappensAtTheEarliestTime(t *testing.T) {
	w := stayWorld(t, stayRates{1, 1, 1})
	alone := []*World{stayWorld(t, stayRates{1, 0, 0}), stayWorld(t, stayRates{0, 1, 0}), stayWorld(t, stayRates{0, 0, 1})}
	earliest := func(c *Case) (clock.Tick, departure) {
		first, way := clock.Never, returnsAlone
		for _, other := range alone {
			if at, how := other.leaves(c); at < first {
				first, way = at, how
			}
		}
		return first, way
	}
	seen := watch(w)
	var ways [3]int
	for key := range 50 {
		*seen = nil
		c := ruleCase(key, Limbo, 1, 0)
		if first, way := earliest(c); first < 4000*clock.DayTicks {
			w.enterLimbo(c)
			e := (*seen)[0]
			if e.At != first || e.Record.Next != LeavesLimbo {
				t.Fatalf("event %d at %d, want the end of limbo at %d", e.Record.Next, e.At, first)
			}
			w.now = e.At
			w.handle(&e.Record)
			if want := [...]Stage{ReturnedOwn, Absconded, Preparing}[way]; e.Record.Stage != want {
				t.Fatalf("%v after limbo, want %v", e.Record.Stage, want)
			}
			w.now = 0
			ways[way]++
		}
	}
	if min(ways[0], ways[1], ways[2]) < 5 {
		t.Errorf("%v cases left in the three ways", ways)
	}
	w.agenda.Reset()
	c := ruleCase(7, Removable, 1, 0)
	first, _ := earliest(c)
	w.awaitRemoval(c)
	day := first.Day()
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
	h := hazardOf(regime, opening, func(r *policy.Rules) unit.PerYear { return r.Returns.Absconding })
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
		got := h.time(clock.Tick(c.since*86400), c.mark)
		if d := float64(got) - c.want*86400; math.Abs(d) > 1 {
			t.Errorf("mark %v from day %v is used up %v seconds from day %v", c.mark, c.since, d, c.want)
		}
	}
}

// TestReturnsAfterWithdrawnClaims: of people who could be returned a share goes when the
// claim is withdrawn, a quarter more than in the rules where voluntary returns are at
// 1.25 of their level, and of others nobody; they are counted among withdrawals and
// among voluntary returns, and their cohort as returned.
func TestReturnsAfterWithdrawnClaims(t *testing.T) {
	const n = 20000
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Returns.AfterWithdrawn, r.Returns.AssistedShare = 0.24, 0.25
		r.Returns.Returnable[0] = 0.6
	})
	w.factor[policy.VoluntaryReturnsDriver] = 1.25
	for key := range n {
		c := ruleCase(key, Outside, 2, 0)
		c.Cohort = 0
		w.move(c, Preparing)
		could := w.returnable(c)
		w.withdraw(c)
		if gone := c.Stage != Withdrawn; gone && !could {
			t.Fatal("a case went that could not be returned")
		}
	}
	alone, assisted := w.row[measure.ReturnsVoluntaryPeople], w.row[measure.ReturnsAssistedPeople]
	expectShare(t, "returned", int(alone+assisted)/2, n, 0.6*0.3)
	expectShare(t, "of them assisted", int(assisted)/2, int(alone+assisted)/2, 0.25)
	if got := w.row[measure.WithdrawalsPeople]; got != 2*n {
		t.Errorf("%d people withdrew, want %d", got, 2*n)
	}
	if got := w.row[measure.ReturnsAfterWithdrawalPeople]; got != alone+assisted {
		t.Errorf("%d people returned after a withdrawal, want %d", got, alone+assisted)
	}
	if got, left := int64(w.cohorts[0][measure.Returned]), int64(w.cohorts[0][measure.Withdrawn]); 2*got != alone+assisted || got+left != n {
		t.Errorf("the cohort has %d returned and %d withdrawn of %d, want %d returned", got, left, n, (alone+assisted)/2)
	}
}
