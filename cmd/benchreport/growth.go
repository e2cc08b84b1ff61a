package main

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"asylumsim/sim/chart"
)

const growthPrefix = "Growth/of="

// axis is a thing that the cost of a run grows with.
type axis struct {
	of    string // as benchmarks name it
	label string
	unit  string // of sizes
}

var axes = []axis{
	{"people", "People", "thousand people"},
	{"years", "Years", "years"},
	{"regimes", "Regimes", "regimes"},
	{"replications", "Replications", "replications"},
	{"workers", "Workers", "workers"},
}

// growthFigures are the time and the memory of a run by its size.
func growthFigures(s *sheet) ([]chart.Curves, error) {
	t := &tabling{sheet: s}
	base := chart.Curves{
		Caption: chart.Caption{Source: "make bench, as stored in results/benchmark/baseline.txt."},
		Where:   t.machine(), When: t.fact("date"),
	}
	time, memory := base, base
	time.Name, time.Measure = "run-time", "Time of a run by its size"
	time.Note = "Reading the configuration and writing result files."
	memory.Name, memory.Measure = "run-memory", "Highest resident memory of the process in a run, by its size"
	memory.Note = "What writing result files takes. The program itself and its parameters are in all panels, and make most of the least values. MB are 10^6 bytes."
	for _, a := range axes {
		duration := scaled{"ns/op", 1e-9, "seconds", chart.ThroughLast}
		if a.of == "workers" {
			duration = scaled{"events/s", 1e-6, "million events/s", chart.ThroughFirst}
		}
		time.Panels = append(time.Panels, t.curve(a, duration))
		memory.Panels = append(memory.Panels, t.curve(a, scaled{"peak-MB", 1, "MB", chart.NoLine}))
	}
	if t.err != nil {
		return nil, t.err
	}
	time.Title, memory.Title = timeHeadline(time.Panels), memoryHeadline(memory.Panels)
	return []chart.Curves{time, memory}, nil
}

// scaled is a measure of benchmarks times a scale, the unit that gives and
// where proportion is drawn.
type scaled struct {
	unit   string
	scale  float64
	called string
	line   chart.Proportion
}

// of scales a measurement and leaves six decimals.
func (m scaled) of(v float64) float64 { return math.Round(v*m.scale*1e6) / 1e6 }

// curve collects the benchmarks that grow along an axis.
func (t *tabling) curve(a axis, m scaled) chart.Curve {
	c := chart.Curve{Label: a.label, Of: a.unit, Unit: m.called, Line: m.line}
	for _, name := range t.each(growthPrefix + a.of + "/") {
		values, err := t.get(name, m.unit, 1)
		if err != nil {
			t.fail(err)
			return c
		}
		c.Detail = detail(name, a.of)
		c.Points = append(c.Points, chart.Measurement{
			Size: t.sizeOf(name, a.of), Value: m.of(medianOf(values)), Low: m.of(slices.Min(values)), High: m.of(slices.Max(values)),
		})
	}
	if len(c.Points) < 2 {
		t.fail(fmt.Errorf("%s: %d benchmarks have names that begin with %s%s, want 2 or more", t.file, len(c.Points), growthPrefix, a.of))
	}
	slices.SortFunc(c.Points, func(a, b chart.Measurement) int { return cmp.Compare(a.Size, b.Size) })
	return c
}

// sizeOf is the size of a benchmark along an axis: people as they were counted,
// in thousands, the others as the name has them.
func (t *tabling) sizeOf(name, of string) float64 {
	if of == "people" {
		return math.Round(t.median(name, "people/op")) / 1000
	}
	n, err := strconv.Atoi(label(name, of))
	if err != nil {
		t.fail(fmt.Errorf("%s: %s has no whole number of %s", t.file, name, of))
	}
	return float64(n)
}

// detail says in words what a benchmark holds the same along an axis.
func detail(name, of string) string {
	var parts []string
	for _, a := range axes {
		value := label(name, a.of)
		switch {
		case a.of == of:
		case value == "1:1":
			parts = append(parts, "all people")
		case a.of == "people":
			parts = append(parts, strings.Replace(value, ":", "/", 1)+" of people")
		case value == "1":
			parts = append(parts, "1 "+strings.TrimSuffix(a.of, "s"))
		default:
			parts = append(parts, value+" "+a.of)
		}
	}
	return strings.Join(parts, ", ")
}

// timeHeadline says whether time is in proportion to size where runs are large:
// between the two greatest sizes of each panel but that of workers.
func timeHeadline(panels []chart.Curve) string {
	for _, c := range panels[:len(panels)-1] {
		n := len(c.Points)
		if power := powerOf(c.Points[n-2], c.Points[n-1]); power < 0.8 || power > 1.2 {
			return "How the time of a run grows"
		}
	}
	return "Time grows in step with people, years, regimes and replications"
}

// memoryHeadline says what memory grows with: by more than a half from the least
// to the greatest size for people and workers, and by less than in the fifth
// power of it for replications.
func memoryHeadline(panels []chart.Curve) string {
	for i, c := range panels {
		first, last := c.Points[0], c.Points[len(c.Points)-1]
		grows, of := last.Value > 1.5*first.Value, axes[i].of
		if (of == "people" || of == "workers") && !grows || of == "replications" && powerOf(first, last) > 0.2 {
			return "How the memory of a run grows"
		}
	}
	return "Memory grows with people and workers, not with replications"
}

// powerOf is the power of size with which a measure grows between two points.
func powerOf(a, b chart.Measurement) float64 {
	return math.Log(b.Value/a.Value) / math.Log(b.Size/a.Size)
}
