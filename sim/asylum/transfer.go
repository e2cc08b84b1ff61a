package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/queue"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// transfers is the state of transfers to another country under an agreement.
type transfers struct {
	capacity queue.Capacity // in people
	// ahead is how many people have been transferred beyond the capacity
	// released so far, because families go together.
	ahead int
	// owed is how many people are still to be admitted in exchange.
	owed float64
	// fixed is the fixed cost of the month so far, in pence a year times days.
	fixed int64
}

// transfersOpen reports whether a transfer scheme is in force today: it has a
// capacity, and the courts have let it begin. A scheme is a span of dates
// without a break in which there is a capacity; its legal fate is drawn once
// in a run, from the date on which it begins, and compared with the chance
// that today's rules state.
func (w *World) transfersOpen() bool {
	i := &w.rules.Intake
	if i.TransferCapacity <= 0 {
		return false
	}
	first := w.epoch
	for first > 0 && w.model.epochs[first-1].Intake.TransferCapacity > 0 {
		first--
	}
	key := random.KeyOf(keyTransferScheme, int32(w.model.starts[first]), 0)
	return w.source.Uniform(key, drawLegalStart, 0) < float64(i.TransferLegal)
}

// holdForTransfer holds a share of the claims of each route for a transfer, as
// long as no more people are held than could be transferred within the hold.
// Unaccompanied children and vulnerable people are not held. Held people are supported like others
// who claim.
func (w *World) holdForTransfer(c *Case) bool {
	i := &w.rules.Intake
	share := i.TransferShare[c.Route]
	if share <= 0 || c.Flags&(Unaccompanied|Vulnerable) != 0 || !w.chance(c, drawTransferred, 0, share) || !w.transfersOpen() {
		return false
	}
	held := w.stock.totalPeople(TransferHeld)
	most := float64(float64(i.TransferCapacity.PerDay()) * float64(i.TransferHold))
	if held == 0 {
		// A fraction of a scheme can hold one case if the whole can.
		most *= float64(w.model.fraction.K())
	}
	if float64(held+c.People()) > most {
		return false
	}
	w.move(c, TransferHeld)
	w.startSupport(c)
	w.join(w.transfers, c, w.leavingDay(w.now.After(float64(i.TransferHold))))
	return true
}

// endHold ends a hold for a transfer that did not come in time: the claim is
// considered after all, where claims are not barred.
func (w *World) endHold(c *Case) {
	if w.barred(c) {
		w.exhaust(c)
		return
	}
	w.move(c, Preparing)
	w.prepareFromNow(c)
}

// transferQueue works through a working day's transfers. A family is not
// split: it may use the capacity of days to come.
func (w *World) transferQueue() {
	if !w.transfersOpen() {
		return
	}
	s := &w.scheme
	perDay := float64(w.rules.Intake.TransferCapacity) / 12 / float64(w.workingDays)
	left := s.capacity.Release(perDay) - s.ahead
	var c Case
	for left > 0 && w.transfers.Serve(&c) {
		w.events++
		left -= int(c.People())
		w.transfer(&c)
	}
	// The hold keeps this queue filled, so one place is enough to be kept.
	w.keep(&s.capacity, min(left, 1), perDay)
	s.ahead = max(0, -left)
}

// transfer sends a case to the other country, admits others in exchange and
// settles whether the case will come back.
func (w *World) transfer(c *Case) {
	i := &w.rules.Intake
	people := int64(c.People())
	w.row[measure.ThirdCountryTransfersPeople] += people
	w.pay(transferring, people)
	w.endSupport(c)
	w.move(c, Transferred)

	w.scheme.owed += float64(float64(people) * float64(i.Exchange))
	for ordinal := uint32(0); w.scheme.owed >= 1; ordinal++ {
		w.scheme.owed -= float64(w.admit(c.Key.Child(keyExchange, ordinal), int(w.scheme.owed)))
	}
	if w.chance(c, drawReenters, 0, i.TransferReentry) {
		delay := float64(i.ReentryDelay) * random.Exponential.At(w.uniform(c, drawReentryDelay, 0))
		// Until then the case is outside the system and in no book.
		w.enterAgenda(w.now.After(delay), &Case{
			Key: c.Key.Child(keyReentry, 0), Nationality: c.Nationality, Route: policy.SmallBoat,
			Place: noPlace, Cohort: -1, Protected: clock.Never, Adults: c.Adults, Children: c.Children,
		}, ReentersClaim)
	}
}

// admit lets a case in, in exchange for people transferred, and returns how
// many people it is. It would otherwise have come by small boat: nationality,
// family and need of support are drawn as for that route, without
// unaccompanied children. It comes legally, so it is counted as a visa holder,
// claims asylum, and can neither be transferred nor barred.
func (w *World) admit(key random.Key, most int) unit.People {
	var c Case
	w.newCase(&c, key, policy.SmallBoat, most)
	if c.Flags.Has(Unaccompanied) {
		c.Flags &^= Unaccompanied
		c.Adults, c.Children = 1, 0
	}
	people := c.People()
	w.events++
	w.row[measure.ThirdCountryAdmissionsPeople] += int64(people)
	w.row[measure.AsylumClaimsCases]++
	w.row[measure.AsylumClaimsPeople] += int64(people)
	c.Claimed, c.Epoch, c.Cohort = w.now, uint16(w.epoch), int16(w.month)
	c.Flags |= Exchanged
	w.move(&c, Preparing)
	w.startSupport(&c)
	c.Route = policy.VisaHolder
	w.takeAssets(&c)
	w.prepare(&c)
	return people
}

// reenter brings somebody back who was transferred: by small boat, with a new
// claim, which may lead to another transfer.
func (w *World) reenter(c *Case) {
	w.events-- // the claim is the event
	// Arrivals by boat are counted in full, and this one stands for others.
	w.row[measure.SmallBoatArrivalsPeople] += int64(c.People()) * w.model.fraction.K()
	w.claim(c, w.now)
}

// chargeTransfers adds up the fixed cost of a transfer scheme, which is due
// while there is a capacity, used or not, and charges it at the end of the
// month: a twelfth of a year's for a whole month.
func (w *World) chargeTransfers() {
	t := w.model.Timeline
	if w.rules.Intake.TransferCapacity > 0 {
		w.scheme.fixed += int64(w.rules.Cost.TransferYear.Pence())
	}
	if w.day+1 == t.Days || t.Month(w.day+1) != w.month {
		_, _, days := t.Date(w.day).MonthEnd().Civil()
		w.row[measure.ThirdCountryCost] += w.scheme.fixed / int64(12*days)
		w.scheme.fixed = 0
	}
}
