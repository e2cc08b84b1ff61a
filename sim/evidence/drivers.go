package evidence

import (
	"fmt"
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// Driver returns the quarterly values from which the level of a driver is
// estimated, oldest first: logarithms of a flow a quarter, log-odds for grants.
// They begin in 2018, with the current vintage of most series. Interrupted
// quarters are NaN. Boats have a
// series of their own, see boatLevels.
func (s *Series) Driver(d policy.Driver) ([]float64, error) {
	var values []float64
	add := func(quarter clock.Date, x float64) error {
		switch {
		case quarter < driversBegin:
			return nil
		case Interrupted(quarter):
			values = append(values, math.NaN())
			return nil
		}
		if !(x > 0) || math.IsInf(x, 1) {
			return fmt.Errorf("%v of the quarter to %v: %v: want more than nothing", d, quarter, x)
		}
		values = append(values, math.Log(x))
		return nil
	}
	switch d {
	case policy.OtherClaimsDriver:
		for _, f := range s.Flows {
			if f.Quarter < driversBegin {
				continue
			}
			boats, err := s.boatClaims(f.Quarter)
			if err != nil {
				return nil, err
			}
			if err := add(f.Quarter, float64(f.Claims)-boats); err != nil {
				return nil, err
			}
		}
	case policy.DecisionsDriver:
		for _, f := range s.Flows {
			if err := add(f.Quarter, float64(f.Outcomes-f.Withdrawals)); err != nil {
				return nil, err
			}
		}
	case policy.GrantsDriver:
		for _, f := range s.Flows {
			if err := add(f.Quarter, float64(f.Grants)/float64(f.Refusals)); err != nil {
				return nil, err
			}
		}
	case policy.HearingsDriver:
		for _, a := range s.Appeals {
			if err := add(a.Quarter, float64(a.Disposals)); err != nil {
				return nil, err
			}
		}
	case policy.EnforcedReturnsDriver:
		for _, r := range s.Returns {
			if err := add(r.Quarter, float64(r.Enforced)); err != nil {
				return nil, err
			}
		}
	case policy.VoluntaryReturnsDriver:
		for _, r := range s.Returns {
			if err := add(r.Quarter, float64(r.Voluntary)); err != nil {
				return nil, err
			}
		}
	default:
		return nil, fmt.Errorf("%v: no series of its own", d)
	}
	return values, nil
}

// Interrupted reports whether a quarter is one of the four in which rules
// against the pandemic closed courts, interview rooms and borders (April 2020 to
// March 2021). They say nothing about how services move at other times, and are
// treated as not observed.
func Interrupted(quarter clock.Date) bool {
	return clock.MustDate("2020-06-30") <= quarter && quarter <= clock.MustDate("2021-03-31")
}

// driversBegin is the end of the first quarter that levels are estimated from.
var driversBegin = clock.MustDate("2018-03-31")

// boatClaims is the people who arrived by boat in a quarter and claimed, at the
// share of the year, or of the latest year before for which it is published.
func (s *Series) boatClaims(quarter clock.Date) (float64, error) {
	days, err := s.BoatDaysBetween(quarterStart(quarter), quarter)
	if err != nil {
		return 0, err
	}
	people := 0.0
	for _, d := range days {
		people += float64(d.People)
	}
	year, _, _ := quarter.Civil()
	for back := range 3 {
		if c, err := s.BoatClaimsOf(year - back); err == nil {
			return people * float64(c.WithClaim) / float64(c.Matched), nil
		}
	}
	return 0, fmt.Errorf("%s: no row for %d, nor for the two years before", s.file("small_boat_claims_by_arrival_year.csv"), year)
}

// boatLevels is the logarithm of boats a quarter over those expected on its
// crossing days at the mean level, given the season that was fitted: of whole
// quarters from a date on. Whether boats can cross is the weather's, so that days
// without arrivals say nothing about the level; a quarter without any is NaN.
func (s *Series) boatLevels(from, last clock.Date, mean float64, season *policy.ByMonth[float64]) ([]float64, error) {
	var values []float64
	for end := from.AddMonths(3) - 1; end <= last; end = (end + 1).AddMonths(3) - 1 {
		days, err := s.BoatDaysBetween(quarterStart(end), end)
		if err != nil {
			return nil, err
		}
		boats, expected := 0.0, 0.0
		for _, d := range days {
			if d.Boats > 0 {
				_, month, _ := d.Date.Civil()
				boats += float64(d.Boats)
				expected += float64(mean * season[month-1])
			}
		}
		if boats == 0 {
			values = append(values, math.NaN())
			continue
		}
		values = append(values, math.Log(boats/expected))
	}
	return values, nil
}
