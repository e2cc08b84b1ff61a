package store

import (
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// record is one row being read; it keeps the first error.
type record struct {
	header, values []string
	err            error
}

// cell is the text of a column, in memory that the reader uses again.
func (r *record) cell(column string) string { return r.values[slices.Index(r.header, column)] }

func (r *record) text(column string) string {
	text := strings.Clone(r.cell(column))
	if c, found := policy.Unprintable(text); found {
		r.fail(column, fmt.Sprintf("text that can be printed, without %U", c))
	}
	return text
}

func (r *record) fail(column, want string) {
	if r.err == nil {
		r.err = fmt.Errorf("%s is %.100q, want %s", column, r.cell(column), want)
	}
}

// mostStated is more than any statistic of what runs record: mostRecorded in
// each of mostMonths, in a decomposition of 32 regimes, with the interval of
// two replications around it. Figures and tables have room for it.
const mostStated = 1e21

// number is a statistic in the unit of an output.
func (r *record) number(column string) float64 { return r.upTo(mostStated, column) }

// squared is a variance, or how many times as large one is as another.
func (r *record) squared(column string) float64 { return r.upTo(mostStated*mostStated, column) }

func (r *record) upTo(most float64, column string) float64 {
	text := r.cell(column)
	if text == "" {
		return math.NaN()
	}
	v, ok := policy.ParseNumber(text)
	if !ok {
		r.fail(column, "a number or nothing")
	} else if math.Abs(v) > most {
		r.fail(column, fmt.Sprintf("a number from %g to %g, or nothing", -most, most))
	}
	return v
}

func (r *record) count(column string) int {
	n, err := strconv.ParseInt(r.cell(column), 10, 64)
	if err != nil || n < 0 {
		r.fail(column, "a whole number of 0 or more")
	}
	return int(n)
}

func (r *record) date(column string) clock.Date {
	d, err := clock.ParseDate(r.cell(column))
	if err != nil {
		r.fail(column, "a date such as 2026-01-31")
	}
	return d
}

func (r *record) output() measure.Output {
	o, ok := measure.ByName(r.cell("output"))
	if !ok {
		r.fail("output", "one of the outputs of this version (asylumsim list outputs)")
	}
	return o
}

func (r *record) series() *measure.PublishedSeries {
	s := measure.QuarterlyByName(r.cell("output"))
	if s == nil {
		r.fail("output", "a series that is published by quarter")
		s = &measure.Quarterly[0]
	}
	return s
}

func (r *record) outcome() measure.CohortOutcome {
	for o := range measure.NumCohortOutcomes {
		if o.String() == r.cell("outcome") {
			return o
		}
	}
	r.fail("outcome", "an outcome of a cohort")
	return 0
}

func (r *record) wait() measure.Wait {
	for w := range measure.NumWaits {
		if w.String() == r.cell("wait") {
			return w
		}
	}
	r.fail("wait", "a kind of wait")
	return 0
}

func (r *record) statistics() compare.Statistics {
	return compare.Statistics{
		N: r.count("n"), Mean: r.number("mean"), SD: r.number("sd"), MCSE: r.number("mcse"),
		Q05: r.number("q05"), Q25: r.number("q25"), Q50: r.number("q50"), Q75: r.number("q75"), Q95: r.number("q95"),
		Lowest: math.NaN(), Highest: math.NaN(), // see Result.Ranges
	}
}
