package asylum

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// grant gives a case protection: a first permit, or its permit back after an
// appeal against cessation. Support ends after the move-on period.
func (w *World) grant(c *Case) {
	if c.Protected == clock.Never {
		c.Protected = w.now
		if w.chance(c, drawHumanitarian, 0, w.rules.Permit.Humanitarian[c.Nationality]) {
			c.Flags |= Humanitarian
		}
		w.startFamily(c)
	}
	if !c.Flags.Has(Ceased) {
		// A new claim after leave was lost starts the years again; an appeal
		// that restores leave does not.
		c.Protected = w.now
	}
	w.startMoveOn(c)
	w.move(c, Permitted)
	c.Flags &^= Ceased
	w.owe(c)
	w.startPermit(c, w.now)
}

// startPermit gives leave from a date, of the length that the rules at the
// date of claim say, and schedules what comes first: expiry, switching to
// leave for work or study, or revocation after a conviction.
func (w *World) startPermit(c *Case, from clock.Tick) {
	c.Permits++
	c.Next = PermitExpires
	at := w.model.Timeline.MonthsAfter(from, int(w.permitLength(c)))
	// Of permits granted before the run it is known that they were in force
	// at its start.
	since := max(from, 0)
	if rate := w.model.epochs[c.Epoch].Permit.SwitchRate; rate > 0 {
		mark := random.Exponential.At(w.uniform(c, drawSwitches, c.Permits))
		if t := since.After(mark / float64(rate.PerDay())); t < at {
			c.Next, at = Switches, t
		}
	}
	if t := w.happens(w.model.hazards.revocation, since, c, drawRevoked, c.Permits); t < at {
		c.Next, at = Revoked, t
	}
	w.schedule(max(at, 0), c)
}

// permitLength is the length of a case's next permit, by the rules at its date
// of claim: the first by type of protection, later ones as renewals.
func (w *World) permitLength(c *Case) unit.Months {
	p := &w.model.epochs[c.Epoch].Permit
	switch {
	case c.Flags.Has(Unaccompanied):
		return p.LengthUASC
	case c.Permits > 1 && p.RenewalLength > 0:
		return p.RenewalLength
	case c.Flags.Has(Humanitarian) && p.LengthOther > 0:
		return p.LengthOther
	}
	return p.Length
}

// qualified reports whether a case has held leave for the years that
// settlement takes.
func (w *World) qualified(c *Case) bool {
	e := &w.model.epochs[c.Epoch]
	years := e.Permit.SettlementYears
	switch {
	case c.Flags.Has(Resettled):
		years = e.SafeRoute.SettlementYears
	case c.Flags.Has(Unaccompanied):
		years = e.Permit.SettlementUASC
	}
	return w.now >= w.model.Timeline.MonthsAfter(c.Protected, 12*int(years))
}

// expirePermit settles those who have qualified and opens a review of the
// others. Leave continues while a review is open (Immigration Act 1971,
// section 3C).
func (w *World) expirePermit(c *Case) {
	p := &w.rules.Permit
	if w.qualified(c) && w.chance(c, drawSettles, c.Permits, p.SettlementShare) &&
		!w.failsConditions(c) {
		w.settle(c)
		return
	}
	w.callReview(c)
}

// failsConditions reports whether a case fails the conditions of settlement
// beside the years.
func (w *World) failsConditions(c *Case) bool {
	return w.uniform(c, drawConditions, c.Permits) >= float64(w.rules.Permit.SettlementTests)
}

// settle grants settlement.
func (w *World) settle(c *Case) {
	w.row[measure.SettledPeople] += int64(c.People())
	w.move(c, Settled)
}

// callReview puts a permit into the queue for a review.
func (w *World) callReview(c *Case) {
	w.row[measure.PermitReviewsDueCases]++
	w.move(c, Reviewing)
	w.join(w.reviews, c, clock.NoDay)
}

// switchRoute is a switch from protection to leave for work or study, with
// settlement after years of its own.
func (w *World) switchRoute(c *Case) {
	w.row[measure.SwitchedRoutePeople] += int64(c.People())
	w.move(c, Switched)
	c.Next = SettlesAfterSwitch
	w.schedule(max(w.now, w.model.Timeline.MonthsAfter(c.Protected, 12*int(w.model.epochs[c.Epoch].Permit.SwitchSettles))), c)
}

// revoke ends protection after a conviction; it can be appealed.
func (w *World) revoke(c *Case) { w.cease(c) }

// cease ends protection.
func (w *World) cease(c *Case) {
	w.row[measure.PermitsCeasedPeople] += int64(c.People())
	w.oweNoMore(c)
	c.Flags |= Ceased
	w.openAppealWindow(c, w.rules.Appeal.CessationShare)
}

// reviewQueue works through a working day's permit reviews.
func (w *World) reviewQueue() {
	p := &w.rules.Permit
	perDay := float64(float64(p.ReviewStaff)*p.ReviewRate) / float64(w.workingDays)
	var c Case
	for n := w.reviewers.Release(perDay); n > 0; n-- {
		if !w.reviews.Serve(&c) {
			w.keep(&w.reviewers, n, perDay)
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
	w.recordWait(measure.WaitReview, w.now-c.Since)
	if w.chance(c, drawCeases, c.Permits, w.chanceOfCessation(c)) {
		w.cease(c)
		return
	}
	w.row[measure.PermitsRenewedPeople] += int64(c.People())
	w.move(c, Permitted)
	w.startPermit(c, w.now)
}

// chanceOfCessation is the chance that a review ends protection: one of its own
// where the country has been declared safe, else that of a need which may have
// ended at any time since the last decision, at a rate. So two reviews of short
// permits find together what one of a long permit does.
func (w *World) chanceOfCessation(c *Case) unit.Probability {
	if w.countries[c.Nationality].safe {
		return w.rules.Safety.Cessation
	}
	years := float64(w.permitLength(c))/12 + float64(float64(w.now-c.Since)/float64(clock.DayTicks)*yearsPerDay)
	return unit.Probability(-math.Expm1(-float64(float64(w.rules.Permit.CessationRate[c.Nationality]) * years)))
}
