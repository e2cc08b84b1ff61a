package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// emptyWorld is a world without anybody, with the given beds.
func emptyWorld(t *testing.T, dispersal, initial, largeSite, other int64) *World {
	t.Helper()
	r := fixedRules()
	r.Accommodation.DispersalGrowth = 0
	r.Cost.Hotel = 145
	m := fixedModel(r, 2)
	w := NewWorld(m.Timeline)
	w.reset(m, random.NewSource(1, 0))
	w.beds[Dispersal].Size, w.beds[InitialAccommodation].Size = dispersal, initial
	w.beds[LargeSite].Size, w.beds[OtherAccommodation].Size = largeSite, other
	return w
}

func family(key random.Key, adults, children uint8) *Case {
	return &Case{Key: key, Adults: adults, Children: children, Place: noPlace, Cohort: -1}
}

// TestFamilyOfThreeInHotelForAYear reproduces the published arithmetic: three
// people at 145 pounds a night for 365 nights cost 158,775 pounds.
func TestFamilyOfThreeInHotelForAYear(t *testing.T) {
	w := emptyWorld(t, 0, 0, 0, 0)
	c := family(7, 2, 1)
	c.Place = w.accommodate(c)
	for w.day = 0; w.day < 365; w.day++ {
		w.census()
	}
	w.endSupport(c)
	w.census()
	if got := w.row[measure.HotelCost]; got != 158_775_00 {
		t.Errorf("a year costs %d pence, want 15877500", got)
	}
	if w.nights[Hotel] != 3*365 || w.stayNights[Hotel] != 3*365 {
		t.Errorf("%d nights paid, %d stayed, want 1095", w.nights[Hotel], w.stayNights[Hotel])
	}
	w.closeLedger(0)
	// Three allowances of 9.95 a week for 365 days: 995 * 3 * 365 / 7.
	if got := w.row[measure.SubsistenceCost]; got != 155646 {
		t.Errorf("allowances are %d pence, want 155646", got)
	}
}

// TestNightsThatAPaymentEquals: the nights after which a family of three has cost
// 30,000 pounds, to the nearest night: 69 in a hotel at 145 pounds a person, 430
// in dispersal at 23.25.
func TestNightsThatAPaymentEquals(t *testing.T) {
	for housing, want := range map[Housing]clock.Day{Hotel: 69, Dispersal: 430} {
		w := emptyWorld(t, 100, 0, 0, 0)
		w.occupy(family(7, 2, 1), housing)
		line, nearest, off := nightLine[housing], clock.Day(0), int64(1)<<40
		for w.day = 1; w.day <= 600; w.day++ {
			w.census()
			if gap := max(w.row[line]-30_000_00, 30_000_00-w.row[line]); gap < off {
				nearest, off = w.day, gap
			}
		}
		if nearest != want {
			t.Errorf("%v: %d nights cost as much as the payment, want %d", housing, nearest, want)
		}
	}
}

func TestWhoGoesWhere(t *testing.T) {
	w := emptyWorld(t, 0, 2, 1, 1)
	for i, want := range []Housing{LargeSite, OtherAccommodation, InitialAccommodation, InitialAccommodation, Hotel} {
		c := family(random.Key(i+1), 1, 0)
		if got := w.places[w.accommodate(c)].housing; got != want {
			t.Errorf("single adult %d lives in %v, want %v", i+1, got, want)
		}
	}
	w = emptyWorld(t, 0, 2, 9, 1)
	if got := w.places[w.accommodate(family(9, 2, 1))].housing; got != Hotel {
		t.Errorf("a family of three lives in %v, want a hotel: no other bed fits it", got)
	}
}

// TestDispersalList: first come, first served; a family moves whole, and
// nobody passes one that has to wait for room.
func TestDispersalList(t *testing.T) {
	w := emptyWorld(t, 3, 0, 0, 0)
	four, one, two := family(1, 2, 2), family(2, 1, 0), family(3, 1, 1)
	for _, c := range []*Case{four, one, two} {
		c.Place = w.accommodate(c)
	}
	w.moveToDispersal()
	if w.beds[Dispersal].InUse != 0 {
		t.Error("somebody passed the family of four")
	}
	w.beds[Dispersal].Size = 5
	w.moveToDispersal()
	if w.places[four.Place].housing != Dispersal || w.places[one.Place].housing != Dispersal || w.places[two.Place].housing != Hotel {
		t.Error("five beds should hold the family of four and the single adult")
	}
	// Leaving a hotel also leaves the waiting list.
	w.endSupport(two)
	w.beds[Dispersal].Size = 50
	w.moveToDispersal()
	if w.beds[Dispersal].InUse != 5 || w.beds[Hotel].InUse != 0 || w.dispersalList.Len() != 0 {
		t.Errorf("%d in dispersal, %d in hotels, %d on the list", w.beds[Dispersal].InUse, w.beds[Hotel].InUse, w.dispersalList.Len())
	}
}

// TestInitialAccommodationIsOnTheWayToDispersal: who lives there waits on the
// same list as those in hotels, in order of coming, and who lives on a large
// site or in other accommodation does not.
func TestInitialAccommodationIsOnTheWayToDispersal(t *testing.T) {
	w := emptyWorld(t, 0, 1, 1, 1)
	var who [4]*Case
	for i, want := range []Housing{LargeSite, OtherAccommodation, InitialAccommodation, Hotel} {
		who[i] = family(random.Key(i+1), 1, 0)
		who[i].Place = w.accommodate(who[i])
		if got := w.places[who[i].Place].housing; got != want {
			t.Fatalf("adult %d lives in %v, want %v", i+1, got, want)
		}
	}
	for beds, want := range [][4]Housing{
		{LargeSite, OtherAccommodation, InitialAccommodation, Hotel},
		{LargeSite, OtherAccommodation, Dispersal, Hotel},
		{LargeSite, OtherAccommodation, Dispersal, Dispersal},
		{LargeSite, OtherAccommodation, Dispersal, Dispersal},
	} {
		w.beds[Dispersal].Size = int64(beds)
		w.moveToDispersal()
		for i, c := range who {
			if got := w.places[c.Place].housing; got != want[i] {
				t.Errorf("with %d beds in dispersal adult %d lives in %v, want %v", beds, i+1, got, want[i])
			}
		}
	}
}

// TestTimerOfAnEarlierStayIsVoid: support ends early, the place goes to
// somebody else, and the old timer must not put them out.
func TestTimerOfAnEarlierStayIsVoid(t *testing.T) {
	w := emptyWorld(t, 0, 0, 0, 0)
	first, second := family(1, 1, 0), family(2, 1, 0)
	first.Place = w.accommodate(first)
	timer := *first
	w.endSupportAt(first, 21*clock.DayTicks)
	w.endSupport(first)
	second.Place = w.accommodate(second)
	if second.Place != timer.Place {
		t.Fatal("the place was not used again")
	}
	w.now = 21 * clock.DayTicks
	w.timeSupport(&timer)
	if !w.holdsPlace(second) || w.beds[Hotel].InUse != 1 {
		t.Error("an old timer ended somebody else's support")
	}
	w.endSupportAt(second, 30*clock.DayTicks)
	w.now = 30 * clock.DayTicks
	w.timeSupport(second)
	if w.holdsPlace(second) || w.beds[Hotel].InUse != 0 {
		t.Error("the timer did not end support")
	}
}

func TestRefusedFamiliesInHotelsAreCounted(t *testing.T) {
	w := emptyWorld(t, 4, 0, 0, 0)
	c := family(1, 2, 2)
	c.Place = w.accommodate(c)
	w.markRefused(c.Place)
	w.markRefused(c.Place)
	if w.refusedFamiliesInHotels != 1 {
		t.Errorf("%d refused families in hotels, want 1", w.refusedFamiliesInHotels)
	}
	w.moveToDispersal()
	if w.refusedFamiliesInHotels != 0 {
		t.Errorf("%d refused families in hotels after the move to dispersal", w.refusedFamiliesInHotels)
	}
}

// TestAPlaceForgetsWhoHadItBefore: a family that takes the place which a
// refused family gave up is not refused itself.
func TestAPlaceForgetsWhoHadItBefore(t *testing.T) {
	w := ruleWorld(t, func(*policy.Rules) {})
	refused := housed(w, ruleCase(1, Limbo, 2, 2))
	w.markRefused(refused.Place)
	given := refused.Place
	w.endSupport(refused)
	next := housed(w, ruleCase(2, Preparing, 1, 1))
	if next.Place != given {
		t.Fatalf("place %d was given up, and place %d taken", given, next.Place)
	}
	if w.refusedFamiliesInHotels != 0 {
		t.Errorf("%d refused families are in hotels, want none", w.refusedFamiliesInHotels)
	}
	w.day = 45
	w.endSupport(next)
	expectOneWait(t, w, measure.StayHotelFamily, 45)
	if w.refusedFamiliesInHotels != 0 || w.run.Waits[measure.StayHotelRefused] != [measure.WaitBins]int64{1} {
		t.Errorf("%d refused families are in hotels, and %v stayed there", w.refusedFamiliesInHotels, w.run.Waits[measure.StayHotelRefused][:3])
	}
}
