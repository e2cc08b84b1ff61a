package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

// grant gives a case protection: a first permit, or its permit back after an
// appeal against cessation. Support ends after the move-on period.
func (w *World) grant(c *Case) {
	if c.Protected == clock.Never {
		c.Protected = w.now
	}
	c.Flags &^= Ceased
	w.startMoveOn(c)
	w.move(c, Permitted)
	w.startPermit(c, w.now)
}

// startPermit gives leave from a date, of the length that the rules at the
// date of claim say.
func (w *World) startPermit(c *Case, from clock.Tick) {
	c.Permits++
	length := w.model.epochs[c.Epoch].Permit.Length
	if c.Flags.Has(Unaccompanied) {
		length = w.model.epochs[c.Epoch].Permit.LengthUASC
	}
	c.Next = PermitExpires
	// A permit of the opening stock was in force on the opening date, whatever
	// the rules of a what-if say of the past: it expires on the first day then.
	w.schedule(max(w.model.Timeline.MonthsAfter(from, int(length)), 0), c)
}

// expirePermit settles those who have qualified and opens a review of the
// others. Leave continues while a review is open (Immigration Act 1971,
// section 3C).
func (w *World) expirePermit(c *Case) {
	p := &w.model.epochs[c.Epoch].Permit
	years := p.SettlementYears
	if c.Flags.Has(Unaccompanied) {
		years = p.SettlementUASC
	}
	qualified := w.model.Timeline.MonthsAfter(c.Protected, 12*int(years))
	if w.now >= qualified && w.chance(c, drawSettles, c.Permits, w.rules.Permit.SettlementShare) {
		w.row[measure.SettledPeople] += int64(c.People())
		w.move(c, Settled)
		return
	}
	w.row[measure.PermitReviewsDueCases]++
	w.move(c, Reviewing)
	w.reviews.Join(*c, clock.NoDay)
}

// reviewQueue works through a working day's permit reviews.
func (w *World) reviewQueue() {
	p := &w.rules.Permit
	perDay := float64(float64(p.ReviewStaff)*p.ReviewRate) / float64(w.workingDays)
	for n := w.reviewers.Release(perDay); n > 0; n-- {
		c, ok := w.reviews.Serve()
		if !ok {
			return
		}
		w.events++
		w.review(&c)
	}
}

// review decides whether protection is still needed.
func (w *World) review(c *Case) {
	w.pay(reviewing, 1)
	w.row[measure.PermitReviewsDoneCases]++
	people := int64(c.People())
	if w.chance(c, drawCeases, c.Permits, w.rules.Permit.CessationPerCase[c.Nationality]) {
		w.row[measure.PermitsCeasedPeople] += people
		c.Flags |= Ceased
		w.refuse(c, w.rules.Appeal.CessationShare)
		return
	}
	w.row[measure.PermitsRenewedPeople] += people
	w.move(c, Permitted)
	w.startPermit(c, w.now)
}
