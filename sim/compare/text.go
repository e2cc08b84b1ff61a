package compare

import (
	"fmt"
	"io"
	"math"
	"slices"
	"strings"
	"unicode/utf8"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// WriteText writes the comparison for the terminal: a table for each of a few
// regimes, or many side by side; then sweeps and the decomposition, and below
// them what the numbers are.
func (c *Comparison) WriteText(w io.Writer) error {
	b := c.tables()
	b.WriteString("\n")
	for _, line := range c.explain() {
		b.WriteString(Wrap(line, "  ", 0, 100) + "\n")
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// tables lays out all tables, and notes what they print.
func (c *Comparison) tables() *strings.Builder {
	b := new(strings.Builder)
	c.printed = printed{}
	plain := slices.DeleteFunc(slices.Clone(c.Against), func(v Versus) bool { return policy.Generated(v.Regime) })
	switch {
	case len(c.Against) == 0:
		fmt.Fprintf(b, "%s: %s\n\n", c.Base, replications(c.Replications))
		c.alone().write(b)
	case len(plain) == 0:
	case !c.tabled(len(plain)):
		for i, v := range plain {
			if i > 0 {
				b.WriteString("\n")
			}
			fmt.Fprintf(b, "%s less %s: %s, paired\n\n", v.Regime, c.Base, replications(c.Replications))
			c.single(v).write(b)
		}
	case len(c.Bases) == 1:
		c.ranking(b, plain)
	default:
		c.beside(b, plain)
	}
	next := func() {
		if b.Len() > 0 {
			b.WriteString("\n")
		}
	}
	for _, s := range sweeps(c.Variants) {
		next()
		c.writeSweep(b, &s)
	}
	if len(c.Shares) > 0 {
		next()
		c.writeShares(b)
	}
	return b
}

// tabled reports whether so many regimes are shown side by side rather than
// each with a table of its own.
func (c *Comparison) tabled(regimes int) bool {
	return regimes > fewRegimes || c.sorted != nil || len(c.Variants) > 0
}

// section is a kind of output in some money, with the heading under which it
// is shown.
type section struct {
	kind    measure.Kind
	money   Money
	heading string
}

func (c *Comparison) sections() []section {
	over, end := c.when()
	sections := []section{
		{measure.Flow, c.Money, "Flows, total " + over},
		{measure.Stock, c.Money, "Stocks, " + end},
		{measure.Cost, c.Money, "Costs in GBP million, " + c.Money.String() + ", total " + over},
	}
	if c.Money.Nominal {
		sections = append(sections, section{measure.Cost, Money{}, "Costs in GBP million, not inflated, " + Money{}.String() + ", total " + over})
	}
	return sections
}

// single lays out the table of one regime.
func (c *Comparison) single(v Versus) *layout {
	several := len(c.Against) > 1
	t := &layout{}
	of, runs := rangeCells(c.Replications)
	head := []cell{{text: ""}, {text: "base"}, of, {text: "difference"}, {text: "95% interval of the mean", span: 3}, {text: "runs"}, {text: "variance"}}
	under := []cell{{text: ""}, {text: "mean"}, runs, {text: "mean"}, {span: 3}, {text: "above 0"}, {text: "ratio"}}
	c.printed.ranges, c.printed.intervals, c.printed.ratios, c.printed.p = true, true, true, several
	if several {
		head, under = append(head, cell{text: "p"}), append(under, cell{text: "(Holm)"})
	}
	t.row(head...)
	t.row(under...)
	c.each(t, func(i int, scale float64) []cell {
		d := v.Rows[i]
		cells := base(c.Bases[i], scale)
		switch {
		case d.None():
			return append(cells, cell{text: "no difference in any replication", left: true, span: 6})
		case d.N == 1:
			return append(cells, cell{text: signed(d.Mean/scale, decimals(0, d.Mean/scale))}, cell{text: "(no interval)", span: 3})
		}
		low, high := d.CILow/scale, d.CIHigh/scale
		digits := decimals(high-low, d.Mean/scale)
		difference, _ := c.effect(d, scale)
		cells = append(cells, cell{text: difference})
		cells = append(cells, interval(signed(low, digits), signed(high, digits))...)
		cells = append(cells, cell{text: fmt.Sprintf("%.0f%%", 100*d.PPositive)}, cell{text: ratio(d.VarianceRatio)})
		if several {
			cells = append(cells, cell{text: probability(d.PHolm)})
		}
		return cells
	})
	return t
}

// rangeCells head the range of runs, in two lines where it is of few.
func rangeCells(n int) (head, under cell) {
	if n >= EnoughRuns || n == 1 {
		return cell{text: RangeOf(n), span: 3}, cell{span: 3}
	}
	return cell{text: "lowest to highest", span: 3}, cell{text: fmt.Sprintf("of %d runs", n), span: 3}
}

// name is that of an output, marked where the record does not support its level
// as far as the table goes.
func (c *Comparison) name(o measure.Output) string {
	if c.record(o) != "beyond" {
		return o.String()
	}
	c.printed.beyond = true
	return o.String() + beyond
}

// alone lays out the base where there is nothing to compare it with.
func (c *Comparison) alone() *layout {
	t := &layout{}
	of, runs := rangeCells(c.Replications)
	t.row(cell{text: ""}, cell{text: "mean"}, of, cell{text: "standard error"})
	if runs.text != "" {
		t.row(cell{}, cell{}, runs)
	}
	c.printed.ranges = true
	c.each(t, func(i int, scale float64) []cell {
		row := c.Bases[i]
		return append(base(row, scale), cell{text: Thousands(row.MCSE/scale, decimals(row.MCSE/scale, row.MCSE/scale))})
	})
	return t
}

// each adds the outputs section by section; scale is what a number is divided
// by to be shown.
func (c *Comparison) each(t *layout, cells func(i int, scale float64) []cell) {
	for _, s := range c.sections() {
		headed := false
		for i, row := range c.Bases {
			if row.Output.Define().Kind != s.kind || c.Money.Of(row.Output) != s.money {
				continue
			}
			if !headed {
				t.row(cell{text: s.heading, left: true, span: -1})
				headed = true
			}
			scale := scaleOf(row.Output)
			name := cell{text: "  " + c.name(row.Output), left: true}
			t.row(append([]cell{name}, cells(i, scale)...)...)
		}
	}
}

func base(row Total, scale float64) []cell {
	if row.N == 1 {
		return []cell{{text: Thousands(row.Mean/scale, decimals(0, row.Mean/scale))}, {text: "-", span: 3}}
	}
	low, high := row.Range()
	low, high = low/scale, high/scale
	digits := decimals(high-low, row.Mean/scale)
	return append([]cell{{text: Thousands(row.Mean/scale, digits)}},
		interval(Thousands(low, digits), Thousands(high, digits))...)
}

func interval(low, high string) []cell {
	return []cell{{text: low}, {text: "to"}, {text: high}}
}

// decimals chooses how many to show: enough for a range of the given width,
// or for the value itself where there is no range.
func decimals(width, value float64) int {
	if width == 0 {
		if value == float64(int64(value)) {
			return 0
		}
		width = max(value, -value)
	}
	switch {
	case width >= 10:
		return 0
	case width >= 1:
		return 1
	}
	return 2
}

func signed(v float64, decimals int) string {
	s := Thousands(v, decimals)
	if v > 0 && strings.Trim(s, "0.,") != "" {
		return "+" + s
	}
	return s
}

func ratio(v float64) string {
	switch {
	case math.IsNaN(v):
		return "-" // the differences do not vary
	case v < 10:
		return Thousands(v, 1)
	case v < 1e6:
		return Thousands(v, 0)
	}
	return ">1e6"
}

func probability(p float64) string {
	switch {
	case p < 0.001:
		return "<0.001"
	case p >= 0:
		return fmt.Sprintf("%.3f", p)
	}
	return ""
}

// Wrap breaks a paragraph, which begins at a column, into lines of at most so many
// characters, the later ones after an indent.
func Wrap(text, indent string, column, width int) string {
	var b strings.Builder
	for i, word := range slices.Collect(strings.FieldsSeq(text)) {
		n := utf8.RuneCountInString(word)
		switch {
		case i == 0:
		case column+1+n > width:
			b.WriteString("\n" + indent)
			column = utf8.RuneCountInString(indent)
		default:
			b.WriteByte(' ')
			column++
		}
		b.WriteString(word)
		column += n
	}
	return b.String()
}
