package chart

import (
	"fmt"
	"strconv"
	"strings"

	"asylumsim/sim/clock"
)

// Description says in words what the figure shows: the published series, the
// furthest value of the first and of the last forecast with the range of 90% of
// runs, how many published values lie in the intervals, and what is cut. Values
// are rounded to three significant figures.
func (f Porcupine) Description() string {
	scale := textQuantity(f.Unit, f.top())
	number := func(v float64) string { return formatRounded(v / scale.divisor) }
	var b strings.Builder
	say := func(format string, a ...any) { fmt.Fprintf(&b, format, a...) }
	when := dated(f.OfQuarters)
	say("%s, in %s.", f.Measure, scale.name)
	first, last := f.History[0], f.History[len(f.History)-1]
	most := first
	for _, p := range f.History {
		if p.Value > most.Value {
			most = p
		}
	}
	say(" Published: %s %s, %s %s", number(first.Value), when(first.Date), number(last.Value), when(last.Date))
	if most != first && most != last {
		say(", and most %s, %s", when(most.Date), number(most.Value))
	}
	n := len(f.Quills)
	say(". %s, made ", several(n, "forecast"))
	if n == 1 {
		say("in %s", monthOf(f.Quills[0].Origin))
	} else {
		say("from %s to %s", monthOf(f.Quills[0].Origin), monthOf(f.Quills[n-1].Origin))
	}
	say(", for %s ahead.", f.distances())
	published := f.published()
	for _, i := range []int{0, n - 1}[:min(n, 2)] {
		q := f.Quills[i]
		end := len(q.Dates) - 1
		say(" Forecast of %s: median %s (90%% of runs: %s to %s) %s", monthOf(q.Origin),
			number(q.Q50[end]), number(q.Q05[end]), number(q.Q95[end]), when(q.Dates[end]))
		if v, ok := published[q.Dates[end]]; ok {
			say(", published %s", number(v))
		}
		b.WriteString(".")
	}
	if in, above, below := f.hits(); in+above+below > 0 {
		say(" The published value lies in %d of the %s for which there is one, above %d and below %d.",
			in, several(in+above+below, "interval"), above, below)
	}
	if cut, all, most := f.cuts(); cut > 0 {
		say(" The picture cuts %d of %s at %s; the greatest reaches %s.", cut, several(all, "interval"), number(f.axis().max), number(most))
	}
	return b.String()
}

// hits counts the intervals that the published value of their date lies in,
// above and below.
func (f Porcupine) hits() (in, above, below int) {
	published := f.published()
	for _, q := range f.Quills {
		for t, date := range q.Dates {
			switch v, ok := published[date]; {
			case !ok:
			case v > q.Q95[t]:
				above++
			case v < q.Q05[t]:
				below++
			default:
				in++
			}
		}
	}
	return in, above, below
}

// published holds the published values by date.
func (f Porcupine) published() map[clock.Date]float64 {
	out := map[clock.Date]float64{}
	for _, p := range f.History {
		out[p.Date] = p.Value
	}
	return out
}

// cuts counts the intervals that the picture cuts, and finds the greatest value
// that they reach.
func (f Porcupine) cuts() (cut, all int, most float64) {
	at := f.axis().max
	for _, q := range f.Quills {
		for _, v := range q.Q95 {
			if all++; v > at {
				cut, most = cut+1, max(most, v)
			}
		}
	}
	return cut, all, most
}

// distances lists the horizons: "1, 2, 4 and 8 quarters".
func (f Porcupine) distances() string {
	var names []string
	for _, h := range f.horizons() {
		names = append(names, strconv.Itoa(h))
	}
	if len(names) == 1 && names[0] == "1" {
		return "1 quarter"
	}
	return listed(names) + " quarters"
}

// reading explains the marks of the figure.
func (f Porcupine) reading() string {
	text := "The black line is the published series. Each thin blue line is the median of a forecast and starts from the last value published at its origin, the date on which it was made; " +
		"dots mark " + f.distances() + " after the origin. The light bar at each dot holds 90% of runs"
	if len(f.horizons()) > 1 {
		text += "; bars of several forecasts may stand at one date, and the further ahead a forecast looks the thinner is its bar"
	}
	text += "."
	if cut, _, _ := f.cuts(); cut > 0 {
		scale := textQuantity(f.Unit, f.top())
		text += fmt.Sprintf(" A bar with a tip goes on beyond the axis: intervals are cut at %s %s, so that they do not squash the published series.",
			formatRounded(f.axis().max/scale.divisor), scale.name)
	}
	return text
}

// several writes a number of things.
func several(n int, thing string) string {
	if n == 1 {
		return "1 " + thing
	}
	return fmt.Sprintf("%s %ss", formatNumber(float64(n), 0), thing)
}
