package main

import (
	"fmt"
	"io"
	"path/filepath"

	"github.com/spf13/cobra"

	"asylumsim/sim/calibrate"
	"asylumsim/sim/chart"
	"asylumsim/sim/clock"
	"asylumsim/sim/config"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// The default size of a calibration: some minutes on two processors.
const (
	calibrateRuns        = 2000
	calibrateGenerations = 3
	calibrateFraction    = unit.Fraction(10)
)

func calibrateCommand() *cobra.Command {
	var format, fraction, opening, until string
	out := keeping{names: []string{"posterior.csv", "reference.csv", "check.csv", figuresFolder}}
	c := &cobra.Command{
		Use:   "calibrate",
		Short: "Estimate the uncertain parameters from the published quarters, and say which cannot be",
		Long: `Estimate the uncertain parameters jointly from the published quarterly outputs of
a window, by approximate Bayesian computation: a reference table of runs from what
the parameter files believe, then generations of runs ever nearer to what was
published. Arrivals by small boat are those published. The rules are those in
force on the opening date.

A table sets the belief beforehand and after beside each other for every
parameter that the outputs inform, and names the others. R2 is the share of a
parameter's variance that the outputs predict; "published at" is where what was
published lies among the runs, and near 0 or 100% the posterior is extrapolated;
"truths in 90%" is how often the 90% interval holds the truth when runs are taken
as the data, which should be 80 to 97%. Published values that the model cannot
produce under its ranges are listed. Shipped ranges are not changed.`,
		Example: `  asylumsim calibrate
  asylumsim calibrate --opening 2023-06-30 --until 2024-12-31 --format csv > posterior.csv
  asylumsim calibrate --runs 5000 --out results/calibration`,
		Args: cobra.NoArgs,
	}
	f := c.Flags()
	runs := wholeFlag(f, "runs", "n", fmt.Sprintf("runs of the reference table (default: %d)", calibrateRuns))
	generations := wholeFlag(f, "generations", "", fmt.Sprintf("generations beside the reference table (default: %d)", calibrateGenerations))
	seed := wholeFlag(f, "seed", "", "seed of all random numbers (default: 1)")
	workers := wholeFlag(f, "workers", "", "parallel runs (default and at most: one per processor)")
	f.StringVar(&fraction, "fraction", "", fmt.Sprintf("simulate a part of people and of every capacity (default: %v)", calibrateFraction))
	f.StringVar(&opening, "opening", "", "date of the opening stocks, the end of a quarter (default: eight quarters before the latest)")
	f.StringVar(&until, "until", "", "end of the last quarter to calibrate to (default: the latest that all series have)")
	f.StringVarP(&out.folder, "out", "o", "", "folder for posterior.csv, reference.csv, check.csv and a figure in figures (default: none are written)")
	f.BoolVar(&out.force, "force", false, "replace what an earlier calibration kept in the folder")
	f.StringVar(&format, "format", "", "table, csv or json (default: table)")
	c.RunE = func(c *cobra.Command, _ []string) error {
		var wrong policy.Problems
		o := calibrate.Options{Runs: calibrateRuns, Generations: calibrateGenerations, Fraction: calibrateFraction, Seed: 1}
		if n := runs.int(&wrong); n != nil {
			o.Runs = *n
			if *n < calibrate.LeastRuns || *n > 1_000_000 {
				runs.fault(&wrong, fmt.Sprintf("a whole number from %d to 1000000: fewer runs do not carry the regressions", calibrate.LeastRuns))
			}
		}
		if n := generations.int(&wrong); n != nil {
			o.Generations = *n
			if *n < 1 || *n > 20 {
				generations.fault(&wrong, "a whole number from 1 to 20")
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
		read := len(wrong)
		if f.Changed("opening") {
			o.Opening = dateFlag("opening", opening, &wrong)
		}
		if f.Changed("until") {
			o.Until = dateFlag("until", until, &wrong)
		}
		dated := len(wrong) == read
		out.check(&wrong)
		ex := config.ExecutionFlags{Workers: workers.int(&wrong)}
		if c.Flags().Changed("format") {
			ex.Format = &format
		}
		how, err := config.LoadExecution(ex)
		if dated { // dates can still make no window
			err = together(err, calibrateOf(configsFolder(c), &o))
		}
		if err := together(wrong.Err(), err); err != nil {
			return err
		}
		o.Workers = processorWorkers(c.ErrOrStderr(), how.Workers)
		return calibrated(c, o, how.Format, out.folder)
	}
	return c
}

// calibrated calibrates, prints and writes.
func calibrated(c *cobra.Command, o calibrate.Options, format, out string) error {
	var bar *progress
	generation := -1
	o.Progress = func(g, _ int) {
		if g != generation {
			if bar != nil {
				bar.end()
			}
			bar, generation = newProgress(c.ErrOrStderr(), o.Runs, fmt.Sprintf("runs of generation %d", g)), g
		}
		bar.step()
	}
	restore := collectAt(runGarbage)
	report, err := calibrate.Run(c.Context(), o)
	restore()
	if bar != nil {
		bar.end()
	}
	if err == nil {
		err = report.Write(c.OutOrStdout(), format)
	}
	if err == nil && out != "" {
		err = keepCalibration(out, report)
	}
	if err != nil {
		return interruptedOr(err)
	}
	if out != "" {
		fmt.Fprintf(c.ErrOrStderr(), "Look at %s: posterior.csv, check.csv, reference.csv and figures/README.md\n", out)
	}
	return nil
}

// keepCalibration writes the files of a calibration to a folder, which is made if
// need be.
func keepCalibration(dir string, report *calibrate.Report) error {
	err := keep(dir,
		kept{"posterior.csv", func(w io.Writer) error { return report.Write(w, "csv") }},
		kept{"reference.csv", report.WriteReference},
		kept{"check.csv", report.WriteCheck},
	)
	if err != nil {
		return err
	}
	figure, any := beliefsFigure(report)
	if !any {
		return nil
	}
	return chart.WriteIndex(filepath.Join(dir, figuresFolder), []chart.Interval{figure})
}

// mostBeliefs is how many parameters a figure shows, those that the outputs tell
// most about.
const mostBeliefs = 12

// beliefsFigure sets the informed parameters before and after beside each other;
// there is none where none is informed.
func beliefsFigure(report *calibrate.Report) (figure chart.Interval, any bool) {
	informed := report.Informed()
	figure = chart.Interval{
		Caption: chart.Caption{
			Name: "posterior", Title: fmt.Sprintf("Published quarters inform %d of %d parameters", len(informed), len(report.Parameters)),
			Measure: "Uncertain parameters before and after calibration",
			Source:  fmt.Sprintf("asylumsim %s calibrate, %d runs of %v; Home Office and Ministry of Justice statistics.", version, report.Generations[0].Runs, report.Fraction),
			Note:    "The bars after hold if the model is right: what it leaves out is not in them.",
		},
		Geography: "United Kingdom",
		Period:    fmt.Sprintf("quarters from %s to %s", (report.Opening + 1).Time().Format("January 2006"), report.Until.Time().Format("January 2006")),
		Unit:      "percentile of the prior", Data: "../posterior.csv",
	}
	percentiles := func(marks [3]float64) (p [3]float64) {
		for i, m := range marks {
			p[i] = 100 * m
		}
		return p
	}
	for _, p := range informed[:min(len(informed), mostBeliefs)] {
		figure.Rows = append(figure.Rows, chart.Belief{Label: p.Name, Before: percentiles([3]float64{0.05, 0.5, 0.95}), After: percentiles(p.Marks), Text: p.Text()})
	}
	return figure, len(informed) > 0
}

// dateFlag reads a date.
func dateFlag(name, text string, wrong *policy.Problems) clock.Date {
	date, err := clock.ParseDate(text)
	if err != nil {
		*wrong = append(*wrong, policy.Problem{Position: policy.Position{File: "--" + name}, Key: name, Value: fmt.Sprintf("%q", text), Want: "a date, such as 2023-12-31"})
	}
	return date
}

// calibrateOf fills in the series and the regime, that of the forecast
// experiment's base, and checks the window.
func calibrateOf(dir string, o *calibrate.Options) error {
	bundle, err := config.Load(config.Options{Dir: dir, Experiment: forecastExperiment})
	if err != nil {
		return err
	}
	if o.Series, err = observed(bundle.Files); err != nil {
		return err
	}
	first, last := calibrate.Window(o.Series)
	if o.Opening == 0 {
		o.Opening = first
	}
	if o.Until == 0 {
		o.Until = last
	}
	o.Groups, o.Parameters, o.Uncertain = bundle.Groups, bundle.Parameters, bundle.Uncertain()
	o.Copula, _ = bundle.Copula() // checked with the library
	o.Correlations = bundle.Correlations
	o.Regime = func(marks policy.Marks) (*policy.Regime, error) {
		regimes, err := bundle.At(marks)
		if err != nil {
			return nil, err
		}
		return regimes[0], nil
	}
	return o.Validate()
}
