package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// TestPriceOfEachKindOfHousing: two people for a week. At 140 pounds a night
// a hotel costs 2 x 7 x 140 = 1,960 pounds, and so on. Where meals are
// provided the allowance is 2 x 10 pounds a week, elsewhere 2 x 49.
func TestPriceOfEachKindOfHousing(t *testing.T) {
	for h, c := range map[Housing]struct {
		line            measure.Output
		nights, allowed int64
	}{
		Hotel:                {measure.HotelCost, 1960_00, 20_00},
		Dispersal:            {measure.DispersalCost, 14 * 21_00, 98_00},
		InitialAccommodation: {measure.InitialAccommodationCost, 14 * 90_00, 20_00},
		LargeSite:            {measure.LargeSiteCost, 14 * 110_00, 20_00},
		OtherAccommodation:   {measure.OtherAccommodationCost, 14 * 33_00, 98_00},
		SubsistenceOnly:      {measure.SubsistenceCost, 98_00, 98_00},
	} {
		w := ruleWorld(t, func(r *policy.Rules) {
			k := &r.Cost
			k.Hotel, k.Dispersal, k.Initial, k.LargeSite, k.Other = 140, 21, 90, 110, 33
			k.AllowanceMeals, k.AllowanceSelf = 10, 49
		})
		w.occupy(ruleCase(1, Preparing, 2, 0), h)
		for range 7 {
			w.census()
		}
		w.closeLedger(0)
		if got := w.row[c.line]; got != c.nights {
			t.Errorf("%v: a week costs %d pence, want %d", h, got, c.nights)
		}
		if got := w.row[measure.SubsistenceCost]; got != c.allowed {
			t.Errorf("%v: allowances are %d pence, want %d", h, got, c.allowed)
		}
		total := c.nights + c.allowed
		if h == SubsistenceOnly {
			total = c.allowed
		}
		if got := w.row[measure.TotalCost]; got != total {
			t.Errorf("%v: %d pence in all, want %d", h, got, total)
		}
	}
}

// TestSevenths: one allowance of 9.95 pounds a week for the 365 days of 2026
// is 995 x 365 / 7 = 51,882 pence and a seventh; what a month leaves over is
// paid in the next.
func TestSevenths(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Cost.AllowanceMeals, r.Accommodation = 9.95, policy.Accommodation{} })
	w.occupy(ruleCase(1, Preparing, 1, 0), Hotel)
	runUntil(w, 365)
	if got := sum(w.run, measure.SubsistenceCost); got != 51882 {
		t.Errorf("a year's allowances are %d pence, want 51882", got)
	}
	// January: 995 x 31 / 7 = 4,406 and 3 sevenths.
	if got := w.run.Months[0][measure.SubsistenceCost]; got != 4406 {
		t.Errorf("January's allowances are %d pence, want 4406", got)
	}
}

// TestDiscounting: at 25% a year a million pounds are worth less the later
// they are paid. January 2026 ends 31 days, 31/365.2425 years, after the
// opening: 1.25^-0.0848751 = 0.98123889; December 2027 ends 730 days after it:
// 1.25^-1.9986721 = 0.64018967.
func TestDiscounting(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Cost.DiscountRate = 0.25 })
	for month, want := range map[int]int64{0: 98_123_889, 23: 64_018_967} {
		*w.row = measure.Row{}
		w.row[measure.HotelCost], w.row[measure.ReviewCost] = 99_999_999, 1
		w.closeLedger(month)
		if got := w.row[measure.TotalCost]; got != 100_000_000 {
			t.Errorf("month %d: %d pence in all", month, got)
		}
		if got := w.row[measure.DiscountedCost]; got < want-1 || got > want+1 {
			t.Errorf("month %d: a million pounds are worth %d pence, want %d", month, got, want)
		}
	}
}

// TestServicesHaveTheirOwnPrice: one unit of each.
func TestServicesHaveTheirOwnPrice(t *testing.T) {
	w := ruleWorld(t, func(*policy.Rules) {})
	for s, c := range map[service]struct {
		line  measure.Output
		pence int64
	}{
		deciding: {measure.DecisionCost, 2000_00}, hearing: {measure.AppealCost, 3000_00}, reviewing: {measure.ReviewCost, 1000_00},
		assisting: {measure.AssistedReturnCost, 3886_00}, returningForce: {measure.EnforcedReturnCost, 22000_00},
	} {
		w.pay(s, 3)
		if got := w.row[c.line]; got != 3*c.pence {
			t.Errorf("three units cost %d pence, want %d", got, 3*c.pence)
		}
	}
}

// TestNightsAreCountedAtMidnight: whoever comes during day 0 and leaves during
// day 3 has stayed three nights.
func TestNightsAreCountedAtMidnight(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Cost.Hotel, r.Accommodation = 100, policy.Accommodation{} })
	c := housed(w, ruleCase(1, Preparing, 2, 0))
	w.endSupportAt(c, 3*clock.DayTicks+60)
	runUntil(w, 10)
	if got := w.row[measure.HotelCost]; got != 2*3*100_00 {
		t.Errorf("three nights of two people cost %d pence, want 60000", got)
	}
	if w.nights[Hotel] != 6 || w.stayNights[Hotel] != 6 {
		t.Errorf("%d nights paid, %d stayed, want 6", w.nights[Hotel], w.stayNights[Hotel])
	}
}
