package main

import (
	"bytes"
	"strings"
	"testing"
)

// TestProgressOnANarrowTerminal: every state of a run takes one line, which leaves
// the last column free and covers the one before; in the end it is blank.
func TestProgressOnANarrowTerminal(t *testing.T) {
	for _, width := range []int{2, 12, 40, 60} {
		var out bytes.Buffer
		p := newProgress(&out, 3, "replications")
		p.columns = func() int { return width }
		p.terminal()
		for range 3 {
			p.step()
		}
		p.end()
		states := strings.Split(strings.Trim(out.String(), "\r"), "\r\r")
		if len(states) != 5 {
			t.Fatalf("%d columns: drawn %d times, want 5: %q", width, len(states), out.String())
		}
		for i, state := range states {
			if len(state) != width-1 || strings.Contains(state, "\n") {
				t.Errorf("%d columns: %q takes %d", width, state, len(state))
			}
			if want := "0123 "[i : i+1]; !strings.HasPrefix(state+" ", want) {
				t.Errorf("%d columns: %q, want it to begin with %q", width, state, want)
			}
		}
	}
}

// TestTheBarFitsWhereItIsDrawn: a terminal too narrow for the numbers next to a
// bar gets none, and more to count needs more room.
func TestTheBarFitsWhereItIsDrawn(t *testing.T) {
	for _, c := range []struct {
		total, width int
		fits         bool
	}{{4, 68, false}, {4, 69, true}, {1000000, 80, false}, {1000000, 81, true}} {
		p := progress{what: "replications", total: c.total}
		if p.fits(c.width) != c.fits {
			t.Errorf("a bar to %d on %d columns: fits %v", c.total, c.width, !c.fits)
		}
	}
}
