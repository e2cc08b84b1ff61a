package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// curveLayout is where everything of a figure of curves stands.
type curveLayout struct {
	width, height vg.Length
	panels        []curveFrame
}

// curveFrame is the place of one panel and its two axes.
type curveFrame struct {
	panelFrame
	sizes, values valueAxis
}

// labelRoom is the least distance between two labels of a horizontal axis.
const labelRoom vg.Length = 8

func newCurveLayout(f Curves) curveLayout {
	n, cols := len(f.Panels), columns(len(f.Panels))
	rows := (n + cols - 1) / cols
	l := curveLayout{width: figureWidth, height: figureHeight + vg.Length(rows-1)*rowHeight}

	// Room for the labels of the vertical axes, by column.
	l.panels = make([]curveFrame, n)
	axisWidth := make([]vg.Length, cols)
	for i, c := range f.Panels {
		_, value := c.extent()
		frame := &l.panels[i]
		frame.values = newMeasuredAxis(value, roundStep(value/4), c.Unit)
		for _, v := range frame.values.ticks() {
			axisWidth[i%cols] = max(axisWidth[i%cols], plainFace.Width(frame.values.label(v)))
		}
	}
	// And on the right for the half of a label that reaches beyond its panel.
	overhang, plotWidth := vg.Length(0), vg.Length(0)
	for range 3 { // a narrower panel may have a wider last label
		plotWidth = l.width - 2*margin - overhang - vg.Length(cols-1)*(overhang+labelRoom)
		for _, w := range axisWidth {
			plotWidth -= w + labelGap
		}
		plotWidth /= vg.Length(cols)
		for i, c := range f.Panels {
			frame := &l.panels[i]
			frame.sizes = sizeAxis(c, plotWidth)
			overhang = max(overhang, plainFace.Width(frame.sizes.label(frame.sizes.max))/2)
		}
	}

	below := margin + tickLength + labelGap + 2*lineHeight // labels and name of the horizontal axis
	band := (l.height - margin + rowGap) / vg.Length(rows)
	titles, lines := make([][]string, n), 1
	for i, c := range f.Panels {
		titles[i] = wrap(boldFace, c.Label, plotWidth, 2)
		lines = max(lines, len(titles[i]))
	}
	for i := range f.Panels {
		row, col := i/cols, i%cols
		top, x := l.height-margin-vg.Length(row)*band, margin
		for j := range col {
			x += axisWidth[j] + labelGap + plotWidth + overhang + labelRoom
		}
		x += axisWidth[col] + labelGap
		frame := &l.panels[i]
		frame.panelFrame = panelFrame{
			title:    titles[i],
			titleTop: top - capHeight - vg.Length(lines-len(titles[i]))*lineHeight,
			unit:     top - capHeight - vg.Length(lines)*lineHeight - 2,
		}
		frame.plot = vg.Rectangle{
			Min: vg.Point{X: x, Y: top - band + rowGap + below},
			Max: vg.Point{X: x + plotWidth, Y: frame.unit - 10},
		}
	}
	return l
}

// newMeasuredAxis runs from zero to the first tick at or above a value.
func newMeasuredAxis(high, step float64, unit string) valueAxis {
	const slack = 1e-9
	return valueAxis{max: math.Ceil(high/step-slack) * step, step: step, scale: quantity{1, sentence(unit)}}
}

// sizeAxis picks ticks whose labels stay apart; whole ones where all sizes are
// whole.
func sizeAxis(c Curve, width vg.Length) valueAxis {
	size, _ := c.extent()
	whole := true
	for _, p := range c.Points {
		whole = whole && p.Size == math.Round(p.Size)
	}
	for ticks := 5.0; ; ticks-- {
		step := roundStep(size / ticks)
		if whole {
			step = wholeStep(size / ticks)
		}
		a := newMeasuredAxis(size, step, c.Of)
		apart := width * vg.Length(step/a.max)
		if ticks <= 1 || apart >= plainFace.Width(a.label(a.max))+labelRoom {
			return a
		}
	}
}

// wholeStep is the smallest of 1, 2, 5 times a power of ten that is not below
// the least step wanted, and 1 or more.
func wholeStep(least float64) float64 {
	for power := 1.0; ; power *= 10 {
		for _, m := range []float64{1, 2, 5} {
			if m*power >= least*(1-1e-9) {
				return m * power
			}
		}
	}
}

// point is the place of a size and a value.
func (f curveFrame) point(size, value float64) vg.Point {
	span := f.plot.Size()
	return vg.Point{
		X: f.plot.Min.X + vg.Length(size/f.sizes.max)*span.X,
		Y: f.plot.Min.Y + vg.Length(value/f.values.max)*span.Y,
	}
}
