package chart

import (
	"strings"
	"testing"

	"asylumsim/sim/clock"
)

// TestShadesWhatTheRecordDoesNotSupport: from the supported date to the right edge,
// in every panel, and says so in words; nothing where all is supported.
func TestShadesWhatTheRecordDoesNotSupport(t *testing.T) {
	f := panels(2)
	const ink = "fill:#F0F0F0"
	plain, err := SVG(f)
	if err != nil {
		t.Fatal(err)
	}
	f.Supported = f.Panels[0].Dates[2]
	shaded, err := SVG(f)
	if err != nil {
		t.Fatal(err)
	}
	if strings.Contains(string(plain), ink) {
		t.Error("a figure without a record is shaded")
	}
	if !strings.Contains(string(shaded), ink) || !strings.Contains(string(shaded), shadeText) {
		t.Error("nothing is shaded")
	}
	for _, want := range []string{"Shaded as beyond the record: what comes after " + monthOf(f.Supported), "What comes after " + monthOf(f.Supported) + " is shaded"} {
		if !strings.Contains(f.Markdown(1), want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	l := newLayout(f, 0)
	for _, frame := range l.panels {
		r := l.unsupported(frame, f.Supported)
		if r.Min.X != l.x(frame, f.Supported) || r.Max != frame.plot.Max || r.Min.Y != frame.plot.Min.Y {
			t.Errorf("shaded %v of %v", r, frame.plot)
		}
		for _, all := range []clock.Date{0, l.last, l.last + 1} {
			if r := l.unsupported(frame, all); r.Min.X != r.Max.X {
				t.Errorf("%v is shaded although supported to %v", r, all)
			}
		}
	}
}

// TestFewRunsAreDrawnFromLowestToHighest: and no range of them is said to hold 90%.
func TestFewRunsAreDrawnFromLowestToHighest(t *testing.T) {
	f := panels(2)
	for i := range f.Panels {
		p := &f.Panels[i]
		for t := range p.Dates {
			p.Lowest, p.Highest = append(p.Lowest, p.Q05[t]-1000), append(p.Highest, p.Q95[t]+1000)
		}
	}
	f.Runs = 7
	svg, err := SVG(f)
	if err != nil {
		t.Fatal(err)
	}
	page := f.Markdown(1)
	for what, text := range map[string]string{"picture": string(svg), "page": page} {
		if strings.Contains(text, "90% of runs") || strings.Contains(text, "50% of runs") {
			t.Errorf("the %s of 7 runs speaks of 90%% or 50%% of them", what)
		}
		if !strings.Contains(text, "lowest to highest of 7 runs") {
			t.Errorf("the %s does not say what the range is", what)
		}
	}
	if !strings.Contains(string(svg), ">All 7 runs<") {
		t.Error("the range has no label")
	}
	if low, _ := f.drawn().extent(); low > f.Panels[0].Lowest[0] {
		t.Errorf("drawn from %v", low)
	}
}
