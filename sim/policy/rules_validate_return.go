package policy

// Validate checks the return payment: a family is paid at least what one
// person is, and uptake at another payment than the reference needs one.
func (o *Offer) Validate(fault Fault) {
	if !(o.FamilyCap >= o.PerPerson) {
		fault("return_payment_family_cap", FormatNumber(float64(o.PerPerson))+" or more, the value of return_payment_per_person")
	}
	if o.AtRefusal > 0 || o.AtExhaustion > 0 {
		positive(fault, "return_offer_reference_payment", o.Reference)
	}
}

// Validate checks the means of enforced returns.
func (e *Enforcement) Validate(fault Fault) {
	atMost(fault, "detention_beds", e.Beds, e.BedsMost, ", the value of detention_beds_most")
	atMost(fault, "detention_stay", e.Stay, e.LongestStay, ", the value of detention_longest_stay: a mean is not above the longest")
	atMost(fault, "detention_longest_stay", e.LongestStay, 3653, ": ten years; longer detention is not modelled")
}
