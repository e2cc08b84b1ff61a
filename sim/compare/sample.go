package compare

import (
	"fmt"

	"asylumsim/sim/measure"
)

// Sample is one output of one regime in every replication: the unit in which
// results are summarised, so that memory is bounded by one output and not by
// all that a run recorded.
type Sample struct {
	Output measure.Output
	Months int
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
