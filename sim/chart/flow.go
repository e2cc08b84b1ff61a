package chart

import (
	"bytes"
	"cmp"
	"fmt"
	"html"
	"slices"
	"strings"

	"asylumsim/sim/asylum"

	"gonum.org/v1/plot/vg"
)

// The flow diagram is drawn on a grid; lengths are in CSS pixels.
const (
	flowGrid   = 10
	flowWidth  = 1200 / flowGrid
	flowHeight = 800 / flowGrid
	flowFoot   = 3  // below the lines, for the note
	flowText   = 16 // 12 points
	flowLead   = 18 // from line to line
	flowCap    = 11.6
	flowRound  = 5 // radius of the bends of a line
	flowNote   = "Lines that join lead to the same stage. Dashed: from outside into the model. Grey: final, out of the model."
)

// flowPlaces holds the boxes of the stages: columns from arrival on the left to
// the final stages on the right.
var flowPlaces = [asylum.NumStages]block{
	asylum.Outside: {2, 33, 10, 43},

	asylum.Preparing:    {16, 24, 25, 30},
	asylum.TransferHeld: {16, 69, 25, 75},

	asylum.Decidable: {31, 24, 40, 30},

	asylum.Permitted:    {46, 8, 55, 14},
	asylum.AppealWindow: {46, 24, 55, 30},
	asylum.OnwardAppeal: {46, 40, 55, 46},

	asylum.Reviewing:    {62, 8, 71, 14},
	asylum.Appealing:    {62, 24, 71, 30},
	asylum.OnwardWindow: {62, 40, 71, 46},

	asylum.Switched:  {77, 8, 86, 14},
	asylum.Removable: {77, 30, 86, 38},
	asylum.Limbo:     {77, 54, 86, 62},

	asylum.Departing: {92, 25, 101, 31},
	asylum.Detained:  {92, 46, 101, 52},
	asylum.Absconded: {92, 59, 101, 65},

	asylum.Withdrawn:        {107, 1, 118, 7},
	asylum.AdminOutcome:     {107, 9, 118, 15},
	asylum.Settled:          {107, 17, 118, 23},
	asylum.ReturnedAssisted: {107, 25, 118, 31},
	asylum.ReturnedOwn:      {107, 36, 118, 42},
	asylum.ReturnedForce:    {107, 47, 118, 53},
	asylum.LeftUnrecorded:   {107, 59, 118, 65},
	asylum.Transferred:      {107, 69, 118, 75},
}

// block is a box on the grid, borders included.
type block struct{ x0, y0, x1, y1 int }

func (b block) holds(c cell, by int) bool {
	return c.x >= b.x0-by && c.x <= b.x1+by && c.y >= b.y0-by && c.y <= b.y1+by
}

// port reports whether a line may touch the box at a point of its border when
// it runs outwards in a direction: anywhere but at the corners.
func (b block) port(c cell, out int) bool {
	if !b.holds(c, 0) || b.holds(c.step(out, 1), 0) {
		return false
	}
	if out%2 == 0 {
		return c.y > b.y0 && c.y < b.y1
	}
	return c.x > b.x0 && c.x < b.x1
}

// FlowSVG draws the legal stages of the model and every move between them, as
// the model's own list has them. Each line has the attributes data-from and
// data-to with the names of its stages. The same model gives the same bytes.
func FlowSVG() []byte { return flowSVG(asylum.Moves()) }

func flowSVG(moves []asylum.Move) []byte {
	var b bytes.Buffer
	line := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n", a...) }
	line(`<svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" viewBox="0 0 %[1]d %[2]d" role="img" aria-labelledby="flow-title flow-desc">`,
		flowWidth*flowGrid, flowHeight*flowGrid)
	line(`<title id="flow-title">Legal stages of a case and the moves between them</title>`)
	line(`<desc id="flow-desc">%s</desc>`, html.EscapeString(flowDescription(moves)))
	line(`<defs><marker id="flow-head" viewBox="0 0 10 8" refX="10" refY="4" markerWidth="10" markerHeight="8" markerUnits="userSpaceOnUse" orient="auto"><path d="M0,0L10,4L0,8Z" fill="#12436D"/></marker></defs>`)
	line(`<rect width="100%%" height="100%%" fill="#FFFFFF"/>`)

	nets := flowNets(moves)
	found := route(flowWidth, flowHeight-flowFoot, flowPlaces[:], nets)
	line(`<g fill="none" stroke-linejoin="round">`)
	for i, n := range nets {
		var paths, gaps strings.Builder
		for j, leaf := range n.leaves {
			from, to, points, dash := leaf, n.root, found[i][j], ""
			if n.fanOut {
				from, to, dash = n.root, leaf, ` stroke-dasharray="6 4"`
				points = slices.Clone(points)
				slices.Reverse(points)
			}
			d := flowPath(points)
			// A white border makes the line pass over those before it.
			fmt.Fprintf(&gaps, "<path d=\"%s\" stroke=\"#FFFFFF\" stroke-width=\"6\"/>\n", d)
			fmt.Fprintf(&paths, "<path data-from=\"%s\" data-to=\"%s\" d=\"%s\" stroke=\"#12436D\" stroke-width=\"1.5\"%s marker-end=\"url(#flow-head)\"/>\n",
				asylum.Stage(from), asylum.Stage(to), d, dash)
		}
		b.WriteString(gaps.String() + paths.String())
	}
	line(`</g>`)

	line(`<g font-family="%s" font-size="%d" text-anchor="middle" fill="#000000">`, fontFamily, flowText)
	for s, p := range flowPlaces {
		stage := asylum.Stage(s)
		look := `fill="#FFFFFF" stroke="#12436D" stroke-width="1.5"`
		if stage.Final() {
			look = `rx="16" fill="#E8E8E8" stroke="#3D3D3D" stroke-width="1"`
		}
		line(`<rect data-stage="%s" x="%d" y="%d" width="%d" height="%d" %s/>`, stage,
			p.x0*flowGrid, p.y0*flowGrid, (p.x1-p.x0)*flowGrid, (p.y1-p.y0)*flowGrid, look)
		words := flowLabel(stage)
		x, y := float64(p.x0+p.x1)*flowGrid/2, float64(p.y0+p.y1)*flowGrid/2
		for i, text := range words {
			line(`<text x="%g" y="%.1f">%s</text>`, x, y+flowCap/2+flowLead*(float64(i)-float64(len(words)-1)/2), html.EscapeString(text))
		}
	}
	line(`<text x="%d" y="%d" text-anchor="start">%s</text>`, 2*flowGrid, flowHeight*flowGrid-9, flowNote)
	line(`</g>`)
	line(`</svg>`)
	return b.Bytes()
}

// flowLabel breaks the name of a stage into the lines of its box.
func flowLabel(s asylum.Stage) []string {
	p := flowPlaces[s]
	return wrap(plainFace, s.String(), vg.Length((p.x1-p.x0)*flowGrid-6)*pixel, 2)
}

// flowNets bundles the moves: those from outside, and the others by the stage
// they lead to. Within a bundle the nearest come first, so that the farther
// ones can join them.
func flowNets(moves []asylum.Move) (nets []net) {
	outside := net{root: int(asylum.Outside), fanOut: true}
	for s := range asylum.NumStages {
		into := net{root: int(s)}
		for _, m := range moves {
			switch {
			case m.To != s:
			case m.From == asylum.Outside:
				outside.leaves = append(outside.leaves, int(s))
			default:
				into.leaves = append(into.leaves, int(m.From))
			}
		}
		nets = append(nets, into)
	}
	nets = append(nets, outside)
	for _, n := range nets {
		slices.SortStableFunc(n.leaves, func(a, b int) int { return cmp.Compare(flowApart(n.root, a), flowApart(n.root, b)) })
	}
	return slices.DeleteFunc(nets, func(n net) bool { return len(n.leaves) == 0 })
}

// flowApart is the distance along rows and columns between the middles of two
// boxes, in half steps of the grid.
func flowApart(a, b int) int {
	p, q := flowPlaces[a], flowPlaces[b]
	dx, dy := p.x0+p.x1-q.x0-q.x1, p.y0+p.y1-q.y0-q.y1
	return max(dx, -dx) + max(dy, -dy)
}

// flowPath is the path of a line through points of the grid, with round bends.
func flowPath(points []cell) string {
	var b strings.Builder
	last := len(points) - 1
	fmt.Fprintf(&b, "M%d,%d", points[0].x*flowGrid, points[0].y*flowGrid)
	for i := 1; i < last; i++ {
		p, before, after := points[i], points[i-1], points[i+1]
		if after.x-p.x == p.x-before.x && after.y-p.y == p.y-before.y {
			continue
		}
		fmt.Fprintf(&b, "L%d,%dQ%d,%d %d,%d",
			p.x*flowGrid+flowRound*(before.x-p.x), p.y*flowGrid+flowRound*(before.y-p.y), p.x*flowGrid, p.y*flowGrid,
			p.x*flowGrid+flowRound*(after.x-p.x), p.y*flowGrid+flowRound*(after.y-p.y))
	}
	fmt.Fprintf(&b, "L%d,%d", points[last].x*flowGrid, points[last].y*flowGrid)
	return b.String()
}

// flowDescription says the diagram in words.
func flowDescription(moves []asylum.Move) string {
	var b strings.Builder
	b.WriteString("A box for each legal stage and an arrow for each move between them.")
	for s := range asylum.NumStages {
		var to []string
		for _, m := range moves {
			if m.From == s {
				to = append(to, m.To.String())
			}
		}
		if len(to) > 0 {
			fmt.Fprintf(&b, " From %s to: %s.", s, strings.Join(to, ", "))
		}
	}
	b.WriteString(" " + flowNote)
	return b.String()
}
