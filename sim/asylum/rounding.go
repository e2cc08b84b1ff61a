package asylum

import (
	"cmp"
	"math"
	"slices"
)

// roundTable rounds a table of rows and columns, row by row in one slice, to
// whole numbers that keep every row's and every column's sum, each of which
// must be whole but for an error that is small beside 1: controlled rounding
// (Causey, Cox and Ernst 1985, doi:10.1080/01621459.1985.10478200). No cell
// moves by 1 or more, so that cells which are whole, 0 among them, stay as
// they are. Cells are rounded up in order of their remainders as far as rows
// and columns allow, of equal ones the first; it draws no lots.
func roundTable(cells []float64, columns int) []int64 {
	r := rounding{columns: columns, up: make([]bool, len(cells)), may: make([]bool, len(cells))}
	whole := make([]int64, len(cells))
	rest := make([]float64, len(cells))
	order := make([]int, len(cells))
	rows := len(cells) / columns
	inRow, inColumn := make([]float64, rows), make([]float64, columns)
	for i, x := range cells {
		floor := math.Floor(x)
		whole[i], rest[i], order[i] = int64(floor), x-floor, i
		r.may[i] = rest[i] > 0
		inRow[i/columns] += rest[i]
		inColumn[i%columns] += rest[i]
	}
	r.row, r.column = units(inRow), units(inColumn)
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(rest[b], rest[a]) })
	for _, i := range order {
		if row, column := i/columns, i%columns; r.may[i] && r.row[row] > 0 && r.column[column] > 0 {
			r.up[i] = true
			r.row[row]--
			r.column[column]--
		}
	}
	for row := range rows {
		for r.row[row] > 0 {
			if !r.shift(row, make([]bool, columns)) {
				panic("asylum: the sums of a table to be rounded are not whole")
			}
			r.row[row]--
		}
	}
	for i, up := range r.up {
		if up {
			whole[i]++
		}
	}
	return whole
}

// units is how many cells each row or column rounds up.
func units(remainders []float64) []int {
	n := make([]int, len(remainders))
	for i, x := range remainders {
		n[i] = int(math.Round(x))
	}
	return n
}

// rounding is a table being rounded: how many more cells each row and column
// has to round up, and which it does.
type rounding struct {
	columns     int
	row, column []int
	may, up     []bool
}

// shift rounds up one more cell of a row. Where the columns it could use are
// full, another row gives up its cell there and finds a different one. That
// there is a way follows from the fractions: they are themselves a flow from
// rows to columns of the wanted size, and then a whole one exists.
func (r *rounding) shift(row int, tried []bool) bool {
	for column := range r.columns {
		i := row*r.columns + column
		if !r.may[i] || r.up[i] || tried[column] {
			continue
		}
		tried[column] = true
		if r.column[column] > 0 {
			r.column[column]--
			r.up[i] = true
			return true
		}
		for other := range r.row {
			if j := other*r.columns + column; r.up[j] && r.shift(other, tried) {
				r.up[j], r.up[i] = false, true
				return true
			}
		}
	}
	return false
}
