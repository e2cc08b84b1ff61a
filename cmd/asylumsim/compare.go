package main

import (
	"fmt"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

func compareCommand() *cobra.Command {
	var (
		format, period, sort string
		outputs              []string
		nominal, quarters    bool
	)
	c := &cobra.Command{
		Use:   "compare RESULT",
		Short: "Print the differences of a result's regimes from its base",
		Long: `Print how the regimes of a result differ from its base in people and pounds, on
the same people and the same luck, with 95% intervals of the mean.

Up to three regimes have a table each. More are shown side by side, one row
each: the difference and half of its interval; ~ marks what is not
distinguishable from noise. One output alone (--outputs hotel_people) shows the
interval, its standard error (mcse), the number of replications and more.
Sweeps are shown by their axes, a decomposition by its groups: alone (first in),
last (last out) and on the average over all orders (Shapley).`,
		Example: `  asylumsim compare results/core-protection
  asylumsim compare results/all-regimes --sort hotel_people
  asylumsim compare results/all-regimes --sort total_cost_gbp --outputs total_cost_gbp --period 2030-31
  asylumsim compare results/core-protection --period 2030-31 --outputs hotel_people,total_cost_gbp --format csv
  asylumsim compare results/core-protection --nominal
  asylumsim compare results/forecast --quarters --outputs hotel_people`,
		Args: oneName("a result folder", "asylumsim run --help"),
		RunE: func(c *cobra.Command, args []string) error {
			ex := config.ExecutionFlags{}
			if c.Flags().Changed("format") {
				ex.Format = &format
			}
			how, err := config.LoadExecution(ex)
			if err != nil {
				return err
			}
			if quarters {
				return compareQuarters(c, args[0], outputs, how.Format)
			}
			chosen, err := outputsNamed(outputs)
			if err != nil {
				return err
			}
			var order []measure.Output
			if sort != "" {
				if order, err = outputsNamed([]string{sort}); err != nil {
					return err
				}
			}
			open := openResult
			if nominal {
				open = openConfigured
			}
			result, err := open(args[0])
			if err != nil {
				return err
			}
			switch {
			case len(chosen) > 0:
			case how.Format == "table":
				chosen = result.Outputs()
			default:
				chosen = compare.Headline
			}
			if len(outputs) == 0 || len(order) > 0 && !slices.Contains(chosen, order[0]) {
				chosen = slices.Concat(order, slices.DeleteFunc(slices.Clone(chosen), func(o measure.Output) bool { return slices.Contains(order, o) }))
			}
			if nominal {
				if err := inNominalMoney(result.Result, result.bundle, chosen); err != nil {
					return err
				}
			}
			if err := result.Ranges(result.Regimes[:1], chosen); err != nil {
				return err
			}
			comparison, err := result.Compare(chosen, period)
			if err != nil {
				return err
			}
			comparison.Warnings = result.Manifest.Reported()
			comparison.Supports = supportsFrom(result.Manifest.Opening)
			for _, o := range order {
				if err := comparison.SortBy(o); err != nil {
					return err
				}
			}
			return failed(show(c, &comparison, how.Format))
		},
	}
	f := c.Flags()
	f.StringVar(&format, "format", "", "table, csv or json (default: table)")
	f.StringVar(&period, "period", compare.Horizon, "horizon, or a financial year such as 2030-31")
	f.StringSliceVar(&outputs, "outputs", nil, "outputs to compare (default: the main ones; see asylumsim list outputs)")
	f.StringVar(&sort, "sort", "", "output by which regimes are sorted, the lowest difference first (default: the experiment's order)")
	f.BoolVar(&quarters, "quarters", false, "print the published outputs of each regime by quarter instead, --outputs some of them: median and the range of runs")
	f.BoolVar(&nominal, "nominal", false, nominalUsage)
	f.StringSliceVar(&outputs, "output", nil, "the same as --outputs")
	if err := f.MarkHidden("output"); err != nil {
		panic(err) // it is there
	}
	return c
}

// show prints a comparison. What CSV has no room for goes to standard error.
func show(c *cobra.Command, comparison *compare.Comparison, format string) error {
	if note := compare.Sampled(comparison.Fraction); note != "" && format == "csv" {
		fmt.Fprintln(c.ErrOrStderr(), note)
	}
	return comparison.Write(c.OutOrStdout(), format)
}

// outputsNamed finds outputs by name, each once, and reports all that are unknown.
func outputsNamed(names []string) ([]measure.Output, error) {
	var known, wrong []string
	for o := range measure.NumOutputs {
		known = append(known, o.String())
	}
	outputs := make([]measure.Output, 0, len(names))
	for _, name := range names {
		o, ok := measure.ByName(strings.TrimSpace(name))
		if !ok {
			hint := "see asylumsim list outputs"
			if near := policy.DidYouMean(name, known); near != "" {
				hint = near
			}
			wrong = append(wrong, fmt.Sprintf("%q is not an output: %s", name, hint))
			continue
		}
		if !slices.Contains(outputs, o) {
			outputs = append(outputs, o)
		}
	}
	if len(wrong) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(wrong, "\n"))
	}
	return outputs, nil
}
