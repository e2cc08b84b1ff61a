package compare

import (
	"bytes"
	"math"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// Two replications over the turn of two financial years, worked out by hand at
// 10% a year: 2025-26 counts once, 2026-27 times 1.1, 2027-28 times 1.21.
func TestNominalMoneyByHand(t *testing.T) {
	timeline := clock.NewTimeline(clock.MustDate("2025-12-31"), 2)
	pounds := func(each ...float64) []*measure.Run {
		var runs []*measure.Run
		for _, x := range each {
			run := &measure.Run{Months: make([]measure.Row, len(timeline.Months))}
			for m := range run.Months {
				run.Months[m][measure.HotelCost] = int64(100 * x)
				run.Months[m][measure.DiscountedCost] = int64(100 * x)
				run.Months[m][measure.HotelPeople] = int64(x)
			}
			runs = append(runs, run)
		}
		return runs
	}
	// A month costs 100 and 200 pounds in the base, 10 pounds more and 30 pounds
	// more in the other regime.
	all := [][]*measure.Run{pounds(100, 200), pounds(110, 230)}
	tables, err := Tabulate([]string{"base", "other"}, timeline, InMemory(all))
	if err != nil {
		t.Fatal(err)
	}
	var samples [][]Sample
	for _, runs := range all {
		samples = append(samples, []Sample{SampleOf(measure.HotelCost, runs), SampleOf(measure.DiscountedCost, runs)})
	}
	told := tables.InMoney(Money{Nominal: true, Inflation: 0.1}, samples, timeline)

	// 3 months of 2025-26, 12 of 2026-27, 9 of 2027-28.
	const horizon = 3 + 12*1.1 + 9*1.21
	for _, c := range []struct {
		period string
		months float64
	}{
		{Horizon, horizon}, {"2025-26 (partial: 3 months)", 3}, {"2026-27", 13.2}, {"2027-28 (partial: 9 months)", 10.89},
	} {
		total, ok := told.Total("base", measure.HotelCost, c.period)
		if want := 150 * c.months; !ok || math.Abs(total.Mean-want) > 1e-9 {
			t.Errorf("%s: the base costs %v on average, want %v", c.period, total.Mean, want)
		}
		if want := 105 * c.months; math.Abs(total.Q05-want) > 1e-9 {
			t.Errorf("%s: 5th percentile %v, want %v", c.period, total.Q05, want)
		}
		d, ok := told.Difference("other", measure.HotelCost, c.period)
		if want := 20 * c.months; !ok || math.Abs(d.Mean-want) > 1e-9 || d.N != 2 {
			t.Errorf("%s: difference %v, want %v", c.period, d.Mean, want)
		}
		// Half the distance of 10 and 30 is the standard error; Student's t with
		// one degree of freedom is 12.7062 at 97.5%.
		if want := 12.7062 * 10 * c.months; math.Abs((d.CIHigh-d.CILow)/2-want) > 1e-4*want {
			t.Errorf("%s: half-width %v, want %v", c.period, (d.CIHigh-d.CILow)/2, want)
		}
	}
	months := told.Series("base", measure.HotelCost)
	for m, want := range map[int]float64{0: 150, 2: 150, 3: 165, 14: 165, 15: 181.5, 23: 181.5} {
		if got := months[m].Mean; math.Abs(got-want) > 1e-9 {
			t.Errorf("%v: %v, want %v", months[m].Month, got, want)
		}
	}

	// What is discounted at a real rate, and what is no money, stays; a cost that
	// was not told anew is not there at all.
	for _, o := range []measure.Output{measure.DiscountedCost, measure.HotelPeople} {
		was, _ := tables.Total("base", o, Horizon)
		is, _ := told.Total("base", o, Horizon)
		if was != is {
			t.Errorf("%v: %+v, want %+v", o, is, was)
		}
	}
	if _, ok := told.Total("base", measure.TotalCost, Horizon); ok {
		t.Error("a cost is told in money that it is not in")
	}
	if got := len(told.Series("base", measure.HotelPeople)); got != 24 {
		t.Errorf("%d months of people, want 24", got)
	}
	if was, _ := tables.Total("base", measure.HotelCost, Horizon); was.Mean != 150*24 {
		t.Errorf("the real tables were changed: %v", was.Mean)
	}
}

func TestMoneySaysWhatItIs(t *testing.T) {
	nominal := Money{Nominal: true, Inflation: 0.025}
	for _, c := range []struct{ got, want string }{
		{Money{}.String(), "2025-26 prices"},
		{nominal.String(), "nominal prices, 2.5% a year from 2025-26"},
		{nominal.Of(measure.TotalCost).String(), nominal.String()},
		{nominal.Of(measure.DiscountedCost).String(), "2025-26 prices"},
	} {
		if c.got != c.want {
			t.Errorf("%q, want %q", c.got, c.want)
		}
	}
}

// A decomposition is told in nominal money, too: within one financial year its
// shares are the real ones times one factor, and over the whole run they add up
// to what all groups together differ in nominal money.
func TestNominalSharesOfADecomposition(t *testing.T) {
	regimes := []string{"base", "pack[a]", "pack[b]", "pack"}
	var all [][]*measure.Run
	var samples [][]Sample
	var variants []policy.Variant
	for subset, shift := range []int64{0, -3, 2, -5} {
		runs := synthetic(5, threeYears, 1, shift)
		all = append(all, runs)
		samples = append(samples, []Sample{SampleOf(measure.TotalCost, runs)})
		for g, group := range []string{"a", "b"} {
			variants = append(variants, policy.Variant{Regime: regimes[subset], Of: "pack", Part: policy.Decomposed, Axis: group, Value: float64(subset >> g & 1)})
		}
	}
	tables, err := Tabulate(regimes, threeYears, InMemory(all))
	if err != nil {
		t.Fatal(err)
	}
	tables.Variants = variants
	if tables.Shares, err = Decompose(variants, regimes, threeYears, InMemory(all)); err != nil {
		t.Fatal(err)
	}
	told := tables.InMoney(Money{Nominal: true, Inflation: 0.1}, samples, threeYears)
	of := func(t *Tables, o measure.Output, period, group string, effect Effect) (Share, bool) {
		for _, s := range t.Shares {
			if s.Output == o && s.Period == period && s.Group == group && s.Effect == effect {
				return s, true
			}
		}
		return Share{}, false
	}
	for _, effect := range []Effect{Alone, Last, Shapley} {
		is, found := of(told, measure.TotalCost, "2026-27", "a", effect)
		was, _ := of(tables, measure.TotalCost, "2026-27", "a", effect)
		if !found || was.Mean == 0 || math.Abs(is.Mean/was.Mean-1.1) > 1e-6 || math.Abs(is.MCSE/was.MCSE-1.1) > 1e-3 {
			t.Errorf("%s in 2026-27: %+v, want 1.1 times %+v", effect, is, was)
		}
	}
	a, _ := of(told, measure.TotalCost, Horizon, "a", Shapley)
	b, _ := of(told, measure.TotalCost, Horizon, "b", Shapley)
	whole, _ := of(told, measure.TotalCost, Horizon, "", Whole)
	d, _ := told.Difference("pack", measure.TotalCost, Horizon)
	if math.Abs(a.Mean+b.Mean-whole.Mean) > 1e-6 || math.Abs(whole.Mean-d.Mean) > 1e-6 {
		t.Errorf("shares %v and %v, total %v, difference %v", a.Mean, b.Mean, whole.Mean, d.Mean)
	}
	was, _ := of(tables, measure.HotelPeople, Horizon, "a", Shapley)
	if is, found := of(told, measure.HotelPeople, Horizon, "a", Shapley); !found || is != was {
		t.Error("shares of people are told in other numbers")
	}
	if _, found := of(told, measure.HotelCost, Horizon, "a", Shapley); found {
		t.Error("a share of a cost is told in money that it is not in")
	}

	compared, err := told.Compare([]measure.Output{measure.TotalCost}, Horizon)
	if err != nil {
		t.Fatal(err)
	}
	var text, machine bytes.Buffer
	if err := compared.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if err := compared.WriteJSON(&machine); err != nil {
		t.Fatal(err)
	}
	for want, out := range map[string]string{
		"total_cost_gbp over the whole run, GBP million, nominal prices, 10% a year from 2025-26": text.String(),
		`"prices": "nominal prices, 10% a year from 2025-26"`:                                     machine.String(),
	} {
		if !strings.Contains(out, want) {
			t.Errorf("no %q in\n%s", want, out)
		}
	}
}

// Regimes side by side name the money of the costs, and the one cost that is
// not inflated.
func TestPricesSideBySide(t *testing.T) {
	nominal := Money{Nominal: true, Inflation: 0.025}
	cost, discounted, people := Total{Output: measure.TotalCost}, Total{Output: measure.DiscountedCost}, Total{Output: measure.HotelPeople}
	for _, c := range []struct {
		money Money
		bases []Total
		want  string
	}{
		{Money{}, []Total{people}, ""},
		{Money{}, []Total{people, cost, discounted}, "costs in GBP million, 2025-26 prices\n"},
		{nominal, []Total{people, cost}, "costs in GBP million, nominal prices, 2.5% a year from 2025-26\n"},
		{nominal, []Total{discounted, cost}, "costs in GBP million, nominal prices, 2.5% a year from 2025-26; discounted_cost_gbp is not inflated: 2025-26 prices\n"},
	} {
		if got := (&Comparison{Money: c.money, Bases: c.bases}).prices(); got != c.want {
			t.Errorf("%q, want %q", got, c.want)
		}
	}
}

// Whether a regime differs from the base does not depend on the costs that are
// told in nominal money.
func TestACostThatIsNotToldStillDiffers(t *testing.T) {
	base, dearer := synthetic(3, threeYears, 1, 0), synthetic(3, threeYears, 1, 0)
	for _, run := range dearer {
		run.Months[5][measure.HotelCost] += 100
	}
	tables, err := Tabulate([]string{"base", "dearer", "same"}, threeYears, InMemory([][]*measure.Run{base, dearer, base}))
	if err != nil {
		t.Fatal(err)
	}
	told := tables.InMoney(Money{Nominal: true, Inflation: 0.025}, make([][]Sample, 3), threeYears)
	compared, err := told.Compare([]measure.Output{measure.HotelPeople}, Horizon)
	if err != nil || len(compared.Alike) != 1 || compared.Alike[0] != "same" {
		t.Errorf("alike: %v, error %v, want only the regime that is the same", compared.Alike, err)
	}
}
