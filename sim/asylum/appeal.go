package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// refuse starts the time limit for an appeal, which is lodged with the given
// probability.
func (w *World) refuse(c *Case, lodged unit.Probability) {
	w.move(c, AppealWindow)
	limit := float64(w.rules.Appeal.TimeLimit)
	if w.chance(c, drawAppeal, c.Appeals, lodged) {
		c.Next = LodgesAppeal
		w.schedule(w.now.After(limit*w.uniform(c, drawAppealTime, c.Appeals)), c)
		return
	}
	c.Next = ExhaustsRights
	w.schedule(w.now.After(limit), c)
}

// lodge puts an appeal into the tribunal's queue.
func (w *World) lodge(c *Case) {
	w.row[measure.AppealsLodgedCases]++
	c.Appeals++
	w.move(c, Appealing)
	w.appeals.Join(*c, clock.NoDay)
}

// hearQueue works through a working day's appeals.
func (w *World) hearQueue() {
	for n := w.hearings.Release(w.appealsPerDay); n > 0; n-- {
		c, ok := w.appeals.Serve()
		if !ok {
			return
		}
		w.events++
		w.determine(&c)
	}
}

// determine disposes of an appeal: withdrawn, dismissed or allowed.
func (w *World) determine(c *Case) {
	w.row[measure.AppealsDeterminedCases]++
	w.pay(hearing, 1)
	a := &w.rules.Appeal
	allowed := a.Allowed[c.Nationality]
	if c.Flags.Has(Ceased) {
		allowed = a.CessationAllow
	}
	if !w.chance(c, drawAppealWithdrawn, c.Appeals, a.Withdrawn) && w.chance(c, drawAllowed, c.Appeals, allowed) {
		w.row[measure.AppealsAllowedCases]++
		w.grant(c)
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
	w.appealsPerDay = w.hearingCapacity.follow(float64(a.Capacity), added) / 12 / float64(w.workingDays)
}

// exhaust is the end of the last appeal right: the case is subject to
// removal, which can be carried out or cannot.
func (w *World) exhaust(c *Case) {
	w.refusedSupport(c)
	if w.chance(c, drawReturnable, 0, w.rules.Returns.Returnable[c.Nationality]) {
		w.move(c, Removable)
		w.awaitRemoval(c)
		return
	}
	w.move(c, Limbo)
	w.enterLimbo(c)
}

// voluntaryRate is the yearly hazard of a voluntary return of those who can
// be returned.
func voluntaryRate(n policy.Nationality) func(*policy.Rules) unit.PerYear {
	return func(r *policy.Rules) unit.PerYear { return r.Returns.Voluntary[n] }
}
