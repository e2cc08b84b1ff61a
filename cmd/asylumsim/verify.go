package main

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/spf13/cobra"

	"asylumsim/sim/config"
	"asylumsim/sim/experiment"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
	"asylumsim/sim/verify"
)

// verifiedExperiment is on whose regimes identities are held by default.
const verifiedExperiment = "all-regimes"

func verifyCommand() *cobra.Command {
	var format, only string
	c := &cobra.Command{
		Use:   "verify [EXPERIMENT]",
		Short: "Compare the simulator with theory, and print the verification table",
		Long: `Compare the simulator with what is known without it, and print a table of each
check with theory, estimate, 99% interval and verdict: random numbers and
distributions with their laws; queues on the engine with the solutions of
queueing theory; the whole model, reduced to a system that can be solved exactly,
with that solution; and runs of an experiment's regimes with themselves, on other
workers, in shards and before the rules differ. It takes about half a
minute of processor time.

The identities are held on the regimes of the experiment (default: all-regimes),
for two years of a tenth of all people. Exit status 1 if a check fails.`,
		Example: `  asylumsim verify
  asylumsim verify --seed 7 --scale 10
  asylumsim verify --only "M/M/10" --format csv
  asylumsim verify core-protection --only identities`,
		Args: cobra.MaximumNArgs(1),
	}
	f := c.Flags()
	seed := wholeFlag(f, "seed", "", "seed of the checks (default: 1)")
	scale := wholeFlag(f, "scale", "", "how many times as many runs to make of each sampled check (default: 1)")
	workers := wholeFlag(f, "workers", "", "parallel runs (default and at most: one per processor)")
	f.StringVar(&only, "only", "", "only checks whose group or name contains this text")
	f.StringVar(&format, "format", "", "table, csv or json (default: table)")
	c.RunE = func(c *cobra.Command, args []string) error {
		var wrong policy.Problems
		o := verify.Options{Seed: 1, Scale: 1, Only: only}
		if n := seed.uint64(&wrong); n != nil {
			o.Seed = *n
		}
		if n := scale.int(&wrong); n != nil {
			o.Scale = *n
			if *n < 1 || *n > 1000 {
				scale.fault(&wrong, "a whole number from 1 to 1000")
			}
		}
		ex := config.ExecutionFlags{Workers: workers.int(&wrong)}
		if c.Flags().Changed("format") {
			ex.Format = &format
		}
		how, err := config.LoadExecution(ex)
		if err := together(wrong.Err(), err); err != nil {
			return err
		}
		o.Workers = processorWorkers(c.ErrOrStderr(), how.Workers)
		name := verifiedExperiment
		if len(args) == 1 {
			name = args[0]
		}
		plan, err := identityPlan(configsFolder(c), name)
		if err != nil {
			return err
		}
		var bar *progress
		o.Progress = func(_, total int) {
			if bar == nil {
				bar = newProgress(c.ErrOrStderr(), total, "runs")
			}
			bar.step()
		}
		report, err := verified(c.Context(), o, plan)
		if bar != nil {
			bar.end()
		}
		if err != nil {
			return err
		}
		if err := report.Write(c.OutOrStdout(), how.Format); err != nil {
			return failed(err)
		}
		if fault := report.Fault(); fault != "" {
			return failed(errors.New(fault))
		}
		return nil
	}
	return c
}

// verified makes the checks that are asked for.
func verified(ctx context.Context, o verify.Options, plan *experiment.Plan) (verify.Report, error) {
	report, err := verify.Theory(ctx, o)
	if err == nil && verify.IdentitiesMatch(o.Only) {
		err = report.HoldIdentities(ctx, plan, o.Only)
	}
	switch {
	case errors.Is(err, context.Canceled), errors.Is(err, experiment.ErrInterrupted):
		return report, experiment.ErrInterrupted
	case err != nil:
		return report, failed(err)
	case len(report.Findings) == 0:
		return report, fmt.Errorf("--only: %q is in the group or name of no check: the groups are %s", o.Only, strings.Join(verify.Groups(), "; "))
	}
	return report, nil
}

// identityPlan is two years of an experiment's regimes, of a tenth of all people.
func identityPlan(dir, name string) (*experiment.Plan, error) {
	years, tenth := 2, unit.Fraction(10)
	bundle, err := config.Load(config.Options{Dir: dir, Experiment: name, Years: &years, Fraction: &tenth})
	if err != nil {
		return nil, err
	}
	return planOf(bundle, bundle.Files, 1)
}
