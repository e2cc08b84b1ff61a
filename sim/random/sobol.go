package random

import (
	"fmt"
	"math/bits"
)

// sobolBits is the number of binary digits of Sobol's points before scrambling.
const sobolBits = 32

// MostSobolPoints bounds the points of a Sobol design, a thousand million.
const MostSobolPoints = 1 << 30

// Sobol is the design of the first n points of Sobol's sequence (1967,
// doi:10.1016/0041-5553(67)90144-9), in Gray code order (Antonov & Saleev
// 1979) with the direction numbers of Joe & Kuo (2008), under Owen's nested
// uniform scrambling (1995, doi:10.1007/978-1-4612-2552-2_19).
//
// Whatever n is, every point is uniform on the cube, so that a mean over the
// points is unbiased. The rest holds only if Balanced, that is if n is a power
// of two: in every dimension each of the n equal strata holds one point, and
// in dimensions 0 and 1 together each of the n equal rectangles of any
// elementary division. Further sets of dimensions are balanced in coarser
// divisions, in general the earlier the dimensions, the finer. With another n
// some strata hold more points than others.
//
// A design of more points begins with the points of a smaller one. All blocks
// scramble the same first n points of the sequence.
//
// The scrambling of a dimension follows its key, but its direction numbers
// follow its position in the list. Adding a dimension at the end changes no
// other; adding or moving one elsewhere changes all from there on. Dimensions
// that matter most belong first.
type Sobol struct {
	scrambles []uint64 // by dimension
	vectors   [][sobolBits]uint32
	n         int
}

// NewSobol returns the scrambled Sobol design of n points of a seed and block
// whose dimensions have the given keys, in their order. It panics if n is not
// in 1 to MostSobolPoints, if there are more keys than MostSobolDimensions or
// if two keys are equal.
func NewSobol(seed uint64, block, n int, keys []Key) *Sobol {
	if n < 1 || n > MostSobolPoints {
		panic(fmt.Sprintf("random: Sobol design of %d points, want 1 to %d", n, MostSobolPoints))
	}
	if len(keys) > MostSobolDimensions {
		panic(fmt.Sprintf("random: Sobol design of %d dimensions, want at most %d", len(keys), MostSobolDimensions))
	}
	source := designSource(seed, block, sobolPoints)
	d := &Sobol{vectors: sobolVectors(len(keys)), n: n}
	for _, key := range distinct(keys) {
		d.scrambles = append(d.scrambles, mix(uint64(source)^uint64(key)))
	}
	return d
}

// At returns the coordinate of a point in a dimension, of 52 bits.
func (d *Sobol) At(index, dimension int) float64 {
	if uint(index) >= uint(d.n) {
		panic(fmt.Sprintf("random: point %d of %d", index, d.n))
	}
	return inside(scramble(d.scrambles[dimension], sobolPoint(&d.vectors[dimension], uint32(index))))
}

// Points is the number of points.
func (d *Sobol) Points() int { return d.n }

// Dimensions is how many coordinates a point has.
func (d *Sobol) Dimensions() int { return len(d.scrambles) }

// Balanced reports whether the number of points is a power of two.
func (d *Sobol) Balanced() bool { return d.n&(d.n-1) == 0 }

// sobolPoint is the coordinate of a point of the sequence, unscrambled, as a
// multiple of 2^-sobolBits.
func sobolPoint(vectors *[sobolBits]uint32, index uint32) uint32 {
	x := uint32(0)
	for gray := index ^ index>>1; gray != 0; gray &= gray - 1 {
		x ^= vectors[bits.TrailingZeros32(gray)]
	}
	return x
}

// scramble gives a coordinate Owen's nested uniform scrambling: a digit is
// flipped or not by a random bit of its own for each value of the digits
// before it. The values of the digits before are the nodes of a binary tree
// whose k-th level holds nodes 2^k to 2^(k+1) - 1, and the random bit of node
// i is the first of the i-th output of SplitMix64 from the key. Digits after
// the last of a point are random: no two points of a dimension share them.
//
// This is the scrambling itself and not a hash that resembles it, at the price
// of one output a digit: some 0.2 microseconds a coordinate.
func scramble(key uint64, x uint32) uint64 {
	flips := uint64(0)
	node := uint64(1)
	for k := sobolBits - 1; k >= 0; k-- {
		flips = flips<<1 | mix(key+golden*node)>>63
		node = node<<1 | uint64(x)>>k&1
	}
	return (uint64(x)^flips)<<(64-sobolBits) | mix(key+golden*node)>>sobolBits
}
