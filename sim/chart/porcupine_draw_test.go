package chart

import (
	"bytes"
	"fmt"
	"image/png"
	"math"
	"strings"
	"testing"
)

func TestSamePorcupineSameBytes(t *testing.T) {
	for name, draw := range map[string]func(Figure) ([]byte, error){"SVG": SVG, "PNG": PNG} {
		first, err1 := draw(backlog())
		second, err2 := draw(backlog())
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if !bytes.Equal(first, second) {
			t.Errorf("%s: two drawings of one figure differ", name)
		}
	}
}

func TestPictureSizeOfAPorcupine(t *testing.T) {
	data, err := PNG(backlog())
	if err != nil {
		t.Fatal(err)
	}
	c, err := png.DecodeConfig(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	if c.Width != 1878 || c.Height != 1181 {
		t.Errorf("%d x %d pixels, want 1878 x 1181", c.Width, c.Height)
	}
}

// Intervals are under the medians, those under the published series; nothing is
// drawn half through.
func TestPublishedSeriesIsOnTop(t *testing.T) {
	svg, err := SVG(backlog())
	if err != nil {
		t.Fatal(err)
	}
	text := string(svg)
	order := []struct{ what, style string }{
		{"grid", "stroke:#D9D9D9"}, {"intervals", "fill:#C4D0DA"}, {"medians", "stroke:#12436D;stroke-width:0.75"}, {"published series", "stroke:#000000;stroke-width:1.5"},
	}
	for i, o := range order {
		at := strings.Index(text, o.style)
		if at < 0 {
			t.Fatalf("no %s (%s) in the drawing", o.what, o.style)
		}
		if i > 0 && at < strings.LastIndex(text, order[i-1].style) {
			t.Errorf("%s are drawn over %s", order[i-1].what, o.what)
		}
	}
	if strings.Contains(text, "opacity") {
		t.Error("something is drawn half through")
	}
}

// The axis begins at zero and holds every median and published value; intervals
// make it reach 2.5 times the greatest published value at most.
func TestIntervalsDoNotSquashThePublishedSeries(t *testing.T) {
	quill := func(f *Porcupine, q05, q50, q95 float64) {
		q := &f.Quills[5]
		q.Q05[3], q.Q50[3], q.Q95[3] = q05, q50, q95
	}
	for _, c := range []struct {
		q50, q95 float64
		top      float64
		cut      int
	}{
		{100e3, 150e3, 400e3, 2},     // only that of March 2023 is cut
		{100e3, 1e9, 400e3, 3},       // 2.5 times 175,457 is 438,642
		{430e3, 1e9, 500e3, 2},       // no median is cut
		{900e3, 950e3, 1000e3, 1},    // a median may be above the bound
		{900e3, 3e6, 1000e3, 2},      // and not its interval
		{100e3, 399_999, 400e3, 2},   // in view
		{100e3, 400_000, 400e3, 2},   // just in view
		{100e3, 400_000.5, 400e3, 3}, // just not
	} {
		f := backlog()
		quill(&f, 50e3, c.q50, c.q95)
		l, _ := arrangePorcupine(f)
		cut, all, _ := f.cuts()
		if l.axis.min != 0 || l.cut != c.top || cut != c.cut || all != 60 {
			t.Errorf("median %v, upper bound %v: axis from %v, cut at %v, %d of %d intervals cut; want %v and %d of 60", c.q50, c.q95, l.axis.min, l.cut, cut, all, c.top, c.cut)
		}
	}
}

func TestCutIntervalsAreTold(t *testing.T) {
	f := backlog()
	const words = "The picture cuts 2 of 60 intervals at 400,000; the greatest reaches 1,160,000."
	const reading = "A bar with a tip goes on beyond the axis: intervals are cut at 400,000 people"
	if got := f.Description(); !strings.HasSuffix(got, words) {
		t.Errorf("description does not end %q: %s", words, got)
	}
	if got := f.reading(); !strings.Contains(got, reading) {
		t.Errorf("reading does not say %q: %s", reading, got)
	}
	f.Quills = f.Quills[:10] // before the bad one
	if got := f.Markdown(1); strings.Contains(got, "cut") {
		t.Errorf("nothing is cut, and the page says so:\n%s", got)
	}
}

func TestDescriptionOfAPorcupine(t *testing.T) {
	f := backlog()
	f.Quills = []Quill{f.Quills[14]}
	f.Quills[0].Dates, f.Quills[0].Q05, f.Quills[0].Q50, f.Quills[0].Q95 = f.Quills[0].Dates[:1], []float64{120e3}, []float64{125e3}, []float64{128e3}
	const want = "People awaiting an initial decision, in people. Published: 29,300 in March 2018, 64,400 in December 2025, and most in June 2023, 175,000. " +
		"1 forecast, made in September 2023, for 1 quarter ahead. Forecast of September 2023: median 125,000 (90% of runs: 120,000 to 128,000) in December 2023, published 129,000. " +
		"The published value lies in 0 of the 1 interval for which there is one, above 1 and below 0."
	if got := f.Description(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	f.OfQuarters = true
	const quarters = "Published: 29,300 in the quarter to March 2018, 64,400 in the quarter to December 2025, and most in the quarter to June 2023, 175,000. " +
		"1 forecast, made in September 2023, for 1 quarter ahead. Forecast of September 2023: median 125,000 (90% of runs: 120,000 to 128,000) in the quarter to December 2023, published 129,000."
	if got := f.Description(); !strings.Contains(got, quarters) {
		t.Errorf("got %s, want in it %s", got, quarters)
	}
	f.OfQuarters = false
	f.History = f.History[:23] // none on the date of a forecast, and the last is not the greatest
	const rest = "Forecast of September 2023: median 125,000 (90% of runs: 120,000 to 128,000) in December 2023."
	if got := f.Description(); !strings.HasSuffix(got, rest) {
		t.Errorf("got %s, want it to end %s", got, rest)
	}
}

// The further ahead the thinner, down to a width that is seen, and two dates
// never touch.
func TestBarsGetThinnerWithTheHorizon(t *testing.T) {
	l := newPorcupineLayout(backlog(), 0)
	if got := fmt.Sprint(backlog().horizons()); got != "[1 2 4 8]" {
		t.Fatalf("horizons %s", got)
	}
	w := l.widths
	if !(w[1] > w[2] && w[2] > w[4] && w[4] > w[8]) || w[1] > widestBar || math.Abs(float64(w[8]-thinnestBar)) > 1e-9 {
		t.Errorf("widths %v", w)
	}
	// Thirty years of it leave less room.
	f := backlog()
	f.History[0].Date = f.History[0].Date.AddMonths(-12 * 22)
	l = newPorcupineLayout(f, 0)
	quarter := l.x(l.frame, f.Quills[0].Dates[1]) - l.x(l.frame, f.Quills[0].Dates[0])
	if w := l.widths[1]; w >= quarter || w <= 0 {
		t.Errorf("bars %v wide, %v apart", w, quarter)
	}
}
