package chart

import (
	"math"

	"gonum.org/v1/plot/vg"
)

// terrain is what stands in a panel, sampled once a point from left to right:
// the ground on which labels look for room. Heights are NaN where a series is
// absent.
type terrain struct {
	area    vg.Rectangle // in which labels may stand
	left    vg.Length    // of the first sample
	bands   [numQuantiles][]float64
	history []float64
	start   float64 // where the model starts, NaN if unmarked
	zero    float64 // height of a zero line inside the panel, NaN if none
	grid    []float64
	crowded bool // labels and leaders may cross the mark of the start and the lines of the fan
}

func survey(l layout, frame panelFrame, p Panel, history []Point) terrain {
	t := terrain{left: frame.plot.Min.X, start: math.NaN(), zero: math.NaN()}
	t.area = vg.Rectangle{
		Min: vg.Point{X: frame.plot.Min.X + 4, Y: frame.plot.Min.Y + 4},
		Max: vg.Point{X: frame.plot.Max.X - 1, Y: frame.plot.Max.Y - 3},
	}
	n := int(frame.plot.Max.X-frame.plot.Min.X) + 2
	height := func(v float64) float64 { return float64(l.y(frame, v)) }
	for i, q := range p.quantiles() {
		t.bands[i] = sample(n, len(q), func(j int) (float64, float64) {
			return float64(l.x(frame, p.Dates[j]) - t.left), height(q[j])
		})
	}
	t.history = sample(n, len(history), func(j int) (float64, float64) {
		return float64(l.x(frame, history[j].Date) - t.left), height(history[j].Value)
	})
	if len(history) > 0 {
		t.start = float64(l.x(frame, p.starts()))
	}
	if l.axis.min < 0 {
		t.zero = height(0)
	}
	for _, v := range l.axis.ticks() {
		t.grid = append(t.grid, height(v))
	}
	return t
}

// sample interpolates a polyline of ascending x at x = 0, 1, ..., n-1.
func sample(n, points int, at func(int) (x, y float64)) []float64 {
	out := make([]float64, n)
	for i := range out {
		out[i] = math.NaN()
	}
	for j := 1; j < points; j++ {
		x0, y0 := at(j - 1)
		x1, y1 := at(j)
		for i := max(0, int(math.Ceil(x0))); i < n && float64(i) <= x1; i++ {
			out[i] = y0 + (y1-y0)*(float64(i)-x0)/(x1-x0)
		}
	}
	return out
}

// column is the sample nearest to a place, clamped to the panel.
func (t terrain) column(x vg.Length) int {
	return min(max(int(math.Round(float64(x-t.left))), 0), len(t.history)-1)
}

// inside reports whether a box lies between two quantiles with room around it.
func (t terrain) inside(box vg.Rectangle, low, high int) bool {
	const room = 2.5
	box = grow(box, room)
	for i := t.column(box.Min.X); i <= t.column(box.Max.X); i++ {
		// Negated, so that NaN is outside.
		if !(t.bands[low][i] <= float64(box.Min.Y) && float64(box.Max.Y) <= t.bands[high][i]) {
			return false
		}
	}
	return !t.hitsHistory(box) && !t.hitsStart(box)
}

// empty reports whether nothing stands in a box or close to it. The mark of
// the start counts unless the box is its label or the panel is crowded.
func (t terrain) empty(box vg.Rectangle, ignoreStart bool) bool {
	const room = 4
	box = grow(box, room)
	low, high := float64(box.Min.Y), float64(box.Max.Y)
	for i := t.column(box.Min.X); i < t.column(box.Max.X); i++ {
		bottom := math.Min(t.bands[q05][i], t.bands[q05][i+1])
		top := math.Max(t.bands[q95][i], t.bands[q95][i+1])
		if top >= low && bottom <= high {
			return false
		}
	}
	if t.zero >= low && t.zero <= high {
		return false
	}
	return !t.hitsHistory(box) && (ignoreStart || !t.hitsStart(box))
}

func (t terrain) hitsHistory(box vg.Rectangle) bool {
	for i := t.column(box.Min.X); i < t.column(box.Max.X); i++ {
		a, b := t.history[i], t.history[i+1]
		if math.Max(a, b) >= float64(box.Min.Y) && math.Min(a, b) <= float64(box.Max.Y) {
			return true
		}
	}
	return false
}

func (t terrain) hitsStart(box vg.Rectangle) bool {
	return t.start >= float64(box.Min.X) && t.start <= float64(box.Max.X)
}

// gridCost is what a place costs because it interrupts a grid line.
func (t terrain) gridCost(box vg.Rectangle) float64 {
	const room, cost = 3.5, 10
	for _, y := range t.grid {
		if y > float64(box.Min.Y)-room && y < float64(box.Max.Y)+room {
			return cost
		}
	}
	return 0
}

// thickest is the largest distance between two quantiles.
func (t terrain) thickest(low, high int) (most float64) {
	for i := range t.bands[low] {
		if d := t.bands[high][i] - t.bands[low][i]; d > most {
			most = d
		}
	}
	return most
}
