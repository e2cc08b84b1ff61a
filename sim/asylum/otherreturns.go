package asylum

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// Most published returns are of people who never claimed asylum. They are a
// Poisson process outside the policy model, of people one by one, who use the
// same beds and seats and come before asylum cases. A run that simulates a
// fraction counts them all and divides those who use the scaled beds and seats.

// The occurrences of drawOtherReturns.
const (
	otherEnforced uint32 = iota
	otherVoluntary
)

// returnOthers begins a day of removals: it sets today's beds and seats, and
// draws the returns that are not asylum-related.
func (w *World) returnOthers() {
	d, e, r := &w.detention, &w.rules.Enforcement, &w.rules.Returns
	w.countDetentionBeds()
	if w.day == 0 {
		// Those detained before the run whose stay reaches into it.
		for day := 1 - w.otherStay(); day < 0; day++ {
			w.holdOthers(w.divideOthers(w.others(day, otherEnforced, r.OtherEnforced)), day)
		}
	}
	released := int64(d.releases[w.day])
	d.beds.Give(released)
	d.otherBeds -= released

	enforced := w.others(w.day, otherEnforced, r.OtherEnforced)
	w.row[measure.OtherReturnsEnforcedPeople] += enforced
	w.row[measure.OtherReturnsVoluntaryPeople] += w.others(w.day, otherVoluntary, r.OtherVoluntary)
	enforced = w.divideOthers(enforced)
	seats := float64(e.Seats) / unit.DaysPerYear
	w.keep(&d.seats, int(d.seatsLeft), seats)
	d.seatsLeft = max(0, int64(d.seats.Release(seats))-enforced)
	w.holdOthers(enforced, w.day)
}

// others draws how many returns of a kind take place on a day.
func (w *World) others(day clock.Day, kind uint32, perYear unit.PerYear) int64 {
	u := w.source.Uniform(random.KeyOf(keyOtherReturn, int32(day), 0), drawOtherReturns, kind)
	driver := policy.EnforcedReturnsDriver
	if kind == otherVoluntary {
		driver = policy.VoluntaryReturnsDriver
	}
	return int64(random.Poisson(float64(float64(perYear.PerDay())*w.factor[driver]), u))
}

// otherStay is how many nights other people are detained for, all alike.
func (w *World) otherStay() clock.Day {
	return clock.Day(max(1, math.Round(float64(w.rules.Enforcement.Stay))))
}

// holdOthers takes beds for people detained from a day on, as far as any are
// free: the others are held in police cells.
func (w *World) holdOthers(people int64, from clock.Day) {
	d := &w.detention
	people = min(people, d.beds.Free())
	d.beds.Take(people)
	d.otherBeds += people
	if until := from + w.otherStay(); int(until) < len(d.releases) {
		d.releases[until] += int32(people)
	}
}
