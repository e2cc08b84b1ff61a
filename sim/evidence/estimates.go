package evidence

import (
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// Estimate is the value of a parameter computed from the published series,
// rounded as the parameter file states it.
type Estimate struct {
	Parameter string
	// Value is the rounded number, or the table of them.
	Value policy.Amount
	// Errors are the standard errors, one for each entry in order; nil where
	// the estimate is an accounting identity or rests on assumptions whose
	// error is not a sampling error.
	Errors []float64
	// Step is what values are rounded to.
	Step float64
	// Method says in one line how the value comes about.
	Method string
}

// Estimates computes every parameter that can be had from the series up to an
// opening date, for the latest calendar year with all yearly tables or the years
// that a method names. Some rest on
// parameters that have to be assumed, such as the queue that managers let
// stand: these are read from the given rules. Nationalities are those of the
// groups. The order is that of the rules.
func Estimates(s *Series, groups []policy.Group, assumed *policy.Rules, opening clock.Date) ([]Estimate, error) {
	s = s.Until(opening)
	year, err := s.wholeYear()
	if err != nil {
		return nil, err
	}
	e := &estimator{series: s, groups: groups, rules: *assumed, opening: opening, year: year}
	for _, stage := range []func() error{
		e.crossings, e.nationalities, e.claims, e.levels, e.applicants, e.decision, e.outcomesByNationality, e.appeal,
		e.beds, e.openingStocks, e.support, e.returns,
	} {
		if err := stage(); err != nil {
			return nil, err
		}
	}
	for _, estimate := range e.list {
		if err := finite(estimate.Parameter, e.opening, estimate.numbers()...); err != nil {
			return nil, err
		}
	}
	order := map[string]int{}
	for i, f := range policy.Fields() {
		order[f.Parameter] = i
	}
	slices.SortStableFunc(e.list, func(a, b Estimate) int { return order[a.Parameter] - order[b.Parameter] })
	return e.list, nil
}

// numbers lists the value, or those of a table, and the standard errors.
func (e *Estimate) numbers() []float64 {
	numbers := append([]float64{e.Value.Number}, e.Errors...)
	for _, entry := range e.Value.Table {
		numbers = append(numbers, entry.Number)
	}
	return numbers
}

// estimator holds the estimates made so far. Its rules are the assumed ones
// with the estimates filled in, for those that follow from them.
type estimator struct {
	series  *Series
	groups  []policy.Group
	rules   policy.Rules
	opening clock.Date
	year    int
	list    []Estimate

	mix        nationalities
	boats      []float64
	other      []float64
	boatCounts *BoatCounts
	decided    []outcomes
	state      *asylum.Opening
	shape      float64 // of waiting times; 0 until estimated
}

// number adds an estimate of a single number and returns it rounded.
func (e *estimator) number(parameter string, value, step, se float64, method string) float64 {
	value = rounded(value, step)
	est := Estimate{Parameter: parameter, Value: policy.Amount{Number: value}, Step: step, Method: method}
	if se > 0 {
		est.Errors = []float64{se}
	}
	e.list = append(e.list, est)
	return value
}

// table adds an estimate of a table and returns it rounded.
func (e *estimator) table(parameter string, by policy.Dimension, values []float64, step float64, se []float64, method string) []float64 {
	est := Estimate{Parameter: parameter, Errors: se, Step: step, Method: method}
	result := make([]float64, len(values))
	for i, key := range by.Keys(e.groups) {
		result[i] = rounded(values[i], step)
		est.Value.Table = append(est.Value.Table, policy.Entry{Key: key, Number: result[i]})
	}
	e.list = append(e.list, est)
	return result
}

// shares adds a table of shares that sum to 1 after rounding, too.
func (e *estimator) shares(parameter string, values []float64, method string) []float64 {
	const units = 10000
	whole := make([]float64, len(values))
	for i, n := range apportion(units, values) {
		whole[i] = float64(n) / units
	}
	return e.table(parameter, policy.NationalityEntries, whole, 1.0/units, nil, method)
}

// rounded returns the multiple of step nearest to x, as a decimal fraction
// would be written.
func rounded(x, step float64) float64 {
	if step < 1 {
		inverse := math.Round(1 / step)
		return math.Round(x*inverse) / inverse
	}
	return math.Round(x/step) * step
}

// fill copies numbers into a table of the rules.
func fill[T ~float64](table []T, numbers []float64) {
	for i, x := range numbers {
		table[i] = T(x)
	}
}

// firstBoatYear is the first year that the small-boat process is fitted to.
func (e *estimator) firstBoatYear() int { return max(firstBoatYear, e.year-boatYears+1) }

// crossings estimates the small-boat process from the daily series of five years;
// before 2020 was another regime.
func (e *estimator) crossings() error {
	first, since := e.firstBoatYear(), e.year-meanBoatYears+1
	days, err := e.series.CrossingDays(clock.NewDate(first, 1, 1), e.opening)
	if err != nil {
		return err
	}
	e.table("crossing_day_log_odds", policy.MonthEntries, days.Month[:], 0.001, days.MonthSE[:],
		fmt.Sprintf("Logistic regression on %d days: month and spell.", days.Days))
	e.table("crossing_spell_log_odds", policy.SpellEntries, days.Spell[:], 0.001, days.SpellSE[:],
		"The same regression; the spell of one crossing day is the reference.")
	boats, err := e.series.BoatCounts(first, e.year)
	if err != nil {
		return err
	}
	e.boatCounts = boats
	level, se := boats.Mean(since, e.year)
	e.number("boats_per_crossing_day", level, 0.01, se, fmt.Sprintf("Zero-truncated mean, level of %d to %d, season removed.", since, e.year))
	e.table("boats_season", policy.MonthEntries, boats.Season[:], 0.001, boats.SeasonSE[:],
		"Maximum likelihood with a level for each year; mean 1 over crossing days.")
	e.number("boats_dispersion", boats.Dispersion, 0.01, boats.Dispersion*boats.DispersionLogSE, "Maximum likelihood with the season.")
	people, err := e.series.Passengers(clock.NewDate(since, 1, 1), e.opening)
	if err != nil {
		return err
	}
	e.number("people_per_boat", people.AtEnd, 0.1, people.AtEndSE, fmt.Sprintf("Weighted trend of %d to %v, on the day after.", since, e.opening))
	e.number("people_per_boat_growth", people.PerYear/2, 0.1, people.PerYearSE/2, fmt.Sprintf("Half of the trend of %d to %v.", since, e.opening))
	e.number("people_per_boat_sd", people.SD, 0.1, people.SD/math.Sqrt(2*float64(people.Days)), "Residuals of the trend, weighted by boats.")
	prevented, err := e.series.PreventedShare(e.year)
	if err != nil {
		return err
	}
	for _, parameter := range []string{"prevention_share", "prevention_reference_share"} {
		e.number(parameter, prevented, 0.001, 0, fmt.Sprintf("People prevented over those and people arrived, weeks ending in %d.", e.year))
	}
	claims, err := e.series.BoatClaimsOf(e.year)
	if err != nil {
		return err
	}
	e.number("small_boat_claim_share", float64(claims.WithClaim)/float64(claims.Matched), 0.001, 0, fmt.Sprintf("People with a claim over arrivals matched to records, %d.", e.year))
	return nil
}

// claims estimates the claims by other routes.
func (e *estimator) claims() error {
	cases, err := e.series.otherClaims(e.year)
	if err != nil {
		return err
	}
	fill(e.rules.Claims.PerYear[:], e.table("other_route_claims", policy.OtherRouteEntries, cases[:], 10, nil,
		fmt.Sprintf("Main claims of %d less those of boat arrivals, split as in the year ending September 2025.", e.year)))
	return nil
}

// nationalities estimates the mix of each route.
func (e *estimator) nationalities() (err error) {
	e.mix = nationalities{e.series, e.groups, e.year}
	if e.decided, err = e.mix.decided(); err != nil {
		return err
	}
	if e.boats, err = e.mix.boats(e.year); err != nil {
		return err
	}
	if e.other, err = e.mix.otherRoutes(e.decided); err != nil {
		return err
	}
	cases, err := e.series.otherClaims(e.year)
	if err != nil {
		return err
	}
	irregular, regular := splitIrregular(e.boats, e.other, cases[0]/(cases[0]+cases[1]+cases[2]))
	c := &e.rules.Claims
	fill(e.rules.Crossings.Nationality[:], e.shares("small_boat_nationality", e.boats, fmt.Sprintf("Arrivals of %d with a nationality recorded.", e.year)))
	fill(c.Irregular[:], e.shares("other_irregular_nationality", irregular, "Half the mix of boats, half that of all other routes."))
	rest := fmt.Sprintf("Decisions of %d scaled to claims, less boats and other irregular routes.", e.year)
	fill(c.VisaHolder[:], e.shares("visa_holder_nationality", regular, rest))
	fill(c.InCountry[:], e.shares("other_in_country_nationality", regular, rest))
	return nil
}

// applicants estimates the people of a case.
func (e *estimator) applicants() error {
	boats, others, err := e.series.peopleByRoute(e.year)
	if err != nil {
		return err
	}
	a := &e.rules.Applicants
	ratio := []float64{boats, others, others, others}
	for i := range ratio {
		ratio[i] = (ratio[i] - 1) / a.Dependants
	}
	fill(a.FamilyShare[:], e.table("family_case_share", policy.RouteEntries, ratio, 0.001, nil,
		fmt.Sprintf("People per main claim of %d less 1, over dependants per family.", e.year)))
	e.number("dependant_child_share", e.series.childShare(), 0.01, 0, "Dependants under 18, claims of 2023 and 2024.")
	cases, err := e.series.otherClaims(e.year)
	if err != nil {
		return err
	}
	uasc, err := e.series.uascShares(cases, a.FamilyShare)
	if err != nil {
		return err
	}
	fill(a.UASCShare[:], e.table("uasc_share", policy.RouteEntries, uasc[:], 0.001, nil,
		"Unaccompanied children over main claims, year ending September 2024, split by route as in the year ending June 2023."))
	return nil
}
