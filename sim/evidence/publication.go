package evidence

import (
	"strconv"
	"strings"

	"asylumsim/sim/clock"
)

// Days from the end of a period until its figures are published.
const (
	// homeOfficeLag: quarters are published in the last third of the second month
	// after them (27 November 2025, 26 February, 21 May and 27 August 2026).
	homeOfficeLag = 60
	// tribunalLag: in the second week of the third month (10 September 2026).
	tribunalLag = 80
	// boatsLag: the daily series is of the day before, the weekly one follows on
	// Fridays.
	boatsLag = 1
	weekLag  = 5
)

// The releases from which tables can be had that look back over many years.
var (
	outcomesRelease    = clock.MustDate("2026-08-27") // Asy_D04, outcomes as known in the middle of 2026
	pooledRelease      = clock.MustDate("2026-02-26") // grants by nationality, 2020 to 2025 together
	routesRelease      = clock.MustDate("2025-11-27") // claims by route, year ending September 2025
	september2024      = clock.MustDate("2024-09-30") // end of the tables of the older vintage
	lastClaimantsYear  = 2024                         // whose row is its first nine months
	partialNationality = september2024
)

// At returns the series as far as they were published on a date: rows of
// periods whose figures were out by then. Figures are today's revisions, since
// the vintages of the time are not all to be had; what was published late or
// only in hindsight is left out.
func (s *Series) At(on clock.Date) *Series {
	quarterOut := func(end clock.Date) bool { return end+homeOfficeLag <= on }
	yearOut := func(year int) bool { return quarterOut(clock.NewDate(year, 12, 31)) }
	known := *s
	known.BoatDays = until(s.BoatDays, func(r *BoatDay) bool { return r.Date+boatsLag <= on })
	known.BoatWeeks = until(s.BoatWeeks, func(r *BoatWeek) bool { return r.Ending+weekLag <= on })
	known.BoatMonths = until(s.BoatMonths, func(r *BoatMonth) bool {
		first, err := clock.ParseDate(r.Month + "-01")
		return err == nil && first.MonthEnd()+boatsLag <= on
	})
	known.BoatYears = until(s.BoatYears, func(r *BoatYear) bool { return yearOut(r.Year) })
	known.BoatNationalities = until(s.BoatNationalities, func(r *BoatNationality) bool { return quarterOut(r.end()) })
	known.BoatClaims = until(s.BoatClaims, func(r *BoatClaims) bool { return yearOut(r.Year) })
	known.BoatClaimQuarters = until(s.BoatClaimQuarters, func(r *BoatClaimsQuarter) bool { return quarterOut(r.Quarter) })
	known.Flows = until(s.Flows, func(r *Flows) bool { return quarterOut(r.Quarter) })
	known.Backlog = until(s.Backlog, func(r *Backlog) bool { return quarterOut(r.Date) })
	known.BacklogAges = until(s.BacklogAges, func(r *BacklogAges) bool { return quarterOut(r.Date) })
	known.Claimants = until(s.Claimants, func(r *Claimants) bool {
		return yearOut(r.Year) || r.Year == lastClaimantsYear && quarterOut(september2024)
	})
	known.ClaimSizes = until(s.ClaimSizes, func(r *ClaimSizes) bool { return quarterOut(r.Quarter) })
	known.ClaimYears = until(s.ClaimYears, func(r *ClaimYear) bool { return yearOut(r.Year) })
	if on < outcomesRelease {
		for i, r := range known.ClaimYears {
			known.ClaimYears[i] = ClaimYear{Year: r.Year, Claims: r.Claims}
		}
	}
	known.Decisions = until(s.Decisions, func(r *Decisions) bool { return quarterOut(r.Quarter) })
	known.NationalityYears = until(s.NationalityYears, func(r *NationalityYear) bool {
		return yearOut(r.Year) || r.Partial && quarterOut(partialNationality)
	})
	known.NationalityRates = until(s.NationalityRates, func(*NationalityRates) bool { return on >= pooledRelease })
	known.Appeals = until(s.Appeals, func(r *Appeals) bool { return r.Quarter+tribunalLag <= on })
	known.EarlierAppeals = until(s.EarlierAppeals, func(r *EarlierAppeals) bool { return quarterOut(r.Quarter) })
	known.Support = until(s.Support, func(r *Support) bool { return quarterOut(r.Date) })
	known.Returns = until(s.Returns, func(r *Returns) bool { return quarterOut(r.Quarter) })
	known.AsylumReturns = until(s.AsylumReturns, func(r *AsylumReturns) bool { return yearOut(r.Year) })
	known.InProgress = until(s.InProgress, func(r *InProgress) bool { return quarterOut(r.Date) })
	known.Snapshots = until(s.Snapshots, func(r *Snapshot) bool {
		year, err := strconv.Atoi(r.Period)
		return on >= routesRelease && (err != nil || yearOut(year))
	})
	return &known
}

// until copies the rows that are out.
func until[R any](rows []R, out func(*R) bool) []R {
	var known []R
	for i := range rows {
		if out(&rows[i]) {
			known = append(known, rows[i])
		}
	}
	return known
}

// end is the last day of the period of a row: a year, or a year ending in June.
func (r *BoatNationality) end() clock.Date {
	if year, err := strconv.Atoi(r.Period); err == nil {
		return clock.NewDate(year, 12, 31)
	}
	year, _ := strconv.Atoi(strings.TrimSuffix(strings.TrimPrefix(r.Period, "YE"), "-06"))
	return clock.NewDate(year, 6, 30)
}
