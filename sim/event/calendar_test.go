package event

import (
	"container/heap"
	"math/rand/v2"
	"testing"

	"asylumsim/sim/clock"
)

// list is the obvious event list: a heap ordered by tick and sequence.
type list struct {
	entries []numbered
	seq     int
}

type numbered struct {
	Entry[int]
	seq int
}

func (l *list) Len() int { return len(l.entries) }
func (l *list) Less(i, j int) bool {
	a, b := l.entries[i], l.entries[j]
	return a.At < b.At || a.At == b.At && a.seq < b.seq
}
func (l *list) Swap(i, j int) { l.entries[i], l.entries[j] = l.entries[j], l.entries[i] }
func (l *list) Push(x any)    { l.entries = append(l.entries, x.(numbered)) }
func (l *list) Pop() any {
	last := l.entries[len(l.entries)-1]
	l.entries = l.entries[:len(l.entries)-1]
	return last
}

// schedule puts a value into a calendar, and reports whether it lies within the
// horizon.
func schedule[R any](c *Calendar[R], at clock.Tick, record R) bool {
	entered := c.Schedule(at)
	if entered != nil {
		*entered = record
	}
	return entered != nil
}

// TestOrderIsThatOfAHeap schedules at random, from outside and from within a
// day, with many ties, and takes every event in step with a heap.
func TestOrderIsThatOfAHeap(t *testing.T) {
	const days = 60
	c := NewCalendar[int](days)
	for seed := range uint64(20) {
		r := rand.New(rand.NewPCG(seed, 7))
		c.Reset()
		var h list
		label := 0
		follow := func(from clock.Tick) {
			spread := clock.DayTicks
			if r.IntN(2) == 0 {
				spread = 20 * clock.DayTicks
			}
			at := from + clock.Tick(r.IntN(int(spread)))/600*600 // many ties
			if at < from {
				at = from
			}
			label++
			if schedule(c, at, label) {
				heap.Push(&h, numbered{Entry[int]{at, label}, h.seq})
				h.seq++
			}
		}
		for range 3000 {
			follow(0)
		}
		for range days {
			c.Open()
			for e := c.Next(); e != nil; e = c.Next() {
				if want := heap.Pop(&h).(numbered).Entry; *e != want {
					t.Fatalf("seed %d: took %v, the heap has %v", seed, *e, want)
				}
				if r.IntN(3) > 0 && label < 20000 {
					follow(e.At)
				}
			}
		}
		if h.Len() != 0 || c.Pending() != 0 {
			t.Fatalf("seed %d: %d events left in the heap, %d in the calendar", seed, h.Len(), c.Pending())
		}
	}
}

func TestEventsAfterTheHorizonAreRefused(t *testing.T) {
	c := NewCalendar[int](2)
	if schedule(c, 2*clock.DayTicks, 1) || schedule(c, clock.Never, 2) {
		t.Error("an event after the last day was taken")
	}
	if !schedule(c, 2*clock.DayTicks-1, 3) {
		t.Error("the last second of the last day was refused")
	}
	if c.Pending() != 1 {
		t.Errorf("%d events are pending, want 1", c.Pending())
	}
}

func TestThePastPanics(t *testing.T) {
	for name, act := range map[string]func(c *Calendar[int]){
		"a day that is closed":        func(c *Calendar[int]) { c.Open(); c.Open(); c.Schedule(100) },
		"before the last event taken": func(c *Calendar[int]) { c.Schedule(500); c.Open(); c.Next(); c.Schedule(499) },
		"closing with events left":    func(c *Calendar[int]) { c.Schedule(5); c.Open(); c.Open() },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s: no panic", name)
				}
			}()
			act(NewCalendar[int](5))
		}()
	}
}

func TestResetKeepsMemoryAndNothingElse(t *testing.T) {
	c := NewCalendar[int](100)
	fill := func() {
		for i := range 5000 {
			schedule(c, clock.Tick(i*1700), i)
		}
		for range 100 {
			c.Open()
			for e := c.Next(); e != nil; e = c.Next() {
			}
		}
	}
	fill()
	if allocated := testing.AllocsPerRun(5, func() { c.Reset(); fill() }); allocated != 0 {
		t.Errorf("a calendar that has grown allocated %v times in a run", allocated)
	}
	c.Reset()
	c.Schedule(150 * 1700)
	seen := 0
	c.Reset()
	c.Each(func(*Entry[int]) { seen++ })
	if seen != 0 || c.Pending() != 0 {
		t.Errorf("%d events survived a reset", seen)
	}
}

func BenchmarkCalendar(b *testing.B) {
	type record [5]uint64
	const days, pending = 3650, 200000
	c := NewCalendar[record](days)
	r := rand.New(rand.NewPCG(1, 2))
	var ahead [4096]clock.Tick
	for i := range ahead {
		ahead[i] = clock.Tick(r.IntN(400 * int(clock.DayTicks)))
	}
	events := 0
	b.ReportAllocs()
	for b.Loop() {
		c.Reset()
		for i := range pending {
			schedule(c, ahead[i%len(ahead)], record{})
		}
		for range days {
			c.Open()
			for e := c.Next(); e != nil; e = c.Next() {
				events++
				schedule(c, e.At+ahead[events%len(ahead)], e.Record)
			}
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(events), "ns/event")
}
