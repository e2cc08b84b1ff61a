package chart

import (
	"image/color"
	"math"

	"asylumsim/sim/clock"

	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
)

// maxHeadroom bounds the empty steps added above the data for labels.
const maxHeadroom = 3

// arrange lays a figure out with the least headroom in which the ranges of the
// first panel can be labelled. A fan that leaves room for no label, such as
// one that ends soon after the axis begins, has none: the page text says what
// the ranges are.
func arrange(f Fan) (layout, []callout) {
	least, most := 0, maxHeadroom
	if f.shared != nil && f.shared.headroom >= 0 {
		least, most = f.shared.headroom, f.shared.headroom
	}
	for _, crowded := range []bool{false, true} {
		for headroom := least; headroom <= most; headroom++ {
			l := newLayout(f, headroom)
			if callouts, ok := label(l, f, crowded); ok {
				return l, callouts
			}
		}
	}
	return newLayout(f, least), nil
}

// paint draws a figure on a canvas of the size of its layout.
func paint(c vg.Canvas, l layout, f Fan, callouts []callout) {
	canvas := draw.NewCanvas(c, l.width, l.height)
	canvas.FillPolygon(white, corners(canvas.Rectangle))
	for i, p := range f.Panels {
		frame := l.panels[i]
		if shaded := l.unsupported(frame, f.Supported); shaded.Min.X < shaded.Max.X {
			canvas.FillPolygon(shade, corners(shaded))
		}
		paintFrame(canvas, l, frame)
		paintFan(canvas, l, frame, p)
		if len(f.History) > 0 {
			paintHistory(canvas, l, frame, f.History, p.starts())
		}
		// The zero line goes over the fan, so that a fan at zero does not hide it.
		zero := l.y(frame, 0)
		canvas.StrokeLine2(axisLine, frame.plot.Min.X, zero, frame.plot.Max.X, zero)
	}
	for _, note := range callouts {
		paintCallout(canvas, note, l.unsupported(l.panels[0], f.Supported))
	}
	if at, ok := l.shadeLabel(f); ok {
		write(canvas, plainFace, at, shadeText)
	}
}

// paintFrame draws labels, grid and ticks of a panel.
func paintFrame(c draw.Canvas, l layout, frame panelFrame) {
	for i, line := range frame.title {
		write(c, boldFace, vg.Point{X: frame.plot.Min.X, Y: frame.titleTop - vg.Length(i)*lineHeight}, line)
	}
	if frame.leftmost {
		write(c, plainFace, vg.Point{X: margin, Y: frame.unit}, ellipsis(plainFace, l.axis.scale.name, l.width-2*margin))
	}
	for _, v := range l.axis.ticks() {
		y := l.y(frame, v)
		c.StrokeLine2(gridLine, frame.plot.Min.X, y, frame.plot.Max.X, y)
		if frame.leftmost {
			text := l.axis.label(v)
			x := frame.plot.Min.X - labelGap - plainFace.Width(text)
			write(c, plainFace, vg.Point{X: x, Y: y - capHeight/2}, text)
		}
	}
	bottom := frame.plot.Min.Y
	c.StrokeLine2(axisLine, frame.plot.Min.X, bottom, frame.plot.Max.X, bottom)
	for _, d := range newYears(l.first, l.last) {
		x, year := l.x(frame, d), d.Time().Format("2006")
		length := minorLength
		if l.labelled(d) {
			length = tickLength
			at := vg.Point{X: x - plainFace.Width(year)/2, Y: bottom - tickLength - labelGap + 1 - capHeight}
			write(c, plainFace, at, year)
		}
		c.StrokeLine2(axisLine, x, bottom, x, bottom-length)
	}
}

// paintFan draws the two bands, their edges and the median.
func paintFan(c draw.Canvas, l layout, frame panelFrame, p Panel) {
	var lines [numQuantiles][]vg.Point
	for i, q := range p.quantiles() {
		lines[i] = make([]vg.Point, len(q))
		for t, v := range q {
			lines[i][t] = vg.Point{X: l.x(frame, p.Dates[t]), Y: l.y(frame, v)}
		}
	}
	fillBetween(c, outerBand, lines[q05], lines[q95])
	fillBetween(c, innerBand, lines[q25], lines[q75])
	for _, i := range []int{q05, q25, q75, q95} {
		c.StrokeLines(edgeLine, lines[i])
	}
	c.StrokeLines(medianLine, lines[q50])
}

func fillBetween(c draw.Canvas, ink color.Color, low, high []vg.Point) {
	outline := append([]vg.Point(nil), high...)
	for i := len(low) - 1; i >= 0; i-- {
		outline = append(outline, low[i])
	}
	c.FillPolygon(ink, outline)
}

// paintHistory draws the published series and marks where the model starts.
func paintHistory(c draw.Canvas, l layout, frame panelFrame, history []Point, starts clock.Date) {
	line := make([]vg.Point, len(history))
	for i, h := range history {
		line[i] = vg.Point{X: l.x(frame, h.Date), Y: l.y(frame, h.Value)}
	}
	x := l.x(frame, starts)
	c.StrokeLine2(startLine, x, frame.plot.Min.Y, x, frame.plot.Max.Y)
	c.StrokeLines(historyLine, line)
}

func paintCallout(c draw.Canvas, note callout, shaded vg.Rectangle) {
	if note.clear {
		box := grow(note.box, 2)
		c.FillPolygon(white, corners(box))
		box.Min.X, box.Max.X = max(box.Min.X, shaded.Min.X), min(box.Max.X, shaded.Max.X)
		if box.Min.X < box.Max.X {
			c.FillPolygon(shade, corners(box))
		}
	}
	if note.leads {
		c.StrokeLine2(leaderLine, note.from.X, note.from.Y, note.to.X, note.to.Y)
		paintDot(c, black, note.to, dotRadius)
	}
	write(c, plainFace, note.box.Min, note.text)
}

func paintDot(c draw.Canvas, ink color.Color, at vg.Point, radius vg.Length) {
	var dot vg.Path
	dot.Move(vg.Point{X: at.X + radius, Y: at.Y})
	dot.Arc(at, radius, 0, 2*math.Pi)
	dot.Close()
	c.SetColor(ink)
	c.Fill(dot)
}

// write draws one line of black text from the left end of its baseline.
func write(c draw.Canvas, face font.Face, at vg.Point, text string) {
	c.SetColor(black)
	c.FillString(face, at, text)
}

func corners(r vg.Rectangle) []vg.Point {
	return []vg.Point{r.Min, {X: r.Max.X, Y: r.Min.Y}, r.Max, {X: r.Min.X, Y: r.Max.Y}}
}

func grow(r vg.Rectangle, by vg.Length) vg.Rectangle {
	return vg.Rectangle{Min: vg.Point{X: r.Min.X - by, Y: r.Min.Y - by}, Max: vg.Point{X: r.Max.X + by, Y: r.Max.Y + by}}
}
