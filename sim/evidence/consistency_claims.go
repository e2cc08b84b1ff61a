package evidence

import (
	"fmt"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

const (
	flowsFile       = "asylum_flows_quarterly.csv"
	claimSizesFile  = "asylum_claims_main_dependant_quarterly.csv"
	claimantsFile   = "asylum_claims_demographics_annual.csv"
	claimYearsFile  = "asylum_outcomes_by_claim_year.csv"
	backlogFile     = "asylum_backlog_quarterly.csv"
	backlogAgesFile = "asylum_backlog_age_bands.csv"
	inProgressFile  = "asylum_wip_annual.csv"
)

// olderVintage is how far tables to September 2024 may be from today's: claims
// were 11% higher in the last quarter of 2023.
const olderVintage = 0.15

// claimsOf sums the claims of a year by quarter; false where one is missing.
func (s *Series) claimsOf(year int) (float64, bool) {
	flows, err := s.FlowsOf(year)
	return float64(flows.Claims), err == nil
}

// holdClaims holds claims and their outcomes by quarter against their sums, and
// older tables of claims against them.
func (s *Series) holdClaims() {
	if s.read(flowsFile) {
		quarters(s, flowsFile, "quarter_end", s.Flows, func(f *Flows) clock.Date { return f.Quarter })
		for i, f := range s.Flows {
			sumsTo(s, flowsFile, i, cell[unit.People]{"outcomes_people", f.Outcomes}, f.Grants, f.Refusals, f.Withdrawals, f.Administrative)
			s.ratio(flowsFile, i, "grant_rate_people", f.GrantRate, float64(f.Grants), float64(f.Grants+f.Refusals), 4)
		}
		for column, value := range map[string]func(*Flows) unit.People{
			"claims_people":      func(f *Flows) unit.People { return f.Claims },
			"outcomes_people":    func(f *Flows) unit.People { return f.Outcomes },
			"grants_people":      func(f *Flows) unit.People { return f.Grants },
			"refusals_people":    func(f *Flows) unit.People { return f.Refusals },
			"withdrawals_people": func(f *Flows) unit.People { return f.Withdrawals },
		} {
			slips(s, flowsFile, column, s.Flows, func(f *Flows) (float64, bool) { return float64(value(f)), true })
		}
	}
	if !s.read(claimSizesFile) {
		return
	}
	quarters(s, claimSizesFile, "quarter_end", s.ClaimSizes, func(c *ClaimSizes) clock.Date { return c.Quarter })
	type year struct {
		main, dependants, uasc unit.People
	}
	sums := map[int]year{}
	for i, c := range s.ClaimSizes {
		sumsTo(s, claimSizesFile, i, cell[unit.People]{"people", c.People}, unit.People(c.Main), c.Dependants)
		s.ratio(claimSizesFile, i, "dependant_share", c.DependantShare, float64(c.Dependants), float64(c.People), 4)
		atMost(s, claimSizesFile, i, cell[unit.Cases]{"uasc_claims", c.UASC}, cell[unit.Cases]{"main_applicants", c.Main})
		if s.read(flowsFile) {
			if f, err := find(s.Flows, "", "", func(f *Flows) bool { return f.Quarter == c.Quarter }); err == nil {
				s.about(claimSizesFile, i, "people", float64(c.People), float64(f.Claims), olderVintage, "claims of "+s.file(flowsFile))
			}
		}
		y, _, _ := c.Quarter.Civil()
		sum := sums[y]
		sums[y] = year{sum.main + unit.People(c.Main), sum.dependants + c.Dependants, sum.uasc + unit.People(c.UASC)}
	}
	if !s.read(claimantsFile) {
		return
	}
	once(s, claimantsFile, s.Claimants, func(c *Claimants) string {
		return fmt.Sprintf("%d %s %v %s %s", c.Year, c.Type, c.UASC, c.Sex, c.Age)
	})
	claimed, last := map[int]year{}, map[int]int{}
	for i, c := range s.Claimants {
		sum := claimed[c.Year]
		switch {
		case c.Type == "dependant" && c.UASC:
			s.wrong(claimantsFile, i, "uasc 1: a dependant is not unaccompanied")
		case c.Type == "dependant":
			sum.dependants += c.Claims
		case c.Type == "main_applicant":
			sum.main += c.Claims
		default:
			s.wrong(claimantsFile, i, "applicant_type %q: want main_applicant or dependant", c.Type)
		}
		if c.UASC {
			sum.uasc += c.Claims
		}
		claimed[c.Year], last[c.Year] = sum, i
	}
	for y, i := range last {
		if want, ok := sums[y]; ok && claimed[y] != want {
			s.wrong(claimantsFile, i, "claims: %d main applicants, %d dependants and %d unaccompanied children in %d: want the %d, %d and %d of %s",
				claimed[y].main, claimed[y].dependants, claimed[y].uasc, y, want.main, want.dependants, want.uasc, s.file(claimSizesFile))
		}
	}
}

// holdClaimYears holds the outcomes of a year's claims against its claims. The
// latest years have no outcomes yet; a year has all or none of them.
func (s *Series) holdClaimYears() {
	const file = claimYearsFile
	if !s.read(file) {
		return
	}
	years(s, file, "claim_year", s.ClaimYears, func(y *ClaimYear) int { return y.Year })
	columns := columnsOf[ClaimYear]()[2:]
	for i, y := range s.ClaimYears {
		s.together(file, i, columns, []bool{y.Grants.Known, y.Refusals.Known, y.Withdrawn.Known, y.Administrative.Known,
			y.LatestGrants.Known, y.LatestRefusals.Known, y.LatestWithdrawn.Known, y.LatestAdmin.Known,
			y.Enforced.Known, y.Voluntary.Known, y.NotKnown.Known, y.LatestNotKnown.Known, y.GrantRate.Known, y.LatestGrantRate.Known, y.ReturnRate.Known})
		if y.Claims == 0 {
			s.wrong(file, i, "main_claims 0: want more than nothing")
		}
		if s.read(flowsFile) {
			if people, ok := s.claimsOf(y.Year); ok && (people < float64(y.Claims) || people > mostPerCase*float64(y.Claims)) {
				s.wrong(file, i, "main_claims %d: want the %v people of %s to be 1 to %v a case", y.Claims, people, s.file(flowsFile), mostPerCase)
			}
		}
		if !y.Grants.Known || !y.LatestGrants.Known {
			if i > 0 && y.Grants.Known == y.LatestGrants.Known && i+1 < len(s.ClaimYears) && s.ClaimYears[i+1].Grants.Known {
				s.wrong(file, i, "initial_grants is empty, though outcomes of the year after are published")
			}
			continue
		}
		sumsTo(s, file, i, cell[unit.Cases]{"main_claims", y.Claims}, y.Grants.Value, y.Refusals.Value, y.Withdrawn.Value, y.Administrative.Value, y.NotKnown.Value)
		sumsTo(s, file, i, cell[unit.Cases]{"main_claims", y.Claims}, y.LatestGrants.Value, y.LatestRefusals.Value, y.LatestWithdrawn.Value, y.LatestAdmin.Value, y.LatestNotKnown.Value)
		s.ratio(file, i, "initial_grant_rate", y.GrantRate.Value, float64(y.Grants.Value), float64(y.Grants.Value+y.Refusals.Value), 4)
		s.ratio(file, i, "latest_grant_rate", y.LatestGrantRate.Value, float64(y.LatestGrants.Value), float64(y.LatestGrants.Value+y.LatestRefusals.Value), 4)
		s.ratio(file, i, "returns_per_refused_or_withdrawn", y.ReturnRate.Value, float64(y.Enforced.Value+y.Voluntary.Value), float64(y.LatestRefusals.Value+y.LatestWithdrawn.Value), 4)
	}
}

// mostPerCase is the most people a case may stand for (1.2 to 1.3 by year of
// claim, 1.2 to 1.4 of those waiting).
const mostPerCase = 1.6

// stockMoves is how much of a stock may come or go without being among the flows
// (15% in the first quarter of 2011, 6% at most since 2012).
const stockMoves = 0.2

// holdBacklog holds the stock awaiting a decision against its parts, against what
// flows make of the stock before, and older tables of it against it.
func (s *Series) holdBacklog() {
	const file = backlogFile
	if !s.read(file) {
		return
	}
	quarters(s, file, "date", s.Backlog, func(b *Backlog) clock.Date { return b.Date })
	for i, b := range s.Backlog {
		s.together(file, i, []string{"main_applicants_awaiting", "dependants_awaiting"}, []bool{b.Cases.Known, b.Dependants.Known})
		s.together(file, i, []string{"people_6_months_or_less", "people_over_6_months", "share_over_6_months"}, []bool{b.SixMonths.Known, b.OverSixMonths.Known, b.ShareOver.Known})
		if b.Cases.Known && b.Dependants.Known {
			sumsTo(s, file, i, cell[unit.People]{"people_awaiting", b.People}, unit.People(b.Cases.Value), b.Dependants.Value)
			if float64(b.People) > mostPerCase*float64(b.Cases.Value) {
				s.wrong(file, i, "main_applicants_awaiting %d: want the %d people to be 1 to %v a case", b.Cases.Value, b.People, mostPerCase)
			}
		}
		if b.SixMonths.Known && b.OverSixMonths.Known && b.ShareOver.Known {
			sumsTo(s, file, i, cell[unit.People]{"people_awaiting", b.People}, b.SixMonths.Value, b.OverSixMonths.Value)
			s.ratio(file, i, "share_over_6_months", b.ShareOver.Value, float64(b.OverSixMonths.Value), float64(b.People), 4)
		}
		if i == 0 || !s.read(flowsFile) {
			continue
		}
		before := s.Backlog[i-1].People
		f, err := find(s.Flows, "", "", func(f *Flows) bool { return f.Quarter == b.Date })
		if gap := float64(b.People - before - f.Claims + f.Outcomes); err == nil && (gap > stockMoves*float64(before) || -gap > stockMoves*float64(before)) {
			s.wrong(file, i, "people_awaiting %d: %d a quarter before and %d claims less %d outcomes make it %d: want within %v%%",
				b.People, before, f.Claims, f.Outcomes, before+f.Claims-f.Outcomes, 100*stockMoves)
		}
	}
	slips(s, file, "people_awaiting", s.Backlog, func(b *Backlog) (float64, bool) { return float64(b.People), true })
	slips(s, file, "people_6_months_or_less", s.Backlog, func(b *Backlog) (float64, bool) { return numberIn(b.SixMonths) })
	cases := func(date clock.Date) (float64, bool) {
		b, err := s.BacklogAt(date)
		return float64(b.Cases.Value), err == nil && b.Cases.Known
	}
	if s.read(backlogAgesFile) {
		quarters(s, backlogAgesFile, "quarter_end", s.BacklogAges, func(b *BacklogAges) clock.Date { return b.Date })
		for i, b := range s.BacklogAges {
			sumsTo(s, backlogAgesFile, i, cell[unit.Cases]{"total_main_applicants", b.Cases}, b.ThreeMonths, b.SixMonths, b.TwelveMonths, b.Longer)
			if c, ok := cases(b.Date); ok {
				s.about(backlogAgesFile, i, "total_main_applicants", float64(b.Cases), c, 0.1, s.file(file)) // operational figures, 5% more in 2023
			}
		}
	}
	if s.read(inProgressFile) {
		inTurn(s, inProgressFile, "date", s.InProgress, func(p *InProgress) clock.Date { return p.Date }, func(d clock.Date) clock.Date { return d.AddMonths(12) }, "30 June")
		for i, p := range s.InProgress {
			total := cell[unit.Cases]{"total_wip", p.Total}
			if left := p.Total - p.Awaiting - p.PostDecision.Value - p.Appeal - p.SubjectToRemoval - p.OnHold.Value - p.FurtherLeave.Value; left > 0 {
				for k, column := range []string{"post_decision", "on_hold", "further_leave_outstanding"} {
					if known := []bool{p.PostDecision.Known, p.OnHold.Known, p.FurtherLeave.Known}; !known[k] {
						s.wrong(inProgressFile, i, "%s is empty, though the other stages leave %d of total_wip", column, left)
					}
				}
			}
			sumsTo(s, inProgressFile, i, total, p.Awaiting, p.PostDecision.Value, p.Appeal, p.SubjectToRemoval, p.OnHold.Value, p.FurtherLeave.Value)
			sumsTo(s, inProgressFile, i, total, p.OneYear, p.TwoYears, p.ThreeYears, p.Longer)
			s.about(inProgressFile, i, "male and female", float64(p.Male+p.Female), float64(p.Total), official, "total_wip") // sex is not recorded of some
			if c, ok := cases(p.Date); ok {
				s.about(inProgressFile, i, "awaiting_initial_decision", float64(p.Awaiting), c, 0.25, s.file(file)) // stages were cut otherwise before 2014
			}
		}
		slips(s, inProgressFile, "subject_to_removal", s.InProgress, func(p *InProgress) (float64, bool) { return float64(p.SubjectToRemoval), true })
	}
}
