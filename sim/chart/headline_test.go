package chart

import (
	"strings"
	"testing"
	"time"

	"asylumsim/sim/clock"
)

func TestHeadlineSaysWhatTheMediansDo(t *testing.T) {
	hotel := Subject{Text: "Hotel population"}
	appeals := Subject{Text: "Open appeals", Plural: true}
	p := func(label string, from, to float64) Panel { return straight(label, 120, from, to, 0) }
	a := func(to float64) Panel { return p("A", 100, to) }
	b := func(to float64) Panel { return p("B", 100, to) }
	long := "a title of the reform that is very long"
	for _, c := range []struct {
		s      Subject
		panels []Panel
		want   string
	}{
		{hotel, []Panel{a(50)}, "Hotel population falls"},
		{appeals, []Panel{a(50)}, "Open appeals fall"},
		{hotel, []Panel{a(104)}, "Hotel population stays about level"},
		{hotel, []Panel{a(96)}, "Hotel population stays about level"},
		{hotel, []Panel{a(106)}, "Hotel population rises"},
		{hotel, []Panel{a(94)}, "Hotel population falls"},
		{hotel, []Panel{p(long, 100, 50)}, "Hotel population falls"},

		{hotel, []Panel{a(50), b(50)}, "Hotel population falls under both regimes, ends within 5%"},
		{hotel, []Panel{a(50), b(40)}, "Hotel population falls under both regimes, lower under B"},
		{hotel, []Panel{a(50), b(60)}, "Hotel population falls under both regimes, higher under B"},
		{appeals, []Panel{a(200), b(300)}, "Open appeals rise under both regimes, higher under B"},
		{appeals, []Panel{a(101), b(99)}, "Open appeals stay about level under both regimes"},
		{hotel, []Panel{a(50), p("Core protection now", 100, 40)}, "Hotel population falls under both, lower under Core protection now"},
		{hotel, []Panel{a(50), p(long, 100, 40)}, "Hotel population falls under both regimes"},
		{hotel, []Panel{a(50), b(150)}, "Hotel population falls under A, rises under B"},
		{appeals, []Panel{a(100), b(150)}, "Open appeals stay about level under A, rise under B"},
		{hotel, []Panel{p("Rules of 2025", 100, 50), p("Core protection now", 100, 100)}, "Hotel population ends higher under Core protection now"},
		{hotel, []Panel{p("2025 rules", 100, 50), p("core protection", 100, 150)}, "Hotel population falls under 2025 rules, rises under core protection"},
		{hotel, []Panel{a(50), p(long, 100, 150)}, "Hotel population differs between the regimes"},
		// Within 5% of each other, on both sides of the line between level and rise.
		{hotel, []Panel{a(104), b(106)}, "Hotel population ends about the same under both regimes"},

		{hotel, []Panel{a(50), b(40), p("C", 100, 30)}, "Hotel population falls under all regimes"},
		{hotel, []Panel{a(50), b(51), p("C", 100, 49)}, "Hotel population falls about equally under all regimes"},
		{hotel, []Panel{a(150), b(140), p("C", 100, 30)}, "Hotel population ends lowest under C"},
		{hotel, []Panel{a(150), b(60), p("C", 100, 60)}, "Hotel population ends highest under A"},
		{hotel, []Panel{a(150), b(60), p("C", 100, 60), p("D", 100, 150)}, "Hotel population differs between the regimes"},
		{hotel, []Panel{a(104), b(106), p("C", 100, 105)}, "Hotel population ends about the same under all regimes"},

		{hotel, []Panel{p("A", 0, 5), p("B", 0, 0)}, "Hotel population rises under A, stays about level under B"},
	} {
		got := Headline(c.s, c.panels...)
		if got != c.want {
			t.Errorf("medians end at %v\ngot  %s\nwant %s", ends(c.panels), got, c.want)
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
	if got, want := Headline(Subject{Text: "Arrivals", Plural: true, Flow: true}, p), "Arrivals stay about level"; got != want {
		t.Errorf("a flow: got %s, want %s", got, want)
	}
	if got, want := Headline(Subject{Text: "Stock"}, p), "Stock rises"; got != want {
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
	if got := Headline(Subject{Text: "Hotel population"}, p); got != "Hotel population rises" {
		t.Errorf("runs that agree: %q", got)
	}
	p.Q05[last] = 50
	if got := Headline(Subject{Text: "Hotel population"}, p); got != "Median hotel population rises" {
		t.Errorf("runs that disagree: %q", got)
	}
	if got := Headline(Subject{Text: "UASC cost"}, p); got != "Median UASC cost rises" {
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
		"Boats over the period": Headline(flow, short),
		"Boats rise":            Headline(flow, long),
		"Boats by regime":       Headline(flow, short, quarterly("B", 1, 5, 9, 13, 17)),
		"Stock rises":           Headline(Subject{Text: "Stock"}, short),
	} {
		if got != want {
			t.Errorf("headline %q, want %q", got, want)
		}
	}
}
