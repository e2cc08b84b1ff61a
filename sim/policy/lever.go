package policy

import "asylumsim/sim/unit"

// moment is the rules at some time of a run.
type moment struct {
	*Rules
	years float64 // since the opening; 0 where there is no run
}

// lever says that parameters act only together with others.
type lever struct {
	parameters []string
	acts       func(moment) bool // whether these rules let the parameters matter, whatever they are
	needs      string            // what the rules must have for that, in words that name the parameters
	// on says whether the lever is pulled. Where it is, and nothing that it
	// needs ever comes, something has been forgotten. Nil for parameters that
	// have a value whether or not anybody uses it.
	on func(*Rules) bool
	// with names parameters that a bound has to be changed with: next to a
	// change of one of them, a change of this one is no idle one.
	with string
}

func offered(m moment) bool    { return m.Offer.AtRefusal > 0 || m.Offer.AtExhaustion > 0 }
func paid(m moment) bool       { return m.Offer.PerPerson > 0 || m.Offer.Education > 0 }
func responding(m moment) bool { return m.Response.Switch != 0 }
func boating(m moment) bool    { return m.Claims.Scale[SmallBoat] > 0 }
func shared(m moment) bool     { return anyAbove0(m.Intake.TransferShare[:]) }
func wanted(m moment) bool     { return shared(m) && m.Intake.TransferCapacity > 0 }
func begun(m moment) bool      { return wanted(m) && m.Intake.TransferLegal > 0 }
func declaring(m moment) bool  { return anyAbove0(m.Safety.DeclaredRate[:]) }
func appealing(m moment) bool  { return m.Appeal.Onward > 0 }

// leaning says that arrivals answer to the package of rules.
func leaning(m moment) bool {
	return responding(m) && m.Response.Saturation > 0 && anyAbove0(m.Response.Awareness[:])
}

func anyAbove0[T unit.Probability | unit.PerYear | unit.Share](entries []T) bool {
	for _, x := range entries {
		if x > 0 {
			return true
		}
	}
	return false
}

// levers lists which parameters act only together with others. A test runs
// the model to see that those who are said to be idle are.
var levers = []lever{
	{
		parameters: []string{"return_offer_at_refusal", "return_offer_at_exhaustion"},
		acts:       paid, needs: "return_payment_per_person above 0: no one accepts an offer of nothing",
		on: func(r *Rules) bool { return r.Offer.AtRefusal > 0 || r.Offer.AtExhaustion > 0 },
	}, {
		parameters: []string{
			"return_payment_per_person", "return_payment_family_cap", "return_payment_education_per_child",
			"return_offer_families_only", "return_offer_acceptance", "return_offer_reference_payment",
			"return_offer_elasticity", "return_offer_origin_factor", "return_offer_family_factor", "return_offer_before_appeal_factor",
			"return_offer_deadweight", "return_offer_retiming", "return_offer_days_to_accept", "return_offer_days_to_leave",
		},
		acts: offered, needs: "return_offer_at_refusal or return_offer_at_exhaustion above 0: no offer is made",
	}, {
		parameters: []string{"transfer_share"},
		acts:       func(m moment) bool { return m.Intake.TransferCapacity > 0 && m.Intake.TransferHold > 0 },
		needs:      "transfer_capacity and transfer_hold above 0: no one can be transferred",
		on:         func(r *Rules) bool { return anyAbove0(r.Intake.TransferShare[:]) },
	}, {
		parameters: []string{"transfer_capacity"},
		acts:       func(m moment) bool { return shared(m) || m.Cost.TransferYear > 0 },
		needs:      "transfer_share above 0 for a route: no one is held for a transfer",
		on:         func(r *Rules) bool { return r.Intake.TransferCapacity > 0 },
	}, {
		parameters: []string{"transfer_legal_start", "transfer_hold"},
		acts:       wanted, needs: "transfer_share and transfer_capacity above 0: there are no transfers",
	}, {
		parameters: []string{"transfer_reentry", "transfer_exchange", "transfer_cost_per_person"},
		acts:       begun, needs: "transfer_share, transfer_capacity and transfer_legal_start above 0: there are no transfers",
	}, {
		parameters: []string{"transfer_reentry_delay"},
		acts:       func(m moment) bool { return begun(m) && m.Intake.TransferReentry > 0 },
		needs:      "transfer_share, transfer_capacity, transfer_legal_start and transfer_reentry above 0: no one who was transferred comes back",
	}, {
		parameters: []string{"transfer_cost_per_year"},
		acts:       func(m moment) bool { return m.Intake.TransferCapacity > 0 },
		needs:      "transfer_capacity above 0: there is no scheme to pay for",
	}, {
		parameters: []string{"detention_on_arrival"},
		acts:       func(m moment) bool { return m.Enforcement.Beds > 0 || m.Enforcement.BedsGrowth > 0 },
		needs:      "detention_beds above 0: no one can be detained",
		on:         func(r *Rules) bool { return anyAbove0(r.Intake.DetainOnArrival[:]) },
	}, {
		parameters: []string{"detention_beds_growth"},
		acts:       func(m moment) bool { return m.Enforcement.BedsMost > m.Enforcement.Beds },
		needs:      "detention_beds_most above detention_beds: there are as many beds as there can be",
		on:         func(r *Rules) bool { return r.Enforcement.BedsGrowth > 0 },
	}, {
		parameters: []string{"detention_beds_most"},
		acts:       func(m moment) bool { return m.Enforcement.BedsGrowth > 0 },
		needs:      "detention_beds_growth above 0, or more detention_beds: it only bounds their number",
		with:       "detention_beds",
	}, {
		parameters: []string{"new_appeal_body_share"},
		acts:       func(m moment) bool { return m.Appeal.NewBodyCases > 0 },
		needs:      "new_appeal_body_capacity above 0: its appeals would never be heard",
		on:         func(r *Rules) bool { return r.Appeal.NewBodyShare > 0 },
	}, {
		parameters: []string{"new_appeal_body_capacity"},
		acts:       func(m moment) bool { return m.Appeal.NewBodyShare > 0 },
		needs:      "new_appeal_body_share above 0: the new body is given no appeals",
		on:         func(r *Rules) bool { return r.Appeal.NewBodyCases > 0 },
	}, {
		parameters: []string{"appeal_capacity_growth"},
		acts:       func(m moment) bool { return m.years < float64(m.Appeal.GrowthEnds) },
		needs:      "more appeal_capacity_growth_years: growth ends so many years after the opening",
	}, {
		parameters: []string{"appeal_capacity_growth_years"},
		acts:       func(m moment) bool { return m.Appeal.Growth != 0 },
		needs:      "appeal_capacity_growth other than 0: capacity does not grow",
	}, {
		parameters: []string{"onward_appeal_capacity", "onward_appeal_allowed_share", "onward_appeal_remitted_share"},
		acts:       appealing, needs: "onward_appeal_share above 0: no one appeals onward",
	}, {
		parameters: []string{"further_submission_rate"},
		acts:       func(m moment) bool { return m.Appeal.FurtherMost > 0 },
		needs:      "further_submissions_most above 0: no one may make any",
	}, {
		parameters: []string{"further_submissions_most"},
		acts:       func(m moment) bool { return m.Appeal.Further > 0 },
		needs:      "further_submission_rate above 0: no one makes any",
	}, {
		parameters: []string{"further_submission_grant_factor"},
		acts:       func(m moment) bool { return m.Appeal.Further > 0 && m.Appeal.FurtherMost > 0 },
		needs:      "further_submission_rate and further_submissions_most above 0: no one makes any",
	}, {
		parameters: []string{"contribution_asset_share"},
		acts:       func(m moment) bool { return m.Contribution.Assets > 0 },
		needs:      "contribution_assets above 0: nothing is taken",
		on:         func(r *Rules) bool { return r.Contribution.AssetShare > 0 },
	}, {
		parameters: []string{"contribution_assets"},
		acts:       func(m moment) bool { return m.Contribution.AssetShare > 0 },
		needs:      "contribution_asset_share above 0: it is taken from no one",
		on:         func(r *Rules) bool { return r.Contribution.Assets > 0 },
	}, {
		parameters: []string{"contribution_per_adult"},
		acts:       func(m moment) bool { return m.Contribution.Collected > 0 },
		needs:      "contribution_collected above 0: nothing is collected",
	}, {
		parameters: []string{"contribution_years", "contribution_collected"},
		acts:       func(m moment) bool { return m.Contribution.PerAdult > 0 },
		needs:      "contribution_per_adult above 0: nothing is charged",
	}, {
		parameters: []string{"switched_settlement_years"},
		acts:       func(m moment) bool { return m.Permit.SwitchRate > 0 },
		needs:      "switching_rate above 0: no one switches",
	}, {
		parameters: []string{"settlement_conditions_met"},
		acts:       func(m moment) bool { return m.Permit.SettlementShare > 0 },
		needs:      "settlement_share above 0: no one settles",
	}, {
		parameters: []string{"triage_high_grant"},
		acts:       func(m moment) bool { return m.Triage.HighShare > 0 },
		needs:      "triage_high_share above 0: there is no such class",
	}, {
		parameters: []string{"triage_low_grant"},
		acts:       func(m moment) bool { return m.Triage.LowShare > 0 },
		needs:      "triage_low_share above 0: there is no such class",
	}, {
		parameters: []string{
			"declared_safe_reversal_rate", "declared_safe_grant_factor", "declared_safe_cessation",
			"declared_safe_review_share", "declared_safe_accepts_returns",
		},
		acts: declaring, needs: "declared_safe_rate above 0 for a nationality: no country is declared safe",
	}, {
		parameters: []string{"declared_safe_review_spread"},
		acts:       func(m moment) bool { return declaring(m) && m.Safety.ReviewShare > 0 },
		needs:      "declared_safe_rate for a nationality and declared_safe_review_share above 0: no one is called for a review",
	}, {
		parameters: []string{"declared_safe_returnable_share"},
		acts:       func(m moment) bool { return declaring(m) && m.Safety.AcceptsReturns > 0 },
		needs:      "declared_safe_rate for a nationality and declared_safe_accepts_returns above 0: no country declared safe accepts returns",
	}, {
		parameters: []string{"family_reunion_take_up", "family_reunion_wait", "family_reunion_lag", "family_reunion_size", "family_reunion_child_share"},
		acts:       func(m moment) bool { return m.Family.Eligible > 0 || responding(m) },
		needs:      "family_reunion_eligible above 0: no family is let in",
	}, {
		parameters: []string{"safe_route_nationality", "safe_route_family_share", "safe_route_settled_on_arrival", "safe_route_cost"},
		acts:       func(m moment) bool { return m.SafeRoute.Places > 0 },
		needs:      "safe_route_places above 0: no one comes by a safe route",
	}, {
		parameters: []string{"safe_route_settlement_years"},
		acts:       func(m moment) bool { return m.SafeRoute.Places > 0 && m.SafeRoute.SettledAtOnce < 1 },
		needs:      "safe_route_settled_on_arrival below 1: all who come settle at once",
	}, {
		parameters: []string{
			"crossing_day_log_odds", "crossing_spell_log_odds", "boats_per_crossing_day", "boats_season", "boats_dispersion",
			"people_per_boat", "people_per_boat_sd", "small_boat_claim_share", "prevention_share", "prevention_reference_share",
		},
		acts: boating, needs: "arrival_scale above 0 for small boats: no boat sets out",
	}, {
		parameters: []string{"people_per_boat_growth"},
		acts: func(m moment) bool {
			return boating(m) && (m.Crossings.PeoplePerBoat < m.Crossings.PeopleCap || m.Crossings.PeopleGrowth < 0)
		},
		needs: "arrival_scale above 0 for small boats and people_per_boat_cap above people_per_boat: there are no boats, or they are as full as they can be",
	}, {
		parameters: []string{"people_per_boat_cap"},
		acts:       func(m moment) bool { return boating(m) && m.Crossings.PeopleGrowth > 0 },
		needs:      "arrival_scale above 0 for small boats and people_per_boat_growth above 0, or more people_per_boat: it only bounds their number",
		with:       "people_per_boat",
	}, {
		parameters: []string{"prevention_retry"},
		acts:       func(m moment) bool { return boating(m) && m.Prevention.Share != m.Prevention.Reference },
		needs:      "arrival_scale above 0 for small boats and prevention_share other than prevention_reference_share: boats come as in the years of the data, retries included",
	}, {
		parameters: []string{"prevention_retry_delay"},
		acts: func(m moment) bool {
			return boating(m) && m.Prevention.Share > m.Prevention.Reference && m.Prevention.Retry > 0
		},
		needs: "arrival_scale above 0 for small boats, prevention_share above prevention_reference_share and prevention_retry above 0: no more boats are prevented than in the years of the data",
	}, {
		parameters: []string{"response_switch"},
		acts: func(m moment) bool {
			a := &m.Response
			return a.Saturation > 0 && anyAbove0(a.Awareness[:]) || a.SafeRoutes != 0 || a.FamilyByBoat != 0 ||
				a.Displacement > 0 && anyAbove0(m.Returns.VisaPenalty[:])
		},
		needs: "response_saturation and response_awareness above 0, or response_to_safe_routes, response_family_by_boat or response_displacement other than 0: there is nothing that arrivals answer to",
	}, {
		parameters: []string{
			"response_lag", "response_sensitivity", "response_displacement", "response_to_safe_routes", "response_family_by_boat",
		},
		acts: responding, needs: "response_switch 1: arrivals do not answer to policy",
	}, {
		parameters: []string{"response_awareness"},
		acts:       func(m moment) bool { return responding(m) && m.Response.Saturation > 0 },
		needs:      "response_switch 1 and response_saturation above 0: arrivals do not answer to policy",
	}, {
		parameters: []string{"response_saturation"},
		acts:       func(m moment) bool { return responding(m) && anyAbove0(m.Response.Awareness[:]) },
		needs:      "response_switch 1 and response_awareness above 0 for a route: arrivals do not answer to policy",
	}, {
		parameters: []string{
			"response_to_protection", "response_to_permit_length", "response_to_settlement", "response_to_family_reunion",
			"response_to_support", "response_to_removal", "response_to_work", "response_to_payment", "response_to_waiting",
		},
		acts: leaning, needs: "response_switch 1, and response_saturation and response_awareness above 0: arrivals do not answer to policy",
	}, {
		parameters: []string{"response_usual_removal"},
		acts:       func(m moment) bool { return leaning(m) && m.Response.Removal != 0 },
		needs:      "response_switch 1, response_saturation and response_awareness above 0 and response_to_removal other than 0: no one answers to removals",
	}, {
		parameters: []string{"response_usual_waiting"},
		acts:       func(m moment) bool { return leaning(m) && m.Response.Waiting != 0 },
		needs:      "response_switch 1, response_saturation and response_awareness above 0 and response_to_waiting other than 0: no one answers to waits",
	}, {
		parameters: []string{"response_anticipation"},
		acts:       func(m moment) bool { return responding(m) && m.Response.AnticipateDays > 0 },
		needs:      "response_switch 1 and response_anticipation_days above 0: no one anticipates a change",
	}, {
		parameters: []string{"response_anticipation_days"},
		acts:       func(m moment) bool { return responding(m) && m.Response.Anticipation != 0 },
		needs:      "response_switch 1 and response_anticipation other than 0: no one anticipates a change",
	}, {
		parameters: []string{"right_to_work"},
		acts:       func(m moment) bool { return leaning(m) && m.Response.Work != 0 },
		needs:      "response_switch 1, response_saturation and response_awareness above 0 and response_to_work other than 0: it acts on arrivals only",
	}, {
		parameters: []string{"caseworker_training"},
		acts:       func(m moment) bool { return m.Decision.Hiring > 0 || m.Decision.Attrition > 0 && m.years <= 0 },
		needs:      "caseworker_hiring above 0, or caseworker_attrition above 0 at the opening: no one is trained",
	}, {
		parameters: []string{"withdrawal_shape"},
		acts:       func(m moment) bool { return m.Decision.WithdrawalRate > 0 },
		needs:      "withdrawal_rate above 0: no one withdraws",
	},
}
