package compare

import (
	"fmt"
	"math"
	"strings"
	"unicode/utf8"

	"asylumsim/sim/measure"
)

// Beside lists the outputs that a comparison of many regimes shows where
// nobody chose: hotels, backlog, appeals, returns and cost.
var Beside = []measure.Output{
	measure.HotelPeople,
	measure.AwaitingInitialDecisionPeople,
	measure.AppealsOpenCases,
	measure.ReturnsAssistedPeople,
	measure.ReturnsEnforcedPeople,
	measure.TotalCost,
}

// fewRegimes is up to how many regimes each has a table of its own.
const fewRegimes = 3

// pageWidth is how wide tables for the terminal may be.
const pageWidth = 132

// Outputs returns the outputs to show where nobody chose any: more of them
// for few regimes than for many.
func (t *Tables) Outputs() []measure.Output {
	if len(t.Regimes)-1 > fewRegimes {
		return Beside
	}
	return Headline
}

// effect writes a mean difference and half of its 95% interval. A mean that cannot
// be told from noise is marked; one that is zero in every replication stands alone.
func effect(mean, half float64, none, indistinct bool, scale float64) (difference, interval string) {
	switch {
	case none:
		return "0", ""
	case math.IsNaN(half):
		return signed(mean/scale, decimals(0, mean/scale)), ""
	}
	digits := decimals(2*half/scale, mean/scale)
	difference = signed(mean/scale, digits)
	if indistinct {
		difference = noise + difference
	}
	return difference, "±" + Thousands(half/scale, digits)
}

const (
	noise  = "~"  // marks what cannot be told from it
	beyond = " *" // marks what the record of past forecasts does not support
)

func (c *Comparison) effect(d Difference, scale float64) (difference, interval string) {
	c.printed.noise = c.printed.noise || d.Indistinct()
	return effect(d.Mean, (d.CIHigh-d.CILow)/2, d.None(), d.Indistinct(), scale)
}

// besides writes the same for a table with a column for each.
func (c *Comparison) besides(d Difference, scale float64) []cell {
	difference, interval := c.effect(d, scale)
	c.printed.zeros = c.printed.zeros || d.None()
	c.printed.halves = c.printed.halves || interval != ""
	return []cell{{text: difference}, {text: interval}}
}

// scaleOf is what numbers of an output are divided by to be shown.
func scaleOf(o measure.Output) float64 {
	if o.Define().Kind == measure.Cost {
		return 1e6
	}
	return 1
}

// told says over which time, or when, and in which money numbers of an output
// are told, and what they are divided by.
func (c *Comparison) told(o measure.Output) (when string, scale float64) {
	when, end := c.when()
	if StatisticOf(o) == End {
		when = end
	}
	if o.Define().Kind == measure.Cost {
		when += ", GBP million, " + c.Money.Of(o).String()
	}
	return when, scaleOf(o)
}

// prices says in which money the costs stand, where there are any: in a line
// of its own.
func (c *Comparison) prices() string {
	var kept, costs bool
	for _, total := range c.Bases {
		if total.Output.Define().Kind == measure.Cost {
			costs = true
			kept = kept || c.Money.Of(total.Output) != c.Money
		}
	}
	switch {
	case !costs:
		return ""
	case kept:
		return fmt.Sprintf("costs in GBP million, %s; %s is not inflated: %s\n", c.Money, measure.DiscountedCost, Money{})
	}
	return fmt.Sprintf("costs in GBP million, %s\n", c.Money)
}

// beside writes regimes as rows and outputs as columns, in as many tables as
// fit the page.
func (c *Comparison) beside(b *strings.Builder, rows []Versus) {
	over, end := c.when()
	fmt.Fprintf(b, "Differences from %s: %s, paired%s\nflows and costs %s, stocks %s\n%s",
		c.Base, replications(c.Replications), c.order(), over, end, c.prices())
	for first := 0; first < len(c.Bases); {
		n := 1
		t := c.band(rows, first, n)
		for first+n < len(c.Bases) {
			wider := c.band(rows, first, n+1)
			if wider.width() > pageWidth {
				break
			}
			t, n = wider, n+1
		}
		b.WriteString("\n")
		t.write(b)
		first += n
	}
}

// order says how the regimes are sorted.
func (c *Comparison) order() string {
	if c.sorted == nil {
		return ""
	}
	return ", in order of " + c.sorted.String()
}

// band lays out some of the outputs.
func (c *Comparison) band(rows []Versus, first, n int) *layout {
	t := &layout{narrow: []int{-1}}
	var heads [][]string
	deepest := 0
	for i := range n {
		t.narrow = append(t.narrow, 2+2*i)
		heads = append(heads, heading(c.name(c.Bases[first+i].Output)))
		deepest = max(deepest, len(heads[i]))
	}
	for depth := range deepest {
		line := []cell{{}}
		for _, head := range heads {
			text := ""
			if at := depth - (deepest - len(head)); at >= 0 {
				text = head[at]
			}
			line = append(line, cell{text: text, span: 2})
		}
		t.row(line...)
	}
	base := []cell{{text: c.Base + " (mean)", left: true}}
	for _, total := range c.Bases[first : first+n] {
		scale := scaleOf(total.Output)
		base = append(base, cell{text: Thousands(total.Mean/scale, decimals(total.Q95/scale-total.Q05/scale, total.Mean/scale))}, cell{})
	}
	t.row(base...)
	for _, v := range rows {
		line := []cell{{text: v.Regime, left: true}}
		for _, d := range v.Rows[first : first+n] {
			line = append(line, c.besides(d, scaleOf(d.Output))...)
		}
		t.row(line...)
	}
	return t
}

// heading breaks an output's name at its underscores.
func heading(name string) []string {
	const width = 16
	var lines []string
	line := ""
	for word := range strings.SplitAfterSeq(name, "_") {
		if line != "" && utf8.RuneCountInString(line+word) > width {
			lines = append(lines, line)
			line = ""
		}
		line += word
	}
	return append(lines, line)
}

// width is how wide the table comes out.
func (t *layout) width() int {
	var b strings.Builder
	t.write(&b)
	widest := 0
	for line := range strings.Lines(b.String()) {
		widest = max(widest, utf8.RuneCountInString(strings.TrimSuffix(line, "\n")))
	}
	return widest
}

// ranking writes regimes as rows for one output, with all that is known of
// each difference.
func (c *Comparison) ranking(b *strings.Builder, rows []Versus) {
	total := c.Bases[0]
	when, scale := c.told(total.Output)
	c.printed.intervals, c.printed.errors, c.printed.ratios, c.printed.p = true, true, true, true
	fmt.Fprintf(b, "%s %s: differences from %s, paired%s\n\n", c.name(total.Output), when, c.Base, c.order())
	t := &layout{narrow: []int{3, 4}}
	t.row(cell{}, cell{text: "difference"}, cell{text: "95% interval", span: 3}, cell{text: "mcse"}, cell{text: "n"}, cell{text: "runs"}, cell{text: "variance"}, cell{text: "p"})
	t.row(cell{}, cell{text: "mean"}, cell{text: "of the mean", span: 3}, cell{}, cell{}, cell{text: "above 0"}, cell{text: "ratio"}, cell{text: "(Holm)"})
	for _, v := range rows {
		d := v.Rows[0]
		difference, _ := c.effect(d, scale)
		line := []cell{{text: v.Regime, left: true}, {text: difference}}
		switch {
		case d.None():
			line = append(line, cell{text: "none in any replication", span: 3}, cell{text: "0"}, cell{text: fmt.Sprint(d.N)})
		case d.N == 1:
			line = append(line, cell{text: "(no interval)", span: 3}, cell{}, cell{text: "1"})
		default:
			low, high := d.CILow/scale, d.CIHigh/scale
			digits := decimals(high-low, d.Mean/scale)
			line = append(line, interval(signed(low, digits), signed(high, digits))...)
			line = append(line, cell{text: Thousands(d.MCSE/scale, min(2, digits+1))}, cell{text: fmt.Sprint(d.N)},
				cell{text: fmt.Sprintf("%.0f%%", 100*d.PPositive)}, cell{text: ratio(d.VarianceRatio)}, cell{text: probability(d.PHolm)})
		}
		t.row(line...)
	}
	t.row(cell{text: c.Base + " (mean)", left: true}, cell{text: Thousands(total.Mean/scale, decimals(total.Q95/scale-total.Q05/scale, total.Mean/scale))})
	t.write(b)
}
