package compare

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

// Quarter describes a series of a regime in one quarter, as it is published.
type Quarter struct {
	Regime  string
	Series  *measure.PublishedSeries
	Quarter clock.Date // last day
	Statistics
}

// Quarters describes the published series of regimes by quarter of the year;
// quarters that the run covers only in part are left out.
func Quarters(regimes []string, t *clock.Timeline, source Source) ([]Quarter, error) {
	var rows []Quarter
	for r, regime := range regimes {
		for i := range measure.Quarterly {
			series := &measure.Quarterly[i]
			parts := make([]Sample, len(series.Outputs))
			for k, o := range series.Outputs {
				var err error
				if parts[k], err = source(r, o); err != nil {
					return nil, err
				}
			}
			for _, month := range QuarterEnds(t, series) {
				first := month + 1 - series.Months()
				sum := make([]int64, parts[0].Replications())
				for _, s := range parts {
					for run, v := range s.Over(Period{First: first, Last: month}) {
						sum[run] += v
					}
				}
				rows = append(rows, Quarter{regime, series, t.Months[month], parts[0].Design.describe(sum, perUnit(series.Outputs[0]))})
			}
		}
	}
	return rows, nil
}

// QuarterEnds lists the months of a run with which a quarter of a series ends that
// the run has the whole of.
func QuarterEnds(t *clock.Timeline, series *measure.PublishedSeries) []int {
	var ends []int
	first := 0 // whole month
	if t.Opening != t.Opening.MonthEnd() {
		first = 1
	}
	for month, end := range t.Months {
		_, m, _ := end.Civil()
		if m%measure.MonthsInQuarter == 0 && end == end.MonthEnd() && (series.Stock || month+1-series.Months() >= first) {
			ends = append(ends, month)
		}
	}
	return ends
}

// WriteQuarters writes quarters in one of Formats: a table of the median and the
// range of runs (see RangeOf), with a remark on each where there is one to make, or all
// statistics for machines.
func WriteQuarters(w io.Writer, rows []Quarter, format string, remark func(Quarter) string) error {
	switch format {
	case "table":
		return quartersText(w, rows, remark)
	case "csv":
		out := csv.NewWriter(w)
		out.Write(QuarterHeader) // the writer keeps its first error for the end
		for _, q := range rows {
			out.Write(q.Record())
		}
		out.Flush()
		return out.Error()
	case "json":
		return quartersJSON(w, rows)
	}
	return fmt.Errorf("format %q is not known: want table, csv or json", format)
}

// QuarterHeader names the columns of Record.
var QuarterHeader = []string{"regime", "output", "unit", "quarter", "n", "mean", "sd", "mcse", "q05", "q25", "q50", "q75", "q95"}

// Record is a row for machines.
func (q Quarter) Record() []string {
	record := []string{q.Regime, q.Series.Name, q.Series.Unit, q.Quarter.String(), strconv.Itoa(q.N)}
	for _, v := range []float64{q.Mean, q.SD, q.MCSE, q.Q05, q.Q25, q.Q50, q.Q75, q.Q95} {
		record = append(record, FormatNumber(v))
	}
	return record
}

func quartersJSON(w io.Writer, rows []Quarter) error {
	type line struct {
		Regime  string `json:"regime"`
		Output  string `json:"output"`
		Unit    string `json:"unit"`
		Quarter string `json:"quarter"`
		N       int    `json:"n"`
		Mean    number `json:"mean"`
		SD      number `json:"sd"`
		MCSE    number `json:"mcse"`
		Q05     number `json:"q05"`
		Q25     number `json:"q25"`
		Q50     number `json:"q50"`
		Q75     number `json:"q75"`
		Q95     number `json:"q95"`
	}
	lines := make([]line, len(rows))
	for i, q := range rows {
		lines[i] = line{q.Regime, q.Series.Name, q.Series.Unit, q.Quarter.String(), q.N,
			number(q.Mean), number(q.SD), number(q.MCSE), number(q.Q05), number(q.Q25), number(q.Q50), number(q.Q75), number(q.Q95)}
	}
	e := json.NewEncoder(w)
	e.SetIndent("", "  ")
	return e.Encode(lines)
}

func quartersText(w io.Writer, rows []Quarter, remark func(Quarter) string) error {
	var b strings.Builder
	t := tabwriter.NewWriter(&b, 0, 0, 2, ' ', 0)
	runs := 0
	if len(rows) > 0 {
		runs = rows[0].N
	}
	fmt.Fprintf(t, "output\tregime\tquarter\tmedian\t%s\t\n", RangeOf(runs))
	for i, q := range rows {
		if i > 0 && q.Series != rows[i-1].Series {
			fmt.Fprintln(t, "\t\t\t\t\t")
		}
		when := "to " + q.Quarter.String()
		if q.Series.Stock {
			when = "at " + q.Quarter.String()
		}
		low, high := q.Range()
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s to %s", q.Series.Name, q.Regime, when, Thousands(q.Q50, 0), Thousands(low, 0), Thousands(high, 0))
		if remark != nil {
			fmt.Fprint(t, "\t", remark(q))
		}
		fmt.Fprintln(t)
	}
	t.Flush() // a builder takes everything
	for line := range strings.Lines(b.String()) {
		if _, err := fmt.Fprintln(w, strings.TrimRight(line, " \n")); err != nil {
			return err
		}
	}
	return nil
}
