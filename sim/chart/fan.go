// Package chart draws fan charts of simulated series: the median and the
// ranges that hold 50% and 90% of runs, one panel a regime, all panels of a
// figure on the same axes. Figures follow the chart guidance of the Government
// Analysis Function: the headline, the source and a text description are page
// text and not part of the picture; ranges and lines are labelled directly.
//
// The package knows nothing of result files or configuration. Callers fill a
// Fan and write it:
//
//	err := chart.WriteIndex("results/core-protection/figures", []chart.Fan{hotels, appeals})
package chart

import (
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"

	"asylumsim/sim/clock"
	statistics "asylumsim/sim/compare"
	"asylumsim/sim/policy"
)

// MaxPanels is the largest number of panels in a figure; more can no longer be
// compared by eye at the size of a page.
const MaxPanels = 6

// Point is one observation of a published series.
type Point struct {
	Date  clock.Date
	Value float64
}

// Panel is the fan of one regime: quantiles over runs at each date, in the
// unit of the figure. The slices have equal length and dates ascend.
type Panel struct {
	Label string // title of the regime
	// Effect says in a sentence how the regime differs from that of the first
	// panel, with the interval.
	Effect string
	// Starts is when the model starts; one step before the first date where 0. A
	// value of that date itself is what was published, and no run's.
	Starts                  clock.Date
	Dates                   []clock.Date
	Q05, Q25, Q50, Q75, Q95 []float64
	// Lowest and Highest are over runs, wanted where Fan.Runs are few.
	Lowest, Highest []float64
}

// Fan is a figure: one to MaxPanels fans of one measure on the same axes, with
// the page text that must accompany it.
type Fan struct {
	Caption
	Geography string // "United Kingdom"
	Period    string // "end of month, January 2026 to December 2035"
	Unit      string // "people", "cases", "GBP per month"
	Data      string // link to the data; "../summary.csv" where empty, NAME.csv to have it written
	// OfQuarters says that each value counts a whole quarter, so that words tell
	// its date as the end of that quarter.
	OfQuarters bool
	// Part says which regimes of the result the figure shows; empty for all.
	Part string
	// Findings say in a sentence each what the record says of such forecasts.
	Findings []string
	History  []Point
	Panels   []Panel
	// Supported is the last date that the record of past forecasts supports; what
	// comes after it is shaded. Nothing is where it is 0.
	Supported clock.Date
	// Runs is how many runs the quantiles are of; enough of them where it is 0. The
	// range of fewer than compare.EnoughRuns goes from the lowest to the highest.
	Runs int

	shared *sharedAxis // with other pages of the figure
}

// few reports runs too few for a range that holds 90% of them.
func (f Fan) few() bool { return f.Runs > 0 && f.Runs < statistics.EnoughRuns }

// drawn is the figure as it is drawn: of few runs one range, from the lowest to the
// highest, and none that holds half of them.
func (f Fan) drawn() Fan {
	if !f.few() {
		return f
	}
	f.Panels = slices.Clone(f.Panels)
	for i := range f.Panels {
		p := &f.Panels[i]
		p.Q05, p.Q25, p.Q75, p.Q95 = p.Lowest, p.Q50, p.Q50, p.Highest
	}
	return f
}

// rangeOf says what the widest range holds.
func (f Fan) rangeOf() string {
	if f.few() {
		return statistics.RangeOf(f.Runs)
	}
	return statistics.RangeOf(statistics.EnoughRuns)
}

// Notes for the three kinds of run: with the parameters at their central values,
// with the parameters drawn from their ranges in each run, and with what the
// series tell estimated besides.
const (
	NoteChance     = "The ranges show how much runs differ by chance alone, with every parameter at its central value. Uncertainty about the parameters, about the starting caseload and about the model itself is not in the fan."
	NoteParameters = "The ranges show how much runs differ by chance and through parameters drawn from their stated ranges. Uncertainty about the starting caseload, about values without a stated range and about the model itself is not in the fan."
	NoteEstimated  = "The ranges show how much runs differ by chance, through parameters drawn from their stated ranges, and through levels, trends and other quantities that are estimated from the published series for the opening date, with the uncertainty of the estimate as far as it is known. Changes of law after the opening date that the regime does not hold, changes of a kind not in the series and the uncertainty about the model itself are not in the fan."
)

// Validate reports everything that keeps a figure from being drawn and
// published, all problems at once.
func (f Fan) Validate() error {
	p := f.problems(entry{"geography", f.Geography}, entry{"period", f.Period}, entry{"unit", f.Unit})
	if n := len(f.Panels); n < 1 || n > MaxPanels {
		p.fail("%d panels: want 1 to %d; draw further regimes as further figures", n, MaxPanels)
	}
	if len(f.History) == 1 {
		p.fail("history has 1 point: want none, or 2 or more to draw a line")
	}
	p.history(f.History, finite, "a finite number")
	for _, panel := range f.Panels {
		for _, err := range panel.problems() {
			p.fail("panel %q: %w", panel.Label, err)
		}
	}
	return p.err()
}

func (p Panel) problems() (problems []error) {
	if strings.TrimSpace(p.Label) == "" {
		problems = append(problems, errors.New("label is empty: want the title of the regime"))
	}
	if r, found := policy.Undrawable(p.Label); found {
		problems = append(problems, fmt.Errorf("label holds %q (%U), which the font of figures does not have", r, r))
	}
	if len(p.Dates) < 2 {
		problems = append(problems, fmt.Errorf("%d dates: want 2 or more", len(p.Dates)))
	}
	series := p.quantiles()
	for i, q := range series {
		if len(q) != len(p.Dates) {
			return append(problems, fmt.Errorf("%s has %d values for %d dates", quantileNames[i], len(q), len(p.Dates)))
		}
	}
	for t, date := range p.Dates {
		if t > 0 && date <= p.Dates[t-1] {
			problems = append(problems, fmt.Errorf("%s does not come after %s: dates must ascend", date, p.Dates[t-1]))
		}
		for i, q := range series {
			if !finite(q[t]) {
				problems = append(problems, fmt.Errorf("%s at %s is %v: want a finite number", quantileNames[i], date, q[t]))
			} else if i > 0 && q[t] < series[i-1][t] {
				problems = append(problems, fmt.Errorf("%s at %s is %v, below %s, %v", quantileNames[i], date, q[t], quantileNames[i-1], series[i-1][t]))
			}
		}
	}
	return problems
}

// Positions in Panel.quantiles.
const (
	q05 = iota
	q25
	q50
	q75
	q95
	numQuantiles
)

var quantileNames = [numQuantiles]string{"q05", "q25", "q50", "q75", "q95"}

func (p Panel) quantiles() [numQuantiles][]float64 {
	return [...][]float64{p.Q05, p.Q25, p.Q50, p.Q75, p.Q95}
}

// starts is the date at which the model takes over from history: one step
// before the first date, which is the opening of a monthly run.
func (p Panel) starts() clock.Date {
	if p.Starts != 0 {
		return p.Starts
	}
	first, second := p.Dates[0], p.Dates[1]
	if first == first.MonthEnd() && second == second.MonthEnd() {
		y0, m0, _ := first.Civil()
		y1, m1, _ := second.Civil()
		return first.AddMonths(12*(y0-y1) + int(m0-m1)).MonthEnd()
	}
	return first - (second - first)
}

// modelled is the position of the first value that the model made: one on the day
// it starts was published.
func (p Panel) modelled() int {
	if p.Dates[0] == p.Starts && len(p.Dates) > 1 {
		return 1
	}
	return 0
}

func (p Panel) last() clock.Date { return p.Dates[len(p.Dates)-1] }

func finite(v float64) bool { return !math.IsNaN(v) && !math.IsInf(v, 0) }
