package main

import (
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"asylumsim/results/reference"
	"asylumsim/sim/backtest"
	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/store"
)

// tell prints what a finished run says: of a forecast the published series by
// quarter, of any other experiment the comparison of its regimes.
func tell(c *cobra.Command, result *store.Result, e *config.Experiment, format string) error {
	if e.Estimate != "" {
		return tellQuarters(c, result, e, format)
	}
	comparison, err := result.Compare(result.Outputs(), compare.Horizon)
	if err != nil {
		return err
	}
	comparison.Warnings = result.Manifest.Warnings
	return show(c, &comparison, format)
}

// tellQuarters prints the published series by quarter, beside a forecast the
// record of the back-test. What machines have no room for goes to standard error.
func tellQuarters(c *cobra.Command, result *store.Result, e *config.Experiment, format string) error {
	out, past := c.ErrOrStderr(), backtest.Past(nil)
	var remark func(compare.Quarter) string
	if format == "table" {
		out = c.OutOrStdout()
	}
	if e.Estimate != "" {
		past = slices.DeleteFunc(record(), func(r backtest.PastRow) bool {
			return !slices.ContainsFunc(result.Quarters, func(q compare.Quarter) bool { return q.Series.Name == r.Output })
		})
		remark = func(q compare.Quarter) string {
			if past.Supports(q.Series.Name, e.Opening, q.Quarter) {
				return ""
			}
			return "beyond the record"
		}
	}
	if err := compare.WriteQuarters(c.OutOrStdout(), result.Quarters, format, remark); err != nil {
		return err
	}
	if format == "table" {
		fmt.Fprintf(out, "\n%d replications from the stocks of %v.\n", result.Manifest.Done, result.Manifest.Opening)
	}
	if note := compare.Sampled(result.Manifest.Fraction); note != "" {
		fmt.Fprintln(out, note)
	}
	if past == nil || format != "table" {
		return nil
	}
	fmt.Fprintln(out, "Beyond the record: scores of past forecasts do not support one for that quarter (docs/forecasts.md).")
	fmt.Fprintln(out)
	return past.Write(out)
}

// record is that of the back-test which the program carries.
func record() backtest.Past {
	past, err := backtest.ReadPast(reference.Backtest)
	if err != nil {
		panic(err) // it is part of the program
	}
	return past
}

// compareQuarters prints the quarters of a kept result, of some outputs or all.
func compareQuarters(c *cobra.Command, dir string, outputs []string, format string) error {
	var wrong policy.Problems
	for _, other := range []string{"period", "sort", "nominal"} {
		if c.Flags().Changed(other) {
			wrong = append(wrong, policy.Problem{Position: policy.Position{File: "--" + other}, Key: other, Value: c.Flags().Lookup(other).Value.String(),
				Want: "it left out with --quarters", Hint: "quarters are told one by one, in the order of the regimes, and hold no costs"})
		}
	}
	var names []string
	for _, s := range measure.Quarterly {
		names = append(names, s.Name)
	}
	for _, name := range outputs {
		if !slices.Contains(names, name) {
			wrong = append(wrong, policy.Problem{Position: policy.Position{File: "--outputs"}, Key: "outputs", Value: fmt.Sprintf("%q", name),
				Want: "with --quarters outputs that are published by quarter: " + policy.OneOf(names), Hint: policy.DidYouMean(name, names)})
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	result, err := store.Open(dir)
	if err != nil {
		return err
	}
	bundle, err := config.LoadResolved(result.Config)
	if err != nil {
		return err
	}
	if len(outputs) > 0 {
		result.Quarters = slices.DeleteFunc(result.Quarters, func(q compare.Quarter) bool { return !slices.Contains(outputs, q.Series.Name) })
	}
	return failed(tellQuarters(c, result, &bundle.Experiment, format))
}
