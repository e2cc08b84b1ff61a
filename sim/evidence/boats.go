package evidence

import (
	"fmt"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// BoatDay is a day of the small-boat series (Home Office, SB_01), provisional
// operational data.
type BoatDay struct {
	Date         clock.Date       `csv:"date"`
	People       unit.People      `csv:"people"`
	Boats        int64            `csv:"boats"`
	Uncontrolled Published[int64] `csv:"boats_uncontrolled_landing"`
}

// BoatWeek is a week of the small-boat series, ending on a Sunday, with the
// people prevented from leaving by French counts (Home Office, SB_02). A
// person is counted at each event; counts begin in May 2024.
type BoatWeek struct {
	Ending       clock.Date             `csv:"week_ending"`
	People       unit.People            `csv:"people"`
	Boats        int64                  `csv:"boats"`
	Uncontrolled Published[int64]       `csv:"boats_uncontrolled_landing"`
	Prevented    Published[unit.People] `csv:"people_prevented"`
	Events       Published[int64]       `csv:"prevention_events"`
}

// PreventedShare is the share prevented of the people who attempted to cross
// in the weeks ending in a year, each attempt counted.
func (s *Series) PreventedShare(year int) (float64, error) {
	var prevented, arrived unit.People
	for _, w := range s.BoatWeeks {
		if y, _, _ := w.Ending.Civil(); y == year {
			if !w.Prevented.Known {
				return 0, fmt.Errorf("%s: week ending %v: want the people prevented", s.file("small_boat_weekly_preventions.csv"), w.Ending)
			}
			prevented += w.Prevented.Value
			arrived += w.People
		}
	}
	if prevented+arrived == 0 {
		return 0, fmt.Errorf("%s: no weeks of %d", s.file("small_boat_weekly_preventions.csv"), year)
	}
	return float64(prevented) / float64(prevented+arrived), nil
}

// BoatMonth is a month of the daily series, summed.
type BoatMonth struct {
	Month         string             `csv:"month"`
	People        unit.People        `csv:"people"`
	Boats         int64              `csv:"boats"`
	PeoplePerBoat Published[float64] `csv:"people_per_boat"`
	Days          int                `csv:"days_in_data"`
	CrossingDays  int                `csv:"days_with_arrivals"`
	Busiest       unit.People        `csv:"max_day_people"`
}

// BoatYear is a calendar year: the official totals (Home Office, IER_02a) and
// the sums of the daily series.
type BoatYear struct {
	Year          int         `csv:"year"`
	People        unit.People `csv:"people_official"`
	Boats         int64       `csv:"boats_official"`
	DailyPeople   unit.People `csv:"people_daily_series"`
	DailyBoats    int64       `csv:"boats_daily_series"`
	PeoplePerBoat float64     `csv:"people_per_boat"`
	Days          int         `csv:"days_in_data"`
	CrossingDays  int         `csv:"days_with_arrivals"`
	Busiest       unit.People `csv:"max_day_people"`
	Partial       bool        `csv:"partial_year"`
}

// BoatNationality is the nationality of arrivals of a calendar year, or of a
// year ending in June (Home Office, IER_02b).
type BoatNationality struct {
	Period      string      `csv:"period"`
	Nationality string      `csv:"nationality"`
	People      unit.People `csv:"people"`
	Share       float64     `csv:"share_of_period"`
}

// BoatClaims matches the arrivals of a year to asylum claims made within 14
// days (Home Office, IER_D02 and IER_D03).
type BoatClaims struct {
	Year           int         `csv:"arrival_year"`
	Matched        unit.People `csv:"arrivals_matched"`
	WithClaim      unit.People `csv:"people_with_claim"`
	WithoutClaim   unit.People `csv:"people_without_claim"`
	MainClaims     unit.Cases  `csv:"main_claims"`
	Dependants     unit.People `csv:"dependants"`
	DependantShare float64     `csv:"dependant_share"`
}

// BoatYear returns the row of a year.
func (s *Series) BoatYear(year int) (BoatYear, error) {
	return find(s.BoatYears, s.file("small_boat_annual.csv"), fmt.Sprint(year), func(r *BoatYear) bool { return r.Year == year })
}

// BoatClaimsOf returns the row of an arrival year.
func (s *Series) BoatClaimsOf(year int) (BoatClaims, error) {
	return find(s.BoatClaims, s.file("small_boat_claims_by_arrival_year.csv"), fmt.Sprint(year), func(r *BoatClaims) bool { return r.Year == year })
}

// BoatDaysBetween returns the days from first to last, both included.
func (s *Series) BoatDaysBetween(first, last clock.Date) ([]BoatDay, error) {
	begin, end := int(first-s.BoatDays[0].Date), int(last-s.BoatDays[0].Date)
	if begin < 0 || end >= len(s.BoatDays) || begin > end {
		return nil, fmt.Errorf("%s: %v to %v: the series covers %v to %v",
			s.file("small_boat_daily.csv"), first, last, s.BoatDays[0].Date, s.BoatDays[len(s.BoatDays)-1].Date)
	}
	return s.BoatDays[begin : end+1], nil
}

// claimsPerArrival is the main claims that an arrival by boat led to in a year,
// or in the latest year before for which they are published.
func (s *Series) claimsPerArrival(year int) (float64, error) {
	for back := range 3 {
		claims, err := s.BoatClaimsOf(year - back)
		if err != nil {
			continue
		}
		arrivals, err := s.BoatYear(year - back)
		if err != nil {
			return 0, err
		}
		return float64(claims.MainClaims) / float64(arrivals.DailyPeople), nil
	}
	return 0, fmt.Errorf("%s: no row for %d, nor for the two years before", s.file("small_boat_claims_by_arrival_year.csv"), year)
}

// find returns the first row that matches, or an error that names what was
// looked for.
func find[R any](rows []R, file, what string, match func(*R) bool) (R, error) {
	for i := range rows {
		if match(&rows[i]) {
			return rows[i], nil
		}
	}
	var none R
	return none, fmt.Errorf("%s: no row for %s", file, what)
}

// BoatClaimsQuarter is the asylum claims of the arrivals of a quarter (Home
// Office, an older vintage, to mid 2023).
type BoatClaimsQuarter struct {
	Quarter    clock.Date  `csv:"arrival_quarter_end"`
	Main       unit.Cases  `csv:"main_non_uasc"`
	UASC       unit.Cases  `csv:"main_uasc"`
	Dependants unit.People `csv:"dependant"`
	NoClaim    unit.People `csv:"no_claim"`
}
