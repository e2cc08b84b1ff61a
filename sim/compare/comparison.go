package compare

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strings"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
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
	// Fraction is of people and capacities that was simulated.
	Fraction unit.Fraction
	// Variants says where the regimes of sweeps and of a decomposition stand;
	// Shares are the decomposition's of the outputs chosen.
	Variants []policy.Variant
	Shares   []Share
	Design   Design // of the replications

	// Supports reports whether scores of past forecasts support the level of an
	// output up to a date; nil where no record is at hand. What they do not support
	// is marked.
	Supports func(o measure.Output, until clock.Date) bool

	sorted  *measure.Output // by which Against is in order; nil for the experiment's order
	printed printed         // by the tables
}

// Versus holds one regime's differences from the base, one per output.
type Versus struct {
	Regime string
	Rows   []Difference
}

// Compare chooses outputs and a period (Horizon, or a financial year such as
// 2030-31) out of the tables. It fails where the tables do not hold them.
func (t *Tables) Compare(outputs []measure.Output, period string) (Comparison, error) {
	label, err := t.period(period)
	if err != nil {
		return Comparison{}, err
	}
	c := Comparison{Base: t.Base, Period: label, Last: t.last(), Money: t.Money, Variants: t.Variants, Design: t.Design, Fraction: t.Fraction}
	type key struct {
		regime string
		output measure.Output
	}
	totals, differences := map[measure.Output]Total{}, map[key]Difference{}
	for _, row := range t.Totals {
		if row.Regime == t.Base && row.Period == label {
			totals[row.Output] = row
		}
	}
	for _, row := range t.Differences {
		if row.Period == label && slices.Contains(outputs, row.Output) {
			differences[key{row.Regime, row.Output}] = row
		}
	}
	var absent []string
	for _, o := range outputs {
		row, ok := totals[o]
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
			row, ok := differences[key{regime, o}]
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
	for _, o := range outputs {
		for _, s := range t.Shares {
			if s.Output == o && s.Period == label {
				c.Shares = append(c.Shares, s)
			}
		}
	}
	adjustShares(c.Shares, c.Design)
	return c, nil
}

// alike reports whether a regime differs from the base in nothing.
func (t *Tables) alike(regime string) bool {
	if t.Recorded != nil {
		t = t.Recorded // it holds the costs that are not told in other money, too
	}
	return !slices.ContainsFunc(t.Differences, func(d Difference) bool { return d.Regime == regime && !d.None() })
}

// SortBy puts the regimes in order of their difference in an output, the
// lowest first; equal ones keep the experiment's order. It fails where the
// comparison does not hold the output, and where the tables have no rows of
// regimes: those of a decomposition are of its groups.
func (c *Comparison) SortBy(o measure.Output) error {
	i := slices.IndexFunc(c.Bases, func(t Total) bool { return t.Output == o })
	if i < 0 {
		return fmt.Errorf("cannot sort by %s: it is not among the outputs compared", o)
	}
	grouped := func(v Versus) bool {
		return slices.ContainsFunc(c.Variants, func(at policy.Variant) bool { return at.Regime == v.Regime && at.Part == policy.Decomposed }) && policy.Generated(v.Regime)
	}
	switch {
	case len(c.Against) == 0:
		return fmt.Errorf("cannot sort by %s: %s is the only regime", o, c.Base)
	case !slices.ContainsFunc(c.Against, func(v Versus) bool { return !grouped(v) }):
		return fmt.Errorf("cannot sort by %s: a decomposition is shown by its groups, in the order of the experiment", o)
	}
	slices.SortStableFunc(c.Against, func(a, b Versus) int { return cmp.Compare(a.Rows[i].Mean, b.Rows[i].Mean) })
	c.sorted = &o
	return nil
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
	if c.Period == Horizon {
		return "over the whole run", "at the end of the run, " + c.until().String()
	}
	year, partial, _ := strings.Cut(c.Period, " ")
	over = "over financial year " + year
	if partial != "" {
		over += " " + partial
	}
	return over, "on " + c.until().String()
}

// until is the last day of the period.
func (c *Comparison) until() clock.Date {
	var begins int
	if _, err := fmt.Sscanf(c.Period, "%4d", &begins); err != nil {
		return c.Last // of the whole run
	}
	return min(clock.NewDate(begins+1, 3, 31), c.Last)
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
