package asylum

import (
	"reflect"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// TestReusedWorldForgets runs other replications in a world first: what it
// measures afterwards must be what a fresh world measures.
func TestReusedWorldForgets(t *testing.T) {
	m := fixedModel(fixedRules(), 2)
	fresh := simulate(t, m, 3, 5)
	w := NewWorld(m.Timeline)
	var p Population
	for _, replication := range []int{0, 9, 5} {
		source := random.NewSource(3, replication)
		if err := p.Draw(m, fixedOpening(), source); err != nil {
			t.Fatal(err)
		}
		run, err := w.Run(m, source, &p)
		if err != nil {
			t.Fatal(err)
		}
		if same := reflect.DeepEqual(run, fresh); same != (replication == 5) {
			t.Errorf("replication %d equals a fresh replication 5: %v", replication, same)
		}
	}
}

// TestLaterPolicyChangesNothingBefore runs a regime whose rules change on one
// date against one whose rules never change.
func TestLaterPolicyChangesNothingBefore(t *testing.T) {
	base := fixedRules()
	changed := base
	changed.Decision.Caseworkers, changed.Decision.Most, changed.Decision.Productivity = 500, 1500, 2
	changed.Returns.Voluntary[1] = 1
	changed.Claims.Scale[policy.SmallBoat] = 0.5
	changed.Accommodation.Dispersal = 90000
	changed.Permit.Length = 30
	changed.Appeal.Capacity *= 2

	opening := clock.MustDate("2025-12-31")
	timeline := clock.NewTimeline(opening, 2)
	date := clock.MustDate("2027-03-01")
	regimes := [2]*policy.Regime{
		{Name: "a", Starts: []clock.Date{0}, Epochs: []policy.Rules{base}},
		{Name: "b", Starts: []clock.Date{0, date}, Epochs: []policy.Rules{base, changed}},
	}
	var runs [2]*measure.Run
	for i, r := range regimes {
		runs[i] = simulate(t, Compile(r, timeline, groups), 4, 0)
	}
	before := timeline.Month(timeline.DayOf(date))
	for month := range before {
		if runs[0].Months[month] != runs[1].Months[month] {
			t.Fatalf("%v: outputs differ before the policy date", timeline.Months[month])
		}
	}
	if runs[0].Months[before] == runs[1].Months[before] {
		t.Error("the policy changed nothing in the month it began")
	}
}

// TestNewRulesApplyFromClaimDate shortens permits for claims from a date on:
// nobody who claimed before is reviewed early.
func TestNewRulesApplyFromClaimDate(t *testing.T) {
	base := fixedRules()
	short := base
	short.Permit.Length, short.Permit.SettlementYears = 30, 20
	timeline := clock.NewTimeline(clock.MustDate("2025-12-31"), 5)
	date := clock.MustDate("2026-03-02")
	regime := &policy.Regime{Name: "short", Starts: []clock.Date{0, date}, Epochs: []policy.Rules{base, short}}
	w := NewWorld(timeline)
	m := Compile(regime, timeline, groups)
	source := random.NewSource(8, 0)
	var p Population
	if err := p.Draw(m, fixedOpening(), source); err != nil {
		t.Fatal(err)
	}
	reviewed := 0
	w.testOnlyObserve = func(scheduled bool, e event.Entry[Case]) {
		if scheduled || e.Record.Next != PermitExpires {
			return
		}
		c := e.Record
		held := int(e.At.Day()-c.Protected.Day()) / 30
		short := c.Claimed.Day() >= timeline.DayOf(date) && !c.Flags.Has(Unaccompanied)
		if c.Permits == 1 && (held < 40) != short {
			t.Fatalf("claimed on %v, permit expired after about %d months", timeline.Date(c.Claimed.Day()), held)
		}
		if short {
			reviewed++
		}
	}
	if _, err := w.Run(m, source, &p); err != nil {
		t.Fatal(err)
	}
	if reviewed == 0 {
		t.Error("no permit under the new rules expired")
	}
}

// TestMovesLeadSomewhere checks the table of moves: every stage can be
// entered, and every stage that is not final can be left.
func TestMovesLeadSomewhere(t *testing.T) {
	for s := Preparing; s < NumStages; s++ {
		entered := false
		for from := range NumStages {
			entered = entered || allowed[from][s]
		}
		if !entered {
			t.Errorf("nothing leads to %v", s)
		}
		if leaves := len(moves[s]) > 0; leaves != (s < Settled) {
			t.Errorf("%v can be left: %v", s, leaves)
		}
	}
	w := NewWorld(clock.NewTimeline(clock.MustDate("2025-12-31"), 1))
	defer func() {
		if recover() == nil {
			t.Error("a settled case moved on")
		}
	}()
	w.move(&Case{Stage: Settled, Cohort: -1}, Permitted)
}

func TestHazardTimeFollowsTheRulesOfEachDate(t *testing.T) {
	// 0.365 a year for 1,000 days, nothing for 500 days, then 3.65 a year.
	var epochs [3]policy.Rules
	epochs[0].Returns.Absconding = 0.365
	epochs[2].Returns.Absconding = 3.65
	opening := clock.MustDate("2025-12-31")
	regime := &policy.Regime{Starts: []clock.Date{opening - 5000, opening + 1001, opening + 1501}, Epochs: epochs[:]}
	h := hazardOf(regime, opening, func(r *policy.Rules) unit.PerYear { return r.Returns.Absconding })
	perDay := 0.365 / unit.DaysPerYear
	for _, c := range []struct {
		mark float64
		days float64
	}{
		{100 * perDay, 100},
		{999 * perDay, 999},
		{1000*perDay + 0.1*perDay*10, 1500 + 0.1},
		{1000*perDay + 200*perDay*10, 1700},
	} {
		want := clock.Tick(0).After(c.days)
		if got := h.time(0, c.mark); got < want-1 || got > want+1 {
			t.Errorf("mark %v is used up after %.3f days, want %.3f", c.mark, float64(got)/86400, c.days)
		}
	}
	if got := hazardOf(regime, opening, func(*policy.Rules) unit.PerYear { return 0 }).time(0, 1); got != clock.Never {
		t.Errorf("without hazard something happens at %v", got)
	}
}

func BenchmarkPopulation(b *testing.B) {
	m := fixedModel(fixedRules(), 10)
	var p Population
	b.ReportAllocs()
	for b.Loop() {
		if err := p.Draw(m, fixedOpening(), random.NewSource(1, 0)); err != nil {
			b.Fatal(err)
		}
	}
}
