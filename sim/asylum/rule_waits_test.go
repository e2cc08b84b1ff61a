package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// expectOneWait fails the test unless one wait of a kind was recorded, in the bin of so
// many days.
func expectOneWait(t *testing.T, w *World, kind measure.Wait, days int) {
	t.Helper()
	for bin, n := range w.run.Waits[kind] {
		if want := int64(number(bin == days/30)); n != want {
			t.Errorf("%v: %d waits of %d to %d days, want %d: the one of %d days", kind, n, 30*bin, 30*bin+29, want, days)
		}
	}
}

// TestWaitsHaveTheirOwnBeginning: a case claims on day 100, is ready on day 300
// and decided on day 410, after 310 days; its appeal is lodged on day 420 and
// disposed of on day 500, after 80; of another, whose permit expired on day 600,
// the review is decided on day 650, after 50.
func TestWaitsHaveTheirOwnBeginning(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		clear(r.Decision.Grant[:])
		clear(r.Appeal.Allowed[:])
		clear(r.Permit.CessationRate[:])
		r.Decision.Administrative, r.Appeal.Lodged = 0, 1
	})
	on := func(day clock.Day) { w.day, w.now = day, day.Tick() }
	c := ruleCase(1, Preparing, 2, 1)
	c.Claimed = clock.Day(100).Tick()
	on(300)
	w.becomeDecidable(c)
	on(410)
	decided, ok := nextDecided(w)
	if !ok {
		t.Fatal("nobody waits for a decision")
	}
	w.decide(&decided)
	expectOneWait(t, w, measure.WaitDecision, 310)
	on(420)
	w.lodge(&decided)
	on(500)
	if left := w.hear(w.appeals, 1); left != 0 {
		t.Fatal("nobody waits for a hearing")
	}
	expectOneWait(t, w, measure.WaitAppeal, 80)

	reviewed := ruleCase(2, Permitted, 1, 0)
	reviewed.Claimed, reviewed.Protected = 0, clock.Day(10).Tick()
	on(600)
	w.callReview(reviewed)
	on(650)
	w.review(reviewed)
	expectOneWait(t, w, measure.WaitReview, 50)
}

// TestHotelStaysAreToldApart: a single adult leaves a hotel after 45 days, a
// family after 75 and a refused family after 105. A childless couple is neither.
func TestHotelStaysAreToldApart(t *testing.T) {
	w := ruleWorld(t, func(*policy.Rules) {})
	single, parents := housed(w, ruleCase(1, Preparing, 1, 0)), housed(w, ruleCase(2, Preparing, 1, 2))
	refused, couple := housed(w, ruleCase(3, Limbo, 2, 2)), housed(w, ruleCase(4, Preparing, 2, 0))
	w.markRefused(refused.Place)
	for _, leaving := range []struct {
		who *Case
		day clock.Day
	}{{single, 45}, {couple, 60}, {parents, 75}, {refused, 105}} {
		w.day = leaving.day
		w.endSupport(leaving.who)
	}
	expectOneWait(t, w, measure.StayHotelSingle, 45)
	expectOneWait(t, w, measure.StayHotelFamily, 75)
	expectOneWait(t, w, measure.StayHotelRefused, 105)
}
