// Package queue holds what waits and what serves: a waiting line with
// reneging, and capacity that is released on working days. It knows nothing
// about who waits.
package queue

import (
	"fmt"

	"asylumsim/sim/clock"
)

// Line is a waiting line in order of joining. Whoever waits may have a
// deadline: a day on which they leave by themselves (reneging). T should be a
// small value without pointers.
//
// The line is a ring of pages. Positions are given in order of joining and never
// change, so that a position is a handle for as long as its holder waits.
// Leaving from the middle leaves a gap that the head passes over. Deadlines
// are doubly linked lists through the places, one per day of the horizon, so
// that nothing about a deadline is left behind when its holder is served:
// joining, serving, leaving and reneging are all O(1). Pages that the head has
// left are used again, so that a line takes the memory of the span from the first
// who waits to the last, gaps included, and of a page or two more.
type Line[T any] struct {
	ring    []*page[T] // page of position p at p/pageSize, modulo its length
	mask    uint32
	spare   []*page[T]
	head    uint32 // oldest position that may still be waiting
	tail    uint32 // position of the next to join
	kept    uint32 // first page that the head has not been seen to leave
	waiting int
	due     []uint32 // per day, first position with that deadline, or nobody
	today   clock.Day

	// Little's law on the path: area is the sum over midnights of how many
	// waited, sojourn the sum over those who left of the midnights they waited.
	area    int64
	sojourn int64
}

// pageSize is in places.
const pageSize = 1024

type page[T any] [pageSize]place[T]

type place[T any] struct {
	record     T
	deadline   clock.Day
	joined     clock.Day // or gone
	prev, next uint32    // neighbours in the deadline's list, or nobody
}

// gone is when nobody joined: the place is empty.
const gone = clock.NoDay

func (p *place[T]) waiting() bool { return p.joined != gone }

const nobody = ^uint32(0)

// NewLine returns an empty line for a horizon of days.
func NewLine[T any](days clock.Day) *Line[T] {
	l := &Line[T]{ring: make([]*page[T], 1), due: make([]uint32, days)}
	l.Reset()
	return l
}

// Reset empties the line, keeping its memory.
func (l *Line[T]) Reset() {
	for d := range l.due {
		l.due[d] = nobody
	}
	for i, p := range l.ring {
		if p != nil {
			l.spare, l.ring[i] = append(l.spare, p), nil
		}
	}
	l.head, l.tail, l.kept, l.waiting, l.today = 0, 0, 0, 0, -1
	l.area, l.sojourn = 0, 0
}

// Begin starts a day. Days must be begun one after the other; joining and
// leaving happen on the day begun last.
func (l *Line[T]) Begin(day clock.Day) {
	l.today = day
	l.area += int64(l.waiting)
}

// Balance checks Little's law on the path so far, which is exact: the
// midnights waited, added up over those who have waited and those who still
// do, are the numbers waiting added up over midnights.
func (l *Line[T]) Balance() error {
	waited := l.sojourn
	for p := l.head; p != l.tail; p++ {
		if place := l.at(p); place.waiting() {
			waited += int64(l.today - place.joined)
		}
	}
	if waited != l.area {
		return fmt.Errorf("waits add up to %d days, numbers waiting to %d", waited, l.area)
	}
	return nil
}

// Len returns how many wait.
func (l *Line[T]) Len() int { return l.waiting }

// Join adds a place at the end of the line and returns where the record belongs,
// which the caller fills in at once (event.Calendar.Schedule says why the caller
// does), and its position. A deadline at or after the horizon, such as
// clock.NoDay, never falls due. It panics on a deadline that has passed: nobody
// would be let go by it.
func (l *Line[T]) Join(deadline clock.Day) (*T, uint32) {
	if deadline <= l.today {
		panic(fmt.Sprintf("queue: deadline %d on day %d", deadline, l.today))
	}
	position := l.tail
	if position%pageSize == 0 {
		l.turnPage()
	}
	l.tail++
	p := l.at(position)
	p.deadline, p.joined, p.prev, p.next = deadline, l.today, nobody, nobody
	l.waiting++
	if deadline >= 0 && int(deadline) < len(l.due) {
		p.next = l.due[deadline]
		if p.next != nobody {
			l.at(p.next).prev = position
		}
		l.due[deadline] = position
	}
	return &p.record, position
}

// at returns the place of a position.
func (l *Line[T]) at(position uint32) *place[T] {
	return &l.ring[position/pageSize&l.mask][position%pageSize]
}

// turnPage makes ready the page that the tail enters. It takes back the pages
// that the head has left meanwhile.
func (l *Line[T]) turnPage() {
	for ; l.kept != l.head/pageSize; l.kept++ {
		i := l.kept & l.mask
		l.spare, l.ring[i] = append(l.spare, l.ring[i]), nil
	}
	entered := l.tail / pageSize
	if entered-l.kept == uint32(len(l.ring)) {
		ring := make([]*page[T], 2*len(l.ring))
		mask := uint32(len(ring) - 1)
		for p := l.kept; p != entered; p++ {
			ring[p&mask] = l.ring[p&l.mask]
		}
		l.ring, l.mask = ring, mask
	}
	fresh := &l.ring[entered&l.mask]
	if *fresh != nil {
		return // the tail has been here before, and went back
	}
	if last := len(l.spare) - 1; last >= 0 {
		*fresh, l.spare = l.spare[last], l.spare[:last]
	} else {
		*fresh = new(page[T])
	}
}

// Serve takes the record that has waited longest, copies it to into, or reports
// that nobody waits.
func (l *Line[T]) Serve(into *T) bool {
	for l.head != l.tail {
		position := l.head
		if l.at(position).waiting() {
			l.Leave(position, into)
			return true
		}
		l.head++
	}
	return false
}

// ServeLast takes the record that joined last, copies it to into, or reports that
// nobody waits.
func (l *Line[T]) ServeLast(into *T) bool {
	for ; l.head != l.tail; l.tail-- {
		if position := l.tail - 1; l.at(position).waiting() {
			l.Leave(position, into)
			if l.head != l.tail {
				l.tail--
			}
			return true
		}
	}
	return false
}

// First returns the record that has waited longest without taking it.
func (l *Line[T]) First() (record *T, position uint32, ok bool) {
	for l.head != l.tail {
		if p := l.at(l.head); p.waiting() {
			return &p.record, l.head, true
		}
		l.head++
	}
	return nil, 0, false
}

// Span returns the positions among which everybody who waits is: the first, and
// how many there are from it on, gaps included.
func (l *Line[T]) Span() (first, positions uint32) {
	l.First()
	return l.head, l.tail - l.head
}

// At returns the record at a position without taking it, or reports that nobody
// waits there.
func (l *Line[T]) At(position uint32) (record *T, ok bool) {
	if position-l.head >= l.tail-l.head {
		return nil, false
	}
	p := l.at(position)
	return &p.record, p.waiting()
}

// Leave takes the record at a position out of the line and copies it to into. It
// panics if nobody waits there.
func (l *Line[T]) Leave(position uint32, into *T) {
	if position-l.head >= l.tail-l.head || !l.at(position).waiting() {
		panic(fmt.Sprintf("queue: nobody waits at position %d", position))
	}
	p := l.at(position)
	if p.prev != nobody {
		l.at(p.prev).next = p.next
	} else if p.deadline >= 0 && int(p.deadline) < len(l.due) {
		l.due[p.deadline] = p.next
	}
	if p.next != nobody {
		l.at(p.next).prev = p.prev
	}
	l.waiting--
	l.sojourn += int64(l.today - p.joined)
	p.joined = gone
	if position == l.head {
		l.head++
	}
	*into = p.record
}

// Renege takes one record whose deadline is today, latest joined first, copies it
// to into, or reports that there is none left.
func (l *Line[T]) Renege(into *T) bool {
	position := l.due[l.today]
	if position == nobody {
		return false
	}
	l.Leave(position, into)
	return true
}

// Each calls f for every record that waits, in order. It is for audits.
func (l *Line[T]) Each(f func(*T)) {
	for p := l.head; p != l.tail; p++ {
		if place := l.at(p); place.waiting() {
			f(&place.record)
		}
	}
}
