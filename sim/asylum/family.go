package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// families counts what came by family reunion.
type families struct {
	entered unit.Cases // since the start of the run
}

// startFamily decides at the first grant of a case whether a family would
// follow, who they are and when they would come: after the wait that the rules
// of today demand and the time that applications and journeys take. Whether
// they are let in is decided by the rules of the day on which they come.
//
// Under the Immigration Rules a sponsor must be an adult, so children who are
// here on their own have no family follow; the families of resettled people
// come with them.
//
// The wait runs from c.Protected. Of a case granted before the run, the family
// is let alone if it would have come by now.
func (w *World) startFamily(c *Case) {
	f := &w.rules.Family
	if c.Flags.Has(Unaccompanied) || c.Flags.Has(Resettled) || !w.chance(c, drawFamilyTakeUp, 0, f.TakeUp) {
		return
	}
	lag := float64(f.Lag) * random.Exponential.At(w.uniform(c, drawFamilyLag, 0))
	at := c.Protected
	if f.Wait > 0 {
		at = w.model.Timeline.MonthsAfter(at, int(f.Wait))
	}
	if at = at.After(lag); at < w.now {
		return
	}
	people := min(1+random.Geometric(f.Size-1, w.uniform(c, drawFamilySize, 0)), maxCasePeople)
	// Rounded up or down at random, so that the mean share is the stated one
	// while there are no more than two adults.
	children := int(float64(float64(people)*float64(f.ChildShare)) + w.uniform(c, drawFamilyChildren, 0))
	adults := min(max(people-children, 0), 2)
	// A family that waits is no case yet: nobody in it is in the books.
	w.enterAgenda(at, &Case{
		Key: c.Key.Child(keyFamily, 0), Route: c.Route, Nationality: c.Nationality,
		Place: noPlace, Cohort: -1, Protected: clock.Never,
		Adults: uint8(adults), Children: uint8(people - adults),
	}, FamilyArrives)
}

// familyArrives brings a family by reunion, if the rules of today let it in:
// with leave of its own.
func (w *World) familyArrives(c *Case) {
	u := w.uniform(c, drawFamilyEligible, 0)
	if u >= float64(w.rules.Family.Eligible) {
		if u < float64(w.model.attraction.reference.Family.Eligible) {
			w.countBarredFamily(c.People())
		}
		return
	}
	w.families.entered++
	w.row[measure.FamilyReunionPeople] += int64(c.People())
	c.Claimed, c.Protected, c.Epoch = w.now, w.now, uint16(w.epoch)
	w.move(c, Permitted)
	w.owe(c)
	w.startPermit(c, w.now)
}
