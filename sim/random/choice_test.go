package random

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestChoiceIsTheFirstShareThatExceeds holds a search from the start beside the
// guide table, at random numbers and at the shares themselves.
func TestChoiceIsTheFirstShareThatExceeds(t *testing.T) {
	slow := func(cumulative []float64, u float64) int {
		for i, c := range cumulative {
			if u < c {
				return i
			}
		}
		return len(cumulative) - 1
	}
	r := rand.New(rand.NewPCG(3, 1))
	for range 300 {
		cumulative, total := make([]float64, 1+r.IntN(256)), 0.0
		for i := range cumulative {
			if r.IntN(4) > 0 { // some have no share
				total += math.Pow(r.Float64(), 8)
			}
			cumulative[i] = total
		}
		short := 1 - 1e-9*float64(r.IntN(2)) // shares may not quite add up to 1
		for i := range cumulative {
			cumulative[i] *= short / max(total, 1e-300)
		}
		var c Choice
		c.Compile(cumulative)
		numbers := append([]float64{inside(0), inside(math.MaxUint64)}, cumulative...)
		for range 2000 {
			numbers = append(numbers, r.Float64())
		}
		for _, u := range numbers {
			if u >= 1 {
				continue
			}
			if got, want := c.At(u), slow(cumulative, u); got != want {
				t.Fatalf("of %d shares, %v gives %d, want %d", len(cumulative), u, got, want)
			}
		}
	}
}
