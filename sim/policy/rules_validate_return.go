package policy

// Validate checks what people without a right to stay do by themselves.
func (r *Returns) Validate(fault Fault) {
	atLeast(fault, "limbo_voluntary_return_rate", r.LimboVoluntary, 0)
	atLeast(fault, "absconding_rate", r.Absconding, 0)
	atLeast(fault, "reemergence_rate", r.Reemergence, 0)
	atLeast(fault, "unrecorded_departure_rate", r.Unrecorded, 0)
	atLeast(fault, "other_enforced_returns", r.OtherEnforced, 0)
	atLeast(fault, "other_voluntary_returns", r.OtherVoluntary, 0)
}

// Validate checks the return payment: a family is paid at least what one
// person is, and uptake at another payment than the reference needs one.
func (o *Offer) Validate(fault Fault) {
	switched(fault, "return_offer_families_only", o.FamiliesOnly)
	atLeast(fault, "return_payment_per_person", o.PerPerson, 0)
	if !(o.FamilyCap >= o.PerPerson) {
		fault("return_payment_family_cap", FormatNumber(float64(o.PerPerson))+" or more, the value of return_payment_per_person")
	}
	atLeast(fault, "return_payment_education_per_child", o.Education, 0)
	if o.AtRefusal > 0 || o.AtExhaustion > 0 {
		positive(fault, "return_offer_reference_payment", o.Reference)
	}
	atLeast(fault, "return_offer_family_factor", o.FamilyFactor, 0)
	atLeast(fault, "return_offer_before_appeal_factor", o.AppealFactor, 0)
	atLeast(fault, "return_offer_retiming", o.Retiming, 0)
	atLeast(fault, "return_offer_days_to_accept", o.DaysToAccept, 0)
	atLeast(fault, "return_offer_days_to_leave", o.DaysToLeave, 0)
}

// Validate checks the means of enforced returns.
func (e *Enforcement) Validate(fault Fault) {
	atLeast(fault, "enforced_return_attempts", e.Attempts, 0)
	atLeast(fault, "detention_beds", e.Beds, 0)
	atMost(fault, "detention_beds", e.Beds, e.BedsMost, ", the value of detention_beds_most")
	atLeast(fault, "detention_beds_growth", e.BedsGrowth, 0)
	atLeast(fault, "detention_stay", e.Stay, 0)
	atMost(fault, "detention_stay", e.Stay, e.LongestStay, ", the value of detention_longest_stay: a mean is not above the longest")
	atMost(fault, "detention_longest_stay", e.LongestStay, 3653, ": ten years; longer detention is not modelled")
	atLeast(fault, "removal_seats", e.Seats, 0)
}
