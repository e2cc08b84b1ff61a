package compare

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// layout aligns the cells of a table in columns. Cells are aligned right
// unless they say otherwise; a cell that spans several columns does not widen
// them unless its text is longer than they are together.
type layout struct {
	rows [][]cell
	// narrow lists the columns with a narrow gap before them; nil for those of
	// the comparison of two regimes.
	narrow []int
}

type cell struct {
	text string
	left bool
	span int // columns covered; 0 and 1 are one, -1 is a line of its own
}

func (t *layout) row(cells ...cell) { t.rows = append(t.rows, cells) }

// gap is the space before a column: narrow inside an interval ("1 to 2"),
// wide between quantities.
func (t *layout) gap(column int) int {
	narrow := t.narrow
	if narrow == nil {
		narrow = []int{3, 4, 7, 8}
	}
	switch {
	case column == 0:
		return 0
	case slices.Contains(narrow, column):
		return 1
	}
	return 2
}

func (t *layout) write(b *strings.Builder) {
	widths := t.widths()
	for _, row := range t.rows {
		var line strings.Builder
		column := 0
		for _, c := range row {
			if c.span < 0 {
				line.WriteString(c.text)
				break
			}
			span := max(c.span, 1)
			line.WriteString(strings.Repeat(" ", t.gap(column)))
			pad := strings.Repeat(" ", max(0, t.across(widths, column, span)-utf8.RuneCountInString(c.text)))
			if c.left {
				line.WriteString(c.text + pad)
			} else {
				line.WriteString(pad + c.text)
			}
			column += span
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
}

// widths first fits the single cells, then widens the first column under a
// cell that spans several and is still too long.
func (t *layout) widths() []int {
	var widths []int
	for _, row := range t.rows {
		column := 0
		for _, c := range row {
			if c.span < 0 {
				break
			}
			span := max(c.span, 1)
			for len(widths) < column+span {
				widths = append(widths, 0)
			}
			if span == 1 {
				widths[column] = max(widths[column], utf8.RuneCountInString(c.text))
			}
			column += span
		}
	}
	for _, row := range t.rows {
		column := 0
		for _, c := range row {
			if c.span < 0 {
				break
			}
			span := max(c.span, 1)
			if lack := utf8.RuneCountInString(c.text) - t.across(widths, column, span); lack > 0 {
				widths[column] += lack
			}
			column += span
		}
	}
	return widths
}

// across returns the width of columns and of the gaps between them.
func (t *layout) across(widths []int, column, span int) int {
	total := 0
	for i := column; i < min(column+span, len(widths)); i++ {
		total += widths[i]
		if i > column {
			total += t.gap(i)
		}
	}
	return total
}
