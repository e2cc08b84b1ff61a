package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// The first working day of the run, Friday 2 January 2026, is day 1.
const firstWorkingDay clock.Day = 1

// TestOneReturnByHand: attempted on the first working day, one night in
// detention, gone the next day.
func TestOneReturnByHand(t *testing.T) {
	r := quietRules()
	r.Enforcement.Attempts, r.Enforcement.Success, r.Cost.Detention = 12000, 1, 107
	w := vacantWorld(fixedModel(r, 1))
	c := testCase(0)
	c.Adults, c.Children = 2, 1
	w.enterStay(c, Removable)
	runTo(t, w, firstWorkingDay+1)
	if got := w.stock.totalPeople(Detained); got != 3 || w.detention.beds.InUse != 3 {
		t.Errorf("%d people detained in %d beds at the end of the first working day", got, w.detention.beds.InUse)
	}
	runTo(t, w, firstWorkingDay+20)
	for o, want := range map[measure.Output]int64{
		measure.ReturnsEnforcedPeople: 3, measure.EnforcedReturnCost: 3 * 22000_00, measure.DetentionCost: 3 * 107_00,
	} {
		w.row = &w.run.Months[0]
		if got := totals(w, o); got != want {
			t.Errorf("%v = %d, want %d", o, got, want)
		}
	}
	if w.detention.beds.InUse != 0 || w.stock.totalCases(ReturnedForce) != 1 {
		t.Error("not gone")
	}
}

// TestWithoutSeatsDetentionIsProlonged: a week, then the three days that are
// left of the longest stay; then the case is released and attempted anew.
func TestWithoutSeatsDetentionIsProlonged(t *testing.T) {
	r := quietRules()
	r.Enforcement.Attempts, r.Enforcement.Success, r.Enforcement.LongestStay, r.Enforcement.Seats = 12000, 1, 10, 0
	w := vacantWorld(fixedModel(r, 1))
	w.enterStay(testCase(0), Removable)
	from := firstWorkingDay + 1 // the midnight at its end
	for _, step := range []struct{ run, ends clock.Day }{{from, from}, {from + 1, from + 7}, {from + 8, from + 10}} {
		runTo(t, w, step.run)
		if e := find(t, w); e.At != step.ends.Tick() || e.Record.Stage != Detained || e.Record.Attempts != 1 {
			t.Errorf("before day %d: attempt %d ends on day %d, want day %d", step.run, e.Record.Attempts, e.At.Day(), step.ends)
		}
	}
	runTo(t, w, from+11) // 13 January, a working day
	if e := find(t, w); e.Record.Attempts != 2 || e.Record.Detail != 0 || e.Record.Since != 0 {
		t.Errorf("attempt %d, prolonged %d times, in the stay that began at %d", e.Record.Attempts, e.Record.Detail, e.Record.Since)
	}
	if totals(w, measure.ReturnsEnforcedPeople) != 0 {
		t.Error("returned without a seat")
	}
}

// TestSeatsOfADayAreLost: at one seat in two days, a case of two people never
// flies, and one of one person does.
func TestSeatsOfADayAreLost(t *testing.T) {
	r := quietRules()
	r.Enforcement.Attempts, r.Enforcement.Success, r.Enforcement.LongestStay, r.Enforcement.Seats = 12000, 1, 50, unit.DaysPerYear/2
	w := vacantWorld(fixedModel(r, 1))
	pair := testCase(0)
	pair.Adults = 2
	w.enterStay(pair, Removable)
	w.enterStay(testCase(1), Removable)
	runTo(t, w, 300)
	if got := totals(w, measure.ReturnsEnforcedPeople); got != 1 {
		t.Errorf("%d people returned, want 1", got)
	}
}

func TestOutcomesOfAttempts(t *testing.T) {
	const n = 2000
	for name, c := range map[string]struct {
		set  func(*policy.Enforcement)
		want map[Stage]float64
	}{
		"all succeed":    {func(e *policy.Enforcement) { e.Success = 1 }, map[Stage]float64{ReturnedForce: 1}},
		"legal barriers": {func(e *policy.Enforcement) { e.Success, e.LegalBarrier = 1, 1 }, map[Stage]float64{Removable: 1}},
		"half barred":    {func(e *policy.Enforcement) { e.Success, e.LegalBarrier = 1, 0.5 }, map[Stage]float64{Removable: 0.5, ReturnedForce: 0.5}},
		"trace is lost":  {func(e *policy.Enforcement) { e.Success, e.LosesTrace = 0.4, 0.5 }, map[Stage]float64{ReturnedForce: 0.4, Absconded: 0.3, Removable: 0.3}},
	} {
		r := quietRules()
		c.set(&r.Enforcement)
		if c.want[Absconded] == 0 {
			r.Enforcement.LosesTrace = 0
		}
		// January 2026 has 21 working days: everybody is attempted on the first,
		// nobody on the second, a Monday.
		r.Enforcement.Attempts = n * 12 * 21
		w := vacantWorld(fixedModel(r, 1))
		for i := range n {
			w.enterStay(testCase(i), Removable)
		}
		runTo(t, w, firstWorkingDay+2)
		for stage, share := range c.want {
			got := float64(w.stock.totalCases(stage))
			if sd := math.Sqrt(n * share * (1 - share)); math.Abs(got-n*share) > 4*sd {
				t.Errorf("%s: %.0f %v, want %.0f ± %.0f", name, got, stage, n*share, sd)
			}
		}
	}
}

// TestFamiliesCanBePassedOver: no attempt is used up on them, and the day ends
// when everybody has been looked at once.
func TestFamiliesCanBePassedOver(t *testing.T) {
	r := quietRules()
	r.Enforcement.Attempts, r.Enforcement.Success, r.Enforcement.FamilyAttempt = 1.01*12*21, 1, 0 // one a day
	w := vacantWorld(fixedModel(r, 1))
	for i := range 3 {
		c := testCase(i)
		c.Children = 2
		w.enterStay(c, Removable)
	}
	w.enterStay(testCase(3), Removable)
	runTo(t, w, 300)
	if got := totals(w, measure.ReturnsEnforcedPeople); got != 1 || w.stock.totalPeople(Removable) != 9 {
		t.Errorf("%d people returned, %d still to be", got, w.stock.totalPeople(Removable))
	}
}

// TestBedsAreNeverOverfull runs the whole model with few beds, which are cut
// on the way: from then on nobody is detained until enough have left.
func TestBedsAreNeverOverfull(t *testing.T) {
	base := fixedRules()
	base.Enforcement.Stay, base.Enforcement.LongestStay, base.Enforcement.Beds, base.Enforcement.BedsMost = 40, 100, 300, 330
	base.Enforcement.BedsGrowth = 100
	base.Returns.OtherEnforced = 1000
	cut := base
	cut.Enforcement.Beds, cut.Enforcement.BedsGrowth = 100, 0
	timeline := clock.NewTimeline(clock.MustDate("2025-12-31"), 2)
	date := clock.MustDate("2027-01-01")
	regime := &policy.Regime{Name: "test", Starts: []clock.Date{clock.MustDate("2010-01-01"), date}, Epochs: []policy.Rules{base, cut}}
	m := Compile(regime, timeline, groups)
	w, p := openedWorld(t, m, 4, 0)
	full, over := 0, 0
	for before := int64(0); w.day < timeline.Days; w.day++ {
		w.runDay()
		b := w.detention.beds
		if b.InUse > b.Size {
			over++
			if b.InUse > before {
				t.Fatalf("day %d: %d of %d beds in use, %d the day before", w.day, b.InUse, b.Size, before)
			}
		}
		if w.day == 364 && b.Size != 330 {
			t.Errorf("%d beds after a year of growth, want the most, 330", b.Size)
		}
		if b.InUse >= b.Size-5 {
			full++
		}
		before = b.InUse
	}
	if err := w.audit(p); err != nil {
		t.Fatal(err)
	}
	if full < 600 || over < 5 || over > 110 {
		t.Errorf("beds were full on %d days and over capacity on %d", full, over)
	}
}

// TestStayIsExponentialAndCut: Little's law gives the mean time in detention
// from the nights paid.
func TestStayIsExponentialAndCut(t *testing.T) {
	r := quietRules()
	const n = 5000
	r.Enforcement.Attempts, r.Enforcement.Success = n*12*21, 1
	r.Enforcement.Stay, r.Enforcement.LongestStay, r.Cost.Detention = 30, 60, 0.01
	w := vacantWorld(fixedModel(r, 1))
	for i := range n {
		w.enterStay(testCase(i), Removable)
	}
	runTo(t, w, 100)
	// Half a day on average is added by counting midnights; all leave at the
	// latest on day 60.
	mean := float64(totals(w, measure.DetentionCost)) / n
	if want := 30*-math.Expm1(-2) + 0.5; math.Abs(mean-want) > 4*20/math.Sqrt(n) {
		t.Errorf("mean stay %.2f nights, want %.2f", mean, want)
	}
	if w.stock.totalCases(ReturnedForce) != n {
		t.Errorf("%d of %d returned", w.stock.totalCases(ReturnedForce), n)
	}
}
