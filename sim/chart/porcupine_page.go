package chart

import (
	"bytes"
	"encoding/csv"

	"gonum.org/v1/plot/vg"
)

func (f Porcupine) picture() (picture, error) {
	if err := f.Validate(); err != nil {
		return picture{}, err
	}
	if err := f.drawable(); err != nil {
		return picture{}, err
	}
	l, callouts := arrangePorcupine(f)
	return picture{f.Caption, f.Description(), l.width, l.height, func(c vg.Canvas) { paintPorcupine(c, l, f, callouts) }}, nil
}

// ownData is the table where the figure writes it.
func (f Porcupine) ownData() []byte {
	if f.data() != f.Name+".csv" {
		return nil
	}
	return f.table()
}

// data is the link to the data.
func (f Porcupine) data() string {
	if f.Data == "" {
		return f.Name + ".csv"
	}
	return f.Data
}

// Markdown is the page text of the figure with its picture: number and headline,
// measure, geography, period and unit, source, data, description in words,
// findings, and what the intervals leave out. Links are relative to the folder of
// the pictures.
func (f Porcupine) Markdown(number int) string {
	texts := []string{"In words: " + escape(f.Description())}
	for _, finding := range f.Findings {
		texts = append(texts, "Finding: "+escape(finding))
	}
	texts = append(texts, "How to read: "+escape(f.reading()), "Uncertainty: "+escape(f.Note))
	return f.page(number, []string{f.Geography, f.Period, f.Unit}, f.data(), texts...)
}

// table writes what the figure draws, for machines, and intervals in full where
// the picture cuts them: the published series, with its value as the median, and
// of each forecast the value that it starts from and its quantiles.
func (f Porcupine) table() []byte {
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.Write([]string{"series", "origin", "date", "unit", "q05", "q50", "q95"}) // a buffer takes everything
	for _, p := range f.History {
		out.Write([]string{"published", "", p.Date.String(), f.Unit, "", tabled(p.Value), ""})
	}
	for _, q := range f.Quills {
		origin := q.Origin.String()
		out.Write([]string{"known", origin, q.From.Date.String(), f.Unit, "", tabled(q.From.Value), ""})
		for t, date := range q.Dates {
			out.Write([]string{"forecast", origin, date.String(), f.Unit, tabled(q.Q05[t]), tabled(q.Q50[t]), tabled(q.Q95[t])})
		}
	}
	out.Flush()
	return b.Bytes()
}
