// Package compare turns replications into statistics: summaries by month and
// period, paired differences from the base regime, cohort outcomes, and the
// table in which regimes are compared.
//
// What a run measures are integers, so sums and sums of squares are exact and
// the statistics depend neither on the order of the replications nor on the
// processor: each is one or two correctly rounded divisions away from an
// exact integer. Student's t alone comes from floating-point series (gonum)
// and may differ in the last digits between processors.
package compare

import (
	"fmt"
	"math"
	"math/bits"
	"slices"
	"strconv"

	"asylumsim/sim/measure"
)

// Statistics describe one number over the replications, in the unit of the
// output (costs in pounds).
type Statistics struct {
	N    int // replications
	Mean float64
	SD   float64 // standard deviation over replications, divisor n-1; NaN for one replication
	MCSE float64 // Monte Carlo standard error of the mean, SD/√n; NaN for one replication

	// Quantiles over replications by linear interpolation of the order
	// statistics: with h = (n-1)p counted from the smallest, the value at rank h
	// (type 7 of Hyndman & Fan 1996, The American Statistician 50(4); the
	// default of R and NumPy).
	Q05, Q25, Q50, Q75, Q95 float64

	Lowest, Highest float64 // over replications; NaN where a file did not hold them
}

// Describe computes the statistics of one integer per replication. perUnit is
// how many of the integers make one unit: 100 for pence told in pounds, 1 for
// counts. It panics on an empty sample, and where a sum of squares does not
// fit 128 bits, beyond anything a run can count.
func Describe(values []int64, perUnit int64) Statistics {
	sorted := slices.Sorted(slices.Values(values))
	mean, variance := moments(sorted)
	scale := float64(perUnit)
	sd := math.Sqrt(variance) / scale
	return Statistics{
		N:    len(sorted),
		Mean: mean / scale,
		SD:   sd,
		MCSE: sd / math.Sqrt(float64(len(sorted))),
		Q05:  quantile(sorted, 5, perUnit),
		Q25:  quantile(sorted, 25, perUnit),
		Q50:  quantile(sorted, 50, perUnit),
		Q75:  quantile(sorted, 75, perUnit),
		Q95:  quantile(sorted, 95, perUnit),

		Lowest:  quantile(sorted, 0, perUnit),
		Highest: quantile(sorted, 100, perUnit),
	}
}

// perUnit returns how many of the integers that a run records for an output
// make one of its unit.
func perUnit(o measure.Output) int64 {
	if o.Define().Kind == measure.Cost {
		return 100
	}
	return 1
}

// moments returns the mean and the variance (divisor n-1; NaN for n = 1) of
// sorted integers. The variance is [nΣd² - (Σd)²] / n(n-1) with d the distance
// from the smallest value; its numerator is exact in 128 bits.
func moments(sorted []int64) (mean, variance float64) {
	if len(sorted) == 0 {
		panic("compare: statistics of no replications")
	}
	n, low := uint64(len(sorted)), sorted[0]
	var sum, carry, overflow uint64
	var squaresHigh, squaresLow uint64
	for _, v := range sorted {
		d := uint64(v) - uint64(low)
		sum, carry = bits.Add64(sum, d, 0)
		overflow |= carry
		high, low := bits.Mul64(d, d)
		squaresLow, carry = bits.Add64(squaresLow, low, 0)
		squaresHigh, carry = bits.Add64(squaresHigh, high, carry)
		overflow |= carry
	}
	high, lowPart := bits.Mul64(squaresLow, n)
	beyond, middle := bits.Mul64(squaresHigh, n)
	high, carry = bits.Add64(high, middle, 0)
	if overflow|beyond|carry != 0 {
		panic(fmt.Sprintf("compare: values from %d to %d are too far apart for exact statistics", low, sorted[n-1]))
	}
	sumHigh, sumLow := bits.Mul64(sum, sum)
	lowPart, carry = bits.Sub64(lowPart, sumLow, 0)
	high, _ = bits.Sub64(high, sumHigh, carry)

	mean = float64(low) + float64(sum)/float64(n)
	if n == 1 {
		return mean, math.NaN()
	}
	numerator := math.Ldexp(float64(high), 64) + float64(lowPart)
	return mean, numerator / float64(n*(n-1))
}

// quantile returns the type 7 quantile of sorted integers at a whole
// percentage, divided by perUnit: exact up to the one division.
func quantile(sorted []int64, percent int, perUnit int64) float64 {
	rank := (len(sorted) - 1) * percent
	i, part := rank/100, int64(rank%100)
	value := 100 * sorted[i]
	if part > 0 {
		value += part * (sorted[i+1] - sorted[i])
	}
	return float64(value) / float64(100*perUnit)
}

// FormatNumber writes a statistic for machines: the shortest decimal that
// reads back as the same number, with an exponent only below a millionth
// (spreadsheets show "1.2e+06" in two digits), and nothing for NaN, which
// stands for a statistic that does not exist.
func FormatNumber(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	if v != 0 && math.Abs(v) < 1e-6 {
		return strconv.FormatFloat(v, 'g', -1, 64)
	}
	return strconv.FormatFloat(v, 'f', -1, 64)
}
