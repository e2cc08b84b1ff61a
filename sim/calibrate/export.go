package calibrate

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"
)

// WriteCheck writes every published value beside the runs of the prior and of
// the posterior, as CSV.
func (r *Report) WriteCheck(out io.Writer) error {
	rows := [][]string{{"output", "unit", "quarter", "published", "prior_q05", "prior_q50", "prior_q95", "prior_below", "reached",
		"posterior_q05", "posterior_q50", "posterior_q95", "posterior_below"}}
	for i := range r.Check {
		c := &r.Check[i]
		row := []string{c.Target.Name, c.Target.Unit, c.Quarter.String(), number(c.Published)}
		for _, x := range c.Prior {
			row = append(row, number(math.Round(x)))
		}
		row = append(row, number(c.Below), strconv.FormatBool(c.Reached()))
		for _, x := range c.Posterior {
			row = append(row, number(math.Round(x)))
		}
		rows = append(rows, append(row, number(c.BelowPosterior)))
	}
	return csv.NewWriter(out).WriteAll(rows)
}

// WriteReference writes the reference table as CSV: of every run the scores,
// which are normal quantiles of the marks, and the statistics of those that are
// informed.
func (r *Report) WriteReference(out io.Writer) error {
	a := r.abc
	header := []string{"run"}
	for _, name := range a.names {
		header = append(header, "z_"+name)
	}
	for _, i := range a.informed {
		header = append(header, "s_"+a.names[i])
	}
	w := csv.NewWriter(out)
	if err := w.Write(header); err != nil {
		return err
	}
	for run, scores := range a.table.scores {
		row := []string{strconv.Itoa(run)}
		for _, x := range append(scores[:len(scores):len(scores)], a.statistics.of(a.table.outputs[run])...) {
			row = append(row, strconv.FormatFloat(x, 'f', 3, 64))
		}
		if err := w.Write(row); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}
