package chart

import (
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
)

// less is a regime's difference from the base, with its 95% interval.
func less(label string, mean, half float64) Contrast {
	share, p := 0.5, 0.5
	switch {
	case mean > half:
		share, p = 1, 0.01
	case mean <= -half:
		share, p = 0, 0.01
	}
	return Contrast{label, compare.Difference{N: 20, PHolm: p, Mean: mean, CILow: mean - half, CIHigh: mean + half, Q05: mean - 4*half, Q95: mean + 4*half, PPositive: share}}
}

func TestHeadlineOfMediansAndDifferences(t *testing.T) {
	hotel := Subject{Text: "Hotel population"}
	appeals := Subject{Text: "Open appeals", Plural: true}
	cost := Subject{Text: "Total cost", Total: true}
	income := Subject{Text: "Contributions", Plural: true, Total: true, Income: true}
	p := func(label string, from, to float64) Panel { return straight(label, 120, from, to, 0) }
	a := func(to float64) Panel { return p("A", 100, to) }
	b := func(to float64) Panel { return p("B", 100, to) }
	c := func(to float64) Panel { return p("C", 100, to) }
	bent := b(100)
	bent.Q50 = slices.Clone(bent.Q50)
	bent.Q50[60] = 150
	long := "a title of the reform that is very long"
	for _, c := range []struct {
		s       Subject
		drawn   []Panel
		against []Contrast
		want    string
	}{
		{hotel, []Panel{a(50)}, nil, "Hotel population falls"},
		{appeals, []Panel{a(50)}, nil, "Open appeals fall"},
		{hotel, []Panel{a(104)}, nil, "Hotel population stays about level"},
		{hotel, []Panel{a(94)}, nil, "Hotel population falls"},
		{hotel, []Panel{bent}, nil, "Hotel population ends about where it began"},
		{hotel, []Panel{p(long, 100, 50)}, nil, "Hotel population falls"},
		{hotel, []Panel{p("A", 0, 5), p("B", 0, 0)}, nil, "Hotel population rises under A, stays about level under B"},
		{income, []Panel{p("A", -10, -50)}, nil, "Contributions rise"},

		// A regime and the base.
		{hotel, []Panel{a(50), b(40)}, []Contrast{less("B", -10, 4)}, "Hotel population falls under both regimes, ends lower under B"},
		{appeals, []Panel{a(200), b(300)}, []Contrast{less("B", 100, 4)}, "Open appeals rise under both regimes, end higher under B"},
		{hotel, []Panel{a(50), b(40)}, []Contrast{less("B", -10, 11)}, "Hotel population falls under both regimes, difference indistinguishable from chance"},
		{hotel, []Panel{a(50), b(150)}, []Contrast{less("B", 100, 150)}, "Hotel population: difference indistinguishable from chance"},
		{hotel, []Panel{a(50), b(150)}, []Contrast{{"B", compare.Difference{N: 1, Mean: 100, CILow: math.NaN(), CIHigh: math.NaN(), PHolm: math.NaN()}}}, "Hotel population: difference indistinguishable from chance"},
		{hotel, []Panel{a(50), b(150)}, []Contrast{less("B", 100, 4)}, "Hotel population falls under A, rises under B"},
		{hotel, []Panel{a(50), b(50)}, []Contrast{less("B", 0, 0)}, "Hotel population is the same under both regimes"},
		{appeals, []Panel{b(100), bent}, []Contrast{less("B", 0, 0)}, "Open appeals end the same under both regimes"},
		{cost, []Panel{b(100), bent}, []Contrast{less("B", 0, 0)}, "Total cost is the same in total under both regimes"},
		// However small, and whatever the medians of the last year say.
		{cost, []Panel{a(300), b(301)}, []Contrast{less("B", -3463, 12)}, "Total cost rises under both, lower in total under B"},
		{cost, []Panel{a(300), p(long, 100, 301)}, []Contrast{less(long, -3463, 12)}, "Total cost differs between the regimes"},
		{income, []Panel{p("A", 0, 0), p("B", 0, -90)}, []Contrast{less("B", -181, 4)}, "Contributions stay about level under A, rise under B"},
		{income, []Panel{p("A", 0, 0), p("to the cost of support", 0, -90)}, []Contrast{less("to the cost of support", -181, 4)}, "Contributions are higher under to the cost of support"},
		// The median of the runs does not show what their mean does.
		{hotel, []Panel{a(0), b(0)}, []Contrast{less("B", 3, 1)}, "Mean hotel population ends higher under B than A"},

		{hotel, []Panel{a(50), p(long, 100, 50)}, []Contrast{less(long, 0, 0), less("x", 0, 0)}, "Hotel population: no difference in any run"},

		// All regimes, drawn or not.
		{hotel, []Panel{a(50), b(40), c(30)}, []Contrast{less("B", -10, 2), less("C", -20, 2)}, "Hotel population falls under all regimes, ends lowest under C"},
		{hotel, []Panel{a(50), b(40), c(40)}, []Contrast{less("B", -10, 2), less("C", -10, 2)}, "Hotel population falls under all regimes, ends highest under A"},
		{hotel, []Panel{a(50), b(40), c(39)}, []Contrast{less("B", -10, 2), less("C", -11, 20)}, "Hotel population falls under all regimes"},
		{hotel, []Panel{a(50), b(40), c(150)}, []Contrast{less("B", -10, 2), less("C", 100, 120)}, "Hotel population differs between the regimes"},
		{hotel, []Panel{a(150), b(0), c(0)}, []Contrast{less("B", -150, 2), less("C", -150, 2)}, "Hotel population ends highest under A"},
		{hotel, []Panel{a(50), b(50), c(50)}, []Contrast{less("B", 0, 0), less("C", 0, 0)}, "Hotel population is the same under all regimes"},
		{hotel, []Panel{a(50), b(50), c(50)}, []Contrast{less("B", 0, 0), less("C", 1, 3)}, "Hotel population falls under all regimes, differences indistinguishable from chance"},
		{income, []Panel{p("A", 0, 0), p("B", 0, 0), p("C", 0, -90)}, []Contrast{less("B", 0, 0), less("C", -181, 4)}, "Contributions are highest in total under C"},
		{hotel, []Panel{a(50)}, []Contrast{less("x", -30, 2)}, "Hotel population falls under A"},
		{hotel, []Panel{a(50), b(40)}, []Contrast{less("B", -10, 4), less("x", -30, 2)}, "Hotel population ends lower under B than A"},
		{hotel, []Panel{a(50), b(40), c(30)}, []Contrast{less("B", -10, 2), less("C", -20, 2), less("x", -30, 2)}, "Hotel population ends highest under A"},
	} {
		got := Headline(c.s, c.drawn, c.against)
		if got != c.want {
			t.Errorf("medians end at %v\ngot  %s\nwant %s", ends(c.drawn), got, c.want)
		}
		if n := len(strings.Fields(got)); n > MaxHeadlineWords {
			t.Errorf("%q has %d words, want %d or fewer", got, n, MaxHeadlineWords)
		}
	}
}

func ends(panels []Panel) (out []float64) {
	for _, p := range panels {
		out = append(out, p.Q50[len(p.Q50)-1])
	}
	return out
}

// A flow with the same summer peak every year does not rise because the first
// month is a January and the last a December.
func TestHeadlineOfAFlowComparesYears(t *testing.T) {
	p := Panel{Label: "A"}
	for m := range 36 {
		p.Dates = append(p.Dates, clock.NewDate(2026, time.Month(m+1), 1).MonthEnd())
		p.Q50 = append(p.Q50, 100+10*float64(m%12))
	}
	if got, want := Headline(Subject{Text: "Arrivals", Plural: true, Flow: true}, []Panel{p}, nil), "Arrivals stay about level"; got != want {
		t.Errorf("a flow: got %s, want %s", got, want)
	}
	if got, want := Headline(Subject{Text: "Stock"}, []Panel{p}, nil), "Stock rises"; got != want {
		t.Errorf("a stock: got %s, want %s", got, want)
	}
}

// TestHeadlineSpeaksOfTheMedianWhereRunsDisagree: the median rises from 100 to
// 150, but the range of 90% of runs at the end begins at 50; one that begins at
// 120 leaves no doubt.
func TestHeadlineSpeaksOfTheMedianWhereRunsDisagree(t *testing.T) {
	p := straight("A", 120, 100, 150, 0)
	last := len(p.Q50) - 1
	p.Q05, p.Q95 = append([]float64(nil), p.Q50...), append([]float64(nil), p.Q50...)
	p.Q05[last], p.Q95[last] = 120, 200
	if got := Headline(Subject{Text: "Hotel population"}, []Panel{p}, nil); got != "Hotel population rises" {
		t.Errorf("runs that agree: %q", got)
	}
	p.Q05[last] = 50
	if got := Headline(Subject{Text: "Hotel population"}, []Panel{p}, nil); got != "Median hotel population rises" {
		t.Errorf("runs that disagree: %q", got)
	}
	if got := Headline(Subject{Text: "UASC cost"}, []Panel{p}, nil); got != "Median UASC cost rises" {
		t.Errorf("a subject with initials: %q", got)
	}
}

// TestAFlowOfLessThanTwoYearsIsNotCompared: the first and the last year of five
// quarters have three in common, so that the headline says nothing of a change; of
// eight quarters they are apart.
func TestAFlowOfLessThanTwoYearsIsNotCompared(t *testing.T) {
	quarterly := func(label string, values ...float64) Panel {
		p := Panel{Label: label}
		for i, v := range values {
			p.Dates = append(p.Dates, clock.MustDate("2026-03-31").AddMonths(3*i).MonthEnd())
			for _, q := range []*[]float64{&p.Q05, &p.Q25, &p.Q50, &p.Q75, &p.Q95} {
				*q = append(*q, v)
			}
		}
		return p
	}
	flow := Subject{Text: "Boats", Plural: true, Flow: true}
	short, long := quarterly("A", 1, 5, 9, 13, 17), quarterly("A", 1, 5, 9, 13, 17, 21, 25, 29)
	for want, got := range map[string]string{
		"Boats over the period": Headline(flow, []Panel{short}, nil),
		"Boats rise":            Headline(flow, []Panel{long}, nil),
		"Boats by regime":       Headline(flow, []Panel{short, quarterly("B", 1, 5, 9, 13, 17)}, nil),
		"Stock rises":           Headline(Subject{Text: "Stock"}, []Panel{short}, nil),
	} {
		if got != want {
			t.Errorf("headline %q, want %q", got, want)
		}
	}
}
