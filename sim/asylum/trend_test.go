package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

func TestTrend(t *testing.T) {
	var x trend
	if got := x.follow(100, 5); got != 100 {
		t.Errorf("the first day is %v, want the level", got)
	}
	x.follow(100, 5)
	if got := x.follow(100, 5); got != 110 {
		t.Errorf("two days later it is %v, want 110", got)
	}
	if got := x.follow(300, 5); got != 300 {
		t.Errorf("a changed level gives %v, want 300", got)
	}
	if got := x.follow(300, -2); got != 298 {
		t.Errorf("a changed growth gives %v, want 298", got)
	}
}

// TestDatedChangesActOnTheirDate changes growth, levels and staff in the
// middle of a run: nothing acts before its date or as if it had always been.
func TestDatedChangesActOnTheirDate(t *testing.T) {
	opening := clock.MustDate("2025-12-31")
	timeline := clock.NewTimeline(opening, 3)
	date := clock.MustDate("2027-07-01")
	at := timeline.Month(timeline.DayOf(date))
	runFrom := func(change func(*policy.Rules)) *measure.Run {
		base, later := fixedRules(), fixedRules()
		change(&later)
		regime := &policy.Regime{Name: "dated", Starts: []clock.Date{0, date}, Epochs: []policy.Rules{base, later}}
		return simulateFrom(t, fixedModel(fixedRules(), 3), Compile(regime, timeline, groups), 2)
	}
	dispersal := func(r *measure.Run, month int) int64 { return r.Months[month][measure.DispersalPeople] }
	base := runFrom(func(*policy.Rules) {})

	grows := runFrom(func(r *policy.Rules) { r.Accommodation.DispersalGrowth += 12000 })
	// A thousand beds more a month, from July 2027: one month's worth at most
	// by its end, not eighteen months' worth.
	if more := dispersal(grows, at) - dispersal(base, at); more < 800 || more > 1100 {
		t.Errorf("%d people more in dispersal after a month of faster growth, want about 1,000", more)
	}
	set := runFrom(func(r *policy.Rules) { r.Accommodation.Dispersal = 71000 })
	if got := dispersal(set, at); got > 71000+300 {
		t.Errorf("%d people in dispersal in the month that set 71,000 beds", got)
	}
	heard := runFrom(func(r *policy.Rules) { r.Appeal.Capacity = 60000 })
	if got := heard.Months[at][measure.AppealsDeterminedCases]; got < 4900 || got > 5100 {
		t.Errorf("%d appeals in the month that set 60,000 a year, want about 5,000", got)
	}
	moved := runFrom(func(r *policy.Rules) { r.Decision.Caseworkers -= 1500 })
	if before, after := moved.Months[at-1], moved.Months[at]; after[measure.InitialDecisionsCases]*3 > before[measure.InitialDecisionsCases]*2 {
		t.Errorf("%d decisions before and %d after 1,500 caseworkers moved out", before[measure.InitialDecisionsCases], after[measure.InitialDecisionsCases])
	}
	for month := range at {
		for _, r := range []*measure.Run{grows, set, heard, moved} {
			if r.Months[month] != base.Months[month] {
				t.Fatalf("month %d: something differs before the date", month)
			}
		}
	}
}
