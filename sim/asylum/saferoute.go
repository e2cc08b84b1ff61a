package asylum

import (
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// safeRoutes is the state of resettlement and other safe and legal routes.
//
// A calendar year has an endless list of potential cases, the same in every
// regime: the ordinal-th has a day of the year and a size. A yearly number of
// places admits the cases from the head of the list as far as the places go,
// each on its day. Arrivals are spread evenly, all places but the last few are
// used, and more places bring the same people and others.
type safeRoutes struct {
	entered unit.Cases // since the start of the run
	year    int
	arrived unit.People // this calendar year
	planned unit.People // places that order was drawn for
	// order holds the potential cases of the year that have not come yet, by
	// day: day of the year <<48 | ordinal <<24 | people up to and with it.
	order []uint64
	next  int
}

// mostPlaces bounds the places a year, by what order can hold.
const mostPlaces = 1 << 23

// arriveBySafeRoutes brings the day's arrivals by safe and legal routes. The
// number of a calendar year never exceeds the places in force on the day.
func (w *World) arriveBySafeRoutes(day clock.Day) {
	s := &w.safeRoutes
	places := unit.People(min(w.rules.SafeRoute.Places, mostPlaces))
	if places <= 0 {
		return
	}
	date := w.model.Timeline.Date(day)
	year, _, _ := date.Civil()
	if year != s.year {
		s.year, s.arrived, s.planned = year, 0, 0
	}
	today := uint64(date.YearDay())
	if places > s.planned {
		w.planSafeRoutes(places)
		for s.next = 0; s.next < len(s.order) && s.order[s.next]>>48 < today; {
			s.next++
		}
	}
	for ; s.next < len(s.order) && s.order[s.next]>>48 <= today; s.next++ {
		entry := s.order[s.next]
		if upTo := unit.People(entry & (1<<24 - 1)); upTo > places {
			continue
		}
		c := w.newResettled(safeRouteKey(s.year, uint32(entry>>24&(1<<24-1))))
		if s.arrived+c.People() <= places {
			w.resettle(&c, day)
		}
	}
}

func safeRouteKey(year int, ordinal uint32) random.Key {
	return random.KeyOf(keySafeRoute, int32(year), ordinal)
}

// planSafeRoutes draws the year's potential cases for a number of places.
func (w *World) planSafeRoutes(places unit.People) {
	s := &w.safeRoutes
	s.order, s.planned = s.order[:0], places
	days := float64(clock.NewDate(s.year, 12, 31).YearDay())
	upTo := unit.People(0)
	for ordinal := uint32(0); ; ordinal++ {
		key := safeRouteKey(s.year, ordinal)
		c := w.newResettled(key)
		if upTo += c.People(); upTo > places {
			break
		}
		yearDay := 1 + uint64(w.source.Uniform(key, drawPlaces, 0)*days)
		s.order = append(s.order, yearDay<<48|uint64(ordinal)<<24|uint64(upTo))
	}
	slices.Sort(s.order)
}

// newResettled draws the people of a case that comes by a safe route.
func (w *World) newResettled(key random.Key) (c Case) {
	c.begin(key, policy.OtherInCountry)
	c.Flags = Resettled
	s, a := &w.rules.SafeRoute, &w.rules.Applicants
	if w.chance(&c, drawFamily, 0, s.FamilyShare) {
		dependants := 1 + random.Geometric(a.Dependants-1, w.uniform(&c, drawDependants, 0))
		w.rules.addDependants(&c, min(dependants, maxCasePeople-1), w.uniform(&c, drawPartner, 0))
	}
	u, total := w.uniform(&c, drawNationality, 0), 0.0
	for n, share := range s.Nationality[:w.model.groups] {
		c.Nationality = policy.Nationality(n)
		if total += float64(share); u < total {
			break
		}
	}
	return c
}

// resettle lets a case in: with settlement at once, or with leave. Those who
// come and what they cost are counted in full.
func (w *World) resettle(c *Case, day clock.Day) {
	rules := &w.rules.SafeRoute
	people := c.People()
	w.safeRoutes.arrived += people
	w.row[measure.SafeRoutePeople] += int64(people)
	w.row[measure.SafeRouteCost] += int64(people) * int64(w.rules.Cost.SafeRoutePerson.Pence())
	if !w.sampled(c.Key) {
		return
	}
	w.events++
	w.now = day.Tick() + clock.Tick(w.uniform(c, drawPlaceTime, 0)*float64(clock.DayTicks))
	w.safeRoutes.entered++
	c.Claimed, c.Protected, c.Epoch = w.now, w.now, uint16(w.epoch)
	if w.chance(c, drawSettledOnArrival, 0, rules.SettledAtOnce) {
		w.row[measure.SettledPeople] += int64(people)
		w.move(c, Settled)
		return
	}
	w.move(c, Permitted)
	w.owe(c)
	w.startPermit(c, w.now)
}
