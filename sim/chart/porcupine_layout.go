package chart

import (
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/clock"

	"gonum.org/v1/plot/vg"
)

// mostOverHistory bounds the axis of values, as a multiple of the greatest
// published value: an interval that reaches far beyond is cut, so that it does
// not squash the published series.
const mostOverHistory = 2.5

// Widths of the bars of intervals, in points: forecasts of one date overlap, and
// the furthest ahead, which are the longest, are the thinnest.
const (
	widestBar   vg.Length = 5.5
	thinnestBar vg.Length = 1.6
)

// porcupineLayout is where everything of a figure of past forecasts stands.
type porcupineLayout struct {
	layout
	frame  panelFrame
	cut    float64           // value at which intervals are cut, in the unit of the figure
	widths map[int]vg.Length // of bars, by quarters ahead
}

// newPorcupineLayout arranges a figure whose axis of values has some steps of
// headroom.
func newPorcupineLayout(f Porcupine, headroom int) porcupineLayout {
	l := porcupineLayout{layout: layout{width: figureWidth, height: figureHeight}}
	l.axis = f.axis()
	l.cut = l.axis.max
	l.axis.max += float64(float64(headroom) * l.axis.step)
	l.first, l.last = f.span()

	axisWidth := vg.Length(0)
	for _, v := range l.axis.ticks() {
		axisWidth = max(axisWidth, plainFace.Width(l.axis.label(v)))
	}
	year := plainFace.Width("2000")
	top := l.height - margin - capHeight
	l.frame = panelFrame{unit: top, leftmost: true, plot: vg.Rectangle{
		Min: vg.Point{X: margin + axisWidth + labelGap, Y: margin + lineHeight + tickLength},
		Max: vg.Point{X: l.width - margin - year/2, Y: top - 10},
	}}
	width := l.frame.plot.Max.X - l.frame.plot.Min.X
	l.yearStep = yearStep(float64(l.last-l.first)/365.25, width.Points(), (year + 8).Points())
	l.widths = l.barWidths(f)
	return l
}

// barWidths spreads the widths over the horizons, within the room that there is
// between one date and the next.
func (l porcupineLayout) barWidths(f Porcupine) map[int]vg.Length {
	const share = 0.65 // of the distance between dates
	var dates []clock.Date
	for _, q := range f.Quills {
		dates = append(dates, q.Dates...)
	}
	slices.Sort(dates)
	dates = slices.Compact(dates)
	widest := widestBar
	for i := 1; i < len(dates); i++ {
		widest = min(widest, share*(l.x(l.frame, dates[i])-l.x(l.frame, dates[i-1])))
	}
	thinnest := min(thinnestBar, widest)
	horizons := f.horizons()
	widths := map[int]vg.Length{}
	for i, h := range horizons {
		widths[h] = widest
		if n := len(horizons) - 1; n > 0 {
			widths[h] -= vg.Length((widest - thinnest) * vg.Length(i) / vg.Length(n))
		}
	}
	return widths
}

// axis runs from zero past all medians and published values, and as far up the
// intervals as mostOverHistory allows.
func (f Porcupine) axis() valueAxis {
	published, median, high := f.greatest()
	top := f.top()
	a := newValueAxis(0, top, f.Unit, 0)
	if high > top && a.max > top && a.max-a.step >= max(published, median) {
		a.max -= a.step // the last tick within the bound
	}
	return a
}

// top is the greatest value that the axis has to reach.
func (f Porcupine) top() float64 {
	published, median, high := f.greatest()
	if most := max(mostOverHistory*published, median); most > 0 {
		return min(high, most)
	}
	return high
}

// greatest is the greatest published value, median and value of all.
func (f Porcupine) greatest() (published, median, high float64) {
	for _, p := range f.History {
		published = max(published, p.Value)
	}
	for _, q := range f.Quills {
		published = max(published, q.From.Value)
		for t := range q.Dates {
			median, high = max(median, q.Q50[t]), max(high, q.Q95[t])
		}
	}
	return published, median, max(published, high)
}

// span is the range of all dates drawn.
func (f Porcupine) span() (first, last clock.Date) {
	first, last = f.History[0].Date, f.History[len(f.History)-1].Date
	for _, q := range f.Quills {
		first, last = min(first, q.From.Date), max(last, q.Dates[len(q.Dates)-1])
	}
	return first, last
}

// horizons lists how many quarters ahead the forecasts look, in ascending order.
func (f Porcupine) horizons() (out []int) {
	for _, q := range f.Quills {
		for _, date := range q.Dates {
			out = append(out, q.ahead(date))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// ahead is the number of quarters from the origin to a date, rounded.
func (q Quill) ahead(date clock.Date) int {
	return int(math.Round(float64(date-q.Origin) / (365.25 / 4)))
}

// drawable reports values that no panel can show.
func (f Porcupine) drawable() error {
	_, _, high := f.greatest()
	if !finite(10 * high) { // the axis may go beyond it
		return fmt.Errorf("figure %q: values up to %g are too large to be drawn", f.Name, high)
	}
	if plot := newPorcupineLayout(f, maxHeadroom).frame.plot; plot.Max.X-plot.Min.X < narrowest {
		return fmt.Errorf("figure %q: values up to %g leave no room for a panel beside their axis", f.Name, f.top())
	}
	return nil
}

// point is the place of a date and a value, at the cut where the value lies
// above it.
func (l porcupineLayout) point(d clock.Date, v float64) vg.Point {
	return vg.Point{X: l.x(l.frame, d), Y: l.y(l.frame, min(v, l.cut))}
}

// bar is where an interval stands.
func (l porcupineLayout) bar(d clock.Date, q05, q95 float64, width vg.Length) vg.Rectangle {
	low, high, half := l.point(d, q05), l.point(d, q95), width/2
	return vg.Rectangle{Min: vg.Point{X: low.X - half, Y: low.Y}, Max: vg.Point{X: high.X + half, Y: high.Y}}
}

// line is where a quill runs from its start along one of its quantiles.
func (l porcupineLayout) line(q Quill, values []float64) []vg.Point {
	out := []vg.Point{l.point(q.From.Date, q.From.Value)}
	for t, date := range q.Dates {
		out = append(out, l.point(date, values[t]))
	}
	return out
}

// published is where the published series runs.
func (l porcupineLayout) published(f Porcupine) []vg.Point {
	out := make([]vg.Point, len(f.History))
	for i, p := range f.History {
		out[i] = l.point(p.Date, p.Value)
	}
	return out
}
