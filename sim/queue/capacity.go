package queue

// Capacity releases whole units of service from a rate that need not be
// whole: at 2.5 a day it serves 2 and 3 in turn. What is released and not
// used is lost; only the fraction that did not make a whole unit is carried.
type Capacity struct {
	carry float64
}

// Begin returns a capacity that has something to carry from the start: of 0.5,
// what is released in all is the total to the nearest whole unit.
func Begin(carry float64) Capacity { return Capacity{carry} }

// Release returns how many may be served for a further amount of capacity. A
// negative or undefined amount releases nothing.
func (c *Capacity) Release(amount float64) int {
	if !(amount > 0) {
		return 0
	}
	c.carry += amount
	n := int(c.carry)
	c.carry -= float64(n)
	return n
}

// Keep gives back units that were released and not used, at most so many of
// them: they are released again.
func (c *Capacity) Keep(unused int, most float64) {
	c.carry += max(0, min(float64(unused), most))
}

// Resource is a finite number of places, some of them taken: beds, seats.
// Its size may fall below its use; then nothing is free until enough are
// given back.
type Resource struct {
	Size  int64
	InUse int64
}

// Free returns how many places are free, never below 0.
func (r *Resource) Free() int64 { return max(0, r.Size-r.InUse) }

// Take occupies n places, or reports that fewer are free.
func (r *Resource) Take(n int64) bool {
	if n > r.Free() {
		return false
	}
	r.InUse += n
	return true
}

// Give frees n places. It panics when more are given back than were taken.
func (r *Resource) Give(n int64) {
	if n > r.InUse {
		panic("queue: more places given back than were taken")
	}
	r.InUse -= n
}
