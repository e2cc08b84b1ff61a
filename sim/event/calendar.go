// Package event is the event list of the simulator: what is to happen, in
// order of time. It knows nothing about what happens.
package event

import (
	"fmt"
	"sort"

	"asylumsim/sim/clock"
)

// Entry is one pending event: its moment and the record that travels with it.
type Entry[R any] struct {
	At     clock.Tick
	Record R
}

// Calendar is an event list in total order: by tick, and in order of
// scheduling among equal ticks. R should be a small value without pointers.
//
// Events lie in one bucket per day, in chunks of a shared slab that grows page
// by page; a day's events are ordered when it is opened, and stay where they
// lie until the next. Scheduling and taking an event cost O(1), copy no record
// and allocate nothing once the slab has grown to the largest number pending.
//
// The trade accepted: the horizon is fixed and days are opened one after the
// other; an event scheduled into the day that is open is inserted in order,
// which costs a move of the rest of that day's keys.
type Calendar[R any] struct {
	days  clock.Day
	first []int32  // per day, its first chunk
	free  []uint32 // per day, the slot for its next event; 0 while it has none
	after []int32  // per chunk, the next one of its day
	pages []*[pageSlots]Entry[R]
	used  int32 // chunks handed out so far
	spare int32 // first chunk given back, or none

	day     clock.Day // the open day
	keys    []uint64  // second of the day <<32 | slot, sorted by second
	scratch []uint64
	next    int
	pending int
}

const (
	none       int32  = -1
	chunkSlots uint32 = 16
	pageSlots  uint32 = 4096
)

// NewCalendar returns an empty calendar for days 0 to days-1. The first day
// to open is 0.
func NewCalendar[R any](days clock.Day) *Calendar[R] {
	c := &Calendar[R]{days: days, first: make([]int32, days), free: make([]uint32, days)}
	c.Reset()
	return c
}

// Reset empties the calendar and goes back to before day 0, keeping its
// memory.
func (c *Calendar[R]) Reset() {
	clear(c.free)
	c.used, c.spare = 0, none
	c.day = -1
	c.keys, c.next, c.pending = c.keys[:0], 0, 0
}

// Pending returns the number of events scheduled and not yet taken.
func (c *Calendar[R]) Pending() int { return c.pending }

// Schedule adds an event and returns where its record belongs, which the caller
// fills in at once: what it holds before that is not defined. It returns nil,
// and adds nothing, when the event falls after the horizon; it panics when the
// event falls on a day already closed, or before one already taken today.
//
// The caller copies, and not the calendar, because it knows which fields of its
// record were just written: a processor that has to load wide what was stored
// narrow waits until all stores before it have reached memory.
func (c *Calendar[R]) Schedule(at clock.Tick) *R {
	day := at.Day()
	if day >= c.days {
		return nil
	}
	if day < c.day || day < 0 {
		panic(fmt.Sprintf("event: scheduled at %d, in the past of day %d", at, c.day))
	}
	c.pending++
	slot := c.free[day]
	if slot%chunkSlots == 0 { // the day has no chunk yet, or its last is full
		slot = c.extend(day, slot)
	}
	c.free[day] = slot + 1
	e := c.slot(slot)
	e.At = at
	if day == c.day {
		c.insertToday(at, slot)
	}
	return &e.Record
}

func (c *Calendar[R]) slot(i uint32) *Entry[R] { return &c.pages[i/pageSlots][i%pageSlots] }

// extend gives a day one more chunk and returns its first slot.
func (c *Calendar[R]) extend(day clock.Day, full uint32) uint32 {
	fresh := c.spare
	if fresh != none {
		c.spare = c.after[fresh]
	} else {
		fresh = c.used
		c.used++
		if int(fresh) == len(c.after) {
			c.after = append(c.after, none)
		}
		if uint32(fresh)*chunkSlots/pageSlots == uint32(len(c.pages)) {
			c.pages = append(c.pages, new([pageSlots]Entry[R]))
		}
	}
	if full == 0 {
		c.first[day] = fresh
	} else {
		c.after[full/chunkSlots-1] = fresh
	}
	return uint32(fresh) * chunkSlots
}

func (c *Calendar[R]) insertToday(at clock.Tick, slot uint32) {
	second := uint64(at - c.day.Tick())
	if c.next > 0 && second < c.keys[c.next-1]>>32 {
		panic(fmt.Sprintf("event: scheduled at %d, in the past of day %d", at, c.day))
	}
	rest := c.keys[c.next:]
	place := c.next + sort.Search(len(rest), func(i int) bool { return rest[i]>>32 > second })
	c.keys = append(c.keys, 0)
	copy(c.keys[place+1:], c.keys[place:])
	c.keys[place] = second<<32 | uint64(slot)
}

// Open closes the open day and opens the next one. It panics if events of the
// open day are left.
func (c *Calendar[R]) Open() {
	if c.next < len(c.keys) {
		panic(fmt.Sprintf("event: day %d closed with %d events left", c.day, len(c.keys)-c.next))
	}
	if c.day >= 0 {
		c.giveBack(c.day)
	}
	c.day++
	c.keys, c.next = c.keys[:0], 0
	start := c.day.Tick()
	for begin, entries := range c.chunksOf(c.day) {
		for i := range entries {
			c.keys = append(c.keys, uint64(entries[i].At-start)<<32|uint64(begin+uint32(i)))
		}
	}
	c.sortKeys()
}

// chunksOf goes through the chunks of a day, in order of scheduling.
func (c *Calendar[R]) chunksOf(day clock.Day) func(yield func(begin uint32, entries []Entry[R]) bool) {
	return func(yield func(uint32, []Entry[R]) bool) {
		end := c.free[day]
		if end == 0 {
			return
		}
		last := int32((end - 1) / chunkSlots)
		for chunk := c.first[day]; ; chunk = c.after[chunk] {
			begin := uint32(chunk) * chunkSlots
			n := chunkSlots
			if chunk == last {
				n = end - begin
			}
			if at := begin % pageSlots; !yield(begin, c.pages[begin/pageSlots][at:at+n]) || chunk == last {
				return
			}
		}
	}
}

// giveBack puts the chunks of a day among the spare ones.
func (c *Calendar[R]) giveBack(day clock.Day) {
	if end := c.free[day]; end > 0 {
		c.after[(end-1)/chunkSlots] = c.spare
		c.spare = c.first[day]
		c.free[day] = 0
	}
}

// sortKeys orders the keys by second of the day; equal seconds keep their order
// of scheduling. A stable counting pass puts the keys of a busy day into spans
// of some minutes, so that insertion has next to nothing left to move.
func (c *Calendar[R]) sortKeys() {
	if len(c.keys) > insertionMost {
		c.sortSpans()
	}
	keys := c.keys
	for i := 1; i < len(keys); i++ {
		k := keys[i]
		j := i
		for ; j > 0 && keys[j-1]>>32 > k>>32; j-- {
			keys[j] = keys[j-1]
		}
		keys[j] = k
	}
}

const (
	insertionMost = 24 // keys that insertion alone sorts faster
	spanShift     = 39 // spans of 2^(39-32) seconds
	spans         = (int(clock.DayTicks)-1)>>(spanShift-32) + 1
)

func (c *Calendar[R]) sortSpans() {
	n := len(c.keys)
	if cap(c.scratch) < n {
		c.scratch = make([]uint64, n, 2*n)
	}
	sorted := c.scratch[:n]
	var begins [spans + 1]int32
	for _, k := range c.keys {
		begins[k>>spanShift+1]++
	}
	for i := 1; i < spans; i++ {
		begins[i] += begins[i-1]
	}
	for _, k := range c.keys {
		b := &begins[k>>spanShift]
		sorted[*b] = k
		*b++
	}
	c.keys, c.scratch = sorted, c.keys
}

// Next takes the next event of the open day, or returns nil if none is left.
// The event may be changed; it stays valid until the next day is opened.
func (c *Calendar[R]) Next() *Entry[R] {
	if c.next == len(c.keys) {
		return nil
	}
	e := c.slot(uint32(c.keys[c.next]))
	c.next++
	c.pending--
	return e
}

// Each calls f for every event that is pending, day by day: those of the open day
// in order of time, those of a later day in the order in which they were
// scheduled. It is for audits and for changes of the rules that reach those who
// are waiting. f may schedule on later days; it may or may not see what it adds.
func (c *Calendar[R]) Each(f func(*Entry[R])) {
	for i := c.next; i < len(c.keys); i++ {
		f(c.slot(uint32(c.keys[i])))
	}
	for day := c.day + 1; day < c.days; day++ {
		for _, entries := range c.chunksOf(day) {
			for i := range entries {
				f(&entries[i])
			}
		}
	}
}
