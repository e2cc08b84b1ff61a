package chart

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"gonum.org/v1/plot/vg"
)

// growth is a complete figure of two panels: one with a part that does not
// grow, one that stops growing.
func growth() Curves {
	return Curves{
		Caption: Caption{Name: "growth", Title: "Time grows in step with years", Measure: "Time of a run by its size", Source: "A test.", Note: "Everything else."},
		Where:   "A machine, 2 processors", When: "2026-11-23",
		Panels: []Curve{
			{Label: "Years", Detail: "1 worker", Of: "years", Unit: "seconds", Line: ThroughLast, Points: []Measurement{
				{2, 0.12, 0.11, 0.2}, {5, 0.19, 0.19, 0.19}, {10, 0.29, 0.28, 0.31}, {30, 0.82, 0.81, 0.83}}},
			{Label: "Workers", Of: "workers", Unit: "million events/s", Line: ThroughFirst, Points: []Measurement{
				{1, 4.6, 4.5, 4.7}, {2, 9.4, 9.0, 9.5}, {4, 9.0, 8.7, 9.3}}},
		},
	}
}

func TestGoldenCurves(t *testing.T) {
	svg, err := SVG(growth())
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "growth.svg", svg)
	golden(t, "growth.csv", growth().ownData())
	golden(t, "growth.md", []byte(Index([]Curves{growth()})))
}

func TestCurvesAreWrittenWithTheirData(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "figures")
	if err := WriteIndex(dir, []Curves{growth()}); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(listing(t, dir), " "), "README.md growth.csv growth.png growth.svg"; got != want {
		t.Errorf("wrote %s, want %s", got, want)
	}
}

func TestCurvesThatCannotBeDrawn(t *testing.T) {
	for want, spoil := range map[string]func(*Curves){
		"name is a file name":                func(f *Curves) { f.Name = "Growth" },
		"title has 0 words":                  func(f *Curves) { f.Title = " " },
		"where is empty":                     func(f *Curves) { f.Where = "" },
		"0 panels":                           func(f *Curves) { f.Panels = nil },
		"unit is empty":                      func(f *Curves) { f.Panels[1].Unit = "" },
		"1 points":                           func(f *Curves) { f.Panels[1].Points = f.Panels[1].Points[:1] },
		"a size is 0":                        func(f *Curves) { f.Panels[0].Points[0].Size = 0 },
		"size 5 does not come after 5":       func(f *Curves) { f.Panels[0].Points[0].Size = 5 },
		"at size 5: 0.3 in a range of 0.19":  func(f *Curves) { f.Panels[0].Points[1].Value = 0.3 },
		"at size 5: 0.19 in a range of -0.1": func(f *Curves) { f.Panels[0].Points[1].Low = -0.1 },
	} {
		f := growth()
		spoil(&f)
		_, err := SVG(f)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}

// The line of proportion is named once, where there is one.
func TestProportionIsNamedOnce(t *testing.T) {
	svg, err := SVG(growth())
	if err != nil {
		t.Fatal(err)
	}
	contents, _ := parse(t, svg).texts()
	if n := count(contents, proportionLabel); n != 1 {
		t.Errorf("%q is there %d times: %q", proportionLabel, n, contents)
	}
	f := growth()
	f.Panels[0].Line, f.Panels[1].Line = NoLine, NoLine
	if svg, err = SVG(f); err != nil {
		t.Fatal(err)
	}
	if contents, _ = parse(t, svg).texts(); count(contents, proportionLabel) > 0 {
		t.Error("a figure without a line of proportion names one")
	}
}

func count(texts []string, text string) (n int) {
	for _, s := range texts {
		if s == text {
			n++
		}
	}
	return n
}

// Whatever the numbers, axes run from zero past the greatest value, everything
// is inside the picture and no two texts touch.
func TestNoTextOfCurvesOverlapsOrIsClipped(t *testing.T) {
	r := rand.New(rand.NewPCG(20261123, 1))
	for range 40 {
		f := growth()
		f.Panels = nil
		for i := range 1 + r.IntN(MaxPanels) {
			c := Curve{Label: fmt.Sprintf("Panel %d %s", i, strings.Repeat("of words ", r.IntN(3))), Of: "things counted", Unit: "seconds", Line: Proportion(r.IntN(3))}
			size, scale := 0.0, []float64{0.001, 1, 37, 900, 40e3}[r.IntN(5)]
			whole := r.IntN(2) == 0
			for range 2 + r.IntN(5) {
				if size += scale * r.Float64(); whole {
					size = float64(int(size) + 1)
				}
				v := scale * r.Float64()
				c.Points = append(c.Points, Measurement{size, v, v * r.Float64(), v * (1 + r.Float64())})
			}
			f.Panels = append(f.Panels, c)
		}
		svg, err := SVG(f)
		if err != nil {
			t.Fatal(err)
		}
		l := newCurveLayout(f)
		for i, frame := range l.panels {
			size, value := f.Panels[i].extent()
			if frame.sizes.min != 0 || frame.values.min != 0 || frame.sizes.max < size*(1-1e-9) || frame.values.max < value*(1-1e-9) {
				t.Errorf("axes to %v and %v for %v and %v", frame.sizes.max, frame.values.max, size, value)
			}
		}
		contents, boxes := parse(t, svg).texts()
		for i, a := range boxes {
			if a.Min.X < 0 || a.Min.Y < 0 || a.Max.X > l.width || a.Max.Y > l.height {
				t.Errorf("%q at %v is clipped", contents[i], a)
			}
			if j := slices.IndexFunc(boxes[:i], func(b vg.Rectangle) bool { return overlap(a, b) }); j >= 0 {
				t.Errorf("%q and %q overlap", contents[i], contents[j])
			}
		}
	}
}

func overlap(a, b vg.Rectangle) bool {
	return a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y
}
