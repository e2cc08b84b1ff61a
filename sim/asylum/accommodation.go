package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/queue"
	"asylumsim/sim/random"
)

// place is where a supported case lives: the meeting point of its legal stage
// and its accommodation. The legal record carries the index and touches the
// place only when accommodation changes.
type place struct {
	key   random.Key // whose place it is; 0 when free
	ends  clock.Tick // end of support if it is set, else clock.Never
	since clock.Day  // first night in this housing
	// nextFree links a free place to the next one.
	nextFree int32
	waiting  uint32 // position in the waiting list for dispersal
	people   uint8
	housing  Housing
	family   bool
	refused  bool // subject to removal
	queued   bool // on the waiting list
}

// unlimited is the size of housing that takes the overflow.
const unlimited = int64(1) << 60

// accommodate finds a place for a case that has just begun to need one. A
// single adult who is not vulnerable goes to a large site, and anybody to other
// accommodation or to initial accommodation, while a bed is free; hotels take
// the rest. Those in initial accommodation and hotels join the waiting list for
// dispersal.
func (w *World) accommodate(c *Case) int32 {
	people := int64(c.People())
	switch {
	case c.SingleAdult() && !c.Flags.Has(Vulnerable) && w.beds[LargeSite].Free() >= people:
		return w.occupy(c, LargeSite)
	case w.beds[OtherAccommodation].Free() >= people:
		return w.occupy(c, OtherAccommodation)
	case w.beds[InitialAccommodation].Free() >= people:
		return w.occupy(c, InitialAccommodation)
	}
	return w.occupy(c, Hotel)
}

// occupy gives a case a place in a kind of housing that has room for it.
func (w *World) occupy(c *Case, h Housing) int32 {
	i := w.freePlace
	if i == noPlace {
		w.places = append(w.places, place{})
		i = int32(len(w.places) - 1)
	} else {
		w.freePlace = w.places[i].nextFree
	}
	p := &w.places[i] // every field is set: those not here by enter
	p.key, p.ends, p.people, p.family = c.Key, clock.Never, uint8(c.People()), c.Family()
	p.waiting, p.refused, p.queued = 0, false, false
	w.enter(i, h)
	return i
}

// enter moves a place's people into a kind of housing.
func (w *World) enter(i int32, h Housing) {
	p := &w.places[i]
	if !w.beds[h].Take(int64(p.people)) {
		panic("asylum: no bed is free in " + h.String())
	}
	p.housing, p.since = h, w.day
	if p.housing == Hotel || p.housing == InitialAccommodation {
		p.waiting, p.queued = w.dispersalList.Join(i), true
	}
	w.countRefusedFamily(p, 1)
}

// leave moves a place's people out of their housing.
func (w *World) leave(i int32) {
	p := &w.places[i]
	w.countRefusedFamily(p, -1)
	w.beds[p.housing].Give(int64(p.people))
	if p.housing == Hotel {
		w.recordStay(p)
	}
	w.stayNights[p.housing] += int64(w.day-p.since) * int64(p.people)
	if p.queued {
		w.dispersalList.Leave(p.waiting, i)
		w.dispersalWaits += int64(w.day - p.since)
		p.queued = false
	}
}

// vacate gives a place up.
func (w *World) vacate(i int32) {
	w.leave(i)
	p := &w.places[i]
	p.key, p.people, p.nextFree = 0, 0, w.freePlace
	w.freePlace = i
}

// holdsPlace reports whether a case's place is still its own.
func (w *World) holdsPlace(c *Case) bool {
	return c.Place != noPlace && w.places[c.Place].key == c.Key
}

// moveToDispersal gives free dispersal beds to those who have waited longest.
// Families move whole: whoever is first waits until there is room.
func (w *World) moveToDispersal() {
	for {
		i, ok := w.dispersalList.First()
		if !ok || w.beds[Dispersal].Free() < int64(w.places[i].people) {
			return
		}
		w.leave(i)
		w.enter(i, Dispersal)
	}
}

// markRefused notes that a place's case is subject to removal.
func (w *World) markRefused(i int32) {
	p := &w.places[i]
	if !p.refused {
		p.refused = true
		w.countRefusedFamily(p, 1)
	}
}

// keepPlace lets a case stay whose support was about to end: it is a claimant
// again.
func (w *World) keepPlace(i int32) {
	p := &w.places[i]
	p.ends = clock.Never
	if p.refused {
		w.countRefusedFamily(p, -1)
		p.refused = false
	}
}

func (w *World) countRefusedFamily(p *place, n int64) {
	if p.refused && p.family && p.housing == Hotel {
		w.refusedFamiliesInHotels += n
	}
}

// resetBeds empties all housing.
func (w *World) resetBeds() {
	w.places, w.freePlace = w.places[:0], noPlace
	w.dispersalList.Reset()
	w.dispersalWaits = 0
	w.refusedFamiliesInHotels = 0
	for h := range w.beds {
		w.beds[h] = queue.Resource{}
		w.nights[h], w.stayNights[h] = 0, 0
	}
	w.beds[Hotel].Size = unlimited
	w.beds[SubsistenceOnly].Size = unlimited
	w.dispersalBeds = trend{}
	w.countBeds()
	w.dispersalBeds = trend{}
}
