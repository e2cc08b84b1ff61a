package chart

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// quillDot is the radius of the mark of a forecast, in points.
const quillDot vg.Length = 1.5

// quillLine is the median of a forecast.
var quillLine = draw.LineStyle{Color: medianInk, Width: pixel}

// paintPorcupine draws a figure on a canvas of the size of its layout: all
// intervals, over them all medians, over both the published series.
func paintPorcupine(c vg.Canvas, l porcupineLayout, f Porcupine, callouts []callout) {
	canvas := draw.NewCanvas(c, l.width, l.height)
	canvas.FillPolygon(white, corners(canvas.Rectangle))
	paintFrame(canvas, l.layout, l.frame)
	for _, q := range f.Quills {
		paintIntervals(canvas, l, q)
	}
	for _, q := range f.Quills {
		line := l.line(q, q.Q50)
		canvas.StrokeLines(quillLine, line)
		for _, at := range line[1:] {
			paintDot(canvas, medianInk, at, quillDot)
		}
	}
	canvas.StrokeLines(historyLine, l.published(f))
	// The axis goes over the intervals, so that one from zero does not hide it.
	canvas.StrokeLine2(axisLine, l.frame.plot.Min.X, l.frame.plot.Min.Y, l.frame.plot.Max.X, l.frame.plot.Min.Y)
	for _, note := range callouts {
		paintCallout(canvas, note, vg.Rectangle{})
	}
}

// paintIntervals draws a bar for each interval of a forecast, with a tip where
// it is cut.
func paintIntervals(c draw.Canvas, l porcupineLayout, q Quill) {
	const tip, barb = 5, 1.2 // height of a tip, and how far it stands out on each side
	for t, date := range q.Dates {
		width := l.widths[q.ahead(date)]
		bar := l.bar(date, q.Q05[t], q.Q95[t], width)
		if q.Q95[t] > l.cut {
			half, middle := width/2+barb, l.x(l.frame, date)
			bar.Max.Y -= tip
			c.FillPolygon(outerBand, []vg.Point{
				{X: middle - half, Y: bar.Max.Y}, {X: middle, Y: bar.Max.Y + tip}, {X: middle + half, Y: bar.Max.Y}})
		}
		if bar.Max.Y > bar.Min.Y {
			c.FillPolygon(outerBand, corners(bar))
		}
	}
}
