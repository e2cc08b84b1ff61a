package evidence

import (
	"fmt"
	"strings"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

const (
	decisionsFile        = "initial_decisions_by_type_quarterly.csv"
	nationalityYearsFile = "initial_decisions_by_nationality_annual.csv"
	nationalityRatesFile = "grant_rates_by_nationality_2020_2025.csv"
)

// The older vintage of decisions by type counts outcomes otherwise from 2020 on:
// grants are 10% fewer to 9% more, refusals 16% fewer to 7% more, withdrawals 29%
// fewer to 41% more.
var outcomeGroups = map[string]struct {
	column string
	within float64
}{
	"grant_of_protection": {"grants", 0.2}, "grant_of_other_leave": {"grants", 0.2}, "refused": {"refusals", 0.2}, "withdrawn": {"withdrawals", 0.5},
	"administrative_outcome": {},
}

// holdDecisions holds decisions by type against those of all.
func (s *Series) holdDecisions() {
	const file = decisionsFile
	if !s.read(file) {
		return
	}
	once(s, file, s.Decisions, func(d *Decisions) string {
		return fmt.Sprintf("%v %s %s %s", d.Quarter, d.Type, d.Group, d.Outcome)
	})
	sums, last := map[clock.Date]map[string]float64{}, map[clock.Date]int{}
	for i, d := range s.Decisions {
		group, known := outcomeGroups[d.Group]
		switch {
		case !known:
			s.wrong(file, i, "outcome_group %q: want grant_of_protection, grant_of_other_leave, refused, withdrawn or administrative_outcome", d.Group)
		case d.Type != "main_applicant" && d.Type != "dependant":
			s.wrong(file, i, "applicant_type %q: want main_applicant or dependant", d.Type)
		case d.Quarter != quarterEndOf(d.Quarter):
			s.wrong(file, i, "quarter_end %v: want the end of a quarter", d.Quarter)
		case i > 0 && d.Quarter != s.Decisions[i-1].Quarter && d.Quarter != quarterEndAfter(s.Decisions[i-1].Quarter):
			s.wrong(file, i, "quarter_end %v follows %v: want the same or the next quarter", d.Quarter, s.Decisions[i-1].Quarter)
		}
		if sums[d.Quarter] == nil {
			sums[d.Quarter] = map[string]float64{}
		}
		sums[d.Quarter][group.column] += float64(d.People)
		last[d.Quarter] = i
	}
	if !s.read(flowsFile) {
		return
	}
	for _, f := range s.Flows {
		i, ok := last[f.Quarter]
		if !ok {
			continue
		}
		of, whose := sums[f.Quarter], s.file(flowsFile)
		s.about(file, i, fmt.Sprintf("grants of %v", f.Quarter), of["grants"], float64(f.Grants), outcomeGroups["grant_of_protection"].within, whose)
		s.about(file, i, fmt.Sprintf("refusals of %v", f.Quarter), of["refusals"], float64(f.Refusals), outcomeGroups["refused"].within, whose)
		s.about(file, i, fmt.Sprintf("withdrawals of %v", f.Quarter), of["withdrawals"], float64(f.Withdrawals), outcomeGroups["withdrawn"].within, whose)
	}
}

// holdNationalities holds outcomes by nationality against their sums and against
// those of all nationalities, and six years together against single ones.
func (s *Series) holdNationalities() {
	const file = nationalityYearsFile
	if !s.read(file) {
		return
	}
	once(s, file, s.NationalityYears, func(r *NationalityYear) string { return fmt.Sprintf("%s %d", r.Nationality, r.Year) })
	type outcome struct {
		grants, refusals, other unit.People
		rows                    int
	}
	years, last, pooled := map[int]outcome{}, map[int]int{}, map[string]outcome{}
	for i, r := range s.NationalityYears {
		sumsTo(s, file, i, cell[unit.People]{"outcomes_people", r.Outcomes}, r.Grants, r.Refusals, r.Other)
		if r.GrantRate.Known != (r.Grants+r.Refusals > 0) {
			s.wrong(file, i, "grant_rate: want it of rows with grants or refusals, of no other")
		} else if r.GrantRate.Known {
			s.ratio(file, i, "grant_rate", r.GrantRate.Value, float64(r.Grants), float64(r.Grants+r.Refusals), 4)
		}
		if i > 0 && r.Nationality == s.NationalityYears[i-1].Nationality && r.Year != s.NationalityYears[i-1].Year+1 {
			s.wrong(file, i, "year %d of %s follows %d: want the next year", r.Year, r.Nationality, s.NationalityYears[i-1].Year)
		}
		add := func(o outcome) outcome {
			return outcome{o.grants + r.Grants, o.refusals + r.Refusals, o.other + r.Other, o.rows + 1}
		}
		years[r.Year], last[r.Year] = add(years[r.Year]), i
		if 2020 <= r.Year && r.Year <= 2025 {
			pooled[r.Nationality] = add(pooled[r.Nationality])
		}
	}
	for year, i := range last {
		flows, err := s.FlowsOf(year)
		if err != nil || !s.read(flowsFile) {
			continue
		}
		whole := fmt.Sprintf("the %s of %d of all nationalities,", "%s", year)
		atMost(s, file, i, cell[unit.People]{fmt.Sprintf("grants of %d", year), years[year].grants}, cell[unit.People]{fmt.Sprintf(whole, "grants"), flows.Grants})
		atMost(s, file, i, cell[unit.People]{fmt.Sprintf("refusals of %d", year), years[year].refusals}, cell[unit.People]{fmt.Sprintf(whole, "refusals"), flows.Refusals})
	}
	if !s.read(nationalityRatesFile) {
		return
	}
	const rates = nationalityRatesFile
	once(s, rates, s.NationalityRates, func(r *NationalityRates) string { return r.Nationality })
	for i, r := range s.NationalityRates {
		s.ratio(rates, i, "initial_grant_rate_2020_2025", r.GrantRate, float64(r.Grants), float64(r.Grants+r.Refusals), 4)
		s.ratio(rates, i, "latest_grant_rate_claims_2015_2023", r.LatestGrantRate, float64(r.LatestGrants), float64(r.LatestGrants+r.LatestRefusals), 4)
		if !(r.InitialRate > 0 && r.InitialRate < 1) {
			s.wrong(rates, i, "initial_grant_rate_claims_2015_2023 %v: want a share between 0 and 1", r.InitialRate)
		} else if r.LatestGrantRate < r.InitialRate {
			s.wrong(rates, i, "latest_grant_rate_claims_2015_2023 %v: less than the initial %v, though appeals add grants", r.LatestGrantRate, r.InitialRate)
		}
		atMost(s, rates, i, cell[unit.Cases]{"latest grants, refusals and not known", r.LatestGrants + r.LatestRefusals + r.LatestNotKnown}, cell[unit.Cases]{"main_claims_2015_2023", r.Claims})
		for _, c := range []struct {
			column      string
			all, single unit.People
		}{
			{"grants_2020_2025", r.Grants, pooled[r.Nationality].grants},
			{"refusals_2020_2025", r.Refusals, pooled[r.Nationality].refusals},
			{"withdrawn_2020_2025 and administrative_2020_2025", r.Withdrawn + r.Administrative, pooled[r.Nationality].other},
		} {
			if whole := pooled[r.Nationality].rows == 6; c.all < c.single || whole && c.all != c.single {
				want := "at least "
				if whole {
					want = ""
				}
				s.wrong(rates, i, "%s %d: want %s%d, the sum of its years in %s", c.column, c.all, want, c.single, s.file(file))
			}
		}
	}
}

// holdSnapshots holds single figures against the series that they are of.
func (s *Series) holdSnapshots() {
	const file = "uk_snapshots.csv"
	if !s.read(file) {
		return
	}
	once(s, file, s.Snapshots, func(r *Snapshot) string { return r.Measure + " " + r.Period })
	parts, whole := map[string]float64{}, map[string]float64{}
	for _, r := range s.Snapshots {
		if strings.HasPrefix(r.Measure, "claims_by_") {
			parts[r.Period] += r.Value
		}
		if r.Measure == "claims_people" {
			whole[r.Period] = r.Value
		}
	}
	for i, r := range s.Snapshots {
		if r.Value < 0 || r.Unit == "percent" && r.Value > 100 {
			s.wrong(file, i, "value %v: want 0 or more, and of percent 100 at most", r.Value)
		}
		if r.Measure != "claims_people" {
			continue
		}
		if parts[r.Period] > r.Value {
			s.wrong(file, i, "value %v of claims_people: its parts by route sum to %v", r.Value, parts[r.Period])
		}
		if flows, err := s.trailing(lastDay(r.Period)); err == nil && s.read(flowsFile) {
			s.about(file, i, "value of claims_people", r.Value, float64(flows.Claims), 0.05, "claims of "+s.file(flowsFile)) // as first published
		}
	}
	for i, r := range s.Snapshots {
		if strings.HasPrefix(r.Measure, "claims_by_") && whole[r.Period] == 0 {
			s.wrong(file, i, "measure %s of %s: want claims_people of the same period", r.Measure, r.Period)
		}
	}
}
