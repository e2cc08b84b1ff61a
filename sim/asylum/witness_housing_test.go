package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/random"
)

// halls are the places as a witness found them at a midnight.
type halls struct {
	places   map[random.Key]place
	people   [NumHousing]int64
	detained int64 // beds of detention in use
}

// lookAtPlaces finds who lives where. Nobody has two places.
func (s *witness) lookAtPlaces() halls {
	h := halls{places: make(map[random.Key]place, len(s.halls.places)+16), detained: s.w.detention.beds.InUse}
	for i := range s.w.places {
		p := s.w.places[i]
		if p.key == 0 {
			continue
		}
		if _, twice := h.places[p.key]; twice {
			s.t.Fatalf("day %d: case %x has two places", s.w.day, p.key)
		}
		h.places[p.key] = p
		h.people[p.housing] += int64(p.people)
	}
	return h
}

// checkHousing: beds in use are the people who were found in places; nobody
// moves in while fewer beds are free than people, and nobody waits for
// dispersal who could have moved or whom somebody passed; who has left the
// system has no place.
func (s *witness) checkHousing(hand map[random.Key]seat, rest *stocks) {
	now, w, a := s.lookAtPlaces(), s.w, &s.rules.Accommodation
	sizes := map[Housing]int64{
		Dispersal: w.beds[Dispersal].Size, InitialAccommodation: int64(a.Initial),
		LargeSite: int64(a.LargeSite), OtherAccommodation: int64(a.Other),
	}
	for h := range NumHousing {
		if now.people[h] != w.beds[h].InUse {
			s.t.Fatalf("day %d: %d people live in %v, %d beds are in use", w.day, now.people[h], h, w.beds[h].InUse)
		}
		if size, limited := sizes[h]; limited && now.people[h] > max(size, s.halls.people[h]) {
			s.t.Fatalf("day %d: %d people in %d beds of %v, after %d", w.day, now.people[h], size, h, s.halls.people[h])
		}
	}
	if d, most := &w.detention, s.rules.Enforcement.BedsMost; d.beds.Size > int64(most) || d.beds.Size != int64(min(float64(most), d.growing.value)) {
		s.t.Fatalf("day %d: %d beds of detention, where there are at most %d", w.day, d.beds.Size, most)
	}
	if d := &w.detention; d.otherBeds < 0 || d.beds.InUse != int64(w.stock.totalPeople(Detained))+d.otherBeds || d.beds.InUse > max(d.beds.Size, s.halls.detained) {
		s.t.Fatalf("day %d: %d of %d detention beds in use, after %d", w.day, d.beds.InUse, d.beds.Size, s.halls.detained)
	}

	var first *place
	passed := ^uint32(0) // the last position from which somebody moved
	for key, p := range now.places {
		if p.queued && (first == nil || p.waiting < first.waiting) {
			first = &p
		}
		if before, ok := s.halls.places[key]; ok && before.queued && p.housing == Dispersal && (passed == ^uint32(0) || before.waiting > passed) {
			passed = before.waiting
		}
		if c, ok := hand[key]; ok && int64(c.People()) != int64(p.people) {
			s.t.Fatalf("day %d: %d people of a case of %d have a place", w.day, p.people, c.People())
		}
	}
	if first != nil && int64(first.people) <= sizes[Dispersal]-now.people[Dispersal] {
		s.t.Fatalf("day %d: %d beds of dispersal are free, and %d people wait", w.day, sizes[Dispersal]-now.people[Dispersal], first.people)
	}
	if first != nil && passed != ^uint32(0) && first.waiting < passed {
		s.t.Fatalf("day %d: somebody was passed on the list for dispersal", w.day)
	}
	for _, stage := range []Stage{Preparing, AppealWindow, OnwardWindow, Limbo, Departing} {
		if rest.totalCases(stage) != s.rest.totalCases(stage) {
			s.halls = now
			return // somebody rests from today, and may be housed to the end
		}
	}
	for key := range s.hand {
		if _, stays := hand[key]; !stays {
			if p, ok := now.places[key]; ok && p.ends == clock.Never {
				s.t.Fatalf("day %d: a case has left, and has a place in %v", w.day, p.housing)
			}
		}
	}
	s.halls = now
}
