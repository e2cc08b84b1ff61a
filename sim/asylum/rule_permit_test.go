package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// tenOClock is ten in the morning of a date, for runs from 31 December 2025.
func tenOClock(date string) clock.Tick {
	return clock.Day(clock.MustDate(date)-clock.MustDate("2026-01-01")).Tick() + 10*3600
}

// TestSettlementOnTheDay: leave of 60 months from 10 January 2026 ends at the
// start of 10 January 2031, when five years are complete: settled. Of 59
// months it ends a month too early, of 61 months a month later than needed.
// Unaccompanied children have a length and years of their own.
func TestSettlementOnTheDay(t *testing.T) {
	for _, c := range []struct {
		flags    Flags
		length   unit.Months
		years    unit.Years
		expires  string
		settled  bool
		children uint8
	}{
		{0, 60, 5, "2031-01-10", true, 2},
		{0, 59, 5, "2030-12-10", false, 2},
		{0, 61, 5, "2031-02-10", true, 2},
		{Unaccompanied, 24, 2, "2028-01-10", true, 1},
		{Unaccompanied, 24, 3, "2028-01-10", false, 1},
	} {
		w := ruleWorld(t, func(r *policy.Rules) {
			p := &r.Permit
			p.SettlementShare, p.Length, p.SettlementYears, p.LengthUASC, p.SettlementUASC = 1, 36, 8, 36, 8
			if c.flags.Has(Unaccompanied) {
				p.LengthUASC, p.SettlementUASC = c.length, c.years
			} else {
				p.Length, p.SettlementYears = c.length, c.years
			}
		})
		seen := watch(w)
		w.now = tenOClock("2026-01-10")
		k := ruleCase(1, Decidable, 1, c.children)
		k.Flags, k.Claimed = c.flags, w.now-500*clock.DayTicks
		w.grant(k)
		e := (*seen)[0]
		if want := tenOClock(c.expires) - 10*3600; e.At != want || e.Record.Next != PermitExpires {
			t.Fatalf("leave of %d months ends at %d, want %d", c.length, e.At, want)
		}
		w.now = e.At
		w.handle(&e.Record)
		people := int64(k.People())
		if settled := e.Record.Stage == Settled; settled != c.settled || w.row[measure.SettledPeople] != people*int64(number(c.settled)) {
			t.Errorf("%d months, %d years: %v, %d people settled", c.length, c.years, e.Record.Stage, w.row[measure.SettledPeople])
		}
		if due := w.row[measure.PermitReviewsDueCases]; due != 1-int64(number(c.settled)) || w.reviews.Len() != int(due) {
			t.Errorf("%d months, %d years: %d reviews due, %d open", c.length, c.years, due, w.reviews.Len())
		}
	}
}

// TestSettlementShare: 70% of those who have qualified settle.
func TestSettlementShare(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Permit.SettlementShare, r.Permit.SettlementYears = 0.7, 5 })
	w.now = tenOClock("2031-01-10")
	const n = 10000
	for key := range n {
		c := ruleCase(key, Permitted, 1, 0)
		c.Protected, c.Permits = tenOClock("2026-01-10"), 1
		w.expirePermit(c)
	}
	expectShare(t, "settled", int(w.row[measure.SettledPeople]), n, 0.7)
	if w.row[measure.SettledPeople]+w.row[measure.PermitReviewsDueCases] != n {
		t.Error("somebody neither settled nor came up for review")
	}
}

// TestProtectionCountsFromItsFirstGrant: a renewal and an appeal won give leave
// of 30 months from their own date, and leave the date from which the years to
// settlement run.
func TestProtectionCountsFromItsFirstGrant(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Permit.Length, r.Permit.SettlementYears, r.Permit.SettlementShare = 30, 5, 1
		r.Permit.CessationRate[0], r.Appeal.Withdrawn, r.Appeal.CessationAllow = 0, 0, 1
	})
	seen := watch(w)
	first := tenOClock("2026-01-10")
	w.now = first
	c := ruleCase(1, Decidable, 1, 0)
	w.grant(c)
	expires := func(what, date string) {
		t.Helper()
		e := (*seen)[len(*seen)-1]
		if want := tenOClock(date) - 10*3600; e.At != want || e.Record.Protected != first {
			t.Errorf("%s: leave ends at %d, want %d; protected since %d, want %d", what, e.At, want, e.Record.Protected, first)
		}
		w.now = e.At
		c = &e.Record
		w.handle(c)
	}
	expires("grant", "2028-07-10")
	// Reviewed on 1 August 2028 and renewed.
	w.now = tenOClock("2028-08-01")
	w.review(c)
	if c.Stage != Permitted || w.row[measure.PermitsRenewedPeople] != 1 || c.Permits != 2 {
		t.Errorf("after the review: %v, %d renewed, permit %d", c.Stage, w.row[measure.PermitsRenewedPeople], c.Permits)
	}
	// At the end of the second permit five years have passed.
	expires("renewal", "2031-02-01")
	if c.Stage != Settled {
		t.Errorf("after five years of protection: %v", c.Stage)
	}

	// Ceased at a review, and the appeal won on 1 September 2028.
	c = ruleCase(2, Appealing, 1, 0)
	c.Protected, c.Flags, c.Permits, c.Appeals = first, Ceased, 1, 1
	w.now = tenOClock("2028-09-01")
	w.determine(c)
	if c.Flags.Has(Ceased) {
		t.Error("protection is still marked as ceased after the appeal was won")
	}
	expires("appeal won", "2031-03-01")
	if c.Stage != Settled {
		t.Errorf("after five years of protection: %v", c.Stage)
	}

	// A first grant after an appeal is protection from that date.
	c = ruleCase(3, Appealing, 1, 0)
	w.now = tenOClock("2027-01-10")
	w.grant(c)
	if c.Protected != w.now {
		t.Errorf("protected since %d, want %d", c.Protected, w.now)
	}
}

// TestReviewOutcomes: at a rate by which the need of 30% ends in five years,
// 30% cease at a review after that time, the others are renewed; both are paid
// for.
func TestReviewOutcomes(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Permit.CessationRate[0], r.Permit.CessationRate[1] = unit.PerYear(-math.Log(0.7)/5), 0
	})
	const n = 10000
	for key := range n {
		c := ruleCase(key, Reviewing, 1, 2)
		c.Permits = 1
		w.review(c)
		if ceased := c.Stage == AppealWindow; ceased != c.Flags.Has(Ceased) || !ceased && c.Stage != Permitted {
			t.Fatalf("%v, marked as ceased: %v", c.Stage, c.Flags.Has(Ceased))
		}
	}
	ceased, renewed := w.row[measure.PermitsCeasedPeople], w.row[measure.PermitsRenewedPeople]
	expectShare(t, "ceased", int(ceased/3), n, 0.3)
	if ceased+renewed != 3*n || w.row[measure.PermitReviewsDoneCases] != n || w.row[measure.ReviewCost] != n*1000_00 {
		t.Errorf("%d people ceased, %d renewed, %d reviews for %d pence", ceased, renewed, w.row[measure.PermitReviewsDoneCases], w.row[measure.ReviewCost])
	}
}

// TestShortPermitsFindNoMoreCessation: five reviews a year apart end the
// protection of as many as one after five years.
func TestShortPermitsFindNoMoreCessation(t *testing.T) {
	stays := func(months unit.Months, reviews int) float64 {
		w := ruleWorld(t, func(r *policy.Rules) { r.Permit.CessationRate[0], r.Permit.Length = 0.1, months })
		left := 1.0
		for range reviews {
			left *= 1 - float64(w.chanceOfCessation(ruleCase(1, Reviewing, 1, 0)))
		}
		return left
	}
	near(t, "still protected after five years", stays(12, 5), math.Exp(-0.5))
	near(t, "still protected after five years", stays(60, 1), math.Exp(-0.5))
}

// TestNeedCanEndWhileAReviewIsOpen: a permit of two years and a review that has
// been open for one year are three years in which the need may have ended, and
// at a rate of 0.1 has in 1 - exp(-0.3) of cases.
func TestNeedCanEndWhileAReviewIsOpen(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Permit.CessationRate[0], r.Permit.Length = 0.1, 24 })
	c := ruleCase(1, Reviewing, 1, 0)
	c.Since = clock.Day(1000).Tick()
	for years, want := range []float64{0.2, 0.3, 0.4} {
		w.now = c.Since.After(float64(years) * unit.DaysPerYear)
		// A tick is whole: a year's last fraction of a second is lost.
		if got := float64(w.chanceOfCessation(c)); math.Abs(got - -math.Expm1(-want)) > 1e-8 {
			t.Errorf("after %d years of review the chance is %.9f, want %.9f", years, got, -math.Expm1(-want))
		}
	}
}

// TestReviewsAYear: 10 staff at 20 reviews a month do 2,400 a year from a
// queue that is long enough.
func TestReviewsAYear(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Permit.ReviewStaff, r.Permit.ReviewRate, r.Permit.SettlementShare = 10, 20, 0 })
	for key := range 6000 {
		w.expirePermit(ruleCase(key, Permitted, 1, 0))
	}
	runUntil(w, 365)
	if got := sum(w.run, measure.PermitReviewsDoneCases); got < 2399 || got > 2400 {
		t.Errorf("%d reviews in a year, want 2400", got)
	}
}

// TestLeaveGoesOnDuringAReview: two people with leave and three whose permit
// is being reviewed are five people with a permit in force.
func TestLeaveGoesOnDuringAReview(t *testing.T) {
	w := ruleWorld(t, func(*policy.Rules) {})
	w.move(ruleCase(1, Outside, 2, 0), Permitted)
	c := ruleCase(2, Outside, 2, 1)
	w.move(c, Permitted)
	w.move(c, Reviewing)
	w.snapshot(0)
	if people, open := w.row[measure.PermitsInForcePeople], w.row[measure.PermitReviewsOpenCases]; people != 5 || open != 1 {
		t.Errorf("%d people with permits, %d reviews open, want 5 and 1", people, open)
	}
}
