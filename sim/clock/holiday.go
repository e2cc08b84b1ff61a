package clock

import "time"

// IsWorkingDay reports whether a date is Monday to Friday and not a bank
// holiday in England and Wales.
func IsWorkingDay(d Date) bool {
	switch d.Weekday() {
	case time.Saturday, time.Sunday:
		return false
	}
	return !IsBankHoliday(d)
}

// IsBankHoliday reports whether a date is a bank holiday in England and
// Wales: the days of the Banking and Financial Dealings Act 1971, schedule 1,
// and of the customary proclamations, by rule, with the one-off changes of
// 2020 to 2023.
func IsBankHoliday(d Date) bool {
	year, month, day := d.Civil()
	if moved, ok := proclaimed[year]; ok {
		for _, p := range moved {
			if p.date == d {
				return p.holiday
			}
		}
	}
	weekday := d.Weekday()
	switch month {
	case time.January:
		return d == substitute(NewDate(year, time.January, 1))
	case time.March, time.April:
		easter := EasterSunday(year)
		return d == easter-2 || d == easter+1
	case time.May:
		return weekday == time.Monday && (day <= 7 || day > 24)
	case time.August:
		return weekday == time.Monday && day > 24
	case time.December:
		christmas := substitute(NewDate(year, time.December, 25))
		boxing := substitute(NewDate(year, time.December, 26))
		if boxing <= christmas {
			boxing = christmas + 1
		}
		return d == christmas || d == boxing
	}
	return false
}

// substitute moves a holiday that falls on a weekend to the next weekday.
func substitute(d Date) Date {
	for d.Weekday() == time.Saturday || d.Weekday() == time.Sunday {
		d++
	}
	return d
}

type proclamation struct {
	date    Date
	holiday bool
}

// proclaimed lists the royal proclamations that moved or added a day.
var proclaimed = map[int][]proclamation{
	2020: {{MustDate("2020-05-04"), false}, {MustDate("2020-05-08"), true}},
	2022: {{MustDate("2022-05-30"), false}, {MustDate("2022-06-02"), true}, {MustDate("2022-06-03"), true}, {MustDate("2022-09-19"), true}},
	2023: {{MustDate("2023-05-08"), true}},
}

// EasterSunday returns Easter of a Gregorian year by the anonymous algorithm
// (Meeus, Astronomical Algorithms, 2nd ed., ch. 8).
func EasterSunday(year int) Date {
	a, b, c := year%19, year/100, year%100
	d, e := b/4, b%4
	f := (b + 8) / 25
	g := (b - f + 1) / 3
	h := (19*a + b - d - g + 15) % 30
	i, k := c/4, c%4
	l := (32 + 2*e + 2*i - h - k) % 7
	m := (a + 11*h + 22*l) / 451
	month := (h + l - 7*m + 114) / 31
	day := (h+l-7*m+114)%31 + 1
	return NewDate(year, time.Month(month), day)
}
