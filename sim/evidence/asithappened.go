package evidence

import (
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/experiment"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// AsItHappened turns the inputs of an origin into those of a run in which what
// drives the system is as it turned out, quarter by quarter up to a date: small
// boats, other claims, withdrawals, decisions, the rate of grants, appeals disposed of
// and returns. What becomes of people then shows the mechanism alone, apart from how
// well the drivers were forecast. later holds the whole series.
func AsItHappened(inputs *experiment.Inputs, later *Series, groups int, until clock.Date) (*experiment.Inputs, error) {
	opening := *inputs.Opening
	opening.Known = nil
	days, err := later.BoatDaysBetween(opening.Date+1, until)
	if err != nil {
		return nil, err
	}
	for _, d := range days {
		opening.Known = append(opening.Known, asylum.BoatDay{Boats: int(d.Boats), People: d.People})
	}
	was := inputs.Regimes[0]
	base := &was.Epochs[was.EpochAt(opening.Date)]
	regime := &policy.Regime{Name: was.Name}
	for quarter := quarterEndAfter(opening.Date); quarter <= until; quarter = quarterEndAfter(quarter) {
		rules := was.Epochs[was.EpochAt(quarter)]
		if err := rulesOfQuarter(&rules, base, later, groups, quarter); err != nil {
			return nil, err
		}
		if err := returnsOfQuarter(&rules, base, inputs.Opening, later, groups, quarter); err != nil {
			return nil, err
		}
		if err := finiteRules(&rules, quarter); err != nil {
			return nil, err
		}
		regime.Starts = append(regime.Starts, quarterStart(quarter))
		regime.Epochs = append(regime.Epochs, rules)
	}
	return &experiment.Inputs{Regimes: []*policy.Regime{regime}, Opening: &opening}, nil
}

func quarterEndAfter(end clock.Date) clock.Date { return (end + 1).AddMonths(3) - 1 }

// rulesOfQuarter sets the flows of a quarter as they are published.
func rulesOfQuarter(rules, base *policy.Rules, s *Series, groups int, quarter clock.Date) error {
	rules.Levels = policy.Levels{}
	flows, err := find(s.Flows, s.file("asylum_flows_quarterly.csv"), quarter.String(), func(f *Flows) bool { return f.Quarter == quarter })
	if err != nil {
		return err
	}
	year, _, _ := quarter.Civil()
	perBoat, perClaim, err := s.peopleByRoute(year)
	if err != nil {
		return err
	}
	applicants := &rules.Applicants
	for route := range applicants.FamilyShare {
		perCase := perClaim
		if policy.Route(route) == policy.SmallBoat {
			perCase = perBoat
		}
		applicants.FamilyShare[route] = unit.Probability(min(1, (perCase-1)/applicants.Dependants))
	}
	matched, err := s.BoatClaimsOf(year)
	if err != nil {
		return err
	}
	rules.Crossings.ClaimShare = unit.Probability(float64(matched.WithClaim) / float64(matched.Matched))
	boats, err := s.boatClaims(quarter)
	if err != nil {
		return err
	}
	total := 0.0
	for _, x := range base.Claims.PerYear {
		total += float64(x)
	}
	for i, x := range base.Claims.PerYear {
		rules.Claims.PerYear[i] = unit.PerYear(4 * (float64(flows.Claims) - boats) / perClaim * float64(x) / total)
	}
	perCase, err := s.PeoplePerOutcome(year)
	if err != nil {
		return err
	}
	d := &rules.Decision
	// Nobody is hired or leaves: the pace is that of the quarter.
	d.Caseworkers, d.Fewest, d.Most, d.Attrition, d.Hiring = base.Decision.Caseworkers, base.Decision.Caseworkers, base.Decision.Caseworkers, 0, 0
	d.Productivity = float64(flows.Outcomes-flows.Withdrawals) / perCase / 3 / float64(d.Caseworkers)
	d.Administrative = unit.Probability(float64(flows.Administrative) / float64(flows.Outcomes-flows.Withdrawals))
	rates, alike := make([]float64, groups), make([]float64, groups)
	for n := range rates {
		rates[n], alike[n] = float64(base.Decision.Grant[n]), float64(base.Crossings.Nationality[n]+base.Claims.VisaHolder[n])
	}
	granted := float64(flows.Grants) / float64(flows.Grants+flows.Refusals)
	if err := finite("rate of grants", quarter, append(slices.Concat(rates, alike), granted)...); err != nil {
		return err
	}
	fill(d.Grant[:], shiftLogits(rates, alike, granted))
	stock, err := s.withdrawalStock(quarter, 1, d.WithdrawalShape, base.Opening.BacklogShape)
	if err != nil {
		return err
	}
	d.WithdrawalRate = unit.PerYear(4 * float64(flows.Withdrawals) / stock)
	a, err := find(s.Appeals, s.file("appeals_ftt_quarterly.csv"), quarter.String(), func(a *Appeals) bool { return a.Quarter == quarter })
	if err != nil {
		return err
	}
	rules.Appeal.Capacity, rules.Appeal.Growth = unit.PerYear(4*a.Disposals), 0
	allowed := make([]float64, groups)
	for n := range allowed {
		allowed[n] = math.Min(math.Max(float64(base.Appeal.Allowed[n]), 0.01), 0.99)
	}
	fill(rules.Appeal.Allowed[:], shiftLogits(allowed, alike, a.AllowedPercent/100))
	return nil
}

// returnsOfQuarter sets the returns of a quarter as they are published, with the
// asylum-related shares of the latest year. What follows a withdrawn claim among
// voluntary ones is the part of the claims of 2022 and 2023; those of refused people
// go with the published number from that of the opening date on, since the stock they
// come from is the run's.
func returnsOfQuarter(rules, base *policy.Rules, opening *asylum.Opening, s *Series, groups int, quarter clock.Date) error {
	now, err := s.returnsOf(quarter)
	if err != nil {
		return err
	}
	then, err := s.returnsOf(opening.Date)
	if err != nil {
		return err
	}
	flows, err := find(s.Flows, s.file("asylum_flows_quarterly.csv"), quarter.String(), func(f *Flows) bool { return f.Quarter == quarter })
	if err != nil {
		return err
	}
	shares, err := s.asylumShareOfReturns()
	if err != nil {
		return err
	}
	refused, known := s.refusedPart()
	if !known {
		return fmt.Errorf("%s: outcomes of the claims of %d and %d: want both", s.file(claimYearsFile), refusedPartFrom, refusedPartTo)
	}
	r := &rules.Returns
	enforced, e := float64(now.Enforced), &rules.Enforcement
	r.OtherEnforced = unit.PerYear(4 * enforced * (1 - shares.enforced))
	e.Attempts = unit.PerYear(4 * enforced * shares.enforced / peoplePerAttempt(opening, base) / float64(e.Success) / (1 - float64(e.LegalBarrier)))

	voluntary := float64(now.Voluntary)
	r.OtherVoluntary = unit.PerYear(4 * voluntary * (1 - shares.voluntary))
	r.AfterWithdrawn = unit.Probability(afterWithdrawn(voluntary*shares.voluntary*(1-refused), flows.Withdrawals, withdrawnReturnable(opening, base)))
	for n := range groups {
		r.Voluntary[n] = unit.PerYear(float64(base.Returns.Voluntary[n]) * voluntary / float64(then.Voluntary))
	}
	return nil
}

func (s *Series) returnsOf(quarter clock.Date) (Returns, error) {
	return find(s.Returns, s.file("returns_quarterly.csv"), quarter.String(), func(r *Returns) bool { return r.Quarter == quarter })
}
