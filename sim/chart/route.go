package chart

import (
	"fmt"
	"math/rand/v2"
	"slices"
)

// cell is a point of the grid on which the lines of the flow diagram run.
type cell struct{ x, y int }

func (c cell) step(d, n int) cell { return cell{c.x + n*steps[d].x, c.y + n*steps[d].y} }

// The directions are east, south, west, north: even ones run along rows, odd
// ones along columns, and d^2 is the opposite of d.
var steps = [4]cell{{1, 0}, {0, 1}, {-1, 0}, {0, -1}}

// net is a bundle of lines that share trunks: all lines into one box, or, when
// it fans out, all lines from one box.
type net struct {
	root   int   // the box that the lines share
	leaves []int // the boxes at their other ends, in the order of routing
	fanOut bool  // lines run from the root
}

// What a route avoids, in steps of the grid.
const (
	costStep     = 2
	costBend     = 10
	costCrossing = 18
	costHug      = 5 // beside a box or along the edge of the picture
	costPast     = 3 // beside another line, where it could be mistaken for it
	maxCost      = costStep + costBend + costCrossing + costHug + 2*costPast

	// The order in which nets are routed decides what is in the way of what, so
	// several orders are tried, and each net is routed again in sight of the
	// others. Any seed gives a picture that can be read.
	routingStarts = 6
	routingPasses = 4
	routingSeed   = 13
)

// router finds rectangular routes for nets between boxes. Lines of different
// nets may cross but never share a point otherwise, so that a reader can
// follow them.
type router struct {
	width, height int
	blocks        []block
	solid, hug    []bool   // by point: inside a box; beside one
	used          [2][]int // by axis and point: the net there, from one, or none
	next          [][]cell // by net and point: the next point towards the root
	found         [][][]cell
	nets          []net
	buckets       [maxCost + 1][]int
	dist, back    []int // by state of the search: a point and a direction
}

// route returns for every net the routes of its leaves, from the leaf to the
// root, as points of the grid; the cheapest of several tries counts. It panics
// when a line finds no way, which means that the boxes stand too close.
func route(width, height int, blocks []block, nets []net) [][][]cell {
	n := width * height
	r := &router{width: width, height: height, blocks: blocks, nets: nets, solid: make([]bool, n), hug: make([]bool, n),
		used: [2][]int{make([]int, n), make([]int, n)}, next: make([][]cell, len(nets)), found: make([][][]cell, len(nets)),
		dist: make([]int, len(steps)*n), back: make([]int, len(steps)*n)}
	for i := range n {
		c := cell{i % width, i / width}
		r.hug[i] = c.x == 0 || c.y == 0 || c.x == width-1 || c.y == height-1
		for _, b := range blocks {
			r.solid[i] = r.solid[i] || b.holds(c, 0)
			r.hug[i] = r.hug[i] || b.holds(c, 1)
		}
	}
	var best [][][]cell
	least := 0
	luck := rand.New(rand.NewPCG(routingSeed, 1))
	for range routingStarts {
		for axis := range r.used {
			clear(r.used[axis])
		}
		for pass := range routingPasses {
			total := 0
			for _, i := range luck.Perm(len(nets)) {
				total += r.lay(i)
			}
			// The first pass does not know what it crosses.
			if pass > 0 && (best == nil || total < least) {
				best, least = slices.Clone(r.found), total
			}
		}
	}
	return best
}

func (r *router) at(c cell) int { return c.y*r.width + c.x }

// lay routes a net, after taking up what it had, and returns the cost.
func (r *router) lay(i int) (total int) {
	for axis := range r.used {
		for p, n := range r.used[axis] {
			if n == i+1 {
				r.used[axis][p] = 0
			}
		}
	}
	r.next[i] = make([]cell, r.width*r.height)
	for p := range r.next[i] {
		r.next[i][p] = cell{-1, -1}
	}
	r.found[i] = make([][]cell, len(r.nets[i].leaves))
	for j, leaf := range r.nets[i].leaves {
		path, cost := r.search(i, leaf)
		if path == nil {
			panic(fmt.Sprintf("chart: no way for a line between boxes %d and %d of the flow diagram", leaf, r.nets[i].root))
		}
		total += cost
		for k, c := range path[:len(path)-1] {
			r.next[i][r.at(c)] = path[k+1]
			axis := 0
			if c.x == path[k+1].x {
				axis = 1
			}
			r.used[axis][r.at(c)], r.used[axis][r.at(path[k+1])] = i+1, i+1
		}
		// Nothing may cross an arrow head.
		if r.nets[i].fanOut {
			r.used[0][r.at(path[1])], r.used[1][r.at(path[1])] = i+1, i+1
		} else if end := len(path) - 1; r.blocks[r.nets[i].root].holds(path[end], 0) {
			r.used[0][r.at(path[end-1])], r.used[1][r.at(path[end-1])] = i+1, i+1
		}
		// Where the line met the tree of its net it goes on along that.
		for c := r.next[i][r.at(path[len(path)-1])]; c.x >= 0; c = r.next[i][r.at(c)] {
			path = append(path, c)
		}
		r.found[i][j] = path
	}
	return total
}

// search is Dijkstra's algorithm with buckets over points and directions, from
// the border of a leaf to that of the root or to the net's tree, whichever is
// cheaper to reach.
func (r *router) search(i, leaf int) (path []cell, cost int) {
	const unseen = 1 << 30
	from, root, fanOut := r.blocks[leaf], r.blocks[r.nets[i].root], r.nets[i].fanOut
	dist, back := r.dist, r.back
	for s := range dist {
		dist[s] = unseen
	}
	buckets := &r.buckets
	for k := range buckets {
		buckets[k] = buckets[k][:0]
	}
	waiting := 0
	reach := func(c cell, d, cost, previous int) {
		if s := 4*r.at(c) + d; cost < dist[s] {
			dist[s], back[s] = cost, previous
			buckets[cost%len(buckets)] = append(buckets[cost%len(buckets)], s)
			waiting++
		}
	}
	for y := from.y0; y <= from.y1; y++ {
		for x := from.x0; x <= from.x1; x++ {
			for d := range steps {
				if c := (cell{x, y}); from.port(c, d) && r.used[d%2][r.at(c)] == 0 {
					reach(c, d, 0, -1)
				}
			}
		}
	}
	for cost = 0; waiting > 0; cost++ {
		for slot := cost % len(buckets); len(buckets[slot]) > 0; {
			top := len(buckets[slot]) - 1
			s := buckets[slot][top]
			buckets[slot] = buckets[slot][:top]
			waiting--
			if dist[s] != cost {
				continue
			}
			p, d := s/4, s%4
			c := cell{p % r.width, p / r.width}
			begin := back[s] < 0
			if !begin && (root.holds(c, 0) || r.next[i][p].x >= 0) {
				for ; s >= 0; s = back[s] {
					path = append(path, cell{s / 4 % r.width, s / 4 / r.width})
				}
				slices.Reverse(path)
				return path, cost
			}
			for turn := range steps {
				to := c.step(turn, 1)
				if turn == d^2 || begin && turn != d || to.x < 0 || to.y < 0 || to.x >= r.width || to.y >= r.height {
					continue
				}
				q, price := r.at(to), costStep
				if turn != d {
					price += costBend
					if n := r.used[turn%2][p]; n != 0 && n != i+1 || fanOut && back[back[s]] < 0 {
						continue
					}
				}
				if n := r.used[turn%2][q]; n != 0 && n != i+1 {
					continue
				}
				if r.solid[q] {
					if !root.port(to, turn^2) || !fanOut && (turn != d || r.used[1-turn%2][p] != 0) {
						continue
					}
				} else if begin && fanOut && r.used[1-turn%2][q] != 0 {
					continue
				} else {
					if r.next[i][q].x >= 0 && !r.joins(i, to, root, fanOut) {
						continue
					}
					if n := r.used[1-turn%2][q]; n != 0 && n != i+1 {
						price += costCrossing
					}
					if r.hug[q] {
						price += costHug
					}
					for _, side := range []int{(turn + 1) % 4, (turn + 3) % 4} {
						if b := to.step(side, 1); b.x >= 0 && b.y >= 0 && b.x < r.width && b.y < r.height {
							if n := r.used[turn%2][r.at(b)]; n != 0 {
								price += costPast
							}
						}
					}
				}
				reach(to, turn, cost+price, s)
			}
		}
	}
	return nil, 0
}

// joins reports whether a line may meet the tree of its net at a point: not
// under an arrow head.
func (r *router) joins(i int, c cell, root block, fanOut bool) bool {
	if fanOut {
		for _, leaf := range r.nets[i].leaves {
			if r.blocks[leaf].holds(c, 1) {
				return false
			}
		}
		return true
	}
	next := r.next[i][r.at(c)]
	return !root.holds(next, 0)
}
