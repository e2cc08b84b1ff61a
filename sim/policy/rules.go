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
// apply by the date of the event. The tag sign:"either" marks numbers that can be
// negative. A test keeps fields and parameter
// files in step.
type Rules struct {
	Crossings     Crossings
	Prevention    Prevention
	Claims        Claims
	Levels        Levels
	Response      Response
	Applicants    Applicants
	Intake        Intake
	Decision      Decision
	Triage        Triage
	Appeal        Appeal
	Permit        Permit
	Safety        Safety
	Returns       Returns
	Offer         Offer
	Enforcement   Enforcement
	Family        Family
	SafeRoute     SafeRoute
	Support       Support
	Accommodation Accommodation
	Contribution  Contribution
	Cost          Cost
	Opening       Opening
}

// Applicants describes the people of a case.
type Applicants struct {
	FamilyShare ByRoute[unit.Probability] `param:"family_case_share" unit:"probability"`
	Dependants  float64                   `param:"dependants_per_family" unit:"people/case"`
	ChildShare  unit.Probability          `param:"dependant_child_share" unit:"probability"`
	UASCShare   ByRoute[unit.Probability] `param:"uasc_share" unit:"probability"`
	Vulnerable  ByRoute[unit.Probability] `param:"vulnerable_share" unit:"probability"`
}

// Intake is what can happen to a claim before it is considered: transfer to
// another country with a capacity, admission of others in exchange, and
// detention on arrival.
type Intake struct {
	TransferShare    ByRoute[unit.Probability] `param:"transfer_share" unit:"probability"`
	TransferCapacity unit.PerYear              `param:"transfer_capacity" unit:"people/year"`
	TransferLegal    unit.Probability          `param:"transfer_legal_start" unit:"probability"`
	TransferHold     unit.Days                 `param:"transfer_hold" unit:"days"`
	TransferReentry  unit.Probability          `param:"transfer_reentry" unit:"probability"`
	ReentryDelay     unit.Days                 `param:"transfer_reentry_delay" unit:"days"`
	Exchange         unit.Share                `param:"transfer_exchange" unit:"people/place"`
	Barred           ByRoute[unit.Probability] `param:"claims_barred" unit:"probability"`
	DetainOnArrival  ByRoute[unit.Probability] `param:"detention_on_arrival" unit:"probability"`
}

// Triage splits claims into classes with queues of their own and says how
// decisions are shared among them.
type Triage struct {
	HighGrant   unit.Probability `param:"triage_high_grant" unit:"probability"`
	LowGrant    unit.Probability `param:"triage_low_grant" unit:"probability"`
	HighShare   unit.Share       `param:"triage_high_share" unit:"share"`
	LowShare    unit.Share       `param:"triage_low_share" unit:"share"`
	NewestShare unit.Share       `param:"triage_newest_share" unit:"share"`
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
	Other          unit.PerYear                    `param:"other_appeals" unit:"cases/year"`
	TimeLimit      unit.Days                       `param:"appeal_time_limit" unit:"days"`
	Capacity       unit.PerYear                    `param:"appeal_capacity" unit:"cases/year"`
	Growth         unit.PerYear                    `param:"appeal_capacity_growth" unit:"1/year" sign:"either"`
	GrowthEnds     unit.Years                      `param:"appeal_capacity_growth_years" unit:"years"`
	Withdrawn      unit.Probability                `param:"appeal_withdrawn_share" unit:"probability"`
	Allowed        ByNationality[unit.Probability] `param:"appeal_allowed_share" unit:"probability"`
	CessationShare unit.Probability                `param:"cessation_appeal_share" unit:"probability"`
	CessationAllow unit.Probability                `param:"cessation_appeal_allowed_share" unit:"probability"`
	Certified      ByNationality[unit.Probability] `param:"certified_share" unit:"probability"`
	Onward         unit.Probability                `param:"onward_appeal_share" unit:"probability"`
	OnwardCapacity unit.PerYear                    `param:"onward_appeal_capacity" unit:"cases/year"`
	OnwardAllowed  unit.Probability                `param:"onward_appeal_allowed_share" unit:"probability"`
	OnwardRemitted unit.Probability                `param:"onward_appeal_remitted_share" unit:"probability"`
	NewBodyShare   unit.Share                      `param:"new_appeal_body_share" unit:"share"`
	NewBodyCases   unit.PerYear                    `param:"new_appeal_body_capacity" unit:"cases/year"`
	NewBodyTime    unit.Days                       `param:"new_appeal_body_time" unit:"days"`
	NewBodySurge   unit.Factor                     `param:"new_appeal_body_surge" unit:"factor"`
	Further        unit.PerYear                    `param:"further_submission_rate" unit:"1/year"`
	FurtherGrant   unit.Factor                     `param:"further_submission_grant_factor" unit:"factor"`
	FurtherMost    float64                         `param:"further_submissions_most" unit:"number"`
}

// Permit is leave to remain after a grant, its reviews and settlement. Length,
// settlement and review rules are those of the date of claim.
type Permit struct {
	Length          unit.Months                     `param:"permit_length" unit:"months" applies:"claim"`
	LengthUASC      unit.Months                     `param:"permit_length_uasc" unit:"months" applies:"claim"`
	SettlementYears unit.Years                      `param:"settlement_years" unit:"years" applies:"claim"`
	SettlementUASC  unit.Years                      `param:"settlement_years_uasc" unit:"years" applies:"claim"`
	SettlementShare unit.Probability                `param:"settlement_share" unit:"probability"`
	ReviewStaff     unit.FTE                        `param:"review_caseworkers" unit:"FTE"`
	ReviewRate      float64                         `param:"review_productivity" unit:"cases/FTE/month"`
	CessationRate   ByNationality[unit.PerYear]     `param:"cessation_rate" unit:"1/year"`
	Humanitarian    ByNationality[unit.Probability] `param:"humanitarian_share" unit:"probability"`
	LengthOther     unit.Months                     `param:"permit_length_humanitarian" unit:"months" applies:"claim"`
	RenewalLength   unit.Months                     `param:"permit_renewal_length" unit:"months" applies:"claim"`
	SwitchRate      unit.PerYear                    `param:"switching_rate" unit:"1/year" applies:"claim"`
	SwitchSettles   unit.Years                      `param:"switched_settlement_years" unit:"years" applies:"claim"`
	RevocationRate  unit.PerYear                    `param:"revocation_rate" unit:"1/year"`
	SettlementTests unit.Probability                `param:"settlement_conditions_met" unit:"probability"`
}

// Safety is the state of countries of origin: unsafe, or declared safe for
// the purpose of protection.
type Safety struct {
	DeclaredRate     ByNationality[unit.PerYear] `param:"declared_safe_rate" unit:"1/year"`
	ReversalRate     unit.PerYear                `param:"declared_safe_reversal_rate" unit:"1/year"`
	GrantFactor      unit.Factor                 `param:"declared_safe_grant_factor" unit:"factor"`
	Cessation        unit.Probability            `param:"declared_safe_cessation" unit:"probability"`
	ReviewShare      unit.Probability            `param:"declared_safe_review_share" unit:"probability"`
	ReviewSpread     unit.Days                   `param:"declared_safe_review_spread" unit:"days"`
	AcceptsReturns   unit.Probability            `param:"declared_safe_accepts_returns" unit:"probability"`
	ReturnableIfSafe unit.Probability            `param:"declared_safe_returnable_share" unit:"probability"`
}

// Returns is what people without a right to stay do by themselves.
type Returns struct {
	Returnable     ByNationality[unit.Probability] `param:"returnable_share" unit:"probability"`
	Voluntary      ByNationality[unit.PerYear]     `param:"voluntary_return_rate" unit:"1/year"`
	AfterWithdrawn unit.Probability                `param:"return_after_withdrawal_share" unit:"probability"`
	AssistedShare  unit.Share                      `param:"assisted_share_of_voluntary" unit:"share"`
	LimboVoluntary unit.PerYear                    `param:"limbo_voluntary_return_rate" unit:"1/year"`
	Absconding     unit.PerYear                    `param:"absconding_rate" unit:"1/year"`
	Reemergence    unit.PerYear                    `param:"reemergence_rate" unit:"1/year"`
	Unrecorded     unit.PerYear                    `param:"unrecorded_departure_rate" unit:"1/year"`
	OtherEnforced  unit.PerYear                    `param:"other_enforced_returns" unit:"people/year"`
	OtherVoluntary unit.PerYear                    `param:"other_voluntary_returns" unit:"people/year"`
	VisaPenalty    ByNationality[unit.Share]       `param:"visa_penalty" unit:"share"`
	VisaGain       unit.Share                      `param:"visa_penalty_returnable" unit:"share"`
}

// Offer is an incentive to return, offered once, beside the standing scheme
// that the voluntary return rate holds.
type Offer struct {
	AtRefusal    unit.Probability           `param:"return_offer_at_refusal" unit:"probability"`
	AtExhaustion unit.Probability           `param:"return_offer_at_exhaustion" unit:"probability"`
	FamiliesOnly float64                    `param:"return_offer_families_only" unit:"switch"`
	PerPerson    unit.Pounds                `param:"return_payment_per_person" unit:"GBP/person"`
	FamilyCap    unit.Pounds                `param:"return_payment_family_cap" unit:"GBP/case"`
	Education    unit.Pounds                `param:"return_payment_education_per_child" unit:"GBP/person"`
	Acceptance   unit.Probability           `param:"return_offer_acceptance" unit:"probability"`
	Reference    unit.Pounds                `param:"return_offer_reference_payment" unit:"GBP/person"`
	Elasticity   float64                    `param:"return_offer_elasticity" unit:"elasticity"`
	OriginFactor ByNationality[unit.Factor] `param:"return_offer_origin_factor" unit:"factor"`
	FamilyFactor unit.Factor                `param:"return_offer_family_factor" unit:"factor"`
	AppealFactor unit.Factor                `param:"return_offer_before_appeal_factor" unit:"factor"`
	Deadweight   unit.Probability           `param:"return_offer_deadweight" unit:"probability"`
	Retiming     unit.Days                  `param:"return_offer_retiming" unit:"days"`
	DaysToAccept unit.Days                  `param:"return_offer_days_to_accept" unit:"days"`
	DaysToLeave  unit.Days                  `param:"return_offer_days_to_leave" unit:"days"`
}

// Enforcement is the means of enforced returns: attempts that teams can begin,
// detention beds for the time before removal, and seats.
type Enforcement struct {
	Attempts      unit.PerYear     `param:"enforced_return_attempts" unit:"cases/year"`
	Beds          unit.People      `param:"detention_beds" unit:"people"`
	BedsGrowth    unit.PerYear     `param:"detention_beds_growth" unit:"people/year"`
	BedsMost      unit.People      `param:"detention_beds_most" unit:"people"`
	Stay          unit.Days        `param:"detention_stay" unit:"days"`
	LongestStay   unit.Days        `param:"detention_longest_stay" unit:"days"`
	RecentShare   unit.Share       `param:"enforced_recent_share" unit:"share"`
	Seats         unit.PerYear     `param:"removal_seats" unit:"people/year"`
	Success       unit.Probability `param:"enforced_return_success" unit:"probability"`
	LegalBarrier  unit.Probability `param:"legal_barrier_share" unit:"probability"`
	LosesTrace    unit.Probability `param:"enforced_attempt_absconding" unit:"probability"`
	FamilyAttempt unit.Probability `param:"enforced_family_attempt_share" unit:"probability"`
	AtRiskAttempt unit.Probability `param:"enforced_vulnerable_attempt_share" unit:"probability"`
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
	Declined        unit.Probability          `param:"support_refused_share" unit:"probability"`
	Withdrawal      unit.PerYear              `param:"support_withdrawal_rate" unit:"1/year"`
}

// Accommodation is the stock of beds, in people. Hotels take the overflow.
type Accommodation struct {
	Dispersal       unit.People  `param:"dispersal_beds" unit:"people"`
	DispersalGrowth unit.PerYear `param:"dispersal_growth" unit:"people/year" sign:"either"`
	Initial         unit.People  `param:"initial_accommodation_beds" unit:"people"`
	LargeSite       unit.People  `param:"large_site_beds" unit:"people"`
	Other           unit.People  `param:"other_accommodation_beds" unit:"people"`
}

// Contribution is what people pay towards the cost of their support: assets at
// the claim, and a charge on adults with leave.
type Contribution struct {
	AssetShare unit.Probability `param:"contribution_asset_share" unit:"probability"`
	Assets     unit.Pounds      `param:"contribution_assets" unit:"GBP/case"`
	PerAdult   unit.Pounds      `param:"contribution_per_adult" unit:"GBP/person"`
	Collected  unit.Share       `param:"contribution_collected" unit:"share"`
	Years      unit.Years       `param:"contribution_years" unit:"years"`
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
	AssistedReturn  unit.Pounds  `param:"assisted_return_cost" unit:"GBP/person"`
	Detention       unit.Pounds  `param:"detention_price" unit:"GBP/person/night"`
	TransferPerson  unit.Pounds  `param:"transfer_cost_per_person" unit:"GBP/person"`
	TransferYear    unit.Pounds  `param:"transfer_cost_per_year" unit:"GBP/year"`
	SafeRoutePerson unit.Pounds  `param:"safe_route_cost" unit:"GBP/person"`
	UASCNight       unit.Pounds  `param:"uasc_price" unit:"GBP/person/night"`
	EnforcedReturn  unit.Pounds  `param:"enforced_return_cost" unit:"GBP/person"`
	DiscountRate    unit.PerYear `param:"discount_rate" unit:"1/year" applies:"start"`
	// Inflation turns real money into nominal money where results are told. The
	// model does not read it.
	Inflation unit.PerYear `param:"inflation_rate" unit:"1/year" applies:"start"`
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
	DecidedDispersal unit.Share `param:"opening_decided_dispersal_weight" unit:"share" applies:"start"`
	RefusedMeanYears float64    `param:"opening_refused_years" unit:"years" applies:"start"`
	DetainedCases    unit.Cases `param:"opening_detained_cases" unit:"cases" applies:"start"`
	AbscondedShare   unit.Share `param:"opening_absconded_share" unit:"share" applies:"start"`
	TransferHeld     unit.Cases `param:"opening_transfer_held_cases" unit:"cases" applies:"start"`
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
