package main

import (
	"fmt"
	"slices"

	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
	"asylumsim/sim/policy"
)

// listEstimates sets the parameters that follow from the published series up to a
// quarter beside what the parameter files say for its end.
func listEstimates(c *config.Catalogue, date string, given bool) (listing, error) {
	series, err := observed(c.Files)
	if err != nil {
		return listing{}, err
	}
	opening := series.Latest()
	if given {
		var wrong policy.Problems
		opening = dateFlag("opening", date, &wrong)
		if err := wrong.Err(); err != nil {
			return listing{}, err
		}
	}
	if behind := series.Behind(opening); len(behind) > 0 {
		return listing{}, fmt.Errorf("no estimates for %v: %s", opening, evidence.Extended(behind))
	}
	root := c.Overlays[slices.IndexFunc(c.Overlays, func(o policy.Overlay) bool { return o.Base == "" })]
	regime, problems := c.Resolve(root.Name)
	if err := problems.Err(); err != nil {
		return listing{}, err
	}
	estimates, err := evidence.Estimates(series, c.Groups, &regime.Epochs[regime.EpochAt(opening)], opening)
	if err != nil {
		return listing{}, fmt.Errorf("estimates for %v: %w", opening, err)
	}
	l := listing{header: []string{"parameter", "entry", "estimate", "standard_error", "file", "file_from", "method"}}
	for _, e := range estimates {
		p := c.Parameter(e.Parameter)
		now := &p.Values[0]
		for i := range p.Values {
			if p.Values[i].From <= opening {
				now = &p.Values[i]
			}
		}
		row := func(i int, entry string, estimate, file float64) {
			se := ""
			if e.Errors != nil {
				se = fmt.Sprintf("%.2g", e.Errors[i])
			}
			l.rows = append(l.rows, []string{e.Parameter, entry, policy.FormatNumber(estimate), se, policy.FormatNumber(file), now.From.String(), e.Method})
		}
		if e.Value.Table == nil {
			row(0, "", e.Value.Number, now.Amount.Number)
			continue
		}
		for i, x := range e.Value.Table {
			file := slices.IndexFunc(now.Amount.Table, func(f policy.Entry) bool { return f.Key == x.Key })
			row(i, x.Key, x.Number, now.Amount.Table[file].Number)
		}
	}
	return l, nil
}
