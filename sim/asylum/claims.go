package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// claimByOtherRoutes draws the day's claims that do not follow a boat
// arrival: a Poisson number around the route's yearly intensity times the
// quarter's level.
func (w *World) claimByOtherRoutes(day clock.Day) {
	claims := &w.rules.Claims
	envelope := float64(claims.Envelope)
	var c Case
	for i, route := range policy.OtherRoutes {
		mean := float64(claims.PerYear[i]) / unit.DaysPerYear * w.factor[policy.OtherClaimsDriver]
		key := dayKey(route, day)
		base := random.Poisson(mean, w.source.Uniform(key, drawClaims, 0))
		scale := w.scale(route)
		extra := 0
		if scale > 1 {
			extra = random.Poisson(float64(mean*(envelope-1)), w.source.Uniform(key, drawExtraClaims, 0))
		}
		for ordinal := range base + extra {
			k := routeKey(route, day, ordinal)
			if !w.comes(k, ordinal >= base, scale, envelope) || !w.sampled(k) {
				continue
			}
			w.newCase(&c, k, route, maxCasePeople)
			if route == policy.VisaHolder && !w.visaGranted(&c) {
				continue
			}
			w.claim(&c, day.Tick()+clock.Tick(w.source.Uniform(k, drawClaimTime, 0)*float64(clock.DayTicks)))
		}
	}
}

// comes reports whether a potential claim is among those that the scale of its
// route lets come: of the base those whose mark is below it, of those beyond
// the base, whose marks reach from 1 to the envelope, likewise.
func (w *World) comes(key random.Key, beyond bool, scale, envelope float64) bool {
	if !beyond && scale >= 1 {
		return true
	}
	mark := w.source.Uniform(key, drawClaimMark, 0)
	if beyond {
		mark = 1 + float64(mark*(envelope-1))
	}
	return mark < scale
}

// maxCasePeople bounds the size of a case.
const maxCasePeople = 10

// newCase draws the people of a case: nationality, dependants, whether it is
// an unaccompanied child. It has at most the given number of people.
func (w *World) newCase(c *Case, key random.Key, route policy.Route, most int) {
	c.begin(key, route)
	c.Nationality = w.pickNationality(route, w.uniform(c, drawNationality, 0))
	a := &w.rules.Applicants
	if most > 1 && w.chance(c, drawFamily, 0, a.FamilyShare[route]) {
		dependants := 1 + random.Geometric(a.Dependants-1, w.uniform(c, drawDependants, 0))
		w.rules.addDependants(c, min(dependants, most-1, maxCasePeople-1), w.uniform(c, drawPartner, 0))
	} else if w.chance(c, drawUnaccompanied, 0, a.UASCShare[route]) {
		c.Adults, c.Children = 0, 1
		c.Flags |= Unaccompanied
	}
	if w.chance(c, drawVulnerable, 0, a.Vulnerable[route]) {
		c.Flags |= Vulnerable
	}
}

// visaGranted settles whether somebody who would claim as a visa holder comes,
// where visas are withheld from the nationals of a country that refuses
// returns. Of those without a visa, the share that is displaced between routes
// comes without one, if arrivals answer to the rules at all; the others do not
// come.
func (w *World) visaGranted(c *Case) bool {
	withheld := w.rules.Returns.VisaPenalty[c.Nationality]
	if withheld <= 0 || w.uniform(c, drawVisaRefused, 0) >= float64(withheld) {
		return true
	}
	a := &w.rules.Response
	if a.Switch == 0 || w.uniform(c, drawDisplaced, 0) >= float64(a.Displacement) {
		return false
	}
	c.Route = policy.OtherIrregular
	return true
}

// addDependants gives a case dependants: at most one of them an adult, the
// others children.
func (e *epoch) addDependants(c *Case, dependants int, u float64) {
	if u < e.partner {
		c.Adults = 2
		dependants--
	}
	c.Children = uint8(dependants)
}

// claim enters a case into the asylum system, unless the rules bar it from
// claiming.
func (w *World) claim(c *Case, at clock.Tick) {
	w.events++
	w.now = at
	c.Claimed = at
	c.Epoch = uint16(w.epoch)
	c.Cohort = int16(w.month)
	w.countEntry(c.Route, c.People())
	if w.intake(c) {
		w.row[measure.AsylumClaimsCases]++
		w.row[measure.AsylumClaimsPeople] += int64(c.People())
		w.takeAssets(c)
	}
}
