package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/store"
)

// tell prints what a finished run says: of a forecast the published series by
// quarter, of any other experiment the comparison of its regimes.
func tell(c *cobra.Command, result *store.Result, e *config.Experiment, format string) error {
	if e.Estimate != "" {
		return tellQuarters(c, result, format)
	}
	comparison, err := result.Compare(result.Outputs(), compare.Horizon)
	if err != nil {
		return err
	}
	comparison.Warnings = result.Manifest.Warnings
	return show(c, &comparison, format)
}

// tellQuarters prints the published series by quarter. What machines have no
// room for goes to standard error.
func tellQuarters(c *cobra.Command, result *store.Result, format string) error {
	if err := compare.WriteQuarters(c.OutOrStdout(), result.Quarters, format); err != nil {
		return err
	}
	out := c.ErrOrStderr()
	if format == "table" {
		out = c.OutOrStdout()
		fmt.Fprintf(out, "\n%d replications. How far ahead an output can be forecast at all is in the record of the back-test: asylumsim backtest, docs/forecasts.md.\n", result.Manifest.Done)
	}
	if note := compare.Sampled(result.Manifest.Fraction); note != "" {
		fmt.Fprintln(out, note)
	}
	return nil
}
