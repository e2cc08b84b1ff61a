package compare

import (
	"testing"

	"asylumsim/sim/measure"
)

func TestWaitsArePooled(t *testing.T) {
	var a, b measure.Waits
	a.Add(measure.WaitAppeal, 0)
	a.Add(measure.WaitAppeal, 29)
	b.Add(measure.WaitAppeal, 30)
	b.Add(measure.WaitAppeal, 1_000_000)
	b.Add(measure.WaitReview, -3)
	var tally WaitTally
	tally.Add(&a)
	tally.Add(&b)
	want := []Wait{
		{"r", measure.WaitAppeal, 0, 2, 0.5},
		{"r", measure.WaitAppeal, 30, 1, 0.25},
		{"r", measure.WaitAppeal, 3600, 1, 0.25},
		{"r", measure.WaitReview, 0, 1, 1},
	}
	got := tally.Rows("r")
	if len(got) != len(want) {
		t.Fatalf("%v, want %v", got, want)
	}
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("row %d: %v, want %v", i, got[i], want[i])
		}
	}
}
