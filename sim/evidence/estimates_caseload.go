package evidence

import (
	"fmt"
	"math"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// decision estimates the initial decision.
func (e *estimator) decision() error {
	d := &e.rules.Decision
	flows, err := e.series.FlowsOf(e.year)
	if err != nil {
		return err
	}
	days, err := e.series.Preparation(e.opening, float64(d.TargetWait), d.PreparationCV)
	if err != nil {
		return err
	}
	d.PreparationMean = unit.Days(e.number("preparation_time", days, 5, 0,
		fmt.Sprintf("Stock of %v less the assumed queue, by Little's law for claims that vary.", e.opening)))
	perCase, err := e.series.PeoplePerOutcome(e.year)
	if err != nil {
		return err
	}
	decided := float64(flows.Outcomes - flows.Withdrawals)
	staff, err := e.series.meanDecisionMakers(e.year)
	if err != nil {
		return err
	}
	d.Productivity = e.number("caseworker_productivity", decided/perCase/12/staff, 0.1, 0,
		fmt.Sprintf("%.0f people with an outcome but withdrawal in %d, over %.2f people a case, 12 months and %.0f decision makers.", decided, e.year, perCase, staff))
	d.Administrative = unit.Probability(e.number("administrative_outcome_share", float64(flows.Administrative)/decided, 0.001, 0,
		fmt.Sprintf("Administrative outcomes over outcomes but withdrawals, people, %d.", e.year)))
	shape, err := e.waitingShape()
	if err != nil {
		return err
	}
	recent, err := e.series.trailing(e.opening)
	if err != nil {
		return err
	}
	rate, err := e.series.withdrawalRate(e.opening, d.WithdrawalShape, shape)
	if err != nil {
		return err
	}
	d.WithdrawalRate = unit.PerYear(e.number("withdrawal_rate", rate, 0.01, 0,
		fmt.Sprintf("%d people withdrawn in the year to %v over the mean stock, weighted by age.", recent.Withdrawals, e.opening)))
	return nil
}

// waitingShape averages the shape of waiting times over the last four
// quarters for which the ages of the stock are published.
func (e *estimator) waitingShape() (float64, error) {
	if e.shape > 0 {
		return e.shape, nil
	}
	sum, n := 0.0, 0
	for i := len(e.series.Backlog) - 1; i >= 0 && n < 4; i-- {
		if b := e.series.Backlog[i]; b.SixMonths.Known {
			shape, err := e.series.WaitingShape(b.Date)
			if err != nil {
				return 0, err
			}
			sum += shape
			n++
		}
	}
	e.shape = sum / float64(n)
	return e.shape, nil
}

// outcomesByNationality estimates grants and allowed appeals.
func (e *estimator) outcomesByNationality() error {
	rates := make([]float64, len(e.groups))
	refusals := make([]float64, len(e.groups))
	for i, d := range e.decided {
		rates[i] = d.grants / d.total()
		refusals[i] = d.refusals
	}
	fill(e.rules.Decision.Grant[:], e.table("grant_probability", policy.NationalityEntries, rates, 0.001, nil,
		fmt.Sprintf("Grants over grants and refusals of people, %d; some nationalities from October 2024 by difference.", e.year)))
	overturned, err := e.mix.overturned()
	if err != nil {
		return err
	}
	if _, known := e.series.overturnedOfAll(); !known {
		return fmt.Errorf("%s: outcomes of the claims of %d to %d: want all", e.series.file(claimYearsFile), overturnedFrom, overturnedTo)
	}
	_, allowed := e.series.trailingAppeals(e.opening)
	fill(e.rules.Appeal.Allowed[:], e.table("appeal_allowed_share", policy.NationalityEntries, shiftLogits(overturned, refusals, allowed), 0.001, nil,
		fmt.Sprintf("Refusals overturned among claims of 2015 to 2023, logits shifted so that refusals of %d would have the %.1f%% allowed of the year to %v.", e.year, 100*allowed, e.opening)))
	return nil
}

// appeal estimates the tribunal's capacity.
func (e *estimator) appeal() error {
	flows, err := e.series.trailing(e.opening)
	if err != nil {
		return err
	}
	certified, refusals := 0.0, 0.0
	for n, d := range e.decided {
		certified += float64(d.refusals * float64(e.rules.Appeal.Certified[n]))
		refusals += d.refusals
	}
	receipts, _ := e.series.trailingAppeals(e.opening)
	perCase := e.series.peoplePerDecision(clock.MustDate("2022-12-31"), "refused")
	lodged := e.rules.Appeal.Lodged
	e.number("other_appeals", otherAppeals(receipts, float64(flows.Refusals)/perCase, certified/refusals, lodged), 100, 0,
		fmt.Sprintf("%.0f appeals received in the year to %v, less those of %d people refused over %.2f people a case, of whom %.1f%% had no right of appeal in the country and %.0f%% of the others are taken to have appealed.",
			receipts, e.opening, flows.Refusals, perCase, 100*certified/refusals, 100*float64(lodged)))
	last := e.series.Appeals[len(e.series.Appeals)-1]
	e.number("appeal_capacity", 4*float64(last.Disposals), 1, 0, fmt.Sprintf("Four times the disposals of the quarter to %v.", last.Quarter))
	return nil
}

// beds estimates the growth of dispersal accommodation between the last two
// dates with a breakdown.
func (e *estimator) beds() error {
	var dates []Support
	for _, r := range e.series.Support {
		if r.Dispersal.Known {
			dates = append(dates, r)
		}
	}
	from, to := dates[len(dates)-2], dates[len(dates)-1]
	years := float64(to.Date-from.Date) / unit.DaysPerYear
	e.number("dispersal_growth", float64(to.Dispersal.Value-from.Dispersal.Value)/years, 10, 0,
		fmt.Sprintf("People in dispersal from %v to %v.", from.Date, to.Date))
	for _, kind := range []struct {
		parameter string
		people    unit.People
	}{
		{"dispersal_beds", to.Dispersal.Value}, {"initial_accommodation_beds", to.Initial.Value},
		{"large_site_beds", to.LargeSite.Value}, {"other_accommodation_beds", to.Other.Value},
	} {
		e.number(kind.parameter, float64(kind.people), 1, 0, fmt.Sprintf("People there on %v.", to.Date))
	}
	e.number("subsistence_only_share", float64(to.Subsistence.Value)/float64(to.People), 0.001, 0, fmt.Sprintf("Of people supported on %v.", to.Date))
	return nil
}

// openingStocks estimates what the published stocks leave open.
func (e *estimator) openingStocks() (err error) {
	o := &e.rules.Opening
	perClaim, err := e.series.PeoplePerClaim(e.year)
	if err != nil {
		return err
	}
	o.PeoplePerAppeal = e.number("opening_people_per_appeal", perClaim, 0.01, 0, fmt.Sprintf("People per main applicant over the claims of %d.", e.year))
	o.PeoplePerRefused = e.number("opening_people_per_refused", e.series.peoplePerDecision(clock.MustDate("2022-12-31"), "refused"), 0.01, 0,
		"People per main applicant refused, January 2023 to September 2024.")
	o.PeoplePerPermit = e.number("opening_people_per_permit", e.series.peoplePerDecision(clock.MustDate("2020-12-31"), "grant_of_protection", "grant_of_other_leave"), 0.01, 0,
		"People per main applicant granted, January 2021 to September 2024.")
	shape, err := e.waitingShape()
	if err != nil {
		return err
	}
	o.BacklogShape = e.number("opening_backlog_shape", shape, 0.01, 0, "Mean of the last four quarters with published ages, to September 2024.")
	stock, err := e.series.RefusedStock(e.opening, o.PeoplePerRefused)
	if err != nil {
		return err
	}
	const step = 5000
	o.RefusedCases = unit.Cases(e.number("opening_refused_cases", float64(int(stock.Cases()/step))*step, step, 0,
		fmt.Sprintf("%d in June 2023, plus %.0f unappealed and %.0f unsuccessful appeals, less %.0f returns, is an upper figure of %.0f: rounded down.",
			stock.Published, stock.Unappealed, stock.Unsuccessful, stock.Returned, stock.Cases())))
	e.state, _, err = Opening(e.series, e.opening, e.rules.Opening)
	return err
}

// needPattern is the relative need of support by route: assumed, from who
// arrives without means and who has lived in the country on a visa.
var needPattern = policy.ByRoute[float64]{policy.SmallBoat: 0.9, policy.OtherIrregular: 0.75, policy.VisaHolder: 0.3, policy.OtherInCountry: 0.45}

// support estimates the share of claims in need of support.
func (e *estimator) support() error {
	scale, need := SupportNeed(e.state, &e.rules, needPattern)
	e.table("support_need", policy.RouteEntries, need[:], 0.01, nil,
		fmt.Sprintf("Assumed pattern times %.3f, so that the opening stocks are expected to hold the people supported on %v.", scale, e.opening))
	return nil
}

// returns estimates removals. Only attempts times their success can be
// compared with figures; success and legal barriers are assumed.
func (e *estimator) returns() error {
	enforced, voluntary, err := e.series.ReturnsOfYear(e.year)
	if err != nil {
		return err
	}
	perAttempt := peoplePerAttempt(e.state, &e.rules)
	means := &e.rules.Enforcement
	means.Attempts = unit.PerYear(e.number("enforced_return_attempts", enforced/perAttempt/float64(means.Success)/(1-float64(means.LegalBarrier)), 100, 0,
		fmt.Sprintf("%.0f asylum-related enforced returns of people in %d, over %.2f people an attempt, the assumed success and what the assumed legal barriers leave.", enforced, e.year, perAttempt)))
	e.number("opening_detained_cases", float64(means.Attempts)*float64(means.Stay)/unit.DaysPerYear, 10, 0,
		fmt.Sprintf("Little's law: %.0f attempts a year times the assumed mean stay of %.0f days.", float64(means.Attempts), float64(means.Stay)))
	allEnforced, allVoluntary, err := e.series.AllReturnsOfYear(e.year)
	if err != nil {
		return err
	}
	e.number("other_enforced_returns", allEnforced-enforced, 10, 0, fmt.Sprintf("All enforced returns of %d less the asylum-related.", e.year))
	refused, known := e.series.refusedPart()
	if !known {
		return fmt.Errorf("%s: outcomes of the claims of %d and %d: want both", e.series.file(claimYearsFile), refusedPartFrom, refusedPartTo)
	}
	e.number("other_voluntary_returns", allVoluntary-voluntary, 100, 0, fmt.Sprintf("All voluntary returns of %d less the asylum-related.", e.year))
	flows, err := e.series.trailing(e.opening)
	if err != nil {
		return err
	}
	returnable := withdrawnReturnable(e.state, &e.rules)
	e.number("return_after_withdrawal_share", afterWithdrawn(voluntary*(1-refused), flows.Withdrawals, returnable), 0.01, 0,
		fmt.Sprintf("%.0f asylum-related voluntary returns of %d, of which %.0f%% after a withdrawn claim, over %d people withdrawn, of whom %.0f%% could be returned.",
			voluntary, e.year, 100*(1-refused), flows.Withdrawals, 100*returnable))
	var pattern policy.ByNationality[float64]
	for n := range e.groups {
		pattern[n] = float64(e.rules.Returns.Returnable[n])
	}
	scale := VoluntaryRates(e.state, &e.rules, pattern, voluntary*refused)
	rates := make([]float64, len(e.groups))
	for n := range rates {
		rates[n] = scale * pattern[n]
	}
	e.table("voluntary_return_rate", policy.NationalityEntries, rates, 0.001, nil,
		fmt.Sprintf("Returnable share times %.3f a year, so that the opening stock yields %.0f people a year: %.0f asylum-related voluntary returns of %d, of which %.0f%% after a refusal.",
			scale, voluntary*refused, voluntary, e.year, 100*refused))
	return nil
}

// peoplePerAttempt is the people whom an attempt at an enforced return concerns:
// fewer than a refused case has, since most cases with children are passed over.
// Families are spread over the stock as its people are; all have a child but
// those of one adult dependant.
func peoplePerAttempt(o *asylum.Opening, rules *policy.Rules) float64 {
	a, e := &rules.Applicants, &rules.Enforcement
	families := (float64(o.RefusedPeople)/float64(asylum.TotalCases(o.Refused)) - 1) / a.Dependants
	childless := math.Min(1, (1-float64(a.ChildShare))*a.Dependants) / a.Dependants
	attempted := childless + float64((1-childless)*float64(e.FamilyAttempt))
	return ((1 - families) + float64(families*attempted*(1+a.Dependants))) / ((1 - families) + float64(families*attempted))
}

// refusedPart is the refused among those refused or withdrawn, for claims of
// 2022 and 2023: the part of voluntary returns taken to follow a refusal. It is
// false while the outcomes of both are not out.
func (s *Series) refusedPart() (part float64, known bool) {
	refused, withdrawn, years := 0.0, 0.0, 0
	for _, y := range s.ClaimYears {
		if (y.Year == refusedPartFrom || y.Year == refusedPartTo) && y.LatestRefusals.Known {
			refused += float64(y.LatestRefusals.Value)
			withdrawn += float64(y.LatestWithdrawn.Value)
			years++
		}
	}
	if years != 2 {
		return 0, false
	}
	return refused / (refused + withdrawn), true
}

const refusedPartFrom, refusedPartTo = 2022, 2023
