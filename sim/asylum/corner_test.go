package asylum

import (
	"reflect"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// TestOnePlaceInAMoveOnPeriod: leave is granted, and revoked while support still
// runs on. Whoever then returns gives up the place at once; whoever makes further
// submissions keeps it, and does not get a second one.
func TestOnePlaceInAMoveOnPeriod(t *testing.T) {
	revoked := func(t *testing.T) (*World, *Case) {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Support.Need, r.Support.MoveOnFamily = policy.ByRoute[unit.Probability]{1, 1, 1, 1}, 56
			r.Appeal.CessationShare, r.Support.SubsistenceOnly, r.Accommodation = 0, 0, policy.Accommodation{}
		})
		c := housed(w, ruleCase(1, Decidable, 2, 1))
		w.grant(c)
		w.now = 5 * clock.DayTicks
		w.revoke(c)
		w.now = 20 * clock.DayTicks
		w.exhaust(c)
		if w.beds[Hotel].InUse != 3 {
			t.Fatalf("%d beds in use in the move-on period, want 3", w.beds[Hotel].InUse)
		}
		return w, c
	}
	t.Run("a return", func(t *testing.T) {
		w, c := revoked(t)
		w.returnVoluntarily(c)
		if got := w.beds[Hotel].InUse; got != 0 || w.dispersalList.Len() != 0 {
			t.Errorf("%d beds are in use by those who have left", got)
		}
	})
	t.Run("a further submission", func(t *testing.T) {
		w, c := revoked(t)
		w.resubmit(c)
		if got := w.beds[Hotel].InUse; got != 3 || w.dispersalList.Len() != 1 {
			t.Errorf("three people have %d beds", got)
		}
		w.now = 56 * clock.DayTicks
		w.timeSupport(c)
		if got := w.beds[Hotel].InUse; got != 3 {
			t.Errorf("the end of the move-on period left %d beds to a new claim", got)
		}
	})
	t.Run("nothing else", func(t *testing.T) {
		w, _ := revoked(t)
		runUntil(w, 56)
		if got := w.beds[Hotel].InUse; got != 3 {
			t.Errorf("%d beds on the last day of the move-on period", got)
		}
		runUntil(w, 57)
		if got := w.beds[Hotel].InUse; got != 0 {
			t.Errorf("%d beds after the move-on period", got)
		}
	})
}

// TestLeavingTheListForDispersal: the first on the list withdraws. The bed goes
// to the second; the place that was given up goes to a newcomer, who waits at the
// end of the list and not where the other stood; and the old case, whose index
// the newcomer has, cannot put it out.
func TestLeavingTheListForDispersal(t *testing.T) {
	w := emptyWorld(t, 0, 0, 0, 0)
	first, second := family(1, 1, 0), family(2, 1, 0)
	for _, c := range []*Case{first, second} {
		c.Stage, c.Place = Preparing, w.accommodate(c)
	}
	before := *first
	w.withdraw(first)
	newcomer := family(3, 1, 0)
	newcomer.Place = w.accommodate(newcomer)
	if newcomer.Place != before.Place {
		t.Fatal("the place was not used again")
	}
	w.endSupport(&before) // out of date
	w.timeSupport(&before)
	w.loseSupport(&before)
	w.beds[Dispersal].Size = 1
	w.moveToDispersal()
	if w.places[second.Place].housing != Dispersal || w.places[newcomer.Place].housing != Hotel || !w.holdsPlace(newcomer) {
		t.Error("the bed did not go to the second, or the newcomer lost its place")
	}
	if w.dispersalList.Len() != 1 || w.beds[Hotel].InUse != 1 {
		t.Errorf("%d wait and %d live in hotels, want 1 and 1", w.dispersalList.Len(), w.beds[Hotel].InUse)
	}
}

// TestEventsAroundTheHorizon: a permit that expires on the last second of the run
// expires in it; of one that expires a second later nothing more is heard, and it
// rests.
func TestEventsAroundTheHorizon(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Permit.SettlementShare, r.Permit.ReviewStaff = 0, 0 })
	end := w.model.Timeline.End()
	for key, at := range []clock.Tick{end - 1, end, clock.Never} {
		c := ruleCase(key, Permitted, 1, 0)
		c.Next = PermitExpires
		w.schedule(at, c)
	}
	runUntil(w, w.model.Timeline.Days)
	if w.reviews.Len() != 1 || w.resting != 2 || w.agenda.Pending() != 0 {
		t.Errorf("%d in line, %d at rest, %d pending; want 1, 2 and none", w.reviews.Len(), w.resting, w.agenda.Pending())
	}
}

// TestFailedRunsLeaveNoTrace: a world in which a run ended with books that do not
// balance, or in the middle of a day by a fault of the program, measures
// afterwards what a fresh one does.
func TestFailedRunsLeaveNoTrace(t *testing.T) {
	fresh, opening := smallWorld(t, smallRules(), 1)
	m, source := fresh.model, fresh.source
	want, err := fresh.Run(m, source, opening)
	if err != nil {
		t.Fatal(err)
	}
	for name, fail := range map[string]func(w *World){
		"books that do not balance": func(w *World) {
			other := *opening
			other.stocks[openPermits] = nil // the audit counts them
			w.reset(m, source)
			w.open(opening)
			runUntil(w, m.Timeline.Days)
			if w.audit(&other) == nil {
				t.Error("the audit missed the cases that were taken away")
			}
		},
		"a fault in the middle of a day": func(w *World) {
			defer func() {
				if recover() == nil {
					t.Error("a settled case moved on")
				}
			}()
			w.reset(m, source)
			w.open(opening)
			w.schedule(clock.Day(100).Tick()+1, &Case{Stage: Settled, Next: Switches, Cohort: -1, Place: noPlace})
			runUntil(w, m.Timeline.Days)
		},
	} {
		w := NewWorld(m.Timeline)
		fail(w)
		got, err := w.Run(m, source, opening)
		if err != nil {
			t.Fatalf("after %s: %v", name, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("after %s the world measures something else: %d people settled, want %d", name, sum(got, measure.SettledPeople), sum(want, measure.SettledPeople))
		}
	}
}
