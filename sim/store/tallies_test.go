package store

import (
	"slices"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
)

// TestTalliesKeepRegimesApart: in each of two replications the base has an
// appeal of 10 days and the other regime three of 70; of the ten cases of the
// only month four and nine are protected after half a year.
func TestTalliesKeepRegimesApart(t *testing.T) {
	run := func(days int64, appeals int, protected int64) *measure.Run {
		r := &measure.Run{Cohorts: []measure.CohortRow{{ClaimMonth: 0, Age: 6}}}
		r.Cohorts[0].Cases[measure.Protected] = protected
		r.Cohorts[0].Cases[measure.Unresolved] = 10 - protected
		for range appeals {
			r.Waits.Add(measure.WaitAppeal, days)
		}
		return r
	}
	both := newTallies([]string{"base", "other"}, 1)
	for range 2 {
		both.add([]*measure.Run{run(10, 1, 4), run(70, 3, 9)})
	}
	var tables compare.Tables
	both.rows(&tables, []clock.Date{clock.MustDate("2026-01-31")})
	want := []compare.Wait{
		{Regime: "base", Wait: measure.WaitAppeal, DaysFrom: 0, Cases: 2, Share: 1},
		{Regime: "other", Wait: measure.WaitAppeal, DaysFrom: 60, Cases: 6, Share: 1},
	}
	if !slices.Equal(tables.Waits, want) {
		t.Errorf("waits are %+v, want %+v", tables.Waits, want)
	}
	protected := map[string]compare.Cohort{"base": {Share: 0.4, Cases: 8}, "other": {Share: 0.9, Cases: 18}}
	seen := 0
	for _, row := range tables.Cohorts {
		if row.Outcome == measure.Protected {
			seen++
			if want := protected[row.Regime]; row.Share != want.Share || row.Cases != want.Cases {
				t.Errorf("%s: %d cases, %v of all, are protected, want %d, %v", row.Regime, row.Cases, row.Share, want.Cases, want.Share)
			}
		}
	}
	if seen != 2 {
		t.Errorf("%d rows of protected cases, want 2", seen)
	}
}
