package chart

import (
	"image/color"

	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// Heights of a row of beliefs, in points: its label, two bars and the room below.
const (
	beliefBar  vg.Length = 9
	beliefStep           = lineHeight // from one bar to the next
	beliefRow            = 3*lineHeight + 8
)

// medianMark is the median on a bar, which is dark or light.
var medianMark = draw.LineStyle{Width: 3 * pixel}

// intervalLayout is where everything of a figure of beliefs stands.
type intervalLayout struct {
	width, height vg.Length
	axis          valueAxis
	plot          vg.Rectangle
	rows          []vg.Length // baselines of the labels
}

// The words beside the bars.
const beforeWord, afterWord = "before", "after"

func newIntervalLayout(f Interval) intervalLayout {
	l := intervalLayout{width: figureWidth, axis: newValueAxis(0, f.greatest(), f.Unit, 0)}
	bottom := margin + 2*lineHeight + tickLength
	l.height = bottom + vg.Length(len(f.Rows))*beliefRow + margin
	last := plainFace.Width(l.axis.label(l.axis.max)) / 2
	l.plot = vg.Rectangle{
		Min: vg.Point{X: margin + max(plainFace.Width(beforeWord), plainFace.Width(afterWord)) + labelGap, Y: bottom},
		Max: vg.Point{X: l.width - margin - last, Y: l.height - margin},
	}
	for i := range f.Rows {
		l.rows = append(l.rows, l.plot.Max.Y-vg.Length(i)*beliefRow-capHeight)
	}
	return l
}

// x is the place of a value.
func (l intervalLayout) x(v float64) vg.Length {
	share := (v - l.axis.min) / (l.axis.max - l.axis.min)
	return l.plot.Min.X + vg.Length(share)*(l.plot.Max.X-l.plot.Min.X)
}

// paintInterval draws a figure on a canvas of the size of its layout.
func paintInterval(c vg.Canvas, l intervalLayout, f Interval) {
	canvas := draw.NewCanvas(c, l.width, l.height)
	canvas.FillPolygon(white, corners(canvas.Rectangle))
	bottom := l.plot.Min.Y
	for _, v := range l.axis.ticks() {
		x, text := l.x(v), l.axis.label(v)
		canvas.StrokeLine2(gridLine, x, bottom, x, l.plot.Max.Y)
		canvas.StrokeLine2(axisLine, x, bottom, x, bottom-tickLength)
		write(canvas, plainFace, vg.Point{X: x - plainFace.Width(text)/2, Y: bottom - tickLength - labelGap + 1 - capHeight}, text)
	}
	canvas.StrokeLine2(axisLine, l.plot.Min.X, bottom, l.plot.Max.X, bottom)
	unit := ellipsis(plainFace, l.axis.scale.name, l.plot.Max.X-l.plot.Min.X)
	write(canvas, plainFace, vg.Point{X: l.plot.Min.X, Y: margin}, unit)
	for i, r := range f.Rows {
		label := ellipsis(boldFace, r.Label, l.plot.Max.X-l.plot.Min.X)
		canvas.FillPolygon(white, corners(grow(vg.Rectangle{
			Min: vg.Point{X: l.plot.Min.X + 1, Y: l.rows[i] - 2}, Max: vg.Point{X: l.plot.Min.X + boldFace.Width(label), Y: l.rows[i] + capHeight}}, 1)))
		write(canvas, boldFace, vg.Point{X: l.plot.Min.X, Y: l.rows[i]}, label)
		l.bar(canvas, l.rows[i]-beliefStep, beforeWord, r.Before, outerBand, black)
		l.bar(canvas, l.rows[i]-2*beliefStep, afterWord, r.After, medianInk, white)
	}
}

// bar draws an interval with its word, and the median across it.
func (l intervalLayout) bar(c draw.Canvas, baseline vg.Length, word string, q [3]float64, ink, median color.Color) {
	write(c, plainFace, vg.Point{X: l.plot.Min.X - labelGap - plainFace.Width(word), Y: baseline}, word)
	low := baseline + (capHeight-beliefBar)/2
	left, right := l.x(q[0]), l.x(q[2])
	// An interval of no width is seen all the same.
	right = max(right, left+pixel)
	c.FillPolygon(ink, corners(vg.Rectangle{Min: vg.Point{X: left, Y: low}, Max: vg.Point{X: right, Y: low + beliefBar}}))
	mark := medianMark
	mark.Color = median
	x := l.x(q[1])
	c.StrokeLine2(mark, x, low, x, low+beliefBar)
}
