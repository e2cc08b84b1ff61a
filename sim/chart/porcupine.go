package chart

import (
	"fmt"

	"asylumsim/sim/clock"
)

// Porcupine is a figure of past forecasts of one measure: the published series
// as a line, and from each forecast origin a quill, which is what the model
// said then. The axis of values begins at zero, so that no value may be
// negative.
type Porcupine struct {
	Caption
	Geography string // "United Kingdom"
	Period    string // "end of quarter, March 2018 to December 2025"
	Unit      string // "people", "cases", "GBP per quarter"
	Data      string // link to the data; NAME.csv where empty, which is then written
	// OfQuarters says that each value counts a whole quarter, so that words tell
	// its date as the end of that quarter.
	OfQuarters bool
	// Findings say in a sentence each what the forecasts are worth, such as
	// scores and the horizon that they support.
	Findings []string
	History  []Point
	Quills   []Quill // by origin
}

// Quill is the forecast of one origin: quantiles over runs at each date, in the
// unit of the figure. The slices have equal length and dates ascend.
type Quill struct {
	Origin        clock.Date // on which the forecast was made
	From          Point      // last published value known at the origin, where the quill starts
	Dates         []clock.Date
	Q05, Q50, Q95 []float64
}

// Validate reports everything that keeps a figure from being drawn and
// published, all problems at once.
func (f Porcupine) Validate() error {
	p := f.problems(entry{"geography", f.Geography}, entry{"period", f.Period}, entry{"unit", f.Unit})
	if len(f.History) < 2 {
		p.fail("history has %d points: want 2 or more to draw a line", len(f.History))
	}
	p.history(f.History, countable, "a number of 0 or more")
	if len(f.Quills) == 0 {
		p.fail("no quills: want a forecast or more")
	}
	for i, q := range f.Quills {
		if i > 0 && q.Origin <= f.Quills[i-1].Origin {
			p.fail("origin %s does not come after %s: origins must ascend", q.Origin, f.Quills[i-1].Origin)
		}
		for _, err := range q.problems() {
			p.fail("origin %s: %w", q.Origin, err)
		}
	}
	return p.err()
}

func (q Quill) problems() (problems []error) {
	fail := func(format string, a ...any) { problems = append(problems, fmt.Errorf(format, a...)) }
	if q.From.Date > q.Origin {
		fail("starts from %s, which is not known yet", q.From.Date)
	}
	if !countable(q.From.Value) {
		fail("starts from %v: want a number of 0 or more", q.From.Value)
	}
	if len(q.Dates) == 0 {
		fail("0 dates: want 1 or more")
	}
	series := q.quantiles()
	for i, values := range series {
		if len(values) != len(q.Dates) {
			fail("%s has %d values for %d dates", quillNames[i], len(values), len(q.Dates))
			return problems
		}
	}
	for t, date := range q.Dates {
		switch {
		case date <= q.Origin:
			fail("forecasts %s: want a date after the origin", date)
		case t > 0 && date <= q.Dates[t-1]:
			fail("%s does not come after %s: dates must ascend", date, q.Dates[t-1])
		}
		for i, values := range series {
			if !countable(values[t]) {
				fail("%s at %s is %v: want a number of 0 or more", quillNames[i], date, values[t])
			} else if i > 0 && values[t] < series[i-1][t] {
				fail("%s at %s is %v, below %s, %v", quillNames[i], date, values[t], quillNames[i-1], series[i-1][t])
			}
		}
	}
	return problems
}

var quillNames = [...]string{"q05", "q50", "q95"}

func (q Quill) quantiles() [3][]float64 { return [...][]float64{q.Q05, q.Q50, q.Q95} }

// countable reports whether a value can stand on an axis that begins at zero.
func countable(v float64) bool { return v >= 0 && finite(v) }
