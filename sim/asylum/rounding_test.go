package asylum

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestRoundTable: a rounded table of whole margins keeps them exactly, no cell
// moves by 1 or more, and empty cells stay empty.
func TestRoundTable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(1, 12).Draw(t, "rows"), rapid.IntRange(1, 8).Draw(t, "columns")
		cells := make([]float64, rows*columns)
		margins := sides(make([]float64, rows), make([]float64, columns))
		for i := range cells {
			people := float64(rapid.IntRange(0, 9).Draw(t, "people"))
			margins[0].target[i/columns] += people
			margins[1].target[i%columns] += people
			if people > 0 {
				cells[i] = rapid.Float64Range(0.01, 100).Draw(t, "seed")
			}
		}
		if err := rake(cells, margins); err != nil {
			t.Fatal(err)
		}
		for i, n := range roundTable(cells, columns) {
			if math.Abs(float64(n)-cells[i]) >= 1 {
				t.Fatalf("cell %d is %v, rounded %d", i, cells[i], n)
			}
			if cells[i] == 0 && n != 0 {
				t.Fatalf("cell %d is empty, rounded %d", i, n)
			}
			margins[0].target[i/columns] -= float64(n)
			margins[1].target[i%columns] -= float64(n)
		}
		for _, m := range margins {
			for class, left := range m.target {
				if left != 0 {
					t.Fatalf("%s is off by %v", m.label(class), left)
				}
			}
		}
	})
}

// TestRoundTableFindsAWay: the largest remainders fill columns 3, 0 and 1,
// which are the only ones that row 2 can use; so row 0 has to move to column 2
// and leave its own to row 2.
func TestRoundTableFindsAWay(t *testing.T) {
	got := roundTable([]float64{
		5.6, 0, 0.4, 0,
		0, 0.6, 0.4, 0,
		0.4, 0.4, 0, 0.2,
		0, 0, 0.2, 0.8,
	}, 4)
	if want := []int64{5, 0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}
