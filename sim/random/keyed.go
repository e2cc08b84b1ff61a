// Package random draws random numbers that are a function of what they are
// for, not of when they are asked: (seed, replication, key, slot, occurrence).
// The same person meets the same luck in every regime of an experiment, so
// that paired differences are not drowned in noise (common random numbers),
// and results do not depend on the number of workers.
package random

// Key identifies who or what a draw is for: a case, a boat, a day of a route.
type Key uint64

// Slot is the purpose of a draw. Slots are a stable enumeration of the
// package that draws: adding one never shifts another.
type Slot uint16

// Source is the randomness of one replication.
type Source uint64

// NewSource returns the source of a replication of an experiment's seed.
func NewSource(seed uint64, replication int) Source {
	return Source(mix(mix(seed+golden) + golden*uint64(replication+1)))
}

const golden = 0x9e3779b97f4a7c15 // 2^64 / golden ratio, the SplitMix64 increment

// mix is the output function of SplitMix64 (Steele, Lea & Flood 2014,
// doi:10.1145/2714064.2660195, with Stafford's variant 13 constants): a
// bijection of 64-bit words in which every input bit flips every output bit
// with a chance near one half.
func mix(z uint64) uint64 {
	z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
	z = (z ^ z>>27) * 0x94d049bb133111eb
	return z ^ z>>31
}

// KeyOf builds the key of the ordinal-th thing of a kind on a day. It holds
// no regime, so that the same potential case has the same key in all of them.
func KeyOf(kind uint8, day int32, ordinal uint32) Key {
	return Key(mix(uint64(kind)<<56 ^ uint64(uint32(day))<<24 ^ uint64(ordinal)))
}

// Child is the key of the ordinal-th thing of a kind derived from a parent:
// a passenger of a boat, a further submission of a case.
func (k Key) Child(kind uint8, ordinal uint32) Key {
	return Key(mix(uint64(k) + golden*(uint64(kind)<<32|uint64(ordinal)+1)))
}

// Bits returns 64 random bits for the occurrence-th use of a slot by a key.
//
// Source and key are outputs of mix already, so that their sum is a state of
// SplitMix64 as good as any; slot and occurrence say how many steps after it.
// Two draws of a replication share their bits only if two states happen to lie
// a few steps apart: for the ten million draws of a replication the chance that
// any two do is about 10^14 / 2^64, five in a million.
func (s Source) Bits(k Key, slot Slot, occurrence uint32) uint64 {
	return mix(uint64(s) + uint64(k) + golden*(uint64(slot)<<32|uint64(occurrence)+1))
}

// Uniform returns a number in the open interval (0, 1).
func (s Source) Uniform(k Key, slot Slot, occurrence uint32) float64 {
	return inside(s.Bits(k, slot, occurrence))
}

// Chance reports whether an event of probability p happens.
func (s Source) Chance(k Key, slot Slot, occurrence uint32, p float64) bool {
	return s.Uniform(k, slot, occurrence) < p
}

// inside turns 64 random bits into a number in (0, 1), an odd multiple of
// 2^-53. It takes 52 of them: with a 53rd the half would round away and the
// greatest number become 1. Here and below, a product that is converted to
// float64 is rounded before it is added to: without, a processor that adds to a
// product in one step (ARM) rounds once and may count another person.
func inside(bits uint64) float64 {
	return float64((float64(bits>>12) + 0.5) * 0x1p-52)
}
