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
// by page; a bucket is sorted when its day is opened. Scheduling and taking an
// event cost O(1) and allocate nothing once the slab has grown to the largest
// number pending.
//
// The trade accepted: the horizon is fixed and days are opened one after the
// other; an event scheduled into the day that is open is inserted in order,
// which costs a move of the rest of that day's keys.
type Calendar[R any] struct {
	days  clock.Day
	first []int32 // per day, its first chunk, or none
	last  []int32
	pages []*[pageSize]chunk[R]
	used  int32 // chunks handed out so far
	free  int32 // first chunk given back, or none

	day     clock.Day // the open day
	today   []Entry[R]
	keys    []uint64 // second of the day <<32 | index into today, sorted
	scratch []uint64
	next    int
	pending int

	// TestOnlyObserve, if set, sees every scheduling and every taking, so that
	// a test can hold an obvious event list beside this one.
	TestOnlyObserve func(scheduled bool, e Entry[R])
}

const (
	none      int32 = -1
	chunkSize int32 = 16
	pageSize  int32 = 256
)

type chunk[R any] struct {
	entries [chunkSize]Entry[R]
	used    int32
	next    int32
}

// NewCalendar returns an empty calendar for days 0 to days-1. The first day
// to open is 0.
func NewCalendar[R any](days clock.Day) *Calendar[R] {
	c := &Calendar[R]{first: make([]int32, days), last: make([]int32, days), days: days}
	c.Reset()
	return c
}

// Reset empties the calendar and goes back to before day 0, keeping its
// memory.
func (c *Calendar[R]) Reset() {
	for d := range c.first {
		c.first[d], c.last[d] = none, none
	}
	c.used, c.free = 0, none
	c.day = -1
	c.today, c.keys, c.next, c.pending = c.today[:0], c.keys[:0], 0, 0
}

// Pending returns the number of events scheduled and not yet taken.
func (c *Calendar[R]) Pending() int { return c.pending }

// Schedule adds an event. It reports false, and adds nothing, when the event
// falls after the horizon; it panics when the event falls on a day already
// closed, or before one already taken today.
func (c *Calendar[R]) Schedule(at clock.Tick, record R) bool {
	day := at.Day()
	if day >= c.days {
		return false
	}
	if c.TestOnlyObserve != nil {
		c.TestOnlyObserve(true, Entry[R]{at, record})
	}
	c.pending++
	if day <= c.day {
		c.insertToday(at, record)
		return true
	}
	tail := c.last[day]
	if tail == none || c.chunk(tail).used == chunkSize {
		fresh := c.takeChunk()
		if tail == none {
			c.first[day] = fresh
		} else {
			c.chunk(tail).next = fresh
		}
		c.last[day] = fresh
		tail = fresh
	}
	k := c.chunk(tail)
	k.entries[k.used] = Entry[R]{at, record}
	k.used++
	return true
}

func (c *Calendar[R]) chunk(i int32) *chunk[R] {
	return &c.pages[uint32(i)/uint32(pageSize)][uint32(i)%uint32(pageSize)]
}

func (c *Calendar[R]) takeChunk() int32 {
	i := c.free
	if i != none {
		c.free = c.chunk(i).next
	} else {
		i = c.used
		c.used++
		if int(i/pageSize) == len(c.pages) {
			c.pages = append(c.pages, new([pageSize]chunk[R]))
		}
	}
	k := c.chunk(i)
	k.used, k.next = 0, none
	return i
}

func (c *Calendar[R]) insertToday(at clock.Tick, record R) {
	second := int64(at) - int64(c.day.Tick())
	if second < 0 || (c.next > 0 && uint64(second) < c.keys[c.next-1]>>32) {
		panic(fmt.Sprintf("event: scheduled at %d, in the past of day %d", at, c.day))
	}
	key := uint64(second)<<32 | uint64(len(c.today))
	c.today = append(c.today, Entry[R]{at, record})
	rest := c.keys[c.next:]
	place := c.next + sort.Search(len(rest), func(i int) bool { return rest[i] > key })
	c.keys = append(c.keys, 0)
	copy(c.keys[place+1:], c.keys[place:])
	c.keys[place] = key
}

// Open closes the open day and opens the next one. It panics if events of the
// open day are left.
func (c *Calendar[R]) Open() {
	if c.next < len(c.keys) {
		panic(fmt.Sprintf("event: day %d closed with %d events left", c.day, len(c.keys)-c.next))
	}
	c.day++
	c.today, c.keys, c.next = c.today[:0], c.keys[:0], 0
	start := c.day.Tick()
	for i := c.first[c.day]; i != none; {
		k := c.chunk(i)
		for j := range k.entries[:k.used] {
			e := &k.entries[j]
			c.keys = append(c.keys, uint64(e.At-start)<<32|uint64(len(c.today)))
			c.today = append(c.today, *e)
		}
		next := k.next
		k.next = c.free
		c.free = i
		i = next
	}
	c.first[c.day], c.last[c.day] = none, none
	c.sortKeys()
}

// sortKeys orders the keys by second of the day. Two stable counting passes
// of nine bits cover the 86,400 seconds; equal seconds keep their order of
// scheduling.
func (c *Calendar[R]) sortKeys() {
	n := len(c.keys)
	if n < 2 {
		return
	}
	if cap(c.scratch) < n {
		c.scratch = make([]uint64, n, 2*n)
	}
	from, to := c.keys, c.scratch[:n]
	for shift := 32; shift < 50; shift += 9 {
		var count [513]int32
		for _, k := range from {
			count[(k>>shift)&511+1]++
		}
		for i := 1; i < 512; i++ {
			count[i] += count[i-1]
		}
		for _, k := range from {
			b := (k >> shift) & 511
			to[count[b]] = k
			count[b]++
		}
		from, to = to, from
	}
}

// Next takes the next event of the open day, or reports that none is left.
func (c *Calendar[R]) Next(e *Entry[R]) bool {
	if c.next == len(c.keys) {
		return false
	}
	*e = c.today[uint32(c.keys[c.next])]
	c.next++
	c.pending--
	if c.TestOnlyObserve != nil {
		c.TestOnlyObserve(false, *e)
	}
	return true
}

// Each calls f for every event that is pending, day by day, in the order in
// which each day's events were scheduled. It is for audits.
func (c *Calendar[R]) Each(f func(*Entry[R])) {
	for i := c.next; i < len(c.keys); i++ {
		f(&c.today[uint32(c.keys[i])])
	}
	for d := range c.first {
		for i := c.first[d]; i != none; i = c.chunk(i).next {
			k := c.chunk(i)
			for j := range k.entries[:k.used] {
				f(&k.entries[j])
			}
		}
	}
}
