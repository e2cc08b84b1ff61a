package chart

import (
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

func TestValueAxis(t *testing.T) {
	for _, c := range []struct {
		low, high float64
		unit      string
		want      string
	}{
		{500, 32000, "people", "People: 0 10,000 20,000 30,000 40,000"},
		{80e3, 286e3, "cases", "Cases, thousands: 0 100 200 300"},
		{0, 250e3, "cases", "Cases, thousands: 0 50 100 150 200 250"},
		{0, 45e6, "people", "People, millions: 0 10 20 30 40 50"},
		{190e6, 380e6, "GBP per month", "GBP million per month: 0 100 200 300 400"},
		{0, 2.2e6, "GBP per month", "GBP million per month: 0.0 0.5 1.0 1.5 2.0 2.5"},
		{0, 48e3, "GBP", "GBP thousand: 0 10 20 30 40 50"},
		{-17e6, -2e6, "GBP per month", "GBP million per month: −20 −15 −10 −5 0"},
		{-3, 8, "people", "People: −5.0 −2.5 0.0 2.5 5.0 7.5 10.0"},
		{0, 2, "cases", "Cases: 0 1 2"},
		{0, 0, "cases", "Cases: 0 1"},
	} {
		a := newValueAxis(c.low, c.high, c.unit, 0)
		var labels []string
		for _, v := range a.ticks() {
			labels = append(labels, a.label(v))
		}
		if got := a.scale.name + ": " + strings.Join(labels, " "); got != c.want {
			t.Errorf("%v to %v %s\ngot  %s\nwant %s", c.low, c.high, c.unit, got, c.want)
		}
	}
}

func TestNumbersAreRoundedToThreeFigures(t *testing.T) {
	for v, want := range map[float64]string{
		0: "0", 7: "7", 0.5: "0.500", 12.34: "12.3", 123.4: "123", 1234: "1,230", 30657: "30,700",
		999600: "1,000,000", -2345678: "−2,350,000", -0.0001: "0.000", 1e6: "1,000,000",
	} {
		if got := formatRounded(v); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
}

func TestPanelLabelsWrapEvenlyAndEndInAnEllipsis(t *testing.T) {
	const width = 130
	for text, want := range map[string]string{
		"Rules of 2025":                                    "Rules of 2025",
		"Core protection from March 2026":                  "Core protection|from March 2026",
		"Two-year permits and much else here":              "Two-year permits|and much else here",
		"One two three four five six seven eight nine ten": "One two three four|five six seven eight…",
		"Counterrevolutionaries-in-parentheses":            "Counterrevolutionar…",
	} {
		lines := wrap(boldFace, text, width, 2)
		if got := strings.Join(lines, "|"); got != want {
			t.Errorf("%q wraps to %q, want %q", text, got, want)
		}
		for _, line := range lines {
			if w := boldFace.Width(line); w > width {
				t.Errorf("%q is %.0f points wide, want %d or less", line, w.Points(), width)
			}
		}
	}
}

func TestYearLabelsKeepApart(t *testing.T) {
	label := plainFace.Width("2000") + 8
	for _, c := range []struct {
		years float64
		width vg.Length
		want  int
	}{{10, 400, 1}, {10, 190, 2}, {13, 120, 5}, {50, 190, 10}, {300, 120, 100}} {
		if got := yearStep(c.years, c.width.Points(), label.Points()); got != c.want {
			t.Errorf("%v years in %v points: a label every %d years, want %d", c.years, c.width, got, c.want)
		}
	}
}
