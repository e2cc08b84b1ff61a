package main

import (
	"fmt"
	"io"
	"slices"
	"strings"

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
	comparison.Warnings = result.Manifest.Reported()
	comparison.Supports = supportsFrom(result.Manifest.Opening)
	return show(c, &comparison, format)
}

// tellQuarters prints the published series by quarter with what the record of the
// back-test supports of them, and beside a forecast that record. What machines have no room for goes to standard error.
func tellQuarters(c *cobra.Command, result *store.Result, e *config.Experiment, format string) error {
	if format != "table" {
		if note := compare.Sampled(result.Manifest.Fraction); note != "" {
			fmt.Fprintln(c.ErrOrStderr(), note)
		}
		return compare.WriteQuarters(c.OutOrStdout(), result.Quarters, format, nil)
	}
	out := c.OutOrStdout()
	told := map[string]bool{}
	for _, q := range result.Quarters {
		told[q.Series.Name] = true
	}
	past := slices.DeleteFunc(record(), func(r backtest.PastRow) bool { return !told[r.Output] })
	err := compare.WriteQuarters(out, result.Quarters, format, func(q compare.Quarter) string {
		if past.Supports(q.Series.Name, result.Manifest.Opening, q.Quarter) {
			return ""
		}
		return "beyond the record"
	})
	if err == nil {
		err = tellOrigin(out, result)
	}
	if err != nil {
		return err
	}
	fmt.Fprintln(out, "Beyond the record: scores of past forecasts do not support one for that quarter (docs/forecasts.md).")
	if e.Estimate == "" {
		_, err = fmt.Fprintln(out, ofForecasts)
		return err
	}
	fmt.Fprintln(out)
	return past.Write(out)
}

// tellOrigin says what quarters rest on, and what of their run has no effect.
func tellOrigin(out io.Writer, result *store.Result) error {
	fmt.Fprintf(out, "\n%d replications from the stocks of %v.\n", result.Manifest.Done, result.Manifest.Opening)
	if note := compare.Sampled(result.Manifest.Fraction); note != "" {
		fmt.Fprintln(out, note)
	}
	for _, warning := range result.Manifest.Reported() {
		fmt.Fprintln(out, "warning:", warning)
	}
	return nil
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
		if f := c.Flags().Lookup(other); f.Changed && f.Value.String() != "false" {
			wrong = append(wrong, policy.Problem{Position: policy.Position{File: "--" + other}, Key: other, Value: f.Value.String(),
				Want: "it left out with --quarters", Hint: "quarters are told one by one, in the order of the regimes, and hold no costs"})
		}
	}
	var names []string
	for _, s := range measure.Quarterly {
		names = append(names, s.Name)
	}
	for _, name := range outputs {
		if !slices.Contains(names, strings.TrimSpace(name)) {
			wrong = append(wrong, policy.Problem{Position: policy.Position{File: "--outputs"}, Key: "outputs", Value: fmt.Sprintf("%q", name),
				Want: "with --quarters outputs that are published by quarter: " + policy.OneOf(names), Hint: policy.DidYouMean(name, names)})
		}
	}
	if err := wrong.Err(); err != nil {
		return err
	}
	kept, err := openConfigured(dir)
	if err != nil {
		return err
	}
	result, bundle := kept.Result, kept.bundle
	if err := result.QuarterRanges(); err != nil {
		return err
	}
	if len(outputs) > 0 {
		result.Quarters = slices.DeleteFunc(result.Quarters, func(q compare.Quarter) bool {
			return !slices.ContainsFunc(outputs, func(name string) bool { return strings.TrimSpace(name) == q.Series.Name })
		})
	}
	return failed(tellQuarters(c, result, &bundle.Experiment, format))
}
