package main

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"

	"asylumsim/sim/backtest"
	"asylumsim/sim/chart"
	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/measure"
	"asylumsim/sim/store"
)

// quartersFile is where a forecast's quarterly bands are kept in its result.
const quartersFile = "quarters.csv"

// bandsOf makes the quarterly bands of the published outputs from a result.
func bandsOf(result *store.Result, regimes []string) (backtest.Bands, error) {
	var outputs []measure.Output
	for i := range backtest.Targets {
		outputs = append(outputs, backtest.Targets[i].Outputs...)
	}
	samples, err := result.Samples(regimes, outputs)
	if err != nil {
		return nil, err
	}
	months := clock.NewTimeline(result.Manifest.Opening, result.Manifest.Months/12).Months
	var bands backtest.Bands
	for r, regime := range regimes {
		bands = append(bands, backtest.NewBands(regime, months, func(o measure.Output) []int64 {
			for i, output := range outputs {
				if output == o {
					return samples[r][i].Values
				}
			}
			panic("a band of an output that was not read")
		})...)
	}
	return bands, nil
}

// keepQuarters writes the quarterly bands into the folder of a result.
func keepQuarters(folder string, bands backtest.Bands) error {
	var data bytes.Buffer
	if err := bands.Write(&data, "csv"); err != nil {
		return err
	}
	return replaceFile(filepath.Join(folder, quartersFile), data.Bytes())
}

// replaceFile writes a file that appears complete or not at all.
func replaceFile(path string, data []byte) error {
	t, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer os.Remove(t.Name())
	if _, err := t.Write(data); err != nil {
		t.Close()
		return err
	}
	if err := t.Chmod(0o644); err != nil {
		t.Close()
		return err
	}
	if err := t.Close(); err != nil {
		return err
	}
	return os.Rename(t.Name(), path)
}

// quarterFans draws the quarterly bands of a forecast, one figure for each
// published output, behind what is published of it.
func quarterFans(result *store.Result, series *evidence.Series, regimes []string, titles func(string) string) ([]chart.Fan, error) {
	bands, err := bandsOf(result, regimes)
	if err != nil {
		return nil, err
	}
	opening := result.Manifest.Opening
	var fans []chart.Fan
	for i := range backtest.Targets {
		target := &backtest.Targets[i]
		published := target.Published(series)
		var panels []chart.Panel
		var last clock.Date
		for _, regime := range regimes {
			p := chart.Panel{Label: titles(regime), Starts: opening}
			if known, ok := published[opening]; ok { // the bands start from what is known
				p.Dates = append(p.Dates, opening)
				for _, q := range []*[]float64{&p.Q05, &p.Q25, &p.Q50, &p.Q75, &p.Q95} {
					*q = append(*q, known)
				}
			}
			for _, b := range bands {
				if b.Target != target || b.Regime != regime {
					continue
				}
				last = b.Quarter
				p.Dates = append(p.Dates, b.Quarter)
				p.Q05, p.Q25 = append(p.Q05, b.Runs.Quantile(0.05)), append(p.Q25, b.Runs.Quantile(0.25))
				p.Q50 = append(p.Q50, b.Runs.Quantile(0.5))
				p.Q75, p.Q95 = append(p.Q75, b.Runs.Quantile(0.75)), append(p.Q95, b.Runs.Quantile(0.95))
			}
			panels = append(panels, p)
		}
		counted := "quarter"
		if target.Stock {
			counted = "end of quarter"
		}
		fan := chart.Fan{
			Caption: chart.Caption{
				Name: target.Name + "_quarterly", Measure: target.Title,
				Title:  chart.Headline(chart.Subject{Text: target.Short, Plural: true, Flow: !target.Stock}, ahead(panels, opening)...),
				Source: fmt.Sprintf("asylumsim %s, experiment %s, %d replications; history: %s.", result.Manifest.Version, result.Manifest.Experiment, result.Manifest.Done, target.Source),
				Note:   chart.NoteParameters + " How far ahead the output can be forecast at all is in the record of the back-test.",
			},
			Geography: "United Kingdom", Unit: target.Unit,
			Period: fmt.Sprintf("%s, %s to %s", counted, (opening + 1).Time().Format("January 2006"), last.Time().Format("January 2006")),
			Data:   "../" + quartersFile, Panels: panels,
		}
		for _, date := range target.Quarters(series) {
			if date <= opening && date > opening.AddMonths(-12*historyYears) {
				fan.History = append(fan.History, chart.Point{Date: date, Value: published[date]})
			}
		}
		fans = append(fans, fan)
	}
	return fans, nil
}

// ahead is panels without what was known when the run opened, as a headline is
// about what comes.
func ahead(panels []chart.Panel, opening clock.Date) []chart.Panel {
	var later []chart.Panel
	for _, p := range panels {
		if p.Dates[0] == opening {
			p.Dates = p.Dates[1:]
			p.Q05, p.Q25, p.Q50, p.Q75, p.Q95 = p.Q05[1:], p.Q25[1:], p.Q50[1:], p.Q75[1:], p.Q95[1:]
		}
		later = append(later, p)
	}
	return later
}
