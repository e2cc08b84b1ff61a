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
// The line is one ring. Positions are given in order of joining and never
// change, so that a position is a handle for as long as its holder waits.
// Leaving from the middle leaves a gap that the head passes over. Deadlines
// are doubly linked lists through the ring, one per day of the horizon, so
// that nothing about a deadline is left behind when its holder is served:
// joining, serving, leaving and reneging are all O(1).
type Line[T any] struct {
	ring    []place[T]
	mask    uint32
	head    uint32 // oldest position that may still be waiting
	tail    uint32 // position of the next to join
	waiting int
	due     []uint32 // per day, first position with that deadline, or nobody
	today   clock.Day

	// Little's law on the path: area is the sum over midnights of how many
	// waited, sojourn the sum over those who left of the midnights they waited.
	area    int64
	sojourn int64
}

type place[T any] struct {
	record     T
	deadline   clock.Day
	joined     clock.Day
	prev, next uint32 // neighbours in the deadline's list, or nobody
	waiting    bool
}

const nobody = ^uint32(0)

// NewLine returns an empty line for a horizon of days.
func NewLine[T any](days clock.Day) *Line[T] {
	l := &Line[T]{ring: make([]place[T], 1024), mask: 1023, due: make([]uint32, days)}
	l.Reset()
	return l
}

// Reset empties the line, keeping its memory.
func (l *Line[T]) Reset() {
	for d := range l.due {
		l.due[d] = nobody
	}
	l.head, l.tail, l.waiting, l.today = 0, 0, 0, -1
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
		if place := &l.ring[p&l.mask]; place.waiting {
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

// Join puts a record at the end of the line and returns its position. A
// deadline at or after the horizon, such as clock.NoDay, never falls due. It
// panics on a deadline that has passed: nobody would be let go by it.
func (l *Line[T]) Join(record T, deadline clock.Day) uint32 {
	if deadline <= l.today {
		panic(fmt.Sprintf("queue: deadline %d on day %d", deadline, l.today))
	}
	if l.tail-l.head == uint32(len(l.ring)) {
		l.grow()
	}
	position := l.tail
	l.tail++
	p := &l.ring[position&l.mask]
	*p = place[T]{record: record, deadline: deadline, joined: l.today, prev: nobody, next: nobody, waiting: true}
	l.waiting++
	if deadline >= 0 && int(deadline) < len(l.due) {
		p.next = l.due[deadline]
		if p.next != nobody {
			l.ring[p.next&l.mask].prev = position
		}
		l.due[deadline] = position
	}
	return position
}

func (l *Line[T]) grow() {
	ring := make([]place[T], 2*len(l.ring))
	mask := uint32(len(ring) - 1)
	for p := l.head; p != l.tail; p++ {
		ring[p&mask] = l.ring[p&l.mask]
	}
	l.ring, l.mask = ring, mask
}

// Serve takes the record that has waited longest, or reports that nobody
// waits.
func (l *Line[T]) Serve() (record T, ok bool) {
	for l.head != l.tail {
		position := l.head
		if l.ring[position&l.mask].waiting {
			record = l.Leave(position)
			return record, true
		}
		l.head++
	}
	return record, false
}

// ServeLast takes the record that joined last, or reports that nobody waits.
func (l *Line[T]) ServeLast() (record T, ok bool) {
	for ; l.head != l.tail; l.tail-- {
		if position := l.tail - 1; l.ring[position&l.mask].waiting {
			record = l.Leave(position)
			if l.head != l.tail {
				l.tail--
			}
			return record, true
		}
	}
	return record, false
}

// First returns the record that has waited longest without taking it.
func (l *Line[T]) First() (record *T, position uint32, ok bool) {
	for l.head != l.tail {
		if p := &l.ring[l.head&l.mask]; p.waiting {
			return &p.record, l.head, true
		}
		l.head++
	}
	return nil, 0, false
}

// Leave takes the record at a position out of the line. It panics if nobody
// waits there.
func (l *Line[T]) Leave(position uint32) T {
	p := &l.ring[position&l.mask]
	if position-l.head >= l.tail-l.head || !p.waiting {
		panic(fmt.Sprintf("queue: nobody waits at position %d", position))
	}
	if p.prev != nobody {
		l.ring[p.prev&l.mask].next = p.next
	} else if p.deadline >= 0 && int(p.deadline) < len(l.due) {
		l.due[p.deadline] = p.next
	}
	if p.next != nobody {
		l.ring[p.next&l.mask].prev = p.prev
	}
	p.waiting = false
	l.waiting--
	l.sojourn += int64(l.today - p.joined)
	if position == l.head {
		l.head++
	}
	return p.record
}

// Renege takes one record whose deadline is today, latest joined first, or
// reports that there is none left.
func (l *Line[T]) Renege() (record T, ok bool) {
	if position := l.due[l.today]; position != nobody {
		return l.Leave(position), true
	}
	return record, false
}

// Each calls f for every record that waits, in order. It is for audits.
func (l *Line[T]) Each(f func(*T)) {
	for p := l.head; p != l.tail; p++ {
		if place := &l.ring[p&l.mask]; place.waiting {
			f(&place.record)
		}
	}
}
