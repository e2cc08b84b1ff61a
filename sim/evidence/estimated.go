package evidence

import (
	"errors"
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/asylum"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// Estimated lists the parameters that are estimated at an origin, in the order
// of the rules. All others are as the parameter files say.
var Estimated = []string{
	"crossing_day_log_odds", "crossing_spell_log_odds", "boats_per_crossing_day", "boats_season", "boats_dispersion",
	"people_per_boat", "people_per_boat_growth", "people_per_boat_sd", "small_boat_claim_share", "small_boat_nationality",
	"other_route_claims", "other_irregular_nationality", "visa_holder_nationality", "other_in_country_nationality",
	"level_start", "level_persistence", "level_lasting_sd", "level_passing_sd", "level_trend", "level_trend_persistence", "level_trend_sd",
	"family_case_share",
	"preparation_time", "caseworkers", "caseworkers_minimum", "caseworkers_maximum", "caseworker_hiring", "caseworker_productivity",
	"administrative_outcome_share", "withdrawal_rate", "grant_probability",
	"other_appeals", "appeal_capacity", "appeal_capacity_growth", "appeal_allowed_share",
	"voluntary_return_rate", "return_after_withdrawal_share", "other_enforced_returns", "other_voluntary_returns",
	"enforced_return_attempts",
	"support_need", "subsistence_only_share",
	"dispersal_beds", "dispersal_growth", "initial_accommodation_beds", "large_site_beds", "other_accommodation_beds",
	"opening_refused_cases", "opening_people_per_appeal", "opening_people_per_refused", "opening_people_per_permit",
	"opening_backlog_shape", "opening_detained_cases", "opening_transfer_held_cases",
}

// Rules estimates the parameters of Estimated at the origin, given what is
// believed about the others and the processes of the levels, and the opening
// state that goes with them. Estimates that rest on an assumed parameter follow
// its draw: enforced returns, for instance, are published, and the attempts are
// those that yield them at the drawn chance of success.
func (f *Fit) Rules(b Beliefs, paths policy.ByDriver[Path]) (*policy.Rules, *asylum.Opening, error) {
	rules := *b.Drawn
	s := &setting{Fit: f, rules: &rules, Beliefs: b, paths: paths}
	for _, stage := range []func() error{
		s.levels, s.crossings, s.claims, s.applicants, s.decision, s.grants, s.appeals, s.openingStocks, s.beds, s.returns, s.need,
	} {
		if err := stage(); err != nil {
			return nil, nil, fmt.Errorf("origin %v: %w", f.Date, err)
		}
	}
	if err := finiteRules(&rules, f.Opening); err != nil {
		return nil, nil, fmt.Errorf("origin %v: %w", f.Date, err)
	}
	return &rules, s.state, nil
}

// setting is the rules of an origin being set.
type setting struct {
	*Fit
	Beliefs
	rules *policy.Rules
	paths policy.ByDriver[Path]
	state *asylum.Opening
}

// levels sets the processes of the drivers.
func (s *setting) levels() error {
	l := &s.rules.Levels
	for d, p := range s.paths {
		l.Start[d] = min(max(p.Start, -4), 4)
		l.Persistence[d], l.LastingSD[d], l.PassingSD[d] = p.Persistence, p.LastingSD, p.PassingSD
		l.Trend[d], l.TrendPersistence[d], l.TrendSD[d] = min(max(p.Trend, -4), 4), p.TrendPersistence, p.TrendSD
	}
	// The weather is in the process of crossing days and boats already.
	l.PassingSD[policy.BoatsDriver] = 0
	return nil
}

// centre is the value of a driver's flow that its level is measured from.
func (s *setting) centre(d policy.Driver) float64 { return math.Exp(s.paths[d].Centre) }

// crossings sets the small-boat process.
func (s *setting) crossings() error {
	c := &s.rules.Crossings
	c.DayLogOdds, c.SpellLogOdds = s.days.Month, s.days.Spell
	c.Boats = max(1, s.level*s.centre(policy.BoatsDriver))
	for m, x := range s.boats.Season {
		c.BoatsSeason[m] = unit.Factor(x)
	}
	c.BoatsDispersion = s.boats.Dispersion
	// The trend is that of the day after the last one used; the run starts on
	// the opening date.
	back := float64(s.BoatsUntil()-s.Opening) / unit.DaysPerYear
	growth := s.people.PerYear / 2
	c.PeoplePerBoat = min(max(1, s.people.AtEnd-float64(growth*back)), c.PeopleCap)
	c.PeopleGrowth, c.PeopleSD = growth, s.people.SD
	claims, err := s.Series.BoatClaimsOf(s.year)
	if err != nil {
		return err
	}
	c.ClaimShare = unit.Probability(float64(claims.WithClaim) / float64(claims.Matched))
	fill(c.Nationality[:], s.byBoat)
	return nil
}

// claims sets the claims by other routes, split as the parameter file has them.
func (s *setting) claims() error {
	c := &s.rules.Claims
	_, perCase, err := s.Series.peopleByRoute(s.year)
	if err != nil {
		return err
	}
	total := 0.0
	for _, x := range s.Central.Claims.PerYear {
		total += float64(x)
	}
	cases := 4 * s.centre(policy.OtherClaimsDriver) / perCase
	for i, x := range s.Central.Claims.PerYear {
		c.PerYear[i] = unit.PerYear(cases * float64(x) / total)
	}
	irregular, regular := splitIrregular(s.byBoat, s.byOther, float64(c.PerYear[0])/cases)
	fill(c.Irregular[:], irregular)
	fill(c.VisaHolder[:], regular)
	fill(c.InCountry[:], regular)
	return nil
}

// applicants sets the people of a case.
func (s *setting) applicants() error {
	boats, others, err := s.Series.peopleByRoute(s.year)
	if err != nil {
		return err
	}
	a := &s.rules.Applicants
	for route := range a.FamilyShare {
		perCase := others
		if policy.Route(route) == policy.SmallBoat {
			perCase = boats
		}
		a.FamilyShare[route] = unit.Probability(min(1, (perCase-1)/a.Dependants))
	}
	return nil
}

// decision sets the initial decision: staff as published, and the pace as it
// was.
func (s *setting) decision() error {
	d := &s.rules.Decision
	perCase, err := s.Series.PeoplePerOutcome(s.year)
	if err != nil {
		return err
	}
	flows, err := s.Series.trailing(s.Opening)
	if err != nil {
		return err
	}
	fte, most, perMonth, err := s.decisionMakers()
	if err != nil {
		return err
	}
	d.Caseworkers = fte
	d.Fewest = unit.FTE(ranged(float64(fte), d.Fewest, s.Central.Decision.Caseworkers))
	d.Most = max(most, fte)
	if perMonth > 0 {
		d.Hiring = unit.FTE(ranged(perMonth, d.Hiring, s.Central.Decision.Hiring))
	}
	d.Productivity = s.centre(policy.DecisionsDriver) / perCase / 3 / float64(fte)
	d.Administrative = unit.Probability(rangedChance(float64(flows.Administrative)/float64(flows.Outcomes-flows.Withdrawals), d.Administrative, s.Central.Decision.Administrative))
	rate, err := s.Series.withdrawalRate(s.Opening, d.WithdrawalShape, s.shape)
	if err != nil {
		return err
	}
	d.WithdrawalRate = unit.PerYear(ranged(rate, d.WithdrawalRate, s.Central.Decision.WithdrawalRate))
	// How long preparation takes can be told only where the queue is near its
	// target; where it is far longer, the assumed time stands.
	days, err := s.Series.Preparation(s.Opening, float64(d.TargetWait), d.PreparationCV)
	switch {
	case err == nil:
		d.PreparationMean = min(d.PreparationMean, unit.Days(days))
	case !errors.Is(err, errQueue):
		return err
	}
	return nil
}

// grants shifts the odds of the latest year's grants by nationality so that the
// claims that wait, as the model draws them, have the current rate.
func (s *setting) grants() error {
	rates := make([]float64, len(s.groups))
	for i, d := range s.decided {
		if d.total() > 0 {
			rates[i] = min(max(d.grants/d.total(), 0.005), 0.995)
		} else {
			rates[i] = 0.5
		}
	}
	odds := s.centre(policy.GrantsDriver)
	boats, err := s.boatCases()
	if err != nil {
		return err
	}
	mix := newStockMix(s.rules, boats, 1, 1, func(policy.Nationality) float64 { return 1 })
	weights := make([]float64, len(s.groups))
	for n := range weights {
		weights[n] = mix.byNationality(func(m policy.Nationality) float64 {
			if int(m) == n {
				return 1
			}
			return 0
		})
	}
	if err := finite("rate of grants", s.Opening, append(slices.Concat(rates, weights), odds)...); err != nil {
		return err
	}
	fill(s.rules.Decision.Grant[:], shiftLogits(rates, weights, odds/(1+odds)))
	return nil
}

// boatCases is the main claims of small-boat arrivals of the year before.
func (s *setting) boatCases() (unit.Cases, error) {
	o := opening{Opening: &asylum.Opening{Date: s.Opening}, series: s.Series}
	err := o.crossings()
	return o.SmallBoatCases, err
}

// appeals sets the tribunal: receipts over refused cases, disposals as they
// are, the share allowed.
func (s *setting) appeals() error {
	a := &s.rules.Appeal
	flows, err := s.Series.trailing(s.Opening)
	if err != nil {
		return err
	}
	receipts, allowed := s.Series.trailingAppeals(s.Opening)
	a.Other = unit.PerYear(otherAppeals(receipts, float64(flows.Refusals)/s.perDecision("refused"), s.certified(), a.Lodged))
	a.Capacity = unit.PerYear(4 * s.centre(policy.HearingsDriver))
	a.Growth = 0 // its level has the trend
	refusals := make([]float64, len(s.groups))
	for i, d := range s.decided {
		refusals[i] = d.refusals
	}
	if err := finite("share of appeals allowed", s.Opening, append(slices.Concat(s.overturn, refusals), receipts, allowed)...); err != nil {
		return err
	}
	central := shiftLogits(s.overturn, refusals, allowed)
	for n, p := range central {
		a.Allowed[n] = unit.Probability(rangedChance(p, a.Allowed[n], s.Central.Appeal.Allowed[n]))
	}
	return nil
}

// certified is the share of the latest year's refusals without a right of
// appeal.
func (s *setting) certified() float64 {
	certified, all := 0.0, 0.0
	for n, d := range s.decided {
		certified += float64(d.refusals * float64(s.rules.Appeal.Certified[n]))
		all += d.refusals
	}
	return certified / all
}

// opened derives the opening state from the rules as set so far.
func (s *setting) opened() (*asylum.Opening, []string, error) {
	state, notes, err := Opening(s.Series, s.Opening, s.rules.Opening)
	if err == nil {
		state.Known = s.known()
	}
	return state, notes, err
}

// perDecision is the people per main applicant among decisions of the latest two
// years published by type.
func (s *setting) perDecision(groups ...string) float64 {
	last := s.Series.Decisions[len(s.Series.Decisions)-1].Quarter
	return s.Series.peoplePerDecision(last.AddMonths(-24).MonthEnd(), groups...)
}
