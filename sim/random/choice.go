package random

import "fmt"

// Choice is a discrete distribution over 0, 1, 2, ... compiled to be drawn by
// inversion: one uniform number gives one index, and a larger uniform number
// never gives a smaller index.
//
// A guide table (Chen & Asau 1974, doi:10.1080/05695557408974949) says for each
// 256th of the unit interval which index it begins with, so that few draws have
// to look further: a search from the start is a guess that the processor gets
// wrong in most draws.
type Choice struct {
	cumulative []float64
	guide      [guideCells]uint8
}

const guideCells = 256

// Compile takes cumulative shares, which Choice keeps and does not copy; it
// panics unless there are 1 to 256 of them. The last index also has what they leave of the unit interval.
func (c *Choice) Compile(cumulative []float64) {
	if len(cumulative) == 0 || len(cumulative) > guideCells {
		panic(fmt.Sprintf("random: a choice between %d", len(cumulative)))
	}
	c.cumulative = cumulative
	i := 0
	for cell := range c.guide {
		for i+1 < len(cumulative) && float64(cell)/guideCells >= cumulative[i] {
			i++
		}
		c.guide[cell] = uint8(i)
	}
}

// At returns the index of a uniform number in (0, 1): the first whose
// cumulative share exceeds it.
func (c *Choice) At(u float64) int {
	i := int(c.guide[int(u*guideCells)])
	for i+1 < len(c.cumulative) && u >= c.cumulative[i] {
		i++
	}
	return i
}
