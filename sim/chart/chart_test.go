package chart

import (
	"flag"
	"math"
	"os"
	"path/filepath"
	"testing"
	"time"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "rewrite golden files")

// straight is a fan of months from January 2026 whose median runs from start
// to end, with 90% of runs within spread of it at the end.
func straight(label string, months int, start, end, spread float64) Panel {
	p := Panel{Label: label}
	for m := range months {
		s := float64(m+1) / float64(months)
		mid, half := start+(end-start)*s, spread*math.Sqrt(s)
		p.Dates = append(p.Dates, clock.NewDate(2026, time.Month(m+1), 1).MonthEnd())
		p.Q05, p.Q25 = append(p.Q05, mid-half), append(p.Q25, mid-0.4*half)
		p.Q50 = append(p.Q50, mid)
		p.Q75, p.Q95 = append(p.Q75, mid+0.4*half), append(p.Q95, mid+half)
	}
	return p
}

// quarters is a history that ends in December 2025.
func quarters(values ...float64) (out []Point) {
	for i, v := range values {
		back := 3 * (len(values) - 1 - i)
		out = append(out, Point{clock.MustDate("2025-12-31").AddMonths(-back).MonthEnd(), v})
	}
	return out
}

// hotels is a complete figure of two regimes with history.
func hotels() Fan {
	f := NewFan(measure.HotelPeople, quarters(47518, 50546, 56042, 45768, 34530, 29585, 35651, 38054, 32326, 32041, 36273, 30657),
		straight("Rules of 2025", 120, 30600, 21000, 7000),
		straight("Core protection", 120, 30600, 14000, 8000))
	f.Title = Headline(SubjectOf(measure.HotelPeople, false), f.Panels, nil)
	f.Source = "Simulation; Home Office, Immigration system statistics, year ending December 2025."
	f.Note = NoteChance
	return f
}

// panels is the same figure with a number of regimes.
func panels(n int) Fan {
	f := hotels()
	f.Panels = nil
	for i := range n {
		f.Panels = append(f.Panels, straight("Regime "+string(rune('A'+i))+" with a title of some length", 120, 30600, 30000-4000*float64(i), 6000))
	}
	return f
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v (write it with -update)", err)
	}
	if diff := cmp.Diff(string(want), string(got)); diff != "" {
		t.Errorf("%s differs (accept with -update):\n%s", name, diff)
	}
}

func mustSVG(t *testing.T, f Fan) []byte {
	t.Helper()
	svg, err := SVG(f)
	if err != nil {
		t.Fatal(err)
	}
	return svg
}
