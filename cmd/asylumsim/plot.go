package main

import (
	"fmt"
	"path/filepath"

	"github.com/spf13/cobra"

	"asylumsim/sim/chart"
	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
	"asylumsim/sim/measure"
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
90% of runs, one panel a regime, with the published series before it. Flows and
costs, which follow the season, are drawn as sums over the last 12 months where
the run is long enough. README.md in the folder of the figures holds headline,
source, data link and description of each.`,
		Example: `  asylumsim plot results/core-protection
  asylumsim plot results/core-protection --outputs supported_people,permit_reviews_open_cases`,
		Args: oneName("a result folder", "asylumsim run --help"),
		RunE: func(c *cobra.Command, args []string) error {
			chosen, err := outputsNamed(outputs)
			if err != nil {
				return err
			}
			result, err := store.Open(args[0])
			if err != nil {
				return err
			}
			bundle, err := config.LoadResolved(result.Config)
			if err != nil {
				return err
			}
			if len(chosen) == 0 {
				chosen = bundle.Experiment.Figures
			}
			folder := "figures"
			if nominal {
				folder = "figures-nominal"
				if err := inNominalMoney(result, bundle, chosen); err != nil {
					return err
				}
			}
			fans, err := fansOf(result, bundle, chosen, configsFolder(c))
			if err != nil {
				return err
			}
			if out == "" {
				out = filepath.Join(args[0], folder)
			}
			if err := chart.WriteIndex(out, fans); err != nil {
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

// fansOf makes a figure of each output of a result. The published series are
// those of the data set the program holds.
func fansOf(result *store.Result, bundle *config.Bundle, outputs []measure.Output, configs string) ([]chart.Fan, error) {
	files, err := config.OpenFiles(configs)
	if err != nil {
		return nil, err
	}
	series, err := observed(files)
	if err != nil {
		return nil, err
	}
	years, err := yearsOf(result, outputs)
	if err != nil {
		return nil, err
	}
	var fans []chart.Fan
	for _, o := range outputs {
		fan, source := monthsFan(bundle, result, series, o)
		if flow, ok := years[o]; ok {
			fan, source = yearsFan(bundle, result, series, flow)
		}
		fan.Note = chart.NoteChance + fan.Note
		if n := result.Manifest.Done; n < fewRuns {
			fan.Note += fmt.Sprintf(" With only %d replications the range of 90%% of runs is close to the lowest and highest run.", n)
		}
		if o.Define().Kind == measure.Cost {
			money := result.Money.Of(o)
			fan.Unit += ", " + money.String()
			switch {
			case o == measure.DiscountedCost:
				fan.Note += " Costs are brought to the start of the run at the real discount rate."
			case money.Nominal:
				fan.Note += " Costs are not discounted. Nominal prices: those of 2025-26 times the assumed inflation of each financial year since."
			default:
				fan.Note += " Costs are not discounted."
			}
		}
		fan.Effects = effectsOf(bundle, result, o)
		fan.Source = fmt.Sprintf("asylumsim %s, experiment %s, %d replications%s.",
			result.Manifest.Version, result.Manifest.Experiment, result.Manifest.Done, source)
		fans = append(fans, fan)
	}
	return fans, nil
}

// fewRuns is the number of replications below which a figure says that its
// widest range is that of few runs.
const fewRuns = 100

// effectsOf says how each regime differs from the base over the whole run, by
// pairs of replications.
func effectsOf(bundle *config.Bundle, result *store.Result, o measure.Output) []string {
	var effects []string
	unit, scale, decimals := o.Define().Unit, 1.0, 0
	when := "at the end of the run"
	if compare.StatisticOf(o) == compare.Sum {
		when = "over the whole run"
	}
	if o.Define().Kind == measure.Cost {
		unit, scale, decimals = "GBP million at "+result.Money.Of(o).String(), 1e-6, 1
	}
	for _, regime := range result.Regimes[1:] {
		d, ok := result.Difference(regime, o, compare.Horizon)
		if !ok {
			continue
		}
		name := titleOf(bundle, regime)
		if d.None() {
			effects = append(effects, fmt.Sprintf("%s less %s, %s: none in any replication.", name, titleOf(bundle, result.Base), when))
			continue
		}
		number := func(v float64) string { return compare.Thousands(v*scale, decimals) }
		effects = append(effects, fmt.Sprintf("%s less %s, %s, in %s: %s on average (95%% interval of the mean %s to %s, from %d paired replications); above zero in %.0f%% of replications.",
			name, titleOf(bundle, result.Base), when, unit, number(d.Mean), number(d.CILow), number(d.CIHigh), result.Manifest.Done, 100*d.PPositive))
	}
	return effects
}

// titleOf is the title of a regime.
func titleOf(bundle *config.Bundle, regime string) string {
	if overlay := bundle.Overlay(regime); overlay != nil {
		return overlay.Title
	}
	return regime
}

// monthsFan draws an output month by month: a stock, or a flow of a run that is
// too short for years.
func monthsFan(bundle *config.Bundle, result *store.Result, series *evidence.Series, o measure.Output) (chart.Fan, string) {
	var panels []chart.Panel
	for _, regime := range result.Regimes {
		panels = append(panels, panelOf(titleOf(bundle, regime), result.Series(regime, o)))
	}
	points, publisher := series.History(o, result.Manifest.Opening)
	fan := chart.NewFan(o, recent(points, result.Manifest.Opening), panels...)
	if o.Define().Kind == measure.Cost {
		fan.Note = " Months differ in length, and with them the nights paid."
	}
	return fan, sourceOf(publisher)
}

func panelOf(label string, rows []compare.Summary) chart.Panel {
	p := chart.Panel{Label: label}
	for _, s := range rows {
		p.Dates = append(p.Dates, s.Month)
		p.Q05, p.Q25 = append(p.Q05, s.Q05), append(p.Q25, s.Q25)
		p.Q50 = append(p.Q50, s.Q50)
		p.Q75, p.Q95 = append(p.Q75, s.Q75), append(p.Q95, s.Q95)
	}
	return p
}

// historyYears is how much history a figure shows.
const historyYears = 4

// recent returns the last years of a published series.
func recent(points []evidence.Point, opening clock.Date) []chart.Point {
	var history []chart.Point
	for _, p := range points {
		if p.Date >= opening.AddMonths(-12*historyYears) {
			history = append(history, chart.Point{Date: p.Date, Value: p.Value})
		}
	}
	return history
}

// sourceOf names the publisher of the history in the source of a figure.
func sourceOf(publisher string) string {
	if publisher == "" {
		return ""
	}
	return "; history: " + publisher
}
