package asylum

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// prepare schedules what comes first: the case is ready for a decision, or
// the claim is withdrawn.
func (w *World) prepare(c *Case) {
	// Screening, interview and evidence.
	days := w.model.epochs[c.Epoch].preparation.At(w.uniform(c, drawPreparation, c.Claims))
	w.prepareUntil(c, c.Claimed.After(days))
}

func (w *World) prepareUntil(c *Case, ready clock.Tick) {
	if gone := w.withdrawalAt(c); gone < ready {
		c.Next = Withdraws
		w.schedule(gone, c)
		return
	}
	c.Next = BecomesDecidable
	w.schedule(ready, c)
}

// withdrawalAt is when the claim of a case would be withdrawn if it were not
// decided before: the hazard rises with the wait. Of a claim made before the
// run it is known that it had not been withdrawn by then.
func (w *World) withdrawalAt(c *Case) clock.Tick {
	e := &w.model.epochs[c.Epoch]
	u := w.uniform(c, drawWithdrawal, c.Claims)
	if c.Claimed < 0 && e.Decision.WithdrawalRate > 0 {
		waited := -float64(c.Claimed) / float64(clock.DayTicks)
		still := math.Exp(-math.Pow(waited/e.withdrawalScale, e.Decision.WithdrawalShape))
		u = 1 - float64((1-u)*still)
	}
	return max(c.Claimed.After(e.withdrawal.At(u)), 0)
}

// becomeDecidable puts a case into the queue of its class for an initial
// decision.
func (w *World) becomeDecidable(c *Case) {
	w.move(c, Decidable)
	w.staff.arrived++
	w.awaitDecision(c)
}

func (w *World) awaitDecision(c *Case) {
	w.join(w.decisions[w.classOf(c)], c, w.leavingDay(w.withdrawalAt(c)))
}

// withdraw ends a claim before an initial decision. Some claims are withdrawn in
// order to return, of people whose return could be carried out, at the level of
// voluntary returns in the quarter: they are gone on the same day.
func (w *World) withdraw(c *Case) {
	w.row[measure.WithdrawalsPeople] += int64(c.People())
	returning := w.rules.Returns.AfterWithdrawn * unit.Probability(w.factor[policy.VoluntaryReturnsDriver])
	if w.returnable(c) && w.chance(c, drawWithdrawnReturn, c.Claims, returning) {
		w.row[measure.ReturnsAfterWithdrawalPeople] += int64(c.People())
		w.returnVoluntarily(c)
		return
	}
	w.endSupport(c)
	w.move(c, Withdrawn)
}

// decideQueue works through a working day's initial decisions.
func (w *World) decideQueue() {
	perDay := float64(w.staff.perDay(w.rules, w.workingDays) * w.factor[policy.DecisionsDriver])
	var c Case
	for n := w.staff.capacity.Release(perDay); n > 0; n-- {
		if !w.nextForDecision(&c) {
			w.keep(&w.staff.capacity, n, perDay)
			return
		}
		w.events++
		w.decide(&c)
	}
}

// decide takes the initial decision on a case.
func (w *World) decide(c *Case) {
	w.pay(deciding, 1)
	w.recordWait(measure.WaitDecision, w.now-c.Claimed)
	d := &w.rules.Decision
	people := int64(c.People())
	if w.chance(c, drawAdministrative, c.Claims, d.Administrative) {
		w.row[measure.AdministrativeOutcomesPeople] += people
		w.endSupport(c)
		w.move(c, AdminOutcome)
		return
	}
	w.row[measure.InitialDecisionsCases]++
	w.row[measure.InitialDecisionsPeople] += people
	if w.uniform(c, drawGrant, c.Claims) < w.chanceOfGrant(c) {
		w.row[measure.GrantsPeople] += people
		w.grant(c)
		return
	}
	w.row[measure.RefusalsPeople] += people
	w.refuse(c)
}

// chanceOfGrant is the probability of a grant by nationality, with the odds of
// the quarter, less where the country has been declared safe and for further submissions.
func (w *World) chanceOfGrant(c *Case) float64 {
	p := shiftOdds(float64(w.rules.Decision.Grant[c.Nationality]), w.factor[policy.GrantsDriver])
	if w.countries[c.Nationality].safe {
		p *= float64(w.rules.Safety.GrantFactor)
	}
	if c.Claims > 0 {
		p *= float64(w.rules.Appeal.FurtherGrant)
	}
	return p
}

// resubmit makes further submissions: the case is prepared and decided again,
// under the rules of that day, and is supported again if it was in need.
func (w *World) resubmit(c *Case) {
	w.row[measure.FurtherSubmissionsCases]++
	c.Claims++
	c.Claimed = w.now
	c.Epoch = uint16(w.epoch)
	c.Flags &^= Ceased
	w.move(c, Preparing)
	if w.holdsPlace(c) {
		w.keepPlace(c.Place)
		w.setConditions(c)
	} else {
		c.Place = noPlace
		w.startSupport(c)
	}
	w.prepare(c)
}
