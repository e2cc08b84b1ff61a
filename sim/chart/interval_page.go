package chart

import (
	"gonum.org/v1/plot/vg"
)

func (f Interval) picture() (picture, error) {
	if err := f.Validate(); err != nil {
		return picture{}, err
	}
	l := newIntervalLayout(f)
	return picture{f.Caption, f.Description(), l.width, l.height, func(c vg.Canvas) { paintInterval(c, l, f) }}, nil
}

// ownData is none: the data are where they were estimated.
func (f Interval) ownData() []byte { return nil }

// Markdown is the page text of the figure with its picture: number and headline,
// measure, geography, period and unit, source, data, description in words, and
// what the intervals leave out. Links are relative to the folder of the pictures.
func (f Interval) Markdown(number int) string {
	return f.page(number, []string{f.Geography, f.Period, f.Unit}, f.Data,
		"In words: "+escape(f.Description()),
		"How to read: the light bar is what was believed before, the dark bar after; each runs from the 5% to the 95% quantile, and the line across it is the median.",
		"Uncertainty: "+escape(f.Note))
}
