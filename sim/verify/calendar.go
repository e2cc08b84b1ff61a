package verify

import (
	"slices"
	"time"

	"asylumsim/sim/clock"
	"asylumsim/sim/random"
)

// officeDays is the calendar of the queues that are served on working days, and
// of the reduced model: two years with their weekends and bank holidays.
var officeDays = clock.NewTimeline(clock.MustDate("2025-12-31"), 2)

// bankHolidays are those of England and Wales in the two years, as published
// (gov.uk/bank-holidays).
var bankHolidays = []string{
	"2026-01-01", "2026-04-03", "2026-04-06", "2026-05-04", "2026-05-25", "2026-08-31", "2026-12-25", "2026-12-28",
	"2027-01-01", "2027-03-26", "2027-03-29", "2027-05-03", "2027-05-31", "2027-08-30", "2027-12-27", "2027-12-28",
}

// diary is the calendar that theory goes by: worked out from the list alone, not
// by the simulator's.
type diary struct {
	working []bool
	month   []int // since the start
	inMonth []int // working days of the month of a day
}

var theDiary = func() diary {
	var d diary
	perMonth := map[int]int{}
	for date := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC); date.Year() < 2028; date = date.AddDate(0, 0, 1) {
		works := date.Weekday() != time.Saturday && date.Weekday() != time.Sunday && !slices.Contains(bankHolidays, date.Format(time.DateOnly))
		month := 12*(date.Year()-2026) + int(date.Month()) - 1
		d.working, d.month = append(d.working, works), append(d.month, month)
		if works {
			perMonth[month]++
		}
	}
	for _, month := range d.month {
		d.inMonth = append(d.inMonth, perMonth[month])
	}
	return d
}()

// releases is how many whole units each day releases of a capacity that need not
// be whole: its running total over working days rounded down, less that of the
// working day before.
func (d *diary) releases(perWorkingDay func(day int) float64) []int {
	units := make([]int, len(d.working))
	total, before := 0.0, 0
	for day, works := range d.working {
		if works {
			total += perWorkingDay(day)
			units[day] = int(total) - before
			before = int(total)
		}
	}
	return units
}

// days compares the simulator's calendar with the diary.
func days() []trial {
	return []trial{{
		checks: []Check{{
			Group: workingGroup, Form: Exact, Of: len(theDiary.working), Name: "days of 2026 and 2027 taken for another kind of day",
			Law: "weekends, and bank holidays of England and Wales as published",
		}},
		runs: 1,
		prepare: func() func(random.Source, int, []float64) {
			return func(_ random.Source, _ int, values []float64) {
				for day, works := range theDiary.working {
					d := clock.Day(day)
					if officeDays.Working(d) != works || officeDays.Month(d) != theDiary.month[day] || officeDays.WorkingDays(d) != theDiary.inMonth[day] {
						values[0]++
					}
				}
				if int(officeDays.Days) != len(theDiary.working) {
					values[0]++
				}
			}
		},
	}}
}
