package main

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
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
asylumsim run. Without a file the whole data set is checked, with --configs over it;
a published series that ends before the others is a warning then.
Files of a folder that look as if they were read but are not are problems too.`,
		Example: `  asylumsim validate configs/regimes/uk-core-protection.yaml
  asylumsim validate mine/observed/returns_quarterly.csv
  asylumsim --configs mine validate`,
		RunE: func(c *cobra.Command, args []string) error {
			if len(args) == 0 {
				catalogue, err := config.Open(configsFolder(c))
				if err != nil {
					return err
				}
				series, err := plannable(c.OutOrStdout(), catalogue.Files, catalogue.Bundles...)
				if err != nil {
					return err
				}
				warn(c.OutOrStdout(), catalogue.Warnings)
				for _, e := range series.Behind(series.Newest()) {
					fmt.Fprintf(c.OutOrStdout(), "warning: %s: ends on %v, where others go to %v: runs open on %v at the latest\n",
						catalogue.Files.Path("observed/"+e.File), e.Last, series.Newest(), series.Latest())
				}
				fmt.Fprintf(c.OutOrStdout(), "%d parameters, %d regimes, %d experiments: nothing is wrong\n",
					len(catalogue.Parameters), len(catalogue.Overlays), len(catalogue.Experiments))
				return nil
			}
			checked, err := config.Validate(configsFolder(c), args)
			if err != nil {
				return err
			}
			var bundles []*config.Bundle
			for _, file := range checked {
				if file.Bundle != nil {
					bundles = append(bundles, file.Bundle)
				}
			}
			if _, err := plannable(c.OutOrStdout(), checked[0].Files, bundles...); err != nil {
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

// plannable reports series of a data set that cannot be read, and experiments that
// asylumsim run would refuse to begin with them: each is planned as for a run. It
// prints what the series leave open, if all can be planned.
func plannable(out io.Writer, files *config.Files, bundles ...*config.Bundle) (*evidence.Series, error) {
	series, err := observed(files)
	if err != nil {
		return nil, err
	}
	var wrong []error
	var warnings []policy.Warning
	told := map[string]bool{} // once for all experiments that open on a date
	for _, b := range bundles {
		before := len(b.Warnings)
		plan, err := planFrom(b, series, 1)
		if err == nil {
			_, err = plan.At(nil)
		}
		wrong = append(wrong, err)
		for _, w := range b.Warnings[before:] {
			if !told[w.Text] {
				told[w.Text] = true
				warnings = append(warnings, w)
			}
		}
	}
	if err := together(wrong...); err != nil {
		return nil, err
	}
	warn(out, warnings)
	return series, nil
}

// warn prints warnings, one a line.
func warn(out io.Writer, warnings []policy.Warning) {
	for _, w := range warnings {
		fmt.Fprintln(out, "warning:", w)
	}
}
