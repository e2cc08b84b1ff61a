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
	"io/fs"
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

	sources map[string]*source // by the name of the file
}

// Load reads the series from a folder such as configs/observed, and holds them
// against each other. It returns every problem found in any file, with file and
// line. Where the folder has a method Path, files are named by what it returns.
func Load(fsys fs.FS) (*Series, error) {
	s := &Series{sources: map[string]*source{}}
	err := errors.Join(
		load(s, fsys, "small_boat_daily.csv", &s.BoatDays),
		load(s, fsys, "small_boat_weekly_preventions.csv", &s.BoatWeeks),
		load(s, fsys, "small_boat_monthly.csv", &s.BoatMonths),
		load(s, fsys, "small_boat_annual.csv", &s.BoatYears),
		load(s, fsys, "small_boat_nationality.csv", &s.BoatNationalities),
		load(s, fsys, "small_boat_claims_by_arrival_year.csv", &s.BoatClaims),
		load(s, fsys, "small_boat_claims_by_arrival_quarter_2018_2023.csv", &s.BoatClaimQuarters),
		load(s, fsys, "asylum_flows_quarterly.csv", &s.Flows),
		load(s, fsys, "asylum_backlog_quarterly.csv", &s.Backlog),
		load(s, fsys, "asylum_backlog_age_bands.csv", &s.BacklogAges),
		load(s, fsys, "asylum_claims_demographics_annual.csv", &s.Claimants),
		load(s, fsys, "asylum_claims_main_dependant_quarterly.csv", &s.ClaimSizes),
		load(s, fsys, "asylum_outcomes_by_claim_year.csv", &s.ClaimYears),
		load(s, fsys, "asylum_decision_makers.csv", &s.Staff),
		load(s, fsys, "initial_decisions_by_type_quarterly.csv", &s.Decisions),
		load(s, fsys, "initial_decisions_by_nationality_annual.csv", &s.NationalityYears),
		load(s, fsys, "grant_rates_by_nationality_2020_2025.csv", &s.NationalityRates),
		load(s, fsys, "appeals_ftt_quarterly.csv", &s.Appeals),
		load(s, fsys, "appeals_withdrawn_share.csv", &s.WithdrawnAppeals),
		load(s, fsys, "appeals_ho_asylum_quarterly_2010_2023.csv", &s.EarlierAppeals),
		load(s, fsys, "asylum_support_quarterly.csv", &s.Support),
		load(s, fsys, "returns_quarterly.csv", &s.Returns),
		load(s, fsys, "returns_asylum_related_annual_2010_2023.csv", &s.AsylumReturns),
		load(s, fsys, "asylum_wip_annual.csv", &s.InProgress),
		load(s, fsys, "uk_snapshots.csv", &s.Snapshots),
		load(s, fsys, "publication.csv", &s.Publications),
	)
	if err == nil {
		err = s.checkPublications()
	}
	if err := errors.Join(err, s.consistent()); err != nil {
		return nil, err
	}
	return s, nil
}

// source is a file of series as it was read.
type source struct {
	path  string
	lines []int // of the rows
	found []fault
}

func load[R any](s *Series, fsys fs.FS, file string, rows *[]R) (err error) {
	read := &source{path: file}
	if named, ok := fsys.(interface{ Path(file string) string }); ok {
		read.path = named.Path(file)
	}
	if *rows, read.lines, err = readTable[R](fsys, file, read.path); err == nil {
		s.sources[file] = read
	}
	return err
}

// file names a file as it was read: by its path, or by its name alone for series
// that come from none.
func (s *Series) file(name string) string {
	if read := s.sources[name]; read != nil {
		return read.path
	}
	return name
}
