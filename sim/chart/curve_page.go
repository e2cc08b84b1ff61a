package chart

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"strconv"
	"strings"

	"gonum.org/v1/plot/vg"
)

func (f Curves) picture() (picture, error) {
	if err := f.Validate(); err != nil {
		return picture{}, err
	}
	l := newCurveLayout(f)
	return picture{f.Caption, f.Description(), l.width, l.height, func(c vg.Canvas) { paintCurves(c, l, f) }}, nil
}

// Markdown is the page text of the figure with its picture: number and headline,
// what was measured, where and when, source, data, and description in words.
// Links are relative to the folder of the pictures.
func (f Curves) Markdown(number int) string {
	return f.page(number, []string{f.Where, f.When, strings.Join(f.units(), ", ")}, f.Name+".csv",
		"In words: "+escape(f.Description()), "How to read: "+f.reading(), "Not in the figure: "+escape(f.Note))
}

// units lists the units measured, in order of panels.
func (f Curves) units() (units []string) {
	seen := map[string]bool{}
	for _, c := range f.Panels {
		if !seen[c.Unit] {
			units = append(units, c.Unit)
		}
		seen[c.Unit] = true
	}
	return units
}

// Description says in words what the figure shows: the first and the last
// measurement of each panel, rounded to three significant figures.
func (f Curves) Description() string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s.", f.Measure)
	for _, c := range f.Panels {
		first, last := c.Points[0], c.Points[len(c.Points)-1]
		fmt.Fprintf(&b, " %s", strings.TrimSpace(c.Label))
		if c.Detail != "" {
			fmt.Fprintf(&b, ", at %s", c.Detail)
		}
		fmt.Fprintf(&b, ": %s %s at %s, %s %s at %s %s.", formatRounded(first.Value), c.Unit, formatRounded(first.Size),
			formatRounded(last.Value), c.Unit, formatRounded(last.Size), c.Of)
	}
	return b.String()
}

// reading explains the marks of the figure.
func (f Curves) reading() string {
	text := "Each dot is a measurement, the median where there are several; a line through it reaches from the least to the greatest of them. Every panel has its own axes, from zero."
	var through [ThroughLast + 1][]string
	for _, c := range f.Panels {
		through[c.Line] = append(through[c.Line], strings.TrimSpace(c.Label))
	}
	if last := through[ThroughLast]; len(last) > 0 {
		text += fmt.Sprintf(" The dashed line of %s is what would be in proportion to the greatest size: what lies above it is a part that does not grow.", listed(last))
	}
	if first := through[ThroughFirst]; len(first) > 0 {
		text += fmt.Sprintf(" The dashed line of %s is what would be in proportion to the least size.", listed(first))
	}
	return text
}

// listed writes a list in a sentence.
func listed(names []string) string {
	if n := len(names); n > 1 {
		return strings.Join(names[:n-1], ", ") + " and " + names[n-1]
	}
	return names[0]
}

// ownData is what the figure draws, for machines.
func (f Curves) ownData() []byte {
	number := func(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
	var b bytes.Buffer
	out := csv.NewWriter(&b)
	out.Write([]string{"panel", "size", "size_unit", "value", "unit", "lowest", "highest"}) // a buffer takes everything
	for _, c := range f.Panels {
		for _, p := range c.Points {
			out.Write([]string{c.Label, number(p.Size), c.Of, number(p.Value), c.Unit, number(p.Low), number(p.High)})
		}
	}
	out.Flush()
	return b.Bytes()
}
