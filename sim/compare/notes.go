package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

const paired = "Difference: each replication of the regime less the same replication of the base, where the same people meet the same chances."

// printed says what the tables of a comparison show, so that the notes explain
// that and nothing else.
type printed struct {
	ranges    bool // of runs of the base
	intervals bool // of the mean difference, by their ends
	halves    bool // the same by half of their width
	errors    bool // standard errors of mean differences
	zeros     bool // that stand for no difference in any replication
	noise     bool // marks of effects that cannot be told from it
	ratios    bool // of variances
	p         bool
	beyond    bool // marks of what the record does not support
	shares    bool // of a decomposition
}

// effect notes a share as a table shows it.
func (p *printed) effect(s Share, interval string) {
	p.shares = true
	p.zeros = p.zeros || s.None()
	p.noise = p.noise || s.Indistinct()
	p.halves = p.halves || interval != ""
}

// explain says what the numbers that were printed are, and what they are not.
func (c *Comparison) explain() []string {
	lines := c.reading()
	if note := Sampled(c.Fraction); note != "" {
		lines = append(lines, note)
	}
	lines = append(lines, c.beyondRecord()...)
	lines = append(lines, c.nominal()...)
	if n := len(c.Alike); n > 0 {
		verb := "differ"
		if n == 1 {
			verb = "differs"
		}
		lines = append(lines, fmt.Sprintf("%s %s from %s in no output, year or replication: whatever is changed reached nobody in this run.", strings.Join(c.Alike, ", "), verb, c.Base))
	}
	for _, warning := range c.Warnings {
		lines = append(lines, "Warning: "+warning+".")
	}
	return lines
}

// nominal says what nominal money is, where costs are in it.
func (c *Comparison) nominal() []string {
	inflated, kept := false, ""
	for _, total := range c.Bases {
		if total.Output.Define().Kind == measure.Cost {
			inflated = inflated || c.Money.Of(total.Output).Nominal
			if c.Money.Nominal && !c.Money.Of(total.Output).Nominal {
				kept = fmt.Sprintf(" %s is not inflated: its discount rate is a real one.", total.Output)
			}
		}
	}
	if !inflated {
		return nil
	}
	return []string{fmt.Sprintf("Nominal money: the costs of a financial year at %s prices, times %s for each year since; inflation of %s a year is an assumption (asylumsim explain inflation_rate).%s",
		policy.PriceBase, FormatNumber(1+c.Money.Inflation), percentage(c.Money.Inflation), kept)}
}

// beyondRecord says what the marks of outputs mean.
func (c *Comparison) beyondRecord() []string {
	if !c.printed.beyond {
		return nil
	}
	text := fmt.Sprintf("* beyond the record: scores of past forecasts do not support the level of this output as far ahead as %v, or none were made (docs/forecasts.md).", c.until())
	if len(c.Against) > 0 {
		text += " The record is of levels: no effect of a regime was ever observed, and none has a record."
	}
	return []string{text}
}

// Sampled says what to know of numbers that were simulated at a fraction;
// nothing of the whole.
func Sampled(f unit.Fraction) string {
	if f.Whole() {
		return ""
	}
	return fmt.Sprintf("Simulated at %v of people and capacities, scaled back: ranges and intervals include the extra chance; small capacities are rounded, with a bias that they do not include (see docs/model.md).", f)
}

// reading says how to read the numbers.
func (c *Comparison) reading() []string {
	n, p := c.Replications, c.printed
	drawn := c.Design.note(n)
	if n == 1 {
		lines := []string{"One replication says nothing about chance: there are no ranges and no intervals. Run more."}
		if len(c.Against) > 0 {
			lines = append(lines, paired)
		}
		return append(lines, drawn)
	}
	var lines []string
	if p.ranges {
		lines = append(lines, fmt.Sprintf("Base: mean over %s; %s", replications(n), explainRange(n)))
	}
	if len(c.Against) == 0 {
		lines[0] += " The standard error is the Monte Carlo error of the mean."
		return append(lines, drawn)
	}
	lines = append(lines, paired)
	units := c.Design.Units(n)
	interval := fmt.Sprintf("The 95%% interval (Student t, n = %d) is the Monte Carlo error of the mean difference and narrows with more replications; it is not the range of a single run.", units)
	switch {
	case p.halves:
		lines = append(lines, fmt.Sprintf("± is half the 95%% interval, %.2f Monte Carlo standard errors. %s", student(units).Quantile(0.975), interval))
	case p.intervals:
		lines[len(lines)-1] += " " + interval
	}
	if p.errors {
		lines = append(lines, "mcse: the Monte Carlo standard error of the mean difference.")
	}
	if p.noise {
		lines = append(lines, c.indistinct())
	}
	if p.zeros {
		lines = append(lines, "0 without an interval: no difference in any replication.")
	}
	if p.shares {
		lines = append(lines, explainShares)
	}
	lines = append(lines, drawn)
	if p.ratios {
		lines = append(lines, "Variance ratio: how many times as many unpaired replications would give the same interval.")
	} else if low, middle, high, ok := c.varianceRatios(); ok {
		lines = append(lines, fmt.Sprintf("Variance ratios, how many times as many unpaired replications would give the same intervals: from %s to %s, half of them %s or more (one by one with --outputs).",
			ratio(low), ratio(high), ratio(middle)))
	}
	if p.p {
		test := "p: two-sided paired t test of no mean difference"
		if len(c.Against) > 1 {
			test += fmt.Sprintf(", Holm-adjusted for the %d regimes compared, output by output", len(c.Against))
		}
		lines = append(lines, test+".")
	}
	return lines
}

// indistinct says which effects are marked as noise.
func (c *Comparison) indistinct() string {
	text := noise + " not distinguishable from noise with this many replications: "
	if len(c.Against) == 1 {
		return text + "the interval includes zero."
	}
	of := fmt.Sprintf("the %d regimes compared", len(c.Against))
	if c.printed.shares {
		of += ", in a decomposition for its effects"
	}
	return text + fmt.Sprintf("p is %.2f or more, output by output Holm-adjusted for %s. An interval is of one difference by itself, and may then leave out zero.", significance, of)
}

// varianceRatios returns the least, the median and the greatest variance ratio of
// the differences that vary; false where none does.
func (c *Comparison) varianceRatios() (low, middle, high float64, ok bool) {
	var all []float64
	for _, v := range c.Against {
		for _, d := range v.Rows {
			if !math.IsNaN(d.VarianceRatio) {
				all = append(all, d.VarianceRatio)
			}
		}
	}
	if len(all) == 0 {
		return 0, 0, 0, false
	}
	slices.Sort(all)
	return all[0], all[len(all)/2], all[len(all)-1], true
}
