package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// TestSupportUnderConditions: of single adults in need a quarter is refused
// support at once, and of the others half have lost theirs after the time in
// which a rate of 1 a year halves a group. Families and vulnerable people are
// not touched, and nobody is where support is a duty.
func TestSupportUnderConditions(t *testing.T) {
	const n = 20000
	halfLife := clock.Day(math.Round(math.Ln2 * 365.25))
	run := func(declined, withdrawal float64, change func(*Case)) (refused, left int) {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Support.Need = policy.ByRoute[unit.Probability]{1, 1, 1, 1}
			r.Support.Declined, r.Support.Withdrawal = unit.Probability(declined), unit.PerYear(withdrawal)
			r.Support.SubsistenceOnly = 0
		})
		people := int64(0)
		for key := range n {
			c := ruleCase(key, Outside, 1, 0)
			change(c)
			people = int64(c.People())
			w.startSupport(c)
		}
		refused = int(w.row[measure.SupportRefusedPeople] / people)
		runUntil(w, halfLife)
		return refused, int(w.supported() / people)
	}
	single := func(*Case) {}
	refused, left := run(0.25, 1, single)
	expectShare(t, "single adults refused support", refused, n, 0.25)
	expectShare(t, "single adults supported after the half-life", left, n-refused, 0.5)
	for what, change := range map[string]func(*Case){
		"families":          func(c *Case) { c.Children = 2 },
		"vulnerable people": func(c *Case) { c.Flags |= Vulnerable },
	} {
		if refused, left := run(0.25, 1, change); refused != 0 || left != n {
			t.Errorf("%s: %d refused, %d of %d supported after the half-life", what, refused, left, n)
		}
	}
	if refused, left := run(0, 0, single); refused != 0 || left != n {
		t.Errorf("no conditions: %d refused, %d of %d supported", refused, left, n)
	}
}

// TestLossOfSupportIsNotUndoneByAGrant: the move-on period ends support only
// where it has not ended before, and a further submission sets both anew.
func TestLossOfSupportIsNotUndoneByAGrant(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Support.MoveOnSingle = 28 })
	early, late := housed(w, ruleCase(1, Decidable, 1, 0)), housed(w, ruleCase(2, Decidable, 1, 0))
	w.setTimer(early, LosesSupport, clock.Day(10).Tick())
	w.setTimer(late, LosesSupport, clock.Day(100).Tick())
	w.grant(early)
	w.grant(late)
	runUntil(w, 20)
	if got := w.row[measure.SupportRefusedPeople]; got != 1 || w.supported() != 1 {
		t.Errorf("after 20 days %d lost support, %d are supported; want 1 and 1", got, w.supported())
	}
	runUntil(w, 200)
	total := int64(0)
	for i := range w.run.Months {
		total += w.run.Months[i][measure.SupportRefusedPeople]
	}
	if total != 1 || w.supported() != 0 {
		t.Errorf("in the end %d lost support under conditions, %d are supported; want 1 and none", total, w.supported())
	}
}

// supported is the number of people with a place of any kind.
func (w *World) supported() int64 {
	people := int64(0)
	for h := range w.beds {
		people += w.beds[h].InUse
	}
	return people
}

// TestVulnerablePeople: they are neither detained on arrival, nor held for a
// transfer, nor placed on large sites, have the move-on period of families, and
// half of the attempts at their return are passed over.
func TestVulnerablePeople(t *testing.T) {
	set := func(r *policy.Rules) {
		for route := range r.Intake.DetainOnArrival {
			r.Intake.DetainOnArrival[route], r.Intake.TransferShare[route] = 1, 1
			r.Support.Need[route] = 1
		}
		r.Intake.TransferCapacity, r.Intake.TransferLegal, r.Intake.TransferHold = 1000, 1, 100
		r.Accommodation = policy.Accommodation{LargeSite: 100}
		r.Support.SubsistenceOnly = 0
		r.Enforcement.AtRiskAttempt = 0.5
	}
	w := ruleWorld(t, set)
	w.returnOthers()
	atRisk := ruleCase(1, Outside, 1, 0)
	atRisk.Flags |= Vulnerable
	w.claim(atRisk, 0)
	w.claim(ruleCase(2, Outside, 1, 0), 0)
	if w.stock.totalCases(Preparing) != 1 || w.stock.totalCases(TransferHeld) != 1 {
		t.Errorf("%d in preparation, %d held; want the vulnerable one and the other", w.stock.totalCases(Preparing), w.stock.totalCases(TransferHeld))
	}
	if w.beds[Hotel].InUse != 1 || w.beds[LargeSite].InUse != 1 {
		t.Errorf("%d in hotels and %d on large sites, want one each", w.beds[Hotel].InUse, w.beds[LargeSite].InUse)
	}
	if got := w.row[measure.InadmissibleCases]; got != 1 {
		t.Errorf("%d claims counted as inadmissible, want the one that is held", got)
	}
	if single, vulnerable := w.rules.moveOn(ruleCase(3, Decidable, 1, 0)), w.rules.moveOn(atRisk); single != 28 || vulnerable != 56 {
		t.Errorf("move-on periods of %v and %v days, want 28 and 56", single, vulnerable)
	}
	withChildren := ruleCase(4, Removable, 1, 2)
	for _, c := range []struct {
		who  *Case
		want float64
	}{{ruleCase(5, Removable, 1, 0), 1}, {withChildren, 1}, {atRisk, 0.5}} {
		near(t, "share of attempts made", float64(w.rules.attemptShare(c.who)), c.want)
	}
}

// TestCareEndsWithTheFirstClaim: an unaccompanied child is in care until its
// first claim has an outcome, and not again when leave is revoked or a further
// submission made years later.
func TestCareEndsWithTheFirstClaim(t *testing.T) {
	w := ruleWorld(t, func(*policy.Rules) {})
	child := ruleCase(1, Outside, 0, 1)
	child.Flags |= Unaccompanied
	step := func(what string, want int64) {
		t.Helper()
		if w.uasc != want {
			t.Errorf("%s: %d children in care, want %d", what, w.uasc, want)
		}
	}
	w.move(child, Preparing)
	step("claimed", 1)
	w.move(child, Decidable)
	w.grant(child)
	step("granted", 0)
	w.cease(child)
	step("leave ceased", 0)
	child.Stage = AppealWindow
	w.move(child, Appealing)
	w.grant(child)
	step("appeal allowed", 0)
	w.cease(child)
	w.exhaust(child)
	w.resubmit(child)
	step("further submissions", 0)
}
