package chart

import (
	"math"
	"slices"

	"gonum.org/v1/plot/vg"
)

// leaderCost is what a label beside its zone costs before the length of the
// leader is added: a label on its zone is preferred to a short leader.
const leaderCost = 12

// parts is the number of stretches of a panel that leaders are sought in.
const parts = 5

// startCost is what it costs to interrupt or to cross the mark of the start.
const startCost = 8

// dearest bounds the cost of a leader: to a well seen place, one of about 200
// points.
const dearest = 150

// lead finds the cheapest leader from a label to the zones in each part of the
// panel, so that labels which would all point at the best place can give way.
// A leader enters a zone from its own side and touches no line on the way.
func (t terrain) lead(c callout, zones []zone) []callout {
	var best [parts]callout
	for i := range best {
		best[i] = c
		best[i].cost += dearest
	}
	for _, z := range zones {
		low, high := t.bands[z.low], t.bands[z.high]
		good := t.good(z)
		for i := 2; i < len(low)-2; i += 3 {
			if math.IsNaN(low[i]) || math.IsNaN(low[i+2]) {
				continue
			}
			b := &best[i*parts/len(low)]
			thin := t.thin(z, i, good)
			to := vg.Point{X: t.left + vg.Length(i), Y: vg.Length((low[i] + high[i]) / 2)}
			for _, from := range exits(c.box, to) {
				cost := c.cost + stretch(from, to) + thin
				if t.crossesStart(from, to) {
					cost += startCost
				}
				if cost < b.cost && t.passes(from, to, z) {
					b.from, b.to, b.cost, b.part = from, to, cost, i*parts/len(low)
					b.leads = z.low != z.high || apart(from, to) > adjacent
				}
			}
		}
	}
	return slices.DeleteFunc(best[:], func(b callout) bool { return b.cost >= c.cost+dearest })
}

// aim is the range whose thickness decides where a zone is pointed at: the
// zone itself, for the median the range beside it.
func (z zone) aim() (low, high int) {
	switch {
	case z.low != z.high:
		return z.low, z.high
	case z.above:
		return q50, q75
	}
	return q25, q50
}

// good is a thickness at which a zone is well seen in this fan.
func (t terrain) good(z zone) float64 {
	const enough = 14 // points
	low, high := z.aim()
	return math.Min(enough, 0.7*t.thickest(low, high))
}

// thin is the cost of pointing at a zone where the fan is thinner than good.
func (t terrain) thin(z zone, i int, good float64) float64 {
	const most = 40
	low, high := z.aim()
	if thick := t.bands[high][i] - t.bands[low][i]; thick < good {
		return most * (1 - thick/good)
	}
	return 0
}

// leadToHistory finds the shortest leader from a label to the published
// series.
func (t terrain) leadToHistory(c callout) (callout, bool) {
	best, found := c, false
	best.cost += dearest
	for i := 2; i < len(t.history); i += 3 {
		if math.IsNaN(t.history[i]) {
			continue
		}
		to := vg.Point{X: t.left + vg.Length(i), Y: vg.Length(t.history[i])}
		for _, from := range exits(c.box, to) {
			cost := c.cost + stretch(from, to)
			if cost < best.cost && !t.crossesStart(from, to) && t.passesFan(from, to) {
				best.from, best.to, best.cost, found = from, to, cost, true
			}
		}
	}
	best.leads = best.leads && apart(best.from, best.to) > adjacent
	return best, found
}

// adjacent is the length below which a label needs no leader: it stands next
// to the line that it names.
const adjacent = 5

func apart(a, b vg.Point) float64 { return math.Hypot(float64(a.X-b.X), float64(a.Y-b.Y)) }

// exits lists where a leader to a point may leave a box.
func exits(box vg.Rectangle, to vg.Point) (out []vg.Point) {
	const gap, inset = 3, 6
	middle := (box.Min.Y + box.Max.Y) / 2
	if to.Y < box.Min.Y-gap || to.Y > box.Max.Y+gap {
		y := box.Min.Y - gap
		if to.Y > box.Max.Y {
			y = box.Max.Y + gap
		}
		// Straight down or up where possible, else from the nearer corner.
		out = append(out, vg.Point{X: min(max(to.X, box.Min.X+inset), box.Max.X-inset), Y: y})
	}
	if to.X > box.Max.X+gap {
		out = append(out, vg.Point{X: box.Max.X + gap, Y: middle})
	}
	if to.X < box.Min.X-gap {
		out = append(out, vg.Point{X: box.Min.X - gap, Y: middle})
	}
	return out
}

// stretch is the cost of a leader: its length, and more where it slants.
func stretch(from, to vg.Point) float64 {
	dx, dy := math.Abs(float64(to.X-from.X)), math.Abs(float64(to.Y-from.Y))
	return leaderCost + 0.7*math.Hypot(dx, dy) + 0.5*math.Min(dx, dy)
}

// passes reports whether a leader stays on its side of the zone until it
// arrives, and clear of the published series. In a crowded panel it may cross
// the lines of the fan: its dot shows what it names.
func (t terrain) passes(from, to vg.Point, z zone) bool {
	return walk(from, to, func(p vg.Point, arrived bool) bool {
		i, y := t.column(p.X), float64(p.Y)
		if math.Abs(t.history[i]-y) < 3 {
			return false
		}
		if t.crowded || arrived || math.IsNaN(t.bands[z.low][i]) {
			return true
		}
		if z.above {
			return y >= t.bands[z.low][i]
		}
		return y <= t.bands[z.high][i]
	})
}

// passesFan reports whether a leader stays out of the fan.
func (t terrain) passesFan(from, to vg.Point) bool {
	return walk(from, to, func(p vg.Point, _ bool) bool {
		i, y := t.column(p.X), float64(p.Y)
		return !(y >= t.bands[q05][i]-2 && y <= t.bands[q95][i]+2)
	})
}

// walk visits a leader from where it arrives back to where it leaves and stops
// at the first point refused: most leaders are refused near the fan.
func walk(from, to vg.Point, accept func(p vg.Point, arrived bool) bool) bool {
	const pace = 2.5
	n := int(apart(from, to)/pace) + 1
	for k := n; k >= 0; k-- {
		s := vg.Length(k) / vg.Length(n)
		if !accept(vg.Point{X: from.X + s*(to.X-from.X), Y: from.Y + s*(to.Y-from.Y)}, k == n) {
			return false
		}
	}
	return true
}

func (t terrain) crossesStart(from, to vg.Point) bool {
	return (float64(from.X)-t.start)*(float64(to.X)-t.start) <= 0
}

// conflict reports whether two labels or their leaders touch.
func conflict(a, b callout) bool {
	room := vg.Length(2.5)
	if !a.leads || !b.leads {
		room = 5 // a label that stands by itself is not to be read with the next
	}
	boxA, boxB := grow(a.box, room), grow(b.box, room)
	if boxA.Min.X < boxB.Max.X && boxB.Min.X < boxA.Max.X && boxA.Min.Y < boxB.Max.Y && boxB.Min.Y < boxA.Max.Y {
		return true
	}
	hit := func(lead callout, box vg.Rectangle) bool {
		return lead.leads && !walk(lead.from, lead.to, func(p vg.Point, _ bool) bool {
			return p.X < box.Min.X || p.X > box.Max.X || p.Y < box.Min.Y || p.Y > box.Max.Y
		})
	}
	return hit(a, boxB) || hit(b, boxA) || a.leads && b.leads && cross(a, b)
}

// cross reports whether two leaders come close to each other.
func cross(a, b callout) bool {
	const room = 5
	return !walk(a.from, a.to, func(p vg.Point, _ bool) bool {
		return walk(b.from, b.to, func(q vg.Point, _ bool) bool {
			return apart(p, q) >= room
		})
	})
}
