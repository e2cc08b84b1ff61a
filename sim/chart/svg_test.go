package chart

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"math"
	"math/rand/v2"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

// drawn is an SVG document as read back.
type drawn struct {
	Width   string `xml:"width,attr"`
	ViewBox string `xml:"viewBox,attr"`
	Title   string `xml:"title"`
	Desc    string `xml:"desc"`
	Group   struct {
		Texts []struct {
			X       float64 `xml:"x,attr"`
			Y       float64 `xml:"y,attr"`
			Style   string  `xml:"style,attr"`
			Content string  `xml:",chardata"`
		} `xml:"text"`
	} `xml:"g"`
}

func parse(t *testing.T, svg []byte) drawn {
	t.Helper()
	var d drawn
	if err := xml.Unmarshal(svg, &d); err != nil {
		t.Fatalf("not XML: %v", err)
	}
	if len(d.Group.Texts) == 0 {
		t.Fatal("no text found in the drawing")
	}
	return d
}

// texts lists the texts with the rectangles they cover, in points from the top
// left.
func (d drawn) texts() (contents []string, boxes []vg.Rectangle) {
	// The drawing is upside down: y counts upwards from the bottom, negated.
	height, err := strconv.ParseFloat(strings.Fields(d.ViewBox)[3], 64)
	if err != nil {
		panic(err)
	}
	for _, e := range d.Group.Texts {
		y := vg.Length(height + e.Y)
		face := plainFace
		if strings.Contains(e.Style, "bold") {
			face = boldFace
		}
		contents = append(contents, e.Content)
		boxes = append(boxes, vg.Rectangle{
			Min: vg.Point{X: vg.Length(e.X), Y: y - capHeight},
			Max: vg.Point{X: vg.Length(e.X) + face.Width(e.Content), Y: y},
		})
	}
	return contents, boxes
}

func TestGoldenFigures(t *testing.T) {
	golden(t, "two_regimes.svg", mustSVG(t, hotels()))
	one := hotels()
	one.Panels = one.Panels[:1]
	golden(t, "one_regime.svg", mustSVG(t, one))
	golden(t, "four_regimes.svg", mustSVG(t, panels(4)))
}

func TestSameFigureSameBytes(t *testing.T) {
	for name, draw := range map[string]func(Figure) ([]byte, error){"SVG": SVG, "PNG": PNG} {
		first, err1 := draw(hotels())
		second, err2 := draw(hotels())
		if err1 != nil || err2 != nil {
			t.Fatal(err1, err2)
		}
		if !bytes.Equal(first, second) {
			t.Errorf("%s: two drawings of one figure differ", name)
		}
	}
}

func TestTextIsAtLeastTwelvePoints(t *testing.T) {
	for n := 1; n <= MaxPanels; n++ {
		svg := mustSVG(t, panels(n))
		d := parse(t, svg)
		width, err := strconv.ParseFloat(strings.TrimSuffix(d.Width, "pt"), 64)
		if err != nil {
			t.Fatalf("width %q is not in points", d.Width)
		}
		units, err := strconv.ParseFloat(strings.Fields(d.ViewBox)[2], 64)
		if err != nil {
			t.Fatal(err)
		}
		sizes := regexp.MustCompile(`font-size:([0-9.]+)px`).FindAllSubmatch(svg, -1)
		if len(sizes) != len(d.Group.Texts) {
			t.Fatalf("%d sizes for %d texts", len(sizes), len(d.Group.Texts))
		}
		for _, m := range sizes {
			size, err := strconv.ParseFloat(string(m[1]), 64)
			if err != nil || size*width/units < 12 {
				t.Errorf("%d panels: text of %s units is %.2f points, want 12 or more", n, m[1], size*width/units)
			}
		}
	}
}

func TestTextIsHorizontalAndHasFallbackFonts(t *testing.T) {
	svg := string(mustSVG(t, hotels()))
	if strings.Contains(svg, "rotate") {
		t.Error("the drawing rotates something")
	}
	families := regexp.MustCompile(`font-family:[^;"]*`).FindAllString(svg, -1)
	for _, f := range families {
		if f != "font-family:"+fontFamily {
			t.Errorf("text in %q without the list of fallbacks", f)
		}
	}
	if n := strings.Count(svg, "<text"); len(families) != n {
		t.Errorf("%d texts, %d with a typeface", n, len(families))
	}
}

// Each label stands once, in the first panel; beyond labels, titles, ticks and
// unit there is no text, so no legend and no title in the picture.
func TestRangesAreLabelledOnceWithoutLegend(t *testing.T) {
	f := hotels()
	contents, boxes := parse(t, mustSVG(t, f)).texts()
	second := newLayout(f, 0).panels[1].plot.Min.X
	for _, want := range []string{"90% of runs", "50% of runs", "Median", "Model starts"} {
		at := slices.Index(contents, want)
		if at < 0 || slices.Contains(contents[at+1:], want) {
			t.Errorf("%q is not there exactly once: %q", want, contents)
		} else if boxes[at].Max.X > second {
			t.Errorf("%q is not in the first panel", want)
		}
	}
	rest := regexp.MustCompile(`^(90% of runs|50% of runs|Median|Model starts|Published|Rules of 2025|Core protection|People|20\d\d|[0-9],?[0-9,]*)$`)
	for _, text := range contents {
		if !rest.MatchString(text) {
			t.Errorf("unexpected text %q in the picture", text)
		}
	}
}

func TestPanelsShareTheAxes(t *testing.T) {
	for n := 2; n <= MaxPanels; n++ {
		f := panels(n)
		l, callouts := arrange(f)
		if len(callouts) < 3 {
			t.Errorf("%d panels: labels %v, want three or more", n, callouts)
		}
		if _, high := f.extent(); l.axis.min != 0 || l.axis.max < high {
			t.Errorf("%d panels: axis from %v to %v does not run from zero to %v", n, l.axis.min, l.axis.max, high)
		}
		first := l.panels[0].plot.Size()
		for i, frame := range l.panels {
			size := frame.plot.Size()
			if dx, dy := size.X-first.X, size.Y-first.Y; max(dx, -dx) > 1e-9 || max(dy, -dy) > 1e-9 {
				t.Errorf("%d panels: panel %d is %v by %v, the first %v by %v", n, i, size.X, size.Y, first.X, first.Y)
			}
		}
		rows := 0
		for _, text := range contentsOf(t, f) {
			if text == "People" {
				rows++
			}
		}
		if cols := columns(n); rows != (n+cols-1)/cols {
			t.Errorf("%d panels: %d value axes, want one a row", n, rows)
		}
	}
}

func contentsOf(t *testing.T, f Fan) []string {
	contents, _ := parse(t, mustSVG(t, f)).texts()
	return contents
}

// Whatever the numbers, the median is labelled, everything is inside the
// picture and no two texts touch.
func TestLabelsAreThereAndNoTextOverlapsOrIsClipped(t *testing.T) {
	r := rand.New(rand.NewPCG(20260302, 1))
	for range 25 {
		f := hotels()
		size := []float64{20, 900, 30e3, 400e3, 3e6, 40e6, 900e6}[r.IntN(7)]
		f.Unit = []string{"people", "cases per month", "GBP per month"}[r.IntN(3)]
		f.Panels = nil
		months := 12 + r.IntN(200)
		for i := range 1 + r.IntN(MaxPanels) {
			start := size * r.Float64()
			p := straight(fmt.Sprintf("Regime %d %s", i, strings.Repeat("with words ", r.IntN(6))), months,
				start, size*r.Float64(), size*r.Float64()*r.Float64()*0.5)
			season := r.Float64() * float64(r.IntN(2))
			for _, q := range p.quantiles() {
				for j := range q {
					q[j] = max(0, q[j]) * (1 + season*math.Sin(2*math.Pi*float64(j)/12))
				}
			}
			f.Panels = append(f.Panels, p)
		}
		f.History = nil
		if r.IntN(2) == 0 {
			f.History = quarters(size*r.Float64(), size*r.Float64(), size*r.Float64(), size*r.Float64(), size*r.Float64(), size*r.Float64())
		}
		d := parse(t, mustSVG(t, f))
		l := newLayout(f, 0)
		contents, boxes := d.texts()
		if !slices.ContainsFunc(contents, func(s string) bool { return strings.HasPrefix(s, "Median") }) {
			t.Errorf("the median is not labelled: %q", contents)
		}
		for i, a := range boxes {
			if a.Min.X < 0 || a.Min.Y < 0 || a.Max.X > l.width || a.Max.Y > l.height {
				t.Errorf("%q at %v is clipped", contents[i], a)
			}
			for j, b := range boxes[:i] {
				if a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y {
					t.Errorf("%q and %q overlap", contents[i], contents[j])
				}
			}
		}
	}
}

func TestTitleAndDescriptionAreEscaped(t *testing.T) {
	f := hotels()
	f.Title = `Stock < "limit" & flow > 0`
	f.Measure = "People & <others>"
	f.Panels[0].Label = "A & B <x>"
	d := parse(t, mustSVG(t, f))
	if d.Title != f.Title {
		t.Errorf("title reads %q, want %q", d.Title, f.Title)
	}
	if d.Desc != f.Description() {
		t.Errorf("description reads %q, want %q", d.Desc, f.Description())
	}
	contents, _ := d.texts()
	if !slices.Contains(contents, "A & B <x>") {
		t.Errorf("panel label is lost: %q", contents)
	}
	page := f.Markdown(1)
	if strings.Contains(page, "<others>") || !strings.Contains(page, "&lt;others&gt;") {
		t.Errorf("page text is not escaped:\n%s", page)
	}
}

func TestRangesTooThinToSeeShareALabel(t *testing.T) {
	f := hotels()
	f.Panels[0] = straight("Rules of 2025", 120, 30600, 21000, 10)
	contents := contentsOf(t, f)
	if !slices.Contains(contents, "Median and 90% of runs") || slices.Contains(contents, "50% of runs") {
		t.Errorf("labels of a fan as thin as a line: %q", contents)
	}
}
