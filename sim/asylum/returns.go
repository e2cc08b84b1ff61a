package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// leavingTimes returns when a case that is subject to removal would return
// voluntarily and when it would lose contact, as competing risks since it
// entered its stage.
func (w *World) leavingTimes(c *Case) (voluntary, absconds clock.Tick) {
	rate := voluntaryRate(c.Nationality)
	if c.Stage == Limbo {
		rate = func(r *policy.Rules) unit.PerYear { return r.Returns.LimboVoluntary }
	}
	mark := random.Exponential.At(w.uniform(c, drawVoluntary, c.Appeals))
	voluntary = w.hazardTime(c.Since, mark, rate)
	mark = random.Exponential.At(w.uniform(c, drawAbsconds, c.Appeals))
	absconds = w.hazardTime(c.Since, mark, func(r *policy.Rules) unit.PerYear { return r.Returns.Absconding })
	return voluntary, absconds
}

// awaitRemoval puts a case in line for an enforced return; it leaves the line
// by itself on the day of a voluntary return or loss of contact.
func (w *World) awaitRemoval(c *Case) {
	voluntary, absconds := w.leavingTimes(c)
	w.removals.Join(*c, w.leavingDay(min(voluntary, absconds)))
}

// leaveRemovals handles a case whose day to leave the line has come.
func (w *World) leaveRemovals(c *Case) {
	if voluntary, absconds := w.leavingTimes(c); voluntary <= absconds {
		w.returnVoluntarily(c)
	} else {
		w.abscond(c)
	}
}

// enterLimbo schedules what may end limbo: a voluntary return or loss of
// contact.
func (w *World) enterLimbo(c *Case) {
	voluntary, absconds := w.leavingTimes(c)
	c.Next = LeavesLimbo
	w.schedule(min(voluntary, absconds), c)
}

// leaveLimbo handles the end of limbo.
func (w *World) leaveLimbo(c *Case) {
	if voluntary, absconds := w.leavingTimes(c); voluntary <= absconds {
		w.returnVoluntarily(c)
	} else {
		w.abscond(c)
	}
}

// enforceQueue works through a working day's attempts at enforced returns. An
// attempt that fails sends the case to the end of the line, or out of
// contact.
func (w *World) enforceQueue() {
	r := &w.rules.Returns
	perDay := float64(r.EnforcedAttempts) / 12 / float64(w.workingDays)
	// A case is tried once a day at most.
	for n := min(w.attempts.Release(perDay), w.removals.Len()); n > 0; n-- {
		c, ok := w.removals.Serve()
		if !ok {
			return
		}
		w.events++
		c.Attempts++
		switch {
		case w.chance(&c, drawEnforced, c.Attempts, r.EnforcedSuccess):
			people := int64(c.People())
			w.row[measure.ReturnsEnforcedPeople] += people
			w.pay(returningForce, people)
			w.endSupport(&c)
			w.move(&c, ReturnedForce)
		case w.chance(&c, drawLosesTrace, c.Attempts, r.AttemptsLoseTrace):
			w.abscond(&c)
		default:
			w.awaitRemoval(&c)
		}
	}
}

func (w *World) returnVoluntarily(c *Case) {
	people := int64(c.People())
	w.row[measure.ReturnsVoluntaryPeople] += people
	w.pay(returningOwn, people)
	w.endSupport(c)
	w.move(c, ReturnedOwn)
}

func (w *World) abscond(c *Case) {
	w.endSupport(c)
	w.move(c, Absconded)
	w.resting++
}
