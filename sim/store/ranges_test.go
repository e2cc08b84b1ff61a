package store

import (
	"testing"

	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
)

// TestRangesOfFewRunsAreThoseOfTheRun: a folder that is opened says of few runs the
// lowest and the highest that the run itself knew, month by month, by period and by
// quarter.
func TestRangesOfFewRunsAreThoseOfTheRun(t *testing.T) {
	dir := t.TempDir() + "/r"
	want := written(t, dir, 4)
	got, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	var all []measure.Output
	for o := range measure.NumOutputs {
		all = append(all, o)
	}
	if err := got.Ranges(regimes, all); err != nil {
		t.Fatal(err)
	}
	if err := got.QuarterRanges(); err != nil {
		t.Fatal(err)
	}
	ends := func(s compare.Statistics) [2]float64 { return [2]float64{s.Lowest, s.Highest} }
	for i, row := range want.Summaries {
		if ends(got.Summaries[i].Statistics) != ends(row.Statistics) {
			t.Fatalf("%s of %s in %v: %v, want %v", row.Output, row.Regime, row.Month, ends(got.Summaries[i].Statistics), ends(row.Statistics))
		}
	}
	for i, row := range want.Totals {
		if ends(got.Totals[i].Statistics) != ends(row.Statistics) {
			t.Fatalf("%s of %s, %s: %v, want %v", row.Output, row.Regime, row.Period, ends(got.Totals[i].Statistics), ends(row.Statistics))
		}
	}
	for i, row := range want.Quarters {
		if ends(got.Quarters[i].Statistics) != ends(row.Statistics) {
			t.Fatalf("%s of %s in %v: %v, want %v", row.Series.Name, row.Regime, row.Quarter, ends(got.Quarters[i].Statistics), ends(row.Statistics))
		}
	}
	if len(want.Quarters) == 0 || want.Summaries[0].Lowest == want.Summaries[0].Highest {
		t.Error("nothing to compare")
	}
}
