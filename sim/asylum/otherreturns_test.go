package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/measure"
)

// TestOtherReturns: a Poisson process that does not notice the asylum system.
func TestOtherReturns(t *testing.T) {
	r := fixedRules()
	r.Returns.OtherEnforced, r.Returns.OtherVoluntary = 7000, 23000
	run := simulate(t, fixedModel(r, 2), 5, 0)
	for o, want := range map[measure.Output]float64{measure.OtherReturnsEnforcedPeople: 14000, measure.OtherReturnsVoluntaryPeople: 46000} {
		if got := float64(sum(run, o)); math.Abs(got-want) > 4*math.Sqrt(want) {
			t.Errorf("%v: %.0f, want %.0f", o, got, want)
		}
	}
	// With beds and seats for all, nothing else changes.
	base := simulate(t, fixedModel(fixedRules(), 2), 5, 0)
	for i := range base.Months {
		for o := range measure.NumOutputs {
			if o != measure.OtherReturnsEnforcedPeople && o != measure.OtherReturnsVoluntaryPeople && run.Months[i][o] != base.Months[i][o] {
				t.Fatalf("month %d: %v changed", i, o)
			}
		}
	}
}

// TestOthersComeFirst: other people hold beds from the first day, as Little's
// law has it, or all there are; then no asylum case is detained. Their returns
// take place all the same. So with seats.
func TestOthersComeFirst(t *testing.T) {
	r := fixedRules()
	r.Returns.OtherEnforced = 7305
	r.Enforcement.Stay, r.Enforcement.LongestStay = 30, 180
	for _, beds := range []int64{5000, 100} {
		r.Enforcement.Beds = 5000
		if beds == 100 {
			r.Enforcement.Beds = 100
		}
		w, p := openedWorld(t, fixedModel(r, 1), 2, 0)
		held := 0.0
		for ; w.day < w.model.Timeline.Days; w.day++ {
			w.runDay()
			held += float64(w.detention.otherBeds) / 365
			if beds == 100 && w.detention.otherBeds < 50 {
				t.Fatalf("day %d: others hold %d beds", w.day, w.detention.otherBeds)
			}
			if w.day == 0 && beds == 5000 && math.Abs(float64(w.detention.otherBeds)-600) > 4*math.Sqrt(600) {
				t.Errorf("others hold %d beds on the first day, want about 600", w.detention.otherBeds)
			}
		}
		if err := w.audit(p); err != nil {
			t.Fatal(err)
		}
		if want := min(600, float64(beds)); held > want+4*math.Sqrt(600.0*30/365*2) || held < 0.9*want {
			t.Errorf("others hold %.1f of %d beds on average, want %.0f", held, beds, want)
		}
		if got := totals(w, measure.OtherReturnsEnforcedPeople); math.Abs(float64(got)-7300) > 4*math.Sqrt(7300) {
			t.Errorf("%d other returns with %d beds", got, beds)
		}
	}

	r.Enforcement.Beds, r.Enforcement.Seats = 5000, 3650
	run := simulate(t, fixedModel(r, 1), 2, 0)
	if got := sum(run, measure.ReturnsEnforcedPeople); got > 365 {
		t.Errorf("%d asylum returns although others take nearly all seats", got)
	}
}
