package chart

import (
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// measuredDot is the radius of the mark of a measurement.
const measuredDot vg.Length = 3

// proportionLabel names the line of proportion, in the first panel that has one
// and room for it.
const proportionLabel = "In proportion"

// paintCurves draws a figure on a canvas of the size of its layout.
func paintCurves(c vg.Canvas, l curveLayout, f Curves) {
	canvas := draw.NewCanvas(c, l.width, l.height)
	canvas.FillPolygon(white, corners(canvas.Rectangle))
	labelled := false
	for i, curve := range f.Panels {
		frame := l.panels[i]
		paintAxes(canvas, frame)
		var line []vg.Point
		for _, p := range curve.Points {
			line = append(line, frame.point(p.Size, p.Value))
		}
		if slope := curve.slope(); slope > 0 {
			end := frame.point(frame.sizes.max, slope*frame.sizes.max)
			if most := frame.values.max / slope; most < frame.sizes.max {
				end = frame.point(most, frame.values.max)
			}
			origin := frame.point(0, 0)
			canvas.StrokeLine2(startLine, origin.X, origin.Y, end.X, end.Y)
			if !labelled {
				var note callout
				if note, labelled = nameProportion(frame, line, origin, end); labelled {
					paintCallout(canvas, note, vg.Rectangle{})
				}
			}
		}
		canvas.StrokeLines(medianLine, line)
		for j, p := range curve.Points {
			canvas.StrokeLine2(medianLine, line[j].X, frame.point(p.Size, p.Low).Y, line[j].X, frame.point(p.Size, p.High).Y)
			paintDot(canvas, medianInk, line[j], measuredDot)
		}
	}
}

// paintAxes draws labels, grid and ticks of a panel.
func paintAxes(c draw.Canvas, f curveFrame) {
	for i, line := range f.title {
		write(c, boldFace, vg.Point{X: f.plot.Min.X, Y: f.titleTop - vg.Length(i)*lineHeight}, line)
	}
	write(c, plainFace, vg.Point{X: f.plot.Min.X, Y: f.unit}, ellipsis(plainFace, f.values.scale.name, f.plot.Size().X))
	for _, v := range f.values.ticks() {
		at, text := f.point(0, v), f.values.label(v)
		c.StrokeLine2(gridLine, f.plot.Min.X, at.Y, f.plot.Max.X, at.Y)
		write(c, plainFace, vg.Point{X: at.X - labelGap - plainFace.Width(text), Y: at.Y - capHeight/2}, text)
	}
	bottom := f.plot.Min.Y
	c.StrokeLine2(axisLine, f.plot.Min.X, bottom, f.plot.Max.X, bottom)
	y := bottom - tickLength - labelGap + 1 - capHeight
	for _, v := range f.sizes.ticks() {
		at, text := f.point(v, 0), f.sizes.label(v)
		c.StrokeLine2(axisLine, at.X, bottom, at.X, bottom-tickLength)
		if v > 0 { // one 0 in the corner is enough
			write(c, plainFace, vg.Point{X: at.X - plainFace.Width(text)/2, Y: y}, text)
		}
	}
	name := ellipsis(plainFace, f.sizes.scale.name, f.plot.Size().X)
	write(c, plainFace, vg.Point{X: f.plot.Min.X, Y: y - lineHeight}, name)
}

// nameProportion finds a place for the name of a line of proportion that runs
// from origin to end: on the right, under the line and as near to it as may be,
// from where a leader goes straight up to it and meets no measurement.
func nameProportion(f curveFrame, measured []vg.Point, origin, end vg.Point) (callout, bool) {
	const room, shortest = 4, 6
	width := plainFace.Width(proportionLabel)
	if width > f.plot.Size().X-2*room || end.X <= origin.X {
		return callout{}, false
	}
	box := vg.Rectangle{Min: vg.Point{X: f.plot.Max.X - room - width}, Max: vg.Point{X: f.plot.Max.X - room}}
	at := func(x vg.Length) vg.Length { return origin.Y + (x-origin.X)*(end.Y-origin.Y)/(end.X-origin.X) }
	middle := (box.Min.X + box.Max.X) / 2
	if middle > end.X {
		return callout{}, false
	}
	below := func(x, y vg.Length) bool { // whether a place is free from there to the axis
		for i := 1; i < len(measured); i++ {
			a, b := measured[i-1], measured[i]
			if a.X <= x && x <= b.X && a.Y+(x-a.X)*(b.Y-a.Y)/(b.X-a.X) < y+measuredDot {
				return false
			}
		}
		return at(x) >= y
	}
	for y := at(middle) - shortest - capHeight; y >= f.plot.Min.Y+room; y-- {
		box.Min.Y, box.Max.Y = y, y+capHeight
		free := !crossesGrid(f, box) && below(middle, at(middle)-measuredDot)
		for x := box.Min.X; x <= box.Max.X && free; x++ {
			free = below(x, box.Max.Y+room)
		}
		if free {
			return callout{
				text: proportionLabel, box: box, clear: true, leads: true,
				from: vg.Point{X: middle, Y: box.Max.Y + 2}, to: vg.Point{X: middle, Y: at(middle)},
			}, true
		}
	}
	return callout{}, false
}

// crossesGrid reports whether a grid line would run through a text.
func crossesGrid(f curveFrame, box vg.Rectangle) bool {
	for _, v := range f.values.ticks() {
		if y := f.point(0, v).Y; y > box.Min.Y-3 && y < box.Max.Y+3 {
			return true
		}
	}
	return false
}
