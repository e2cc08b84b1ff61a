package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/queue"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// detention is the state of the means of enforced returns: beds and seats,
// which asylum cases share with the returns of other people.
type detention struct {
	growing trend          // of the number of beds
	beds    queue.Resource // in people
	seats   queue.Capacity
	// seatsLeft is how many people can still be flown out today.
	seatsLeft int64
	// otherBeds is how many beds hold people who are not asylum cases, and
	// releases how many of them are given back on each day of the run.
	otherBeds int64
	releases  []int32
	// undivided is how many other people are still to be divided by the k of a
	// fraction 1/k.
	undivided int64
}

// reset empties detention for a run of so many days, keeping its memory.
func (d *detention) reset(days clock.Day) {
	releases := d.releases
	if len(releases) != int(days) {
		releases = make([]int32, days)
	}
	clear(releases)
	*d = detention{releases: releases}
}

// countDetentionBeds sets today's number of beds: it grows in a straight line,
// up to a bound. It is called once a day.
func (w *World) countDetentionBeds() {
	e := &w.rules.Enforcement
	grown := w.detention.growing.follow(float64(e.Beds), float64(float64(e.BedsGrowth)*yearsPerDay))
	w.detention.beds.Size = int64(min(float64(e.BedsMost), grown))
}

// enforceQueue works through a working day's attempts at enforced returns: a
// case in line is detained, if there is a bed for each of its people. Where there
// is not, the day's attempts end. A case with children or of a vulnerable person
// may be passed over: it goes to the end of the line and no attempt is used up. It may
// be drawn again on the same day; as many cases are drawn as there are in line, at most.
func (w *World) enforceQueue() {
	e := &w.rules.Enforcement
	perDay := float64(float64(e.Attempts)*w.factor[policy.EnforcedReturnsDriver]) / 12 / float64(w.workingDays)
	n := w.attempts.Release(perDay)
	var c Case
	for seen, waiting := 0, w.removals.Len(); n > 0 && seen < waiting; seen++ {
		position := w.nextForRemoval(seen)
		next, _ := w.removals.At(position)
		passed := w.uniform(next, drawFamilyAttempt, next.Attempts+1) >= float64(w.rules.attemptShare(next))
		if !passed && w.detention.beds.Free() < int64(next.People()) {
			break
		}
		w.removals.Leave(position, &c)
		w.events++
		// 0 is kept for those who were detained on arrival.
		if c.Attempts++; c.Attempts == 0 {
			c.Attempts = 1
		}
		if passed {
			w.awaitRemoval(&c)
			continue
		}
		n--
		since := c.Since
		w.detain(&c)
		c.Since = since // the stay goes on, and its marks with it
		w.schedule(w.detainedUntil(&c), &c)
	}
	w.keep(&w.attempts, n, perDay)
}

// attemptShare is the share of attempts at a case like this one that are made.
func (e *epoch) attemptShare(c *Case) unit.Probability {
	share := unit.Probability(1)
	if c.Children > 0 {
		share = e.Enforcement.FamilyAttempt
	}
	if c.Flags.Has(Vulnerable) {
		share = min(share, e.Enforcement.AtRiskAttempt)
	}
	return share
}

// detain takes beds for a case, which must be free. Support ends.
func (w *World) detain(c *Case) {
	if !w.detention.beds.Take(int64(c.People())) {
		panic("asylum: no bed is free in detention")
	}
	w.endSupport(c)
	w.move(c, Detained)
	c.Detail = 0
	c.Next = DetentionEnds
}

// detainedUntil is when a detention that begins now ends, the next day at the
// earliest.
func (w *World) detainedUntil(c *Case) clock.Tick {
	return max(w.now.After(w.detentionStay(c)), (w.day + 1).Tick())
}

// detentionStay is how many days a case is detained for before its return is
// ready or has failed: exponential, cut at the longest stay.
func (w *World) detentionStay(c *Case) float64 {
	e := &w.rules.Enforcement
	days := float64(e.Stay) * random.Exponential.At(w.uniform(c, drawStay, c.Attempts))
	return min(days, float64(e.LongestStay))
}

// endDetention ends a detention. A legal barrier or a failure releases the
// case, and after a failure contact may be lost. A return that is ready needs
// a seat for each of the case's people; without them it waits for a week at a
// time, up to the longest stay.
//
// People detained on arrival are returned only if their nationality can be;
// all others of them are released.
func (w *World) endDetention(c *Case) {
	e := &w.rules.Enforcement
	arrival := c.Attempts == 0
	switch {
	case arrival && !w.returnable(c), w.chance(c, drawLegalBarrier, c.Attempts, e.LegalBarrier):
		w.release(c)
	case w.chance(c, drawEnforced, c.Attempts, e.Success):
		if people := int64(c.People()); people <= w.detention.seatsLeft {
			w.detention.seatsLeft -= people
			w.returnByForce(c)
		} else if !w.prolong(c) {
			w.release(c)
		}
	case !arrival && w.chance(c, drawLosesTrace, c.Attempts, e.LosesTrace):
		w.detention.beds.Give(int64(c.People()))
		w.abscond(c)
	default:
		w.release(c)
	}
}

// prolong keeps a case in detention for another week, or for what is left of
// the longest stay; it reports false if nothing is left. The stay so far is
// judged by the rules of today: it is as drawn at the start unless these rules
// changed meanwhile.
func (w *World) prolong(c *Case) bool {
	left := float64(w.rules.Enforcement.LongestStay) - w.detentionStay(c) - float64(7*float64(c.Detail))
	if left <= 0 || c.Detail == 255 {
		return false
	}
	c.Detail++
	w.schedule(w.now.After(min(7, left)), c)
	return true
}

func (w *World) returnByForce(c *Case) {
	people := int64(c.People())
	w.detention.beds.Give(people)
	w.row[measure.ReturnsEnforcedPeople] += people
	w.pay(returningForce, people)
	w.move(c, ReturnedForce)
}

// release lets a case out of detention: to the end of the line for a return,
// or, if it was detained on arrival, to have its claim considered, where
// claims are not barred. Support that ended with detention does not come back
// for refused cases.
func (w *World) release(c *Case) {
	w.detention.beds.Give(int64(c.People()))
	switch {
	case c.Attempts > 0:
		since := c.Since
		w.move(c, Removable)
		c.Since = since // as if there had been no attempt
		w.awaitRemoval(c)
	case w.barred(c):
		w.exhaust(c)
	default:
		w.move(c, Preparing)
		w.startSupport(c)
		w.prepareFromNow(c)
	}
}

// detentionCensus charges the night of asylum cases in detention.
func (w *World) detentionCensus() {
	people := w.detention.beds.InUse - w.detention.otherBeds
	w.row[measure.DetentionCost] += people * int64(w.rules.Cost.Detention.Pence())
	w.chargeTransfers()
}

// auditDetention checks that beds in use are the people detained and the
// others who are.
func (w *World) auditDetention(fault func(string, ...any)) {
	d := &w.detention
	if detained := int64(w.stock.totalPeople(Detained)); d.beds.InUse != detained+d.otherBeds || d.otherBeds < 0 {
		fault("%d detention beds in use, %d people of asylum cases and %d others detained", d.beds.InUse, detained, d.otherBeds)
	}
}
