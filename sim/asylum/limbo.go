package asylum

import (
	"asylumsim/sim/event"
	"asylumsim/sim/policy"
)

// enterLimbo schedules what may end limbo: a voluntary return, a further
// submission or loss of contact.
func (w *World) enterLimbo(c *Case) {
	at, how := w.leaves(c)
	c.Detail = uint8(how)
	c.Next = LeavesLimbo
	w.schedule(at, c)
}

// leaveLimbo handles the end of limbo.
func (w *World) leaveLimbo(c *Case) { w.endStay(c) }

// reopenLimbo takes out of limbo whoever can be returned now, of the
// nationality groups whose countries have begun to accept more returns. There
// is no way back: who can be returned once is treated so until the stay ends.
func (w *World) reopenLimbo(groups *[policy.MaxNationalities]bool) {
	w.agenda.Each(func(e *event.Entry[Case]) {
		if c := e.Record; c.Next == LeavesLimbo && groups[c.Nationality] && w.returnable(&c) {
			e.Record.Next = Void
			w.leaveLimboForRemoval(&c)
		}
	})
	kept := w.beyond[:0]
	for i := range w.beyond {
		if c := w.beyond[i]; c.Stage == Limbo && groups[c.Nationality] && w.returnable(&c) {
			w.resting--
			w.leaveLimboForRemoval(&c)
		} else {
			kept = append(kept, c)
		}
	}
	w.beyond = kept
}

func (w *World) leaveLimboForRemoval(c *Case) {
	c.Appeals++ // a stay of its own, with luck of its own
	w.move(c, Removable)
	w.awaitRemoval(c)
}

// reopenLimboByRules does so where the rules that come into force say that
// more people of a nationality can be returned.
func (w *World) reopenLimboByRules(before *epoch) {
	var groups [policy.MaxNationalities]bool
	more := false
	for n := range policy.Nationality(w.model.groups) {
		groups[n] = w.rules.returnableShare(n) > before.returnableShare(n)
		more = more || groups[n]
	}
	if more {
		w.reopenLimbo(&groups)
	}
}
