package random

import (
	"fmt"
	"math/bits"
)

// MostLatinPoints bounds the points of a Latin hypercube, so that a stratum
// and 32 bits of place within it fit a floating-point number exactly.
const MostLatinPoints = 1 << 20

// Latin is a Latin hypercube design of n points (McKay, Beckman & Conover
// 1979, doi:10.2307/1268522): every dimension is cut into n equal strata, each
// of which holds exactly one point, at a uniform place within it.
//
// A dimension's strata are a uniformly random permutation of 0 to n - 1, keyed
// like the places within them by the dimension's key: adding or moving a
// dimension changes no other. The permutations are tabulated, four bytes for
// each point and dimension.
type Latin struct {
	source Source
	keys   []Key
	n      int
	strata []uint32 // of point i in dimension d, at d*n + i
}

// NewLatin returns the Latin hypercube of n points of a seed and block whose
// dimensions have the given keys. It panics if n is not in 1 to
// MostLatinPoints or if two keys are equal.
func NewLatin(seed uint64, block, n int, keys []Key) *Latin {
	if n < 1 || n > MostLatinPoints {
		panic(fmt.Sprintf("random: Latin hypercube of %d points, want 1 to %d", n, MostLatinPoints))
	}
	d := &Latin{
		source: designSource(seed, block, latinPoints),
		keys:   distinct(keys),
		n:      n,
		strata: make([]uint32, n*len(keys)),
	}
	for j, key := range d.keys {
		d.shuffle(key, d.strata[j*n:(j+1)*n])
	}
	return d
}

// shuffle fills a dimension's strata with a random permutation (Durstenfeld
// 1964, doi:10.1145/364520.364540). Reducing 64 bits to a number below i
// favours some by less than i/2^64.
func (d *Latin) shuffle(key Key, strata []uint32) {
	for i := range strata {
		j, _ := bits.Mul64(d.source.Bits(key, slotShuffle, uint32(i)), uint64(i)+1)
		strata[i] = strata[j]
		strata[j] = uint32(i)
	}
}

// At returns the coordinate of a point in a dimension.
func (d *Latin) At(index, dimension int) float64 {
	if uint(index) >= uint(d.n) {
		panic(fmt.Sprintf("random: point %d of %d", index, d.n))
	}
	stratum := d.strata[dimension*d.n+index]
	place := d.source.Bits(d.keys[dimension], slotJitter, uint32(index)) >> 32
	// 20 bits, 32 bits and the half fill 53: the sum is exact, and rounding
	// the quotient cannot carry it to the next stratum.
	return (float64(stratum) + float64((float64(place)+0.5)*0x1p-32)) / float64(d.n)
}

// Points is the number of points, and of strata in each dimension.
func (d *Latin) Points() int { return d.n }

// Dimensions is how many coordinates a point has.
func (d *Latin) Dimensions() int { return len(d.keys) }
