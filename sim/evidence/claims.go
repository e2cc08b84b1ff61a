package evidence

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// Flows are the claims and initial outcomes of a quarter, in people, main
// applicants and dependants (Home Office, Asy_D01 and Asy_D02).
type Flows struct {
	Quarter        clock.Date  `csv:"quarter_end"`
	Claims         unit.People `csv:"claims_people"`
	Outcomes       unit.People `csv:"outcomes_people"`
	Grants         unit.People `csv:"grants_people"`
	Refusals       unit.People `csv:"refusals_people"`
	Withdrawals    unit.People `csv:"withdrawals_people"`
	Administrative unit.People `csv:"administrative_people"`
	GrantRate      float64     `csv:"grant_rate_people"`
	Vintage        string      `csv:"vintage"`
}

// Backlog is the stock of claims awaiting an initial decision (Home Office,
// Asy_D03).
type Backlog struct {
	Date          clock.Date             `csv:"date"`
	People        unit.People            `csv:"people_awaiting"`
	Cases         Published[unit.Cases]  `csv:"main_applicants_awaiting"`
	Dependants    Published[unit.People] `csv:"dependants_awaiting"`
	SixMonths     Published[unit.People] `csv:"people_6_months_or_less"`
	OverSixMonths Published[unit.People] `csv:"people_over_6_months"`
	ShareOver     Published[float64]     `csv:"share_over_6_months"`
}

// BacklogAges is the stock of main applicants awaiting an initial decision by
// how long they have waited (Home Office, transparency data ASY).
type BacklogAges struct {
	Date         clock.Date `csv:"quarter_end"`
	Cases        unit.Cases `csv:"total_main_applicants"`
	ThreeMonths  unit.Cases `csv:"lt_3_months"`
	SixMonths    unit.Cases `csv:"m3_to_6"`
	TwelveMonths unit.Cases `csv:"m6_to_12"`
	Longer       unit.Cases `csv:"gt_12_months"`
}

// Claimants counts the people who claimed in a year by who they are (Home
// Office, Asy_D01, an older vintage; 2024 is its first nine months).
type Claimants struct {
	Year   int         `csv:"year"`
	Type   string      `csv:"applicant_type"`
	UASC   bool        `csv:"uasc"`
	Sex    string      `csv:"sex"`
	Age    string      `csv:"age_band"`
	Claims unit.People `csv:"claims"`
}

// ClaimSizes are the main applicants and dependants who claimed in a quarter,
// and the unaccompanied children (UASC) among them (Home Office, Asy_D01, an
// older vintage).
type ClaimSizes struct {
	Quarter        clock.Date  `csv:"quarter_end"`
	Main           unit.Cases  `csv:"main_applicants"`
	Dependants     unit.People `csv:"dependants"`
	People         unit.People `csv:"people"`
	DependantShare float64     `csv:"dependant_share"`
	UASC           unit.Cases  `csv:"uasc_claims"`
}

// ClaimYear follows the main applicants who claimed in a year to their
// outcomes as at mid 2026 (Home Office, Asy_D04). The latest years have claims
// only.
type ClaimYear struct {
	Year            int                   `csv:"claim_year"`
	Claims          unit.Cases            `csv:"main_claims"`
	Grants          Published[unit.Cases] `csv:"initial_grants"`
	Refusals        Published[unit.Cases] `csv:"initial_refusals"`
	Withdrawn       Published[unit.Cases] `csv:"initial_withdrawn"`
	Administrative  Published[unit.Cases] `csv:"initial_administrative"`
	LatestGrants    Published[unit.Cases] `csv:"latest_grants"`
	LatestRefusals  Published[unit.Cases] `csv:"latest_refusals"`
	LatestWithdrawn Published[unit.Cases] `csv:"latest_withdrawn"`
	LatestAdmin     Published[unit.Cases] `csv:"latest_administrative"`
	Enforced        Published[unit.Cases] `csv:"enforced_returns"`
	Voluntary       Published[unit.Cases] `csv:"voluntary_returns"`
	NotKnown        Published[unit.Cases] `csv:"initial_not_known"`
	LatestNotKnown  Published[unit.Cases] `csv:"latest_not_known"`
	GrantRate       Published[float64]    `csv:"initial_grant_rate"`
	LatestGrantRate Published[float64]    `csv:"latest_grant_rate"`
	ReturnRate      Published[float64]    `csv:"returns_per_refused_or_withdrawn"`
}

// InProgress is the whole asylum work in progress, in cases, at 30 June (Home
// Office, ASY_03; suspended after 2024).
type InProgress struct {
	Date             clock.Date            `csv:"date"`
	Total            unit.Cases            `csv:"total_wip"`
	Awaiting         unit.Cases            `csv:"awaiting_initial_decision"`
	PostDecision     Published[unit.Cases] `csv:"post_decision"`
	Appeal           unit.Cases            `csv:"appeal_outstanding"`
	SubjectToRemoval unit.Cases            `csv:"subject_to_removal"`
	OnHold           Published[unit.Cases] `csv:"on_hold"`
	FurtherLeave     Published[unit.Cases] `csv:"further_leave_outstanding"`
	OneYear          unit.Cases            `csv:"age_0_12_months"`
	TwoYears         unit.Cases            `csv:"age_12_24"`
	ThreeYears       unit.Cases            `csv:"age_24_36"`
	Longer           unit.Cases            `csv:"age_over_36"`
	Male             unit.Cases            `csv:"male"`
	Female           unit.Cases            `csv:"female"`
}

// FlowsOf sums the quarters of a calendar year.
func (s *Series) FlowsOf(year int) (Flows, error) { return s.trailing(clock.NewDate(year, 12, 31)) }

// BacklogAt returns the stock awaiting an initial decision at a quarter's end.
func (s *Series) BacklogAt(date clock.Date) (Backlog, error) {
	return find(s.Backlog, s.file("asylum_backlog_quarterly.csv"), date.String(), func(b *Backlog) bool { return b.Date == date })
}
