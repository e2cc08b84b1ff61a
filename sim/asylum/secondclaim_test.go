package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// TestFurtherSubmissionKeepsAPlace: support was to end after the grace period;
// a further submission before that lets the family stay, and it no longer
// counts as refused.
func TestFurtherSubmissionKeepsAPlace(t *testing.T) {
	w := emptyWorld(t, 0, 0, 0, 0)
	c := family(1, 2, 1)
	c.Stage = Limbo
	c.Place = w.accommodate(c)
	w.markRefused(c.Place)
	timer := *c
	w.endSupportAt(c, 21*clock.DayTicks)
	w.now = 5 * clock.DayTicks
	w.resubmit(c)
	w.now = 21 * clock.DayTicks
	w.timeSupport(&timer)
	if !w.holdsPlace(c) || w.refusedFamiliesInHotels != 0 {
		t.Errorf("holds a place: %v; refused families in hotels: %d", w.holdsPlace(c), w.refusedFamiliesInHotels)
	}
}

// TestYearsWithoutLeaveDoNotCount: leave that an appeal restores keeps its
// first date, leave on a new claim starts anew.
func TestYearsWithoutLeaveDoNotCount(t *testing.T) {
	w := emptyWorld(t, 0, 0, 0, 0)
	grantAt := func(c *Case, days int) clock.Tick {
		c.Stage, w.now = Appealing, clock.Tick(days)*clock.DayTicks
		w.grant(c)
		return c.Protected
	}
	c := family(3, 1, 0)
	c.Protected = clock.Never
	first := grantAt(c, 100)
	c.Flags |= Ceased
	if restored := grantAt(c, 300); restored != first {
		t.Errorf("leave that was restored counts from %d, want %d", restored.Day(), first.Day())
	}
	c.Claims++
	if anew := grantAt(c, 500); anew.Day() != 500 {
		t.Errorf("leave on a new claim counts from day %d, want 500", anew.Day())
	}
}

// TestSecondRefusalMeetsNewLuck: who did not appeal the first time may appeal
// against the refusal of a further submission.
func TestSecondRefusalMeetsNewLuck(t *testing.T) {
	w := emptyWorld(t, 0, 0, 0, 0)
	both := 0
	const n = 4000
	for i := range n {
		c := family(random.KeyOf(90, 0, uint32(i)), 1, 0)
		first := w.chance(c, drawAppeal, c.stay(), 0.5)
		c.Claims++
		if first && w.chance(c, drawAppeal, c.stay(), 0.5) {
			both++
		}
	}
	// A quarter, with a standard error of 27.
	if both < n/4-110 || both > n/4+110 {
		t.Errorf("%d of %d appealed twice, want about %d", both, n, n/4)
	}
}

// TestClassesThatLostTheirShare: when triage ends, cases of its classes are
// decided with the others, oldest first.
func TestClassesThatLostTheirShare(t *testing.T) {
	w := emptyWorld(t, 0, 0, 0, 0)
	for i := range 6 {
		c := Case{Key: random.Key(i + 1), Since: clock.Tick(i)}
		w.join(w.decisions[class(i%3)], &c, clock.NoDay)
	}
	for i := range 6 {
		c, ok := nextDecided(w)
		if !ok || c.Key != random.Key(i+1) {
			t.Fatalf("decision %d was on case %d, %v", i+1, c.Key, ok)
		}
	}
}

// TestReturnsCountOnceInTheResponse: a return counts once in the share of
// arrivals who are removed.
func TestReturnsCountOnceInTheResponse(t *testing.T) {
	w := emptyWorld(t, 0, 0, 0, 0)
	c := family(5, 2, 0)
	c.Cohort, c.Stage, c.Route = 0, Detained, policy.SmallBoat
	w.move(c, ReturnedForce)
	if got := w.responses.removed[0][policy.SmallBoat]; got != 2 {
		t.Errorf("two people were counted as %d", got)
	}
}
