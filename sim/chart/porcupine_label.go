package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
)

// thicket is the ground on which the labels of past forecasts look for room:
// what lies between the lowest and the highest interval is taken as full.
type thicket struct {
	terrain
	published []vg.Point
	medians   [][]vg.Point // by quill, from its start
	bars      []vg.Rectangle
	crossing  crossing
}

// crossing is what leaders may cross where there is no other way: their dots
// show what they name.
type crossing uint8

const (
	crossNothing crossing = iota
	crossForecasts
	crossPublished // and forecasts
)

// arrangePorcupine lays a figure out with the least headroom in which both
// labels find a place, and with none above intervals that are cut where labels
// can do without. Where they cannot be placed, the page text says what is drawn.
func arrangePorcupine(f Porcupine) (porcupineLayout, []callout) {
	bounds := []int{maxHeadroom}
	if _, _, high := f.greatest(); high > f.axis().max {
		bounds = []int{0, maxHeadroom}
	}
	for _, most := range bounds {
		for crossing := range crossPublished + 1 {
			for headroom := 0; headroom <= most; headroom++ {
				l := newPorcupineLayout(f, headroom)
				if callouts, ok := labelPorcupine(l, f, crossing); ok {
					return l, callouts
				}
			}
		}
	}
	return newPorcupineLayout(f, 0), nil
}

// labelPorcupine places both labels, and reports false where it cannot.
func labelPorcupine(l porcupineLayout, f Porcupine, crossing crossing) ([]callout, bool) {
	t := surveyPorcupine(l, f)
	t.crossing = crossing
	forecasts := "Forecasts: median and 90% of runs"
	if len(f.Quills) == 1 {
		forecasts = "Forecast: median and 90% of runs"
	}
	choices := [][]callout{shortlist(t.forecastLabels(forecasts)), nil}
	if len(choices[0]) > 0 {
		choices[1] = shortlist(t.publishedLabels("Published"))
	}
	return choose(choices)
}

func surveyPorcupine(l porcupineLayout, f Porcupine) thicket {
	plot := l.frame.plot
	t := thicket{terrain: terrain{left: plot.Min.X, start: math.NaN(), zero: math.NaN()}}
	t.area = vg.Rectangle{
		Min: vg.Point{X: plot.Min.X + 4, Y: plot.Min.Y + 8},
		Max: vg.Point{X: plot.Max.X - 1, Y: plot.Max.Y - 3},
	}
	n := int(plot.Max.X-plot.Min.X) + 2
	along := func(line []vg.Point) []float64 {
		return sample(n, len(line), func(i int) (float64, float64) {
			return float64(line[i].X - t.left), float64(line[i].Y)
		})
	}
	t.bands[q05], t.bands[q95] = sample(n, 0, nil), sample(n, 0, nil)
	for _, q := range f.Quills {
		low, high := along(l.line(q, q.Q05)), along(l.line(q, q.Q95))
		for i := range n {
			// A quill is absent before its origin and after its end.
			if b := t.bands[q05][i]; !(b <= low[i]) && !math.IsNaN(low[i]) {
				t.bands[q05][i] = low[i]
			}
			if b := t.bands[q95][i]; !(b >= high[i]) && !math.IsNaN(high[i]) {
				t.bands[q95][i] = high[i]
			}
		}
		t.medians = append(t.medians, l.line(q, q.Q50))
		for k, date := range q.Dates {
			t.bars = append(t.bars, l.bar(date, q.Q05[k], q.Q95[k], l.widths[q.ahead(date)]))
		}
	}
	t.published = l.published(f)
	t.history = along(t.published)
	for _, v := range l.axis.ticks() {
		t.grid = append(t.grid, float64(l.y(l.frame, v)))
	}
	return t
}

// publishedLabels lists places for the label of the published series.
func (t thicket) publishedLabels(text string) []callout {
	if t.crossing == crossNothing {
		return t.historyLabels(text)
	}
	open := t.terrain
	open.bands[q05], open.bands[q95] = sample(len(t.history), 0, nil), sample(len(t.history), 0, nil)
	return slices.DeleteFunc(open.historyLabels(text), func(c callout) bool { return !t.empty(c.box, false) })
}

// forecastLabels lists places for the label of the forecasts, each with its best
// leader to a mark: there it meets the median and the interval.
func (t thicket) forecastLabels(text string) (out []callout) {
	t.boxes(text, func(box vg.Rectangle) {
		if !t.empty(box, false) {
			return
		}
		c := callout{text: text, box: box, clear: true, leads: true}
		c.cost += t.gridCost(box)
		if best, ok := t.leadToMark(c); ok {
			out = append(out, best)
		}
	})
	return out
}

// leadToMark finds the cheapest leader from a label to a mark.
func (t thicket) leadToMark(c callout) (callout, bool) {
	const (
		steep   = 25 // cost of a leader that runs down on its mark, where the bar is
		inside  = 1  // of each point of it on bars, where it reads as data, but for its arrival
		meeting = 15 // of one that crosses a median
		hidden  = 60 // of one to a mark on the published series
	)
	best, found := c, false
	best.cost += dearest
	for quill, median := range t.medians {
		for _, to := range median[1:] {
			for _, from := range exits(c.box, to) {
				cost := c.cost + stretch(from, to)
				if dx, dy := math.Abs(float64(to.X-from.X)), math.Abs(float64(to.Y-from.Y)); 2*dx < dy {
					cost += float64(steep * (1 - 2*dx/dy))
				}
				if t.crossing == crossPublished && near(to, to, t.published, clearance) {
					cost += hidden
				}
				if cost < best.cost {
					cost += float64(inside * max(0, t.onBars(from, to)-arrival))
					if t.crossing >= crossForecasts && t.meets(from, to, quill) {
						cost += meeting
					}
				}
				if cost < best.cost && t.reaches(from, to, quill) {
					best.from, best.to, best.cost, found = from, to, cost, true
					best.part = min(t.column(to.X)*parts/len(t.history), parts-1)
				}
			}
		}
	}
	return best, found
}

// onBars is how much of a leader lies on bars of intervals, in points.
func (t thicket) onBars(from, to vg.Point) float64 {
	on, all := 0, 0
	walk(from, to, func(p vg.Point, _ bool) bool {
		all++
		for _, bar := range t.bars {
			if p.X >= bar.Min.X && p.X <= bar.Max.X && p.Y >= bar.Min.Y && p.Y <= bar.Max.Y {
				on++
				break
			}
		}
		return true
	})
	return apart(from, to) * float64(on) / float64(all)
}

// clearance is the least distance of a leader from a line that it may not cross,
// and arrival the end of a leader that may meet what its mark stands on, in points.
const clearance, arrival = 4, 7

// reaches reports whether a leader to a mark keeps clear of what it may not
// cross.
func (t thicket) reaches(from, to vg.Point, quill int) bool {
	if t.crossing < crossPublished && near(from, to, t.published, clearance) {
		return false
	}
	return t.crossing >= crossForecasts || !t.meets(from, to, quill)
}

// meets reports whether a leader to a mark comes close to the median of another
// forecast, or to that of its own before it arrives there.
func (t thicket) meets(from, to vg.Point, quill int) bool {
	for other, median := range t.medians {
		end := to
		if other == quill {
			s := vg.Length(max(0, 1-arrival/apart(from, to)))
			end = vg.Point{X: from.X + vg.Length(s*(to.X-from.X)), Y: from.Y + vg.Length(s*(to.Y-from.Y))}
		}
		if near(from, end, median, clearance) {
			return true
		}
	}
	return false
}

// near reports whether a stretch crosses a line or comes close to it.
func near(from, to vg.Point, line []vg.Point, room float64) bool {
	side := func(a, b, p vg.Point) vg.Length {
		return vg.Length((b.X-a.X)*(p.Y-a.Y)) - vg.Length((b.Y-a.Y)*(p.X-a.X))
	}
	for i := 1; i < len(line); i++ {
		a, b := line[i-1], line[i]
		if side(from, to, a)*side(from, to, b) < 0 && side(a, b, from)*side(a, b, to) < 0 ||
			min(away(from, a, b), away(to, a, b), away(a, from, to), away(b, from, to)) < room {
			return true
		}
	}
	return false
}

// away is the distance of a point from a stretch.
func away(p, from, to vg.Point) float64 {
	dx, dy := to.X-from.X, to.Y-from.Y
	long := vg.Length(dx*dx) + vg.Length(dy*dy)
	if long == 0 {
		return apart(p, from)
	}
	s := (vg.Length((p.X-from.X)*dx) + vg.Length((p.Y-from.Y)*dy)) / long
	s = min(max(s, 0), 1)
	return apart(p, vg.Point{X: from.X + vg.Length(s*dx), Y: from.Y + vg.Length(s*dy)})
}
