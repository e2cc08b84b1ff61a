package chart

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"
)

func (f Porcupine) name() string { return f.Name }

// SVG draws the figure as a document that can stand alone or inside HTML. The
// same figure gives the same bytes.
func (f Porcupine) SVG() ([]byte, error) {
	l, paint, err := f.arranged()
	if err != nil {
		return nil, err
	}
	return svgOf(f.Name, f.Title, f.Description(), l.width, l.height, paint)
}

// PNG draws the figure at 300 dots an inch on white. The same figure gives the
// same bytes.
func (f Porcupine) PNG() ([]byte, error) {
	l, paint, err := f.arranged()
	if err != nil {
		return nil, err
	}
	return pngOf(f.Name, l.width, l.height, paint)
}

// arranged validates the figure and makes it ready to be drawn.
func (f Porcupine) arranged() (porcupineLayout, func(vg.Canvas), error) {
	if err := f.Validate(); err != nil {
		return porcupineLayout{}, nil, err
	}
	if err := f.drawable(); err != nil {
		return porcupineLayout{}, nil, err
	}
	l, callouts := arrangePorcupine(f)
	return l, func(c vg.Canvas) { paintPorcupine(c, l, f, callouts) }, nil
}

// files are the picture as NAME.svg and NAME.png, and what it draws as NAME.csv
// where its data are there.
func (f Porcupine) files() ([]file, error) {
	svg, err := f.SVG()
	if err != nil {
		return nil, err
	}
	png, err := f.PNG()
	if err != nil {
		return nil, err
	}
	files := []file{{f.Name + ".svg", svg}, {f.Name + ".png", png}}
	if name := f.Name + ".csv"; f.data() == name {
		files = append(files, file{name, f.table()})
	}
	return files, nil
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
	var b strings.Builder
	paragraph := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n\n", a...) }
	paragraph("## Figure %d: %s", number, escape(f.Title))
	paragraph("%s; %s; %s; %s.", escape(f.Measure), escape(f.Geography), escape(f.Period), escape(f.Unit))
	paragraph("![Figure %d, described in words below](%s.svg)", number, f.Name)
	paragraph("Source: %s", escape(f.Source))
	data := f.data()
	paragraph("Data: [%s](%s). Picture: [SVG](%[3]s.svg), [PNG](%[3]s.png).", escape(data[strings.LastIndex(data, "/")+1:]), data, f.Name)
	paragraph("In words: %s", escape(f.Description()))
	for _, finding := range f.Findings {
		paragraph("Finding: %s", escape(finding))
	}
	paragraph("How to read: %s", escape(f.reading()))
	paragraph("Uncertainty: %s", escape(f.Note))
	return b.String()
}

// table writes what the figure draws, for machines, and intervals in full where
// the picture cuts them: the published series, with its value as the median, and
// of each forecast the value that it starts from and its quantiles.
func (f Porcupine) table() []byte {
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.Write([]string{"series", "origin", "date", "unit", "q05", "q50", "q95"}) // a buffer takes everything
	for _, p := range f.History {
		out.Write([]string{"published", "", p.Date.String(), f.Unit, "", number(p.Value), ""})
	}
	for _, q := range f.Quills {
		origin := q.Origin.String()
		out.Write([]string{"known", origin, q.From.Date.String(), f.Unit, "", number(q.From.Value), ""})
		for t, date := range q.Dates {
			out.Write([]string{"forecast", origin, date.String(), f.Unit, number(q.Q05[t]), number(q.Q50[t]), number(q.Q95[t])})
		}
	}
	out.Flush()
	return b.Bytes()
}
