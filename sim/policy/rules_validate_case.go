package policy

import "math"

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

// Validate checks the classes of claims: two that do not overlap, and no more
// decisions for them than there are.
func (t *Triage) Validate(fault Fault) {
	atMost(fault, "triage_low_grant", t.LowGrant, t.HighGrant, ", the value of triage_high_grant")
	sumsTo1AtMost(fault, "triage_low_share", t.LowShare, "triage_high_share", t.HighShare)
}

// Validate checks the tribunal.
func (a *Appeal) Validate(fault Fault) {
	atLeast(fault, "other_appeals", a.Other, 0)
	atLeast(fault, "appeal_time_limit", a.TimeLimit, 0)
	atLeast(fault, "appeal_capacity", a.Capacity, 0)
	atLeast(fault, "appeal_capacity_growth_years", a.GrowthEnds, 0)
	if g := a.Growth; g < -1 || g > 1 {
		fault("appeal_capacity_growth", "a yearly growth rate from -1 to 1")
	}
	atLeast(fault, "onward_appeal_capacity", a.OnwardCapacity, 0)
	sumsTo1AtMost(fault, "onward_appeal_remitted_share", a.OnwardRemitted, "onward_appeal_allowed_share", a.OnwardAllowed)
	atLeast(fault, "new_appeal_body_capacity", a.NewBodyCases, 0)
	atLeast(fault, "new_appeal_body_time", a.NewBodyTime, 0)
	if s := a.NewBodySurge; s < 1 && a.NewBodyShare > 0 {
		fault("new_appeal_body_surge", "1 or more: 1 is no more than the capacity")
	}
	atLeast(fault, "further_submission_rate", a.Further, 0)
	atLeast(fault, "further_submission_grant_factor", a.FurtherGrant, 0)
	if n := a.FurtherMost; n < 0 || n > 100 || n != math.Trunc(n) {
		fault("further_submissions_most", "a whole number from 0 to 100")
	}
}

// Validate checks permits. Every permit lasts a month or more, and there is a
// way to settlement, however long.
func (p *Permit) Validate(fault Fault) {
	permitLength(fault, "permit_length", p.Length)
	permitLength(fault, "permit_length_uasc", p.LengthUASC)
	permitLength(fault, "permit_length_humanitarian", p.LengthOther)
	permitLength(fault, "permit_renewal_length", p.RenewalLength)
	const never = "; for no settlement set settlement_share to 0"
	settlementYears(fault, "settlement_years", p.SettlementYears, never)
	settlementYears(fault, "settlement_years_uasc", p.SettlementUASC, never)
	settlementYears(fault, "switched_settlement_years", p.SwitchSettles, "; for no switching set switching_rate to 0")
	atLeast(fault, "switching_rate", p.SwitchRate, 0)
	atLeast(fault, "revocation_rate", p.RevocationRate, 0)
	atLeast(fault, "review_caseworkers", p.ReviewStaff, 0)
	atLeast(fault, "review_productivity", p.ReviewRate, 0)
}

// Validate checks what follows when countries are declared safe.
func (s *Safety) Validate(fault Fault) {
	atLeast(fault, "declared_safe_reversal_rate", s.ReversalRate, 0)
	atLeast(fault, "declared_safe_grant_factor", s.GrantFactor, 0)
	atLeast(fault, "declared_safe_review_spread", s.ReviewSpread, 0)
}
