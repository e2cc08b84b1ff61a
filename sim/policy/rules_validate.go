package policy

import (
	"fmt"

	"asylumsim/sim/unit"
)

// Fault reports a number that cannot be, given the others: the parameter (for
// a table parameter.entry) and what was expected of it.
type Fault func(key, want string)

// Validate checks the rules of one epoch together: what the bounds of single
// parameters cannot see. It reports every fault, stage by stage.
func (r *Rules) Validate(fault Fault) {
	r.Crossings.Validate(fault)
	r.Claims.Validate(fault)
	r.Applicants.Validate(fault)
	r.Decision.Validate(fault)
	r.Appeal.Validate(fault)
	r.Permit.Validate(fault)
	r.Returns.Validate(fault)
	r.Support.Validate(fault)
	r.Accommodation.Validate(fault)
	r.Cost.Validate(fault)
	r.Opening.Validate(fault)
}

// atLeast faults a number below a bound.
func atLeast[T ~float64 | ~int32 | ~int64](fault Fault, key string, x, bound T) {
	if !(x >= bound) {
		fault(key, fmt.Sprintf("%v or more", bound))
	}
}

// atMost faults a number above a bound.
func atMost[T ~float64 | ~int32 | ~int64](fault Fault, key string, x, bound T, why string) {
	if !(x <= bound) {
		fault(key, fmt.Sprintf("no more than %s", FormatNumber(float64(bound)))+why)
	}
}

// positive faults a number of 0 or less.
func positive[T ~float64](fault Fault, key string, x T) {
	if !(x > 0) {
		fault(key, "more than 0")
	}
}

// persistent faults a correlation from year to year that is not one of a
// stationary process with inertia.
func persistent(fault Fault, key string, x float64) {
	if !(x >= 0 && x < 1) {
		fault(key, "a correlation of 0 or more and below 1")
	}
}

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
	atLeast(fault, "crossing_level_sd", c.LevelSD, 0)
	persistent(fault, "crossing_level_persistence", c.LevelPersistence)
}

// Validate checks the claims by other routes and the scales of all.
func (c *Claims) Validate(fault Fault) {
	for i, route := range OtherRoutes {
		atLeast(fault, "other_route_claims."+route.String(), c.PerYear[i], 0)
	}
	atLeast(fault, "other_route_level_sd", c.LevelSD, 0)
	persistent(fault, "other_route_level_persistence", c.LevelPersistence)
	atLeast(fault, "arrival_envelope", c.Envelope, 1)
	for route, scale := range c.Scale {
		key := "arrival_scale." + Route(route).String()
		atLeast(fault, key, scale, 0)
		atMost(fault, key, scale, c.Envelope, ", the value of arrival_envelope")
	}
}

// Validate checks the composition of cases.
func (a *Applicants) Validate(fault Fault) {
	atLeast(fault, "dependants_per_family", a.Dependants, 1)
}

// Validate checks the initial decision and its staff.
func (d *Decision) Validate(fault Fault) {
	positive(fault, "preparation_time", d.PreparationMean)
	positive(fault, "preparation_time_cv", d.PreparationCV)
	atLeast(fault, "caseworkers", d.Caseworkers, 0)
	atLeast(fault, "caseworkers_minimum", d.Fewest, 0)
	atMost(fault, "caseworkers_minimum", d.Fewest, d.Most, ", the value of caseworkers_maximum")
	positive(fault, "caseworker_productivity", d.Productivity)
	atLeast(fault, "caseworker_attrition", d.Attrition, 0)
	atMost(fault, "caseworker_attrition", d.Attrition, 12, ": not more than all staff can leave in a month")
	atLeast(fault, "caseworker_hiring", d.Hiring, 0)
	atLeast(fault, "caseworker_training", d.Training, 0)
	atMost(fault, "caseworker_training", d.Training, 730, ": training of over two years is not modelled")
	atLeast(fault, "decision_target_wait", d.TargetWait, 0)
	positive(fault, "decision_queue_correction", d.Correction)
	atLeast(fault, "withdrawal_rate", d.WithdrawalRate, 0)
	positive(fault, "withdrawal_shape", d.WithdrawalShape)
}

// Validate checks the tribunal.
func (a *Appeal) Validate(fault Fault) {
	atLeast(fault, "appeal_time_limit", a.TimeLimit, 0)
	atLeast(fault, "appeal_capacity", a.Capacity, 0)
	atLeast(fault, "appeal_capacity_growth_years", a.GrowthEnds, 0)
	if g := a.Growth; g < -1 || g > 1 {
		fault("appeal_capacity_growth", "a yearly growth rate from -1 to 1")
	}
}

// Validate checks permits. Every permit lasts a month or more, and there is a
// way to settlement, however long.
func (p *Permit) Validate(fault Fault) {
	for _, length := range []struct {
		key    string
		months unit.Months
	}{{"permit_length", p.Length}, {"permit_length_uasc", p.LengthUASC}} {
		atLeast(fault, length.key, length.months, 1)
		atMost(fault, length.key, length.months, 1200, "")
	}
	for _, settlement := range []struct {
		key   string
		years unit.Years
	}{{"settlement_years", p.SettlementYears}, {"settlement_years_uasc", p.SettlementUASC}} {
		atLeast(fault, settlement.key, settlement.years, 1)
		atMost(fault, settlement.key, settlement.years, 100, "; for no settlement set settlement_share to 0")
	}
	atLeast(fault, "review_caseworkers", p.ReviewStaff, 0)
	atLeast(fault, "review_productivity", p.ReviewRate, 0)
}

// Validate checks returns.
func (r *Returns) Validate(fault Fault) {
	atLeast(fault, "limbo_voluntary_return_rate", r.LimboVoluntary, 0)
	atLeast(fault, "absconding_rate", r.Absconding, 0)
	atLeast(fault, "enforced_return_attempts", r.EnforcedAttempts, 0)
}

// Validate checks the periods of support.
func (s *Support) Validate(fault Fault) {
	atLeast(fault, "move_on_period_single", s.MoveOnSingle, 0)
	atLeast(fault, "move_on_period_family", s.MoveOnFamily, 0)
	atLeast(fault, "refused_support_grace", s.RefusedGrace, 0)
}

// Validate checks the beds. They may shrink, but what is there at first
// cannot be negative.
func (a *Accommodation) Validate(fault Fault) {
	atLeast(fault, "dispersal_beds", a.Dispersal, 0)
	atLeast(fault, "initial_accommodation_beds", a.Initial, 0)
	atLeast(fault, "large_site_beds", a.LargeSite, 0)
	atLeast(fault, "other_accommodation_beds", a.Other, 0)
}

// Validate checks costs.
func (c *Cost) Validate(fault Fault) {
	if r := c.DiscountRate; r < 0 || r >= 1 {
		fault("discount_rate", "a yearly rate of 0 or more and below 1")
	}
}

// Validate checks what is assumed about the opening stocks.
func (o *Opening) Validate(fault Fault) {
	atLeast(fault, "opening_refused_cases", o.RefusedCases, 0)
	atLeast(fault, "opening_people_per_appeal", o.PeoplePerAppeal, 1)
	atLeast(fault, "opening_people_per_refused", o.PeoplePerRefused, 1)
	atLeast(fault, "opening_people_per_permit", o.PeoplePerPermit, 1)
	positive(fault, "opening_backlog_shape", o.BacklogShape)
	positive(fault, "opening_refused_years", o.RefusedMeanYears)
}
