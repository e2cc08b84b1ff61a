package verify

import (
	"fmt"
	"strings"
	"testing"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// TestUnbalancedBooksAreAFinding: the check of the books fails with what does
// not balance, and nothing else is said to hold.
func TestUnbalancedBooksAreAFinding(t *testing.T) {
	unbalanced := fmt.Errorf("replication 3: regime a: %w: 7 cases are lost", asylum.ErrUnbalanced)
	found := new(tallies).findings(unbalanced, "")
	for i, f := range found {
		if f.Passed() || i == balance && (f.Estimate != 1 || !strings.Contains(f.Fault, "7 cases are lost")) {
			t.Errorf("%s: %v, fault %q", f.Name, f.Estimate, f.Fault)
		}
	}
	if len(found) != numIdentities {
		t.Errorf("%d findings", len(found))
	}
}

// TestDeviationsAreCounted: a regime whose second month differs although its
// rules differ from the third on, a run that differs, and a comparison of nothing.
func TestDeviationsAreCounted(t *testing.T) {
	timeline := clock.NewTimeline(clock.MustDate("2025-12-31"), 1)
	run := func(second int64) *measure.Run {
		r := &measure.Run{Months: make([]measure.Row, len(timeline.Months))}
		r.Months[1][0] = second
		return r
	}
	changed := policy.Rules{}
	changed.Appeal.Capacity = 5
	base := &policy.Regime{Name: "base", Starts: []clock.Date{0}, Epochs: []policy.Rules{{}}}
	later := &policy.Regime{Name: "later", Starts: []clock.Date{0, clock.MustDate("2026-03-02")}, Epochs: []policy.Rules{{}, changed}}
	whole := [][]*measure.Run{{run(1), run(1)}, {run(1), run(2)}}
	months, early := beforeThePolicy(timeline, []*policy.Regime{base, later}, whole)
	if months != 4 || early != 1 {
		t.Errorf("%d of %d months differ early, want 1 of 4: January and February of two replications", early, months)
	}
	if n := different(whole, [][]*measure.Run{{run(1), run(1)}, {run(1), run(1)}}); n != 1 {
		t.Errorf("%d runs differ, want 1", n)
	}
	if f := new(tallies).findings(nil, "before the rules do"); len(f) != 1 || f[0].Passed() {
		t.Errorf("what was held on nothing passed: %+v", f)
	}
}
