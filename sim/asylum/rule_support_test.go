package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/queue"
	"asylumsim/sim/unit"
)

// TestSupportEndsWithTheCase: whoever withdraws, gets an administrative
// outcome, is detained, returns or loses contact gives up their beds at once.
func TestSupportEndsWithTheCase(t *testing.T) {
	detain := func(w *World, c *Case) { attemptOne(w, c) }
	attempt := func(w *World, c *Case) {
		detained := attemptOne(w, c)
		if w.beds[Hotel].InUse != 0 {
			t.Error("beds are kept during detention")
		}
		w.handle(&detained)
	}
	// letGo puts a case in line whose own day to leave it has come.
	letGo := func(w *World, line *queue.Line[Case], c *Case) {
		w.join(line, c, 0)
		for _, l := range w.everyLine {
			l.Begin(0)
		}
		w.renege()
	}
	limboEnds := func(w *World, c *Case) {
		c.Next = LeavesLimbo
		w.handle(staying(w, c))
	}
	returnLeaves := func(w *World, c *Case) { letGo(w, w.removals, staying(w, c)) }
	for name, c := range map[string]struct {
		from, to Stage
		rules    func(*policy.Rules)
		end      func(*World, *Case)
	}{
		"withdrawal in preparation": {Preparing, Withdrawn, func(*policy.Rules) {}, func(w *World, c *Case) {
			c.Next = Withdraws
			w.handle(c)
		}},
		"withdrawal from the queue": {Decidable, Withdrawn, func(*policy.Rules) {}, func(w *World, c *Case) {
			letGo(w, w.decisions[standardClass], c)
		}},
		"administrative outcome": {Decidable, AdminOutcome, func(r *policy.Rules) { r.Decision.Administrative = 1 },
			func(w *World, c *Case) { w.decide(c) }},
		"voluntary return from the line": {Removable, ReturnedOwn, func(r *policy.Rules) { r.Returns.Absconding = 0 }, returnLeaves},
		"assisted return from the line":  {Removable, ReturnedAssisted, func(r *policy.Rules) { r.Returns.Absconding, r.Returns.AssistedShare = 0, 1 }, returnLeaves},
		"loss of contact from the line":  {Removable, Absconded, func(r *policy.Rules) { r.Returns.Voluntary[0] = 0 }, returnLeaves},
		"voluntary return from limbo":    {Limbo, ReturnedOwn, func(r *policy.Rules) { r.Returns.Absconding = 0 }, limboEnds},
		"loss of contact from limbo":     {Limbo, Absconded, func(r *policy.Rules) { r.Returns.LimboVoluntary = 0 }, limboEnds},
		"detention":                      {Removable, Detained, func(*policy.Rules) {}, detain},
		"enforced return":                {Removable, ReturnedForce, func(r *policy.Rules) { r.Enforcement.Success = 1 }, attempt},
		"loss of trace, enforced":        {Removable, Absconded, func(r *policy.Rules) { r.Enforcement.Success, r.Enforcement.LosesTrace = 0, 1 }, attempt},
	} {
		t.Run(name, func(t *testing.T) {
			w := ruleWorld(t, c.rules)
			k := housed(w, ruleCase(1, c.from, 2, 1))
			w.markRefused(k.Place)
			if w.beds[Hotel].InUse != 3 {
				t.Fatal("the family is not housed")
			}
			c.end(w, k)
			if w.stock.totalCases(c.to) != 1 {
				t.Fatalf("the case did not come to %v", c.to)
			}
			if w.beds[Hotel].InUse != 0 || w.dispersalList.Len() != 0 || w.refusedFamiliesInHotels != 0 {
				t.Errorf("%d beds in use, %d waiting for dispersal, %d refused families", w.beds[Hotel].InUse, w.dispersalList.Len(), w.refusedFamiliesInHotels)
			}
		})
	}
}

// endOfSupport returns when support was set to end, or clock.Never.
func endOfSupport(seen []event.Entry[Case]) clock.Tick {
	ends := clock.Never
	for _, e := range seen {
		if e.Record.Next == SupportEnds {
			ends = min(ends, e.At)
		}
	}
	return ends
}

// TestMoveOnPeriod: 28 days after a grant for a single adult and 56 for
// everybody else, to the second; the bed is taken until then.
func TestMoveOnPeriod(t *testing.T) {
	for _, c := range []struct {
		adults, children uint8
		days             clock.Tick
	}{{1, 0, 28}, {2, 0, 56}, {1, 2, 56}, {2, 3, 56}} {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Support.MoveOnSingle, r.Support.MoveOnFamily, r.Accommodation = 28, 56, policy.Accommodation{}
		})
		seen := watch(w)
		k := housed(w, ruleCase(1, Decidable, c.adults, c.children))
		w.now = 1000
		w.grant(k)
		if got, want := endOfSupport(*seen), 1000+c.days*clock.DayTicks; got != want {
			t.Fatalf("%d adults, %d children: support ends at %d, want %d", c.adults, c.children, got, want)
		}
		runUntil(w, clock.Day(c.days))
		if got := w.beds[Hotel].InUse; got != int64(c.adults+c.children) {
			t.Errorf("%d beds in use before the end of the move-on period", got)
		}
		runUntil(w, clock.Day(c.days)+1)
		if got := w.beds[Hotel].InUse; got != 0 {
			t.Errorf("%d beds in use after the move-on period", got)
		}
	}
}

// TestSupportOfTheRefused: single adults and couples lose it 21 days after
// their rights are exhausted, to the second, unless they are among the share
// that keeps it; families with children have a share of their own.
func TestSupportOfTheRefused(t *testing.T) {
	for _, c := range []struct {
		what             string
		adults, children uint8
		single, family   unit.Probability
		ends             bool
	}{
		{"single adult", 1, 0, 0, 1, true}, {"couple", 2, 0, 0, 1, true}, {"family", 2, 1, 0, 1, false},
		{"single adult who qualifies", 1, 0, 1, 0, false}, {"one-parent family that does not", 1, 1, 1, 0, true},
	} {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Support.RefusedSingle, r.Support.RefusedFamily, r.Support.RefusedGrace = c.single, c.family, 21
			r.Returns.Voluntary[0], r.Returns.LimboVoluntary, r.Returns.Absconding, r.Enforcement.Attempts = 0, 0, 0, 0
			r.Accommodation = policy.Accommodation{}
		})
		seen := watch(w)
		k := housed(w, ruleCase(1, AppealWindow, c.adults, c.children))
		w.now = 1000
		w.exhaust(k)
		if !w.places[k.Place].refused {
			t.Errorf("%s: the place is not marked as of a refused case", c.what)
		}
		want, people := clock.Never, int64(c.adults+c.children)
		if c.ends {
			want, people = 1000+21*clock.DayTicks, 0
		}
		if got := endOfSupport(*seen); got != want {
			t.Fatalf("%s: support ends at %d, want %d", c.what, got, want)
		}
		runUntil(w, 21)
		if got := w.beds[Hotel].InUse; got != int64(c.adults+c.children) {
			t.Errorf("%s: %d beds in use within 21 days", c.what, got)
		}
		runUntil(w, 22)
		if got := w.beds[Hotel].InUse; got != people {
			t.Errorf("%s: %d beds in use after 21 days, want %d", c.what, got, people)
		}
	}
}

// TestWhoNeedsSupport: 60% of one route and 20% of another; one in ten of them
// on subsistence alone. Unaccompanied children are not in asylum support.
func TestWhoNeedsSupport(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Support.Need[0], r.Support.Need[2], r.Support.SubsistenceOnly = 0.6, 0.2, 0.1
	})
	for route, need := range map[policy.Route]float64{policy.SmallBoat: 0.6, policy.VisaHolder: 0.2} {
		const n = 10000
		supported, subsistence := 0, 0
		for key := range n {
			c := ruleCase(key, Preparing, 1, 0)
			c.Route = route
			w.startSupport(c)
			if c.Place != noPlace {
				supported++
				subsistence += int(number(w.places[c.Place].housing == SubsistenceOnly))
			}
			w.endSupport(c)
			c.Flags = Unaccompanied
			if w.startSupport(c); c.Place != noPlace {
				t.Fatal("an unaccompanied child is in asylum support")
			}
		}
		expectShare(t, "in need of support", supported, n, need)
		expectShare(t, "on subsistence alone", subsistence, supported, 0.1)
	}
}

// TestLargeSitesAreForSingleAdults: a couple and families live elsewhere
// although beds are free there.
func TestLargeSitesAreForSingleAdults(t *testing.T) {
	w := emptyWorld(t, 0, 0, 100, 0)
	for i, c := range []struct {
		adults, children uint8
		want             Housing
	}{{1, 0, LargeSite}, {2, 0, Hotel}, {1, 1, Hotel}, {2, 2, Hotel}, {1, 0, LargeSite}} {
		if got := w.places[w.accommodate(ruleCase(i, Preparing, c.adults, c.children))].housing; got != c.want {
			t.Errorf("%d adults and %d children live in %v, want %v", c.adults, c.children, got, c.want)
		}
	}
}

// TestDispersalGrows: 1,000 beds and 400 more each year, in a straight line
// from the start of the run: 400 x 365/365.2425 = 399.7 after 365 days and
// 800.1 after 731.
func TestDispersalGrows(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Accommodation.Dispersal, r.Accommodation.DispersalGrowth = 1000, 400 })
	for _, c := range []struct {
		day  clock.Day
		beds int64
	}{{0, 1000}, {365, 1400}, {731, 1800}} {
		runUntil(w, c.day+1)
		if got := w.beds[Dispersal].Size; got < c.beds-2 || got > c.beds+2 {
			t.Errorf("%d dispersal beds on day %d, want %d", got, c.day, c.beds)
		}
	}
}

// TestSnapshotCountsHousingByKind: one to six people in the six kinds.
func TestSnapshotCountsHousingByKind(t *testing.T) {
	w := emptyWorld(t, 9, 9, 9, 9)
	for h := range NumHousing {
		w.occupy(ruleCase(int(h), Preparing, 1, uint8(h)), h)
	}
	w.snapshot(0)
	for i, o := range []measure.Output{measure.HotelPeople, measure.DispersalPeople, measure.InitialAccommodationPeople,
		measure.LargeSitePeople, measure.OtherAccommodationPeople, measure.SubsistenceOnlyPeople} {
		if got := w.row[o]; got != int64(i+1) {
			t.Errorf("%d people in %v, want %d", got, Housing(i), i+1)
		}
	}
	if got := w.row[measure.SupportedPeople]; got != 21 {
		t.Errorf("%d people supported, want 21", got)
	}
}
