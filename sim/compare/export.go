package compare

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"strconv"

	"asylumsim/sim/measure"
)

// Formats lists the formats that Write knows.
var Formats = []string{"table", "csv", "json"}

// Write writes the comparison in one of Formats.
func (c *Comparison) Write(w io.Writer, format string) error {
	switch format {
	case "table":
		return c.WriteText(w)
	case "csv":
		return c.WriteCSV(w)
	case "json":
		return c.WriteJSON(w)
	}
	return fmt.Errorf("format %q is not known: want table, csv or json", format)
}

// line is one row of the comparison for machines: full precision, in the
// output's unit, with pounds not millions.
type line struct {
	Regime        string `json:"regime"`
	Base          string `json:"base"`
	Output        string `json:"output"`
	Unit          string `json:"unit"`
	Period        string `json:"period"`
	Statistic     string `json:"statistic"`
	Replications  int    `json:"replications"`
	BaseMean      number `json:"base_mean"`
	BaseQ05       number `json:"base_q05"`
	BaseQ95       number `json:"base_q95"`
	Mean          number `json:"mean"`
	CILow         number `json:"ci_low"`
	CIHigh        number `json:"ci_high"`
	Q05           number `json:"q05"`
	Q50           number `json:"q50"`
	Q95           number `json:"q95"`
	PPositive     number `json:"p_positive"`
	VarianceRatio number `json:"variance_ratio"`
	PHolm         number `json:"p_holm"`
	Prices        string `json:"prices"` // of costs; empty for everything else
}

// number is a statistic in JSON: null where it does not exist.
type number float64

func (n number) MarshalJSON() ([]byte, error) {
	if math.IsNaN(float64(n)) {
		return []byte("null"), nil
	}
	return json.Marshal(float64(n))
}

func (c *Comparison) lines() []line {
	lines := []line{}
	start := func(regime string, b Total) line {
		prices := ""
		if b.Output.Define().Kind == measure.Cost {
			prices = c.Money.Of(b.Output).String()
		}
		return line{
			Prices: prices,
			Regime: regime, Base: c.Base, Output: b.Output.String(), Unit: b.Output.Define().Unit,
			Period: c.Period, Statistic: string(StatisticOf(b.Output)), Replications: b.N,
			BaseMean: number(b.Mean), BaseQ05: number(b.Q05), BaseQ95: number(b.Q95),
		}
	}
	for _, v := range c.Against {
		for i, d := range v.Rows {
			l := start(v.Regime, c.Bases[i])
			l.Mean, l.CILow, l.CIHigh = number(d.Mean), number(d.CILow), number(d.CIHigh)
			l.Q05, l.Q50, l.Q95 = number(d.Q05), number(d.Q50), number(d.Q95)
			l.PPositive, l.VarianceRatio, l.PHolm = number(d.PPositive), number(d.VarianceRatio), number(v.Holm[i])
			lines = append(lines, l)
		}
	}
	if len(c.Against) == 0 {
		none := number(math.NaN())
		for _, b := range c.Bases {
			l := start(c.Base, b)
			l.Mean, l.CILow, l.CIHigh, l.Q05, l.Q50, l.Q95 = none, none, none, none, none, none
			l.PPositive, l.VarianceRatio, l.PHolm = none, none, none
			lines = append(lines, l)
		}
	}
	return lines
}

// WriteCSV writes the comparison for machines, one row per regime and output.
// Statistics that do not exist are empty.
func (c *Comparison) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.Write([]string{"regime", "base", "output", "unit", "period", "statistic", "replications",
		"base_mean", "base_q05", "base_q95", "mean", "ci_low", "ci_high", "q05", "q50", "q95",
		"p_positive", "variance_ratio", "p_holm", "prices"})
	for _, l := range c.lines() {
		record := []string{l.Regime, l.Base, l.Output, l.Unit, l.Period, l.Statistic, strconv.Itoa(l.Replications)}
		for _, v := range []number{l.BaseMean, l.BaseQ05, l.BaseQ95, l.Mean, l.CILow, l.CIHigh,
			l.Q05, l.Q50, l.Q95, l.PPositive, l.VarianceRatio, l.PHolm} {
			record = append(record, FormatNumber(float64(v)))
		}
		out.Write(append(record, l.Prices))
	}
	out.Flush()
	return out.Error()
}

// WriteJSON writes the comparison for machines, with what the numbers are in
// words. Statistics that do not exist are null.
func (c *Comparison) WriteJSON(w io.Writer) error {
	out := json.NewEncoder(w)
	out.SetIndent("", "  ")
	out.SetEscapeHTML(false)
	return out.Encode(struct {
		Base         string   `json:"base"`
		Period       string   `json:"period"`
		Replications int      `json:"replications"`
		Notes        []string `json:"notes"`
		Rows         []line   `json:"rows"`
	}{c.Base, c.Period, c.Replications, c.explain(), c.lines()})
}
