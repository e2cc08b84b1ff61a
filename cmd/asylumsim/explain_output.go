package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

	"asylumsim/sim/config"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// stages says which stage of the rules makes each output; that of a cost is where
// its quantity comes from, beside its unit cost.
var stages = map[string][]measure.Output{
	"Crossings":  {measure.SmallBoatArrivalsPeople, measure.SmallBoats, measure.DaysWithArrivals},
	"Prevention": {measure.CrossingsPreventedPeople, measure.FranceCost},
	"Intake":     {measure.InadmissibleCases},
	"Claims":     {measure.AsylumClaimsPeople, measure.AsylumClaimsCases},
	"Decision": {measure.InitialDecisionsCases, measure.InitialDecisionsPeople, measure.GrantsPeople, measure.RefusalsPeople, measure.WithdrawalsPeople,
		measure.AdministrativeOutcomesPeople, measure.AwaitingInitialDecisionPeople, measure.AwaitingInitialDecisionCases,
		measure.CaseworkersFTE, measure.CaseworkersOtherWorkFTE, measure.CaseworkersInTrainingFTE, measure.DecisionCost},
	"Appeal": {measure.AppealsLodgedCases, measure.AppealsDeterminedCases, measure.AppealsAllowedCases, measure.AppealsLateCases, measure.AppealsOpenCases,
		measure.OnwardAppealsOpenCases, measure.FurtherSubmissionsCases, measure.AppealRightsExhaustedPeople, measure.AppealCost},
	"Permit": {measure.PermitsInForcePeople, measure.PermitReviewsDueCases, measure.PermitReviewsDoneCases, measure.PermitReviewsOpenCases,
		measure.PermitsRenewedPeople, measure.PermitsCeasedPeople, measure.SettledPeople, measure.SwitchedRoutePeople, measure.ReviewCost},
	"Family":    {measure.FamilyReunionPeople},
	"SafeRoute": {measure.SafeRoutePeople, measure.SafeRouteCost},
	"Returns": {measure.LimboPeople, measure.AbscondedPeople, measure.ReturnsVoluntaryPeople, measure.ReturnsAssistedPeople, measure.ReturnsAfterWithdrawalPeople,
		measure.UnrecordedDeparturesPeople, measure.OtherReturnsVoluntaryPeople, measure.AssistedReturnCost},
	"Offer": {measure.ReturnOffersCases, measure.ReturnOffersAcceptedCases, measure.IncentivePayments},
	"Enforcement": {measure.DetainedPeople, measure.ReturnsEnforcedPeople, measure.OtherReturnsEnforcedPeople, measure.ThirdCountryTransfersPeople,
		measure.ThirdCountryAdmissionsPeople, measure.DetentionCost, measure.EnforcedReturnCost, measure.ThirdCountryCost},
	"Support": {measure.SupportRefusedPeople, measure.SupportedPeople, measure.SubsistenceOnlyPeople, measure.SubsistenceCost},
	"Accommodation": {measure.HotelPeople, measure.DispersalPeople, measure.InitialAccommodationPeople, measure.LargeSitePeople, measure.OtherAccommodationPeople,
		measure.FamiliesRefusedInHotelsCases, measure.HotelCost, measure.DispersalCost, measure.InitialAccommodationCost, measure.LargeSiteCost, measure.OtherAccommodationCost},
	"Applicants":   {measure.UASCCost},
	"Contribution": {measure.Contributions},
	"Cost":         {measure.TotalCost, measure.DiscountedCost},
}

// stageOf is the stage that makes an output.
func stageOf(o measure.Output) string {
	for stage, outputs := range stages {
		if slices.Contains(outputs, o) {
			return stage
		}
	}
	return ""
}

func explainOutput(out io.Writer, c *config.Catalogue, o measure.Output) {
	d := o.Define()
	fmt.Fprintf(out, "%s (%s, %s)\n\n%s.\n", d.Name, kindNames[d.Kind], d.Unit, wrap(d.Describe, ""))
	switch d.Kind {
	case measure.Flow:
		fmt.Fprintln(out, "A flow: what happened in the month, summed over a longer period.")
	case measure.Stock:
		fmt.Fprintln(out, "A stock: what there is at the end of the month, and of a longer period at its end.")
	case measure.Cost:
		fmt.Fprintf(out, "A cost: pounds of %s in the month, summed over a longer period. It is met by: %s.\n",
			policy.PriceBase, strings.ReplaceAll(d.Payer.String(), "_", " "))
	}
	stage := stageOf(o)
	var names []string
	for _, f := range policy.Fields() {
		if f.Stage() == stage || f.Stage() == "Cost" && d.Kind == measure.Cost {
			names = append(names, f.Parameter)
		}
	}
	fmt.Fprintf(out, "\nStage: %s. Its parameters (asylumsim explain NAME), to which the stages before it add theirs:\n  %s\n",
		strings.ToLower(stage), wrap(strings.Join(names, ", "), "  "))
	var drawn []string
	for _, e := range c.Experiments {
		if slices.Contains(e.Figures, o) {
			drawn = append(drawn, e.Name)
		}
	}
	if len(drawn) > 0 {
		fmt.Fprintf(out, "\nDrawn by: %s. Every run has it: asylumsim plot RESULT --outputs %s\n", wrap(strings.Join(drawn, ", "), ""), d.Name)
	} else {
		fmt.Fprintf(out, "\nEvery run has it: asylumsim plot RESULT --outputs %s\n", d.Name)
	}
}
