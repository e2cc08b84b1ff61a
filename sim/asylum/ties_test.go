package asylum

import (
	"slices"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// Day 1 of these runs, Friday 2 January 2026, is their first working day.

// TestManyPermitsExpireInOneSecond: they are handled in the order in which they
// were granted, and join the queue for a review in it.
func TestManyPermitsExpireInOneSecond(t *testing.T) {
	const n = 500
	w := ruleWorld(t, func(r *policy.Rules) { r.Permit.SettlementShare, r.Permit.ReviewStaff = 0, 0 })
	var granted, handled, queued []random.Key
	for key := range n {
		c := ruleCase(key, Decidable, 1, 0)
		granted = append(granted, c.Key)
		w.grant(c)
	}
	w.testOnlyObserve = func(scheduled bool, e event.Entry[Case]) {
		if !scheduled {
			handled = append(handled, e.Record.Key)
		}
	}
	runUntil(w, w.model.Timeline.DayOf(clock.MustDate("2031-01-01"))+1) // 60 months from the start
	w.reviews.Each(func(c *Case) { queued = append(queued, c.Key) })
	if !slices.Equal(handled, granted) || !slices.Equal(queued, granted) {
		t.Errorf("of %d grants %d expired and %d queue, or not in order", len(granted), len(handled), len(queued))
	}
}

// TestLeavingComesBeforeService: of two cases in a queue one is to leave on the
// very day on which both could be served. It leaves, and is not served; the
// other is served; nobody is both, or neither.
func TestLeavingComesBeforeService(t *testing.T) {
	t.Run("a claim is withdrawn on the day of its decision", func(t *testing.T) {
		w := ruleWorld(t, func(r *policy.Rules) { r.Decision.Administrative = 0 })
		w.staff.deployed = 1000
		w.join(w.decisions[standardClass], ruleCase(1, Decidable, 2, 1), firstWorkingDay)
		w.join(w.decisions[standardClass], ruleCase(2, Decidable, 1, 0), firstWorkingDay+1)
		w.day, w.staff.trained = 0, 1000
		for ; w.day <= firstWorkingDay; w.day++ {
			w.runDay()
			w.staff.deployed = 1000
		}
		if gone, decided, cost := w.row[measure.WithdrawalsPeople], w.row[measure.InitialDecisionsPeople], w.row[measure.DecisionCost]; gone != 3 || decided != 1 || cost != 2000_00 {
			t.Errorf("%d people withdrew and %d were decided for %d pence, want 3 and 1 for 200000", gone, decided, cost)
		}
	})
	t.Run("somebody returns on the day of an attempt", func(t *testing.T) {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Enforcement.Attempts, r.Returns.Absconding, r.Returns.AssistedShare = 1e6, 0, 0
		})
		leaves, stays := ruleCase(1, Removable, 1, 1), ruleCase(2, Removable, 1, 0)
		leaves.Detail = uint8(returnsAlone)
		w.join(w.removals, leaves, firstWorkingDay)
		w.join(w.removals, stays, clock.NoDay)
		runUntil(w, firstWorkingDay+1)
		if gone, held := w.row[measure.ReturnsVoluntaryPeople], w.stock.totalPeople(Detained); gone != 2 || held != 1 || w.removals.Len() != 0 {
			t.Errorf("%d people returned, %d are detained and %d cases wait, want 2, 1 and none", gone, held, w.removals.Len())
		}
	})
	t.Run("a hold ends on the day of a transfer", func(t *testing.T) {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Intake = policy.Intake{TransferCapacity: 1e6, TransferLegal: 1, TransferHold: 100}
		})
		w.join(w.transfers, ruleCase(1, TransferHeld, 1, 0), firstWorkingDay)
		w.join(w.transfers, ruleCase(2, TransferHeld, 2, 0), firstWorkingDay+1)
		runUntil(w, firstWorkingDay+1)
		if sent, prepared := w.row[measure.ThirdCountryTransfersPeople], w.stock.totalPeople(Preparing); sent != 2 || prepared != 1 {
			t.Errorf("%d people were transferred and %d are prepared for a decision, want 2 and 1", sent, prepared)
		}
	})
}

// TestManyLeaveOnOneDay: all with the deadline of the day leave on it, whatever
// the order in which they joined, and nobody else does.
func TestManyLeaveOnOneDay(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Decision.Caseworkers, r.Decision.Fewest, r.Decision.Hiring = 0, 0, 0 })
	for key := range 30 {
		w.join(w.decisions[standardClass], ruleCase(key, Decidable, 1, 0), clock.Day(5+key%3))
	}
	for _, c := range []struct {
		until clock.Day
		wait  int
	}{{5, 30}, {6, 20}, {7, 10}, {8, 0}} {
		runUntil(w, c.until)
		if got := w.waitingForDecision(); got != c.wait || int(w.row[measure.WithdrawalsPeople]) != 30-c.wait {
			t.Errorf("before day %d: %d wait and %d withdrew, want %d to wait", c.until, got, w.row[measure.WithdrawalsPeople], c.wait)
		}
	}
}

// TestBedsCutBelowUse: rules that take beds away put nobody out. Nobody moves in
// while there are as many people as beds, or more; somebody does when there are
// fewer.
func TestBedsCutBelowUse(t *testing.T) {
	for h, beds := range map[Housing]func(people unit.People) policy.Accommodation{
		Dispersal:            func(n unit.People) policy.Accommodation { return policy.Accommodation{Dispersal: n} },
		InitialAccommodation: func(n unit.People) policy.Accommodation { return policy.Accommodation{Initial: n} },
		LargeSite:            func(n unit.People) policy.Accommodation { return policy.Accommodation{LargeSite: n} },
		OtherAccommodation:   func(n unit.People) policy.Accommodation { return policy.Accommodation{Other: n} },
	} {
		full := quietRules()
		full.Accommodation = beds(10)
		less := full
		less.Accommodation = beds(4)
		w := vacantWorld(datedModel(1, full, "2026-01-11", less)) // on day 10
		key := 0
		var cases []*Case
		comes := func() *Case {
			key++
			c := ruleCase(key, Preparing, 1, 0)
			c.Place = w.accommodate(c)
			w.moveToDispersal()
			return c
		}
		for range 8 {
			cases = append(cases, comes())
		}
		expect := func(when string, people, hotel int64) {
			t.Helper()
			if got, other := w.beds[h].InUse, w.beds[Hotel].InUse; got != people || other != hotel {
				t.Errorf("%v, %s: %d people and %d in hotels, want %d and %d", h, when, got, other, people, hotel)
			}
		}
		runUntil(w, 10)
		expect("before the cut", 8, 0)
		runUntil(w, 12)
		expect("after the cut", 8, 0)
		comes()
		expect("with one more", 8, 1)
		for _, c := range cases[:4] {
			w.endSupport(c)
		}
		comes()
		expect("with four in four beds", 4, 2)
		w.endSupport(cases[4])
		runUntil(w, 13)
		if h == Dispersal { // the first of the list has moved, and one waits
			expect("with a bed given back", 4, 1)
			continue
		}
		comes()
		expect("with a bed given back", 4, 2)
	}
}

// TestDetentionCutBelowUse: two beds less than people are detained. All stay
// for the twenty days at which stays are cut, as they would have; attempts begin
// again when a bed is free.
func TestDetentionCutBelowUse(t *testing.T) {
	before := quietRules()
	before.Enforcement = policy.Enforcement{Attempts: 1e6, Beds: 5, BedsMost: 5, Stay: 1e5, LongestStay: 20, Seats: 1e9, Success: 1, FamilyAttempt: 1}
	after := before
	after.Enforcement.Beds, after.Enforcement.BedsMost = 3, 3
	w := vacantWorld(datedModel(1, before, "2026-01-11", after))
	for i := range 9 {
		w.enterStay(testCase(i), Removable)
	}
	for _, c := range []struct {
		date            string
		detained, gone  int64
		waiting, unused int
	}{
		{"2026-01-02", 5, 0, 4, 0}, // five are detained when Friday ends
		{"2026-01-22", 5, 0, 4, 0}, // after the cut none is put out, and none follows
		{"2026-01-23", 3, 5, 1, 0}, // on Friday, after 20 days, all five go, and three of the others are detained
		{"2026-02-12", 3, 5, 1, 0}, // for 20 days from Saturday
		{"2026-02-13", 1, 8, 0, 2},
		{"2026-03-10", 0, 9, 0, 3},
	} {
		runUntil(w, w.model.Timeline.DayOf(clock.MustDate(c.date))+1)
		detained, gone := int64(w.stock.totalPeople(Detained)), int64(w.stock.totalPeople(ReturnedForce))
		if detained != c.detained || gone != c.gone || w.removals.Len() != c.waiting || w.detention.beds.Free() != int64(c.unused) {
			t.Errorf("%s: %d detained, %d returned, %d in line, %d beds free; want %+v", c.date, detained, gone, w.removals.Len(), w.detention.beds.Free(), c)
		}
	}
}

// TestRulesChangeOnAnyDay: the price of a night is that of its own date, whether
// the rules change on the opening date, on the day after it, which is the first of
// the run, on a Saturday, on the Sunday after it or on the last day.
func TestRulesChangeOnAnyDay(t *testing.T) {
	opening := clock.MustDate("2025-12-31")
	last := opening.AddMonths(12)
	regime := &policy.Regime{Name: "test"}
	priced := func(date clock.Date, price unit.Pounds) {
		r := quietRules()
		r.Accommodation, r.Cost.Hotel = policy.Accommodation{}, price
		regime.Starts, regime.Epochs = append(regime.Starts, date), append(regime.Epochs, r)
	}
	priced(opening-1000, 1)
	priced(opening, 2)
	priced(opening+1, 3)
	priced(opening+10, 4) // Saturday 10 January 2026
	priced(opening+11, 5)
	priced(last, 6)
	w := vacantWorld(Compile(regime, clock.NewTimeline(opening, 1), groups))
	housed(w, ruleCase(1, Preparing, 1, 0))
	paid := int64(0)
	for ; w.day < w.model.Timeline.Days; w.day++ {
		w.runDay()
		total := sum(w.run, measure.HotelCost)
		want := int64(5)
		switch date := w.model.Timeline.Date(w.day); {
		case date < opening+10:
			want = 3
		case date == opening+10:
			want = 4
		case date == last:
			want = 6
		}
		if total-paid != want*100 {
			t.Errorf("the night of %v costs %d pence, want %d", w.model.Timeline.Date(w.day), total-paid, want*100)
		}
		paid = total
	}
	if want := int64(9*3+4+(365-11)*5+6) * 100; paid != want {
		t.Errorf("the year costs %d pence, want %d", paid, want)
	}
}
