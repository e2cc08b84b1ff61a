package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/spf13/cobra"

	"asylumsim/sim/backtest"
	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
	"asylumsim/sim/experiment"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// forecastExperiment is whose regime, and what is believed about its
// parameters, the back-test uses.
const forecastExperiment = "forecast"

// The default size of a back-test: ten minutes on two processors at the most.
const (
	backtestReplications = 200
	backtestFraction     = unit.Fraction(4)
)

func backtestCommand() *cobra.Command {
	var format, process, fraction string
	out := keeping{names: []string{"scores.csv", "summary.csv", "facts.csv", "estimates.csv", figuresFolder}}
	var origins []string
	c := &cobra.Command{
		Use:   "backtest",
		Short: "Forecast the past from what was published then, and score it",
		Long: `Forecast the past: at the end of each quarter from March 2022 the model starts
from what had been published by then, with parameters estimated from it, runs
forward, and is scored on what came 1, 2, 4 and 8 quarters later, beside the last
value, the value of the same quarter a year before, and a drift.

The figures are today's revisions, cut at the origin less the time to
publication. A table tells by output and distance the mean score (CRPS, the
smaller the better), the best naive forecast and the skill against it, the bias
and how often intervals held what came; csv and json have every forecast.`,
		Example: `  asylumsim backtest
  asylumsim backtest --format csv > scores.csv
  asylumsim backtest --process random-walk --out results/backtest`,
		Args: cobra.NoArgs,
	}
	f := c.Flags()
	replications := wholeFlag(f, "replications", "n", fmt.Sprintf("runs at each origin (default: %d)", backtestReplications))
	seed := wholeFlag(f, "seed", "", "seed of all random numbers (default: 1)")
	workers := wholeFlag(f, "workers", "", "parallel runs (default and at most: one per processor)")
	f.StringVar(&fraction, "fraction", "", fmt.Sprintf("simulate a part of people and of every capacity (default: %v)", backtestFraction))
	f.StringVar(&process, "process", evidence.Processes()[0], "how levels move: "+policy.OneOf(evidence.Processes()))
	f.StringSliceVar(&origins, "origins", nil, "only these origins, ends of quarters such as 2024-06-30 (default: all that can be scored)")
	f.StringVarP(&out.folder, "out", "o", "", "folder for scores, summary, findings, estimates and figures (default: none are written)")
	f.BoolVar(&out.force, "force", false, "replace what an earlier back-test kept in the folder")
	f.StringVar(&format, "format", "", "table, csv or json (default: table)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		var wrong policy.Problems
		o := backtest.Options{Replications: backtestReplications, Fraction: backtestFraction, Seed: 1}
		if n := replications.int(&wrong); n != nil {
			o.Replications = *n
			if *n < compare.EnoughRuns || *n > 100_000 {
				replications.fault(&wrong, fmt.Sprintf("a whole number from %d to 100000: fewer runs have no 90%% interval", compare.EnoughRuns))
			}
		}
		if n := seed.uint64(&wrong); n != nil {
			o.Seed = *n
		}
		if c.Flags().Changed("fraction") {
			if k := parseFraction(fraction, &wrong); k != nil {
				o.Fraction = *k
			}
		}
		var known bool
		if o.Process, known = evidence.ProcessNamed(process); !known {
			wrong = append(wrong, policy.Problem{Position: policy.Position{File: "--process"}, Key: "process", Value: fmt.Sprintf("%q", process),
				Want: policy.OneOf(evidence.Processes()), Hint: policy.DidYouMean(process, evidence.Processes())})
		}
		out.check(&wrong)
		ex := config.ExecutionFlags{Workers: workers.int(&wrong)}
		if c.Flags().Changed("format") {
			ex.Format = &format
		}
		how, err := config.LoadExecution(ex)
		bad := backtestOf(configsFolder(c), &o)
		if bad == nil {
			o.Origins, bad = originsNamed(origins, f.Changed("origins"), backtest.Origins(o.Series))
		}
		if err := together(wrong.Err(), err, bad); err != nil {
			return err
		}
		o.Workers = processorWorkers(c.ErrOrStderr(), how.Workers)
		return backtested(c, o, how.Format, out)
	}
	return c
}

// backtested makes the back-test, prints it, and keeps it where a folder is given.
// Findings are printed in a table and kept; other formats hold the forecasts.
func backtested(c *cobra.Command, o backtest.Options, format string, out keeping) error {
	defer collectAt(runGarbage)()
	bar := newProgress(c.ErrOrStderr(), o.Replications*len(o.Origins), "runs")
	o.Progress = func(int, int) { bar.step() }
	report, err := backtest.Run(c.Context(), o)
	bar.end()
	if err == nil {
		for _, text := range report.Warnings(o.Series) {
			fmt.Fprintln(c.ErrOrStderr(), "warning:", text)
		}
		err = report.Write(c.OutOrStdout(), format)
	}
	if err != nil {
		return interruptedOr(err)
	}
	if out.folder == "" && format != "table" {
		return nil
	}
	bar = newProgress(c.ErrOrStderr(), backtest.FactRuns*o.Replications, "runs as it turned out")
	facts, err := backtest.Facts(c.Context(), o)
	bar.end()
	if err == nil && format == "table" {
		err = backtest.PrintFacts(c.OutOrStdout(), facts)
	}
	if err == nil && out.folder != "" {
		err = keepBacktest(out.folder, report, facts, &o)
	}
	if err != nil {
		return interruptedOr(err)
	}
	if out.folder != "" {
		fmt.Fprintf(c.ErrOrStderr(), "Look at %s: scores.csv, summary.csv, facts.csv, estimates.csv and figures/README.md\n", out.folder)
	}
	return nil
}

// interruptedOr tells an interruption from a failure.
func interruptedOr(err error) error {
	if errors.Is(err, experiment.ErrInterrupted) || errors.Is(err, context.Canceled) {
		return experiment.ErrInterrupted
	}
	return failed(err)
}

// originsNamed reads ends of quarters; all of those that can be scored where none
// is given.
func originsNamed(texts []string, given bool, all []clock.Date) ([]clock.Date, error) {
	if !given {
		return all, nil
	}
	var wrong policy.Problems
	var chosen []clock.Date
	if len(texts) == 0 {
		texts = []string{""}
	}
	for _, text := range texts {
		date, err := clock.ParseDate(text)
		if err != nil || !slices.Contains(all, date) {
			wrong = append(wrong, policy.Problem{Position: policy.Position{File: "--origins"}, Key: "origins", Value: fmt.Sprintf("%q", text),
				Want: fmt.Sprintf("the end of a quarter from %v to %v", all[0], all[len(all)-1])})
			continue
		}
		chosen = append(chosen, date)
	}
	slices.Sort(chosen)
	return slices.Compact(chosen), wrong.Err()
}

// backtestOf fills in the series and the regime, that of the forecast
// experiment's base without the rules to come.
func backtestOf(dir string, o *backtest.Options) error {
	bundle, err := config.Load(config.Options{Dir: dir, Experiment: forecastExperiment})
	if err != nil {
		return err
	}
	if o.Series, err = observed(bundle.Files); err != nil {
		return err
	}
	o.Groups = bundle.Groups
	o.Copula, _ = bundle.Copula() // checked with the library
	o.Uncertain = slices.Clone(bundle.Uncertain())
	o.Regime = func(marks policy.Marks) (*policy.Regime, error) {
		regimes, err := bundle.At(marks)
		if err != nil {
			return nil, err
		}
		return regimes[0], nil
	}
	return nil
}
