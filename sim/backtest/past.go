package backtest

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"

	"asylumsim/sim/clock"
)

// Past is the record of a back-test as WriteSummary wrote it, to be told beside a
// forecast.
type Past []PastRow

// PastRow is what the record says of an output some quarters ahead.
type PastRow struct {
	Output    string
	Horizon   int
	N         int // quarters scored
	Skill     float64
	Bias      float64 // of the mean, over the mean of what came
	Within    float64 // share of quarters in intervals of 90%
	Supported int     // furthest supported horizon of the output, 0 for none
}

// ReadPast reads a summary.
func ReadPast(summary []byte) (Past, error) {
	rows, err := csv.NewReader(bytes.NewReader(summary)).ReadAll()
	if err != nil {
		return nil, fmt.Errorf("record of the back-test: %w", err)
	}
	var past Past
	for line, row := range rows[min(1, len(rows)):] {
		var wrong []string
		number := func(column string) float64 {
			i := slices.Index(rows[0], column)
			if i < 0 {
				wrong = append(wrong, column+" is missing")
				return 0
			}
			if row[i] == "" {
				return math.NaN() // there was no naive forecast
			}
			x, err := strconv.ParseFloat(row[i], 64)
			if err != nil {
				wrong = append(wrong, fmt.Sprintf("%s is %q", column, row[i]))
			}
			return x
		}
		past = append(past, PastRow{
			Output: row[0], Horizon: int(number("quarters")), N: int(number("n")), Skill: number("skill"), Bias: number("bias_relative"),
			Within: number("in_90"), Supported: int(number("supported_quarters")),
		})
		if len(wrong) > 0 {
			return nil, fmt.Errorf("record of the back-test, line %d: %s", line+2, strings.Join(wrong, ", "))
		}
	}
	return past, nil
}

// Of returns the rows of an output, by horizon.
func (p Past) Of(output string) []PastRow {
	return slices.DeleteFunc(slices.Clone(p), func(r PastRow) bool { return r.Output != output })
}

// Supports reports whether the record supports forecasts of an output for a
// quarter, from an opening date.
func (p Past) Supports(output string, opening, quarter clock.Date) bool {
	return quarter <= p.Until(output, opening)
}

// Until is the last day of the quarter up to which the record supports forecasts of
// an output from an opening date: that date itself where it supports none.
func (p Past) Until(output string, opening clock.Date) clock.Date {
	rows := p.Of(output)
	if len(rows) == 0 {
		return opening
	}
	return quartersAfter(opening, rows[0].Supported)
}

// Write prints for each output how far ahead forecasts are supported, and how
// far off they were.
func (p Past) Write(w io.Writer) error {
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprint(t, "record of the back-test\tsupported\tskill and bias of the mean")
	for i, h := range Horizons {
		if i == 0 {
			fmt.Fprintf(t, " at %s", InQuarters(h))
		} else {
			fmt.Fprintf(t, "\tat %d", h)
		}
	}
	fmt.Fprintln(t)
	for i := range Targets {
		rows := p.Of(Targets[i].Name)
		if len(rows) == 0 {
			continue
		}
		fmt.Fprintf(t, "%s\t%s", Targets[i].Name, reach(rows[0].Supported))
		for _, h := range Horizons {
			cell := ""
			if k := slices.IndexFunc(rows, func(r PastRow) bool { return r.Horizon == h }); k >= 0 {
				cell = fmt.Sprintf("%s, %+.0f%%", signed(rows[k].Skill), 100*rows[k].Bias)
			}
			fmt.Fprintf(t, "\t%s", cell)
		}
		fmt.Fprintln(t)
	}
	return t.Flush()
}

// Sentences tell the record of an output.
func (p Past) Sentences(output string) []string {
	rows := p.Of(output)
	if len(rows) == 0 {
		return nil
	}
	lines := []string{"forecasts of past quarters " + map[bool]string{
		true:  "are supported to " + reach(rows[0].Supported) + " ahead.",
		false: "are supported at no distance.",
	}[rows[0].Supported > 0]}
	for _, r := range rows {
		lines = append(lines, fmt.Sprintf("%s ahead, %d scored: skill %s against the best naive forecast, bias of the mean %+.0f%%, %.0f%% within intervals of 90%%.",
			InQuarters(r.Horizon), r.N, signed(r.Skill), 100*r.Bias, 100*r.Within))
	}
	return lines
}

// signed is a skill with its sign; none where there was no naive forecast.
func signed(skill float64) string {
	if math.IsNaN(skill) {
		return "none"
	}
	return fmt.Sprintf("%+.2f", skill)
}

// reach is a supported horizon in words.
func reach(h int) string {
	if h == 0 {
		return "none"
	}
	return InQuarters(h)
}
