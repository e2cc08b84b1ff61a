package compare

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// Headline lists the outputs that a comparison shows where nobody chose.
var Headline = []measure.Output{
	measure.SmallBoatArrivalsPeople,
	measure.AsylumClaimsPeople,
	measure.InitialDecisionsCases,
	measure.AwaitingInitialDecisionPeople,
	measure.AppealsOpenCases,
	measure.PermitsInForcePeople,
	measure.PermitReviewsDoneCases,
	measure.SettledPeople,
	measure.ReturnsVoluntaryPeople,
	measure.ReturnsEnforcedPeople,
	measure.SupportedPeople,
	measure.HotelPeople,
	measure.HotelCost,
	measure.TotalCost,
}

// Comparison is a choice of outputs over one period, for the base and for
// each other regime against it.
type Comparison struct {
	Base         string
	Period       string
	Last         clock.Date // last day of the run
	Replications int
	Money        Money    // that costs are in
	Bases        []Total  // one per output
	Against      []Versus // one per regime other than the base
	// Alike lists the regimes that differ from the base in no output, period
	// or replication of the run.
	Alike []string
	// Warnings tells, in words, what of the regimes has no effect in the run.
	Warnings []string
}

// Versus holds one regime's differences from the base, one per output.
type Versus struct {
	Regime string
	Rows   []Difference
	// Holm holds the p-values of Rows adjusted, output by output, for the
	// number of regimes compared with the base.
	Holm []float64
}

// Compare chooses outputs and a period (Horizon, or a financial year such as
// 2030-31) out of the tables. It fails where the tables do not hold them.
func (t *Tables) Compare(outputs []measure.Output, period string) (Comparison, error) {
	label, err := t.period(period)
	if err != nil {
		return Comparison{}, err
	}
	c := Comparison{Base: t.Base, Period: label, Last: t.last(), Money: t.Money}
	var absent []string
	for _, o := range outputs {
		row, ok := t.Total(t.Base, o, label)
		if !ok {
			absent = append(absent, fmt.Sprintf("%s of %s", o, t.Base))
		}
		c.Replications = row.N
		c.Bases = append(c.Bases, row)
	}
	for _, regime := range t.Regimes {
		if regime == t.Base {
			continue
		}
		v := Versus{Regime: regime}
		for _, o := range outputs {
			row, ok := t.Difference(regime, o, label)
			if !ok {
				absent = append(absent, fmt.Sprintf("%s of %s less %s", o, regime, t.Base))
			}
			v.Rows = append(v.Rows, row)
		}
		c.Against = append(c.Against, v)
		if t.alike(regime) {
			c.Alike = append(c.Alike, regime)
		}
	}
	if len(absent) > 0 {
		return Comparison{}, fmt.Errorf("these results do not hold, for period %s: %s", label, strings.Join(absent, "; "))
	}
	c.adjust()
	return c, nil
}

// alike reports whether a regime differs from the base in nothing.
func (t *Tables) alike(regime string) bool {
	return !slices.ContainsFunc(t.Differences, func(d Difference) bool { return d.Regime == regime && !d.None() })
}

// adjust fills in the Holm-adjusted p-values.
func (c *Comparison) adjust() {
	for i := range c.Against {
		c.Against[i].Holm = make([]float64, len(c.Bases))
	}
	for o := range c.Bases {
		family := make([]float64, len(c.Against))
		for i, v := range c.Against {
			family[i] = v.Rows[o].PValue
		}
		for i, p := range Holm(family) {
			c.Against[i].Holm[o] = p
		}
	}
}

// last returns the last month that the summaries cover.
func (t *Tables) last() clock.Date {
	if len(t.Summaries) == 0 {
		return 0
	}
	return slices.MaxFunc(t.Summaries, func(a, b Summary) int { return int(a.Month - b.Month) }).Month
}

// when says to people what a period's totals are taken over and when its
// stocks are taken.
func (c *Comparison) when() (over, end string) {
	year, partial, _ := strings.Cut(c.Period, " ")
	if c.Period == Horizon {
		return "over the whole run", "at the end of the run, " + c.Last.String()
	}
	over = "over financial year " + year
	if partial != "" {
		over += " " + partial
	}
	var begins int
	if _, err := fmt.Sscanf(year, "%4d", &begins); err != nil {
		return over, "at the end of the period"
	}
	return over, "on " + min(clock.NewDate(begins+1, 3, 31), c.Last).String()
}

// explain says what the numbers of a comparison are, and what they are not.
func (c *Comparison) explain() []string {
	lines := c.reading()
	if c.Money.Nominal {
		lines = append(lines, fmt.Sprintf("Nominal money: the costs of a financial year at %s prices, times %s for each year since; inflation of %s a year is an assumption (asylumsim explain inflation_rate). %s is not inflated: its discount rate is a real one.",
			policy.PriceBase, FormatNumber(1+c.Money.Inflation), percentage(c.Money.Inflation), measure.DiscountedCost))
	}
	for _, regime := range c.Alike {
		lines = append(lines, fmt.Sprintf("%s differs from %s in no output, year or replication: whatever it changes reached nobody in this run.", regime, c.Base))
	}
	for _, warning := range c.Warnings {
		lines = append(lines, "Warning: "+warning+".")
	}
	return lines
}

// reading says how to read the numbers.
func (c *Comparison) reading() []string {
	const central = "Parameters are at their central values: parameter uncertainty is in none of these numbers."
	mean := fmt.Sprintf("Base: mean over %s; 90%% of single runs lie in the range (5th to 95th percentile).", replications(c.Replications))
	if c.Replications == 1 {
		mean = "One replication says nothing about chance: there are no ranges and no intervals. Run more."
	}
	if len(c.Against) == 0 {
		if c.Replications > 1 {
			mean += " The standard error is the Monte Carlo error of the mean."
		}
		return []string{mean, central}
	}
	const paired = "Difference: each replication of the regime less the same replication of the base, where the same people meet the same chances."
	if c.Replications == 1 {
		return []string{mean, paired, central}
	}
	lines := []string{
		mean,
		paired + fmt.Sprintf(" The 95%% interval (Student t, n = %d) is the Monte Carlo error of the mean difference and narrows with more replications; it is not the range of a single run.", c.Replications),
		central,
		"Variance ratio: how many times as many unpaired replications would give the same interval.",
	}
	if len(c.Against) > 1 {
		lines = append(lines, fmt.Sprintf("p: two-sided paired t test of no mean difference, Holm-adjusted for the %d regimes compared, output by output.", len(c.Against)))
	}
	return lines
}

func replications(n int) string {
	if n == 1 {
		return "1 replication"
	}
	return Thousands(float64(n), 0) + " replications"
}

// Thousands writes a number for people: rounded, with thousands separators,
// and never as minus zero.
func Thousands(v float64, decimals int) string {
	if math.IsNaN(v) {
		return ""
	}
	digits := fmt.Sprintf("%.*f", decimals, math.Abs(v))
	whole, rest, _ := strings.Cut(digits, ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + "," + whole[i:]
	}
	if decimals > 0 {
		whole += "." + rest
	}
	if v < 0 && strings.Trim(digits, "0.") != "" {
		whole = "-" + whole
	}
	return whole
}
