package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// mostRetries bounds how often a boat that was prevented tries again.
const mostRetries = 5

// freed is the factor on boats when less is prevented than in the years that
// the crossings process was fitted to.
func freed(p *policy.Prevention) float64 {
	if p.Share >= p.Reference {
		return 1
	}
	// Of the boats that set out, a share s is prevented and of these a share r
	// tries again, so (1-s)/(1-rs) land in the end: the factor is the ratio of
	// today's share that lands to the reference's.
	landing := func(s float64) float64 { return (1 - s) / (1 - float64(float64(p.Retry)*s)) }
	return landing(float64(p.Share)) / landing(float64(p.Reference))
}

// preventedMore is the chance that a boat of the fitted process, which got
// through at the reference share, is prevented at today's share.
func preventedMore(p *policy.Prevention) float64 {
	if p.Share <= p.Reference {
		return 0
	}
	return float64(p.Share-p.Reference) / float64(1-p.Reference)
}

// sail lets a boat of the fitted process set out. It lands unless more is
// prevented now than at the reference.
//
// The attempts that failed before a boat of the fitted process got through are
// not simulated; their number is geometric. They are drawn for boats that are
// then prevented too, so that in the long run prevented attempts are the
// prevention share of all attempts whatever the share of retries.
func (w *World) sail(boat random.Key, day clock.Day) {
	p := &w.rules.Prevention
	people := w.peopleOn(boat, day)
	at := day.Tick() + clock.Tick(w.source.Uniform(boat, drawBoatTime, 0)*float64(clock.DayTicks))
	if held := float64(min(p.Share, p.Reference)); held > 0 && held < 1 {
		failed := random.Geometric(held/(1-held), w.source.Uniform(boat, drawPreventedEvents, 0))
		w.row[measure.CrossingsPreventedPeople] += int64(failed) * int64(people)
	}
	if q := preventedMore(p); q > 0 && w.source.Chance(boat, drawPrevented, 0, q) {
		w.prevent(boat, at, people, 0)
		return
	}
	w.land(boat, at, people)
}

// prevent stops a boat that has retried so many times before: it tries again
// some days later, or gives up.
func (w *World) prevent(boat random.Key, at clock.Tick, people int, retries uint8) {
	p := &w.rules.Prevention
	w.row[measure.CrossingsPreventedPeople] += int64(people)
	if retries == mostRetries || !w.source.Chance(boat, drawRetries, uint32(retries), float64(p.Retry)) {
		return
	}
	delay := float64(p.RetryDelay) * random.Exponential.At(w.source.Uniform(boat, drawRetryDelay, uint32(retries)))
	// A boat that waits is no case yet: nobody on it is in the books.
	w.enterAgenda(at.After(delay), &Case{
		Key: boat, Attempts: retries + 1, Place: noPlace, Cohort: -1, Protected: clock.Never,
	}, RetriesCrossing)
}

// retryCrossing lets a boat that was prevented try again, against the full
// share that is prevented today.
func (w *World) retryCrossing(c *Case) {
	people := w.peopleOn(c.Key, w.day)
	if w.source.Chance(c.Key, drawPrevented, uint32(c.Attempts), float64(w.rules.Prevention.Share)) {
		w.prevent(c.Key, w.now, people, c.Attempts)
		return
	}
	w.land(c.Key, w.now, people)
}
