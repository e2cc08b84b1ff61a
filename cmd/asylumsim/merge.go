package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"asylumsim/sim/config"
	"asylumsim/sim/store"
)

func mergeCommand() *cobra.Command {
	var (
		format string
		force  bool
	)
	c := &cobra.Command{
		Use:   "merge OUT PART...",
		Short: "Put the shards of a run together",
		Long: `Put the shards of a run (asylumsim run --shard I/N) together: the same result,
byte for byte, as a run that was never split. Shards that are missing, there
twice, unfinished or of another run are named, and nothing is written.`,
		Example: `  asylumsim run core-protection --shard 1/2 --out parts/1
  asylumsim run core-protection --shard 2/2 --out parts/2
  asylumsim merge results/core-protection parts/1 parts/2`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) < 2 {
				return fmt.Errorf("%s needs a folder for the result and the folders of the shards: see %s --help", c.CommandPath(), c.CommandPath())
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			ex := config.ExecutionFlags{}
			if c.Flags().Changed("format") {
				ex.Format = &format
			}
			how, err := config.LoadExecution(ex)
			if err != nil {
				return err
			}
			result, err := store.Merge(args[0], args[1:], store.Options{Force: force})
			if err != nil {
				return err
			}
			bundle, err := config.LoadResolved(result.Config)
			if err != nil {
				return failed(err)
			}
			if err := tell(c, result, &bundle.Experiment, how.Format); err != nil {
				return failed(err)
			}
			fmt.Fprintf(c.ErrOrStderr(), "\n%d replications of %d shards are in %s\n", result.Manifest.Done, len(args)-1, args[0])
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "", "format of the printed comparison: table, csv or json (default: table)")
	c.Flags().BoolVar(&force, "force", false, "replace an earlier result in the folder")
	return c
}
