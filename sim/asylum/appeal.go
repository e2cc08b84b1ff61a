package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/queue"
	"asylumsim/sim/unit"
)

// refuse is the refusal of a claim. Most cases can appeal in the country; a
// refusal that is certified as clearly unfounded has no such right
// (Nationality, Immigration and Asylum Act 2002, section 94).
func (w *World) refuse(c *Case) {
	a := &w.rules.Appeal
	if w.chance(c, drawCertified, c.Claims, a.Certified[c.Nationality]) {
		w.exhaust(c)
		return
	}
	w.openAppealWindow(c, a.Lodged)
}

// openAppealWindow starts the time limit for an appeal, which is lodged with
// the given probability. A return payment may be offered first.
func (w *World) openAppealWindow(c *Case, lodged unit.Probability) {
	w.move(c, AppealWindow)
	if w.offer(c) {
		return
	}
	limit := float64(w.rules.Appeal.TimeLimit)
	if w.chance(c, drawAppeal, c.stay(), lodged) {
		c.Next = LodgesAppeal
		w.schedule(w.now.After(limit*w.uniform(c, drawAppealTime, c.stay())), c)
		return
	}
	c.Next = ExhaustsRights
	w.schedule(w.now.After(limit), c)
}

// lodge puts an appeal into the queue of the tribunal, or of the new appeals
// body as far as it takes appeals.
func (w *World) lodge(c *Case) {
	w.row[measure.AppealsLodgedCases]++
	c.Flags &^= NewBody
	if w.uniform(c, drawNewBody, c.Appeals) < float64(w.rules.Appeal.NewBodyShare) {
		c.Flags |= NewBody
	}
	c.Appeals++
	w.move(c, Appealing)
	w.awaitHearing(c)
}

func (w *World) awaitHearing(c *Case) {
	if c.Flags.Has(NewBody) {
		w.join(w.newBody, c, clock.NoDay)
	} else {
		w.join(w.appeals, c, clock.NoDay)
	}
}

// hearQueue works through a working day's appeals at the tribunal and at the
// new body.
func (w *World) hearQueue() {
	left := w.hear(w.appeals, w.hearings.Release(w.appealsPerDay))
	w.keep(&w.hearings, left, w.appealsPerDay)
	left = w.hear(w.newBody, w.newHearings.Release(w.newBodyPerDay))
	w.keep(&w.newHearings, left, w.newBodyPerDay)
	w.hearOverdue()
}

// hearOverdue lets the new body exceed its capacity, up to a factor, for
// appeals that have waited for the statutory time or longer.
func (w *World) hearOverdue() {
	a := &w.rules.Appeal
	if a.NewBodyTime <= 0 || a.NewBodySurge <= 1 {
		return
	}
	perDay := float64(w.newBodyPerDay * (float64(a.NewBodySurge) - 1))
	for n := w.surge.Release(perDay); n > 0; n-- {
		c, _, ok := w.newBody.First()
		if !ok || c.Since.After(float64(a.NewBodyTime)) > w.now {
			w.keep(&w.surge, n, perDay)
			return
		}
		w.hear(w.newBody, 1)
	}
}

// hear disposes of so many appeals, and returns for how many there was none.
func (w *World) hear(line *queue.Line[Case], n int) int {
	var c Case
	for ; n > 0; n-- {
		if !line.Serve(&c) {
			return n
		}
		w.events++
		w.determine(&c)
	}
	return 0
}

// determine disposes of an appeal: withdrawn, dismissed or allowed. A
// dismissal by the tribunal can be appealed onward, one by the new body not.
func (w *World) determine(c *Case) {
	w.row[measure.AppealsDeterminedCases]++
	w.pay(hearing, 1)
	w.recordWait(measure.WaitAppeal, w.now-c.Since)
	a := &w.rules.Appeal
	if c.Flags.Has(NewBody) && a.NewBodyTime > 0 && c.Since.After(float64(a.NewBodyTime)) < w.now-clock.DayTicks {
		w.row[measure.AppealsLateCases]++
	}
	allowed := a.Allowed[c.Nationality]
	if c.Flags.Has(Ceased) {
		allowed = a.CessationAllow
	}
	if w.chance(c, drawAppealWithdrawn, c.Appeals, a.Withdrawn) {
		w.exhaust(c)
		return
	}
	if w.chance(c, drawAllowed, c.Appeals, allowed) {
		w.row[measure.AppealsAllowedCases]++
		w.grant(c)
		return
	}
	if !c.Flags.Has(NewBody) && w.chance(c, drawOnward, c.Appeals, a.Onward) {
		w.move(c, OnwardWindow)
		c.Next = LodgesOnward
		w.schedule(w.now.After(float64(float64(a.TimeLimit)*w.uniform(c, drawOnwardTime, c.Appeals))), c)
		return
	}
	w.exhaust(c)
}

// countHearings sets the tribunal's capacity of today: it grows at a rate, in
// the first years of the run.
func (w *World) countHearings(day clock.Day) {
	a := &w.rules.Appeal
	added := 0.0
	if float64(day) < float64(a.GrowthEnds)*unit.DaysPerYear {
		added = float64(w.hearingCapacity.value * float64(a.Growth) * yearsPerDay)
	}
	w.appealsPerDay = float64(w.hearingCapacity.follow(float64(a.Capacity), added)*w.factor[policy.HearingsDriver]) / 12 / float64(w.workingDays)
	w.newBodyPerDay = float64(a.NewBodyCases) / 12 / float64(w.workingDays)
	w.onwardPerDay = float64(a.OnwardCapacity) / 12 / float64(w.workingDays)
}

// exhaust is the end of the last appeal right: the case is subject to
// removal, which can be carried out or cannot.
func (w *World) exhaust(c *Case) {
	w.refusedSupport(c)
	to := Limbo
	if w.returnable(c) {
		to = Removable
	}
	w.move(c, to)
	if !w.offer(c) {
		w.stayWithoutLeave(c)
	}
}

// stayWithoutLeave starts what may happen next to a case in Removable or in
// Limbo.
func (w *World) stayWithoutLeave(c *Case) {
	if c.Stage == Removable {
		w.awaitRemoval(c)
	} else {
		w.enterLimbo(c)
	}
}
