package chart

import (
	"fmt"
	"strings"

	"asylumsim/sim/clock"
)

// Description says in words what the figure shows: the published series, and
// the first and last values of each panel with the range of 90% of runs,
// rounded to three significant figures.
func (f Fan) Description() string {
	low, high := f.extent()
	scale := textQuantity(f.Unit, max(high, -low))
	number := func(v float64) string { return formatRounded(v / scale.divisor) }
	var b strings.Builder
	fmt.Fprintf(&b, "%s, in %s.", f.Measure, scale.name)
	if n := len(f.History); n > 0 {
		first, last := f.History[0], f.History[n-1]
		fmt.Fprintf(&b, " Published: %s in %s", number(first.Value), monthOf(first.Date))
		if n > 1 {
			fmt.Fprintf(&b, ", %s in %s", number(last.Value), monthOf(last.Date))
		}
		b.WriteString(".")
	}
	for _, p := range f.Panels {
		end := len(p.Dates) - 1
		fmt.Fprintf(&b, " %s:", strings.TrimSpace(p.Label))
		for i, t := range []int{0, end} {
			fmt.Fprintf(&b, "%s median %s (90%% of runs: %s to %s) in %s", []string{"", ";"}[i],
				number(p.Q50[t]), number(p.Q05[t]), number(p.Q95[t]), monthOf(p.Dates[t]))
		}
		b.WriteString(".")
	}
	return b.String()
}

// reading explains the marks of the figure.
func (f Fan) reading() string {
	text := "The dark blue line is the median of the runs; the darker range holds 50% of runs and the lighter range 90%, date by date."
	if len(f.History) > 0 {
		text += fmt.Sprintf(" The black line is the published series, and the dashed line marks where the model starts, in %s.",
			monthOf(f.Panels[0].Dates[0]))
	}
	if len(f.Panels) > 1 {
		text += " All panels have the same axes."
	}
	return text
}

func monthOf(d clock.Date) string { return d.Time().Format("January 2006") }
