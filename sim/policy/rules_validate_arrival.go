package policy

import "asylumsim/sim/unit"

// Validate checks the small-boat process.
func (c *Crossings) Validate(fault Fault) {
	atLeast(fault, "boats_per_crossing_day", c.Boats, 1)
	positive(fault, "boats_dispersion", c.BoatsDispersion)
	for m, factor := range c.BoatsSeason {
		atLeast(fault, "boats_season."+monthKeys[m], factor, 0)
	}
	atLeast(fault, "people_per_boat", c.PeoplePerBoat, 1)
	atMost(fault, "people_per_boat", c.PeoplePerBoat, c.PeopleCap, ", the value of people_per_boat_cap")
	atLeast(fault, "people_per_boat_sd", c.PeopleSD, 0)
}

// Validate checks prevention in France. Some boats always come through, or
// arrivals could not be scaled from those of the reference share.
func (p *Prevention) Validate(fault Fault) {
	for _, share := range []struct {
		key   string
		share unit.Probability
	}{{"prevention_share", p.Share}, {"prevention_reference_share", p.Reference}} {
		if !(share.share >= 0 && share.share < 1) {
			fault(share.key, "a probability of 0 or more and below 1")
		}
	}
	atMost(fault, "prevention_retry", p.Retry, 1, ": nobody tries more often than always")
	atLeast(fault, "prevention_retry_delay", p.RetryDelay, 0)
	atLeast(fault, "france_cost", p.CostPerYear, 0)
}

// Validate checks the claims by other routes and the scales of all.
func (c *Claims) Validate(fault Fault) {
	for i, route := range OtherRoutes {
		atLeast(fault, "other_route_claims."+route.String(), c.PerYear[i], 0)
	}
	atLeast(fault, "arrival_envelope", c.Envelope, 1)
	for route, scale := range c.Scale {
		key := "arrival_scale." + Route(route).String()
		atLeast(fault, key, scale, 0)
		atMost(fault, key, scale, c.Envelope, ", the value of arrival_envelope")
	}
}

// Validate checks the answer to policy. Its coefficients can have either
// sign.
func (r *Response) Validate(fault Fault) {
	switched(fault, "response_switch", r.Switch)
	switched(fault, "right_to_work", r.WorkAllowed)
	atLeast(fault, "response_lag", r.Lag, 0)
	atLeast(fault, "response_saturation", r.Saturation, 0)
	atMost(fault, "response_displacement", r.Displacement, 1, ": no more people move than are missing")
	for _, perPlace := range []struct {
		key    string
		people float64
	}{{"response_to_safe_routes", r.SafeRoutes}, {"response_family_by_boat", r.FamilyByBoat}} {
		if x := perPlace.people; x < -1 || x > 1 {
			fault(perPlace.key, "a number of people for a place from -1 to 1")
		}
	}
	atLeast(fault, "response_usual_waiting", r.WaitingUsual, 0)
	atLeast(fault, "response_anticipation_days", r.AnticipateDays, 0)
}

// Validate checks the composition of cases.
func (a *Applicants) Validate(fault Fault) {
	atLeast(fault, "dependants_per_family", a.Dependants, 1)
}

// Validate checks what can happen before a claim is considered.
func (i *Intake) Validate(fault Fault) {
	atLeast(fault, "transfer_capacity", i.TransferCapacity, 0)
	atLeast(fault, "transfer_hold", i.TransferHold, 0)
	atLeast(fault, "transfer_reentry_delay", i.ReentryDelay, 0)
	atLeast(fault, "transfer_exchange", i.Exchange, 0)
}

// Validate checks family reunion.
func (f *Family) Validate(fault Fault) {
	atLeast(fault, "family_reunion_wait", f.Wait, 0)
	atMost(fault, "family_reunion_wait", f.Wait, 1200, "; for no family reunion set family_reunion_eligible to 0")
	atLeast(fault, "family_reunion_lag", f.Lag, 0)
	atLeast(fault, "family_reunion_size", f.Size, 1)
}

// Validate checks safe and legal routes.
func (s *SafeRoute) Validate(fault Fault) {
	atLeast(fault, "safe_route_places", s.Places, 0)
	settlementYears(fault, "safe_route_settlement_years", s.SettlementYears, "")
}
