package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/unit"
)

// startSupport houses a claim that needs asylum support. Unaccompanied
// children are looked after by local authorities instead (Children Act 1989,
// section 20) and are not in the support statistics.
func (w *World) startSupport(c *Case) {
	s := &w.rules.Support
	if c.Flags.Has(Unaccompanied) || !w.chance(c, drawNeedsSupport, 0, s.Need[c.Route]) {
		return
	}
	if c.conditional() && w.chance(c, drawDeclined, c.Claims, s.Declined) {
		w.row[measure.SupportRefusedPeople] += int64(c.People())
		return
	}
	if w.chance(c, drawSubsistence, 0, s.SubsistenceOnly) {
		c.Place = w.occupy(c, SubsistenceOnly)
	} else {
		c.Place = w.accommodate(c)
	}
	w.setConditions(c)
}

// conditional reports whether support of a case can depend on conditions such
// as working where that is allowed, going where one is sent, or obeying the
// law. Families with children (Children Act 1989) and vulnerable people are
// supported without.
func (c *Case) conditional() bool { return c.Children == 0 && !c.Flags.Has(Vulnerable) }

// setConditions schedules the loss of support for not complying with its
// conditions, where they are in force before support ends otherwise.
func (w *World) setConditions(c *Case) {
	if !c.conditional() {
		return
	}
	at := w.happens(w.model.hazards.withdrawal, max(w.now, 0), c, drawSupportWithdrawn, c.Claims)
	if at != clock.Never {
		w.setTimer(c, LosesSupport, at)
	}
}

// loseSupport handles the loss of support under its conditions, unless support
// has ended or been set anew since.
func (w *World) loseSupport(c *Case) {
	if w.holdsPlace(c) && w.places[c.Place].ends == w.now {
		w.row[measure.SupportRefusedPeople] += int64(c.People())
		w.vacate(c.Place)
	}
}

// startMoveOn sets the end of support after a grant (Immigration and Asylum
// Act 1999, part 6, and the regulations made under it): the case gives up its
// place when the move-on period ends.
func (w *World) startMoveOn(c *Case) {
	if !w.holdsPlace(c) {
		return
	}
	w.endSupportAt(c, w.now.After(float64(w.rules.moveOn(c))))
}

// moveOn is the move-on period of a case: vulnerable people have that of
// families.
func (e *epoch) moveOn(c *Case) unit.Days {
	if c.SingleAdult() && !c.Flags.Has(Vulnerable) {
		return e.Support.MoveOnSingle
	}
	return e.Support.MoveOnFamily
}

// refusedSupport settles whether support goes on once appeal rights are
// exhausted: families with children keep it in most cases, single adults end
// it after a grace period unless they qualify for support as refused
// applicants (section 4).
func (w *World) refusedSupport(c *Case) {
	if !w.holdsPlace(c) {
		return
	}
	s := &w.rules.Support
	keeps := s.RefusedSingle
	if c.Children > 0 {
		keeps = s.RefusedFamily
	}
	if !w.chance(c, drawRefusedSupport, c.stay(), keeps) {
		w.endSupportAt(c, w.now.After(float64(s.RefusedGrace)))
	}
	w.markRefused(c.Place)
}

// endSupportAt ends support at a time, unless it ends before.
func (w *World) endSupportAt(c *Case, at clock.Tick) {
	if at < w.places[c.Place].ends {
		w.setTimer(c, SupportEnds, at)
	}
}

// setTimer sets the accommodation timer of a case: the only event that is
// about a place and not about a legal stage.
func (w *World) setTimer(c *Case, kind Kind, at clock.Tick) {
	w.places[c.Place].ends = at
	w.enterAgenda(at, c, kind)
}

// timeSupport handles an accommodation timer. It is void if the place has
// been given up or its end has been set anew since.
func (w *World) timeSupport(c *Case) {
	if w.holdsPlace(c) && w.places[c.Place].ends == w.now {
		w.vacate(c.Place)
	}
}

// endSupport gives up a case's place at once, if it still has one.
func (w *World) endSupport(c *Case) {
	if w.holdsPlace(c) {
		w.vacate(c.Place)
	}
	c.Place = noPlace
}

// countBeds sets today's number of beds: dispersal grows in a straight line.
func (w *World) countBeds() {
	a := &w.rules.Accommodation
	w.beds[Dispersal].Size = int64(w.dispersalBeds.follow(float64(a.Dispersal), float64(float64(a.DispersalGrowth)*yearsPerDay)))
	w.beds[InitialAccommodation].Size = int64(a.Initial)
	w.beds[LargeSite].Size = int64(a.LargeSite)
	w.beds[OtherAccommodation].Size = int64(a.Other)
}
