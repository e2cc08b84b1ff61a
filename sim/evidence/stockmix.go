package evidence

import (
	"math"

	"asylumsim/sim/asylum"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// stockMix is the expected make-up of an opening stock: cases by route and
// nationality as the model draws them, which is the mix of a year's claims
// weighted by a chance.
type stockMix struct {
	share  [policy.NumRoutes][policy.MaxNationalities]float64
	cases  float64
	people float64
	rules  *policy.Rules
}

func newStockMix(rules *policy.Rules, smallBoat unit.Cases, cases unit.Cases, people unit.People, weight func(policy.Nationality) float64) *stockMix {
	m := &stockMix{cases: float64(cases), people: float64(people), rules: rules}
	perYear := [policy.NumRoutes]float64{policy.SmallBoat: float64(smallBoat)}
	for i, route := range policy.OtherRoutes {
		perYear[route] = float64(rules.Claims.PerYear[i])
	}
	total := 0.0
	for route := range policy.NumRoutes {
		for n, share := range rules.NationalityShares(route) {
			m.share[route][n] = float64(perYear[route] * float64(share) * weight(policy.Nationality(n)))
			total += m.share[route][n]
		}
	}
	for route := range m.share {
		for n := range m.share[route] {
			m.share[route][n] /= total
		}
	}
	return m
}

// inContact is the mix of the refused cases that are neither detained nor out
// of contact: those who may be supported and may return by themselves.
func inContact(o *asylum.Opening, rules *policy.Rules) *stockMix {
	refusal := func(n policy.Nationality) float64 { return 1 - float64(rules.Decision.Grant[n]) }
	m := newStockMix(rules, o.SmallBoatCases, asylum.TotalCases(o.Refused), o.RefusedPeople, refusal)
	share := max(0, 1-float64(o.DetainedCases+o.AbscondedCases)/m.cases)
	m.cases *= share
	m.people *= share
	return m
}

func (m *stockMix) route(r policy.Route) float64 {
	sum := 0.0
	for _, share := range m.share[r] {
		sum += share
	}
	return sum
}

// byNationality sums a function of nationality over the cases.
func (m *stockMix) byNationality(f func(policy.Nationality) float64) float64 {
	sum := 0.0
	for route := range m.share {
		for n, share := range m.share[route] {
			sum += float64(m.cases * share * f(policy.Nationality(n)))
		}
	}
	return sum
}

// needy sums over the stock the people in need of support: need by route,
// times what applies to single adults and to cases with children. Families
// are spread over routes by their shares of families; unaccompanied children
// have none of this support.
func (m *stockMix) needy(need policy.ByRoute[float64], single, withChildren float64) float64 {
	a := &m.rules.Applicants
	families, weighted := (m.people-m.cases)/a.Dependants, 0.0
	for route := range policy.NumRoutes {
		weighted += float64(m.route(route) * float64(a.FamilyShare[route]))
	}
	// Chance that a case with dependants has no child: one dependant only, who
	// is an adult.
	childless := math.Min(1, (1-float64(a.ChildShare))*a.Dependants) / a.Dependants
	keeps := float64(withChildren*(1-childless)) + float64(single*childless)
	sum := 0.0
	for route := range policy.NumRoutes {
		inFamilies := families * m.route(route) * float64(a.FamilyShare[route]) / weighted
		alone := (float64(m.cases*m.route(route)) - inFamilies) * (1 - float64(a.UASCShare[route]))
		sum += float64(need[route] * (float64(inFamilies*(1+a.Dependants)*keeps) + float64(alone*single)))
	}
	return sum
}

// SupportNeed scales the pattern of need by route so that the opening stocks
// are expected to hold as many supported people as are published. Need is
// capped at 1. Claims granted within the move-on period are counted by the
// days of it that are left of the last quarter's grants.
func SupportNeed(o *asylum.Opening, rules *policy.Rules, pattern policy.ByRoute[float64]) (scale float64, need policy.ByRoute[float64]) {
	grant := func(n policy.Nationality) float64 { return float64(rules.Decision.Grant[n]) }
	refusal := func(n policy.Nationality) float64 { return 1 - grant(n) }
	all := func(policy.Nationality) float64 { return 1 }
	last := o.Permits[len(o.Permits)-1]
	perDay := float64(last.Cases) / float64(last.Last-last.First+1)
	perPermit := float64(o.PermitPeople) / float64(asylum.TotalCases(o.Permits))
	moving := func(days unit.Days) *stockMix {
		cases := perDay * float64(days)
		return newStockMix(rules, o.SmallBoatCases, unit.Cases(cases), unit.People(cases*perPermit), grant)
	}
	awaiting := newStockMix(rules, o.SmallBoatCases, asylum.TotalCases(o.Awaiting), o.AwaitingPeople, all)
	appeals := newStockMix(rules, o.SmallBoatCases, asylum.TotalCases(o.Appeals), o.AppealPeople, refusal)
	refused := inContact(o, rules)
	s := &rules.Support
	want := 0.0
	for _, people := range o.Supported {
		want += float64(people)
	}
	supported := func(scale float64) float64 {
		for route := range need {
			need[route] = min(1, scale*pattern[route])
		}
		return awaiting.needy(need, 1, 1) + appeals.needy(need, 1, 1) +
			refused.needy(need, float64(s.RefusedSingle), float64(s.RefusedFamily)) +
			moving(s.MoveOnSingle).needy(need, 1, 0) + moving(s.MoveOnFamily).needy(need, 0, 1)
	}
	low, high := 0.0, 10.0
	for range 60 {
		mid := (low + high) / 2
		if supported(mid) < want {
			low = mid
		} else {
			high = mid
		}
	}
	supported(high)
	return high, need
}

// withdrawnReturnable is the share of those awaiting a decision whose return could
// be carried out: of whom withdrawn claims are taken to be the mix.
func withdrawnReturnable(o *asylum.Opening, rules *policy.Rules) float64 {
	all := func(policy.Nationality) float64 { return 1 }
	awaiting := newStockMix(rules, o.SmallBoatCases, asylum.TotalCases(o.Awaiting), o.AwaitingPeople, all)
	return awaiting.byNationality(func(n policy.Nationality) float64 { return float64(rules.Returns.Returnable[n]) }) / awaiting.cases
}

// VoluntaryRates scales a pattern of voluntary return by nationality, which
// applies to those who can be returned, so that the opening stock of refused
// cases in contact is expected to yield the given returns a year, in people,
// after those from limbo.
func VoluntaryRates(o *asylum.Opening, rules *policy.Rules, pattern policy.ByNationality[float64], returns float64) (scale float64) {
	refused := inContact(o, rules)
	perCase := refused.people / refused.cases
	limbo := refused.byNationality(func(n policy.Nationality) float64 { return 1 - float64(rules.Returns.Returnable[n]) })
	yield := refused.byNationality(func(n policy.Nationality) float64 {
		return float64(rules.Returns.Returnable[n]) * pattern[n]
	})
	return max(0, returns/perCase-float64(limbo*float64(rules.Returns.LimboVoluntary))) / yield
}
