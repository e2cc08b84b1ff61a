package backtest

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"
	"text/tabwriter"

	"asylumsim/sim/compare"
	"asylumsim/sim/score"
)

// Write prints the report: a summary as a table, or every score as CSV or JSON.
func (r *Report) Write(out io.Writer, format string) error {
	if format == "table" || format == "" {
		return r.table(out)
	}
	return WriteRows(out, r.rows(), format)
}

// WriteRows writes rows, the first of them a header, as CSV, or as JSON objects
// in which a cell is a number, true or false, text, or nothing.
func WriteRows(out io.Writer, rows [][]string, format string) error {
	if format == "csv" {
		return csv.NewWriter(out).WriteAll(rows)
	}
	objects := make([]map[string]any, 0, len(rows)-1)
	for _, row := range rows[1:] {
		object := map[string]any{}
		for i, cell := range row {
			object[rows[0][i]] = valueOf(cell)
		}
		objects = append(objects, object)
	}
	e := json.NewEncoder(out)
	e.SetIndent("", "  ")
	return e.Encode(objects)
}

// valueOf is a cell as JSON: a number, true or false, text, or nothing.
func valueOf(cell string) any {
	if cell == "" {
		return nil
	}
	switch cell {
	case "true", "false":
		return cell == "true"
	}
	if x, err := strconv.ParseFloat(cell, 64); err == nil {
		return x
	}
	return cell
}

func (r *Report) table(out io.Writer) error {
	fmt.Fprintf(out, "Back-test, %d origins from %v to %v, %d runs each, level process %v\n\n",
		len(r.Origins), r.Origins[0].Origin, r.Origins[len(r.Origins)-1].Origin, r.Replications, r.Process)
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "output\tquarters\tn\tCRPS\tbest naive\tits CRPS\tskill\ts.e.\tbias\tPIT\tin 50%\tin 80%\tin 90%")
	for _, s := range r.Summaries() {
		best := "none\t\t\t"
		if !math.IsNaN(s.Skill) {
			best = fmt.Sprintf("%v\t%.0f\t%+.2f\t%s", s.Best, s.Naive[s.Best], s.Skill, hundredths(s.SkillError))
		}
		fmt.Fprintf(w, "%s\t%d\t%d\t%.0f\t%s\t%+.0f%%\t%.2f\t%.0f%%\t%.0f%%\t%.0f%%\n", s.Target.Name, s.Horizon, s.N, s.CRPS,
			best, 100*s.Relative, s.PIT, 100*s.Coverage[0], 100*s.Coverage[1], 100*s.Coverage[2])
	}
	if err := w.Flush(); err != nil {
		return err
	}
	fmt.Fprintln(out)
	for _, line := range r.Findings() {
		fmt.Fprintln(out, line)
	}
	return nil
}

// Findings says in sentences what the targets set beforehand came to.
func (r *Report) Findings() []string {
	var lines []string
	for _, h := range []int{2, 4} {
		better, covering, n := 0, 0, 0
		for t := range Targets {
			s := r.summary(&Targets[t], h)
			if s.N == 0 {
				continue
			}
			n++
			if s.Skill > 0 {
				better++
			}
			if s.Covers() {
				covering++
			}
		}
		lines = append(lines, fmt.Sprintf("At %d quarters the model scores better than the best naive forecast on %d of %d outputs, and its 90%% intervals hold 80 to 97%% of quarters on %d.", h, better, n, covering))
	}
	for t := range Targets {
		if r.scored(&Targets[t]) {
			lines = append(lines, Targets[t].Name+": "+r.Support(&Targets[t]))
		}
	}
	return lines
}

// scored reports whether any forecast of a target is.
func (r *Report) scored(t *Target) bool {
	for _, h := range Horizons {
		if r.summary(t, h).N > 0 {
			return true
		}
	}
	return false
}

// Support says how far ahead the scores support forecasts of a target.
func (r *Report) Support(t *Target) string {
	h := r.Supported(t)
	if h == 0 {
		return "no horizon is supported by the scores."
	}
	return fmt.Sprintf("supported to %s: up to there the score is no worse than the best naive forecast's and intervals of 90%% held 80 to 97%% of quarters.", InQuarters(h))
}

// InQuarters is a distance in words: 1 quarter, 4 quarters.
func InQuarters(n int) string {
	if n == 1 {
		return "1 quarter"
	}
	return fmt.Sprintf("%d quarters", n)
}

// Sentence tells a summary.
func (s *Summary) Sentence() string {
	against := "there is no naive forecast to set beside it"
	if !math.IsNaN(s.Skill) {
		against = fmt.Sprintf("the best naive forecast (%v) has %s, a skill of %+.2f", s.Best, thousands(s.Naive[s.Best]), s.Skill)
		if !math.IsNaN(s.SkillError) {
			against += fmt.Sprintf(" (standard error %.2f)", s.SkillError)
		}
	}
	return fmt.Sprintf("%s ahead, %d scored: mean CRPS %s %s; %s; bias %+.0f%%; intervals of 50, 80 and 90%% held %.0f, %.0f and %.0f%% of quarters.",
		InQuarters(s.Horizon), s.N, thousands(s.CRPS), s.Target.Unit, against, 100*s.Relative, 100*s.Coverage[0], 100*s.Coverage[1], 100*s.Coverage[2])
}

// rows is every forecast with its scores.
func (r *Report) rows() [][]string {
	header := []string{"output", "unit", "origin", "opening", "quarters", "quarter", "published",
		"mean", "q05", "q10", "q25", "q50", "q75", "q90", "q95", "crps", "pit", "in_50", "in_80", "in_90"}
	for n := range score.NumNaive {
		header = append(header, "crps_"+n.String())
	}
	rows := [][]string{header}
	for i := range r.Forecasts {
		f := &r.Forecasts[i]
		row := []string{f.Target.Name, f.Target.Unit, f.Origin.String(), f.Opening.String(), strconv.Itoa(f.Horizon), f.Quarter.String(), ""}
		row = append(row, number(f.Model.Mean()))
		for _, p := range []float64{0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95} {
			row = append(row, number(f.Model.Quantile(p)))
		}
		if !f.Scored {
			rows = append(rows, append(row, make([]string, len(header)-len(row))...))
			continue
		}
		row[6] = number(f.Came)
		row = append(row, number(f.Model.CRPS(f.Came)), number(f.Model.PIT(f.Came)))
		for _, p := range Probabilities {
			in := "0"
			if f.Model.Covers(p, f.Came) {
				in = "1"
			}
			row = append(row, in)
		}
		for _, e := range f.Naive {
			cell := ""
			if e != nil {
				cell = number(e.CRPS(f.Came))
			}
			row = append(row, cell)
		}
		rows = append(rows, row)
	}
	return rows
}

// number writes a number to a ten-thousandth, whose last bits may differ between
// machines; nothing for none.
func number(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(math.Round(x*1e4)/1e4, 'f', -1, 64)
}

// hundredths writes a number to a hundredth; nothing for none.
func hundredths(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(x, 'f', 2, 64)
}

// ratio writes a number to a millionth, so that it can be rounded again as a
// percentage.
func ratio(x float64) string {
	if math.IsNaN(x) {
		return ""
	}
	return strconv.FormatFloat(math.Round(x*1e6)/1e6, 'f', -1, 64)
}

// thousands writes a whole number with separators.
func thousands(x float64) string { return compare.Thousands(x, 0) }
