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
	MCSE          number `json:"mcse"`
	CILow         number `json:"ci_low"`
	CIHigh        number `json:"ci_high"`
	Q05           number `json:"q05"`
	Q50           number `json:"q50"`
	Q95           number `json:"q95"`
	PPositive     number `json:"p_positive"`
	VarianceRatio number `json:"variance_ratio"`
	PHolm         number `json:"p_holm"`
	Distinct      string `json:"distinct"` // from zero: yes, no, or none where no replication differs; empty where there is no interval
	Prices        string `json:"prices"`   // see pricesOf
	Record        string `json:"record"`   // whether that of past forecasts supports the level of the base: within, beyond; empty where none is at hand
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
		return line{
			Regime: regime, Base: c.Base, Output: b.Output.String(), Unit: b.Output.Define().Unit,
			Period: c.Period, Statistic: string(StatisticOf(b.Output)), Replications: b.N,
			BaseMean: number(b.Mean), BaseQ05: number(b.Q05), BaseQ95: number(b.Q95),
			Prices: c.pricesOf(b.Output), Record: c.record(b.Output),
		}
	}
	for _, v := range c.Against {
		for i, d := range v.Rows {
			l := start(v.Regime, c.Bases[i])
			l.Mean, l.MCSE, l.CILow, l.CIHigh = number(d.Mean), number(d.MCSE), number(d.CILow), number(d.CIHigh)
			l.Q05, l.Q50, l.Q95 = number(d.Q05), number(d.Q50), number(d.Q95)
			l.PPositive, l.VarianceRatio, l.PHolm = number(d.PPositive), number(d.VarianceRatio), number(d.PHolm)
			l.Distinct = d.distinct()
			lines = append(lines, l)
		}
	}
	if len(c.Against) == 0 {
		none := number(math.NaN())
		for _, b := range c.Bases {
			l := start(c.Base, b)
			l.Mean, l.MCSE, l.CILow, l.CIHigh, l.Q05, l.Q50, l.Q95 = none, none, none, none, none, none, none
			l.PPositive, l.VarianceRatio, l.PHolm = none, none, none
			lines = append(lines, l)
		}
	}
	return lines
}

// pricesOf says which money a cost is in; it is empty for everything else.
func (c *Comparison) pricesOf(o measure.Output) string {
	if o.Define().Kind != measure.Cost {
		return ""
	}
	return c.Money.Of(o).String()
}

// record says whether the record supports the level of an output up to the end of
// the period.
func (c *Comparison) record(o measure.Output) string {
	switch {
	case c.Supports == nil:
		return ""
	case c.Supports(o, c.until()):
		return "within"
	}
	return "beyond"
}

// WriteCSV writes the comparison for machines, one row per regime and output.
// Statistics that do not exist are empty.
func (c *Comparison) WriteCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	out.Write([]string{"regime", "base", "output", "unit", "period", "statistic", "replications",
		"base_mean", "base_q05", "base_q95", "mean", "mcse", "ci_low", "ci_high", "q05", "q50", "q95",
		"p_positive", "variance_ratio", "p_holm", "distinct", "prices", "record"})
	for _, l := range c.lines() {
		record := []string{l.Regime, l.Base, l.Output, l.Unit, l.Period, l.Statistic, strconv.Itoa(l.Replications)}
		for _, v := range []number{l.BaseMean, l.BaseQ05, l.BaseQ95, l.Mean, l.MCSE, l.CILow, l.CIHigh,
			l.Q05, l.Q50, l.Q95, l.PPositive, l.VarianceRatio, l.PHolm} {
			record = append(record, FormatNumber(float64(v)))
		}
		out.Write(append(record, l.Distinct, l.Prices, l.Record))
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
	c.tables() // the notes are of what they print
	return out.Encode(struct {
		Base         string   `json:"base"`
		Period       string   `json:"period"`
		Replications int      `json:"replications"`
		Notes        []string `json:"notes"`
		Rows         []line   `json:"rows"`
		// Where sweeps and a decomposition make regimes.
		Variants      []variant `json:"variants,omitempty"`
		Decomposition []share   `json:"decomposition,omitempty"`
	}{c.Base, c.Period, c.Replications, c.explain(), c.lines(), c.variants(), c.shares()})
}

// variant and share are rows of variants.csv and decomposition.csv.
type variant struct {
	Regime string  `json:"regime"`
	Of     string  `json:"of"`
	Part   string  `json:"part"`
	Axis   string  `json:"axis"`
	Value  float64 `json:"value"`
}

type share struct {
	Of     string `json:"of"`
	Group  string `json:"group"`
	Effect Effect `json:"effect"`
	Output string `json:"output"`
	Unit   string `json:"unit"`
	Prices string `json:"prices"`
	Period string `json:"period"`
	N      int    `json:"n"`
	Mean   number `json:"mean"`
	MCSE   number `json:"mcse"`
	CILow  number `json:"ci_low"`
	CIHigh number `json:"ci_high"`
}

func (c *Comparison) variants() []variant {
	var rows []variant
	for _, v := range c.Variants {
		rows = append(rows, variant(v))
	}
	return rows
}

func (c *Comparison) shares() []share {
	var rows []share
	for _, s := range c.Shares {
		rows = append(rows, share{s.Of, s.Group, s.Effect, s.Output.String(), s.Output.Define().Unit, c.pricesOf(s.Output), s.Period, s.N,
			number(s.Mean), number(s.MCSE), number(s.CILow), number(s.CIHigh)})
	}
	return rows
}

// distinct says whether an effect can be told from zero.
func (d Difference) distinct() string {
	switch {
	case d.None():
		return "none"
	case math.IsNaN(d.PHolm): // there is one observation
		return ""
	case d.Indistinct():
		return "no"
	}
	return "yes"
}
