package clock

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

// anyDate draws a date, among them the days around the ends of February in leap
// years, in others and in 2100.
func anyDate() *rapid.Generator[Date] {
	return rapid.OneOf(
		rapid.Map(rapid.IntRange(int(MustDate("1990-01-01")), int(MustDate("2110-12-31"))), func(n int) Date { return Date(n) }),
		rapid.Map(rapid.IntRange(1990, 2110), func(year int) Date { return NewDate(year, time.March, 1) - 1 }),
		rapid.Map(rapid.SampledFrom([]string{"2028-02-28", "2028-02-29", "2100-02-28", "2100-03-01", "2099-12-31", "2027-08-31"}), MustDate),
	)
}

// TestMonthsLaterByTheCalendar: so many months later is in that month, on the
// same day of it or on its last.
func TestMonthsLaterByTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from, n := anyDate().Draw(t, "from"), rapid.IntRange(-600, 1200).Draw(t, "months")
		year, month, day := from.Civil()
		gotYear, gotMonth, gotDay := from.AddMonths(n).Civil()
		if gotYear*12+int(gotMonth) != year*12+int(month)+n {
			t.Fatalf("%d months from %v is %v", n, from, from.AddMonths(n))
		}
		last := time.Date(gotYear, gotMonth+1, 0, 0, 0, 0, 0, time.UTC).Day()
		if gotDay != min(day, last) {
			t.Fatalf("%d months from %v is %v, of a month of %d days", n, from, from.AddMonths(n), last)
		}
	})
}

// TestAnyTimelineIsACalendar: the days of a run are its dates, one after the
// other up to the same date years later; each is in the month of its date; months
// end where they do; and a month's working days are those of the whole of it.
func TestAnyTimelineIsACalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		opening := anyDate().Draw(t, "opening")
		years := rapid.SampledFrom([]int{1, 2, 5, 30}).Draw(t, "years")
		line := NewTimeline(opening, years)
		if got, want := line.Date(line.Days-1), opening.AddMonths(12*years); got != want {
			t.Fatalf("the last day is %v, want %v", got, want)
		}
		working := map[int]int{}
		for d := Day(0); d < line.Days; d++ {
			date := line.Date(d)
			if line.DayOf(date) != d || date != opening+1+Date(d) {
				t.Fatalf("day %d is %v, which is day %d", d, date, line.DayOf(date))
			}
			end := line.Months[line.Month(d)]
			if date > end || end > date.MonthEnd() || end < date.MonthEnd() && end != opening.AddMonths(12*years) {
				t.Fatalf("%v is in the month to %v", date, end)
			}
			if line.Working(d) != IsWorkingDay(date) {
				t.Fatalf("%v is a working day: %v", date, line.Working(d))
			}
			if line.Working(d) {
				working[line.Month(d)]++
			}
		}
		for i, end := range line.Months {
			whole := i > 0 && i < len(line.Months)-1
			d := line.DayOf(end)
			if got := line.WorkingDays(d); whole && got != working[i] || got < working[i] {
				t.Fatalf("the month to %v has %d working days, of which %d are in the run", end, got, working[i])
			}
		}
	})
}

// TestYearsWithAndWithoutALeapDay: a year that holds 29 February has 366 days,
// and there is none in 2100.
func TestYearsWithAndWithoutALeapDay(t *testing.T) {
	for _, c := range []struct {
		opening string
		years   int
		days    Day
	}{
		{"2027-12-31", 1, 366}, {"2028-02-28", 1, 366}, {"2028-02-29", 1, 365}, {"2028-03-01", 1, 365},
		{"2099-12-31", 1, 365}, {"2100-02-28", 1, 365}, {"2095-12-31", 10, 3652}, {"2025-12-31", 30, 10957}, {"2085-06-30", 30, 10956},
	} {
		if got := NewTimeline(MustDate(c.opening), c.years).Days; got != c.days {
			t.Errorf("%d years after %s have %d days, want %d", c.years, c.opening, got, c.days)
		}
	}
	// Working days of February, which begins on a Tuesday in 2028 and on a Monday in
	// 2100: 29 days are 21 of them, 28 are 20.
	for date, want := range map[string]int{"2028-02-10": 21, "2100-02-10": 20, "2028-12-10": 19, "2028-04-10": 18} {
		line := NewTimeline(MustDate(date), 1)
		if got := line.WorkingDays(0); got != want {
			t.Errorf("the month of %s has %d working days, want %d", date, got, want)
		}
	}
}

// TestHolidaysOnAWeekend: days that stand in for holidays on a Saturday or
// Sunday, in years to come.
func TestHolidaysOnAWeekend(t *testing.T) {
	for date, want := range map[string]bool{
		"2028-01-03": true, "2028-01-04": false, // New Year on a Saturday
		"2033-01-03": true,                      // and on a Saturday again
		"2034-01-02": true, "2034-01-03": false, // and on a Sunday
		"2032-12-27": true, "2032-12-28": true, // Christmas on a Saturday, Boxing Day on a Sunday
		"2033-12-26": true, "2033-12-27": true, "2033-12-28": false, // Christmas on a Sunday
		"2037-12-25": true, "2037-12-28": true, "2037-12-29": false, // Boxing Day on a Saturday
		"2100-03-26": true, "2100-03-29": true, // Easter of 2100 is on 28 March
	} {
		if got := IsBankHoliday(MustDate(date)); got != want {
			t.Errorf("%s is a bank holiday: %v", date, got)
		}
	}
}

// TestFinancialYearsTurnInApril: whatever the year, leap day or not.
func TestFinancialYearsTurnInApril(t *testing.T) {
	for year := 1990; year <= 2110; year++ {
		last := NewDate(year, time.March, 31)
		if last.FinancialYear() != year-1 || (last+1).FinancialYear() != year || NewDate(year, time.March, 1).AddDays(-1).FinancialYear() != year-1 {
			t.Errorf("the financial year does not turn on 1 April %d", year)
		}
	}
	if got := FinancialYearLabel(MustDate("2100-03-31").FinancialYear()); got != "2099-00" {
		t.Errorf("31 March 2100 is in %s", got)
	}
}
