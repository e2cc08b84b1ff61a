package backtest

import (
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/score"
)

// Band is a published output of a regime in a quarter, over the runs of a
// result: as the series are published, with asylum and other returns together.
type Band struct {
	Regime  string
	Target  *Target
	Quarter clock.Date
	Runs    score.Ensemble
}

// Bands are quarterly bands by regime, target and quarter.
type Bands []Band

// NewBands makes the bands of a regime from the monthly values of its runs:
// values gives those of an output, run after run, each with a value for every
// one of the months.
func NewBands(regime string, months []clock.Date, values func(measure.Output) []int64) Bands {
	var bands Bands
	for t := range Targets {
		target := &Targets[t]
		var outputs [][]int64
		for _, o := range target.Outputs {
			outputs = append(outputs, values(o))
		}
		for m, month := range months {
			if month != quarterEnd(month) || m < 2 && !target.Stock {
				continue
			}
			runs := make([]float64, len(outputs[0])/len(months))
			for _, monthly := range outputs {
				for r := range runs {
					runs[r] += target.quarterly(func(back int) float64 { return float64(monthly[r*len(months)+m-back]) })
				}
			}
			bands = append(bands, Band{regime, target, month, score.NewEnsemble(runs)})
		}
	}
	return bands
}

// quarterly is the quarter's value of an output, given that of the month so many
// months before its last.
func (t *Target) quarterly(month func(back int) float64) float64 {
	if t.Stock {
		return month(0)
	}
	return month(0) + month(1) + month(2)
}

// bandQuantiles are those of a band.
var bandQuantiles = []float64{0.05, 0.25, 0.5, 0.75, 0.95}

// Write prints the bands: a table of median and the range of 90% of runs, or as
// CSV or JSON with more.
func (b Bands) Write(out io.Writer, format string) error {
	header := []string{"regime", "output", "unit", "quarter", "n", "mean", "q05", "q25", "q50", "q75", "q95"}
	rows := [][]string{header}
	for _, band := range b {
		row := []string{band.Regime, band.Target.Name, band.Target.Unit, band.Quarter.String(), strconv.Itoa(len(band.Runs)), number(band.Runs.Mean())}
		for _, p := range bandQuantiles {
			row = append(row, number(band.Runs.Quantile(p)))
		}
		rows = append(rows, row)
	}
	if format == "table" || format == "" {
		return b.table(out)
	}
	return WriteRows(out, rows, format)
}

func (b Bands) table(out io.Writer) error {
	w := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "output\tregime\tquarter\tmedian\t90% of runs")
	for i, band := range b {
		if i > 0 && band.Target != b[i-1].Target {
			fmt.Fprintln(w, "\t\t\t\t")
		}
		quarter := "to " + band.Quarter.String()
		if band.Target.Stock {
			quarter = "at " + band.Quarter.String()
		}
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s to %s\n", band.Target.Name, band.Regime, quarter,
			thousands(band.Runs.Quantile(0.5)), thousands(band.Runs.Quantile(0.05)), thousands(band.Runs.Quantile(0.95)))
	}
	return w.Flush()
}

// thousands writes a whole number with separators.
func thousands(x float64) string {
	digits := strconv.FormatFloat(x, 'f', 0, 64)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}
