package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

// lodgeOnward puts an onward appeal into the queue of the Upper Tribunal.
func (w *World) lodgeOnward(c *Case) {
	w.move(c, OnwardAppeal)
	w.join(w.onward, c, clock.NoDay)
}

// hearOnwardQueue works through a working day's onward appeals: allowed,
// remitted to the First-tier Tribunal to be heard again, or dismissed.
func (w *World) hearOnwardQueue() {
	a := &w.rules.Appeal
	var c Case
	for n := w.onwardHearings.Release(w.onwardPerDay); n > 0; n-- {
		if !w.onward.Serve(&c) {
			w.keep(&w.onwardHearings, n, w.onwardPerDay)
			return
		}
		w.events++
		w.pay(hearing, 1)
		switch u := w.uniform(&c, drawOnwardAllowed, c.Appeals); {
		case u < float64(a.OnwardAllowed):
			w.row[measure.AppealsAllowedCases]++
			w.grant(&c)
		case u < float64(a.OnwardAllowed+a.OnwardRemitted):
			c.Appeals++
			w.move(&c, Appealing)
			w.awaitHearing(&c)
		default:
			w.exhaust(&c)
		}
	}
}
