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

// TestDecisionEndsInOneOfThreeWays: of 100 cases 20 end administratively; of
// the 80 others 30% are granted, which is 24, and 56 are refused. All 100 are
// paid for, only the 80 are counted as decisions.
func TestDecisionEndsInOneOfThreeWays(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Decision.Administrative, r.Decision.Grant[0] = 0.2, 0.3
	})
	const n = 20000
	for key := range n {
		w.decide(ruleCase(key, Decidable, 1, 1))
	}
	granted, refused := int(w.row[measure.GrantsPeople]/2), int(w.row[measure.RefusalsPeople]/2)
	ended := int(w.row[measure.AdministrativeOutcomesPeople] / 2)
	expectShare(t, "administrative outcomes", ended, n, 0.2)
	expectShare(t, "grants", granted, n, 0.24)
	expectShare(t, "refusals", refused, n, 0.56)
	if decisions := int(w.row[measure.InitialDecisionsCases]); decisions != granted+refused || ended+decisions != n {
		t.Errorf("%d decisions, %d grants, %d refusals and %d other outcomes of %d cases", decisions, granted, refused, ended, n)
	}
	if got := w.row[measure.InitialDecisionsPeople]; got != 2*w.row[measure.InitialDecisionsCases] {
		t.Errorf("%d people decided in %d cases of two", got, w.row[measure.InitialDecisionsCases])
	}
}

// TestGrantsByNationality: 90% of one group and 20% of another.
func TestGrantsByNationality(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Decision.Administrative, r.Decision.Grant[0], r.Decision.Grant[1] = 0, 0.9, 0.2
	})
	for group, share := range []float64{0.9, 0.2} {
		const n = 10000
		granted := 0
		for key := range n {
			c := ruleCase(key, Decidable, 1, 0)
			c.Nationality = policy.Nationality(group)
			w.decide(c)
			granted += int(number(c.Stage == Permitted))
		}
		expectShare(t, "granted", granted, n, share)
	}
}

// TestPreparationLaw: log-normal with mean 100 days and coefficient of
// variation 0.5, from the moment of the claim.
func TestPreparationLaw(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Decision.PreparationMean, r.Decision.PreparationCV, r.Decision.WithdrawalRate = 100, 0.5, 0
	})
	seen := watch(w)
	const claimed = 40*clock.DayTicks + 50000
	for key := range 20000 {
		c := ruleCase(key, Preparing, 1, 0)
		c.Claimed = claimed
		w.prepare(c)
	}
	var days []float64
	for _, e := range *seen {
		if e.Record.Next != BecomesDecidable {
			t.Fatalf("case is to meet event %d", e.Record.Next)
		}
		days = append(days, float64(e.At-claimed)/86400)
	}
	sigma := math.Sqrt(math.Log(1.25))
	mu := math.Log(100) - sigma*sigma/2
	expectLaw(t, "preparation", days, func(x float64) float64 {
		return math.Erfc(-(math.Log(x)-mu)/(sigma*math.Sqrt2)) / 2
	})
}

// weibullSurvival is the share of claims not withdrawn after so many days, at
// a rate of 0.4 a year at one year and a shape of 2: the hazard is 0.4 t and
// the cumulative hazard 0.2 t^2, with t in years.
func weibullSurvival(days float64) float64 {
	years := days / unit.DaysPerYear
	return math.Exp(-0.2 * years * years)
}

func TestWithdrawalLaw(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Decision.WithdrawalRate, r.Decision.WithdrawalShape = 0.4, 2 })
	const claimed = 50000
	var days []float64
	for key := range 20000 {
		c := ruleCase(key, Preparing, 1, 0)
		c.Claimed = claimed
		days = append(days, float64(w.withdrawalAt(c)-claimed)/86400)
	}
	expectLaw(t, "withdrawal", days, func(x float64) float64 { return 1 - weibullSurvival(x) })
}

// TestWithdrawalOrPreparationWhicheverIsFirst holds the event of each case
// against both times.
func TestWithdrawalOrPreparationWhicheverIsFirst(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Decision.WithdrawalRate, r.Decision.WithdrawalShape = 3, 1 })
	calm := ruleWorld(t, func(r *policy.Rules) { r.Decision.WithdrawalRate = 0 })
	seen, ready := watch(w), watch(calm)
	withdrawn := 0
	for key := range 1000 {
		*seen, *ready = nil, nil
		w.prepare(ruleCase(key, Preparing, 1, 0))
		calm.prepare(ruleCase(key, Preparing, 1, 0))
		gone := w.withdrawalAt(ruleCase(key, Preparing, 1, 0))
		want := event.Entry[Case]{At: (*ready)[0].At}
		want.Record.Next = BecomesDecidable
		if gone < want.At {
			want.At, want.Record.Next = gone, Withdraws
			withdrawn++
		}
		if got := (*seen)[0]; got.At != want.At || got.Record.Next != want.Record.Next {
			t.Fatalf("case %d: event %d at %d, want %d at %d", key, got.Record.Next, got.At, want.Record.Next, want.At)
		}
	}
	if withdrawn < 200 || withdrawn > 900 {
		t.Errorf("%d of 1000 were withdrawn first", withdrawn)
	}
}

// TestWithdrawalLeavesTheQueue: a case in the queue for a decision leaves it
// first thing on the day of its withdrawal.
func TestWithdrawalLeavesTheQueue(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Decision.WithdrawalRate, r.Decision.WithdrawalShape, r.Decision.Hiring = 3, 1, 0
	})
	c := ruleCase(3, Preparing, 2, 1)
	gone := w.withdrawalAt(c).Day()
	w.becomeDecidable(c)
	runUntil(w, gone)
	if w.waitingForDecision() != 1 {
		t.Fatalf("the case left before day %d", gone)
	}
	runUntil(w, gone+1)
	if w.waitingForDecision() != 0 || w.stock.totalPeople(Withdrawn) != 3 || sum(w.run, measure.WithdrawalsPeople) != 3 {
		t.Errorf("after day %d: %d in the queue, %d people withdrawn", gone, w.waitingForDecision(), w.stock.totalPeople(Withdrawn))
	}
}

// TestDecisionsAYear: 100 staff at 4 decisions a month take 4,800 a year from
// a queue that is long enough; the first who came are the first decided.
func TestDecisionsAYear(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		d := &r.Decision
		d.Caseworkers, d.Fewest, d.Most, d.Productivity, d.Attrition, d.Hiring = 100, 100, 100, 4, 0, 0
		d.TargetWait, d.Correction, d.Administrative, d.WithdrawalRate = 0, 30, 1, 0
	})
	w.staff.reset(100, 0)
	for key := range 6000 {
		w.becomeDecidable(ruleCase(key, Preparing, 1, 0))
	}
	w.staff.arrived = 0
	runUntil(w, 365)
	if got := sum(w.run, measure.AdministrativeOutcomesPeople); got < 4799 || got > 4800 {
		t.Errorf("%d cases were decided in a year, want 4800", got)
	}
	if got, want := sum(w.run, measure.DecisionCost), sum(w.run, measure.AdministrativeOutcomesPeople)*2000_00; got != want {
		t.Errorf("decisions cost %d pence, want %d", got, want)
	}
	next, _, _ := w.decisions[standardClass].First()
	if want := ruleCase(6000-w.waitingForDecision(), Decidable, 1, 0).Key; next.Key != want {
		t.Error("the queue is not served in order")
	}
}

// TestClaimsByRouteHaveTheirOwnNationalities: four routes, four mixes.
func TestClaimsByRouteHaveTheirOwnNationalities(t *testing.T) {
	mixes := [policy.NumRoutes]policy.ByNationality[unit.Share]{{0.5, 0.3, 0.2}, {0.1, 0.2, 0.7}, {0.3, 0.6, 0.1}, {0.8, 0, 0.2}}
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Crossings.Nationality, r.Claims.Irregular, r.Claims.VisaHolder, r.Claims.InCountry = mixes[0], mixes[1], mixes[2], mixes[3]
	})
	const n = 10000
	for route := range policy.NumRoutes {
		var count [groups]int
		for key := range n {
			c := drawnCase(w, ruleCase(key, Outside, 1, 0).Key, route, 10)
			count[c.Nationality]++
		}
		for group, hits := range count {
			expectShare(t, route.String(), hits, n, float64(mixes[route][group]))
		}
	}
}

// TestShareOfBoatPassengersWhoClaim: nobody, 30% or everybody.
func TestShareOfBoatPassengersWhoClaim(t *testing.T) {
	for _, share := range []unit.Probability{0, 0.3, 1} {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Crossings.ClaimShare = share
			clear(r.Applicants.FamilyShare[:])
		})
		for i := range 100 {
			w.sail(routeKey(policy.SmallBoat, 0, i), 0)
		}
		arrived, claimed := int(w.row[measure.SmallBoatArrivalsPeople]), int(w.row[measure.AsylumClaimsPeople])
		expectShare(t, "passengers who claim", claimed, arrived, float64(share))
		if arrived < 5000 {
			t.Errorf("%d people on 100 boats", arrived)
		}
	}
}

// TestClaimTakesTheRulesOfItsDate: epoch, month of the run and moment.
func TestClaimTakesTheRulesOfItsDate(t *testing.T) {
	w := ruleWorld(t, func(*policy.Rules) {})
	w.month = 3
	c := ruleCase(1, Outside, 2, 2)
	w.claim(c, 40*clock.DayTicks+7)
	if c.Claimed != 40*clock.DayTicks+7 || c.Cohort != 3 || c.Stage != Preparing || c.Since != c.Claimed {
		t.Errorf("claimed %d in month %d, %v since %d", c.Claimed, c.Cohort, c.Stage, c.Since)
	}
	if w.row[measure.AsylumClaimsCases] != 1 || w.row[measure.AsylumClaimsPeople] != 4 {
		t.Errorf("%d cases of %d people claimed", w.row[measure.AsylumClaimsCases], w.row[measure.AsylumClaimsPeople])
	}
}

// TestHardlyAnyWithdrawals: a rate so small that its scale cannot be written
// withdraws nobody, like a rate of 0, and does not stop the program.
func TestHardlyAnyWithdrawals(t *testing.T) {
	for _, rate := range []unit.PerYear{0, 1.7e-77, 1e-300} {
		d := policy.Decision{WithdrawalRate: rate, WithdrawalShape: 0.25}
		if at := withdrawalTime(&d).At(0.5); at < 1e6 {
			t.Errorf("at a rate of %v half are withdrawn within %v days", rate, at)
		}
	}
}
