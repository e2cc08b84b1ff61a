package clock

import "time"

// Tick is a moment of simulated time: whole seconds since time 0, negative
// before it. 32 bits reach 68 years either way.
type Tick int32

// Day is a whole day counted from time 0: day 0 is the first day simulated.
type Day int32

// DayTicks is the length of a day.
const DayTicks Tick = 86400

// Never is later than any moment of any run.
const Never Tick = 1<<31 - 1

// NoDay is later than any day of any run.
const NoDay Day = 1<<31 - 1

// Day returns the day that a tick falls in.
func (t Tick) Day() Day {
	if t < 0 {
		return Day((int64(t) - int64(DayTicks) + 1) / int64(DayTicks))
	}
	return Day(t / DayTicks)
}

// Tick returns midnight at the start of the day, or Never where 32 bits end. Of
// days before that they begin it returns the first moment there is.
func (d Day) Tick() Tick {
	if int64(d) > int64(Never)/int64(DayTicks) {
		return Never
	}
	if int64(d) < -int64(Never)/int64(DayTicks) {
		return -Never
	}
	return Tick(d) * DayTicks
}

// After returns the tick n days (whole or not) later, or Never where that is
// not representable. Fractions of a second are dropped.
func (t Tick) After(days float64) Tick {
	at := float64(t) + float64(days*float64(DayTicks))
	if !(at < float64(Never)) {
		return Never
	}
	return Tick(at)
}

// Timeline is the calendar of one run: which dates, months, financial years
// and working days its days are. It is immutable and shared by all worlds.
type Timeline struct {
	// Opening is the date of the opening stocks; day 0 is the day after it.
	Opening Date
	// Days is the length of the run.
	Days Day
	// Months lists the last date of each month of the run, in order. The last
	// entry is the last day of the run where that is not a month's end.
	Months []Date

	month       []int16
	working     []bool
	workingDays []int // per month of the run
	// monthStart lists the first day of each calendar month, from the one that
	// the run begins in to long after its end.
	monthStart []Day
}

// monthsAhead is how many months after the run are tabulated.
const monthsAhead = 12 * 40

// NewTimeline builds the calendar of a run of whole years after an opening
// date.
func NewTimeline(opening Date, years int) *Timeline {
	return TimelineUntil(opening, opening.AddMonths(12*years))
}

// TimelineUntil builds the calendar of a run from the day after an opening date
// to a later one, both whole days.
func TimelineUntil(opening, last Date) *Timeline {
	t := &Timeline{Opening: opening, Days: Day(last - opening)}
	t.month = make([]int16, t.Days)
	t.working = make([]bool, t.Days)
	for d := Day(0); d < t.Days; d++ {
		date := t.Date(d)
		if d == 0 || date > t.Months[len(t.Months)-1] {
			t.Months = append(t.Months, min(date.MonthEnd(), last))
			t.workingDays = append(t.workingDays, workingDaysInMonth(date))
		}
		t.month[d] = int16(len(t.Months) - 1)
		t.working[d] = IsWorkingDay(date)
	}
	year, month, _ := t.Date(0).Civil()
	for m := range len(t.Months) + monthsAhead {
		t.monthStart = append(t.monthStart, t.DayOf(NewDate(year, month+time.Month(m), 1)))
	}
	return t
}

// Date returns the date of a day, inside the run or not.
func (t *Timeline) Date(d Day) Date { return t.Opening + 1 + Date(d) }

// DayOf returns the day of a date, negative before the run.
func (t *Timeline) DayOf(d Date) Day { return Day(d - t.Opening - 1) }

// End is the first tick after the run.
func (t *Timeline) End() Tick { return t.Days.Tick() }

// Month returns the index into Months of a day inside the run.
func (t *Timeline) Month(d Day) int { return int(t.month[d]) }

// Working reports whether a day inside the run is a working day.
func (t *Timeline) Working(d Day) bool { return t.working[d] }

// WorkingDays returns how many working days the whole calendar month has that
// a day of the run falls in.
func (t *Timeline) WorkingDays(d Day) int { return t.workingDays[t.month[d]] }

func workingDaysInMonth(date Date) int {
	year, month, _ := date.Civil()
	n := 0
	for d := NewDate(year, month, 1); d <= date.MonthEnd(); d++ {
		if IsWorkingDay(d) {
			n++
		}
	}
	return n
}

// MonthsAfter returns the tick at the start of the date n calendar months
// after the date of t, or Never where 32 bits end.
func (t *Timeline) MonthsAfter(at Tick, n int) Tick {
	if d := at.Day(); 0 <= d && d < t.Days && n >= 0 {
		from := int(t.month[d])
		if to := from + n; to+1 < len(t.monthStart) {
			return min(t.monthStart[to]+d-t.monthStart[from], t.monthStart[to+1]-1).Tick()
		}
	}
	return t.DayOf(t.Date(at.Day()).AddMonths(n)).Tick()
}
