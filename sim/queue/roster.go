package queue

import "fmt"

// Roster is a waiting list, in order of joining, of those who are kept
// elsewhere: it holds only their number there, so that a list of a hundred
// thousand fits a processor's cache. Members may leave from anywhere; that
// leaves a gap, which the head passes over when somebody asks for the first: it
// grows without bound where nobody ever does. Joining, leaving and asking for the
// first are O(1).
//
// Whoever keeps the members knows since when each has waited, and can check
// Little's law against Area.
type Roster struct {
	ring    []int32 // number of the member at a position, or gap
	mask    uint32
	head    uint32 // oldest position that may still be held
	tail    uint32 // position of the next to join
	waiting int
	area    int64
}

const gap int32 = -1

// NewRoster returns an empty waiting list.
func NewRoster() *Roster { return &Roster{ring: make([]int32, 1024), mask: 1023} }

// Reset empties the list, keeping its memory.
func (r *Roster) Reset() { r.head, r.tail, r.waiting, r.area = 0, 0, 0, 0 }

// Midnight counts who waits at the end of a day.
func (r *Roster) Midnight() { r.area += int64(r.waiting) }

// Area is the sum over midnights of how many waited, which is the midnights
// waited, added up over all who have waited and still do.
func (r *Roster) Area() int64 { return r.area }

// Len returns how many wait.
func (r *Roster) Len() int { return r.waiting }

// Join puts a member at the end and returns its position, which is its handle
// for as long as it waits.
func (r *Roster) Join(member int32) uint32 {
	if r.tail-r.head == uint32(len(r.ring)) {
		r.grow()
	}
	position := r.tail
	r.tail++
	r.ring[position&r.mask] = member
	r.waiting++
	return position
}

func (r *Roster) grow() {
	ring := make([]int32, 2*len(r.ring))
	mask := uint32(len(ring) - 1)
	for p := r.head; p != r.tail; p++ {
		ring[p&mask] = r.ring[p&r.mask]
	}
	r.ring, r.mask = ring, mask
}

// Leave takes a member off the list. It panics if somebody else, or nobody,
// waits at the position.
func (r *Roster) Leave(position uint32, member int32) {
	at := &r.ring[position&r.mask]
	if position-r.head >= r.tail-r.head || *at != member {
		panic(fmt.Sprintf("queue: member %d does not wait at position %d", member, position))
	}
	*at = gap
	r.waiting--
}

// First returns the member that has waited longest, or reports that nobody
// waits.
func (r *Roster) First() (member int32, ok bool) {
	for ; r.head != r.tail; r.head++ {
		if member = r.ring[r.head&r.mask]; member != gap {
			return member, true
		}
	}
	return gap, false
}
