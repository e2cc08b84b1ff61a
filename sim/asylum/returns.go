package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/unit"
)

// departure is how a case leaves Removable or Limbo by itself.
type departure uint8

const (
	returnsAlone departure = iota
	losesContact
	submitsFurther
)

// stay numbers the stays of a case without leave, in Removable, in Limbo and
// out of contact: the occurrence of their draws. Between two stays there is a
// further submission, which is counted in Claims, or an absence, whose end is
// counted in Appeals. An attempt at an enforced return that fails does not end
// a stay.
func (c *Case) stay() uint8 { return c.Appeals + c.Claims }

// leaves returns when and how a case that is subject to removal leaves its
// stage by itself: voluntary return, loss of contact and further submissions
// compete since the stay began, and the earliest counts.
func (w *World) leaves(c *Case) (clock.Tick, departure) {
	at, how := w.voluntaryTime(c, c.Since, c.Stage == Limbo), returnsAlone
	h := &w.model.hazards
	if t := w.happens(h.absconding, c.Since, c, drawAbsconds, c.stay()); t < at {
		at, how = t, losesContact
	}
	if w.barred(c) {
		return at, how
	}
	further := h.further[min(int(c.Claims), len(h.further)-1)]
	if t := w.happens(further, c.Since, c, drawFurther, c.stay()); t < at {
		at, how = t, submitsFurther
	}
	return at, how
}

// voluntaryTime is when a case would return voluntarily whose stay began at a
// time, if nothing else came first.
func (w *World) voluntaryTime(c *Case, since clock.Tick, limbo bool) clock.Tick {
	h := w.model.hazards.limboVoluntary
	if !limbo {
		h = w.model.hazards.voluntary[c.Nationality]
	}
	return w.happens(h, since, c, drawVoluntary, c.stay())
}

// awaitRemoval puts a case in line for an enforced return; it leaves the line
// by itself on the day of a voluntary return, further submission or loss of
// contact.
func (w *World) awaitRemoval(c *Case) {
	at, how := w.leaves(c)
	c.Detail = uint8(how)
	w.join(w.removals, c, w.leavingDay(at))
}

// leaveRemovals handles a case whose day to leave the line has come.
func (w *World) leaveRemovals(c *Case) { w.endStay(c) }

// endStay ends a stay without leave in the way that came first.
func (w *World) endStay(c *Case) {
	switch departure(c.Detail) {
	case returnsAlone:
		w.returnVoluntarily(c)
	case losesContact:
		w.abscond(c)
	case submitsFurther:
		w.resubmit(c)
	}
}

// returnVoluntarily is a voluntary return, of which a share is assisted under
// the standing scheme.
func (w *World) returnVoluntarily(c *Case) {
	if w.chance(c, drawAssisted, c.stay(), unit.Probability(w.rules.Returns.AssistedShare)) {
		w.returnAssisted(c)
		return
	}
	w.row[measure.ReturnsVoluntaryPeople] += int64(c.People())
	w.endSupport(c)
	w.move(c, ReturnedOwn)
}

// returnAssisted is a voluntary return with assistance, beside any payment.
func (w *World) returnAssisted(c *Case) {
	people := int64(c.People())
	w.row[measure.ReturnsAssistedPeople] += people
	w.pay(assisting, people)
	w.endSupport(c)
	w.move(c, ReturnedAssisted)
}
