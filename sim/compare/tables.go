package compare

import (
	"fmt"
	"slices"
	"strings"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// Summary describes an output of a regime in one month: a flow or a cost over
// the month, a stock at its end.
type Summary struct {
	Regime string
	Output measure.Output
	Month  clock.Date // last day of the month
	Statistics
}

// Total describes an output of a regime over a period: flows and costs are
// summed over the months of each replication first, stocks are taken at the
// period's end (see StatisticOf).
type Total struct {
	Regime string
	Output measure.Output
	Period string
	Statistics
}

// Summaries describes a sample month by month. months are the dates that the
// months end on.
func Summaries(regime string, s Sample, months []clock.Date) []Summary {
	rows := make([]Summary, len(months))
	for m, date := range months {
		rows[m] = Summary{regime, s.Output, date, s.Design.describe(s.Month(m), perUnit(s.Output))}
	}
	return rows
}

// Totals describes a sample period by period.
func Totals(regime string, s Sample, periods []Period) []Total {
	rows := make([]Total, len(periods))
	for i, p := range periods {
		rows[i] = Total{regime, s.Output, p.Label, s.Design.describe(s.Over(p), perUnit(s.Output))}
	}
	return rows
}

// Tables are the statistics of one experiment, row for row what the CSV files
// of a result folder hold. Rows are in the order of Regimes, then of outputs,
// then of time.
type Tables struct {
	Base        string
	Regimes     []string      // the base first
	Fraction    unit.Fraction // of people and capacities that was simulated
	Summaries   []Summary
	Totals      []Total
	Differences []Difference
	Cohorts     []Cohort
	Waits       []Wait
	Quarters    []Quarter
	Money       Money   // that costs are in
	Recorded    *Tables // the same in the money of the replications; nil where these are
	// Variants says where the regimes of sweeps and of a decomposition stand;
	// Shares are the decomposition's, by output, period and group.
	Variants []policy.Variant
	Shares   []Share
	Design   Design // of the replications
	Splits   []Split
}

// Source gives one output of one regime (an index into the regimes, base
// first) in all replications.
type Source func(regime int, o measure.Output) (Sample, error)

// InMemory is the source of replications held in memory, runs[regime][i]
// being the i-th replication.
func InMemory(runs [][]*measure.Run) Source {
	return func(regime int, o measure.Output) (Sample, error) {
		return SampleOf(o, runs[regime]), nil
	}
}

// Tabulate computes the summaries, totals and differences of regimes, the
// base first. Beside the tables it holds one output of two regimes at a time,
// so that memory does not grow with replications times regimes or outputs; the
// base is read again for every regime.
func Tabulate(regimes []string, t *clock.Timeline, source Source) (*Tables, error) {
	periods := Periods(t)
	outputs := len(regimes) * int(measure.NumOutputs)
	tables := &Tables{
		Base: regimes[0], Regimes: regimes,
		Summaries: make([]Summary, 0, outputs*len(t.Months)),
		Totals:    make([]Total, 0, outputs*len(periods)),
	}
	if len(regimes) > 1 {
		tables.Differences = make([]Difference, 0, (outputs-int(measure.NumOutputs))*len(periods))
	}
	for r, regime := range regimes {
		for o := range measure.NumOutputs {
			s, err := source(r, o)
			if err != nil {
				return nil, err
			}
			tables.Summaries = append(tables.Summaries, Summaries(regime, s, t.Months)...)
			tables.Totals = append(tables.Totals, Totals(regime, s, periods)...)
			if r == 0 {
				continue
			}
			base, err := source(0, o)
			if err != nil {
				return nil, err
			}
			tables.Differences = append(tables.Differences, Differences(regime, s, regimes[0], base, periods)...)
		}
	}
	Adjust(tables.Differences)
	return tables, nil
}

// Series returns an output of a regime month by month; it is empty where the
// tables do not hold it.
func (t *Tables) Series(regime string, o measure.Output) []Summary {
	var rows []Summary
	for _, s := range t.Summaries {
		if s.Regime == regime && s.Output == o {
			rows = append(rows, s)
		}
	}
	return rows
}

// Total returns an output of a regime over a period.
func (t *Tables) Total(regime string, o measure.Output, period string) (Total, bool) {
	i := slices.IndexFunc(t.Totals, func(row Total) bool {
		return row.Regime == regime && row.Output == o && row.Period == period
	})
	if i < 0 {
		return Total{}, false
	}
	return t.Totals[i], true
}

// Difference returns the difference of a regime from the base in an output
// over a period.
func (t *Tables) Difference(regime string, o measure.Output, period string) (Difference, bool) {
	i := slices.IndexFunc(t.Differences, func(row Difference) bool {
		return row.Regime == regime && row.Output == o && row.Period == period
	})
	if i < 0 {
		return Difference{}, false
	}
	return t.Differences[i], true
}

// Periods lists the labels of the periods that the totals cover, in order.
func (t *Tables) Periods() []string {
	var labels []string
	for _, row := range t.Totals {
		if !slices.Contains(labels, row.Period) {
			labels = append(labels, row.Period)
		}
	}
	return labels
}

// period finds a period by its label, or by the financial year alone where
// the label marks a partial year.
func (t *Tables) period(name string) (string, error) {
	labels := t.Periods()
	for _, label := range labels {
		if year, _, _ := strings.Cut(label, " "); label == name || year == name {
			return label, nil
		}
	}
	return "", fmt.Errorf("period %q is not in these results: want one of %s", name, strings.Join(labels, ", "))
}
