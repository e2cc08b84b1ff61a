package random

import (
	"hash/fnv"
	"math"
	"testing"
)

// TestTablesAreTheSameOnEveryProcessor pins the tables to the last bit, so that
// make arm64 finds a processor whose library of mathematics rounds one of their
// nodes otherwise: the nodes are rounded to 30 bits, which hides differences in
// the last of 53.
func TestTablesAreTheSameOnEveryProcessor(t *testing.T) {
	for _, c := range []struct {
		name  string
		table *Quantile
		want  uint64
	}{
		{"exponential", Exponential, 0x51ec7607fe6ed28},
		{"normal", Normal, 0x33822bf99f086b7a},
		{"log-normal", LogNormal(60, 0.8), 0x4db2f52c3fefaa11},
		{"log-normal, wide", LogNormal(400, 2.5), 0x4234cb6e4bf95f2e},
		{"Weibull", Weibull(1.3, 900), 0x8dcc89c5cb7a05a},
		{"Weibull, falling hazard", Weibull(0.7, 9000), 0xce20ebac34b379b7},
		{"truncated normal", TruncatedNormal(55, 20, 1, 120), 0xa4115319c390f18b},
	} {
		if got := digest(c.table); got != c.want {
			t.Errorf("%s: %#x, want %#x", c.name, got, c.want)
		}
	}
}

// digest is a hash of a table at 10,000 uniform numbers, from tail to tail.
func digest(q *Quantile) uint64 {
	const n = 10_000
	sum := fnv.New64a()
	for i := range n {
		u := (float64(i) + 0.5) / n
		for _, x := range []float64{q.At(u), q.At(u * u * u), q.At(1 - float64(u*u*u))} {
			bits := math.Float64bits(x)
			for shift := 0; shift < 64; shift += 8 {
				sum.Write([]byte{byte(bits >> shift)})
			}
		}
	}
	return sum.Sum64()
}
