package store

import "asylumsim/sim/measure"

// bytesPerNumber is about what a number takes in replications.parquet, measured:
// 2.9 over ten years of the whole system, 2.1 at a hundredth of it.
const bytesPerNumber = 3

// DiskBytes is about what a run takes on the disk while its result is made,
// when it takes the most: records of the journal for the replications that are
// missing, and the rows of all in replications.parquet.
func (m Meta) DiskBytes(missing, all int) float64 {
	return float64(missing)*float64(m.shape().recordBytes()) + float64(all)*float64(m.Numbers())*bytesPerNumber
}

// samplesHeld is how many samples of an output the statistics hold at a time: that of
// a regime and that of the base, and as many that are not collected yet.
const samplesHeld = 4

// StatisticsBytes is about the memory that the statistics of so many replications
// take.
func (m Meta) StatisticsBytes(all int) float64 {
	return samplesHeld * 8 * float64(all) * float64(m.Months)
}

// Numbers is how many numbers of a replication a result holds: every output of
// every regime in every month.
func (m Meta) Numbers() int { return len(m.Regimes) * m.Months * int(measure.NumOutputs) }
