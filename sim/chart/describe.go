package chart

import (
	"fmt"
	"slices"
	"strings"

	"asylumsim/sim/clock"
)

// Description says in words what the figure shows: the published series, and
// the first and last values that the model made of each panel with the range of
// 90% of runs, rounded to three significant figures. A published value that a
// panel starts from is told as such.
func (f Fan) Description() string {
	low, high := f.extent()
	scale := textQuantity(f.Unit, max(high, -low))
	number := func(v float64) string { return formatRounded(v / scale.divisor) }
	var b strings.Builder
	say := func(format string, a ...any) { fmt.Fprintf(&b, format, a...) }
	when := dated(f.OfQuarters)
	say("%s, in %s.", f.Measure, scale.name)
	if n := len(f.History); n > 0 {
		first, last := f.History[0], f.History[n-1]
		say(" Published: %s %s", number(first.Value), when(first.Date))
		if n > 1 {
			say(", %s %s", number(last.Value), when(last.Date))
		}
		b.WriteString(".")
	}
	for _, p := range f.Panels {
		begin, end := p.modelled(), len(p.Dates)-1
		say(" %s:", strings.TrimSpace(p.Label))
		if begin > 0 {
			say(" from the published %s %s;", number(p.Q50[0]), when(p.Dates[0]))
		}
		for i, t := range slices.Compact([]int{begin, end}) {
			say("%s median %s (%s: %s to %s) %s", []string{"", ";"}[i],
				number(p.Q50[t]), f.rangeOf(), number(p.Q05[t]), number(p.Q95[t]), when(p.Dates[t]))
		}
		b.WriteString(".")
	}
	if f.Supported > 0 && f.Supported < f.Panels[0].last() {
		say(" Shaded as beyond the record: what comes after %s.", monthOf(f.Supported))
	}
	return b.String()
}

// reading explains the marks of the figure.
func (f Fan) reading() string {
	text := "The dark blue line is the median of the runs; the darker range holds 50% of runs and the lighter range 90%, date by date."
	if f.few() {
		text = fmt.Sprintf("The dark blue line is the median of the runs; the range is the %s, date by date: too few for one that holds 90%% of them.", f.rangeOf())
	}
	if len(f.History) > 0 {
		start := "in " + monthOf(f.Panels[0].Dates[0])
		if at := f.Panels[0].Starts; at != 0 {
			start = "at the end of " + monthOf(at)
		}
		text += fmt.Sprintf(" The black line is the published series, and the dashed line marks where the model starts, %s.", start)
	}
	if f.Supported > 0 && f.Supported < f.Panels[0].last() {
		text += fmt.Sprintf(" What comes after %s is shaded: scores of past forecasts do not support values so far ahead.", monthOf(f.Supported))
	}
	if len(f.Panels) > 1 {
		text += " All panels have the same axes."
	}
	return text
}

// dated tells the date of a value: the month, or the quarter that it counts.
func dated(quarters bool) func(clock.Date) string {
	if quarters {
		return func(d clock.Date) string { return "in the quarter to " + monthOf(d) }
	}
	return func(d clock.Date) string { return "in " + monthOf(d) }
}

func monthOf(d clock.Date) string { return d.Time().Format("January 2006") }
