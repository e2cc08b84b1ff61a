package store

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
)

// tallies add up, by regime, what is pooled over replications.
type tallies struct {
	regimes []string
	cohorts []*compare.CohortTally
	waits   []compare.WaitTally
}

func newTallies(regimes []string, months int) *tallies {
	t := &tallies{regimes: regimes, waits: make([]compare.WaitTally, len(regimes))}
	for range regimes {
		t.cohorts = append(t.cohorts, compare.NewCohortTally(months))
	}
	return t
}

func (t *tallies) add(runs []*measure.Run) {
	for r, run := range runs {
		t.cohorts[r].Add(run.Cohorts)
		t.waits[r].Add(&run.Waits)
	}
}

// rows puts the tables of the tallies among the others.
func (t *tallies) rows(tables *compare.Tables, months []clock.Date) {
	for r, regime := range t.regimes {
		tables.Waits = append(tables.Waits, t.waits[r].Rows(regime)...)
		tables.Cohorts = append(tables.Cohorts, t.cohorts[r].Rows(regime, months)...)
	}
}
