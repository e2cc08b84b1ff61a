package chart

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// beliefs is a complete figure of three quantities.
func beliefs() Interval {
	return Interval{
		Caption: Caption{
			Name: "posterior", Title: "Published quarters inform 3 of 159 parameters", Measure: "Parameters before and after calibration",
			Source: "Simulation; Home Office and Ministry of Justice statistics.", Note: "What the model leaves out is not in it.",
		},
		Geography: "United Kingdom", Period: "quarters to December 2025", Unit: "percentile of the prior", Data: "../posterior.csv",
		Rows: []Belief{
			{"support_need", [3]float64{5, 50, 95}, [3]float64{0.6, 4.5, 17}, "90% from −0.76 to −0.31 log-odds"},
			{"withdrawal_rate", [3]float64{5, 50, 95}, [3]float64{5, 31, 88}, "90% from 0.17 to 0.39 a year"},
			{"dispersal_growth", [3]float64{5, 50, 95}, [3]float64{37, 90, 99}, "90% from 2,660 to 6,632 people a year"},
		},
	}
}

func TestGoldenInterval(t *testing.T) {
	svg, err := SVG(beliefs())
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "interval.svg", svg)
	again, err := SVG(beliefs())
	if err != nil || !bytes.Equal(svg, again) {
		t.Errorf("two drawings of one figure differ: %v", err)
	}
	png, err := PNG(beliefs())
	if err != nil || len(png) == 0 {
		t.Errorf("%d bytes of picture: %v", len(png), err)
	}
}

// TestTextsOfAnIntervalAreApart: no label covers another, with as many rows as
// there can be and long names, and all are inside the picture.
func TestTextsOfAnIntervalAreApart(t *testing.T) {
	f := beliefs()
	for len(f.Rows) < mostBeliefs {
		r := f.Rows[0]
		r.Label = strings.Repeat("a_long_name_", 12)
		f.Rows = append(f.Rows, r)
	}
	svg, err := SVG(f)
	if err != nil {
		t.Fatal(err)
	}
	l := newIntervalLayout(f)
	contents, boxes := parse(t, svg).texts()
	for i, a := range boxes {
		if a.Min.X < 0 || a.Max.X > l.width+0.01 || a.Min.Y < 0 || a.Max.Y > l.height {
			t.Errorf("%q at %v is outside of %v x %v", contents[i], a, l.width, l.height)
		}
		for j, b := range boxes[:i] {
			if a.Min.X < b.Max.X && b.Min.X < a.Max.X && a.Min.Y < b.Max.Y && b.Min.Y < a.Max.Y {
				t.Errorf("%q covers %q", contents[i], contents[j])
			}
		}
	}
}

func TestPageOfAnInterval(t *testing.T) {
	dir := t.TempDir()
	if err := WriteIndex(dir, []Interval{beliefs()}); err != nil {
		t.Fatal(err)
	}
	page, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"## Figure 1: Published quarters inform 3 of 159 parameters", "![Figure 1, described in words below](posterior.svg)",
		"support\\_need: before, median 50 (90%: 5 to 95); after, median 4.50 (90%: 0.600 to 17); 90% from −0.76 to −0.31 log-odds.",
		"from the 5% to the 95% quantile", "[posterior.csv](../posterior.csv)",
	} {
		if !strings.Contains(string(page), want) {
			t.Errorf("no %q in\n%s", want, page)
		}
	}
	for _, name := range []string{"posterior.svg", "posterior.png"} {
		if _, err := os.Stat(filepath.Join(dir, name)); err != nil {
			t.Error(err)
		}
	}
}

func TestIntervalsThatCannotBeDrawn(t *testing.T) {
	for want, change := range map[string]func(*Interval){
		"name is a file name":  func(f *Interval) { f.Name = "A b" },
		"title has 0 words":    func(f *Interval) { f.Title = "" },
		"data is empty":        func(f *Interval) { f.Data = "" },
		"0 rows: want 1 to 12": func(f *Interval) { f.Rows = nil },
		"want a label":         func(f *Interval) { f.Rows[0].Label = " " },
		"that ascend":          func(f *Interval) { f.Rows[1].After[1] = 99 },
		"numbers of 0 or more": func(f *Interval) { f.Rows[2].Before[0] = -1 },
	} {
		f := beliefs()
		change(&f)
		_, err := SVG(f)
		if err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
		if _, other := PNG(f); other == nil {
			t.Errorf("%s: the PNG is drawn", want)
		}
	}
}
