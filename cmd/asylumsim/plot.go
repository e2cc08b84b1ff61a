package main

import (
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"asylumsim/sim/backtest"
	"asylumsim/sim/chart"
	"asylumsim/sim/clock"
	"asylumsim/sim/config"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/store"
)

func plotCommand() *cobra.Command {
	var (
		outputs []string
		out     string
		nominal bool
	)
	c := &cobra.Command{
		Use:   "plot RESULT",
		Short: "Draw the figures of a result, as SVG and PNG with their page text",
		Long: `Draw a fan chart for each output: the median and the ranges that hold 50% and
90% of runs, one panel a regime and six at most in a figure, with the series
before it as they were published when the run opened. Flows and costs, which follow the season, are drawn as sums
over the last 12 months where the run is long enough. Regimes made by sweeps and
decompositions are not drawn. README.md in the folder of the figures holds
headline, source, data link and description of each.

Of a forecast (an experiment with "estimate: opening") the published outputs are
drawn by quarter, as they are published; --outputs draws the outputs it names
month by month, as of any other result.`,
		Example: `  asylumsim plot results/core-protection
  asylumsim plot results/core-protection --outputs supported_people,permit_reviews_open_cases
  asylumsim plot results/forecast`,
		Args: oneName("a result folder", "asylumsim run --help"),
		RunE: func(c *cobra.Command, args []string) error {
			chosen, err := outputsNamed(outputs)
			var wrong policy.Problems
			checkOut(out, &wrong)
			if err := together(wrong.Err(), err); err != nil {
				return err
			}
			kept, err := openConfigured(args[0])
			if err != nil {
				return err
			}
			result, bundle := kept.Result, kept.bundle
			byQuarter := len(chosen) == 0 && bundle.Experiment.Estimate != ""
			if byQuarter && nominal {
				return policy.Problems{{Position: policy.Position{File: "--nominal"}, Key: "nominal", Value: "true", Want: "it left out, or --outputs with a cost: a forecast is drawn by quarter, of people and cases"}}
			}
			if len(chosen) == 0 {
				chosen = bundle.Experiment.Figures
			}
			folder := figuresFolder
			if nominal {
				folder = "figures-nominal"
				if err := inNominalMoney(result, bundle, chosen); err != nil {
					return err
				}
			}
			var fans []chart.Fan
			if byQuarter {
				fans, err = forecastFans(result, bundle)
			} else {
				fans, err = fansOf(result, bundle, chosen)
			}
			if err != nil {
				return err
			}
			if out == "" {
				// A result may come from anybody: its figures stay within it.
				out = filepath.Join(args[0], folder)
				if info, err := os.Lstat(out); err == nil && info.Mode()&fs.ModeSymlink != 0 {
					return fmt.Errorf("%s is a link: remove it, or say with --out where the figures go", out)
				}
			} else if err := linkFrom(out, args[0], fans); err != nil {
				return err
			}
			files, err := chart.Files(fans)
			if err == nil {
				err = place(c.Context(), func() error { return chart.Write(out, files) })
			}
			if err != nil {
				return failed(err)
			}
			fmt.Fprintf(c.ErrOrStderr(), "%d figures in %s: start with README.md\n", len(fans), out)
			return nil
		},
	}
	f := c.Flags()
	f.StringSliceVar(&outputs, "outputs", nil, "outputs to draw (default: the experiment's figures)")
	f.StringVarP(&out, "out", "o", "", "folder of the figures (default: RESULT/figures, or RESULT/figures-nominal)")
	f.BoolVar(&nominal, "nominal", false, nominalUsage)
	return c
}

// forecastFans draws a forecast by quarter, as the series are published.
func forecastFans(result *store.Result, bundle *config.Bundle) ([]chart.Fan, error) {
	if err := result.QuarterRanges(); err != nil {
		return nil, err
	}
	past := record()
	return quarterFans(result, bundle, func(target *backtest.Target) ([]string, clock.Date) {
		return past.Sentences(target.Name), past.Until(target.Name, result.Manifest.Opening)
	}), nil
}

// linkFrom makes the links to the data, which are those of figures in the folder
// of a result, lead there from another folder.
func linkFrom(out, folder string, fans []chart.Fan) error {
	from, err := filepath.Abs(out)
	if err != nil {
		return err
	}
	to, err := filepath.Abs(folder)
	if err != nil {
		return err
	}
	way, err := filepath.Rel(from, to)
	if err != nil {
		way = to // on another drive
	}
	// A page takes a blank or a bracket for the end of a link.
	way = (&url.URL{Path: filepath.ToSlash(way)}).EscapedPath()
	for i := range fans {
		if fans[i].Data == "" {
			fans[i].Data = "../summary.csv"
		}
		if name, ok := strings.CutPrefix(fans[i].Data, "../"); ok {
			fans[i].Data = way + "/" + name
		}
	}
	return nil
}

// fansOf makes a figure of each output of a result. The published series are
// those that the run opened with, which the result holds.
func fansOf(result *store.Result, bundle *config.Bundle, outputs []measure.Output) ([]chart.Fan, error) {
	drawn := drawnOf(result.Regimes)
	if err := result.CheckSeries(drawn, outputs); err != nil {
		return nil, err
	}
	if err := result.Ranges(drawn, outputs); err != nil {
		return nil, err
	}
	years, err := yearsOf(result, drawn, outputs)
	if err != nil {
		return nil, err
	}
	var fans []chart.Fan
	for _, o := range outputs {
		fans = append(fans, fansOfOutput(bundle, result, o, drawn, years[o])...)
	}
	return fans, nil
}

// drawnOf are the regimes that are drawn: all but those that sweeps and
// decompositions make, of which there may be hundreds.
func drawnOf(regimes []string) []string {
	return append([]string{regimes[0]}, slices.DeleteFunc(slices.Clone(regimes[1:]), policy.Generated)...)
}
