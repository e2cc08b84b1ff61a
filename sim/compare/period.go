package compare

import (
	"fmt"

	"asylumsim/sim/clock"
)

// Horizon is the label of the period that covers the whole run.
const Horizon = "horizon"

// Period is a stretch of a run over which results are told.
type Period struct {
	Label       string
	First, Last int // months of the timeline, both included
}

// Periods lists the horizon and then each UK financial year (1 April to 31
// March) that a run touches. A year that the run covers only in part says so
// in its label: "2025-26 (partial: 3 months)", or in days where the run does
// not begin or end with a month.
func Periods(t *clock.Timeline) []Period {
	periods := []Period{{Horizon, 0, len(t.Months) - 1}}
	begin := t.Opening + 1 // first day of the financial year at hand
	for m, first := 0, 0; m < len(t.Months); m++ {
		year, last := t.Months[m].FinancialYear(), m == len(t.Months)-1
		if !last && t.Months[m+1].FinancialYear() == year {
			continue
		}
		label := clock.FinancialYearLabel(year) + missing(year, begin, t.Months[m])
		periods = append(periods, Period{label, first, m})
		first, begin = m+1, t.Months[m]+1
	}
	return periods
}

// missing marks a financial year of which only the days from begin to end are
// covered; it is empty for a whole year.
func missing(year int, begin, end clock.Date) string {
	starts, ends := clock.NewDate(year, 4, 1), clock.NewDate(year+1, 3, 31)
	if begin == starts && end == ends {
		return ""
	}
	n, unit := int(end-begin)+1, "day"
	if _, _, day := begin.Civil(); day == 1 && end == end.MonthEnd() {
		n, unit = 1, "month"
		for begin.AddMonths(n) <= end {
			n++
		}
	}
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf(" (partial: %d %s)", n, unit)
}
