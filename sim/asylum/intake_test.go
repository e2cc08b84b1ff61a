package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// arrivalRules detain everybody who comes by small boat.
func arrivalRules() policy.Rules {
	r := fixedRules()
	r.Enforcement.Attempts = 0
	r.Intake.DetainOnArrival[policy.SmallBoat] = 1
	r.Applicants.UASCShare = policy.ByRoute[unit.Probability]{}
	for n := range r.Returns.Returnable {
		r.Returns.Returnable[n] = 1
	}
	r.Enforcement.Success = 1
	return r
}

// TestDetentionOnArrival: who is detained on arrival and can be returned is
// returned, whether claims are barred or not; if not, the claim is considered,
// unless claims are barred.
func TestDetentionOnArrival(t *testing.T) {
	run := func(change func(*policy.Rules)) (*World, int64) {
		r := arrivalRules()
		change(&r)
		w, p := openedWorld(t, fixedModel(r, 1), 3, 0)
		opened := int64(w.stock.totalPeople(Removable, Limbo))
		for ; w.day < w.model.Timeline.Days; w.day++ {
			w.runDay()
		}
		if err := w.audit(p); err != nil {
			t.Fatal(err)
		}
		return w, opened
	}
	base, _ := run(func(r *policy.Rules) { r.Intake = policy.Intake{} })
	claims := totals(base, measure.AsylumClaimsPeople)

	w, _ := run(func(*policy.Rules) {})
	if got := totals(w, measure.AsylumClaimsPeople); got != claims {
		t.Errorf("%d people claim, want %d: those detained do too", got, claims)
	}
	boats := totals(base, measure.SmallBoatArrivalsPeople)
	if returned := totals(w, measure.ReturnsEnforcedPeople); returned > boats || float64(returned) < 0.96*float64(boats) {
		t.Errorf("%d of %d people by boat returned, want nearly all who claim", returned, boats)
	}

	w, _ = run(func(r *policy.Rules) { r.Intake.Barred[policy.SmallBoat] = 1 })
	if got := totals(w, measure.AsylumClaimsPeople); got >= claims-boats*9/10 {
		t.Errorf("%d people claim although boats are barred, %d without", got, claims)
	}

	w, _ = run(func(r *policy.Rules) { clear(r.Returns.Returnable[:]) })
	if got := totals(w, measure.ReturnsEnforcedPeople); got != 0 {
		t.Errorf("%d people returned who cannot be", got)
	}
	if got, want := w.stock.totalPeople(Preparing, Decidable), base.stock.totalPeople(Preparing, Decidable); got < want*95/100 {
		t.Errorf("%d people await a decision after release, %d without detention", got, want)
	}

	w, opened := run(func(r *policy.Rules) {
		r.Intake.Barred[policy.SmallBoat] = 1
		clear(r.Returns.Returnable[:])
		clear(r.Returns.Voluntary[:])
		r.Returns.LimboVoluntary, r.Returns.Absconding, r.Decision.Productivity, r.Permit.ReviewStaff = 0, 0, 0, 0
		r.Appeal.Capacity = 0
	})
	barred := int64(w.stock.totalPeople(Limbo)) - opened
	if detained := int64(w.stock.totalPeople(Detained)); barred+detained != claims-totals(w, measure.AsylumClaimsPeople) {
		t.Errorf("%d in limbo and %d detained, want the %d whose claims are barred", barred, detained, claims-totals(w, measure.AsylumClaimsPeople))
	}
}

// TestHeldClaimIsConsideredFromThen: preparation starts when a hold ends, and
// who would have withdrawn meanwhile withdraws.
func TestHeldClaimIsConsideredFromThen(t *testing.T) {
	r := quietRules()
	r.Intake = policy.Intake{TransferShare: policy.ByRoute[unit.Probability]{1, 1, 1, 1}, TransferCapacity: 1e6, TransferLegal: 1, TransferHold: 60}
	r.Decision.PreparationMean, r.Decision.PreparationCV, r.Decision.WithdrawalRate = 10, 0, 0
	r.Support.Need[policy.SmallBoat], r.Support.SubsistenceOnly = 1, 0
	stop := r
	stop.Intake.TransferCapacity = 0
	m := Compile(&policy.Regime{Name: "test", Starts: []clock.Date{clock.MustDate("2010-01-01"), clock.MustDate("2026-01-02")}, Epochs: []policy.Rules{r, stop}},
		clock.NewTimeline(clock.MustDate("2025-12-31"), 1), groups)
	w := vacantWorld(m)
	w.returnOthers()
	c := testCase(0)
	w.claim(&c, 3600)
	if c.Stage != TransferHeld || w.transfers.Len() != 1 || w.beds[Hotel].InUse+w.beds[LargeSite].InUse+w.beds[OtherAccommodation].InUse != 1 {
		t.Fatalf("%v, %d held", c.Stage, w.transfers.Len())
	}
	runTo(t, w, 60)
	if w.stock.totalCases(TransferHeld) != 1 {
		t.Error("let go before the hold ended")
	}
	runTo(t, w, 61)
	if e := find(t, w); e.Record.Stage != Preparing || e.At.Day() != 70 || e.Record.Claimed != 3600 {
		t.Errorf("%v, ready on day %d, want preparing and day 70", e.Record.Stage, e.At.Day())
	}
	runTo(t, w, 75)
	if got := sum(w.run, measure.AsylumClaimsCases); got != 1 {
		t.Errorf("%d claims", got)
	}
}
