package compare

import (
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

// Cohort is the share of the cases claimed in one month that had an outcome a
// number of months later, pooled over replications: the cases with the
// outcome in all replications over the cases of all replications. NaN where
// nobody claimed.
type Cohort struct {
	Regime      string
	ClaimMonth  clock.Date // last day of the month
	MonthsSince int
	Outcome     measure.CohortOutcome
	Share       float64
	Cases       int64 // with the outcome in all replications: the sum, so that parts of a run can be added up
}

// CohortTally adds up the cohort outcomes of one regime. The sums are
// integers: the order in which replications are added does not matter.
type CohortTally struct {
	cases [][len(measure.CohortAges)]tally
}

type tally struct {
	seen  bool
	cases [measure.NumCohortOutcomes]int64
}

// NewCohortTally returns an empty tally for a run of so many months.
func NewCohortTally(months int) *CohortTally {
	return &CohortTally{make([][len(measure.CohortAges)]tally, months)}
}

// Add adds the cohorts of one replication.
func (c *CohortTally) Add(rows []measure.CohortRow) {
	for _, row := range rows {
		age := slices.Index(measure.CohortAges[:], row.Age)
		if age < 0 || row.ClaimMonth < 0 || row.ClaimMonth >= len(c.cases) {
			panic(fmt.Sprintf("compare: cohort of month %d at age %d is outside the run or its ages", row.ClaimMonth, row.Age))
		}
		cell := &c.cases[row.ClaimMonth][age]
		cell.seen = true
		for o, n := range row.Cases {
			cell.cases[o] += n
		}
	}
}

// Rows returns the shares by claim month, age and outcome, for the months and
// ages that were recorded.
func (c *CohortTally) Rows(regime string, months []clock.Date) []Cohort {
	var rows []Cohort
	for m := range c.cases {
		for age, cell := range c.cases[m] {
			if !cell.seen {
				continue
			}
			var all int64
			for _, n := range cell.cases {
				all += n
			}
			for o, n := range cell.cases {
				share := math.NaN()
				if all > 0 {
					share = float64(n) / float64(all)
				}
				rows = append(rows, Cohort{regime, months[m], measure.CohortAges[age], measure.CohortOutcome(o), share, n})
			}
		}
	}
	return rows
}
