package measure

import (
	"math"
	"slices"
	"strings"
	"testing"

	"asylumsim/sim/clock"
)

// TestDefinitionsAreWhole: every output has a name of its own that ends in its
// unit, a description, and a payer if it is a cost.
func TestDefinitionsAreWhole(t *testing.T) {
	seen := map[string]bool{}
	suffix := map[string]string{"people": "_people", "cases": "_cases", "GBP": "_gbp", "boats": "_boats", "FTE": "_fte", "days": ""}
	for o := range NumOutputs {
		d := o.Define()
		if d.Name == "" || d.Describe == "" || seen[d.Name] {
			t.Errorf("output %d: %+v", o, d)
		}
		seen[d.Name] = true
		end, known := suffix[d.Unit]
		if !known || !strings.HasSuffix(d.Name, end) {
			t.Errorf("%s is in %q", d.Name, d.Unit)
		}
		if (d.Kind == Cost) != (d.Payer != NoPayer) || (d.Kind == Cost) != (d.Unit == "GBP") {
			t.Errorf("%s: kind %v, payer %q, unit %s", d.Name, d.Kind, d.Payer, d.Unit)
		}
		if found, ok := ByName(d.Name); !ok || found != o {
			t.Errorf("%s is not found by its name", d.Name)
		}
	}
	if _, ok := ByName("hotel"); ok {
		t.Error("an output was found by a name it does not have")
	}
}

// TestStocksAreWhatStandsAtTheEndOfAMonth: who waits, lives somewhere, holds a
// permit, is detained, subject to removal or out of contact. A person among them
// in January and in February is one person, where a flow would count two.
func TestStocksAreWhatStandsAtTheEndOfAMonth(t *testing.T) {
	stocks := []Output{
		AwaitingInitialDecisionPeople, AwaitingInitialDecisionCases,
		CaseworkersFTE, CaseworkersOtherWorkFTE, CaseworkersInTrainingFTE,
		AppealsOpenCases, OnwardAppealsOpenCases,
		PermitsInForcePeople, PermitReviewsOpenCases,
		AppealRightsExhaustedPeople, LimboPeople, AbscondedPeople, DetainedPeople,
		SupportedPeople, HotelPeople, DispersalPeople, InitialAccommodationPeople, LargeSitePeople,
		OtherAccommodationPeople, SubsistenceOnlyPeople, FamiliesRefusedInHotelsCases,
	}
	for o := range NumOutputs {
		if got, want := o.Define().Kind == Stock, slices.Contains(stocks, o); got != want {
			t.Errorf("%v: a stock: %v, want %v", o, got, want)
		}
	}
}

// TestCostLinesComeBeforeTheirTotals: the ledger sums all lines before the
// total.
func TestCostLinesComeBeforeTheirTotals(t *testing.T) {
	for o := TotalCost + 1; o < NumOutputs; o++ {
		if d := o.Define(); d.Kind == Cost && o != DiscountedCost {
			t.Errorf("%s is behind the total", d.Name)
		}
	}
}

func TestWaitsAreBinned(t *testing.T) {
	var w Waits
	for days, bin := range map[int64]int{-1: 0, 0: 0, 29: 0, 30: 1, 3599: 119, 3600: 120, 99999: 120} {
		before := w[WaitAppeal][bin]
		w.Add(WaitAppeal, days)
		if w[WaitAppeal][bin] != before+1 {
			t.Errorf("%d days are not in bin %d", days, bin)
		}
	}
}

// TestNumbersThatCannotBeCountedAreFound, with output and month: what a number that
// is not finite becomes as a whole one, and people below 0. Money may be below 0,
// as of contributions.
func TestNumbersThatCannotBeCountedAreFound(t *testing.T) {
	timeline := clock.NewTimeline(clock.MustDate("2025-12-31"), 1)
	infinite := math.Inf(1)
	for _, c := range []struct {
		output Output
		number int64
		want   string
	}{
		{HotelPeople, 0, ""},
		{HotelPeople, 1 << 53, ""},
		{HotelPeople, -1, "hotel_people in the month to 2026-03-31 is -1: want a number that can be counted"},
		{HotelPeople, 1<<53 + 1, "hotel_people in the month to 2026-03-31 is 9007199254740993"},
		{TotalCost, -1 << 53, ""},
		{TotalCost, -1<<53 - 1, "total_cost_gbp in the month to 2026-03-31"},
		{TotalCost, int64(infinite), "total_cost_gbp in the month to 2026-03-31"},
	} {
		run := Run{Months: make([]Row, len(timeline.Months))}
		run.Months[2][c.output] = c.number
		got := ""
		if err := run.Check(timeline); err != nil {
			got = err.Error()
		}
		if c.want == "" && got != "" || !strings.HasPrefix(got, c.want) {
			t.Errorf("%v of %d: %q, want %q", c.output, c.number, got, c.want)
		}
	}
}
