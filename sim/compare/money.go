package compare

import (
	"fmt"
	"math"
	"strconv"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// Money says at which prices costs are told: those of the price base, as the
// files of a result have them, or nominal ones.
//
// Nominal money is formed by financial year: a year's costs at the prices of
// the base year, times one plus the yearly inflation for each year since. A
// cost that is discounted stays at the prices of the base year, since its rate
// is a real one.
type Money struct {
	Nominal   bool
	Inflation float64 // a year; only where nominal
}

// String says it in words: "2025-26 prices".
func (m Money) String() string {
	if !m.Nominal {
		return policy.PriceBase + " prices"
	}
	return fmt.Sprintf("nominal prices, %s a year from %s", percentage(m.Inflation), policy.PriceBase)
}

// percentage writes a rate in per cent.
func percentage(rate float64) string {
	return strconv.FormatFloat(math.Round(rate*1e11)/1e9, 'f', -1, 64) + "%"
}

// Of returns the money that an output is told in.
func (m Money) Of(o measure.Output) Money {
	if o == measure.DiscountedCost {
		return Money{}
	}
	return m
}

// factor turns money of a month at the prices of the base year into this one.
func (m Money) factor(month clock.Date) float64 {
	if !m.Nominal {
		return 1
	}
	years := month.FinancialYear() - baseYear
	// Rounded, so that pence do not depend on the last bit of a power.
	return math.Round(math.Pow(1+m.Inflation, float64(years))*1e12) / 1e12
}

// baseYear is the calendar year in which the price base begins.
var baseYear = func() int {
	year, err := strconv.Atoi(policy.PriceBase[:4])
	if err != nil {
		panic("compare: the price base is no financial year: " + policy.PriceBase)
	}
	return year
}()

// In returns the sample in other money, month by month, to the penny. months
// are the dates that the months end on.
func (s Sample) In(m Money, months []clock.Date) Sample {
	if m = m.Of(s.Output); s.Output.Define().Kind != measure.Cost || !m.Nominal {
		return s
	}
	told := Sample{Output: s.Output, Design: s.Design, Months: s.Months, Values: make([]int64, len(s.Values))}
	for i, v := range s.Values {
		told.Values[i] = int64(math.Round(float64(v) * m.factor(months[i%s.Months])))
	}
	return told
}

// place is where an output of a regime stands in tables.
type place struct {
	regime string
	output measure.Output
}

// InMoney returns the tables with costs in other money. samples holds the costs
// of each regime, the base first, in all replications as they were recorded.
// Costs that are not among them are left out, so that none is told in money
// that it is not in.
func (t *Tables) InMoney(m Money, samples [][]Sample, timeline *clock.Timeline) *Tables {
	summaries, totals, differences := map[place][]Summary{}, map[place][]Total{}, map[place][]Difference{}
	shares := map[place][]Share{}
	periods, lattice := Periods(timeline), latticeOf(t.Variants, t.Regimes)
	for i, recorded := range samples[0] {
		o := recorded.Output
		in := func(r int, _ measure.Output) (Sample, error) { return samples[r][i].In(m, timeline.Months), nil }
		base, _ := in(0, o) // what is in memory can be read
		for r, regime := range t.Regimes {
			at := place{regime, o}
			s, _ := in(r, o)
			summaries[at], totals[at] = Summaries(regime, s, timeline.Months), Totals(regime, s, periods)
			if r > 0 {
				differences[at] = Differences(regime, s, t.Base, base, periods)
			}
		}
		if lattice != nil {
			shares[place{"", o}], _ = lattice.sharesOf(o, periods, in)
		}
	}
	told := *t
	told.Money = m
	told.Recorded = t
	told.Summaries = swap(t.Summaries, summaries, func(row Summary) place { return place{row.Regime, row.Output} })
	told.Totals = swap(t.Totals, totals, func(row Total) place { return place{row.Regime, row.Output} })
	told.Differences = swap(t.Differences, differences, func(row Difference) place { return place{row.Regime, row.Output} })
	Adjust(told.Differences)
	told.Shares = swap(t.Shares, shares, func(row Share) place { return place{"", row.Output} })
	return &told
}

// swap puts others in the place of the rows of each cost.
func swap[T any](rows []T, others map[place][]T, of func(T) place) []T {
	var swapped []T
	done := map[place]bool{}
	for _, row := range rows {
		at := of(row)
		other, ok := others[at]
		switch {
		case at.output.Define().Kind != measure.Cost:
			swapped = append(swapped, row)
		case ok && !done[at]:
			done[at] = true
			swapped = append(swapped, other...)
		}
	}
	return swapped
}
