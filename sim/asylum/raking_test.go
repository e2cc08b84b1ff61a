package asylum

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// sides are the margins of a table of rows and columns.
func sides(rows, columns []float64) []margin {
	name := func(side string) func(int) string { return func(i int) string { return fmt.Sprintf("%s %d", side, i) } }
	r := margin{name: "rows", target: rows, label: name("row")}
	c := margin{name: "columns", target: columns, label: name("column")}
	for cell := range len(rows) * len(columns) {
		r.class = append(r.class, cell/len(columns))
		c.class = append(c.class, cell%len(columns))
	}
	return []margin{r, c}
}

// agree reports whether two numbers agree to a share of a million.
func agree(a, b float64) bool { return math.Abs(a-b) <= 1e-6*(1+math.Abs(a)+math.Abs(b)) }

// TestRakeByHand: with odds ratio 4 and all margins 30, the table is
// (x, 30-x; 30-x, x) with (x/(30-x))^2 = 4, so x = 20.
func TestRakeByHand(t *testing.T) {
	cells := []float64{4, 1, 1, 1}
	if err := rake(cells, sides([]float64{30, 30}, []float64{30, 30})); err != nil {
		t.Fatal(err)
	}
	for i, want := range []float64{20, 10, 10, 20} {
		if !agree(cells[i], want) {
			t.Errorf("cells are %v, want 20, 10, 10, 20", cells)
			break
		}
	}
}

// TestRakeWithoutAssociation: from a seed of ones the fit is independence,
// row times column over total.
func TestRakeWithoutAssociation(t *testing.T) {
	rows, columns := []float64{10, 30, 60}, []float64{5, 25, 30, 40}
	cells := make([]float64, 12)
	for i := range cells {
		cells[i] = 1
	}
	if err := rake(cells, sides(rows, columns)); err != nil {
		t.Fatal(err)
	}
	for i, x := range cells {
		if want := rows[i/4] * columns[i%4] / 100; !agree(x, want) {
			t.Errorf("cell %d is %v, want %v", i, x, want)
		}
	}
}

// drawTable draws a table with some empty cells.
func drawTable(t *rapid.T, name string, low, high float64, empty []bool) []float64 {
	cells := make([]float64, len(empty))
	for i := range cells {
		if x := rapid.Float64Range(low, high).Draw(t, name); !empty[i] {
			cells[i] = x
		}
	}
	return cells
}

// TestRakeKeepsOddsRatios: whatever the seed and whatever margins some table
// with the same empty cells has (not all but empty ones, which take too many
// rounds), the fit meets the margins, keeps every odds
// ratio of the seed and every empty cell, and a second fit changes nothing.
func TestRakeKeepsOddsRatios(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(1, 6).Draw(t, "rows"), rapid.IntRange(1, 6).Draw(t, "columns")
		empty := make([]bool, rows*columns)
		for i := range empty {
			empty[i] = rapid.IntRange(0, 2).Draw(t, "empty") == 0
		}
		seed := drawTable(t, "seed", 0.01, 100, empty)
		margins := sides(make([]float64, rows), make([]float64, columns))
		for i, x := range drawTable(t, "target", 1, 20, empty) {
			margins[0].target[i/columns] += x
			margins[1].target[i%columns] += x
		}
		cells := append([]float64(nil), seed...)
		if err := rake(cells, margins); err != nil {
			t.Fatal(err)
		}
		for _, m := range margins {
			sums := make([]float64, len(m.target))
			m.sum(cells, sums)
			for class, want := range m.target {
				if !agree(sums[class], want) {
					t.Fatalf("%s is %v, want %v", m.label(class), sums[class], want)
				}
			}
		}
		for i := range cells {
			if (cells[i] == 0) != empty[i] {
				t.Fatalf("cell %d is %v, seed %v", i, cells[i], seed[i])
			}
			for j := range i {
				a, b := i/columns*columns+j%columns, j/columns*columns+i%columns
				if empty[i] || empty[j] || empty[a] || empty[b] {
					continue
				}
				// In logarithms: products of four cells span many powers of ten.
				got := math.Log(cells[i]) + math.Log(cells[j]) - math.Log(cells[a]) - math.Log(cells[b])
				want := math.Log(seed[i]) + math.Log(seed[j]) - math.Log(seed[a]) - math.Log(seed[b])
				if math.Abs(got-want) > 1e-6 {
					t.Fatalf("log odds ratio of cells %d and %d is %v, of the seed %v", i, j, got, want)
				}
			}
		}
		again := append([]float64(nil), cells...)
		if err := rake(again, margins); err != nil {
			t.Fatal(err)
		}
		for i := range cells {
			if !agree(again[i], cells[i]) {
				t.Fatalf("cell %d is %v and, fitted again, %v", i, cells[i], again[i])
			}
		}
	})
}

// TestRakeInThreeDimensions: with the three two-way margins of a table of 2 x
// 2 x 2 the association of all three is the seed's.
func TestRakeInThreeDimensions(t *testing.T) {
	seed := []float64{1, 2, 3, 4, 5, 6, 7, 48}
	wanted := []float64{10, 12, 14, 16, 8, 9, 11, 13}
	var margins []margin
	for axis := range 3 {
		m := margin{name: fmt.Sprintf("without axis %d", axis), target: make([]float64, 4), label: func(i int) string { return fmt.Sprint(i) }}
		for cell, x := range wanted {
			low := cell & (1<<axis - 1)
			class := low | cell>>(axis+1)<<axis
			m.class = append(m.class, class)
			m.target[class] += x
		}
		margins = append(margins, m)
	}
	cells := append([]float64(nil), seed...)
	if err := rake(cells, margins); err != nil {
		t.Fatal(err)
	}
	association := func(x []float64) float64 { return x[0] * x[3] * x[5] * x[6] / (x[1] * x[2] * x[4] * x[7]) }
	if got, want := association(cells), association(seed); !agree(got, want) {
		t.Errorf("three-way association is %v, of the seed %v", got, want)
	}
	for _, m := range margins {
		sums := make([]float64, 4)
		m.sum(cells, sums)
		for class := range sums {
			if math.Abs(sums[class]-m.target[class]) > 1e-6 {
				t.Errorf("%s, %d: %v, want %v", m.name, class, sums[class], m.target[class])
			}
		}
	}
}

// TestRakeNamesContradictions: what cannot be met is an error with the
// figures, all that is seen at once, after a bounded number of rounds.
func TestRakeNamesContradictions(t *testing.T) {
	for name, c := range map[string]struct {
		cells, rows, columns []float64
		want                 []string
	}{
		"different totals": {[]float64{1, 1, 1, 1}, []float64{10, 20}, []float64{10, 21}, []string{"rows sums to 30, columns to 31: want the same"}},
		"a class without cells, and a negative one": {[]float64{1, 0, 1, 0}, []float64{-5, 25}, []float64{10, 10},
			[]string{"rows: -5 in row 0, want 0 or more", "columns: 10 in column 1, but nobody can be there"}},
		// All of row 0 must be in column 0, which is smaller.
		"empty cells in the way": {[]float64{1, 0, 1, 1}, []float64{30, 10}, []float64{20, 20},
			[]string{"10000 rounds", "rows: 30 in row 0, where 20 would fit", "columns: 20 in column 0, where 30 would fit"}},
		"not a number": {[]float64{1, 1, 1, 1}, []float64{math.NaN(), 20}, []float64{10, 20}, []string{"rows: NaN in row 0"}},
	} {
		err := rake(append([]float64(nil), c.cells...), sides(c.rows, c.columns))
		if err == nil {
			t.Errorf("%s: no error", name)
			continue
		}
		for _, want := range c.want {
			if !strings.Contains(err.Error(), want) {
				t.Errorf("%s: error %q does not say %q", name, err, want)
			}
		}
	}
}
