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
	"asylumsim/sim/unit"
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
	Staff             []Staff
	Decisions         []Decisions
	NationalityYears  []NationalityYear
	NationalityRates  []NationalityRates
	Appeals           []Appeals
	WithdrawnAppeals  []WithdrawnAppeals
	EarlierAppeals    []EarlierAppeals
	Support           []Support
	Returns           []Returns
	AsylumReturns     []AsylumReturns
	InProgress        []InProgress
	Snapshots         []Snapshot
	Publications      []Publication
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
		load(fsys, "small_boat_claims_by_arrival_quarter_2018_2023.csv", &s.BoatClaimQuarters, quarterAfterQuarter(func(r *BoatClaimsQuarter) clock.Date { return r.Quarter }, nil)),
		load(fsys, "asylum_flows_quarterly.csv", &s.Flows, quarterAfterQuarter(func(r *Flows) clock.Date { return r.Quarter }, (*Flows).check)),
		load(fsys, "asylum_backlog_quarterly.csv", &s.Backlog, quarterAfterQuarter(func(r *Backlog) clock.Date { return r.Date }, (*Backlog).check)),
		load(fsys, "asylum_backlog_age_bands.csv", &s.BacklogAges, quarterAfterQuarter(func(r *BacklogAges) clock.Date { return r.Date }, (*BacklogAges).check)),
		load(fsys, "asylum_claims_demographics_annual.csv", &s.Claimants, nil),
		load(fsys, "asylum_claims_main_dependant_quarterly.csv", &s.ClaimSizes, quarterAfterQuarter(func(r *ClaimSizes) clock.Date { return r.Quarter }, nil)),
		load(fsys, "asylum_outcomes_by_claim_year.csv", &s.ClaimYears, yearAfterYear(func(r *ClaimYear) int { return r.Year })),
		load(fsys, "asylum_decision_makers.csv", &s.Staff, (*Staff).check),
		load(fsys, "initial_decisions_by_type_quarterly.csv", &s.Decisions, nil),
		load(fsys, "initial_decisions_by_nationality_annual.csv", &s.NationalityYears, (*NationalityYear).check),
		load(fsys, "grant_rates_by_nationality_2020_2025.csv", &s.NationalityRates, nil),
		load(fsys, "appeals_ftt_quarterly.csv", &s.Appeals, quarterAfterQuarter(func(r *Appeals) clock.Date { return r.Quarter }, (*Appeals).check)),
		load(fsys, "appeals_withdrawn_share.csv", &s.WithdrawnAppeals, (*WithdrawnAppeals).check),
		load(fsys, "appeals_ho_asylum_quarterly_2010_2023.csv", &s.EarlierAppeals, quarterAfterQuarter(func(r *EarlierAppeals) clock.Date { return r.Quarter }, (*EarlierAppeals).check)),
		load(fsys, "asylum_support_quarterly.csv", &s.Support, quarterAfterQuarter(func(r *Support) clock.Date { return r.Date }, (*Support).check)),
		load(fsys, "returns_quarterly.csv", &s.Returns, quarterAfterQuarter(func(r *Returns) clock.Date { return r.Quarter }, (*Returns).check)),
		load(fsys, "returns_asylum_related_annual_2010_2023.csv", &s.AsylumReturns, nil),
		load(fsys, "asylum_wip_annual.csv", &s.InProgress, nil),
		load(fsys, "uk_snapshots.csv", &s.Snapshots, nil),
		load(fsys, "publication.csv", &s.Publications, nil),
	)
	if err == nil {
		err = s.checkPublications()
	}
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

// quarterAfterQuarter checks that rows are at the ends of quarters and follow
// each other by one; own, where given, checks a row by itself.
func quarterAfterQuarter[R any](end func(*R) clock.Date, own func(*R) error) func(row, before *R) error {
	return func(row, before *R) error {
		if own != nil {
			if err := own(row); err != nil {
				return err
			}
		}
		date := end(row)
		if err := endsQuarter(date); err != nil {
			return err
		}
		if before != nil && date != (end(before)+1).AddMonths(3)-1 {
			return fmt.Errorf("date %v follows %v: want the next quarter", date, end(before))
		}
		return nil
	}
}

// endsQuarter checks that a date ends a quarter.
func endsQuarter(date clock.Date) error {
	if _, month, _ := date.Civil(); date != date.MonthEnd() || month%3 != 0 {
		return fmt.Errorf("date %v: want the end of a quarter", date)
	}
	return nil
}

// partsSum checks that parts add up to the total in a column.
func partsSum[T unit.People | unit.Cases](column string, total T, parts ...T) error {
	sum := T(0)
	for _, part := range parts {
		sum += part
	}
	if sum != total {
		return fmt.Errorf("%s %d: its parts sum to %d", column, total, sum)
	}
	return nil
}
