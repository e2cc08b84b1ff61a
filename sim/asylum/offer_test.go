package asylum

import (
	"math"
	"reflect"
	"testing"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

func offerRules() policy.Rules {
	r := quietRules()
	r.Offer = policy.Offer{
		AtExhaustion: 1, PerPerson: 10_000, FamilyCap: 40_000, Education: 500, Acceptance: 0.3, Reference: 10_000, Elasticity: 0.5,
		FamilyFactor: 0.5, AppealFactor: 1, DaysToAccept: 7, DaysToLeave: 45,
	}
	for n := range r.Offer.OriginFactor {
		r.Offer.OriginFactor[n] = 1
	}
	return r
}

func TestReturnPayment(t *testing.T) {
	r := offerRules()
	e := &epoch{Rules: &r}
	for _, c := range []struct {
		adults, children uint8
		pounds           int64
	}{{1, 0, 10_000}, {2, 0, 20_000}, {1, 1, 20_500}, {2, 2, 41_000}, {2, 6, 43_000}} {
		k := Case{Adults: c.adults, Children: c.children}
		if got := e.returnPayment(&k); int64(got) != 100*c.pounds {
			t.Errorf("%d adults and %d children are paid %d pence, want %d pounds", c.adults, c.children, got, c.pounds)
		}
	}
	r.Offer.FamilyCap = 5000 // no bound on one person alone
	if got := e.returnPayment(&Case{Adults: 1}); got != 10_000_00 {
		t.Errorf("one person is paid %d pence", got)
	}
}

// exhaustMany takes n cases through the end of their appeal rights.
func exhaustMany(w *World, n int, change func(*Case)) {
	for i := range n {
		c := testCase(i)
		change(&c)
		w.barredCases++
		w.exhaust(&c)
	}
}

// TestUptake: of those who would not leave anyway a share accepts that follows
// the payment; they leave between 45 and 52 days later and are paid then.
func TestUptake(t *testing.T) {
	const n = 20000
	for name, c := range map[string]struct {
		set    func(*policy.Rules)
		change func(*Case)
		want   float64
	}{
		"at the reference": {func(*policy.Rules) {}, func(*Case) {}, 0.3},
		"at four times it": {func(r *policy.Rules) { r.Offer.PerPerson = 40_000 }, func(*Case) {}, 0.6},
		"capped at 1":      {func(r *policy.Rules) { r.Offer.PerPerson = 1e6 }, func(*Case) {}, 1},
		"by origin":        {func(r *policy.Rules) { r.Offer.OriginFactor[1] = 0.1 }, func(*Case) {}, 0.03},
		"families": {func(r *policy.Rules) { r.Offer.Education, r.Offer.FamilyCap = 0, 10_000 },
			func(c *Case) { c.Adults, c.Children = 2, 2 }, 0.3 * 0.5 * 0.5},
		"families only": {func(r *policy.Rules) { r.Offer.FamiliesOnly = 1 }, func(*Case) {}, 0},
		"half of them":  {func(r *policy.Rules) { r.Offer.AtExhaustion = 0.5 }, func(*Case) {}, 0.15},
	} {
		t.Run(name, func(t *testing.T) {
			r := offerRules()
			c.set(&r)
			w := vacantWorld(fixedModel(r, 1))
			exhaustMany(w, n, c.change)
			accepted := int64(w.stock.totalCases(Departing))
			if sd := math.Sqrt(n * c.want * (1 - c.want)); math.Abs(float64(accepted)-n*c.want) > 4*sd {
				t.Errorf("%d accepted, want %.0f ± %.0f", accepted, n*c.want, sd)
			}
			people := int64(w.stock.totalPeople(Departing))
			runTo(t, w, 45)
			if got := totals(w, measure.ReturnsAssistedPeople); got != 0 {
				t.Errorf("%d left too early", got)
			}
			runTo(t, w, 53)
			if got := totals(w, measure.ReturnsAssistedPeople); got != people || w.stock.totalCases(Departing) != 0 {
				t.Errorf("%d people left, %d accepted", got, people)
			}
			k := testCase(0)
			c.change(&k)
			if got, want := totals(w, measure.IncentivePayments), accepted*int64(w.rules.returnPayment(&k)); got != want {
				t.Errorf("paid %d pence, want %d", got, want)
			}
			if got, want := totals(w, measure.AssistedReturnCost), people*int64(r.Cost.AssistedReturn.Pence()); got != want {
				t.Errorf("assistance cost %d pence, want %d", got, want)
			}
			if offers := totals(w, measure.ReturnOffersCases); totals(w, measure.ReturnOffersAcceptedCases) != accepted || offers < accepted {
				t.Errorf("%d offers, %d accepted", offers, accepted)
			}
		})
	}
}

// TestDeadweight: those who would have left within the year accept with their
// own chance, and nobody else does when the acceptance is 0.
func TestDeadweight(t *testing.T) {
	const n = 20000
	r := offerRules()
	r.Offer.Acceptance, r.Offer.Deadweight, r.Offer.Retiming = 0, 0.45, 365.2425
	r.Returns.Voluntary[1], r.Returns.Returnable[1] = 0.2, 1
	w := vacantWorld(fixedModel(r, 1))
	exhaustMany(w, n, func(*Case) {})
	want := 0.45 * -math.Expm1(-0.2)
	if got := float64(w.stock.totalCases(Departing)); math.Abs(got-n*want) > 4*math.Sqrt(n*want*(1-want)) {
		t.Errorf("%.0f accepted, want %.0f", got, n*want)
	}
	runTo(t, w, 100)
}

// TestOfferOfNothing: an offer without a payment changes nothing but the
// number of offers, and nobody gets a second one.
func TestOfferOfNothing(t *testing.T) {
	r := fixedRules()
	base := simulate(t, fixedModel(r, 2), 5, 0)
	r.Offer = offerRules().Offer
	r.Offer.PerPerson, r.Offer.Education, r.Offer.AtRefusal, r.Offer.Deadweight, r.Offer.Retiming = 0, 0, 1, 1, 365
	run := simulate(t, fixedModel(r, 2), 5, 0)
	offers := int64(0)
	for i := range run.Months {
		offers += run.Months[i][measure.ReturnOffersCases]
		run.Months[i][measure.ReturnOffersCases] = 0
	}
	if !reflect.DeepEqual(run, base) {
		t.Error("an offer of nothing changed the run")
	}
	if offers == 0 {
		t.Error("no offers")
	}
}

// TestOneOfferForACase: everybody is offered a payment at refusal and nobody
// accepts; when appeal rights are exhausted there is no other offer, and those
// who would have accepted one stay. Who got none at refusal gets one then.
func TestOneOfferForACase(t *testing.T) {
	const n = 1000
	for _, c := range []struct {
		atRefusal      unit.Probability
		offers, accept int64
	}{{1, n, 0}, {0, n, n}} {
		r := offerRules()
		r.Offer.AtRefusal, r.Offer.AtExhaustion = c.atRefusal, 1
		r.Offer.Acceptance, r.Offer.AppealFactor = 1, 0
		r.Appeal.Certified = policy.ByNationality[unit.Probability]{}
		w := vacantWorld(fixedModel(r, 1))
		for i := range n {
			k := testCase(i)
			k.Stage = Decidable
			w.refuse(&k)
			w.exhaust(&k)
		}
		if offers, accepted := w.row[measure.ReturnOffersCases], w.row[measure.ReturnOffersAcceptedCases]; offers != c.offers || accepted != c.accept {
			t.Errorf("offers at refusal to %v: %d offers in all, %d accepted; want %d and %d", c.atRefusal, offers, accepted, c.offers, c.accept)
		}
	}
}

// TestOffersInTheWholeModel: acceptance at refusal keeps cases out of appeals,
// and the books balance.
func TestOffersInTheWholeModel(t *testing.T) {
	r := fixedRules()
	base := simulate(t, fixedModel(r, 2), 5, 0)
	r.Offer = offerRules().Offer
	r.Offer.AtRefusal, r.Offer.Deadweight, r.Offer.Retiming = 0.5, 0.45, 365
	run := simulate(t, fixedModel(r, 2), 5, 0)
	if sum(run, measure.AppealsLodgedCases) >= sum(base, measure.AppealsLodgedCases) {
		t.Error("as many appeals as without offers")
	}
	if sum(run, measure.IncentivePayments) == 0 || sum(run, measure.ReturnsAssistedPeople) == 0 {
		t.Error("nobody was paid")
	}
}

// TestOfferOnTheLastDayOfTheRules: services close a day, so an offer accepted
// then has the next midnight as its time. It is still paid by the rules of its
// day, which end there.
func TestOfferOnTheLastDayOfTheRules(t *testing.T) {
	r := offerRules()
	r.Offer.Acceptance, r.Offer.Deadweight = 1, 1
	doubled := r
	doubled.Offer.PerPerson = 20_000
	w := vacantWorld(datedModel(1, r, "2026-01-02", doubled))
	for w.day = 0; w.day < 2; w.day++ {
		c := testCase(int(w.day))
		w.enterEpoch()
		w.now = (w.day + 1).Tick()
		before := w.row[measure.IncentivePayments]
		if w.exhaust(&c); c.Stage != Departing {
			t.Fatalf("day %d: the offer was not accepted", w.day)
		}
		w.takeUpOffer(&c)
		if got, want := w.row[measure.IncentivePayments]-before, int64(w.day+1)*10_000_00; got != want {
			t.Errorf("day %d: %d pence were paid, want %d", w.day, got, want)
		}
	}
}
