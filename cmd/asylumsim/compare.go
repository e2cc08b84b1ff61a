package main

import (
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/store"
)

func compareCommand() *cobra.Command {
	var (
		format, period string
		outputs        []string
		nominal        bool
	)
	c := &cobra.Command{
		Use:   "compare RESULT",
		Short: "Print the differences of a result's regimes from its base",
		Example: `  asylumsim compare results/core-protection
  asylumsim compare results/core-protection --period 2030-31 --outputs hotel_people,total_cost_gbp --format csv
  asylumsim compare results/core-protection --nominal`,
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
			chosen, err := outputsNamed(outputs)
			if err != nil {
				return err
			}
			if len(chosen) == 0 {
				chosen = compare.Headline
			}
			result, err := store.Open(args[0])
			if err != nil {
				return err
			}
			if nominal {
				bundle, err := config.LoadResolved(result.Config)
				if err != nil {
					return err
				}
				if err := inNominalMoney(result, bundle, chosen); err != nil {
					return err
				}
			}
			comparison, err := result.Compare(chosen, period)
			if err != nil {
				return err
			}
			comparison.Warnings = result.Manifest.Warnings
			return failed(comparison.Write(c.OutOrStdout(), how.Format))
		},
	}
	f := c.Flags()
	f.StringVar(&format, "format", "", "table, csv or json (default: table)")
	f.StringVar(&period, "period", compare.Horizon, "horizon, or a financial year such as 2030-31")
	f.StringSliceVar(&outputs, "outputs", nil, "outputs to compare (default: the main ones; see asylumsim list outputs)")
	f.BoolVar(&nominal, "nominal", false, nominalUsage)
	return c
}

// outputsNamed finds outputs by name and reports all that are unknown.
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
		outputs = append(outputs, o)
	}
	if len(wrong) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(wrong, "\n"))
	}
	return outputs, nil
}
