package asylum

import (
	"slices"

	"asylumsim/sim/measure"
	"asylumsim/sim/queue"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// A run can simulate a fraction 1/k of people and of every capacity. Cases are
// thinned where they enter, by a mark of their own, so that those of a smaller
// fraction are among those of a larger one, and are the same in every regime;
// whoever follows from a case (family, exchange, another claim) follows it.
// What thins nobody is counted in full. Everything else is counted as it
// happens to the part, the books are balanced on that, and only then it is
// multiplied by k.

// inFull are the outputs that a sampled run counts in full.
var inFull = [measure.NumOutputs]bool{
	measure.SmallBoatArrivalsPeople:     true,
	measure.SmallBoats:                  true,
	measure.DaysWithArrivals:            true,
	measure.CrossingsPreventedPeople:    true,
	measure.SafeRoutePeople:             true,
	measure.SafeRouteCost:               true,
	measure.OtherReturnsVoluntaryPeople: true,
	measure.OtherReturnsEnforcedPeople:  true,
	measure.FranceCost:                  true,
}

// sampled reports whether a potential case is among those that are simulated.
func (w *World) sampled(key random.Key) bool {
	k := w.model.fraction.K()
	return k == 1 || w.source.Uniform(key, drawSampled, 0)*float64(k) < 1
}

// divideOthers divides people who are only counted, and carries the remainder
// to the next of them.
func (w *World) divideOthers(people int64) int64 {
	d, k := &w.detention, w.model.fraction.K()
	d.undivided += people
	people = d.undivided / k
	d.undivided %= k
	return people
}

// keep lets a service use later what it had no use for today. In the whole
// that is lost with the day. A fraction 1/k has so little a day that it would
// lose more, and those who come meanwhile would wait for the next whole unit:
// it keeps what is left for k days, so that as much meets as many at a time.
func (w *World) keep(c *queue.Capacity, unused int, perDay float64) {
	if unused > 0 {
		c.Keep(unused, float64(w.model.fraction.K()-1)*perDay)
	}
}

// leftOver is what every service of a fraction 1/k has over at the start.
// Fractions of a unit are never served in the end, half a unit on average, and
// scaled back that would be k halves instead of one.
func (m *Model) leftOver() float64 { return 0.5 * (1 - 1/float64(m.fraction.K())) }

// Sample returns the opening stocks of a fraction of the system. Totals are
// rounded to the nearest whole number, and the bands of a stock, and the
// supported people by housing, are apportioned to theirs by largest remainders.
func (o *Opening) Sample(f unit.Fraction) *Opening {
	if f.Whole() {
		return o
	}
	k := f.K()
	s := *o
	s.Awaiting, s.AwaitingPeople = sampleStock(o.Awaiting, o.AwaitingPeople, k)
	s.Appeals, s.AppealPeople = sampleStock(o.Appeals, o.AppealPeople, k)
	s.Refused, s.RefusedPeople = sampleStock(o.Refused, o.RefusedPeople, k)
	s.Permits, s.PermitPeople = sampleStock(o.Permits, o.PermitPeople, k)
	s.HeldCases = nearest(o.HeldCases, k)
	s.DetainedCases = nearest(o.DetainedCases, k)
	s.AbscondedCases = nearest(o.AbscondedCases, k)
	sampleParts(s.Supported[:], k)
	return &s
}

// sampleStock divides a stock: its bands, and its people, of whom there are
// neither fewer nor more than fit the cases.
func sampleStock(bands []Band, people unit.People, k int64) ([]Band, unit.People) {
	cases := make([]unit.Cases, len(bands))
	for i, b := range bands {
		cases[i] = b.Cases
	}
	sampleParts(cases, k)
	bands = slices.Clone(bands)
	for i := range bands {
		bands[i].Cases = cases[i]
	}
	total := unit.People(TotalCases(bands))
	return bands, min(max(nearest(people, k), total), maxCasePeople*total)
}

// nearest divides a count by k, halves up.
func nearest[T ~int64](n T, k int64) T { return T((int64(n) + k/2) / k) }

// sampleParts divides counts by k so that their sum is its k-th part to the
// nearest: what rounding down leaves goes to the largest remainders, of equal
// ones the first.
func sampleParts[T ~int64](parts []T, k int64) {
	var total, sum int64
	order := make([]int, len(parts))
	rest := make([]int64, len(parts))
	for i, n := range parts {
		total += int64(n)
		order[i], rest[i] = i, int64(n)%k
		parts[i] = T(int64(n) / k)
		sum += int64(parts[i])
	}
	slices.SortStableFunc(order, func(a, b int) int { return int(rest[b] - rest[a]) })
	for _, i := range order[:nearest(total, k)-sum] {
		parts[i]++
	}
}

// scaleBack turns what was counted of a fraction into the whole's.
func (w *World) scaleBack() {
	k := w.model.fraction.K()
	if k == 1 {
		return
	}
	for month := range w.run.Months {
		row := &w.run.Months[month]
		for o := range measure.TotalCost {
			if !inFull[o] && o.Define().Unit != "FTE" { // staff are scaled where they are rounded
				row[o] *= k
			}
		}
		w.sumCosts(row, month)
	}
	for i := range w.run.Cohorts {
		for o := range w.run.Cohorts[i].Cases {
			w.run.Cohorts[i].Cases[o] *= k
		}
	}
	for wait := range w.run.Waits {
		for bin := range w.run.Waits[wait] {
			w.run.Waits[wait][bin] *= k
		}
	}
}
