package compare

import (
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/measure"

	"gonum.org/v1/gonum/stat/distuv"
)

// Difference describes a regime less the base in one output over a period.
// Replications are paired: the same replication number means the same people
// and the same chances in both regimes. Numbers are in the output's unit
// (costs in pounds).
type Difference struct {
	Regime, Base string
	Output       measure.Output
	Period       string

	N    int     // paired replications
	Mean float64 // of the differences
	MCSE float64 // Monte Carlo standard error of the mean; NaN for one replication
	// CILow and CIHigh bound the 95% interval of the mean (Student t): the
	// Monte Carlo error left after N replications. NaN for one replication.
	CILow, CIHigh float64
	// Quantiles of the differences over replications, as in Statistics.
	Q05, Q50, Q95 float64
	// PPositive is the share of replications whose difference is above zero.
	PPositive float64
	// VarianceRatio is the variance of an unpaired difference, var(regime) +
	// var(base), over that of the paired one: how many times as many unpaired
	// replications would give the same interval. NaN where the paired
	// differences do not vary.
	VarianceRatio float64
	// PValue is that of the two-sided paired t test of no mean difference, not
	// adjusted for several comparisons. It is 1 where no replication differs, 0
	// where all differ by the same amount, NaN for one replication.
	PValue float64
	// PHolm is PValue adjusted for all regimes that are compared with the base in
	// the same output and period.
	PHolm float64
}

// Differences compares a sample with the same output of the base, period by
// period. Both must hold the same replications in the same order.
func Differences(regime string, s Sample, base string, b Sample, periods []Period) []Difference {
	if s.Output != b.Output || s.Months != b.Months || len(s.Values) != len(b.Values) {
		panic(fmt.Sprintf("compare: %s of %s (%d values) is not paired with %s of %s (%d values)",
			s.Output, regime, len(s.Values), b.Output, base, len(b.Values)))
	}
	rows := make([]Difference, len(periods))
	for i, p := range periods {
		rows[i] = pair(s.Over(p), b.Over(p), perUnit(s.Output), s.Design)
		rows[i].Regime, rows[i].Base, rows[i].Output, rows[i].Period = regime, base, s.Output, p.Label
	}
	return rows
}

func pair(values, base []int64, perUnit int64, design Design) Difference {
	n := len(values)
	paired := make([]int64, n)
	above := 0
	for r := range values {
		paired[r] = values[r] - base[r]
		if paired[r] > 0 {
			above++
		}
	}
	d, units := design.describe(paired, perUnit), design.Units(n)
	row := Difference{
		N: n, Mean: d.Mean, MCSE: d.MCSE, Q05: d.Q05, Q50: d.Q50, Q95: d.Q95,
		PPositive:     float64(above) / float64(n),
		VarianceRatio: math.NaN(),
	}
	half := HalfWidth(units, d.MCSE)
	row.CILow, row.CIHigh = d.Mean-half, d.Mean+half
	if d.SD > 0 {
		_, own := moments(slices.Sorted(slices.Values(values)))
		_, other := moments(slices.Sorted(slices.Values(base)))
		_, left := moments(slices.Sorted(slices.Values(paired)))
		row.VarianceRatio = (own + other) / left
	}
	row.PValue = pValue(units, d.Mean, d.MCSE)
	return row
}

// HalfWidth returns half the width of the 95% Student t interval of a mean of
// n independent observations with the given standard error; NaN for n < 2.
func HalfWidth(n int, mcse float64) float64 {
	if n < 2 {
		return math.NaN()
	}
	return float64(student(n).Quantile(0.975) * mcse)
}

func student(n int) distuv.StudentsT { return distuv.StudentsT{Sigma: 1, Nu: float64(n - 1)} }

func pValue(n int, mean, mcse float64) float64 {
	switch {
	case n < 2:
		return math.NaN()
	case mean == 0:
		return 1
	case mcse == 0:
		return 0
	}
	return 2 * student(n).CDF(-math.Abs(mean/mcse))
}

// Restore fills N, MCSE and PValue of a difference read back from a file,
// which holds none of them, from the number of replications, their design and
// the interval. PHolm is left to Adjust.
func (d *Difference) Restore(n int, design Design) {
	d.N = n
	d.MCSE = math.NaN()
	units := design.Units(n)
	if units >= 2 {
		d.MCSE = (d.CIHigh - d.CILow) / 2 / student(units).Quantile(0.975)
	}
	d.PValue = pValue(units, d.Mean, d.MCSE)
}

// Indistinct reports that the mean cannot be told from noise although some
// replication differs: PHolm is significance or more. Of one regime that is where
// the 95% interval includes zero; of several it may be so where the interval of
// one by itself does not.
func (d Difference) Indistinct() bool { return !d.None() && d.PHolm >= significance }

// Distinct reports that the mean can be told from noise: neither None nor
// Indistinct, and of two replications or more.
func (d Difference) Distinct() bool { return !d.None() && d.PHolm < significance }

// significance is the chance of any false alarm among the regimes compared.
const significance = 0.05

// None reports that no replication differs from the base.
func (d Difference) None() bool {
	return d.Mean == 0 && d.Q05 == 0 && d.Q95 == 0 && d.PPositive == 0 &&
		(d.N == 1 || d.CILow == 0 && d.CIHigh == 0)
}
