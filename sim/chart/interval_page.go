package chart

import (
	"fmt"
	"strings"

	"gonum.org/v1/plot/vg"
)

func (f Interval) name() string { return f.Name }

// SVG draws the figure as a document that can stand alone or inside HTML. The
// same figure gives the same bytes.
func (f Interval) SVG() ([]byte, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	l := newIntervalLayout(f)
	return svgOf(f.Name, f.Title, f.Description(), l.width, l.height, func(c vg.Canvas) { paintInterval(c, l, f) })
}

// PNG draws the figure at 300 dots an inch on white. The same figure gives the
// same bytes.
func (f Interval) PNG() ([]byte, error) {
	if err := f.Validate(); err != nil {
		return nil, err
	}
	l := newIntervalLayout(f)
	return pngOf(f.Name, l.width, l.height, func(c vg.Canvas) { paintInterval(c, l, f) })
}

// files are the picture as NAME.svg and NAME.png.
func (f Interval) files() ([]file, error) {
	svg, err := f.SVG()
	if err != nil {
		return nil, err
	}
	png, err := f.PNG()
	if err != nil {
		return nil, err
	}
	return []file{{f.Name + ".svg", svg}, {f.Name + ".png", png}}, nil
}

// Markdown is the page text of the figure with its picture: number and headline,
// measure, geography, period and unit, source, data, description in words, and
// what the intervals leave out. Links are relative to the folder of the pictures.
func (f Interval) Markdown(number int) string {
	var b strings.Builder
	paragraph := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n\n", a...) }
	paragraph("## Figure %d: %s", number, escape(f.Title))
	paragraph("%s; %s; %s; %s.", escape(f.Measure), escape(f.Geography), escape(f.Period), escape(f.Unit))
	paragraph("![Figure %d, described in words below](%s.svg)", number, f.Name)
	paragraph("Source: %s", escape(f.Source))
	paragraph("Data: [%s](%s). Picture: [SVG](%[3]s.svg), [PNG](%[3]s.png).", escape(f.Data[strings.LastIndex(f.Data, "/")+1:]), f.Data, f.Name)
	paragraph("In words: %s", escape(f.Description()))
	paragraph("How to read: the light bar is what was believed before, the dark bar after; each runs from the 5%% to the 95%% quantile, and the line across it is the median.")
	paragraph("Uncertainty: %s", escape(f.Note))
	return b.String()
}
