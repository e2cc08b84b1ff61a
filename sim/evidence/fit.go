package evidence

import (
	"errors"
	"fmt"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// Fit is what can be estimated at an origin from the series alone: the same for
// every draw of what has to be assumed.
type Fit struct {
	*Origin
	Process Process
	// Levels are the processes that each driver may follow, all with the same
	// chance.
	Levels policy.ByDriver[[]*Structural]
	// Notes say what is held or taken over for lack of a series.
	Notes []string

	groups   []policy.Group
	year     int // latest calendar year with all yearly tables
	days     *CrossingDays
	boats    *BoatCounts
	people   *Passengers
	level    float64 // boats on a crossing day, mean of the last three years
	shape    float64 // of waiting times
	mix      nationalities
	byBoat   []float64
	byOther  []float64
	decided  []outcomes
	overturn []float64
}

// The small-boat process is fitted to five years at most, and to none before
// 2020: boats of 2018 and 2019 came on 29 and 81 days a year.
const (
	boatYears     = 5
	firstBoatYear = 2020
	meanBoatYears = 3
)

// Fit estimates what does not depend on assumptions. Nationalities are those of
// the groups.
func (o *Origin) Fit(groups []policy.Group, process Process) (*Fit, error) {
	f := &Fit{Origin: o, Process: process, groups: groups}
	for _, stage := range []func() error{f.latestYear, f.fitBoats, f.fitLevels, f.fitNationalities, f.fitWaiting, f.finite} {
		if err := stage(); err != nil {
			return nil, fmt.Errorf("origin %v: %w", o.Date, err)
		}
	}
	f.Notes = append(f.Notes, Doubts(o.Series, o.Opening)...)
	return f, nil
}

func (f *Fit) note(format string, a ...any) { f.Notes = append(f.Notes, fmt.Sprintf(format, a...)) }

// latestYear finds the latest calendar year for which the yearly tables are out.
func (f *Fit) latestYear() error {
	year, err := f.Series.wholeYear()
	if err != nil {
		return err
	}
	f.year = year
	if end := clock.NewDate(f.year, 12, 31); end.AddMonths(12) <= f.Opening {
		f.note("yearly tables are complete to %d only: people a case and shares of routes are as in that year", f.year)
	}
	return nil
}

// wholeYear is the latest calendar year for which the yearly tables are out.
func (s *Series) wholeYear() (year int, err error) {
	for _, b := range s.BoatClaims {
		if _, err := s.PeoplePerOutcome(b.Year); err == nil {
			year = b.Year
		}
	}
	if year == 0 {
		return 0, errors.New("no calendar year has all yearly tables")
	}
	return year, nil
}

// fitBoats fits the small-boat process to the years up to the origin.
func (f *Fit) fitBoats() (err error) {
	until := f.BoatsUntil()
	lastYear, _, _ := until.Civil()
	if until != clock.NewDate(lastYear, 12, 31) {
		lastYear-- // the latest whole year
	}
	first := max(firstBoatYear, lastYear-boatYears+1)
	if f.days, err = f.Series.CrossingDays(clock.NewDate(first, 1, 1), until); err != nil {
		return err
	}
	if f.boats, err = f.Series.BoatCounts(first, lastYear); err != nil {
		return err
	}
	f.level, _ = f.boats.Mean(lastYear-meanBoatYears+1, lastYear)
	f.people, err = f.Series.Passengers(clock.NewDate(max(firstBoatYear, lastYear-meanBoatYears+1), 1, 1), until)
	if err != nil {
		return err
	}
	values, err := f.Series.boatLevels(clock.NewDate(first, 1, 1), until, f.level, &f.boats.Season)
	if err != nil {
		return err
	}
	return f.fitLevel(policy.BoatsDriver, values)
}

func (f *Fit) fitLevel(d policy.Driver, values []float64) error {
	for _, p := range f.Process.Alone() {
		level, err := FitLevel(p, values)
		if err != nil {
			return fmt.Errorf("%v: %w", d, err)
		}
		f.Levels[d] = append(f.Levels[d], level)
	}
	return nil
}

// fitLevels estimates the processes of the other drivers.
func (f *Fit) fitLevels() error {
	for d := range policy.NumDrivers {
		if d == policy.BoatsDriver {
			continue
		}
		values, err := f.Series.Driver(d)
		if err != nil {
			return err
		}
		if err := f.fitLevel(d, values); err != nil {
			return err
		}
	}
	return nil
}

// fitNationalities takes the mix of the latest year.
func (f *Fit) fitNationalities() (err error) {
	f.mix = nationalities{f.Series, f.groups, f.year}
	if f.decided, err = f.mix.decided(); err != nil {
		return err
	}
	if f.byBoat, err = f.mix.boats(f.year); err != nil {
		return err
	}
	if f.byOther, err = f.mix.otherRoutes(f.decided); err != nil {
		return err
	}
	f.overturn, err = f.mix.overturned()
	_, all := f.Series.overturnedOfAll()
	switch {
	case len(f.Series.NationalityRates) == 0:
		f.note("%s is not out: appeals are allowed alike for all nationalities", f.Series.file(nationalityRatesFile))
	case !all:
		f.note("%s has no outcomes of the claims of %d to %d yet: appeals of nationalities without a group are allowed as those of all with one (%s)",
			f.Series.file(claimYearsFile), overturnedFrom, overturnedTo, f.Series.file(nationalityRatesFile))
	}
	if _, known := f.Series.refusedPart(); !known {
		f.note("%s has no outcomes of the claims of %d and %d yet: the part of voluntary returns that follows a refusal is taken from the refusals and withdrawals of the year to %v",
			f.Series.file(claimYearsFile), refusedPartFrom, refusedPartTo, f.Opening)
	}
	if _, between, known := f.Series.dispersalGrowth(f.Opening); known && between != [2]clock.Date{f.Opening.AddMonths(-12).MonthEnd(), f.Opening} {
		f.note("%s has no split of %v and of a year before: dispersal grows as from %v to %v", f.Series.file(supportFile), f.Opening, between[0], between[1])
	} else if !known {
		f.note("%s has no two dates with a split a year apart: dispersal grows as the parameter file says", f.Series.file(supportFile))
	}
	return err
}

// fitWaiting averages the shape of waiting times over the last four quarters
// for which the ages of the stock are published.
func (f *Fit) fitWaiting() error {
	n, latest := 0, clock.Date(0)
	for i := len(f.Series.Backlog) - 1; i >= 0 && n < 4; i-- {
		b := f.Series.Backlog[i]
		if !b.SixMonths.Known || b.Date > f.Opening {
			continue
		}
		shape, err := f.Series.WaitingShape(b.Date)
		if err != nil {
			return err
		}
		latest = max(latest, b.Date)
		f.shape += float64(shape / 4)
		n++
	}
	if latest != f.Opening {
		f.note("%s: people_6_months_or_less is published to %v: waiting times have the shape of the four quarters to then", f.Series.file(backlogFile), latest)
	}
	if n < 4 {
		return fmt.Errorf("%s: ages of the stock are published for %d quarters: want 4", f.Series.file("asylum_backlog_quarterly.csv"), n)
	}
	return nil
}

// trailing sums the flows of the four quarters up to the opening date.
func (s *Series) trailing(end clock.Date) (Flows, error) {
	sum := Flows{Quarter: end}
	quarters := 0
	for _, f := range s.Flows {
		if f.Quarter <= end.AddMonths(-12).MonthEnd() || f.Quarter > end {
			continue
		}
		quarters++
		sum.Claims += f.Claims
		sum.Outcomes += f.Outcomes
		sum.Grants += f.Grants
		sum.Refusals += f.Refusals
		sum.Withdrawals += f.Withdrawals
		sum.Administrative += f.Administrative
	}
	if quarters != 4 {
		return sum, fmt.Errorf("%s: %d quarters in the year to %v: want 4", s.file("asylum_flows_quarterly.csv"), quarters, end)
	}
	sum.GrantRate = float64(sum.Grants) / float64(sum.Grants+sum.Refusals)
	return sum, nil
}
