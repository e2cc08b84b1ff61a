package clock

import (
	"testing"
	"testing/quick"
	"time"
)

// The bank holidays of England and Wales as published on gov.uk.
func TestBankHolidays(t *testing.T) {
	published := map[int][]string{
		2020: {"01-01", "04-10", "04-13", "05-08", "05-25", "08-31", "12-25", "12-28"},
		2021: {"01-01", "04-02", "04-05", "05-03", "05-31", "08-30", "12-27", "12-28"},
		2022: {"01-03", "04-15", "04-18", "05-02", "06-02", "06-03", "08-29", "09-19", "12-26", "12-27"},
		2023: {"01-02", "04-07", "04-10", "05-01", "05-08", "05-29", "08-28", "12-25", "12-26"},
		2024: {"01-01", "03-29", "04-01", "05-06", "05-27", "08-26", "12-25", "12-26"},
		2025: {"01-01", "04-18", "04-21", "05-05", "05-26", "08-25", "12-25", "12-26"},
		2026: {"01-01", "04-03", "04-06", "05-04", "05-25", "08-31", "12-25", "12-28"},
		2027: {"01-01", "03-26", "03-29", "05-03", "05-31", "08-30", "12-27", "12-28"},
	}
	for year, want := range published {
		var got []string
		for d := NewDate(year, time.January, 1); d <= NewDate(year, time.December, 31); d++ {
			if IsBankHoliday(d) {
				got = append(got, d.String()[5:])
			}
		}
		if len(got) != len(want) {
			t.Errorf("%d: holidays %v, published %v", year, got, want)
			continue
		}
		for i := range want {
			if got[i] != want[i] {
				t.Errorf("%d: holidays %v, published %v", year, got, want)
				break
			}
		}
	}
}

func TestDatesAgreeWithTheStandardLibrary(t *testing.T) {
	agrees := func(days int32) bool {
		d := Date(days % 60000)
		again, err := ParseDate(d.String())
		return err == nil && again == d && d.Weekday() == d.Time().Weekday() && d.MonthEnd().AddDays(1).Time().Day() == 1
	}
	if err := quick.Check(agrees, nil); err != nil {
		t.Error(err)
	}
	if _, err := ParseDate("2026-02-30"); err == nil {
		t.Error("30 February was accepted")
	}
}

func TestMonthsAreCutAtTheirEnd(t *testing.T) {
	for _, c := range []struct {
		from   string
		months int
		want   string
	}{
		{"2026-01-31", 1, "2026-02-28"},
		{"2028-01-31", 1, "2028-02-29"},
		{"2024-02-29", 12, "2025-02-28"},
		{"2025-12-31", 120, "2035-12-31"},
		{"2026-03-02", 30, "2028-09-02"},
		{"2026-03-31", -1, "2026-02-28"},
	} {
		if got := MustDate(c.from).AddMonths(c.months).String(); got != c.want {
			t.Errorf("%s plus %d months is %s, want %s", c.from, c.months, got, c.want)
		}
	}
}

func TestTimeline(t *testing.T) {
	line := NewTimeline(MustDate("2025-12-31"), 10)
	if line.Days != 3652 || len(line.Months) != 120 {
		t.Errorf("ten years are %d days in %d months, want 3652 in 120", line.Days, len(line.Months))
	}
	if got := line.Date(0).String(); got != "2026-01-01" {
		t.Errorf("day 0 is %s", got)
	}
	if got := line.Months[0].String(); got != "2026-01-31" {
		t.Errorf("the first month ends on %s", got)
	}
	if line.Working(0) || !line.Working(1) {
		t.Error("1 January 2026 should be a holiday and the 2nd a working day")
	}
	// From 1 January 2026, 20 working days fewer holidays: 21 in January.
	if got := line.WorkingDays(0); got != 21 {
		t.Errorf("January 2026 has %d working days, want 21", got)
	}
	leap := line.DayOf(MustDate("2028-02-29"))
	if line.Month(leap) != 25 || line.Date(leap).String() != "2028-02-29" {
		t.Errorf("29 February 2028 is in month %d", line.Month(leap))
	}
	mid := NewTimeline(MustDate("2026-01-15"), 1)
	if first, last := mid.Months[0].String(), mid.Months[len(mid.Months)-1].String(); first != "2026-01-31" || last != "2027-01-15" {
		t.Errorf("a year from mid January has months from %s to %s", first, last)
	}
}

func TestTicks(t *testing.T) {
	for _, c := range []struct {
		tick Tick
		day  Day
	}{{0, 0}, {86399, 0}, {86400, 1}, {-1, -1}, {-86400, -1}, {-86401, -2}} {
		if got := c.tick.Day(); got != c.day {
			t.Errorf("tick %d is on day %d, want %d", c.tick, got, c.day)
		}
	}
	if got := Tick(100).After(1e9); got != Never {
		t.Errorf("a thousand million days later is %d, want never", got)
	}
	if got := Day(1 << 30).Tick(); got != Never {
		t.Errorf("a day beyond 32 bits starts at %d, want never", got)
	}
	line := NewTimeline(MustDate("2025-12-31"), 1)
	if got := line.MonthsAfter(Tick(86400*30+5), 1); got != line.DayOf(MustDate("2026-02-28")).Tick() {
		t.Errorf("one month after 31 January is day %d", got.Day())
	}
}

func TestFinancialYears(t *testing.T) {
	for date, want := range map[string]string{"2026-03-31": "2025-26", "2026-04-01": "2026-27", "1999-12-31": "1999-00"} {
		if got := FinancialYearLabel(MustDate(date).FinancialYear()); got != want {
			t.Errorf("%s is in %s, want %s", date, got, want)
		}
	}
}

// TestDatesAreThoseOfPackageTime goes through every day of eight centuries
// both ways, and through months and days out of range.
func TestDatesAreThoseOfPackageTime(t *testing.T) {
	for d := MustDate("1600-01-01"); d < MustDate("2400-01-01"); d++ {
		year, month, day := d.Civil()
		wantYear, wantMonth, wantDay := d.Time().Date()
		if year != wantYear || month != wantMonth || day != wantDay {
			t.Fatalf("%v is %d-%d-%d, want %d-%d-%d", d.Time(), year, month, day, wantYear, wantMonth, wantDay)
		}
		if got := NewDate(year, month, day); got != d {
			t.Fatalf("%v made anew is %v", d, got)
		}
	}
	for year := 1897; year <= 2105; year += 13 {
		for month := time.Month(-30); month <= 40; month++ {
			for day := -70; day <= 100; day += 5 {
				want := Date(time.Date(year, month, day, 0, 0, 0, 0, time.UTC).Unix() / 86400)
				if got := NewDate(year, month, day); got != want {
					t.Fatalf("year %d, month %d, day %d is %v, want %v", year, month, day, got, want)
				}
			}
		}
	}
}

// TestMonthsAfterIsTheDateMonthsLater, inside the run, before it and beyond the
// months that are tabulated.
func TestMonthsAfterIsTheDateMonthsLater(t *testing.T) {
	for _, opening := range []string{"2025-12-31", "2024-02-28", "2023-06-30"} {
		line := NewTimeline(MustDate(opening), 3)
		for d := Day(-800); d < line.Days+40; d++ {
			for n := 0; n < 700; n += 1 + n/9 {
				want := line.DayOf(line.Date(d).AddMonths(n)).Tick()
				if got := line.MonthsAfter(d.Tick()+77, n); got != want {
					t.Fatalf("opening %s: %d months after day %d is tick %d, want %d", opening, n, d, got, want)
				}
			}
		}
	}
}

func BenchmarkMonthsAfter(b *testing.B) {
	t := NewTimeline(MustDate("2025-12-31"), 1)
	var sum Tick
	at := Tick(0)
	for b.Loop() {
		sum ^= t.MonthsAfter(at, 30)
		at = (at + 86400*77 + 5) & (1<<28 - 1)
	}
	_ = sum
}
