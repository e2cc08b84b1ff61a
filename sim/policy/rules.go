// Package policy holds the rules of the system as numbers: parameters with
// unit, dated values, source and quality; regimes as overlays on them; and
// the plain structs, one per stage of the model, that both resolve to.
//
// The model reads only the resolved structs. It never learns which regime it
// is running: a mechanism that a regime does not use is switched off by its
// parameters.
package policy

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// Rules are the values of every parameter during one epoch: a span of dates
// in which no parameter changes. A field's tags name the parameter that it is
// bound to and its unit; the type gives the dimension of a table. The tag
// applies:"claim" marks rules that follow a case from its date of claim,
// applies:"start" those that are read once, on the opening date; all others
// apply by the date of the event. A test keeps fields and parameter
// files in step.
type Rules struct {
	Crossings     Crossings
	Claims        Claims
	Applicants    Applicants
	Decision      Decision
	Appeal        Appeal
	Permit        Permit
	Returns       Returns
	Support       Support
	Accommodation Accommodation
	Cost          Cost
	Opening       Opening
}

// Crossings is the process of small-boat arrivals.
type Crossings struct {
	DayLogOdds       ByMonth[float64]          `param:"crossing_day_log_odds" unit:"log-odds"`
	SpellLogOdds     BySpell[float64]          `param:"crossing_spell_log_odds" unit:"log-odds"`
	Boats            float64                   `param:"boats_per_crossing_day" unit:"boats/day"`
	BoatsSeason      ByMonth[unit.Factor]      `param:"boats_season" unit:"factor"`
	BoatsDispersion  float64                   `param:"boats_dispersion" unit:"number"`
	PeoplePerBoat    float64                   `param:"people_per_boat" unit:"people/boat"`
	PeopleGrowth     float64                   `param:"people_per_boat_growth" unit:"people/boat/year"`
	PeopleCap        float64                   `param:"people_per_boat_cap" unit:"people/boat"`
	PeopleSD         float64                   `param:"people_per_boat_sd" unit:"people/boat"`
	LevelSD          float64                   `param:"crossing_level_sd" unit:"log"`
	LevelPersistence float64                   `param:"crossing_level_persistence" unit:"correlation"`
	ClaimShare       unit.Probability          `param:"small_boat_claim_share" unit:"probability"`
	Nationality      ByNationality[unit.Share] `param:"small_boat_nationality" unit:"share" sum:"1"`
}

// Claims is the process of asylum claims by routes other than small boats,
// and the scale on every route.
type Claims struct {
	PerYear          ByOtherRoute[unit.PerYear] `param:"other_route_claims" unit:"cases/year"`
	LevelSD          float64                    `param:"other_route_level_sd" unit:"log"`
	LevelPersistence float64                    `param:"other_route_level_persistence" unit:"correlation"`
	Irregular        ByNationality[unit.Share]  `param:"other_irregular_nationality" unit:"share" sum:"1"`
	VisaHolder       ByNationality[unit.Share]  `param:"visa_holder_nationality" unit:"share" sum:"1"`
	InCountry        ByNationality[unit.Share]  `param:"other_in_country_nationality" unit:"share" sum:"1"`
	Scale            ByRoute[unit.Factor]       `param:"arrival_scale" unit:"factor"`
	Envelope         unit.Factor                `param:"arrival_envelope" unit:"factor"`
}

// Applicants describes the people of a case.
type Applicants struct {
	FamilyShare ByRoute[unit.Probability] `param:"family_case_share" unit:"probability"`
	Dependants  float64                   `param:"dependants_per_family" unit:"people/case"`
	ChildShare  unit.Probability          `param:"dependant_child_share" unit:"probability"`
	UASCShare   ByRoute[unit.Probability] `param:"uasc_share" unit:"probability"`
}

// Decision is the initial decision and its staff.
type Decision struct {
	PreparationMean unit.Days                       `param:"preparation_time" unit:"days" applies:"claim"`
	PreparationCV   float64                         `param:"preparation_time_cv" unit:"number" applies:"claim"`
	Caseworkers     unit.FTE                        `param:"caseworkers" unit:"FTE"`
	Fewest          unit.FTE                        `param:"caseworkers_minimum" unit:"FTE"`
	Most            unit.FTE                        `param:"caseworkers_maximum" unit:"FTE"`
	Productivity    float64                         `param:"caseworker_productivity" unit:"cases/FTE/month"`
	Attrition       unit.PerYear                    `param:"caseworker_attrition" unit:"1/year"`
	Hiring          unit.FTE                        `param:"caseworker_hiring" unit:"FTE/month"`
	Training        unit.Days                       `param:"caseworker_training" unit:"days"`
	TargetWait      unit.Days                       `param:"decision_target_wait" unit:"days"`
	Correction      unit.Days                       `param:"decision_queue_correction" unit:"days"`
	Administrative  unit.Probability                `param:"administrative_outcome_share" unit:"probability"`
	WithdrawalRate  unit.PerYear                    `param:"withdrawal_rate" unit:"1/year" applies:"claim"`
	WithdrawalShape float64                         `param:"withdrawal_shape" unit:"number" applies:"claim"`
	Grant           ByNationality[unit.Probability] `param:"grant_probability" unit:"probability"`
}

// Appeal is the appeal against a refusal, or against a cessation, at the
// First-tier Tribunal.
type Appeal struct {
	Lodged         unit.Probability                `param:"appeal_share" unit:"probability"`
	TimeLimit      unit.Days                       `param:"appeal_time_limit" unit:"days"`
	Capacity       unit.PerYear                    `param:"appeal_capacity" unit:"cases/year"`
	Growth         unit.PerYear                    `param:"appeal_capacity_growth" unit:"1/year"`
	GrowthEnds     unit.Years                      `param:"appeal_capacity_growth_years" unit:"years"`
	Withdrawn      unit.Probability                `param:"appeal_withdrawn_share" unit:"probability"`
	Allowed        ByNationality[unit.Probability] `param:"appeal_allowed_share" unit:"probability"`
	CessationShare unit.Probability                `param:"cessation_appeal_share" unit:"probability"`
	CessationAllow unit.Probability                `param:"cessation_appeal_allowed_share" unit:"probability"`
}

// Permit is leave to remain after a grant, its reviews and settlement. Length,
// settlement and review rules are those of the date of claim.
type Permit struct {
	Length           unit.Months                     `param:"permit_length" unit:"months" applies:"claim"`
	LengthUASC       unit.Months                     `param:"permit_length_uasc" unit:"months" applies:"claim"`
	SettlementYears  unit.Years                      `param:"settlement_years" unit:"years" applies:"claim"`
	SettlementUASC   unit.Years                      `param:"settlement_years_uasc" unit:"years" applies:"claim"`
	SettlementShare  unit.Probability                `param:"settlement_share" unit:"probability"`
	ReviewStaff      unit.FTE                        `param:"review_caseworkers" unit:"FTE"`
	ReviewRate       float64                         `param:"review_productivity" unit:"cases/FTE/month"`
	CessationPerCase ByNationality[unit.Probability] `param:"cessation_probability" unit:"probability"`
}

// Returns is what can happen to people without a right to stay.
type Returns struct {
	Returnable        ByNationality[unit.Probability] `param:"returnable_share" unit:"probability"`
	Voluntary         ByNationality[unit.PerYear]     `param:"voluntary_return_rate" unit:"1/year"`
	LimboVoluntary    unit.PerYear                    `param:"limbo_voluntary_return_rate" unit:"1/year"`
	Absconding        unit.PerYear                    `param:"absconding_rate" unit:"1/year"`
	EnforcedAttempts  unit.PerYear                    `param:"enforced_return_attempts" unit:"cases/year"`
	EnforcedSuccess   unit.Probability                `param:"enforced_return_success" unit:"probability"`
	AttemptsLoseTrace unit.Probability                `param:"enforced_attempt_absconding" unit:"probability"`
}

// Support is entitlement to asylum support.
type Support struct {
	Need            ByRoute[unit.Probability] `param:"support_need" unit:"probability"`
	SubsistenceOnly unit.Probability          `param:"subsistence_only_share" unit:"probability"`
	MoveOnSingle    unit.Days                 `param:"move_on_period_single" unit:"days"`
	MoveOnFamily    unit.Days                 `param:"move_on_period_family" unit:"days"`
	RefusedGrace    unit.Days                 `param:"refused_support_grace" unit:"days"`
	RefusedSingle   unit.Probability          `param:"refused_single_support_share" unit:"probability"`
	RefusedFamily   unit.Probability          `param:"refused_family_support_share" unit:"probability"`
}

// Accommodation is the stock of beds, in people. Hotels take the overflow.
type Accommodation struct {
	Dispersal       unit.People  `param:"dispersal_beds" unit:"people"`
	DispersalGrowth unit.PerYear `param:"dispersal_growth" unit:"people/year"`
	Initial         unit.People  `param:"initial_accommodation_beds" unit:"people"`
	LargeSite       unit.People  `param:"large_site_beds" unit:"people"`
	Other           unit.People  `param:"other_accommodation_beds" unit:"people"`
}

// Cost holds unit costs in 2025-26 prices.
type Cost struct {
	Hotel           unit.Pounds  `param:"hotel_price" unit:"GBP/person/night"`
	Dispersal       unit.Pounds  `param:"dispersal_price" unit:"GBP/person/night"`
	Initial         unit.Pounds  `param:"initial_accommodation_price" unit:"GBP/person/night"`
	LargeSite       unit.Pounds  `param:"large_site_price" unit:"GBP/person/night"`
	Other           unit.Pounds  `param:"other_accommodation_price" unit:"GBP/person/night"`
	AllowanceSelf   unit.Pounds  `param:"allowance_self_catered" unit:"GBP/person/week"`
	AllowanceMeals  unit.Pounds  `param:"allowance_catered" unit:"GBP/person/week"`
	Decision        unit.Pounds  `param:"decision_cost" unit:"GBP/case"`
	Appeal          unit.Pounds  `param:"appeal_cost" unit:"GBP/case"`
	Review          unit.Pounds  `param:"review_cost" unit:"GBP/case"`
	VoluntaryReturn unit.Pounds  `param:"voluntary_return_cost" unit:"GBP/person"`
	EnforcedReturn  unit.Pounds  `param:"enforced_return_cost" unit:"GBP/person"`
	DiscountRate    unit.PerYear `param:"discount_rate" unit:"1/year" applies:"start"`
}

// Opening describes what the published opening stocks leave open.
type Opening struct {
	RefusedCases     unit.Cases `param:"opening_refused_cases" unit:"cases" applies:"start"`
	PeoplePerAppeal  float64    `param:"opening_people_per_appeal" unit:"people/case" applies:"start"`
	PeoplePerRefused float64    `param:"opening_people_per_refused" unit:"people/case" applies:"start"`
	PeoplePerPermit  float64    `param:"opening_people_per_permit" unit:"people/case" applies:"start"`
	BacklogShape     float64    `param:"opening_backlog_shape" unit:"number" applies:"start"`
	PermitSurvival   unit.Share `param:"opening_permit_share" unit:"share" applies:"start"`
	FamilyDispersal  unit.Share `param:"opening_family_dispersal_weight" unit:"share" applies:"start"`
	RefusedMeanYears float64    `param:"opening_refused_years" unit:"years" applies:"start"`
}

// Regime is a fully resolved set of rules: what the model runs on. It is
// immutable once built and shared by all worlds.
type Regime struct {
	// Name labels results. The model does not read it.
	Name string
	// Starts holds the first date of each epoch, ascending; the first epoch
	// also covers everything before it.
	Starts []clock.Date
	// Epochs holds the rules of each epoch, in step with Starts.
	Epochs []Rules
}

// EpochAt returns the index of the epoch that a date falls in.
func (r *Regime) EpochAt(d clock.Date) int {
	e := len(r.Starts) - 1
	for e > 0 && d < r.Starts[e] {
		e--
	}
	return e
}
