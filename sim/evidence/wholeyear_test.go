package evidence

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// TestPartOfAYearIsScaledToTheWhole: of 100 decisions in 2024, 10, 20, 30 and 40 by
// quarter, 60 are of the first nine months. 30 grants and 12 refusals of these months
// are 50 and 20 of the year. Decisions of another year do not count.
func TestPartOfAYearIsScaledToTheWhole(t *testing.T) {
	s := &Series{}
	for _, q := range []struct {
		end             string
		grants, refused unit.People
	}{{"2023-12-31", 500, 500}, {"2024-03-31", 4, 6}, {"2024-06-30", 10, 10}, {"2024-09-30", 20, 10}, {"2024-12-31", 15, 25}, {"2025-03-31", 500, 500}} {
		s.Flows = append(s.Flows, Flows{Quarter: clock.MustDate(q.end)})
		f := &s.Flows[len(s.Flows)-1]
		f.Grants, f.Refusals = q.grants, q.refused
	}
	n := nationalities{series: s, year: 2024}
	if got, want := n.wholeYear(outcomes{30, 12}, clock.MustDate("2024-09-30")), (outcomes{50, 20}); !near(got.grants, want.grants) || !near(got.refusals, want.refusals) {
		t.Errorf("%+v in the year, want %+v", got, want)
	}
	if got, want := n.wholeYear(outcomes{30, 12}, clock.MustDate("2024-06-30")), (outcomes{100, 40}); !near(got.grants, want.grants) || !near(got.refusals, want.refusals) {
		t.Errorf("of half a year %+v, want %+v", got, want)
	}
}
