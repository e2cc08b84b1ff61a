package evidence

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// TestKnownBreaks holds the series to the breaks that configs/observed/README.md
// tells of: a figure that comes to agree, or to disagree more, is another vintage
// and has to be looked at.
func TestKnownBreaks(t *testing.T) {
	s := published(t)
	// The daily series is provisional operational data.
	for year, gap := range map[int]unit.People{2018: 0, 2019: 0, 2020: 4, 2021: 0, 2022: 19, 2023: 0, 2024: 0, 2025: 0} {
		row, err := s.BoatYear(year)
		if err != nil {
			t.Fatal(err)
		}
		days, err := s.BoatDaysBetween(clock.NewDate(year, 1, 1), clock.NewDate(year, 12, 31))
		if err != nil {
			t.Fatal(err)
		}
		sum := unit.People(0)
		for _, d := range days {
			sum += d.People
		}
		if row.People-sum != gap {
			t.Errorf("%d: official arrivals are %d more than the daily series, want %d", year, row.People-sum, gap)
		}
	}
	// Claims of the older vintage are 5% more in 2022 and 2023, and within 2% before.
	older := map[int]unit.People{}
	for _, c := range s.ClaimSizes {
		year, _, _ := c.Quarter.Civil()
		older[year] += c.People
		if unit.People(c.Main)+c.Dependants != c.People {
			t.Errorf("%v: %d main applicants and %d dependants are not %d people", c.Quarter, c.Main, c.Dependants, c.People)
		}
	}
	for year, ratio := range map[int]float64{2019: 1, 2020: 0.984, 2021: 1.010, 2022: 1.052, 2023: 1.050} {
		flows, err := s.FlowsOf(year)
		if err != nil {
			t.Fatal(err)
		}
		if got := float64(older[year]) / float64(flows.Claims); math.Abs(got-ratio) > 0.003 {
			t.Errorf("%d: claims of the older vintage are %.3f of today's, want about %.3f", year, got, ratio)
		}
	}
	// Flows change vintage once, between 2017 and 2018.
	for _, f := range s.Flows {
		want := "YE2026-06"
		if f.Quarter < clock.MustDate("2018-01-01") {
			want = "YE2025-12"
		}
		if f.Vintage != want {
			t.Errorf("%v: vintage %s, want %s", f.Quarter, f.Vintage, want)
		}
	}
	// People against cases: nobody waits without a case.
	for _, b := range s.Backlog {
		if b.Cases.Known && unit.People(b.Cases.Value) > b.People {
			t.Errorf("%v: %d cases of %d people", b.Date, b.Cases.Value, b.People)
		}
	}
	// Stocks and flows of 2025 do not reconcile: the difference is 1,557 people.
	before, err := s.BacklogAt(clock.MustDate("2024-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	after, err := s.BacklogAt(clock.MustDate("2025-12-31"))
	if err != nil {
		t.Fatal(err)
	}
	flows, err := s.FlowsOf(2025)
	if err != nil {
		t.Fatal(err)
	}
	if residual := after.People - (before.People + flows.Claims - flows.Outcomes); residual != -1557 && residual != 1557 {
		t.Errorf("the stock of 2025 is %d people off its flows, want 1,557", residual)
	}
	// Named nationalities leave out refugees and stateless people, so they sum to
	// less than all outcomes.
	named := map[int]unit.People{}
	for _, r := range s.NationalityYears {
		if !r.Partial {
			named[r.Year] += r.Outcomes
		}
	}
	for year := 2018; year <= 2025; year++ {
		all, err := s.FlowsOf(year)
		if err != nil {
			t.Fatal(err)
		}
		if named[year] == 0 || named[year] >= all.Outcomes {
			t.Errorf("%d: %d outcomes of named nationalities, of %d in all", year, named[year], all.Outcomes)
		}
	}
}
