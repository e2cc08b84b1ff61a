package asylum

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// crossings is the state of the small-boat process.
type crossings struct {
	crossed bool // whether boats could and did come yesterday, before any policy
	spell   int  // for how many days in a row it has been so
	// untruncated is the mean of the negative binomial whose zero-truncated
	// mean is today's boats, recomputed at month starts.
	untruncated float64
	boats       float64
	landings    clock.Day // day after the last one on which a boat landed
	growing     trend
	people      float64 // mean people on a boat today
}

// arriveByBoat draws the day's small boats and their passengers.
//
// Whether boats come depends on the month and on the spell of days with or
// without crossings. Boats on such a day are zero-truncated negative binomial
// around a seasonal mean times the quarter's level; people per boat are normal
// around a rising, capped mean. What scales arrivals thins whole boats, or
// adds boats from the envelope: the base boats are the same ones in every
// regime.
func (w *World) arriveByBoat(day clock.Day, month int) {
	if int(day) < len(w.known) {
		w.arriveAsKnown(day)
		return
	}
	x, c := &w.crossings, &w.rules.Crossings
	key := dayKey(policy.SmallBoat, day)
	spell := policy.SpellAfter(x.crossed, x.spell)
	crossed := w.source.Chance(key, drawCrossable, 0, w.rules.crossable[month][spell])
	x.follow(crossed)
	if !crossed {
		return
	}
	boats := truncatedBoats(x.untruncated, c.BoatsDispersion, w.source.Uniform(key, drawBoats, 0))
	scale, envelope := w.scale(policy.SmallBoat), float64(w.rules.Claims.Envelope)
	for ordinal := range boats {
		k := routeKey(policy.SmallBoat, day, ordinal)
		if scale < 1 && w.source.Uniform(k, drawBoatMark, 0) >= scale {
			continue
		}
		w.sail(k, day)
	}
	extra := 0
	if scale > 1 {
		extra = random.NegativeBinomial(float64(x.boats*(envelope-1)), c.BoatsDispersion, w.source.Uniform(key, drawExtraBoats, 0))
	}
	for ordinal := boats; ordinal < boats+extra; ordinal++ {
		k := routeKey(policy.SmallBoat, day, ordinal)
		if float64(w.source.Uniform(k, drawBoatMark, 0)*(envelope-1)) < scale-1 {
			w.sail(k, day)
		}
	}
}

// follow notes whether boats could and did come on a day.
func (x *crossings) follow(crossed bool) {
	if crossed == x.crossed {
		x.spell++
	} else {
		x.crossed, x.spell = crossed, 1
	}
}

// arriveAsKnown lands the boats and people that are already published for a
// day, spread evenly over the boats, at times that are drawn.
func (w *World) arriveAsKnown(day clock.Day) {
	known := w.known[day]
	w.crossings.follow(known.Boats > 0)
	for i := range known.Boats {
		boat := routeKey(policy.SmallBoat, day, i)
		people := int(known.People)*(i+1)/known.Boats - int(known.People)*i/known.Boats
		at := day.Tick() + clock.Tick(w.source.Uniform(boat, drawBoatTime, 0)*float64(clock.DayTicks))
		w.land(boat, at, people)
	}
}

// countPassengers sets today's mean number of people on a boat: it rises in a
// straight line up to a cap.
func (w *World) countPassengers() {
	c := &w.rules.Crossings
	w.crossings.people = min(c.PeopleCap, w.crossings.growing.follow(c.PeoplePerBoat, float64(c.PeopleGrowth*yearsPerDay)))
}

// peopleOn returns how many people a boat carries on a day.
func (w *World) peopleOn(boat random.Key, day clock.Day) int {
	mean := w.crossings.people
	z := random.Normal.At(w.source.Uniform(boat, drawBoatPeople, 0))
	return int(math.Round(min(max(mean+float64(w.rules.Crossings.PeopleSD*z), 1), 2*mean)))
}

// land brings one boat's people ashore; nearly all of them claim asylum. They
// are counted in full, and those of them who are simulated claim.
func (w *World) land(boat random.Key, at clock.Tick, people int) {
	w.row[measure.SmallBoats]++
	if next := at.Day() + 1; w.crossings.landings != next {
		w.crossings.landings = next
		w.row[measure.DaysWithArrivals]++
	}
	w.row[measure.SmallBoatArrivalsPeople] += int64(people)
	var c Case
	for ordinal := uint32(0); people > 0; ordinal++ {
		w.newCase(&c, boat.Child(keyPassenger, ordinal), policy.SmallBoat, people)
		people -= int(c.People())
		if w.sampled(c.Key) && w.chance(&c, drawClaiming, 0, w.rules.Crossings.ClaimShare) {
			w.claim(&c, at)
		}
	}
}

// startBoatMonth sets the mean number of boats on a crossing day.
func (w *World) startBoatMonth(month int) {
	x, c := &w.crossings, &w.rules.Crossings
	x.boats = float64(c.Boats*float64(c.BoatsSeason[month])) * w.factor[policy.BoatsDriver]
	x.untruncated = untruncatedMean(x.boats, c.BoatsDispersion)
}

// truncatedBoats returns a negative binomial variate that is not zero.
func truncatedBoats(mean, dispersion, u float64) int {
	if mean <= 0 {
		return 1
	}
	zero := math.Pow(dispersion/(dispersion+mean), dispersion)
	return max(1, random.NegativeBinomial(mean, dispersion, zero+float64(u*(1-zero))))
}

// untruncatedMean solves mean / (1 - P(0)) = truncated for the mean of a
// negative binomial distribution, by bisection; 0 where the truncated mean is
// 1 or less.
func untruncatedMean(truncated, dispersion float64) float64 {
	if truncated <= 1 {
		return 0
	}
	low, high := 0.0, truncated
	for range 60 {
		mid := float64((low + high) / 2)
		zero := math.Pow(dispersion/(dispersion+mid), dispersion)
		if mid < truncated*(1-zero) {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2
}
