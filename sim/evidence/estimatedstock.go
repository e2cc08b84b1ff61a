package evidence

import (
	"math"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// openingStocks sets what the published stocks leave open, and derives the
// opening state.
func (s *setting) openingStocks() error {
	o := &s.rules.Opening
	central := &s.Central.Opening
	perClaim, err := s.Series.peoplePerClaimBy(s.year)
	if err != nil {
		return err
	}
	o.PeoplePerAppeal = ranged(perClaim, o.PeoplePerAppeal, central.PeoplePerAppeal)
	o.PeoplePerRefused = ranged(s.perDecision("refused"), o.PeoplePerRefused, central.PeoplePerRefused)
	o.PeoplePerPermit = ranged(s.perDecision("grant_of_protection", "grant_of_other_leave"), o.PeoplePerPermit, central.PeoplePerPermit)
	o.BacklogShape = ranged(s.shape, o.BacklogShape, central.BacklogShape)
	stock, err := s.Series.RefusedStock(s.Opening, o.PeoplePerRefused)
	if err != nil {
		return err
	}
	if err := finite("refused cases", s.Opening, stock.Cases(), o.PeoplePerAppeal, o.PeoplePerRefused, o.PeoplePerPermit); err != nil {
		return err
	}
	o.RefusedCases = unit.Cases(math.Round(ranged(stock.Cases(), float64(o.RefusedCases), float64(central.RefusedCases))))
	if s.rules.Intake.TransferCapacity == 0 {
		o.TransferHeld = 0
	}
	s.state, _, err = s.opened()
	return err
}

// beds sets the places in each kind of accommodation as they were filled, and
// the growth of dispersal over the last year or more.
func (s *setting) beds() error {
	a := &s.rules.Accommodation
	held := s.state.Supported
	a.Dispersal, a.Initial, a.LargeSite, a.Other = held[asylum.Dispersal], held[asylum.InitialAccommodation], held[asylum.LargeSite], held[asylum.OtherAccommodation]
	total := unit.People(0)
	for _, people := range held {
		total += people
	}
	s.rules.Support.SubsistenceOnly = unit.Probability(float64(held[asylum.SubsistenceOnly]) / float64(total))
	growth, _, known := s.Series.dispersalGrowth(s.Opening)
	if !known {
		growth = float64(s.Central.Accommodation.DispersalGrowth)
	}
	// The range of the parameter file is of the growth itself: it moves along.
	a.DispersalGrowth = unit.PerYear(growth) + a.DispersalGrowth - s.Central.Accommodation.DispersalGrowth
	return nil
}

// returns sets removals: of published returns the asylum-related share of the
// latest year, as the drawn chances of success and barriers yield them.
func (s *setting) returns() error {
	shares, err := s.Series.asylumShareOfReturns()
	if err != nil {
		return err
	}
	r, e := &s.rules.Returns, &s.rules.Enforcement
	enforced, voluntary := 4*s.centre(policy.EnforcedReturnsDriver), 4*s.centre(policy.VoluntaryReturnsDriver)
	r.OtherEnforced = unit.PerYear(enforced * (1 - shares.enforced))
	// Returns after a withdrawn claim are asylum-related, but not of the refused.
	flows, err := s.Series.trailing(s.Opening)
	if err != nil {
		return err
	}
	refused := float64(shares.voluntary * s.refusedPart(&flows))
	returnable := withdrawnReturnable(s.state, s.rules)
	r.AfterWithdrawn = unit.Probability(rangedChance(afterWithdrawn(voluntary*(shares.voluntary-refused), flows.Withdrawals, returnable),
		r.AfterWithdrawn, s.Central.Returns.AfterWithdrawn))
	// Claims are withdrawn at the drawn rate.
	withdrawing := ranged(float64(flows.Withdrawals), s.Drawn.Decision.WithdrawalRate, s.Central.Decision.WithdrawalRate)
	after := float64(withdrawing * returnable * float64(r.AfterWithdrawn))
	r.OtherVoluntary = unit.PerYear(max(0, float64(voluntary*(1-refused))-after))
	perAttempt := peoplePerAttempt(s.state, s.rules)
	e.Attempts = unit.PerYear(enforced * shares.enforced / perAttempt / float64(e.Success) / (1 - float64(e.LegalBarrier)))
	if err := finite("enforced_return_attempts", s.Opening, float64(e.Attempts)); err != nil {
		return err
	}
	s.rules.Opening.DetainedCases = unit.Cases(math.Round(float64(e.Attempts) * float64(e.Stay) / unit.DaysPerYear))
	if s.state, _, err = s.opened(); err != nil {
		return err
	}
	var pattern policy.ByNationality[float64]
	for n := range s.groups {
		pattern[n] = float64(r.Returnable[n])
	}
	scale := VoluntaryRates(s.state, s.rules, pattern, voluntary*refused)
	for n := range s.groups {
		r.Voluntary[n] = unit.PerYear(scale * pattern[n])
	}
	return nil
}

// afterWithdrawn is the share of people with a withdrawn claim, of those who could
// be returned, that yields the given returns; at most 0.95.
func afterWithdrawn(returns float64, withdrawals unit.People, returnable float64) float64 {
	if withdrawals == 0 || returnable == 0 {
		return 0
	}
	return min(0.95, returns/float64(withdrawals)/returnable)
}

// refusedPart is the part of asylum-related voluntary returns that follow a
// refusal; before the outcomes of claims are out, by refusals and withdrawals.
func (s *setting) refusedPart(flows *Flows) float64 {
	if part, known := s.Series.refusedPart(); known {
		return part
	}
	return float64(flows.Refusals) / float64(flows.Refusals+flows.Withdrawals)
}

// need scales the drawn need of support so that the opening stocks are expected
// to hold the people supported.
func (s *setting) need() error {
	var pattern policy.ByRoute[float64]
	for route, p := range s.rules.Support.Need {
		pattern[route] = float64(p)
	}
	// More people in support than the need of claims explains are there for other
	// reasons, such as the pause of evictions in 2020 and 2021: they open the run
	// in support, and new claims keep the need that is assumed.
	if scale, need := SupportNeed(s.state, s.rules, pattern); scale < 1 {
		for route, p := range need {
			s.rules.Support.Need[route] = unit.Probability(p)
		}
	}
	return nil
}

// dispersalGrowth is the yearly growth of people in dispersal between the latest
// date with a breakdown and the latest one a year or more before.
func (s *Series) dispersalGrowth(at clock.Date) (perYear float64, between [2]clock.Date, known bool) {
	to, ok := s.breakdownBefore(at)
	if !ok {
		return 0, between, false
	}
	from, ok := s.breakdownBefore(to.Date.AddMonths(-12).MonthEnd())
	if !ok {
		return 0, between, false
	}
	return float64(to.Dispersal.Value-from.Dispersal.Value) / (float64(to.Date-from.Date) / unit.DaysPerYear), [2]clock.Date{from.Date, to.Date}, true
}
