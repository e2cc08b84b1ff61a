package main

import (
	"fmt"

	"github.com/spf13/cobra"

	"asylumsim/sim/config"
	"asylumsim/sim/policy"
)

func schemaCommand() *cobra.Command {
	return &cobra.Command{
		Use:   "schema KIND",
		Short: "Print the JSON Schema of a kind of file, for editors",
		Long: "Print the JSON Schema of a kind of configuration file: " + policy.OneOf(config.SchemaKinds) + `.
It describes form, and knows the names of parameters with unit and description.`,
		ValidArgs: config.SchemaKinds,
		Args:      oneName("a kind of file", policy.OneOf(config.SchemaKinds)),
		RunE: func(c *cobra.Command, args []string) error {
			schema, err := config.Schema(args[0])
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(c.OutOrStdout(), string(schema))
			return failed(err)
		},
	}
}
