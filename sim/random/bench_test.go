package random

import (
	"math"
	"testing"
)

// BenchmarkDraw is one draw of each law, the uniform number it is made of
// included, with means and spreads of the size that the model uses.
func BenchmarkDraw(b *testing.B) {
	shares := make([]float64, 20) // cumulative, as of nationality groups
	for i := range shares {
		shares[i] = float64(i+1) / float64(len(shares))
	}
	var groups Choice
	groups.Compile(shares)
	table := func(q *Quantile) func(float64) float64 { return q.At }
	count := func(n int) float64 { return float64(n) }
	s := NewSource(1, 0)
	for _, law := range []struct {
		name string
		of   func(u float64) float64
	}{
		{"uniform", func(u float64) float64 { return u }},
		{"exponential", table(Exponential)},
		{"normal", table(Normal)},
		{"lognormal", table(LogNormal(135, 0.5))},
		{"weibull", table(Weibull(1.5, 700))},
		{"truncated-normal", table(TruncatedNormal(62, 15, 1, 123))},
		{"poisson/mean=5", func(u float64) float64 { return count(Poisson(5, u)) }},
		{"poisson/mean=80", func(u float64) float64 { return count(Poisson(80, u)) }},
		{"poisson/mean=1000", func(u float64) float64 { return count(Poisson(1000, u)) }},
		{"negative-binomial", func(u float64) float64 { return count(NegativeBinomial(4.6, 2.5, u)) }},
		{"geometric", func(u float64) float64 { return count(Geometric(1.2, u)) }},
		{"choice", func(u float64) float64 { return count(groups.At(u)) }},
	} {
		b.Run("law="+law.name, func(b *testing.B) {
			b.ReportAllocs()
			sum, key := 0.0, Key(0)
			for b.Loop() {
				key++
				sum += law.of(s.Uniform(key, 1, 0))
			}
			if math.IsNaN(sum) {
				b.Error("a draw is not a number")
			}
		})
	}
	b.Run("law=chance", func(b *testing.B) {
		b.ReportAllocs()
		happened, key := 0, Key(0)
		for b.Loop() {
			key++
			if s.Chance(key, 1, 0, 0.3) {
				happened++
			}
		}
		if happened == b.N && b.N > 100 {
			b.Errorf("a chance of 0.3 happened %d times out of %d", happened, b.N)
		}
	})
}
