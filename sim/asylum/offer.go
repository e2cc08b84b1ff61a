package asylum

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/unit"
)

// offer makes the offer of a return payment where the rules say so, and
// reports whether it was accepted: the case is then on its way. A case gets
// one offer at most, at refusal or when its rights are exhausted.
// Unaccompanied children get none.
//
// Those who would soon have returned voluntarily anyway accept with one
// chance, all others with another that depends on the payment. A payment of 0
// is accepted by nobody.
func (w *World) offer(c *Case) bool {
	o := &w.rules.Offer
	made, occurrence := o.AtExhaustion, 2*c.stay()+1
	if c.Stage == AppealWindow {
		made, occurrence = o.AtRefusal, 2*c.stay()
	}
	if made <= 0 || c.Flags.Has(Offered) || c.Flags.Has(Unaccompanied) || o.FamiliesOnly != 0 && !c.Family() ||
		!w.chance(c, drawOffer, occurrence, made) {
		return false
	}
	c.Flags |= Offered
	w.row[measure.ReturnOffersCases]++
	payment := w.rules.returnPayment(c)
	if payment <= 0 {
		return false
	}
	accepts := w.rules.acceptance(c, payment)
	if w.leavesAnyway(c) {
		accepts = float64(o.Deadweight)
	}
	if w.uniform(c, drawAcceptance, occurrence) >= accepts {
		return false
	}
	w.row[measure.ReturnOffersAcceptedCases]++
	w.move(c, Departing)
	// An offer is paid by the rules of the day on which it was accepted, which
	// the departing case carries: those of its claim matter no more.
	c.Epoch = uint16(w.epoch)
	c.Next = ReturnsAssisted
	days := float64(float64(o.DaysToAccept)*w.uniform(c, drawDeparture, occurrence)) + float64(o.DaysToLeave)
	w.schedule(w.now.After(days), c)
	return true
}

// returnPayment is what a case is paid to return: so much a person, up to the
// cap for a family, and a payment for the education of each child on top.
func (e *epoch) returnPayment(c *Case) unit.Pence {
	o := &e.Offer
	payment := float64(float64(c.People()) * float64(o.PerPerson))
	if c.People() > 1 {
		payment = min(payment, float64(o.FamilyCap))
	}
	return unit.Pounds(payment + float64(float64(c.Children)*float64(o.Education))).Pence()
}

// acceptance is the chance that a case accepts a payment which would not have
// left anyway: of constant elasticity in the payment a person, with factors
// for origin, for family and for having an appeal still to make.
func (e *epoch) acceptance(c *Case, payment unit.Pence) float64 {
	o := &e.Offer
	if o.Reference <= 0 {
		return 0
	}
	perPerson := float64(payment.Pounds()) / float64(c.People())
	// Rounded, so that it does not depend on the last bit of a power.
	level := math.Round(math.Pow(perPerson/float64(o.Reference), o.Elasticity)*1e12) / 1e12
	chance := float64(float64(o.Acceptance)*level) * float64(o.OriginFactor[c.Nationality])
	if c.Family() {
		chance *= float64(o.FamilyFactor)
	}
	if c.Stage == AppealWindow {
		chance *= float64(o.AppealFactor)
	}
	return min(1, chance)
}

// leavesAnyway reports whether a case would return voluntarily soon without an
// offer. Before the time to appeal has passed it is judged as if nobody
// appealed.
func (w *World) leavesAnyway(c *Case) bool {
	limbo := c.Stage == Limbo || c.Stage == AppealWindow && !w.returnable(c)
	at := w.voluntaryTime(c, w.now, limbo)
	return at != clock.Never && at <= w.now.After(float64(w.rules.Offer.Retiming))
}

// takeUpOffer is the departure of a case that accepted.
func (w *World) takeUpOffer(c *Case) {
	w.row[measure.IncentivePayments] += int64(w.model.epochs[c.Epoch].returnPayment(c))
	w.returnAssisted(c)
}
