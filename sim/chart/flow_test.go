package chart

import (
	"bytes"
	"cmp"
	"encoding/xml"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"asylumsim/sim/asylum"
)

// flowDrawing is the flow diagram as read back.
type flowDrawing struct {
	Title  string `xml:"title"`
	Desc   string `xml:"desc"`
	Groups []struct {
		Lines []struct {
			From   string `xml:"data-from,attr"`
			To     string `xml:"data-to,attr"`
			D      string `xml:"d,attr"`
			Marker string `xml:"marker-end,attr"`
		} `xml:"path"`
		Boxes []struct {
			Stage string `xml:"data-stage,attr"`
			Round string `xml:"rx,attr"`
			Fill  string `xml:"fill,attr"`
		} `xml:"rect"`
	} `xml:"g"`
}

var (
	modelFlow = sync.OnceValue(FlowSVG)
	number    = regexp.MustCompile(`-?[0-9]+`)
)

// checkFlow fails unless a drawing shows each of the moves exactly once, as a
// line that a reader can follow from the border of one box to that of the
// other.
func checkFlow(t *testing.T, svg []byte, moves []asylum.Move) {
	t.Helper()
	var d flowDrawing
	if err := xml.Unmarshal(svg, &d); err != nil {
		t.Fatalf("not XML: %v", err)
	}
	if d.Title == "" || len(d.Groups) != 2 {
		t.Fatalf("title %q and %d groups, want a title, lines and boxes", d.Title, len(d.Groups))
	}

	for s := range asylum.NumStages {
		box := d.Groups[1].Boxes[s]
		if final := box.Round != "" && box.Fill == "#E8E8E8"; box.Stage != s.String() || final != s.Final() {
			t.Errorf("the box of %q is that of %q, drawn as final: %v", s, box.Stage, final)
		}
	}

	stages := map[string]asylum.Stage{}
	for s := range asylum.NumStages {
		stages[s.String()] = s
	}
	var shown []asylum.Move
	owner := map[[2]int]string{} // of each piece of a line, by twice its middle
	for _, l := range d.Groups[0].Lines {
		if l.From == "" {
			continue // the white border of a line
		}
		m := asylum.Move{From: stages[l.From], To: stages[l.To]}
		shown = append(shown, m)
		if l.Marker == "" || !strings.Contains(d.Desc, l.From+" to:") {
			t.Errorf("%s to %s has no arrow head or is not in the description", l.From, l.To)
		}
		bundle := "to " + l.To
		if m.From == asylum.Outside {
			bundle = "from outside"
		}
		points := flowCorners(t, l.D)
		from, to := flowPlaces[m.From], flowPlaces[m.To]
		if !onBorder(from, points[0]) || !onBorder(to, points[len(points)-1]) {
			t.Errorf("%s to %s runs from %v to %v, not from box to box", l.From, l.To, points[0], points[len(points)-1])
		}
		for i, end := range points[1:] {
			at := points[i]
			step := cell{cmp.Compare(end.x, at.x), cmp.Compare(end.y, at.y)}
			if step.x != 0 && step.y != 0 {
				t.Fatalf("%s to %s is askew between %v and %v", l.From, l.To, at, end)
			}
			for ; at != end; at = (cell{at.x + step.x, at.y + step.y}) {
				piece := [2]int{2*at.x + step.x, 2*at.y + step.y}
				if o := owner[piece]; o != "" && o != bundle {
					t.Fatalf("lines %s and %s run on top of each other at %v", o, bundle, at)
				}
				owner[piece] = bundle
				for s, b := range flowPlaces {
					if b.x0*flowGrid < at.x && at.x < b.x1*flowGrid && b.y0*flowGrid < at.y && at.y < b.y1*flowGrid {
						t.Fatalf("%s to %s runs through the box of %s at %v", l.From, l.To, asylum.Stage(s), at)
					}
				}
			}
		}
	}
	for _, m := range moves {
		n := 0
		for _, s := range shown {
			if s == m {
				n++
			}
		}
		if n != 1 {
			t.Errorf("the move from %s to %s is drawn %d times, want once", m.From, m.To, n)
		}
	}
	if len(shown) != len(moves) {
		t.Errorf("%d lines for %d moves", len(shown), len(moves))
	}
}

// flowCorners reads the points of a path, those of its bends included.
func flowCorners(t *testing.T, d string) (points []cell) {
	t.Helper()
	coordinates := number.FindAllString(d, -1)
	if len(coordinates) < 4 || len(coordinates)%2 != 0 {
		t.Fatalf("path %q is no line", d)
	}
	for i := 0; i < len(coordinates); i += 2 {
		x, _ := strconv.Atoi(coordinates[i])
		y, _ := strconv.Atoi(coordinates[i+1])
		points = append(points, cell{x, y})
	}
	return points
}

func onBorder(b block, p cell) bool {
	c := cell{p.x / flowGrid, p.y / flowGrid}
	return b.holds(c, 0) && !b.holds(c, -1)
}

func TestFlowHasAPlaceForEveryStage(t *testing.T) {
	rightmost := 0
	for s := range asylum.NumStages {
		if !s.Final() {
			rightmost = max(rightmost, flowPlaces[s].x1)
		}
	}
	for s := range asylum.NumStages {
		b := flowPlaces[s]
		if b == (block{}) {
			t.Errorf("%s has no place in flowPlaces", s)
			continue
		}
		if b.x0 < 1 || b.y0 < 1 || b.x1 >= flowWidth-1 || b.y1 >= flowHeight-flowFoot-1 || b.x1-b.x0 < 4 || b.y1-b.y0 < 4 {
			t.Errorf("%s at %v is too small or outside the picture", s, b)
		}
		if s.Final() && b.x0 <= rightmost {
			t.Errorf("%s is final but not to the right of the other stages", s)
		}
		for other := range s {
			if o := flowPlaces[other]; b.x0 <= o.x1+1 && o.x0 <= b.x1+1 && b.y0 <= o.y1+1 && o.y0 <= b.y1+1 {
				t.Errorf("%s and %s overlap or leave no room for a line", s, other)
			}
		}
		if label := strings.Join(flowLabel(s), " "); label != s.String() {
			t.Errorf("the label of %s does not fit its box: %q", s, label)
		}
	}
}

func TestFlowShowsEveryMoveOfTheModel(t *testing.T) {
	checkFlow(t, modelFlow(), asylum.Moves())
}

// The boxes leave room for moves that the model may still get.
func TestFlowTakesFurtherMoves(t *testing.T) {
	moves := asylum.Moves()
	for _, m := range []asylum.Move{
		{From: asylum.Detained, To: asylum.Preparing},
		{From: asylum.Limbo, To: asylum.Removable},
		{From: asylum.Reviewing, To: asylum.Settled},
		{From: asylum.Departing, To: asylum.Absconded},
		{From: asylum.Preparing, To: asylum.Detained},
	} {
		if !slices.Contains(moves, m) {
			moves = append(moves, m)
		}
	}
	checkFlow(t, flowSVG(moves), moves)
}

func TestFlowOfDocsIsThatOfTheModel(t *testing.T) {
	if !bytes.Equal(modelFlow(), FlowSVG()) {
		t.Error("two drawings of one model differ")
	}
	path := filepath.Join("..", "..", "docs", "flow.svg")
	if *update {
		if err := os.WriteFile(path, modelFlow(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if kept, err := os.ReadFile(path); err != nil || !bytes.Equal(kept, modelFlow()) {
		t.Errorf("docs/flow.svg is not the flow of the model (%v); write it with: go test ./sim/chart -run Flow -update", err)
	}
}

// Two lines whose boxes stand crosswise go round the box in the middle, and
// cross without sharing a piece.
func TestFlowRoutesGoRoundBoxesAndCross(t *testing.T) {
	boxes := []block{{1, 10, 5, 16}, {25, 10, 29, 16}, {12, 6, 18, 20}, {12, 0, 18, 3}, {12, 24, 18, 28}}
	found := route(31, 30, boxes, []net{{root: 1, leaves: []int{0}}, {root: 4, leaves: []int{3}}})
	taken := map[string]bool{}
	for i, paths := range found {
		path := paths[0]
		for k, c := range path[1:] {
			if k < len(path)-2 && slices.ContainsFunc(boxes, func(b block) bool { return b.holds(c, 0) }) {
				t.Errorf("line %d touches a box at %v", i, c)
			}
			piece := fmt.Sprint(min(c.x, path[k].x), min(c.y, path[k].y), c.x == path[k].x)
			if taken[piece] {
				t.Errorf("line %d shares a piece at %v", i, c)
			}
			taken[piece] = true
		}
	}
}
