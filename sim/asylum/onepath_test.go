package asylum

import (
	"fmt"
	"slices"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// The tests of this file follow one case from its claim to its end, through a
// world without anybody else, where every duration is fixed and every chance is
// 0 or 1. All dates and pence are worked out on paper.

// pathRules leave nothing to chance: ten days of preparation, no withdrawal,
// everybody in need and housed in a hotel.
func pathRules() policy.Rules {
	r := quietRules()
	d := &r.Decision
	d.PreparationMean, d.PreparationCV, d.WithdrawalRate, d.Administrative = 10, 0, 0, 0
	d.Grant = policy.ByNationality[unit.Probability]{}
	r.Appeal = policy.Appeal{Lodged: 1, TimeLimit: 60, Allowed: policy.ByNationality[unit.Probability]{1, 1, 1}}
	p := &r.Permit
	p.SettlementShare, p.SettlementTests, p.CessationRate = 1, 1, policy.ByNationality[unit.PerYear]{}
	r.Support = policy.Support{Need: policy.ByRoute[unit.Probability]{1, 1, 1, 1}, MoveOnSingle: 28, MoveOnFamily: 56}
	r.Accommodation = policy.Accommodation{}
	r.Cost.Detention = 107
	return r
}

// path is a world with one case in it.
type path struct {
	w     *World
	diary []string // what happened to the case on its own day, with the date
}

// claimed opens a world by some rules, which other rules follow from given
// dates, and lets a case claim on a date at ten in the morning. A hundred
// caseworkers are at work in the month of the claim.
func claimed(t *testing.T, date string, c *Case, rules policy.Rules, changes ...any) *path {
	t.Helper()
	w := vacantWorld(datedModel(8, rules, changes...))
	p := &path{w: w}
	names := map[Kind]string{
		BecomesDecidable: "decidable", LodgesAppeal: "lodges", PermitExpires: "permit expires",
		SupportEnds: "support ends", DetentionEnds: "detention ends",
	}
	w.testOnlyObserve = func(scheduled bool, e event.Entry[Case]) {
		if !scheduled {
			p.diary = append(p.diary, fmt.Sprint(w.model.Timeline.Date(w.day), " ", names[e.Record.Next]))
		}
	}
	runUntil(w, w.model.Timeline.DayOf(clock.MustDate(date)))
	w.staff.deployed = 100
	w.claim(c, w.day.Tick()+10*3600)
	return p
}

// until runs to the end of a date.
func (p *path) until(date string) { runUntil(p.w, p.w.model.Timeline.DayOf(clock.MustDate(date))+1) }

// expect compares the diary, and outputs in the months that end on given dates;
// of the outputs that are named, nothing may be in any other month.
func (p *path) expect(t *testing.T, diary []string, outputs map[measure.Output]map[string]int64) {
	t.Helper()
	if !slices.Equal(p.diary, diary) {
		t.Errorf("the diary is %q, want %q", p.diary, diary)
	}
	for output, want := range outputs {
		for i, end := range p.w.model.Timeline.Months {
			if got := p.w.run.Months[i][output]; got != want[end.String()] {
				t.Errorf("%v: %d in the month to %v, want %d", output, got, end, want[end.String()])
			}
		}
	}
	if err := p.w.audit(&Population{}); err != nil {
		t.Error(err)
	}
}

// caseWhose finds a case of one adult with a mark above a bound.
func caseWhose(slot random.Slot, occurrence uint8, above float64) *Case {
	w := World{source: random.NewSource(1, 0)} // that of vacantWorld
	for key := 0; ; key++ {
		if c := ruleCase(key, Outside, 1, 0); w.uniform(c, slot, occurrence) > above {
			return c
		}
	}
}

// TestFromClaimToSettlement:
//
//	Fri 15 May 2026  claims at ten, and is housed in a hotel
//	Mon 25 May       prepared after ten days, on the spring bank holiday
//	Tue 26 May       decided on the next working day: refused; the 60 days to appeal run from its end
//	Sat 25 Jul       lodges on the last of them, since they end with it
//	Thu 30 Jul       heard. The tribunal works from Friday 3 July, 69 appeals a year being a quarter
//	                 on each of July's 23 working days: one on the 8th, 14th, 20th, 24th and 30th
//	Fri 31 Jul       leave from its start: allowed, 19 months
//	Fri 28 Aug       support ends at its start, 28 days later
//	Tue 29 Feb 2028  the permit expires, there being no 31st; reviewed that day
//	Wed  1 Mar       leave from its start, 41 months
//	Fri  1 Aug 2031  it expires, a day after the five years to settlement were over
//
// Nights in the hotel are 17 in May, 30, 31, and 27 in August: 105, of 144.98
// pounds. In as many days, 15 weeks, 15 allowances of 9.95 are paid, at the ends
// of the months: of 2,416 pence and 3/7 for May, 4,264 2/7, 4,406 3/7 and 3,837 6/7,
// each month what is whole by then.
func TestFromClaimToSettlement(t *testing.T) {
	closed := pathRules()
	closed.Permit.Length, closed.Permit.RenewalLength, closed.Permit.SettlementYears = 19, 41, 5
	open := closed
	open.Appeal.Capacity = 69
	p := claimed(t, "2026-05-15", caseWhose(drawAppealTime, 0, 59.0/60), closed, "2026-07-03", open)
	p.until("2033-12-31")
	p.expect(t, []string{
		"2026-05-25 decidable", "2026-07-25 lodges", "2026-08-28 support ends", "2028-02-29 permit expires", "2031-08-01 permit expires",
	}, map[measure.Output]map[string]int64{
		measure.AsylumClaimsPeople:     {"2026-05-31": 1},
		measure.RefusalsPeople:         {"2026-05-31": 1},
		measure.DecisionCost:           {"2026-05-31": 2000_00},
		measure.AppealsLodgedCases:     {"2026-07-31": 1},
		measure.AppealsAllowedCases:    {"2026-07-31": 1},
		measure.AppealCost:             {"2026-07-31": 3000_00},
		measure.PermitReviewsDueCases:  {"2028-02-29": 1},
		measure.PermitReviewsDoneCases: {"2028-02-29": 1},
		measure.ReviewCost:             {"2028-02-29": 1000_00},
		measure.SettledPeople:          {"2031-08-31": 1},
		measure.HotelCost:              {"2026-05-31": 17 * 144_98, "2026-06-30": 30 * 144_98, "2026-07-31": 31 * 144_98, "2026-08-31": 27 * 144_98},
		measure.SubsistenceCost:        {"2026-05-31": 2416, "2026-06-30": 4264, "2026-07-31": 4407, "2026-08-31": 3838},
		measure.DispersalCost:          {},
	})
	if w := p.w; w.stock.totalCases(Settled) != 1 || w.run.Waits[measure.WaitDecision][0] != 1 || w.run.Waits[measure.WaitAppeal][0] != 1 {
		t.Error("the case did not settle after a short wait for each decision")
	}
}

// TestFromClaimToEnforcedReturn:
//
//	Fri 15 May 2026  claims at ten, and is housed in a hotel
//	Mon 25 May       prepared, on the spring bank holiday
//	Tue 26 May       refused, and certified: no right of appeal
//	Wed 27 May       detained when the working day ends; its mark makes the stay longer
//	                 than the mean, and it is cut at ten days
//	Sun  7 Jun       returned at its start
//
// Nights in the hotel: 15 to 26 May, 12; in detention: 27 to 31 May and 1 to 6
// June, 5 and 6. Twelve days' allowances of 9.95 pounds a week are 1,705 pence and
// five sevenths.
func TestFromClaimToEnforcedReturn(t *testing.T) {
	r := pathRules()
	r.Appeal.Certified = policy.ByNationality[unit.Probability]{1, 1, 1}
	r.Returns.Returnable = policy.ByNationality[unit.Probability]{1, 1, 1}
	r.Support.RefusedSingle = 1
	r.Enforcement = policy.Enforcement{Attempts: 12000, Beds: 5, BedsMost: 5, Stay: 10, LongestStay: 10, Seats: 3660, Success: 1, FamilyAttempt: 1}
	p := claimed(t, "2026-05-15", caseWhose(drawStay, 1, 0.64), r)
	p.until("2026-05-27")
	if w := p.w; w.stock.totalCases(Detained) != 1 || w.detention.beds.InUse != 1 || w.beds[Hotel].InUse != 0 {
		t.Error("not in detention, or also in a hotel, at the end of 27 May")
	}
	p.until("2033-12-31")
	p.expect(t, []string{"2026-05-25 decidable", "2026-06-07 detention ends"}, map[measure.Output]map[string]int64{
		measure.RefusalsPeople:        {"2026-05-31": 1},
		measure.ReturnsEnforcedPeople: {"2026-06-30": 1},
		measure.EnforcedReturnCost:    {"2026-06-30": 22000_00},
		measure.DetentionCost:         {"2026-05-31": 5 * 107_00, "2026-06-30": 6 * 107_00},
		measure.HotelCost:             {"2026-05-31": 12 * 144_98},
		measure.SubsistenceCost:       {"2026-05-31": 1705},
		measure.AppealsLodgedCases:    {},
		measure.TotalCost: {"2026-05-31": 2000_00 + 12*144_98 + 1705 + 5*107_00,
			"2026-06-30": 22000_00 + 6*107_00},
	})
}

// TestFamilyMovesAndMovesOn: a family of four.
//
//	Fri 15 May 2026  claims, and is housed in a hotel: three beds of dispersal are too few
//	Tue 26 May       granted when the working day ends
//	Wed 10 Jun       a fourth bed: moves at the end of the day, and sleeps there
//	Wed 22 Jul       support ends at its start, 56 days after 27 May
//
// Nights in the hotel: 17 in May and 9 in June, four people each; in dispersal 21
// in June and 21 in July. Allowances in sevenths of a penny: 68 x 995 in May,
// which are 9,665 pence and 5; (36 x 995 + 84 x 4,918) + 5 in June, 64,133 and 2; and
// 84 x 4,918 + 2 in July, 59,016 and 2.
func TestFamilyMovesAndMovesOn(t *testing.T) {
	three := pathRules()
	three.Decision.Grant = policy.ByNationality[unit.Probability]{1, 1, 1}
	three.Accommodation.Dispersal = 3
	four := three
	four.Accommodation.Dispersal = 4
	p := claimed(t, "2026-05-15", ruleCase(1, Outside, 2, 2), three, "2026-06-10", four)
	p.until("2026-12-31")
	p.expect(t, []string{"2026-05-25 decidable", "2026-07-22 support ends"}, map[measure.Output]map[string]int64{
		measure.GrantsPeople:    {"2026-05-31": 4},
		measure.HotelPeople:     {"2026-05-31": 4},
		measure.DispersalPeople: {"2026-06-30": 4},
		measure.HotelCost:       {"2026-05-31": 4 * 17 * 144_98, "2026-06-30": 4 * 9 * 144_98},
		measure.DispersalCost:   {"2026-06-30": 4 * 21 * 23_25, "2026-07-31": 4 * 21 * 23_25},
		measure.SubsistenceCost: {"2026-05-31": 9665, "2026-06-30": 64133, "2026-07-31": 59016},
	})
	if stays := p.w.run.Waits[measure.StayHotelFamily]; stays[0] != 1 { // of 26 nights, below 30
		t.Errorf("hotel stays of families are %v", stays[:3])
	}
}
