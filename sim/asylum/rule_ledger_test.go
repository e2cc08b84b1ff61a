package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// costing is a world without people in which nothing but its prices costs
// anything.
func costing(t *testing.T, prices policy.Cost) *World {
	t.Helper()
	return ruleWorld(t, func(r *policy.Rules) { r.Cost = prices })
}

// TestDiscountedCostsAreRoundedToThePenny: a million pounds at 25% a year.
// January 2026 ends 31 days after the opening, where 10^8 pence are worth
// 10^8 / 1.25^(31/365.2425) = 98,123,888.72; February ends after 59 days, where
// they are worth 96,459,608.38.
func TestDiscountedCostsAreRoundedToThePenny(t *testing.T) {
	w := costing(t, policy.Cost{DiscountRate: 0.25})
	for month, want := range []int64{98_123_889, 96_459_608} {
		*w.row = measure.Row{}
		w.row[measure.FranceCost] = 100_000_000
		w.sumCosts(w.row, month)
		if got := w.row[measure.DiscountedCost]; got != want {
			t.Errorf("month %d: %d pence, want %d", month, got, want)
		}
	}
}

// TestChildrenInCareHaveTheirOwnPrice: two children for the 31 nights of
// January at 143.50 pounds are 8,897 pounds. Who is not in care costs nothing.
func TestChildrenInCareHaveTheirOwnPrice(t *testing.T) {
	w := costing(t, policy.Cost{UASCNight: 143.5, Dispersal: 23.25, Hotel: 144.98, Other: 33})
	for key := range 3 {
		c := ruleCase(key, Outside, 0, 1)
		c.Flags |= Unaccompanied
		w.move(c, Preparing)
		if key == 2 {
			w.move(c, Withdrawn)
		}
	}
	w.move(ruleCase(3, Outside, 1, 1), Preparing)
	for range 31 {
		w.census()
	}
	w.closeLedger(0)
	if care, total := w.row[measure.UASCCost], w.row[measure.TotalCost]; care != 8897_00 || total != care {
		t.Errorf("care costs %d pence, all costs are %d; want 889700", care, total)
	}
}

// TestOthersInDetentionAreNotCharged: three people of an asylum case and five
// others are detained; the night costs three times 107 pounds.
func TestOthersInDetentionAreNotCharged(t *testing.T) {
	w := costing(t, policy.Cost{Detention: 107})
	w.countDetentionBeds()
	w.holdOthers(5, 0)
	w.detain(ruleCase(1, Removable, 1, 2))
	w.census()
	if got := w.row[measure.DetentionCost]; got != 321_00 {
		t.Errorf("a night in detention costs %d pence, want 32100", got)
	}
}

// TestPricesChangeOnTheirDate: everything is dearer by a half from 1 March 2026
// on, which is day 59. A decision, a night of two people in a hotel and the
// return of one of them are paid at the price of their day.
func TestPricesChangeOnTheirDate(t *testing.T) {
	before, after := fixedRules(), fixedRules()
	before.Cost = policy.Cost{Decision: 2000, Hotel: 140, EnforcedReturn: 22000}
	after.Cost = policy.Cost{Decision: 3000, Hotel: 210, EnforcedReturn: 33000}
	timeline := clock.NewTimeline(clock.MustDate("2025-12-31"), 1)
	m := Compile(&policy.Regime{
		Name: "dearer", Starts: []clock.Date{clock.MustDate("2010-01-01"), clock.MustDate("2026-03-01")}, Epochs: []policy.Rules{before, after},
	}, timeline, groups)
	w := NewWorld(timeline)
	w.reset(m, random.NewSource(5, 0))
	housed(w, ruleCase(1, Preparing, 2, 0))
	for _, day := range []struct {
		day                   clock.Day
		decision, night, goes int64
	}{{0, 2000_00, 280_00, 22000_00}, {58, 2000_00, 280_00, 22000_00}, {59, 3000_00, 420_00, 33000_00}, {300, 3000_00, 420_00, 33000_00}} {
		w.day, w.now = day.day, day.day.Tick()
		w.enterEpoch()
		*w.row = measure.Row{}
		w.pay(deciding, 1)
		w.pay(returningForce, 1)
		w.census()
		for o, want := range map[measure.Output]int64{measure.DecisionCost: day.decision, measure.HotelCost: day.night, measure.EnforcedReturnCost: day.goes} {
			if got := w.row[o]; got != want {
				t.Errorf("day %d: %v is %d pence, want %d", day.day, o, got, want)
			}
		}
	}
}

// TestContributionsAreCarriedToThePenny: 1,000 pounds over one year are
// 100,000 / 365.2425 = 273.791 pence a day. The 90 days from January to March
// are 24,641.16 pence, in which no month's fraction of a penny is lost: those of
// January are 8,487.51, of January and February 16,153.65.
func TestContributionsAreCarriedToThePenny(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Contribution = policy.Contribution{PerAdult: 1000, Collected: 1, Years: 1}
	})
	w.grant(ruleCase(1, Decidable, 1, 0))
	runUntil(w, 90)
	for month, want := range []int64{8487, 16153 - 8487, 24641 - 16153} {
		if got := w.run.Months[month][measure.Contributions]; got != -want {
			t.Errorf("month %d: contributions of %d pence, want %d", month+1, -got, want)
		}
	}
}

// TestADecisionIsPaidForByTheCase: a family of four costs what one adult does,
// and its withdrawal is one of four people.
func TestADecisionIsPaidForByTheCase(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Cost = policy.Cost{Decision: 2000} })
	w.decide(ruleCase(1, Decidable, 2, 2))
	w.decide(ruleCase(2, Decidable, 1, 0))
	if got := w.row[measure.DecisionCost]; got != 4000_00 {
		t.Errorf("two decisions cost %d pence, want 400000", got)
	}
	w.withdraw(ruleCase(3, Preparing, 2, 2))
	if got := w.row[measure.WithdrawalsPeople]; got != 4 {
		t.Errorf("%d people withdrew, want 4", got)
	}
}
