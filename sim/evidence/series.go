// Package evidence holds the published series, what is estimated from them,
// and the state of the system that a run starts from.
//
// Figures come from Home Office, Ministry of Justice and National Audit
// Office statistics (folder configs/observed, with its own notes). Nothing
// here is tuned to make the model agree with them: estimates are made from
// the series alone, or from the series and stated assumptions.
package evidence

import (
	"errors"
	"fmt"
	"io/fs"

	"asylumsim/sim/clock"
)

// Series holds the published series, oldest first. Each row type names the
// columns of its file.
type Series struct {
	BoatDays          []BoatDay
	BoatWeeks         []BoatWeek
	BoatMonths        []BoatMonth
	BoatYears         []BoatYear
	BoatNationalities []BoatNationality
	BoatClaims        []BoatClaims
	BoatClaimQuarters []BoatClaimsQuarter
	Flows             []Flows
	Backlog           []Backlog
	BacklogAges       []BacklogAges
	Claimants         []Claimants
	ClaimSizes        []ClaimSizes
	ClaimYears        []ClaimYear
	Decisions         []Decisions
	NationalityYears  []NationalityYear
	NationalityRates  []NationalityRates
	Appeals           []Appeals
	Support           []Support
	Returns           []Returns
	AsylumReturns     []AsylumReturns
	InProgress        []InProgress
	Snapshots         []Snapshot
}

// Load reads the series from a folder such as configs/observed. It returns
// every problem found in any file, with file and line.
func Load(fsys fs.FS) (*Series, error) {
	var s Series
	err := errors.Join(
		load(fsys, "small_boat_daily.csv", &s.BoatDays, (*BoatDay).check),
		load(fsys, "small_boat_weekly_preventions.csv", &s.BoatWeeks, (*BoatWeek).check),
		load(fsys, "small_boat_monthly.csv", &s.BoatMonths, nil),
		load(fsys, "small_boat_annual.csv", &s.BoatYears, yearAfterYear(func(r *BoatYear) int { return r.Year })),
		load(fsys, "small_boat_nationality.csv", &s.BoatNationalities, nil),
		load(fsys, "small_boat_claims_by_arrival_year.csv", &s.BoatClaims, yearAfterYear(func(r *BoatClaims) int { return r.Year })),
		load(fsys, "small_boat_claims_by_arrival_quarter_2018_2023.csv", &s.BoatClaimQuarters, (*BoatClaimsQuarter).check),
		load(fsys, "asylum_flows_quarterly.csv", &s.Flows, (*Flows).check),
		load(fsys, "asylum_backlog_quarterly.csv", &s.Backlog, (*Backlog).check),
		load(fsys, "asylum_backlog_age_bands.csv", &s.BacklogAges, (*BacklogAges).check),
		load(fsys, "asylum_claims_demographics_annual.csv", &s.Claimants, nil),
		load(fsys, "asylum_claims_main_dependant_quarterly.csv", &s.ClaimSizes, (*ClaimSizes).check),
		load(fsys, "asylum_outcomes_by_claim_year.csv", &s.ClaimYears, yearAfterYear(func(r *ClaimYear) int { return r.Year })),
		load(fsys, "initial_decisions_by_type_quarterly.csv", &s.Decisions, nil),
		load(fsys, "initial_decisions_by_nationality_annual.csv", &s.NationalityYears, nil),
		load(fsys, "grant_rates_by_nationality_2020_2025.csv", &s.NationalityRates, nil),
		load(fsys, "appeals_ftt_quarterly.csv", &s.Appeals, (*Appeals).check),
		load(fsys, "asylum_support_quarterly.csv", &s.Support, (*Support).check),
		load(fsys, "returns_quarterly.csv", &s.Returns, (*Returns).check),
		load(fsys, "returns_asylum_related_annual_2010_2023.csv", &s.AsylumReturns, nil),
		load(fsys, "asylum_wip_annual.csv", &s.InProgress, nil),
		load(fsys, "uk_snapshots.csv", &s.Snapshots, nil),
	)
	if err != nil {
		return nil, err
	}
	return &s, nil
}

func load[R any](fsys fs.FS, name string, rows *[]R, check func(row, before *R) error) (err error) {
	*rows, err = readTable(fsys, name, check)
	return err
}

// yearAfterYear checks that rows follow each other by a year.
func yearAfterYear[R any](year func(*R) int) func(row, before *R) error {
	return func(row, before *R) error {
		if before != nil && year(row) != year(before)+1 {
			return fmt.Errorf("year %d follows %d: want the next year", year(row), year(before))
		}
		return nil
	}
}

// quarterAfter checks that a row is at a quarter's end, one quarter after the
// row before.
func quarterAfter(date clock.Date, before *clock.Date) error {
	if _, month, _ := date.Civil(); date != date.MonthEnd() || month%3 != 0 {
		return fmt.Errorf("date %v: want the end of a quarter", date)
	}
	if before != nil && date != (*before+1).AddMonths(3)-1 {
		return fmt.Errorf("date %v follows %v: want the next quarter", date, *before)
	}
	return nil
}
