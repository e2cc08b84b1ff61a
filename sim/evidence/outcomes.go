package evidence

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// Decisions counts the initial outcomes of a quarter by applicant type, in
// people (Home Office, Asy_D02, an older vintage).
type Decisions struct {
	Quarter clock.Date  `csv:"quarter_end"`
	Type    string      `csv:"applicant_type"`
	Group   string      `csv:"outcome_group"`
	Outcome string      `csv:"outcome"`
	People  unit.People `csv:"decisions"`
}

// NationalityYear is the initial outcomes of a nationality in a year, in
// people (Home Office, Asy_D02). Rows of two vintages, which the vintage
// column tells apart.
type NationalityYear struct {
	Nationality string             `csv:"nationality"`
	Year        int                `csv:"year"`
	Outcomes    unit.People        `csv:"outcomes_people"`
	Grants      unit.People        `csv:"grants"`
	Refusals    unit.People        `csv:"refusals"`
	Other       unit.People        `csv:"withdrawn_or_administrative"`
	GrantRate   Published[float64] `csv:"grant_rate"`
	Vintage     string             `csv:"vintage"`
	Partial     bool               `csv:"partial_year"`
}

// NationalityRates are a nationality's outcomes of 2020 to 2025 together, in
// people, and the initial and latest (after appeal) outcomes of main
// applicants who claimed in 2015 to 2023 (Home Office, Asy_D02 and Asy_D04).
type NationalityRates struct {
	Nationality     string      `csv:"nationality"`
	Grants          unit.People `csv:"grants_2020_2025"`
	Refusals        unit.People `csv:"refusals_2020_2025"`
	Withdrawn       unit.People `csv:"withdrawn_2020_2025"`
	Administrative  unit.People `csv:"administrative_2020_2025"`
	GrantRate       float64     `csv:"initial_grant_rate_2020_2025"`
	Claims          unit.Cases  `csv:"main_claims_2015_2023"`
	InitialRate     float64     `csv:"initial_grant_rate_claims_2015_2023"`
	LatestGrants    unit.Cases  `csv:"latest_grants_claims_2015_2023"`
	LatestRefusals  unit.Cases  `csv:"latest_refusals_claims_2015_2023"`
	LatestNotKnown  unit.Cases  `csv:"latest_not_known"`
	LatestGrantRate float64     `csv:"latest_grant_rate_claims_2015_2023"`
}

// Appeals is a quarter of the First-tier Tribunal (Immigration and Asylum
// Chamber), asylum and protection appeals, in cases (Ministry of Justice,
// FIA_1 to FIA_4). The share allowed is of those determined at a hearing or on
// paper, in per cent.
type Appeals struct {
	Quarter        clock.Date `csv:"quarter_end"`
	Period         string     `csv:"moj_period"`
	Receipts       unit.Cases `csv:"asylum_receipts"`
	Disposals      unit.Cases `csv:"asylum_disposals"`
	Open           unit.Cases `csv:"asylum_open"`
	AllowedPercent float64    `csv:"asylum_allowed_pct"`
	AllReceipts    unit.Cases `csv:"all_receipts"`
	AllDisposals   unit.Cases `csv:"all_disposals"`
	AllOpen        unit.Cases `csv:"all_open"`
	AllAllowed     float64    `csv:"all_allowed_pct"`
	Status         string     `csv:"status"`
}

// EarlierAppeals is a quarter of asylum appeals, in cases, in a series that
// ended in March 2023 (Home Office, Asy_D06 and Asy_D07). It counts appeals
// against initial decisions only and so fewer than the tribunal's.
type EarlierAppeals struct {
	Quarter      clock.Date `csv:"quarter_end"`
	Lodged       unit.Cases `csv:"lodged"`
	Allowed      unit.Cases `csv:"allowed"`
	Dismissed    unit.Cases `csv:"dismissed"`
	Withdrawn    unit.Cases `csv:"withdrawn"`
	Determined   unit.Cases `csv:"determined"`
	AllowedShare float64    `csv:"allowed_share"`
}

// Support is the people in receipt of asylum support by accommodation (Home
// Office, Asy_D09).
type Support struct {
	Date         clock.Date             `csv:"date"`
	People       unit.People            `csv:"people_supported"`
	Hotel        Published[unit.People] `csv:"hotel"`
	HotelShare   Published[float64]     `csv:"hotel_share"`
	LargeSite    Published[unit.People] `csv:"contingency_other"`
	Dispersal    Published[unit.People] `csv:"dispersal"`
	Initial      Published[unit.People] `csv:"initial"`
	Other        Published[unit.People] `csv:"other"`
	Subsistence  Published[unit.People] `csv:"subsistence_only"`
	HotelOlder   Published[unit.People] `csv:"hotel_older_vintage"`
	SplitVintage Published[string]      `csv:"breakdown_vintage"`
}

// Returns are all returns of a quarter, asylum-related or not (Home Office,
// Ret_D01).
type Returns struct {
	Quarter      clock.Date  `csv:"quarter_end"`
	Enforced     unit.People `csv:"enforced"`
	Voluntary    unit.People `csv:"voluntary"`
	RefusedEntry unit.People `csv:"refused_entry_departed"`
	Total        unit.People `csv:"total"`
}

// AsylumReturns splits the returns of a year into asylum-related and others
// (Home Office, Ret_05).
type AsylumReturns struct {
	Year         int         `csv:"year"`
	Category     string      `csv:"category"`
	Enforced     unit.People `csv:"enforced"`
	Voluntary    unit.People `csv:"voluntary"`
	RefusedEntry unit.People `csv:"refused_entry_departed"`
}

// Snapshot is a single published figure.
type Snapshot struct {
	Measure string  `csv:"measure"`
	Period  string  `csv:"period"`
	Value   float64 `csv:"value"`
	Unit    string  `csv:"unit"`
	Source  string  `csv:"source"`
}

// Snapshot returns the value of a measure in a period.
func (s *Series) Snapshot(measure, period string) (float64, error) {
	row, err := find(s.Snapshots, s.file("uk_snapshots.csv"), measure+" "+period, func(r *Snapshot) bool { return r.Measure == measure && r.Period == period })
	return row.Value, err
}
