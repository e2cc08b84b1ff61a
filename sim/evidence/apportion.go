package evidence

import (
	"math"
	"slices"

	"asylumsim/sim/asylum"
	"asylumsim/sim/unit"
)

// apportion splits a total into whole numbers in proportion to weights, which
// must not all be 0, by largest remainders (Hamilton's method); of equal
// remainders the earlier goes first.
func apportion(total int64, weights []float64) []int64 {
	sum := 0.0
	for _, w := range weights {
		sum += w
	}
	parts := make([]int64, len(weights))
	order := make([]int, len(weights))
	rest := make([]float64, len(weights))
	left := total
	for i, w := range weights {
		exact := float64(total) * w / sum
		parts[i] = int64(math.Floor(exact))
		rest[i] = exact - float64(parts[i])
		order[i] = i
		left -= parts[i]
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case rest[a] > rest[b]:
			return -1
		case rest[a] < rest[b]:
			return 1
		}
		return 0
	})
	for _, i := range order[:left] {
		parts[i]++
	}
	return parts
}

// bandsOf fills bands with a total of cases in proportion to weights and
// drops those that get none.
func bandsOf(total unit.Cases, bands []asylum.Band, weights []float64) []asylum.Band {
	var filled []asylum.Band
	for i, cases := range apportion(int64(total), weights) {
		if cases > 0 {
			b := bands[i]
			b.Cases = unit.Cases(cases)
			filled = append(filled, b)
		}
	}
	return filled
}
