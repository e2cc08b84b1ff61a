package compare

import (
	"fmt"
	"slices"
	"strings"

	"asylumsim/sim/policy"
)

// sweep is one sweep of an experiment: its axes and points.
type sweep struct {
	of     string
	axes   []string
	points []point
}

type point struct {
	regime string
	values []float64 // by axis
}

// sweeps gathers the points of each sweep from the variants.
func sweeps(variants []policy.Variant) []sweep {
	var all []sweep
	var parts []string
	for _, v := range variants {
		if v.Part == policy.Decomposed {
			continue
		}
		if n := len(parts); n == 0 || parts[n-1] != v.Part {
			parts = append(parts, v.Part)
			all = append(all, sweep{of: v.Of})
		}
		s := &all[len(all)-1]
		if n := len(s.points); n == 0 || s.points[n-1].regime != v.Regime {
			s.points = append(s.points, point{regime: v.Regime})
		}
		if !slices.Contains(s.axes, v.Axis) {
			s.axes = append(s.axes, v.Axis)
		}
		p := &s.points[len(s.points)-1]
		p.values = append(p.values, v.Value)
	}
	return all
}

// across reports the values of the last axis where the points are every
// combination of the others with it, in order: then it can be laid across.
func (s *sweep) across() []float64 {
	if len(s.axes) < 2 {
		return nil
	}
	last := len(s.axes) - 1
	var columns []float64
	for _, p := range s.points {
		if slices.Contains(columns, p.values[last]) {
			break
		}
		columns = append(columns, p.values[last])
	}
	if len(columns) < 2 || len(s.points)%len(columns) != 0 {
		return nil
	}
	for i, p := range s.points {
		first := s.points[i-i%len(columns)]
		if p.values[last] != columns[i%len(columns)] || !slices.Equal(p.values[:last], first.values[:last]) {
			return nil
		}
	}
	return columns
}

// writeSweep writes a sweep: a table for each output with the last axis
// across, or one table with the points as rows and the outputs across, which can
// be sorted.
func (c *Comparison) writeSweep(b *strings.Builder, s *sweep) {
	columns := s.across()
	if columns == nil || c.sorted != nil {
		fmt.Fprintf(b, "%s by %s\n", s.of, strings.Join(s.axes, ", "))
		c.beside(b, c.versus(s.points))
		return
	}
	last := len(s.axes) - 1
	fmt.Fprintf(b, "%s by %s, and across by %s: differences from %s, %s, paired\n",
		s.of, strings.Join(s.axes[:last], ", "), s.axes[last], c.Base, replications(c.Replications))
	rows := c.versus(s.points)
	for o, total := range c.Bases {
		when, scale := c.told(total.Output)
		fmt.Fprintf(b, "\n%s %s\n", c.name(total.Output), when)
		t := &layout{narrow: []int{-1}}
		head := []cell{}
		for _, axis := range s.axes[:last] {
			head = append(head, cell{text: axis})
		}
		for i, x := range columns {
			t.narrow = append(t.narrow, last+2*i+1)
			head = append(head, cell{text: policy.FormatNumber(x), span: 2})
		}
		t.row(head...)
		for i, p := range s.points {
			if i%len(columns) != 0 {
				continue
			}
			line := []cell{}
			for _, x := range p.values[:last] {
				line = append(line, cell{text: policy.FormatNumber(x)})
			}
			for _, v := range rows[i : i+len(columns)] {
				line = append(line, c.besides(v.Rows[o], scale)...)
			}
			t.row(line...)
		}
		t.write(b)
	}
}

// versus finds the differences of points, in the order of the regimes, which is
// that of the points where nobody sorted them.
func (c *Comparison) versus(points []point) []Versus {
	var rows []Versus
	for _, v := range c.Against {
		if slices.ContainsFunc(points, func(p point) bool { return p.regime == v.Regime }) {
			rows = append(rows, v)
		}
	}
	return rows
}
