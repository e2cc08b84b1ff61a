package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"asylumsim/sim/config"
	"asylumsim/sim/policy"
)

func validateCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "validate [FILE...]",
		Short: "Check configuration files and report everything that is wrong",
		Long: `Check files as if they were part of the data set, together: parameters, regimes,
experiments, nationalities, correlations and published series (.csv). Every problem
is reported with file, line and key, and as a warning every change that has no
effect, or begins outside the runs. A file brings the folder that it lies in, as for
asylumsim run. Without a file the whole data set is checked, with --configs over it.
Files of a folder that look as if they were read but are not are problems too.`,
		Example: `  asylumsim validate configs/regimes/uk-core-protection.yaml
  asylumsim validate mine/observed/returns_quarterly.csv
  asylumsim --configs mine validate`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				catalogue, err := config.Open(configsFolder(c))
				if err == nil {
					err = estimable(catalogue.Files, catalogue.Experiments...)
				}
				if err != nil {
					return err
				}
				warn(c.OutOrStdout(), catalogue.Warnings)
				fmt.Fprintf(c.OutOrStdout(), "%d parameters, %d regimes, %d experiments: nothing is wrong\n",
					len(catalogue.Parameters), len(catalogue.Overlays), len(catalogue.Experiments))
				return nil
			}
			checked, err := config.Validate(configsFolder(c), args)
			if err != nil {
				return err
			}
			var experiments []config.Experiment
			for _, file := range checked {
				if file.Experiment != nil {
					experiments = append(experiments, *file.Experiment)
				}
			}
			if err := estimable(checked[0].Files, experiments...); err != nil {
				return err
			}
			for _, file := range checked {
				warn(c.OutOrStdout(), file.Warnings)
				fmt.Fprintf(c.OutOrStdout(), "%s: nothing is wrong (%s file)\n", file.File, file.Kind)
			}
			return nil
		},
	}
}

// estimable reports series of a data set that cannot be read, and experiments whose
// opening date they do not let be estimated.
func estimable(files *config.Files, experiments ...config.Experiment) error {
	series, err := observed(files)
	if err != nil {
		return err
	}
	var wrong []error
	for _, e := range experiments {
		if e.Estimate != "" {
			_, err := originOf(series, e)
			wrong = append(wrong, err)
		}
	}
	return together(wrong...)
}

// warn prints warnings, one a line.
func warn(out io.Writer, warnings []policy.Warning) {
	for _, w := range warnings {
		fmt.Fprintln(out, "warning:", w)
	}
}
