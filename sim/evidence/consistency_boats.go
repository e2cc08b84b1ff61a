package evidence

import (
	"fmt"
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

const (
	boatDaysFile   = "small_boat_daily.csv"
	boatWeeksFile  = "small_boat_weekly_preventions.csv"
	boatMonthsFile = "small_boat_monthly.csv"
	boatYearsFile  = "small_boat_annual.csv"
	boatMixFile    = "small_boat_nationality.csv"
	boatClaimsFile = "small_boat_claims_by_arrival_year.csv"
	boatMatchFile  = "small_boat_claims_by_arrival_quarter_2018_2023.csv"
)

// boatSum is a number of days of the daily series taken together.
type boatSum struct {
	people               unit.People
	boats, uncontrolled  int64
	days, crossing       int
	busiest              unit.People
	uncontrolledKnownAll bool
}

// boatsOver sums the days of a period; false where the series lacks one.
func (s *Series) boatsOver(first, last clock.Date) (sum boatSum, ok bool) {
	days, err := s.BoatDaysBetween(first, last)
	if err != nil {
		return sum, false
	}
	sum.uncontrolledKnownAll = true
	for _, d := range days {
		sum.people += d.People
		sum.boats += d.Boats
		sum.uncontrolled += d.Uncontrolled.Value
		sum.uncontrolledKnownAll = sum.uncontrolledKnownAll && d.Uncontrolled.Known
		sum.busiest = max(sum.busiest, d.People)
		if d.Boats > 0 {
			sum.crossing++
		}
	}
	sum.days = len(days)
	return sum, true
}

// official is how far official totals may be from the sum of days (19 of 45,774
// in 2022).
const official = 0.01

// holdBoats holds weeks, months and years of small boats against the days.
func (s *Series) holdBoats() {
	if !s.read(boatDaysFile) {
		return
	}
	inTurn(s, boatDaysFile, "date", s.BoatDays, func(d *BoatDay) clock.Date { return d.Date }, func(d clock.Date) clock.Date { return d + 1 }, "day")
	for i, d := range s.BoatDays {
		if (d.Boats == 0) != (d.People == 0) {
			s.wrong(boatDaysFile, i, "people %d: in %d boats: want both or neither to be zero", d.People, d.Boats)
		}
		atMost(s, boatDaysFile, i, cell[int64]{"boats_uncontrolled_landing", d.Uncontrolled.Value}, cell[int64]{"boats", d.Boats})
	}
	if len(s.sources[boatDaysFile].found) > 0 {
		return // periods are summed from them
	}
	whose := "the days of " + s.file(boatDaysFile)
	if s.read(boatWeeksFile) {
		inTurn(s, boatWeeksFile, "week_ending", s.BoatWeeks, func(w *BoatWeek) clock.Date { return w.Ending }, func(d clock.Date) clock.Date { return d + 7 }, "week")
		for i, w := range s.BoatWeeks {
			s.together(boatWeeksFile, i, []string{"people_prevented", "prevention_events"}, []bool{w.Prevented.Known, w.Events.Known})
			if i > 0 && s.BoatWeeks[i-1].Prevented.Known && !w.Prevented.Known {
				s.wrong(boatWeeksFile, i, "people_prevented is empty, though it is published of the week before")
			}
			days, ok := s.boatsOver(w.Ending-6, w.Ending)
			if !ok {
				continue
			}
			s.about(boatWeeksFile, i, "people", float64(w.People), float64(days.people), 0, whose)
			s.about(boatWeeksFile, i, "boats", float64(w.Boats), float64(days.boats), 0, whose)
			if w.Uncontrolled.Known && days.uncontrolledKnownAll {
				s.about(boatWeeksFile, i, "boats_uncontrolled_landing", float64(w.Uncontrolled.Value), float64(days.uncontrolled), 0, whose)
			}
		}
	}
	if s.read(boatMonthsFile) {
		for i, m := range s.BoatMonths {
			s.holdMonth(i, &m, whose)
		}
	}
	if s.read(boatYearsFile) {
		years(s, boatYearsFile, "year", s.BoatYears, func(y *BoatYear) int { return y.Year })
		for i, y := range s.BoatYears {
			s.ratio(boatYearsFile, i, "people_per_boat", y.PeoplePerBoat, float64(y.DailyPeople), float64(y.DailyBoats), 2)
			s.about(boatYearsFile, i, "people_official", float64(y.People), float64(y.DailyPeople), official, whose)
			s.about(boatYearsFile, i, "boats_official", float64(y.Boats), float64(y.DailyBoats), official, whose)
			last := min(clock.NewDate(y.Year, 12, 31), s.BoatDays[len(s.BoatDays)-1].Date)
			days, ok := s.boatsOver(clock.NewDate(y.Year, 1, 1), last)
			if !ok {
				s.wrong(boatYearsFile, i, "year %d: %s has no days of it", y.Year, s.file(boatDaysFile))
				continue
			}
			s.holdDays(boatYearsFile, i, &days, y.Days, y.CrossingDays, y.Busiest, whose)
			s.about(boatYearsFile, i, "people_daily_series", float64(y.DailyPeople), float64(days.people), 0, whose)
			s.about(boatYearsFile, i, "boats_daily_series", float64(y.DailyBoats), float64(days.boats), 0, whose)
		}
	}
	s.holdBoatMix()
}

func (s *Series) holdMonth(i int, m *BoatMonth, whose string) {
	first, err := clock.ParseDate(m.Month + "-01")
	if err != nil {
		s.wrong(boatMonthsFile, i, "month %q: want a month such as 2025-12", m.Month)
		return
	}
	if i > 0 {
		if before, err := clock.ParseDate(s.BoatMonths[i-1].Month + "-01"); err == nil && first != before.AddMonths(1) {
			s.wrong(boatMonthsFile, i, "month %s follows %s: want the next month", m.Month, s.BoatMonths[i-1].Month)
		}
	}
	if m.PeoplePerBoat.Known != (m.Boats > 0) {
		s.wrong(boatMonthsFile, i, "people_per_boat: want it of a month with boats, of no other")
	} else if m.Boats > 0 {
		s.ratio(boatMonthsFile, i, "people_per_boat", m.PeoplePerBoat.Value, float64(m.People), float64(m.Boats), 2)
	}
	days, ok := s.boatsOver(first, min(first.MonthEnd(), s.BoatDays[len(s.BoatDays)-1].Date))
	if !ok {
		s.wrong(boatMonthsFile, i, "month %s: %s has no days of it", m.Month, s.file(boatDaysFile))
		return
	}
	s.holdDays(boatMonthsFile, i, &days, m.Days, m.CrossingDays, m.Busiest, whose)
	s.about(boatMonthsFile, i, "people", float64(m.People), float64(days.people), 0, whose)
	s.about(boatMonthsFile, i, "boats", float64(m.Boats), float64(days.boats), 0, whose)
}

func (s *Series) holdDays(file string, i int, days *boatSum, n, crossing int, busiest unit.People, whose string) {
	s.about(file, i, "days_in_data", float64(n), float64(days.days), 0, whose)
	s.about(file, i, "days_with_arrivals", float64(crossing), float64(days.crossing), 0, whose)
	s.about(file, i, "max_day_people", float64(busiest), float64(days.busiest), 0, whose)
}

// holdBoatMix holds nationalities against the arrivals of their period: official
// totals of a calendar year, days of a year that ends in June.
func (s *Series) holdBoatMix() {
	if !s.read(boatMixFile, boatYearsFile) {
		return
	}
	once(s, boatMixFile, s.BoatNationalities, func(r *BoatNationality) string { return r.Period + " " + r.Nationality })
	totals, last := map[string]unit.People{}, map[string]int{}
	for i, r := range s.BoatNationalities {
		totals[r.Period] += r.People
		last[r.Period] = i
	}
	for i, r := range s.BoatNationalities {
		s.ratio(boatMixFile, i, "share_of_period", r.Share, float64(r.People), float64(totals[r.Period]), 5)
		if i != last[r.Period] {
			continue
		}
		end := lastDay(r.Period)
		if y, err := s.BoatYear(end.Time().Year()); err == nil && r.Period == fmt.Sprint(y.Year) {
			s.about(boatMixFile, i, "people of "+r.Period, float64(totals[r.Period]), float64(y.People), 0, s.file(boatYearsFile))
		} else if days, ok := s.boatsOver(end.AddMonths(-12).MonthEnd()+1, end); ok {
			s.about(boatMixFile, i, "people of "+r.Period, float64(totals[r.Period]), float64(days.people), official, "the days of "+s.file(boatDaysFile))
		}
	}
}

// unmatched is how much fewer arrivals than the official total may be matched to
// asylum records (5% in 2018, mostly 1 to 2%).
const unmatched = 0.1

// holdBoatClaims holds claims of arrivals against arrivals.
func (s *Series) holdBoatClaims() {
	if s.read(boatClaimsFile, boatYearsFile) {
		years(s, boatClaimsFile, "arrival_year", s.BoatClaims, func(c *BoatClaims) int { return c.Year })
		for i, c := range s.BoatClaims {
			sumsTo(s, boatClaimsFile, i, cell[unit.People]{"arrivals_matched", c.Matched}, c.WithClaim, c.WithoutClaim)
			sumsTo(s, boatClaimsFile, i, cell[unit.People]{"people_with_claim", c.WithClaim}, unit.People(c.MainClaims), c.Dependants)
			s.ratio(boatClaimsFile, i, "dependant_share", c.DependantShare, float64(c.Dependants), float64(c.WithClaim), 4)
			if y, err := s.BoatYear(c.Year); err == nil && (c.Matched > y.People || float64(c.Matched) < (1-unmatched)*float64(y.People)) {
				s.wrong(boatClaimsFile, i, "arrivals_matched %d: want %v%% to 100%% of the %d arrivals of the year", c.Matched, 100*(1-unmatched), y.People)
			}
		}
	}
	if !s.read(boatMatchFile, boatDaysFile) {
		return
	}
	quarters(s, boatMatchFile, "arrival_quarter_end", s.BoatClaimQuarters, func(c *BoatClaimsQuarter) clock.Date { return c.Quarter })
	for i, c := range s.BoatClaimQuarters {
		days, ok := s.boatsOver(quarterStart(quarterEndOf(c.Quarter)), c.Quarter)
		matched := float64(c.Main+c.UASC) + float64(c.Dependants+c.NoClaim)
		// The last quarter was matched to half when the table was published.
		if last := i == len(s.BoatClaimQuarters)-1; ok && math.Abs(matched-float64(days.people)) > 0.05*float64(days.people) && !(last && matched < float64(days.people)) {
			s.wrong(boatMatchFile, i, "main_non_uasc, main_uasc, dependant and no_claim sum to %v: want within 5%% of the %d arrivals of the quarter", matched, days.people)
		}
	}
}
