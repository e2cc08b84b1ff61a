package compare

import (
	"fmt"
	"slices"

	"asylumsim/sim/measure"
)

// Sample is one output of one regime in every replication: the unit in which
// results are summarised, so that memory is bounded by one output and not by
// all that a run recorded.
type Sample struct {
	Output measure.Output
	Months int
	// Design says which replications are independent.
	Design Design
	// Values holds whole replications one after the other, in replication
	// order: Values[replication*Months+month]. Costs are in pence.
	Values []int64
}

// SampleOf takes one output out of replications held in memory.
func SampleOf(o measure.Output, runs []*measure.Run) Sample {
	s := Sample{Output: o, Months: len(runs[0].Months)}
	s.Values = make([]int64, 0, len(runs)*s.Months)
	for _, run := range runs {
		for m := range run.Months {
			s.Values = append(s.Values, run.Months[m][o])
		}
	}
	return s
}

// Replications returns how many replications the sample holds.
func (s Sample) Replications() int {
	if s.Months == 0 || len(s.Values)%s.Months != 0 {
		panic(fmt.Sprintf("compare: sample of %s holds %d values, not whole replications of %d months", s.Output, len(s.Values), s.Months))
	}
	return len(s.Values) / s.Months
}

// Month returns the values of one month, by replication.
func (s Sample) Month(month int) []int64 {
	values := make([]int64, s.Replications())
	for r := range values {
		values[r] = s.Values[r*s.Months+month]
	}
	return values
}

// Over returns the values over a period, by replication: the sum of a flow or
// a cost, a stock at the period's end.
func (s Sample) Over(p Period) []int64 {
	if StatisticOf(s.Output) == End {
		return s.Month(p.Last)
	}
	values := make([]int64, s.Replications())
	for r := range values {
		for _, v := range s.Values[r*s.Months+p.First : r*s.Months+p.Last+1] {
			values[r] += v
		}
	}
	return values
}

// monthsInYear is the length of the sums of MovingYears.
const monthsInYear = 12

// MovingYears returns, for each month, the sum of the flow over the 12 months
// that end with it, replication by replication, and how many months it leaves
// out at the start for want of 12. before holds what is known of the last
// months before the run, which stand in every replication.
func (s Sample) MovingYears(before []int64) (years Sample, without int) {
	before = before[max(0, len(before)-(monthsInYear-1)):]
	without = min(monthsInYear-1-len(before), s.Months)
	years = Sample{Output: s.Output, Design: s.Design, Months: s.Months - without}
	for r := range s.Replications() {
		months := append(slices.Clone(before), s.Values[r*s.Months:(r+1)*s.Months]...)
		for end := monthsInYear; end <= len(months); end++ {
			sum := int64(0)
			for _, v := range months[end-monthsInYear : end] {
				sum += v
			}
			years.Values = append(years.Values, sum)
		}
	}
	return years, without
}

// Statistic says how an output's months are put together over a period.
type Statistic string

// The statistics of a period.
const (
	Sum Statistic = "sum" // of the months: flows and costs
	End Statistic = "end" // the value at the end of the last month: stocks
)

// StatisticOf returns how an output is put together over a period.
func StatisticOf(o measure.Output) Statistic {
	if o.Define().Kind == measure.Stock {
		return End
	}
	return Sum
}
