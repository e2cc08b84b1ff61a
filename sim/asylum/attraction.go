package asylum

import (
	"math"

	"asylumsim/sim/policy"
)

// attraction is how the package of rules of each epoch compares with a
// reference, for those who might come.
type attraction struct {
	reference *policy.Rules
	epochs    []pull
}

// pull is one epoch's part of attraction: all that does not depend on the run.
type pull struct {
	// parts is the log change of arrivals at full awareness that the fixed
	// parts of the package add up to, before saturation.
	parts [policy.NumRoutes]float64
	// boats is the number of small boats expected a year.
	boats float64
	// uneven says that nationalities differ in how strongly they answer.
	uneven bool
}

// Against sets the rules that packages are compared with, those of the base
// on the opening date, and returns the model. It must be called before the
// model runs; without it a regime is compared with its own rules of that date.
func (m *Model) Against(reference *policy.Rules) *Model {
	m.attraction = attraction{reference: reference, epochs: make([]pull, len(m.epochs))}
	for i := range m.epochs {
		e, p := &m.epochs[i], &m.attraction.epochs[i]
		for route := range policy.NumRoutes {
			p.parts[route] = e.pull(reference, route, m.groups)
		}
		p.boats = e.boatsPerYear()
		for n := range m.groups {
			p.uneven = p.uneven || e.Response.Sensitivity[n] != e.Response.Sensitivity[0]
		}
	}
	return m
}

// pull adds up the fixed parts of the package for a route: each is an
// elasticity times the difference from the reference. The chance of a grant is
// compared at today's mix of nationalities on both sides, so that a new mix is
// not taken for a new policy.
func (e *epoch) pull(reference *policy.Rules, route policy.Route, groups int) float64 {
	r := &e.Response
	grant := 0.0
	for n, share := range e.NationalityShares(route)[:groups] {
		grant += float64(float64(share) * float64(e.Decision.Grant[n]-reference.Decision.Grant[n]))
	}
	sum := float64(r.Protection * grant)
	sum += float64(r.PermitLength * (logMonths(e.Rules) - logMonths(reference)))
	sum += float64(r.Settlement * (settlementYears(e.Rules) - settlementYears(reference)))
	sum += float64(r.FamilyReunion * float64(e.Family.Eligible-reference.Family.Eligible))
	sum += float64(r.Support * (supportedShare(e.Rules, route) - supportedShare(reference, route)))
	sum += float64(r.Work * (r.WorkAllowed - reference.Response.WorkAllowed))
	sum += float64(r.Payment * (logPayment(&e.Offer) - logPayment(&reference.Offer)))
	return sum
}

// supportedShare is the share of single adults who claim by a route that are
// supported: in need, and not refused under the conditions of support.
func supportedShare(r *policy.Rules, route policy.Route) float64 {
	return float64(float64(r.Support.Need[route]) * (1 - float64(r.Support.Declined)))
}

// logMonths is the logarithm of the length of leave in months. No leave counts
// as one month, so that the logarithm stays finite.
func logMonths(r *policy.Rules) float64 { return math.Log(max(1, float64(r.Permit.Length))) }

// settlementYears is the years to settlement, at most 30: beyond that they
// mean never.
func settlementYears(r *policy.Rules) float64 { return min(30, float64(r.Permit.SettlementYears)) }

// logPayment is the logarithm of 1 plus the return payment a person in pounds,
// where one is offered.
func logPayment(o *policy.Offer) float64 {
	if o.AtRefusal <= 0 && o.AtExhaustion <= 0 {
		return 0
	}
	return math.Log1p(float64(o.PerPerson))
}

// lean is the log change of arrivals that a package leads to once it is fully
// answered. Saturation bounds the answer of those who know the package; the
// others do not answer at all.
func (e *epoch) lean(parts float64, route policy.Route) float64 {
	r := &e.Response
	if r.Switch == 0 {
		return 0
	}
	return float64(float64(r.Awareness[route]) * min(max(parts, -r.Saturation), r.Saturation))
}

// boatsPerYear is the number of boats expected in a year of mean level: the
// distribution over spells is carried through a year of days, after another
// that lets it forget its start.
func (e *epoch) boatsPerYear() float64 {
	const longest = 8 // spells of eight days or more are alike
	var chance [2][longest + 1]float64
	chance[0][longest] = 1
	boats := 0.0
	for year := range 2 {
		for month, days := range [12]int{31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31} {
			perDay := max(1, float64(e.Crossings.Boats*float64(e.Crossings.BoatsSeason[month])))
			for range days {
				var next [2][longest + 1]float64
				crossing := 0.0
				for was := range 2 {
					for run := 1; run <= longest; run++ {
						p := chance[was][run]
						yes := float64(p * e.crossable[month][policy.SpellAfter(was == 1, run)])
						crossing += yes
						longer := min(run+1, longest)
						if was == 1 {
							next[1][longer] += yes
							next[0][1] += p - yes
						} else {
							next[1][1] += yes
							next[0][longer] += p - yes
						}
					}
				}
				chance = next
				boats += float64(float64(year) * float64(perDay*crossing))
			}
		}
	}
	return boats
}
