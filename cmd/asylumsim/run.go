package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"asylumsim/sim/config"
	"asylumsim/sim/policy"
	"asylumsim/sim/store"
)

func runCommand() *cobra.Command {
	var (
		replications, years, workers, seed, inner    *wholeNumber
		set, precision                               []string
		out, format, draws, shard, fraction, opening string
		options                                      store.Options
	)
	c := &cobra.Command{
		Use:   "run EXPERIMENT",
		Short: "Run an experiment and write its result folder",
		Long: `Run an experiment: every regime in every replication, on the same people and
the same luck, and write the result folder (results/EXPERIMENT unless --out says
otherwise). EXPERIMENT is the name of an experiment or the path of a file. A file
brings all that is read of the folder it lies in, series included: of mine for
mine/experiments/trial.yaml and for mine/trial.yaml, as if --configs mine were given.

Each replication draws the uncertain parameters anew, the same in every regime;
--draws central keeps them at their central values, and --inner 10 lets ten
replications share a draw, so that the variance can be split into that of
parameters and that of chance.

The result does not depend on the number of workers. Every finished replication
is kept on the disk at once. Interrupted (Ctrl-C), a run finishes the replications
it has begun, makes a result of what is finished and exits with 1; a second
interrupt ends it at once and exits with 130. Whatever ended a run, --resume goes
on with it, and the result is that of a run without a break. --force replaces an
earlier result, which stays until the new one is complete.

With --set one value differs, or changes by a factor (x1.2) or per cent (+20%), in a
regime and those based on it. What is set is the same in every draw.

With --fraction 1/10 a tenth of people and of every capacity is simulated, about
ten times faster, and scaled back: with more chance, and small capacities rounded.

With --shard I/N only every N-th replication is run, from the I-th on, for
asylumsim merge to put together.`,
		Example: `  asylumsim run core-protection
  asylumsim run core-protection -n 100 --seed 7 --workers 4 --fraction 1/10 --out results/seed-7
  asylumsim run core-protection --draws central
  asylumsim run core-protection --resume
  asylumsim run core-protection --shard 1/2 --out parts/1
  asylumsim run core-protection --set uk-2025.hotel_price=170
  asylumsim run core-protection --set uk-2025.hotel_price=x1.2 --set uk-2025.grant_probability=-20%
  asylumsim run core-protection --set uk-core-protection.permit_length@2027-01-01=24`,
		Args: oneName("the name of an experiment", "asylumsim list experiments"),
		RunE: func(c *cobra.Command, args []string) error {
			var wrong policy.Problems
			o := config.Options{
				Dir: configsFolder(c), Experiment: args[0], Set: set,
				Replications: replications.int(&wrong), Years: years.int(&wrong), Seed: seed.uint64(&wrong), Inner: inner.int(&wrong),
			}
			if c.Flags().Changed("fraction") {
				o.Fraction = parseFraction(fraction, &wrong)
			}
			if c.Flags().Changed("opening") {
				date := dateFlag("opening", opening, &wrong)
				o.Opening = &date
			}
			if c.Flags().Changed("draws") {
				o.Draws = &draws
			}
			ex := config.ExecutionFlags{Workers: workers.int(&wrong)}
			if c.Flags().Changed("format") {
				ex.Format = &format
			}
			part := parseShard(shard, &wrong)
			targets := parsePrecision(precision, part, &wrong)
			if len(targets) > 0 && o.Replications == nil {
				budget := precisionBudget
				o.Replications = &budget
			}
			bundle, badBundle := config.Load(o)
			how, badExecution := config.LoadExecution(ex)
			if err := together(wrong.Err(), badBundle, badExecution); err != nil {
				return err
			}
			if out == "" {
				out = filepath.Join(how.Out, bundle.Experiment.Name)
			}
			if len(targets) > 0 && bundle.Experiment.Draws.Method.Stratified() {
				return fmt.Errorf("--precision needs a number of replications that is open: --draws %s needs a fixed one; take independent or central", bundle.Experiment.Draws.Method)
			}
			return runExperiment(c, running{bundle: bundle, files: bundle.Files, how: how, folder: out, shard: part, targets: targets, options: options})
		},
	}
	f := c.Flags()
	replications = wholeFlag(f, "replications", "n", "number of paired replications (default: the experiment's)")
	years = wholeFlag(f, "years", "", "length of the run in years (default: the experiment's)")
	f.StringVar(&opening, "opening", "", "date of the opening stocks, the end of a quarter (default: the experiment's)")
	seed = wholeFlag(f, "seed", "", "seed of all random numbers (default: the experiment's)")
	f.StringVar(&draws, "draws", "", "how parameters are drawn: independent, central, latin_hypercube or sobol (default: the experiment's)")
	inner = wholeFlag(f, "inner", "", "replications in a row that share a draw (default: the experiment's)")
	f.StringVar(&fraction, "fraction", "", "simulate a part of people and of every capacity, such as 1/10, and scale back (default: the experiment's)")
	f.StringArrayVar(&set, "set", nil, "change one number: REGIME.parameter=value, REGIME.parameter.entry=value, REGIME.parameter@date=value; x1.2, +20% or -20% as value changes what would hold; also in the regimes based on it")
	f.StringArrayVar(&precision, "precision", nil, "OUTPUT=HALFWIDTH: run until the 95% interval of every difference over the whole run is that narrow, -n at most (default then: 1000)")
	workers = wholeFlag(f, "workers", "", "replications run at the same time (default and at most: one per processor)")
	f.StringVarP(&out, "out", "o", "", "result folder (default: EXPERIMENT in $ASYLUMSIM_OUT, or in results)")
	f.StringVar(&format, "format", "", "format of the printed comparison: table, csv or json (default: table)")
	f.StringVar(&shard, "shard", "", "run one part of several, such as 2/8")
	f.BoolVar(&options.Resume, "resume", false, "go on with an unfinished run of the same configuration")
	f.BoolVar(&options.Force, "force", false, "replace an earlier result in the folder, and without --resume discard an unfinished run")
	return c
}

func runExperiment(c *cobra.Command, r running) error {
	result, interrupted := r.simulate(c)
	if result == nil {
		return interrupted
	}
	say := c.ErrOrStderr()
	m := result.Manifest
	if r.shard == nil {
		if err := tell(c, result, &r.bundle.Experiment, r.how.Format); err != nil {
			return failed(err)
		}
	}
	for _, line := range m.Precision {
		fmt.Fprintf(say, "\nprecision: %s", line)
	}
	if len(m.Precision) > 0 {
		fmt.Fprintln(say)
	}
	x := m.Execution
	fmt.Fprintf(say, "\n%d of %d replications in %.1f s (%.1f s of processor time, %d million events, %d MB at most)\n",
		m.Done, r.shard.Count(m.Replications), x.WallSeconds, x.CPUSeconds, m.Events/1e6, x.PeakMemory>>20)
	if r.shard != nil {
		fmt.Fprintf(say, "Shard %v is in %s; when all are there: asylumsim merge OUT PART...\n", r.shard, r.folder)
		return interrupted
	}
	fmt.Fprintf(say, "Look at %s: summary.csv by month, differences.csv for effects, manifest.json for what made it.\nFigures: asylumsim plot %s\n", r.folder, r.folder)
	return interrupted
}

// parseShard reads I/N; nil where nothing is given.
func parseShard(text string, wrong *policy.Problems) *store.Shard {
	if text == "" {
		return nil
	}
	var s store.Shard
	if n, err := fmt.Sscanf(text, "%d/%d", &s.Index, &s.Of); err != nil || n != 2 || s.String() != text || s.Index < 1 || s.Index > s.Of {
		*wrong = append(*wrong, policy.Problem{Position: policy.Position{File: "--shard"}, Key: "shard", Value: fmt.Sprintf("%q", text),
			Want: "I/N with I from 1 to N, such as 2/8"})
	}
	return &s
}

// oneName wants exactly one argument and says what it is.
func oneName(what, hint string) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case len(args) == 0:
			return fmt.Errorf("%s needs %s: see %s", c.CommandPath(), what, hint)
		case len(args) > 1:
			return fmt.Errorf("%s takes one argument, %s: %q is too many", c.CommandPath(), what, args[1])
		}
		return nil
	}
}

// configsFolder returns the folder given with --configs.
func configsFolder(c *cobra.Command) string {
	dir, err := c.Flags().GetString("configs")
	if err != nil {
		panic(err) // the flag is the root command's own
	}
	return dir
}
