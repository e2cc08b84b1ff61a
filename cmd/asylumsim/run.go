package main

import (
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"path/filepath"
	"runtime"

	"github.com/spf13/cobra"

	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/store"
)

func runCommand() *cobra.Command {
	var (
		replications, years, workers, seed *wholeNumber
		set                                []string
		out, format                        string
		force                              bool
	)
	c := &cobra.Command{
		Use:   "run EXPERIMENT",
		Short: "Run an experiment and write its result folder",
		Long: `Run an experiment: every regime in every replication, on the same people and
the same luck, and write the result folder (results/EXPERIMENT unless --out says
otherwise). EXPERIMENT is the name of an experiment or the path of a file. A file
finds the regimes and parameters of the folder that it lies in: of mine for
mine/experiments/trial.yaml and for mine/trial.yaml, as if --configs mine were given.

The result does not depend on the number of workers. Interrupted (Ctrl-C), a run
finishes the replications it has begun, keeps what is finished and exits with 1;
a second interrupt ends it at once, keeps nothing and exits with 130. What it
leaves then in a hidden folder, the next run of the same result removes.`,
		Example: `  asylumsim run core-protection
  asylumsim run core-protection -n 100 --seed 7 --workers 4 --out results/seed-7
  asylumsim run core-protection --set uk-2025.hotel_price=170
  asylumsim run core-protection --set uk-core-protection.permit_length@2027-01-01=24`,
		Args: oneName("the name of an experiment", "asylumsim list experiments"),
		RunE: func(c *cobra.Command, args []string) error {
			var wrong policy.Problems
			o := config.Options{
				Dir: configsFolder(c), Experiment: args[0], Set: set,
				Replications: replications.int(&wrong), Years: years.int(&wrong), Seed: seed.uint64(&wrong),
			}
			ex := config.ExecutionFlags{Workers: workers.int(&wrong)}
			if c.Flags().Changed("format") {
				ex.Format = &format
			}
			bundle, badBundle := config.Load(o)
			how, badExecution := config.LoadExecution(ex)
			if err := together(wrong.Err(), badBundle, badExecution); err != nil {
				return err
			}
			return runExperiment(c, bundle, how, out, force)
		},
	}
	f := c.Flags()
	replications = wholeFlag(f, "replications", "n", "number of paired replications (default: the experiment's)")
	years = wholeFlag(f, "years", "", "length of the run in years (default: the experiment's)")
	seed = wholeFlag(f, "seed", "", "seed of all random numbers (default: the experiment's)")
	f.StringArrayVar(&set, "set", nil, "change one number: REGIME.parameter=value, REGIME.parameter.entry=value, REGIME.parameter@date=value; also in the regimes based on it")
	workers = wholeFlag(f, "workers", "", "replications run at the same time (default: one per processor)")
	f.StringVarP(&out, "out", "o", "", "result folder (default: EXPERIMENT in $ASYLUMSIM_OUT, or in results)")
	f.StringVar(&format, "format", "", "format of the printed comparison: table, csv or json (default: table)")
	f.BoolVar(&force, "force", false, "replace an earlier result in the folder")
	return c
}

func runExperiment(c *cobra.Command, bundle *config.Bundle, how config.Execution, folder string, force bool) error {
	if how.Workers == 0 {
		how.Workers = runtime.NumCPU()
	}
	if folder == "" {
		folder = filepath.Join(how.Out, bundle.Experiment.Name)
	}
	plan, err := planOf(bundle, how.Workers)
	if err != nil {
		return err
	}
	data, err := dataDigests(bundle.Files)
	if err != nil {
		return err
	}
	writer, err := store.Create(folder, metaOf(bundle, data), bundle.Resolved(), plan.Timeline(), store.Options{Force: force})
	if err != nil {
		return err
	}
	defer writer.Close()

	say := c.ErrOrStderr()
	e := bundle.Experiment
	warn(say, bundle.Warnings)
	fmt.Fprintf(say, "%s: %d regimes, %d replications of %d years from %v, %d workers\n",
		e.Name, len(plan.Regimes), e.Replications, e.Years, e.Opening, how.Workers)
	clock := startExecution()
	bar := newProgress(say, e.Replications)
	done, err := plan.Run(c.Context(), func(replication int, runs []*measure.Run) error {
		bar.step()
		return writer.Append(replication, 0, runs)
	})
	bar.end()
	interrupted := errors.Is(err, experiment.ErrInterrupted)
	if err != nil && (!interrupted || done == 0) {
		return failed(err)
	}
	result, err := writer.Commit(clock.finish(how.Workers))
	if err != nil {
		return failed(err)
	}
	comparison, err := result.Compare(result.Outputs(), compare.Horizon)
	if err != nil {
		return failed(err)
	}
	comparison.Warnings = result.Manifest.Warnings
	if err := comparison.Write(c.OutOrStdout(), how.Format); err != nil {
		return failed(err)
	}
	x := result.Manifest.Execution
	fmt.Fprintf(say, "\n%d of %d replications in %.1f s (%.1f s of processor time, %d million events, %d MB at most)\n",
		done, e.Replications, x.WallSeconds, x.CPUSeconds, result.Manifest.Events/1e6, x.PeakMemory>>20)
	fmt.Fprintf(say, "Look at %s: summary.csv by month, differences.csv for effects, manifest.json for what made it.\nFigures: asylumsim plot %s\n", folder, folder)
	if interrupted {
		return fmt.Errorf("%w after %d of %d replications, which are kept in %s", experiment.ErrInterrupted, done, e.Replications, folder)
	}
	return nil
}

// planOf makes a plan of a bundle: the starting state from the published
// series of its data set, and its regimes.
func planOf(b *config.Bundle, workers int) (*experiment.Plan, error) {
	series, err := observed(b.Files)
	if err != nil {
		return nil, err
	}
	base := b.Regimes[0]
	rules := base.Epochs[base.EpochAt(b.Experiment.Opening)]
	opening, _, err := evidence.Opening(series, b.Experiment.Opening, rules.Opening)
	if err != nil {
		return nil, err
	}
	return &experiment.Plan{
		Opening: opening, Years: b.Experiment.Years, Groups: len(b.Groups), Regimes: b.Regimes,
		Seed: b.Experiment.Seed, Replications: b.Experiment.Replications, Workers: workers,
	}, nil
}

// observedFolder is where a data set keeps the published series.
const observedFolder = "observed"

// observed reads the published series of a data set.
func observed(files *config.Files) (*evidence.Series, error) {
	folder, err := fs.Sub(files, observedFolder)
	if err != nil {
		return nil, err
	}
	return evidence.Load(folder)
}

// dataDigests returns the SHA-256 of every published series of a data set, by
// file name.
func dataDigests(files *config.Files) (map[string]string, error) {
	digests := map[string]string{}
	names, err := files.Observed()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		digests[path.Base(name)] = fmt.Sprintf("%x", sha256.Sum256(data))
	}
	return digests, nil
}

func metaOf(b *config.Bundle, data map[string]string) store.Meta {
	warnings := []string{}
	for _, w := range b.Warnings {
		warnings = append(warnings, w.Text)
	}
	return store.Meta{
		Experiment: b.Experiment.Name, Version: version, GoVersion: runtime.Version(), ConfigDigest: b.Digest(),
		DataDigests: data, Seed: b.Experiment.Seed, Regimes: b.Names(), Replications: b.Experiment.Replications,
		Warnings: warnings, Variants: b.Variants,
	}
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
