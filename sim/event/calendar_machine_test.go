package event

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"asylumsim/sim/clock"
)

// plainList is the most obvious event list: what is pending, kept sorted by tick
// and by order of scheduling.
type plainList []Entry[int]

// add puts an event behind all those of its tick.
func (l *plainList) add(e Entry[int]) {
	place := len(*l)
	for place > 0 && (*l)[place-1].At > e.At {
		place--
	}
	*l = slices.Insert(*l, place, e)
}

// on returns the events of a day.
func (l plainList) on(day clock.Day) (today []Entry[int]) {
	for _, e := range l {
		if e.At.Day() == day {
			today = append(today, e)
		}
	}
	return today
}

// calendarMachine drives a calendar and a plain list with the same calls.
type calendarMachine struct {
	days  clock.Day
	c     *Calendar[int]
	list  plainList
	day   clock.Day
	last  clock.Tick // before which nothing can be scheduled
	label int
}

// earliest is the first moment that is not in the past.
func (m *calendarMachine) earliest() clock.Tick { return max(m.last, m.day.Tick(), 0) }

// schedule adds events at one moment: now, which is the second of the event
// taken last, later today, on another day, on the horizon's last second or after
// it.
func (m *calendarMachine) schedule(t *rapid.T) {
	now, end := m.earliest(), m.days.Tick()
	at := rapid.OneOf(
		rapid.SampledFrom([]clock.Tick{now, now + 1, max(now, end-1), end, end + 1, clock.Never}),
		rapid.Map(rapid.IntRange(int(now), int(end)), func(n int) clock.Tick { return clock.Tick(n) }),
		rapid.Map(rapid.IntRange(0, 9), func(n int) clock.Tick { return max(now, (m.day + clock.Day(n)).Tick()) }),
	).Draw(t, "at")
	for range rapid.SampledFrom([]int{1, 2, 17, 40}).Draw(t, "events") { // of chunks of 16
		m.label++
		if entered := schedule(m.c, at, m.label); entered != (at < end) {
			t.Fatalf("an event at %d of a horizon of %d was taken: %v", at, end, entered)
		} else if entered {
			m.list.add(Entry[int]{at, m.label})
		}
	}
}

// take takes the next event of the day.
func (m *calendarMachine) take(t *rapid.T) {
	got, today := m.c.Next(), m.list.on(m.day)
	if got == nil {
		if len(today) > 0 {
			t.Fatalf("nothing is left of day %d, the list has %v", m.day, today)
		}
		return
	}
	if len(today) == 0 || *got != today[0] {
		t.Fatalf("took %v, the list has %v", *got, today)
	}
	m.last = got.At
	m.list = m.list[1:]
}

// open takes what is left of the day, and opens the next.
func (m *calendarMachine) open(t *rapid.T) {
	if m.day == m.days-1 {
		t.Skip("the last day")
	}
	for len(m.list.on(m.day)) > 0 {
		m.take(t)
	}
	m.c.Open()
	m.day++
}

func (m *calendarMachine) reset(t *rapid.T) {
	if rapid.IntRange(0, 9).Draw(t, "in ten") < 9 {
		t.Skip("resets would leave little to see")
	}
	m.c.Reset()
	m.list, m.day, m.last = nil, -1, 0
}

// check goes through what is pending: the open day in order of time, a later one
// in order of scheduling.
func (m *calendarMachine) check(t *rapid.T) {
	if m.c.Pending() != len(m.list) {
		t.Fatalf("%d events are pending, want %d", m.c.Pending(), len(m.list))
	}
	var got []Entry[int]
	m.c.Each(func(e *Entry[int]) { got = append(got, *e) })
	want := slices.Clone(m.list)
	slices.SortStableFunc(want, func(a, b Entry[int]) int {
		if a.At.Day() != b.At.Day() {
			return int(a.At.Day() - b.At.Day())
		}
		if a.At.Day() == m.day {
			return 0
		}
		return a.Record - b.Record
	})
	if !slices.Equal(got, want) {
		t.Fatalf("pending are %v, want %v", got, want)
	}
}

func TestCalendarIsASortedList(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := &calendarMachine{days: clock.Day(rapid.SampledFrom([]int{3, 1, 2, 40}).Draw(t, "days")), day: -1}
		m.c = NewCalendar[int](m.days)
		t.Repeat(map[string]func(*rapid.T){"schedule": m.schedule, "take": m.take, "open": m.open, "reset": m.reset, "": m.check})
	})
}

// TestSameSecondGoesAfter: what is scheduled for the very second that is being
// handled happens in it, behind those that were there before.
func TestSameSecondGoesAfter(t *testing.T) {
	c := NewCalendar[int](2)
	for label := range 3 {
		schedule(c, 500, label)
	}
	schedule(c, 501, 9)
	c.Open()
	if e := c.Next(); e.Record != 0 {
		t.Fatalf("took %d first", e.Record)
	}
	schedule(c, 500, 3)
	schedule(c, 500, 4)
	for want := range 4 {
		if e := c.Next(); e.Record != want+1 || e.At != 500 {
			t.Fatalf("took %v, want %d at 500", *e, want+1)
		}
	}
	if e := c.Next(); e.Record != 9 || c.Next() != nil {
		t.Errorf("took %v in the end, want 9", *e)
	}
}
