// Package measure records what a run does: monthly flows and stocks, cohort
// outcomes and the cost ledger, all in exact integers.
package measure

import (
	"fmt"

	"asylumsim/sim/clock"
)

// Output is a monthly series that every run produces.
type Output uint8

// The outputs, in the order of tables and result files. Flows are counted over
// the month, stocks at its end, costs in pence over the month.
const (
	SmallBoatArrivalsPeople Output = iota
	SmallBoats
	DaysWithArrivals
	CrossingsPreventedPeople
	AsylumClaimsPeople
	AsylumClaimsCases
	InadmissibleCases
	FurtherSubmissionsCases
	InitialDecisionsCases
	InitialDecisionsPeople
	GrantsPeople
	RefusalsPeople
	WithdrawalsPeople
	AdministrativeOutcomesPeople
	AwaitingInitialDecisionPeople
	AwaitingInitialDecisionCases
	CaseworkersFTE
	CaseworkersOtherWorkFTE
	CaseworkersInTrainingFTE
	AppealsLodgedCases
	AppealsDeterminedCases
	AppealsAllowedCases
	AppealsLateCases
	AppealsOpenCases
	OnwardAppealsOpenCases
	PermitsInForcePeople
	PermitReviewsDueCases
	PermitReviewsDoneCases
	PermitReviewsOpenCases
	PermitsRenewedPeople
	PermitsCeasedPeople
	SettledPeople
	SwitchedRoutePeople
	FamilyReunionPeople
	SafeRoutePeople
	AppealRightsExhaustedPeople
	LimboPeople
	AbscondedPeople
	DetainedPeople
	ReturnOffersCases
	ReturnOffersAcceptedCases
	ReturnsVoluntaryPeople
	ReturnsAssistedPeople
	ReturnsAfterWithdrawalPeople
	ReturnsEnforcedPeople
	UnrecordedDeparturesPeople
	OtherReturnsVoluntaryPeople
	OtherReturnsEnforcedPeople
	ThirdCountryTransfersPeople
	ThirdCountryAdmissionsPeople
	SupportRefusedPeople
	SupportedPeople
	HotelPeople
	DispersalPeople
	InitialAccommodationPeople
	LargeSitePeople
	OtherAccommodationPeople
	SubsistenceOnlyPeople
	FamiliesRefusedInHotelsCases
	HotelCost
	DispersalCost
	InitialAccommodationCost
	LargeSiteCost
	OtherAccommodationCost
	SubsistenceCost
	DecisionCost
	AppealCost
	ReviewCost
	DetentionCost
	EnforcedReturnCost
	AssistedReturnCost
	IncentivePayments
	ThirdCountryCost
	FranceCost
	SafeRouteCost
	UASCCost
	Contributions
	TotalCost
	DiscountedCost
	NumOutputs
)

// Kind says how an output is counted.
type Kind uint8

// The kinds of output.
const (
	Flow  Kind = iota // events during the month
	Stock             // at the end of the month
	Cost              // pence during the month
)

// Payer is the public body that meets a cost.
type Payer uint8

// The payers. NoPayer marks outputs that are not a cost; Exchequer is the sum.
const (
	NoPayer Payer = iota
	HomeOffice
	MinistryOfJustice
	LocalAuthorities
	Exchequer
)

// String returns the payer's name in result files.
func (p Payer) String() string {
	return [...]string{"", "home_office", "ministry_of_justice", "local_authorities", "exchequer"}[p]
}

// Definition describes an output for people and files.
type Definition struct {
	Name     string // canonical, with the unit at its end
	Unit     string // people, cases, FTE, boats, days or GBP
	Kind     Kind
	Payer    Payer
	Describe string
}

var definitions = [NumOutputs]Definition{
	SmallBoatArrivalsPeople:       {"small_boat_arrivals_people", "people", Flow, NoPayer, "People detected arriving in small boats"},
	SmallBoats:                    {"small_boats", "boats", Flow, NoPayer, "Small boats that arrived"},
	DaysWithArrivals:              {"days_with_arrivals", "days", Flow, NoPayer, "Days on which at least one small boat arrived"},
	CrossingsPreventedPeople:      {"crossings_prevented_people", "people", Flow, NoPayer, "People in boats that were prevented from crossing; one person can count more than once"},
	AsylumClaimsPeople:            {"asylum_claims_people", "people", Flow, NoPayer, "Asylum claims, main applicants and dependants"},
	AsylumClaimsCases:             {"asylum_claims_cases", "cases", Flow, NoPayer, "Asylum claims, main applicants"},
	InadmissibleCases:             {"inadmissible_cases", "cases", Flow, NoPayer, "Claims treated as inadmissible: barred from being considered, or held for a transfer"},
	FurtherSubmissionsCases:       {"further_submissions_cases", "cases", Flow, NoPayer, "Further submissions after appeal rights were exhausted"},
	InitialDecisionsCases:         {"initial_decisions_cases", "cases", Flow, NoPayer, "Grants and refusals at initial decision, main applicants"},
	InitialDecisionsPeople:        {"initial_decisions_people", "people", Flow, NoPayer, "Grants and refusals at initial decision"},
	GrantsPeople:                  {"grants_people", "people", Flow, NoPayer, "Grants of protection or other leave at initial decision"},
	RefusalsPeople:                {"refusals_people", "people", Flow, NoPayer, "Refusals at initial decision"},
	WithdrawalsPeople:             {"withdrawals_people", "people", Flow, NoPayer, "Claims withdrawn before an initial decision"},
	AdministrativeOutcomesPeople:  {"administrative_outcomes_people", "people", Flow, NoPayer, "Administrative outcomes of claims"},
	AwaitingInitialDecisionPeople: {"awaiting_initial_decision_people", "people", Stock, NoPayer, "Awaiting an initial decision, main applicants and dependants"},
	AwaitingInitialDecisionCases:  {"awaiting_initial_decision_cases", "cases", Stock, NoPayer, "Awaiting an initial decision, main applicants"},
	CaseworkersFTE:                {"caseworkers_fte", "FTE", Stock, NoPayer, "Caseworkers trained for initial decisions, those on other work included"},
	CaseworkersOtherWorkFTE:       {"caseworkers_other_work_fte", "FTE", Stock, NoPayer, "Trained caseworkers on other work, since fewer are needed for initial decisions"},
	CaseworkersInTrainingFTE:      {"caseworkers_in_training_fte", "FTE", Stock, NoPayer, "Caseworkers hired for initial decisions and still in training"},
	AppealsLodgedCases:            {"appeals_lodged_cases", "cases", Flow, NoPayer, "Appeals lodged at the First-tier Tribunal, against refusal or cessation"},
	AppealsDeterminedCases:        {"appeals_determined_cases", "cases", Flow, NoPayer, "Appeals disposed of, including withdrawn"},
	AppealsAllowedCases:           {"appeals_allowed_cases", "cases", Flow, NoPayer, "Appeals allowed"},
	AppealsLateCases:              {"appeals_late_cases", "cases", Flow, NoPayer, "Appeals that the new appeals body disposed of after its statutory time"},
	AppealsOpenCases:              {"appeals_open_cases", "cases", Stock, NoPayer, "Appeals open at the First-tier Tribunal"},
	OnwardAppealsOpenCases:        {"onward_appeals_open_cases", "cases", Stock, NoPayer, "Onward appeals open at the Upper Tribunal"},
	PermitsInForcePeople:          {"permits_in_force_people", "people", Stock, NoPayer, "People with time-limited leave after a grant, including while a review is open"},
	PermitReviewsDueCases:         {"permit_reviews_due_cases", "cases", Flow, NoPayer, "Permits that reached their expiry and are due a review"},
	PermitReviewsDoneCases:        {"permit_reviews_done_cases", "cases", Flow, NoPayer, "Permit reviews decided"},
	PermitReviewsOpenCases:        {"permit_reviews_open_cases", "cases", Stock, NoPayer, "Permit reviews awaiting a decision"},
	PermitsRenewedPeople:          {"permits_renewed_people", "people", Flow, NoPayer, "People whose permit was renewed at a review"},
	PermitsCeasedPeople:           {"permits_ceased_people", "people", Flow, NoPayer, "People whose protection was ceased at a review"},
	SettledPeople:                 {"settled_people", "people", Flow, NoPayer, "Grants of settlement"},
	SwitchedRoutePeople:           {"switched_route_people", "people", Flow, NoPayer, "People who switched from protection to leave for work or study"},
	FamilyReunionPeople:           {"family_reunion_people", "people", Flow, NoPayer, "Arrivals by family reunion"},
	SafeRoutePeople:               {"safe_route_people", "people", Flow, NoPayer, "Arrivals by resettlement and other safe and legal routes"},
	AppealRightsExhaustedPeople:   {"appeal_rights_exhausted_people", "people", Stock, NoPayer, "People refused or ceased with no appeal open who are subject to removal, limbo included"},
	LimboPeople:                   {"limbo_people", "people", Stock, NoPayer, "People subject to removal whose return cannot be carried out"},
	AbscondedPeople:               {"absconded_people", "people", Stock, NoPayer, "People subject to removal who are out of contact"},
	DetainedPeople:                {"detained_people", "people", Stock, NoPayer, "People of asylum cases detained for removal"},
	ReturnOffersCases:             {"return_offers_cases", "cases", Flow, NoPayer, "Offers of a return payment"},
	ReturnOffersAcceptedCases:     {"return_offers_accepted_cases", "cases", Flow, NoPayer, "Offers of a return payment accepted"},
	ReturnsVoluntaryPeople:        {"returns_voluntary_people", "people", Flow, NoPayer, "Voluntary returns of people refused or ceased, or with a claim withdrawn; assisted ones not included"},
	ReturnsAssistedPeople:         {"returns_assisted_people", "people", Flow, NoPayer, "Assisted voluntary returns of people refused or ceased, or with a claim withdrawn"},
	ReturnsAfterWithdrawalPeople:  {"returns_after_withdrawal_people", "people", Flow, NoPayer, "Of voluntary returns, assisted or not: those of people with a claim withdrawn"},
	ReturnsEnforcedPeople:         {"returns_enforced_people", "people", Flow, NoPayer, "Enforced returns of people refused or ceased"},
	UnrecordedDeparturesPeople:    {"unrecorded_departures_people", "people", Flow, NoPayer, "People out of contact who left without a record"},
	OtherReturnsVoluntaryPeople:   {"other_returns_voluntary_people", "people", Flow, NoPayer, "Voluntary returns that are not asylum-related: a fitted process outside the policy model"},
	OtherReturnsEnforcedPeople:    {"other_returns_enforced_people", "people", Flow, NoPayer, "Enforced returns that are not asylum-related: a fitted process outside the policy model"},
	ThirdCountryTransfersPeople:   {"third_country_transfers_people", "people", Flow, NoPayer, "People transferred to another country under an agreement"},
	ThirdCountryAdmissionsPeople:  {"third_country_admissions_people", "people", Flow, NoPayer, "People admitted in exchange for transfers"},
	SupportRefusedPeople:          {"support_refused_people", "people", Flow, NoPayer, "People in need whose support was refused, or withdrawn, under conditions on support"},
	SupportedPeople:               {"supported_people", "people", Stock, NoPayer, "People in receipt of asylum support"},
	HotelPeople:                   {"hotel_people", "people", Stock, NoPayer, "Supported people in hotels"},
	DispersalPeople:               {"dispersal_people", "people", Stock, NoPayer, "Supported people in dispersal accommodation"},
	InitialAccommodationPeople:    {"initial_accommodation_people", "people", Stock, NoPayer, "Supported people in initial accommodation"},
	LargeSitePeople:               {"large_site_people", "people", Stock, NoPayer, "Supported people in large sites (published as other contingency)"},
	OtherAccommodationPeople:      {"other_accommodation_people", "people", Stock, NoPayer, "Supported people in other accommodation"},
	SubsistenceOnlyPeople:         {"subsistence_only_people", "people", Stock, NoPayer, "Supported people who receive subsistence only"},
	FamiliesRefusedInHotelsCases:  {"families_refused_in_hotels_cases", "cases", Stock, NoPayer, "Families subject to removal who are accommodated in hotels"},
	HotelCost:                     {"hotel_cost_gbp", "GBP", Cost, HomeOffice, "Hotel nights at the contract price"},
	DispersalCost:                 {"dispersal_cost_gbp", "GBP", Cost, HomeOffice, "Dispersal nights at the contract price"},
	InitialAccommodationCost:      {"initial_accommodation_cost_gbp", "GBP", Cost, HomeOffice, "Initial accommodation nights"},
	LargeSiteCost:                 {"large_site_cost_gbp", "GBP", Cost, HomeOffice, "Large site nights"},
	OtherAccommodationCost:        {"other_accommodation_cost_gbp", "GBP", Cost, HomeOffice, "Other accommodation nights"},
	SubsistenceCost:               {"subsistence_cost_gbp", "GBP", Cost, HomeOffice, "Weekly allowances"},
	DecisionCost:                  {"decision_cost_gbp", "GBP", Cost, HomeOffice, "Initial decisions"},
	AppealCost:                    {"appeal_cost_gbp", "GBP", Cost, MinistryOfJustice, "Appeals disposed of"},
	ReviewCost:                    {"review_cost_gbp", "GBP", Cost, HomeOffice, "Permit reviews decided"},
	DetentionCost:                 {"detention_cost_gbp", "GBP", Cost, HomeOffice, "Nights of asylum cases in detention"},
	EnforcedReturnCost:            {"enforced_return_cost_gbp", "GBP", Cost, HomeOffice, "Enforced returns"},
	AssistedReturnCost:            {"assisted_return_cost_gbp", "GBP", Cost, HomeOffice, "Assisted returns, payments not included"},
	IncentivePayments:             {"incentive_payments_gbp", "GBP", Cost, HomeOffice, "Return payments"},
	ThirdCountryCost:              {"third_country_cost_gbp", "GBP", Cost, HomeOffice, "Transfers to other countries, fixed and per person"},
	FranceCost:                    {"france_cost_gbp", "GBP", Cost, HomeOffice, "Payments to France"},
	SafeRouteCost:                 {"safe_route_cost_gbp", "GBP", Cost, HomeOffice, "Safe and legal routes"},
	UASCCost:                      {"uasc_cost_gbp", "GBP", Cost, LocalAuthorities, "Care of unaccompanied children awaiting an outcome"},
	Contributions:                 {"contributions_gbp", "GBP", Cost, HomeOffice, "Contributions of people supported, negative"},
	TotalCost:                     {"total_cost_gbp", "GBP", Cost, Exchequer, "All cost lines together"},
	DiscountedCost:                {"discounted_cost_gbp", "GBP", Cost, Exchequer, "All cost lines, discounted to the start of the run"},
}

// Define returns the description of an output.
func (o Output) Define() Definition { return definitions[o] }

// String returns the canonical name.
func (o Output) String() string { return definitions[o].Name }

// ByName finds an output by its canonical name.
func ByName(name string) (Output, bool) {
	for o := range NumOutputs {
		if definitions[o].Name == name {
			return o, true
		}
	}
	return 0, false
}

// Row is the value of every output for one month, pence for costs.
type Row [NumOutputs]int64

// Run is everything measured in one replication of one regime.
type Run struct {
	Months  []Row // one per month of the timeline, in order
	Cohorts []CohortRow
	Waits   Waits
	// Events is how many events the world handled.
	Events int64
}

// mostCounted is the largest number that a result holds exactly: what is above
// it came from a division by zero.
const mostCounted = 1 << 53

// Check looks for numbers that nothing can have counted: what a number that is
// not finite leaves behind in whole ones. The error names output and month.
func (r *Run) Check(t *clock.Timeline) error {
	for month := range r.Months {
		for o := range NumOutputs {
			x := r.Months[month][o]
			if x > mostCounted || x < -mostCounted || x < 0 && definitions[o].Unit != "GBP" {
				return fmt.Errorf("%v in the month to %v is %d: want a number that can be counted", o, t.Months[month], x)
			}
		}
	}
	return nil
}

// CohortOutcome is the state of a claim at a time after it was made.
type CohortOutcome uint8

// The outcomes of a cohort of claims; they partition it.
const (
	Unresolved CohortOutcome = iota
	Protected
	Returned
	Withdrawn
	NumCohortOutcomes
)

// String returns the outcome's name in result files.
func (o CohortOutcome) String() string {
	return [...]string{"unresolved", "protected", "returned", "withdrawn_or_administrative"}[o]
}

// CohortAges are the months after a claim month at which its outcomes are
// recorded; 32 is that at which the National Audit Office looked at the claims of
// January 2023.
var CohortAges = [...]int{6, 12, 24, 32, 36, 60}

// CohortRow counts the cases claimed in one month by outcome a number of
// months later.
type CohortRow struct {
	ClaimMonth int // index into the timeline's months
	Age        int // months since the claim month's end, one of CohortAges
	Cases      [NumCohortOutcomes]int64
}
