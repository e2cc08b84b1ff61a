package random

import (
	"fmt"
	"math"
)

// Design is a set of points of the open unit cube, one for each draw of a set
// of uncertain quantities. Every point by itself is uniform on the cube; the
// designs differ in how the points of one randomisation lie to each other:
//
//   - Independent: not at all; any number of points.
//   - Latin: in every dimension one point in each of n equal strata.
//   - Sobol: with n a power of two, also balanced in several dimensions.
//
// A design belongs to a block. Blocks of one seed are independent
// randomisations of the same design. The standard error of a mean over the
// points of Latin or Sobol comes from the means of several blocks: the spread
// of the points over the square root of n does not estimate it.
//
// Coordinates do not depend on the order in which they are asked and cost no
// memory; a design is safe for concurrent use.
type Design interface {
	// At returns the coordinate of a point in a dimension, counted from 0 in
	// the order of the keys given: strictly between 0 and 1.
	At(index, dimension int) float64
	// Points is how many points the design has, 0 for any number.
	Points() int
	// Dimensions is how many coordinates a point has.
	Dimensions() int
}

// NamedKey is the key of a thing that is known by its name, such as a
// parameter: the 64-bit FNV-1a hash of the name, mixed.
func NamedKey(name string) Key {
	h := uint64(0xcbf29ce484222325)
	for i := range len(name) {
		h = (h ^ uint64(name[i])) * 0x100000001b3
	}
	return Key(mix(h))
}

// Independent is the design of independent points. A coordinate depends on
// the seed, the block, the index and the dimension's key alone: adding or
// moving a dimension changes no other.
type Independent struct {
	source Source
	keys   []Key
}

// NewIndependent returns the independent points of a seed and block whose
// dimensions have the given keys. It panics if two keys are equal.
func NewIndependent(seed uint64, block int, keys []Key) *Independent {
	return &Independent{designSource(seed, block, independentPoints), distinct(keys)}
}

// At returns the coordinate of a point in a dimension, of 52 bits. The index
// may be any up to 2^32 - 1.
func (d *Independent) At(index, dimension int) float64 {
	if uint64(index) > math.MaxUint32 {
		panic(fmt.Sprintf("random: point %d, want 0 to 2^32 - 1", index))
	}
	return inside(d.source.Bits(d.keys[dimension], slotPoint, uint32(index)))
}

// Points is 0: there is no end to them.
func (d *Independent) Points() int { return 0 }

// Dimensions is how many coordinates a point has.
func (d *Independent) Dimensions() int { return len(d.keys) }

// The purposes of the draws of designs. They are part of every result.
const (
	slotPoint Slot = iota
	slotShuffle
	slotJitter
)

// The kinds of design, which set their randomness apart.
const (
	independentPoints = iota + 1
	latinPoints
	sobolPoints
)

// designSource is the randomness of a block of a kind of design. It is none
// of the sources of NewSource, so that a parameter's draw is never the luck of
// a replication that has the same seed and number.
func designSource(seed uint64, block int, kind uint64) Source {
	return Source(mix(uint64(NewSource(seed, block)) ^ 0xd6e8feb86659fd93*kind))
}

// distinct copies keys, no two of which may be equal: their coordinates would
// be equal too.
func distinct(keys []Key) []Key {
	seen := make(map[Key]int, len(keys))
	for i, k := range keys {
		if j, twice := seen[k]; twice {
			panic(fmt.Sprintf("random: dimensions %d and %d have the same key %#x", j, i, uint64(k)))
		}
		seen[k] = i
	}
	return append([]Key(nil), keys...)
}
