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

// explain says what the numbers of a comparison are, and what they are not.
func (c *Comparison) explain() []string {
	lines := c.reading()
	if note := Sampled(c.Fraction); note != "" {
		lines = append(lines, note)
	}
	if c.Money.Nominal {
		lines = append(lines, fmt.Sprintf("Nominal money: the costs of a financial year at %s prices, times %s for each year since; inflation of %s a year is an assumption (asylumsim explain inflation_rate). %s is not inflated: its discount rate is a real one.",
			policy.PriceBase, FormatNumber(1+c.Money.Inflation), percentage(c.Money.Inflation), measure.DiscountedCost))
	}
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
	n, drawn := c.Replications, c.Design.note(c.Replications)
	if n == 1 {
		lines := []string{"One replication says nothing about chance: there are no ranges and no intervals. Run more."}
		if len(c.Against) > 0 {
			lines = append(lines, paired)
		}
		return append(lines, drawn)
	}
	mean := fmt.Sprintf("Base: mean over %s; 90%% of single runs lie in the range (5th to 95th percentile).", replications(n))
	if len(c.Against) == 0 {
		return []string{mean + " The standard error is the Monte Carlo error of the mean.", drawn}
	}
	interval := fmt.Sprintf("The 95%% interval (Student t, n = %d) is the Monte Carlo error of the mean difference and narrows with more replications; it is not the range of a single run.", c.Design.Units(n))
	var lines []string
	if c.tabled(len(c.Against)) {
		lines = append(lines, paired, fmt.Sprintf("± is half the 95%% interval, %.2f Monte Carlo standard errors (mcse). %s", student(c.Design.Units(n)).Quantile(0.975), interval))
	} else {
		lines = append(lines, mean, paired+" "+interval)
	}
	if c.indistinct() {
		lines = append(lines, noise+" the interval includes zero: not distinguishable from noise with this many replications.")
	}
	if c.tabled(len(c.Against)) {
		lines = append(lines, "0 without an interval: no difference in any replication.")
	}
	if len(c.Shares) > 0 {
		lines = append(lines, explainShares)
	}
	lines = append(lines, drawn)
	if !c.tabled(len(c.Against)) || len(c.Bases) == 1 {
		lines = append(lines, "Variance ratio: how many times as many unpaired replications would give the same interval.")
		if len(c.Against) > 1 {
			lines = append(lines, fmt.Sprintf("p: two-sided paired t test of no mean difference, Holm-adjusted for the %d regimes compared, output by output.", len(c.Against)))
		}
	}
	if c.tabled(len(c.Against)) && len(c.Bases) > 1 {
		if low, middle, high, ok := c.varianceRatios(); ok {
			lines = append(lines, fmt.Sprintf("Variance ratios, how many times as many unpaired replications would give the same intervals: from %s to %s, half of them %s or more (one by one with --outputs).",
				ratio(low), ratio(high), ratio(middle)))
		}
	}
	return lines
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

// indistinct reports whether any effect cannot be told from noise.
func (c *Comparison) indistinct() bool {
	for _, v := range c.Against {
		for _, d := range v.Rows {
			if d.Indistinct() {
				return true
			}
		}
	}
	return false
}
