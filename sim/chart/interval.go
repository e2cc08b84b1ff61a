package chart

import (
	"fmt"
	"strings"
)

// Interval is a figure of what was believed about quantities before and after
// data: for each a bar from the 5% to the 95% quantile with the median, twice.
// All stand on one axis that begins at zero, such as percentiles of the prior.
type Interval struct {
	Caption
	Geography string // "United Kingdom"
	Period    string // "quarters to December 2025"
	Unit      string // of the axis
	Data      string // link to the data
	Rows      []Belief
}

// Belief is a quantity with its 5%, 50% and 95% quantiles before and after, in
// the unit of the figure, and Text the same in its own unit.
type Belief struct {
	Label         string
	Before, After [3]float64
	Text          string
}

// mostBeliefs is how many rows fit a page.
const mostBeliefs = 12

// Validate reports everything that keeps a figure from being drawn and
// published, all problems at once.
func (f Interval) Validate() error {
	p := f.problems(entry{"geography", f.Geography}, entry{"period", f.Period}, entry{"unit", f.Unit}, entry{"data", f.Data})
	if n := len(f.Rows); n == 0 || n > mostBeliefs {
		p.fail("%d rows: want 1 to %d", n, mostBeliefs)
	}
	for _, r := range f.Rows {
		if strings.TrimSpace(r.Label) == "" || strings.TrimSpace(r.Text) == "" {
			p.fail("row %q: want a label and a text", r.Label)
		}
		for _, q := range [][3]float64{r.Before, r.After} {
			if !countable(q[0]) || !(q[0] <= q[1] && q[1] <= q[2]) || !finite(10*q[2]) {
				p.fail("row %q: quantiles %v: want numbers of 0 or more that ascend", r.Label, q)
			}
		}
	}
	return p.err()
}

// greatest is the greatest quantile of all.
func (f Interval) greatest() float64 {
	most := 0.0
	for _, r := range f.Rows {
		most = max(most, r.Before[2], r.After[2])
	}
	return most
}

// Description says in words what the figure shows.
func (f Interval) Description() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s, in %s.", f.Measure, f.Unit)
	for _, r := range f.Rows {
		number := func(q [3]float64) string {
			return fmt.Sprintf("median %s (90%%: %s to %s)", formatRounded(q[1]), formatRounded(q[0]), formatRounded(q[2]))
		}
		fmt.Fprintf(&b, " %s: before, %s; after, %s; %s.", r.Label, number(r.Before), number(r.After), r.Text)
	}
	return b.String()
}
