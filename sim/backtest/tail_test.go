package backtest

import (
	"testing"

	"asylumsim/sim/measure"
)

// TestReturnsOfTheRefused: in each month 5 people are returned by force, 7 by
// themselves, 2 of whom had withdrawn their claims, and 3 with assistance: 13 of the
// refused, 156 in a year. The 13th month is none of it.
func TestReturnsOfTheRefused(t *testing.T) {
	run := &measure.Run{Months: make([]measure.Row, 13)}
	for m := range run.Months {
		row := &run.Months[m]
		row[measure.ReturnsEnforcedPeople], row[measure.ReturnsVoluntaryPeople] = 5, 7
		row[measure.ReturnsAssistedPeople], row[measure.ReturnsAfterWithdrawalPeople] = 3, 2
	}
	if got := refusedReturned(run); got != 156 {
		t.Errorf("%d people refused were returned, want 156", got)
	}
}
