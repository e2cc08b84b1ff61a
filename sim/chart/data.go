package chart

import (
	"bytes"
	"encoding/csv"
	"strconv"
	"strings"
)

// ownData is the table where the figure writes it.
func (f Fan) ownData() []byte {
	if f.Data != f.Name+".csv" {
		return nil
	}
	return f.table()
}

// table writes what the figure draws, for machines: the published series, with
// its value as the median, and the quantiles of each panel by date.
func (f Fan) table() []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.Write([]string{"series", "date", "unit", "q05", "q25", "q50", "q75", "q95"}) // a buffer takes everything
	for _, p := range f.History {
		out.Write([]string{"published", p.Date.String(), f.Unit, "", "", tabled(p.Value), "", ""})
	}
	for _, p := range f.Panels {
		for t, date := range p.Dates {
			row := []string{p.Label, date.String(), f.Unit}
			for _, q := range p.quantiles() {
				row = append(row, tabled(q[t]))
			}
			out.Write(row)
		}
	}
	out.Flush()
	return b.Bytes()
}

// tabled writes a number for machines, rounded to a ten-thousandth: what is left
// of an interpolation beyond that says nothing.
func tabled(v float64) string {
	text := strings.TrimRight(strconv.FormatFloat(v, 'f', 4, 64), "0")
	if text = strings.TrimSuffix(text, "."); text == "-0" {
		return "0"
	}
	return text
}
