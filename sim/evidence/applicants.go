package evidence

import (
	"fmt"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// peopleByRoute returns the people a main applicant stands for, on small
// boats and over all other routes, from the claims of a year.
func (s *Series) peopleByRoute(year int) (boats, others float64, err error) {
	b, err := s.BoatClaimsOf(year)
	if err != nil {
		return 0, 0, err
	}
	flows, err := s.FlowsOf(year)
	if err != nil {
		return 0, 0, err
	}
	perClaim, err := s.PeoplePerClaim(year)
	if err != nil {
		return 0, 0, err
	}
	mainClaims := float64(flows.Claims) / perClaim
	return float64(b.WithClaim) / float64(b.MainClaims), float64(flows.Claims-b.WithClaim) / (mainClaims - float64(b.MainClaims)), nil
}

// otherClaims returns the main applicants who claimed in a year by other
// routes than small boats, split as the year ending September of that year
// was (in people).
func (s *Series) otherClaims(year int) ([len(policy.OtherRoutes)]float64, error) {
	var cases [len(policy.OtherRoutes)]float64
	b, err := s.BoatClaimsOf(year)
	if err != nil {
		return cases, err
	}
	flows, err := s.FlowsOf(year)
	if err != nil {
		return cases, err
	}
	perClaim, err := s.PeoplePerClaim(year)
	if err != nil {
		return cases, err
	}
	period := fmt.Sprintf("YE%d-09", year)
	split := map[string]float64{}
	for _, measure := range []string{"claims_people", "claims_by_small_boat_arrivals", "claims_by_other_illegal_routes", "claims_by_visa_holders"} {
		if split[measure], err = s.Snapshot(measure, period); err != nil {
			return cases, err
		}
	}
	irregular, visa := split["claims_by_other_illegal_routes"], split["claims_by_visa_holders"]
	others := split["claims_people"] - split["claims_by_small_boat_arrivals"]
	total := float64(flows.Claims)/perClaim - float64(b.MainClaims)
	for i, route := range policy.OtherRoutes {
		switch route {
		case policy.OtherIrregular:
			cases[i] = total * irregular / others
		case policy.VisaHolder:
			cases[i] = total * visa / others
		default:
			cases[i] = total * (others - irregular - visa) / others
		}
	}
	return cases, nil
}

// childShare is the share of dependants who were under 18, over the claims of
// the latest two years published by age.
func (s *Series) childShare() float64 {
	latest := s.Claimants[len(s.Claimants)-1].Year
	var children, all float64
	for _, c := range s.Claimants {
		if c.Type != "dependant" || c.Year < latest-1 || c.Age == "unknown" {
			continue
		}
		all += float64(c.Claims)
		if c.Age == "under_18" {
			children += float64(c.Claims)
		}
	}
	return children / all
}

// uascShares derives the share of cases without dependants that are
// unaccompanied children, by route: all such claims of the latest four
// quarters published, split between boats and other routes as in the latest
// four quarters with a split. Visa holders are taken to have none.
func (s *Series) uascShares(other [len(policy.OtherRoutes)]float64, family policy.ByRoute[unit.Probability]) (policy.ByRoute[float64], error) {
	var shares policy.ByRoute[float64]
	var uasc, main float64
	for _, c := range s.ClaimSizes[len(s.ClaimSizes)-4:] {
		uasc += float64(c.UASC)
		main += float64(c.Main)
	}
	quarters := s.BoatClaimQuarters[len(s.BoatClaimQuarters)-4:]
	var byBoat, all float64
	for _, q := range quarters {
		byBoat += float64(q.UASC)
		size, err := find(s.ClaimSizes, s.file("asylum_claims_main_dependant_quarterly.csv"), q.Quarter.String(), func(c *ClaimSizes) bool { return c.Quarter == q.Quarter })
		if err != nil {
			return shares, err
		}
		all += float64(size.UASC)
	}
	year, _, _ := s.ClaimSizes[len(s.ClaimSizes)-1].Quarter.Civil()
	boats, err := s.BoatClaimsOf(year)
	if err != nil {
		return shares, err
	}
	perClaim, err := s.PeoplePerClaim(year)
	if err != nil {
		return shares, err
	}
	flows, err := s.FlowsOf(year)
	if err != nil {
		return shares, err
	}
	boatShare := float64(boats.MainClaims) * perClaim / float64(flows.Claims)
	total := other[0] + other[1] + other[2]
	eligible := 0.0
	for i, route := range policy.OtherRoutes {
		if route != policy.VisaHolder {
			eligible += other[i] / total
		}
	}
	perCase := uasc / main
	for route := range policy.NumRoutes {
		alone := 1 - float64(family[route])
		switch route {
		case policy.SmallBoat:
			shares[route] = perCase * byBoat / all / boatShare / alone
		case policy.VisaHolder:
			shares[route] = 0
		default:
			shares[route] = perCase * (1 - byBoat/all) / ((1 - boatShare) * eligible) / alone
		}
	}
	return shares, nil
}

// peoplePerDecision is the people a main applicant stands for among initial
// decisions of outcome groups, over the quarters after a date.
func (s *Series) peoplePerDecision(after clock.Date, groups ...string) float64 {
	var main, all float64
	for _, d := range s.Decisions {
		if d.Quarter <= after {
			continue
		}
		for _, g := range groups {
			if d.Group == g {
				all += float64(d.People)
				if d.Type == "main_applicant" {
					main += float64(d.People)
				}
			}
		}
	}
	return all / main
}
