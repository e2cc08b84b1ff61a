package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// The tribunal also receives protection appeals that do not follow an initial
// decision of the run: against decisions taken long before, against revocations
// and against refusals of further submissions that the model does not follow.
// They are a Poisson process outside the policy model of cases that enter with
// their appeal.

// appealFromOutside brings the day's appeals that do not follow a decision of
// the run.
func (w *World) appealFromOutside(day clock.Day) {
	perDay := float64(w.rules.Appeal.Other.PerDay())
	if perDay <= 0 {
		return
	}
	key := random.KeyOf(keyOtherAppeal, int32(day), 0)
	var c Case
	for ordinal := range random.Poisson(perDay, w.source.Uniform(key, drawOtherAppeals, 0)) {
		k := random.KeyOf(keyOtherAppeal, int32(day), uint32(ordinal)+1)
		if !w.sampled(k) {
			continue
		}
		w.newCase(&c, k, w.appellantRoute(k), maxCasePeople)
		c.Nationality = w.refusedNationality(k, c.Route)
		w.events++
		w.now = day.Tick() + clock.Tick(w.source.Uniform(k, drawClaimTime, 0)*float64(clock.DayTicks))
		c.Claimed, c.Epoch, c.Cohort = w.now, uint16(w.epoch), -1
		w.otherAppellants.cases++
		w.otherAppellants.people += c.People()
		w.row[measure.AppealsLodgedCases]++
		c.Appeals = 1
		w.move(&c, Appealing)
		w.startSupport(&c)
		w.awaitHearing(&c)
	}
}

// appellantRoute draws the route of a case in proportion to the claims by other
// routes and, for small boats, to those of the year before the run.
func (w *World) appellantRoute(k random.Key) policy.Route {
	weights := policy.ByRoute[float64]{policy.SmallBoat: float64(w.boatCases)}
	total := weights[policy.SmallBoat]
	for i, route := range policy.OtherRoutes {
		weights[route] = float64(w.rules.Claims.PerYear[i])
		total += weights[route]
	}
	u := float64(w.source.Uniform(k, drawAppellant, 0) * total)
	for route := range policy.NumRoutes {
		if u -= weights[route]; u < 0 {
			return route
		}
	}
	return policy.OtherInCountry
}

// refusedNationality draws a nationality of a route as often as its claims are
// refused: candidates in turn, until one would have been.
func (w *World) refusedNationality(k random.Key, route policy.Route) policy.Nationality {
	const most = 30
	n := policy.Nationality(0)
	for occurrence := range uint32(most) {
		n = w.pickNationality(route, w.source.Uniform(k, drawAppellant, 2*occurrence+1))
		if w.source.Uniform(k, drawAppellant, 2*occurrence+2) >= float64(w.rules.Decision.Grant[n]) {
			break
		}
	}
	return n
}
