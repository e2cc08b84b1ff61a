package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

// abscond is the loss of contact with a case that is subject to removal. Some
// come back to notice, some leave the country without a record, and the
// others stay out of contact to the end of the run.
func (w *World) abscond(c *Case) {
	w.endSupport(c)
	w.move(c, Absconded)
	at, _ := w.absenceEnds(c)
	c.Next = LeavesAbsence
	w.schedule(at, c)
}

// absenceEnds returns when an absence ends, and whether by coming back to
// notice: the earlier of two competing risks.
func (w *World) absenceEnds(c *Case) (at clock.Tick, emerges bool) {
	h := &w.model.hazards
	back := w.happens(h.reemergence, c.Since, c, drawReemerges, c.stay())
	gone := w.happens(h.unrecorded, c.Since, c, drawUnrecorded, c.stay())
	return min(back, gone), back <= gone
}

// endAbsence ends an absence: the case comes back to notice or has left.
func (w *World) endAbsence(c *Case) {
	if _, emerges := w.absenceEnds(c); !emerges {
		w.row[measure.UnrecordedDeparturesPeople] += int64(c.People())
		w.move(c, LeftUnrecorded)
		return
	}
	c.Appeals++ // a new stay, with luck of its own
	to := Limbo
	if w.returnable(c) {
		to = Removable
	}
	w.move(c, to)
	w.stayWithoutLeave(c)
}
