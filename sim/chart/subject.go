package chart

import (
	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
)

// subjects are the headline subjects of the outputs.
var subjects = [measure.NumOutputs]struct {
	text   string
	plural bool
}{
	measure.SmallBoatArrivalsPeople:       {"Small boat arrivals", true},
	measure.SmallBoats:                    {"Small boats", true},
	measure.DaysWithArrivals:              {"Days with arrivals", true},
	measure.AsylumClaimsPeople:            {"Asylum claims", true},
	measure.AsylumClaimsCases:             {"Asylum claims", true},
	measure.InitialDecisionsCases:         {"Initial decisions", true},
	measure.InitialDecisionsPeople:        {"Initial decisions", true},
	measure.GrantsPeople:                  {"Initial grants", true},
	measure.RefusalsPeople:                {"Initial refusals", true},
	measure.WithdrawalsPeople:             {"Withdrawals", true},
	measure.AdministrativeOutcomesPeople:  {"Administrative outcomes", true},
	measure.AwaitingInitialDecisionPeople: {"Number awaiting decision", false},
	measure.AwaitingInitialDecisionCases:  {"Number awaiting decision", false},
	measure.CaseworkersFTE:                {"Caseworkers", true},
	measure.CaseworkersOtherWorkFTE:       {"Caseworkers on other work", true},
	measure.CaseworkersInTrainingFTE:      {"Caseworkers in training", true},
	measure.AppealsLodgedCases:            {"Appeals lodged", true},
	measure.AppealsDeterminedCases:        {"Appeals determined", true},
	measure.AppealsAllowedCases:           {"Appeals allowed", true},
	measure.AppealsOpenCases:              {"Open appeals", true},
	measure.PermitsInForcePeople:          {"Permits in force", true},
	measure.PermitReviewsDueCases:         {"Reviews due", true},
	measure.PermitReviewsDoneCases:        {"Reviews decided", true},
	measure.PermitReviewsOpenCases:        {"Open reviews", true},
	measure.PermitsRenewedPeople:          {"Permits renewed", true},
	measure.PermitsCeasedPeople:           {"Permits ceased", true},
	measure.SettledPeople:                 {"Settlement grants", true},
	measure.AppealRightsExhaustedPeople:   {"Number subject to removal", false},
	measure.LimboPeople:                   {"Number without possible return", false},
	measure.AbscondedPeople:               {"Number out of contact", false},
	measure.ReturnsVoluntaryPeople:        {"Voluntary returns", true},
	measure.ReturnsEnforcedPeople:         {"Enforced returns", true},
	measure.SupportedPeople:               {"Supported population", false},
	measure.HotelPeople:                   {"Hotel population", false},
	measure.DispersalPeople:               {"Dispersal population", false},
	measure.InitialAccommodationPeople:    {"Initial accommodation population", false},
	measure.LargeSitePeople:               {"Large site population", false},
	measure.OtherAccommodationPeople:      {"Other accommodation population", false},
	measure.SubsistenceOnlyPeople:         {"Subsistence only population", false},
	measure.FamiliesRefusedInHotelsCases:  {"Refused families in hotels", true},
	measure.HotelCost:                     {"Hotel cost", false},
	measure.DispersalCost:                 {"Dispersal cost", false},
	measure.InitialAccommodationCost:      {"Initial accommodation cost", false},
	measure.LargeSiteCost:                 {"Large site cost", false},
	measure.OtherAccommodationCost:        {"Other accommodation cost", false},
	measure.SubsistenceCost:               {"Subsistence cost", false},
	measure.DecisionCost:                  {"Decision cost", false},
	measure.AppealCost:                    {"Appeal cost", false},
	measure.ReviewCost:                    {"Review cost", false},
	measure.CrossingsPreventedPeople:      {"Prevented crossings", true},
	measure.FurtherSubmissionsCases:       {"Further submissions", true},
	measure.InadmissibleCases:             {"Inadmissible claims", true},
	measure.AppealsLateCases:              {"Late appeals", true},
	measure.SupportRefusedPeople:          {"Refusals of support", true},
	measure.OnwardAppealsOpenCases:        {"Open onward appeals", true},
	measure.SwitchedRoutePeople:           {"Switches of route", true},
	measure.FamilyReunionPeople:           {"Family reunion arrivals", true},
	measure.SafeRoutePeople:               {"Safe route arrivals", true},
	measure.DetainedPeople:                {"Number detained", false},
	measure.ReturnOffersCases:             {"Return offers", true},
	measure.ReturnOffersAcceptedCases:     {"Accepted return offers", true},
	measure.ReturnsAssistedPeople:         {"Assisted returns", true},
	measure.ReturnsAfterWithdrawalPeople:  {"Returns after withdrawal", true},
	measure.UnrecordedDeparturesPeople:    {"Unrecorded departures", true},
	measure.OtherReturnsVoluntaryPeople:   {"Other voluntary returns", true},
	measure.OtherReturnsEnforcedPeople:    {"Other enforced returns", true},
	measure.ThirdCountryTransfersPeople:   {"Transfers", true},
	measure.ThirdCountryAdmissionsPeople:  {"Admissions in exchange", true},
	measure.DetentionCost:                 {"Detention cost", false},
	measure.AssistedReturnCost:            {"Assisted return cost", false},
	measure.IncentivePayments:             {"Return payments", true},
	measure.ThirdCountryCost:              {"Transfer cost", false},
	measure.FranceCost:                    {"Payments to France", true},
	measure.SafeRouteCost:                 {"Safe route cost", false},
	measure.UASCCost:                      {"Unaccompanied children cost", false},
	measure.Contributions:                 {"Contributions", true},
	measure.EnforcedReturnCost:            {"Enforced return cost", false},
	measure.TotalCost:                     {"Total cost", false},
	measure.DiscountedCost:                {"Discounted cost", false},
}

// SubjectOf is the subject of a headline about an output, of which a figure shows
// months, or sums over 12 months.
func SubjectOf(o measure.Output, years bool) Subject {
	s := subjects[o]
	return Subject{
		Text: s.text, Plural: s.plural, Flow: o.Define().Kind != measure.Stock && !years,
		Total: compare.StatisticOf(o) == compare.Sum, Income: o == measure.Contributions,
	}
}

// NewFan fills in all that follows from the output and its fans: name, measure, geography, period and unit. Costs are in pounds. The
// caller adds headline, source and note, and may replace anything.
func NewFan(o measure.Output, history []Point, panels ...Panel) Fan {
	d := o.Define()
	f := Fan{
		Caption:   Caption{Name: d.Name, Measure: d.Describe},
		Geography: "United Kingdom",
		Unit:      d.Unit,
		History:   history,
		Panels:    panels,
	}
	counted := "end of each month"
	if d.Kind != measure.Stock {
		counted = "each month"
		f.Unit += " per month"
	}
	for _, p := range panels {
		if len(p.Dates) == 0 || len(p.Q50) != len(p.Dates) {
			return f // Validate says what is wrong
		}
	}
	if len(panels) > 0 {
		f.Period = counted + ", " + monthOf(panels[0].Dates[0]) + " to " + monthOf(panels[0].last())
	}
	return f
}

// NewYearsFan does so for a flow or a cost whose points are sums over the 12
// months up to each, which leave the season out.
func NewYearsFan(o measure.Output, history []Point, panels ...Panel) Fan {
	f := NewFan(o, history, panels...)
	f.Unit = o.Define().Unit + " a year"
	f.Data = f.Name + ".csv"
	if f.Period == "" {
		return f // Validate says what is wrong
	}
	f.Period = "years to the end of each month, " + monthOf(panels[0].Dates[0]) + " to " + monthOf(panels[0].last())
	return f
}

// Named returns the figure under another name, that of its files.
func (f Fan) Named(name string) Fan {
	if f.Data == f.Name+".csv" {
		f.Data = name + ".csv"
	}
	f.Name = name
	return f
}
