package chart

import (
	"fmt"
	"math"
	"strings"

	"asylumsim/sim/clock"

	"gonum.org/v1/plot/vg"
)

// layout is where everything of a figure stands, in points from the bottom
// left corner.
type layout struct {
	width, height vg.Length
	axis          valueAxis
	first, last   clock.Date // of the shared time axis
	yearStep      int
	headroom      int // steps of the axis above the data
	panels        []panelFrame
}

// panelFrame is the place of one panel.
type panelFrame struct {
	plot     vg.Rectangle // where data are drawn
	title    []string     // lines of the panel label
	titleTop vg.Length    // baseline of the first line
	unit     vg.Length    // baseline of the unit
	leftmost bool         // carries the value axis of its row
}

// columns is the number of panels side by side: up to three, and two where
// that fills the rows evenly.
func columns(panels int) int {
	switch panels {
	case 1:
		return 1
	case 2, 4:
		return 2
	}
	return 3
}

// newLayout arranges a figure whose value axis has some steps of headroom.
func newLayout(f Fan, headroom int) layout {
	n, cols := len(f.Panels), columns(len(f.Panels))
	rows := (n + cols - 1) / cols
	l := layout{width: figureWidth, height: figureHeight + vg.Length(rows-1)*rowHeight, headroom: headroom}
	low, high := f.extent()
	l.axis = newValueAxis(low, high, f.Unit, headroom)
	l.first, l.last = f.span()

	axisWidth := vg.Length(0)
	for _, v := range l.axis.ticks() {
		axisWidth = max(axisWidth, plainFace.Width(l.axis.label(v)))
	}
	year := plainFace.Width("2000")
	left := margin + axisWidth + labelGap
	right := l.width - margin - year/2
	gutter, plotWidth := gutter, vg.Length(0)
	for range 2 {
		plotWidth = (right - left - vg.Length(cols-1)*gutter) / vg.Length(cols)
		l.yearStep = yearStep(float64(l.last-l.first)/365.25, plotWidth.Points(), (year + 8).Points())
		// Year labels at the edges of neighbouring panels must not touch.
		gutter = max(gutter, year+6-l.yearRoom(plotWidth))
	}

	below := margin + lineHeight + tickLength // year labels
	band := (l.height - margin + rowGap) / vg.Length(rows)
	maxLines := 2
	if cols == 3 {
		maxLines = 3
	}
	titles, lines := make([][]string, n), 1
	for i, p := range f.Panels {
		titles[i] = wrap(boldFace, p.Label, plotWidth, maxLines)
		lines = max(lines, len(titles[i])) // the same in all rows, so that panels are equally high
	}
	for row := range rows {
		top := l.height - margin - vg.Length(row)*band
		for i := row * cols; i < min(n, (row+1)*cols); i++ {
			x := left + vg.Length(i%cols)*(plotWidth+gutter)
			frame := panelFrame{
				title: titles[i],
				// Labels of different length stand on the same last line.
				titleTop: top - capHeight - vg.Length(lines-len(titles[i]))*lineHeight,
				unit:     top - capHeight - vg.Length(lines)*lineHeight - 2,
				leftmost: i%cols == 0,
			}
			frame.plot = vg.Rectangle{
				Min: vg.Point{X: x, Y: top - band + rowGap + below},
				Max: vg.Point{X: x + plotWidth, Y: frame.unit - 10},
			}
			l.panels = append(l.panels, frame)
		}
	}
	return l
}

// yearRoom is how far the outermost year labels stand from the edges of a
// panel, both sides together.
func (l layout) yearRoom(plotWidth vg.Length) vg.Length {
	var labelled []clock.Date
	for _, d := range newYears(l.first, l.last) {
		if l.labelled(d) {
			labelled = append(labelled, d)
		}
	}
	if len(labelled) == 0 {
		return plotWidth
	}
	days := l.last - labelled[len(labelled)-1] + labelled[0] - l.first
	return plotWidth * vg.Length(days) / vg.Length(l.last-l.first)
}

// labelled reports whether a 1 January has its year written below.
func (l layout) labelled(d clock.Date) bool {
	year, _, _ := d.Civil()
	return year%l.yearStep == 0
}

// x is the place of a date in a panel.
func (l layout) x(p panelFrame, d clock.Date) vg.Length {
	share := float64(d-l.first) / float64(l.last-l.first)
	return p.plot.Min.X + vg.Length(share)*(p.plot.Max.X-p.plot.Min.X)
}

// y is the place of a value in a panel.
func (l layout) y(p panelFrame, v float64) vg.Length {
	share := (v - l.axis.min) / (l.axis.max - l.axis.min)
	return p.plot.Min.Y + vg.Length(share)*(p.plot.Max.Y-p.plot.Min.Y)
}

// shadeText names what is shaded.
const shadeText = "Shaded: beyond the record"

// unsupported is the part of a panel after a date; empty at its right edge where
// there is none.
func (l layout) unsupported(p panelFrame, supported clock.Date) vg.Rectangle {
	shaded := p.plot
	shaded.Min.X = shaded.Max.X
	if supported > 0 && supported < l.last {
		shaded.Min.X = max(p.plot.Min.X, l.x(p, supported))
	}
	return shaded
}

// shadeLabel is the place of shadeText, in the line of the unit at the right end of
// the first row; none where the unit leaves no room, or nothing is shaded.
func (l layout) shadeLabel(f Fan) (vg.Point, bool) {
	frame := l.panels[min(len(l.panels), columns(len(l.panels)))-1]
	shaded := l.unsupported(frame, f.Supported)
	at := vg.Point{X: frame.plot.Max.X - plainFace.Width(shadeText), Y: frame.unit}
	return at, shaded.Min.X < shaded.Max.X && at.X > margin+plainFace.Width(l.axis.scale.name)+gutter
}

// drawable reports values that no panel can show: their labels take the room, or
// the height between them is no number.
func (f Fan) drawable() error {
	low, high := f.extent()
	if f.tooLarge() {
		return fmt.Errorf("figure %q: values from %g to %g are too large to be drawn", f.Name, low, high)
	}
	seen := map[string]bool{}
	for i, frame := range newLayout(f, maxHeadroom).panels {
		title := strings.Join(frame.title, " ")
		if seen[title] {
			return fmt.Errorf("figure %q: the picture shows %q for panel %d and for one before it: want labels that differ", f.Name, title, i+1)
		}
		seen[title] = true
		if frame.plot.Max.X-frame.plot.Min.X < narrowest {
			return fmt.Errorf("figure %q: values from %g to %g leave no room for a panel beside their axis", f.Name, low, high)
		}
	}
	return nil
}

// tooLarge reports values between which there is no number of steps: the axis
// always includes zero and goes beyond both ends.
func (f Fan) tooLarge() bool {
	low, high := f.extent()
	return !finite(10 * (math.Abs(low) + math.Abs(high)))
}

// narrowest is the width that a panel has to have, the space of a few samples.
const narrowest vg.Length = 20

// extent is the range of all values drawn, on all pages of the figure.
func (f Fan) extent() (low, high float64) {
	if f.shared != nil {
		return f.shared.low, f.shared.high
	}
	low, high = math.Inf(1), math.Inf(-1)
	for _, p := range f.Panels {
		for t := range p.Dates {
			low, high = min(low, p.Q05[t]), max(high, p.Q95[t])
		}
	}
	for _, h := range f.History {
		low, high = min(low, h.Value), max(high, h.Value)
	}
	return low, high
}

// span is the range of all dates drawn, from the start of the model where
// there is no history.
func (f Fan) span() (first, last clock.Date) {
	first, last = f.Panels[0].starts(), f.Panels[0].last()
	for _, p := range f.Panels[1:] {
		first, last = min(first, p.starts()), max(last, p.last())
	}
	if n := len(f.History); n > 0 {
		first, last = min(first, f.History[0].Date), max(last, f.History[n-1].Date)
	}
	return first, last
}
