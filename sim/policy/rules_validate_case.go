package policy

import "math"

// Validate checks the initial decision and its staff.
func (d *Decision) Validate(fault Fault) {
	positive(fault, "preparation_time", d.PreparationMean)
	positive(fault, "preparation_time_cv", d.PreparationCV)
	atMost(fault, "caseworkers_minimum", d.Fewest, d.Most, ", the value of caseworkers_maximum")
	positive(fault, "caseworker_productivity", d.Productivity)
	atMost(fault, "caseworker_attrition", d.Attrition, 12, ": not more than all staff can leave in a month")
	atMost(fault, "caseworker_training", d.Training, 730, ": training of over two years is not modelled")
	positive(fault, "decision_queue_correction", d.Correction)
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
	if g := a.Growth; !(-1 <= g && g <= 1) {
		fault("appeal_capacity_growth", "a yearly growth rate from -1 to 1")
	}
	sumsTo1AtMost(fault, "onward_appeal_remitted_share", a.OnwardRemitted, "onward_appeal_allowed_share", a.OnwardAllowed)
	if s := a.NewBodySurge; s < 1 && a.NewBodyShare > 0 {
		fault("new_appeal_body_surge", "1 or more: 1 is no more than the capacity")
	}
	if n := a.FurtherMost; !(n <= 100) || n != math.Trunc(n) {
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
}
