package store

import (
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

// Observation is a value of a published series that a run opened with, for figures
// of its result: a stock at a date, or a flow over the month or quarter that ends
// with it.
type Observation struct {
	Output string // of the model, or of measure.Quarterly
	Unit   string
	Every  string // Month or Quarter
	Date   clock.Date
	Value  float64
	Source string
}

// How often a series is published.
const (
	Month   = "month"
	Quarter = "quarter"
)

var publishedTable = table[Observation]{
	"published.csv",
	[]string{"output", "unit", "every", "date", "value", "source"},
	func(o Observation) []string {
		return append([]string{o.Output, o.Unit, o.Every, o.Date.String()}, append(numbers(o.Value), o.Source)...)
	},
	func(r *record) Observation {
		o := Observation{Output: r.text("output"), Unit: r.text("unit"), Every: r.text("every"), Date: r.date("date"), Value: r.number("value"), Source: r.text("source")}
		if _, known := measure.ByName(o.Output); !known && measure.QuarterlyByName(o.Output) == nil {
			r.fail("output", "an output that is published")
		}
		if o.Every != Month && o.Every != Quarter {
			r.fail("every", Month+" or "+Quarter)
		}
		if r.cell("value") == "" {
			r.fail("value", "a number")
		}
		return o
	},
}

// Keep says what was published of outputs when the run opened. The result holds it,
// so that figures show what the run was started from, whatever has been published or
// revised since.
func (w *Writer) Keep(published []Observation) { w.published = published }

// PublishedOf returns what was published of an output every month or quarter when
// the run opened, in order of date; nothing where no series matches.
func (r *Result) PublishedOf(output, every string) []Observation {
	return slices.DeleteFunc(slices.Clone(r.Published), func(o Observation) bool { return o.Output != output || o.Every != every })
}
