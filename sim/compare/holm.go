package compare

import (
	"math"
	"slices"

	"asylumsim/sim/measure"
)

// Holm adjusts the p-values of a family of comparisons so that the chance of
// any false alarm in the family is bounded by the level at which they are
// read: the i-th smallest of m is multiplied by m-i+1, and none is smaller
// than the one before it (Holm 1979, Scandinavian Journal of Statistics 6(2),
// 65-70). A NaN is no comparison: it stays and does not count.
func Holm(p []float64) []float64 {
	adjusted := slices.Clone(p)
	var order []int
	for i, v := range p {
		if !math.IsNaN(v) {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int {
		switch {
		case p[a] < p[b]:
			return -1
		case p[a] > p[b]:
			return 1
		}
		return 0
	})
	least := 0.0
	for rank, i := range order {
		least = max(least, min(1, float64(len(order)-rank)*p[i]))
		adjusted[i] = least
	}
	return adjusted
}

// Adjust fills in PHolm of differences: the regimes of the same output and period
// are a family.
func Adjust(rows []Difference) {
	type family struct {
		output measure.Output
		period string
	}
	members := map[family][]int{}
	for i, d := range rows {
		of := family{d.Output, d.Period}
		members[of] = append(members[of], i)
	}
	for _, of := range members {
		p := make([]float64, len(of))
		for k, i := range of {
			p[k] = rows[i].PValue
		}
		for k, adjusted := range Holm(p) {
			rows[of[k]].PHolm = adjusted
		}
	}
}
