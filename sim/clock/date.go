// Package clock is simulated time: dates of the proleptic Gregorian calendar,
// whole days and ticks of one second counted from the start of a run, months,
// financial years and the working days of England and Wales.
package clock

import (
	"fmt"
	"time"
)

// Date is a calendar date, counted in days since 1970-01-01.
type Date int32

// NewDate returns the date of a year, month and day of the month. Values out
// of range are normalised as by time.Date (30 February is 1 or 2 March).
func NewDate(year int, month time.Month, day int) Date {
	// Howard Hinnant's days_from_civil ("chrono-compatible low-level date
	// algorithms"): years begin on 1 March, so that the leap day is their last
	// and the days before a month are a linear function of it. Package time
	// takes ten times as long, which was a tenth of a replication.
	m := int(month) - 3 // 0 is March
	y := year + floorDivide(m, 12)
	m -= floorDivide(m, 12) * 12
	era := floorDivide(y, 400)
	yearOfEra := y - era*400
	dayOfYear := (153*m+2)/5 + day - 1
	return Date(era*daysInEra + yearOfEra*365 + yearOfEra/4 - yearOfEra/100 + dayOfYear - toEpoch)
}

const (
	daysInEra = 146097 // in 400 years of the Gregorian calendar
	toEpoch   = 719468 // days from 0000-03-01 to 1970-01-01
)

// floorDivide divides by a positive number and rounds down.
func floorDivide(n, by int) int {
	if n < 0 {
		return (n - by + 1) / by
	}
	return n / by
}

// ParseDate reads an ISO 8601 date such as 2026-03-02.
func ParseDate(s string) (Date, error) {
	t, err := time.Parse(time.DateOnly, s)
	if err != nil {
		return 0, fmt.Errorf("%.100q is not a date: want year-month-day, such as 2026-03-02", s)
	}
	return Date(t.Unix() / 86400), nil
}

// MustDate is ParseDate for dates written in code; it panics on a bad one.
func MustDate(s string) Date {
	d, err := ParseDate(s)
	if err != nil {
		panic(err)
	}
	return d
}

// Time returns midnight UTC at the start of the date.
func (d Date) Time() time.Time { return time.Unix(int64(d)*86400, 0).UTC() }

// Civil returns year, month and day of the month.
func (d Date) Civil() (year int, month time.Month, day int) {
	// Hinnant's civil_from_days; see NewDate.
	z := int(d) + toEpoch
	era := floorDivide(z, daysInEra)
	dayOfEra := z - era*daysInEra
	yearOfEra := (dayOfEra - dayOfEra/1460 + dayOfEra/36524 - dayOfEra/(daysInEra-1)) / 365
	dayOfYear := dayOfEra - (365*yearOfEra + yearOfEra/4 - yearOfEra/100)
	m := (5*dayOfYear + 2) / 153 // 0 is March
	day = dayOfYear - (153*m+2)/5 + 1
	if m < 10 {
		return yearOfEra + era*400, time.Month(m + 3), day
	}
	return yearOfEra + era*400 + 1, time.Month(m - 9), day
}

// Weekday returns the day of the week.
func (d Date) Weekday() time.Weekday {
	// 1970-01-01 was a Thursday.
	return time.Weekday(((int(d)+int(time.Thursday))%7 + 7) % 7)
}

// AddDays returns the date n days later.
func (d Date) AddDays(n int) Date { return d + Date(n) }

// AddMonths returns the date n calendar months later; the day is cut to the
// last day of the month (31 January plus one month is 28 or 29 February).
func (d Date) AddMonths(n int) Date {
	year, month, day := d.Civil()
	first := NewDate(year, month+time.Month(n), 1)
	if day > 28 {
		return min(first+Date(day-1), first.MonthEnd())
	}
	return first + Date(day-1)
}

// MonthEnd returns the last day of the date's month.
func (d Date) MonthEnd() Date {
	year, month, _ := d.Civil()
	return NewDate(year, month+1, 1) - 1
}

// YearDay returns the day of the year, from 1.
func (d Date) YearDay() int { return d.Time().YearDay() }

// FinancialYear returns the calendar year in which the date's UK government
// financial year (1 April to 31 March) began.
func (d Date) FinancialYear() int {
	year, month, _ := d.Civil()
	if month < time.April {
		return year - 1
	}
	return year
}

// FinancialYearLabel writes a financial year as statistics do: 2025-26.
func FinancialYearLabel(begins int) string {
	return fmt.Sprintf("%04d-%02d", begins, (begins+1)%100)
}

// String writes the date as ISO 8601.
func (d Date) String() string { return d.Time().Format(time.DateOnly) }

// MarshalText implements encoding.TextMarshaler.
func (d Date) MarshalText() ([]byte, error) { return []byte(d.String()), nil }

// UnmarshalText implements encoding.TextUnmarshaler.
func (d *Date) UnmarshalText(text []byte) error {
	v, err := ParseDate(string(text))
	if err == nil {
		*d = v
	}
	return err
}
