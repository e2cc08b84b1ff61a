package backtest

import (
	"encoding/csv"
	"io"
	"math"
	"strconv"

	"asylumsim/sim/evidence"
	"asylumsim/sim/policy"
	"asylumsim/sim/score"
)

// WriteSummary writes how each target did at each horizon, as CSV.
func (r *Report) WriteSummary(out io.Writer) error {
	header := []string{"output", "unit", "quarters", "n", "crps"}
	for n := range score.NumNaive {
		header = append(header, "crps_"+n.String())
	}
	rows := [][]string{append(header, "best_naive", "skill", "skill_se", "bias", "bias_relative", "pit", "in_50", "in_80", "in_90", "supported_quarters")}
	for _, s := range r.Summaries() {
		row := []string{s.Target.Name, s.Target.Unit, strconv.Itoa(s.Horizon), strconv.Itoa(s.N), number(s.CRPS)}
		for _, x := range s.Naive {
			row = append(row, number(x))
		}
		best := s.Best.String()
		if math.IsNaN(s.Skill) {
			best = ""
		}
		row = append(row, best, ratio(s.Skill), ratio(s.SkillError), number(s.Bias), ratio(s.Relative), number(s.PIT))
		for _, c := range s.Coverage {
			row = append(row, number(c))
		}
		rows = append(rows, append(row, strconv.Itoa(r.Supported(s.Target))))
	}
	return csv.NewWriter(out).WriteAll(rows)
}

// WriteEstimates writes what was estimated at each origin, at the central values
// of what has to be assumed and the likeliest shape of the first of the processes
// of each level (of pooled ones the damped trend), as CSV: a
// row for each parameter and entry, a column for each origin.
func (r *Report) WriteEstimates(out io.Writer, groups []policy.Group) error {
	header := []string{"parameter", "entry", "unit"}
	for _, o := range r.Origins {
		header = append(header, o.Origin.String())
	}
	rows := [][]string{header}
	for _, name := range evidence.Estimated {
		for _, f := range policy.Fields() {
			if f.Parameter != name {
				continue
			}
			for i, entry := range f.By.Keys(groups) {
				row := []string{name, entry, string(f.Unit)}
				for o := range r.Origins {
					row = append(row, number(f.Numbers(&r.Origins[o].Rules)[i]))
				}
				rows = append(rows, row)
			}
		}
	}
	return csv.NewWriter(out).WriteAll(rows)
}
