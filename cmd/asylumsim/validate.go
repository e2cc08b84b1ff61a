package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"asylumsim/sim/config"
)

func validateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "validate [FILE...]",
		Short: "Check configuration files and report everything that is wrong",
		Long: `Check parameter, regime, experiment and nationality files as if they were part
of the data set, together, and report every problem with file, line and key.
Without a file the whole data set is checked, with --configs over it.`,
		Example: `  asylumsim validate configs/regimes/uk-core-protection.yaml
  asylumsim --configs mine validate`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				catalogue, err := config.Open(configsFolder(c))
				if err != nil {
					return err
				}
				fmt.Fprintf(c.OutOrStdout(), "%d parameters, %d regimes, %d experiments: nothing is wrong\n",
					len(catalogue.Parameters), len(catalogue.Overlays), len(catalogue.Experiments))
				return nil
			}
			checked, err := config.Validate(configsFolder(c), args)
			if err != nil {
				return err
			}
			for _, file := range checked {
				fmt.Fprintf(c.OutOrStdout(), "%s: nothing is wrong (%s file)\n", file.File, file.Kind)
			}
			return nil
		},
	}
}
