package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/queue"
)

// handle lets an event happen.
func (w *World) handle(c *Case) {
	switch c.Next {
	case Void:
		w.events--
	case BecomesDecidable:
		w.becomeDecidable(c)
	case Withdraws:
		w.withdraw(c)
	case LodgesAppeal:
		w.lodge(c)
	case LodgesOnward:
		w.lodgeOnward(c)
	case ExhaustsRights:
		w.exhaust(c)
	case PermitExpires:
		w.expirePermit(c)
	case Switches:
		w.switchRoute(c)
	case SettlesAfterSwitch:
		w.settle(c)
	case Revoked:
		w.revoke(c)
	case ReviewCalled:
		w.callReview(c)
	case LeavesLimbo:
		w.leaveLimbo(c)
	case ReturnsAssisted:
		w.takeUpOffer(c)
	case DetentionEnds:
		w.endDetention(c)
	case LeavesAbsence:
		w.endAbsence(c)
	case ReentersClaim:
		w.reenter(c)
	case RetriesCrossing:
		w.retryCrossing(c)
	case FamilyArrives:
		w.familyArrives(c)
	case SupportEnds:
		w.timeSupport(c)
	case LosesSupport:
		w.loseSupport(c)
	}
}

// leavingDay is the day on which a queue lets somebody go whose own time to
// leave is t. Departures come first thing in a day, so for those who join
// today it is tomorrow at the earliest.
func (w *World) leavingDay(t clock.Tick) clock.Day { return max(t.Day(), w.day+1) }

// schedule puts the next legal event of a case into the calendar. A case
// whose next event lies after the horizon rests.
func (w *World) schedule(at clock.Tick, c *Case) {
	if w.enterAgenda(at, c, c.Next) {
		return
	}
	w.resting++
	if w.model.recalling && (c.Stage == Permitted || c.Stage == Limbo) {
		w.beyond = append(w.beyond, *c)
	}
}

// enterAgenda puts an event of a kind about a case into the calendar, or
// reports that it falls after the horizon.
func (w *World) enterAgenda(at clock.Tick, c *Case, kind Kind) bool {
	entered := w.agenda.Schedule(at)
	if entered == nil {
		return false
	}
	c.copyTo(entered)
	entered.Next = kind
	if w.testOnlyObserve != nil {
		w.testOnlyObserve(true, event.Entry[Case]{At: at, Record: *entered})
	}
	return true
}

// join puts a case at the end of a queue.
func (w *World) join(line *queue.Line[Case], c *Case, deadline clock.Day) {
	place, _ := line.Join(deadline)
	c.copyTo(place)
}
