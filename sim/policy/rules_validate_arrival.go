package policy

import "asylumsim/sim/unit"

// Validate checks the small-boat process.
func (c *Crossings) Validate(fault Fault) {
	atLeast(fault, "boats_per_crossing_day", c.Boats, 1)
	positive(fault, "boats_dispersion", c.BoatsDispersion)
	atLeast(fault, "people_per_boat", c.PeoplePerBoat, 1)
	atMost(fault, "people_per_boat", c.PeoplePerBoat, c.PeopleCap, ", the value of people_per_boat_cap")
}

// Validate checks prevention in France. Some boats always come through, or
// arrivals could not be scaled from those of the reference share.
func (p *Prevention) Validate(fault Fault) {
	for _, share := range []struct {
		key   string
		share unit.Probability
	}{{"prevention_share", p.Share}, {"prevention_reference_share", p.Reference}} {
		if !(share.share < 1) {
			fault(share.key, "a probability of 0 or more and below 1")
		}
	}
}

// Validate checks the claims by other routes and the scales of all.
func (c *Claims) Validate(fault Fault) {
	atLeast(fault, "arrival_envelope", c.Envelope, 1)
	for route, scale := range c.Scale {
		key := "arrival_scale." + Route(route).String()
		atMost(fault, key, scale, c.Envelope, ", the value of arrival_envelope")
	}
}

// Validate checks the answer to policy.
func (r *Response) Validate(fault Fault) {
	if x := r.SafeRoutes; !(-1 <= x && x <= 1) {
		fault("response_to_safe_routes", "a number of people for a place from -1 to 1")
	}
	atMost(fault, "response_family_by_boat", r.FamilyByBoat, 1, ": no more people than have lost their place")
}

// Validate checks the composition of cases.
func (a *Applicants) Validate(fault Fault) {
	atLeast(fault, "dependants_per_family", a.Dependants, 1)
}

// Validate checks family reunion.
func (f *Family) Validate(fault Fault) {
	atMost(fault, "family_reunion_wait", f.Wait, 1200, "; for no family reunion set family_reunion_eligible to 0")
	atLeast(fault, "family_reunion_size", f.Size, 1)
}

// Validate checks safe and legal routes.
func (s *SafeRoute) Validate(fault Fault) {
	settlementYears(fault, "safe_route_settlement_years", s.SettlementYears, "")
}
