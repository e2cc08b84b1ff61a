package chart

import (
	"fmt"
	"slices"

	"gonum.org/v1/plot/vg"
)

// callout is a label in the picture, with a leader line where it does not
// stand on what it names.
type callout struct {
	text     string
	box      vg.Rectangle // from the baseline to the height of capitals
	leads    bool
	from, to vg.Point // of the leader
	part     int      // stretch of the panel that the leader points at
	clear    bool     // the grid is interrupted behind the text
	cost     float64
}

// zone is what a label names: the part between two quantiles, entered by a
// leader from above or from below; a line where the two are the same.
type zone struct {
	low, high int
	above     bool
}

// wish is a label to be placed and the zones that satisfy it.
type wish struct {
	text  string
	zones []zone
}

var (
	outerZones  = []zone{{q75, q95, true}, {q05, q25, false}}
	innerZones  = []zone{{q50, q75, true}, {q25, q50, false}}
	medianZones = []zone{{q50, q50, true}, {q50, q50, false}}
)

// wishes lists the labels of a fan. Ranges too thin to be seen share a label
// with the median, and none in a panel too narrow for it.
func wishes(t terrain, f Fan) []wish {
	const visible = 3 // points
	median := func(also string) wish {
		text := "Median and " + also
		if plainFace.Width(text) > t.area.Max.X-t.area.Min.X-4 {
			text = "Median"
		}
		return wish{text, medianZones}
	}
	switch all := fmt.Sprintf("all %d runs", f.Runs); {
	case f.few() && t.thickest(q05, q95) < visible:
		return []wish{median(all)}
	case f.few():
		return []wish{{"A" + all[1:], outerZones}, {"Median", medianZones}}
	case t.thickest(q05, q95) < visible:
		return []wish{median("90% of runs")}
	case t.thickest(q25, q75) < visible:
		return []wish{{"90% of runs", outerZones}, median("50% of runs")}
	}
	return []wish{{"90% of runs", outerZones}, {"50% of runs", innerZones}, {"Median", medianZones}}
}

// label places the labels of the first panel. It reports false where the
// ranges cannot all be labelled; labels of the published series and of the
// start of the model are left out where there is no room (the page text
// explains both).
func label(l layout, f Fan, crowded bool) ([]callout, bool) {
	t := survey(l, l.panels[0], f.Panels[0], f.History)
	t.crowded = crowded
	var choices [][]callout
	for _, w := range wishes(t, f) {
		choices = append(choices, shortlist(t.candidates(w)))
	}
	if len(f.History) == 0 {
		return choose(choices)
	}
	start, history := shortlist(t.startLabels("Model starts")), shortlist(t.historyLabels("Published"))
	for _, optional := range [][][]callout{{start, history}, {start}, {history}} {
		if placed, ok := choose(append(optional, choices...)); ok {
			return placed, true
		}
	}
	return choose(choices)
}

// boxes calls f with every place on the grid where a text could stand.
func (t terrain) boxes(text string, f func(vg.Rectangle)) {
	const pitchX, pitchY = 6, 4
	width := plainFace.Width(text)
	for x := t.area.Min.X; x+width <= t.area.Max.X; x += pitchX {
		for y := t.area.Min.Y; y+capHeight <= t.area.Max.Y; y += pitchY {
			f(vg.Rectangle{Min: vg.Point{X: x, Y: y}, Max: vg.Point{X: x + width, Y: y + capHeight}})
		}
	}
}

// candidates lists where a label of the fan could stand: on its zone, which
// costs nothing, or on empty ground with a leader, which costs its length.
func (t terrain) candidates(w wish) (out []callout) {
	t.boxes(w.text, func(box vg.Rectangle) {
		// Among equals, towards the end of the fan.
		c := callout{text: w.text, box: box, cost: 0.03 * float64(t.area.Max.X-box.Max.X)}
		for _, z := range w.zones {
			if z.low != z.high && t.inside(box, z.low, z.high) || z.low == z.high && t.along(box, z) {
				out = append(out, c)
				return
			}
		}
		if !t.empty(box, t.crowded) {
			return
		}
		c.cost += t.gridCost(box)
		if t.hitsStart(grow(box, 2)) {
			c.cost += startCost
		}
		c.clear, c.leads = true, true
		out = append(out, t.lead(c, w.zones)...)
	})
	return out
}

// along reports whether a box runs just above or below the median inside the
// band of half the runs.
func (t terrain) along(box vg.Rectangle, z zone) bool {
	const near = 6 // points between the line and the text
	low, high := q50, q75
	if !z.above {
		low, high = q25, q50
	}
	if !t.inside(box, low, high) {
		return false
	}
	for i := t.column(box.Min.X); i <= t.column(box.Max.X); i++ {
		if z.above && float64(box.Min.Y)-t.bands[q50][i] > near || !z.above && t.bands[q50][i]-float64(box.Max.Y) > near {
			return false
		}
	}
	return true
}

// startLabels lists places for the label of the start of the model, beside
// its line.
func (t terrain) startLabels(text string) (out []callout) {
	const gap = 4
	width := plainFace.Width(text)
	for y := t.area.Min.Y; y+capHeight <= t.area.Max.Y; y += 2 {
		for _, x := range []vg.Length{vg.Length(t.start) + gap, vg.Length(t.start) - gap - width} {
			box := vg.Rectangle{Min: vg.Point{X: x, Y: y}, Max: vg.Point{X: x + width, Y: y + capHeight}}
			if x < t.area.Min.X-2 || box.Max.X > t.area.Max.X || !t.empty(vg.Rectangle{Min: vg.Point{X: x + 1, Y: y}, Max: box.Max}, true) {
				continue
			}
			c := callout{text: text, box: box, clear: true, cost: 0.3 * float64(t.area.Max.Y-box.Max.Y)}
			c.cost += t.gridCost(box)
			out = append(out, c)
		}
	}
	return out
}

// historyLabels lists places for the label of the published series.
func (t terrain) historyLabels(text string) (out []callout) {
	t.boxes(text, func(box vg.Rectangle) {
		if !t.empty(box, false) {
			return
		}
		c := callout{text: text, box: box, clear: true, leads: true}
		c.cost += t.gridCost(box)
		if best, ok := t.leadToHistory(c); ok {
			out = append(out, best)
		}
	})
	return out
}

func cheaper(a, b callout) int {
	switch {
	case a.cost < b.cost:
		return -1
	case a.cost > b.cost:
		return 1
	}
	return 0
}

// shortlist keeps the cheapest place of each small square for each part of the
// panel pointed at, and of those the cheapest of each part, so that the search
// over combinations stays short.
func shortlist(all []callout) []callout {
	const square, most = 8, 60
	type cell struct{ x, y, part int }
	var taken [parts]int
	seen := map[cell]bool{}
	all = slices.Clone(all)
	slices.SortStableFunc(all, cheaper)
	return slices.DeleteFunc(all, func(c callout) bool {
		at := cell{int(c.box.Min.X / square), int(c.box.Min.Y / square), c.part}
		if seen[at] || taken[c.part] == most {
			return true
		}
		seen[at] = true
		taken[c.part]++
		return false
	})
}
