package chart

import (
	"fmt"
	"strings"
)

// Curves is a figure of measurements: one to MaxPanels small panels, each of a
// quantity against what it grows with, on axes of its own that begin at zero.
type Curves struct {
	Caption
	Where  string // on what it was measured, such as a machine
	When   string // date of the measurement
	Panels []Curve
}

// Curve is one panel: measurements in ascending order of size.
type Curve struct {
	Label  string // title of the panel: "Years"
	Detail string // what was held the same, as part of a sentence
	Of     string // what the sizes count, with their unit: "years"
	Unit   string // unit of what is measured: "seconds"
	Points []Measurement
	Line   Proportion
}

// Measurement is what was measured at one size, with the range of repeated
// measurements.
type Measurement struct {
	Size             float64
	Value, Low, High float64
}

// Proportion says where the line of proportion of a panel runs: from zero
// through one of its points.
type Proportion uint8

// The lines of proportion.
const (
	NoLine Proportion = iota
	ThroughFirst
	ThroughLast
)

// slope is the rise of the line of proportion, 0 where there is none.
func (c Curve) slope() float64 {
	var p Measurement
	switch c.Line {
	case ThroughFirst:
		p = c.Points[0]
	case ThroughLast:
		p = c.Points[len(c.Points)-1]
	default:
		return 0
	}
	return p.Value / p.Size
}

// extent is the greatest size and the greatest value of a panel, its line of
// proportion included.
func (c Curve) extent() (size, value float64) {
	for _, p := range c.Points {
		size, value = max(size, p.Size), max(value, p.High)
	}
	return size, max(value, c.slope()*size)
}

// Validate reports everything that keeps a figure from being drawn and
// published, all problems at once.
func (f Curves) Validate() error {
	p := f.problems(entry{"where", f.Where}, entry{"when", f.When})
	if n := len(f.Panels); n < 1 || n > MaxPanels {
		p.fail("%d panels: want 1 to %d", n, MaxPanels)
	}
	for _, c := range f.Panels {
		for _, err := range c.problems() {
			p.fail("panel %q: %w", c.Label, err)
		}
	}
	return p.err()
}

func (c Curve) problems() (problems []error) {
	for _, part := range []struct{ key, text string }{{"label", c.Label}, {"of", c.Of}, {"unit", c.Unit}} {
		if strings.TrimSpace(part.text) == "" {
			problems = append(problems, fmt.Errorf("%s is empty", part.key))
		}
	}
	if len(c.Points) < 2 {
		problems = append(problems, fmt.Errorf("%d points: want 2 or more to draw a line", len(c.Points)))
	}
	for i, p := range c.Points {
		switch {
		case !(p.Size > 0) || !finite(p.Size):
			problems = append(problems, fmt.Errorf("a size is %v: want a number above 0", p.Size))
		case i > 0 && p.Size <= c.Points[i-1].Size:
			problems = append(problems, fmt.Errorf("size %v does not come after %v: sizes must ascend", p.Size, c.Points[i-1].Size))
		case !finite(p.High) || !(p.Low >= 0) || p.Value < p.Low || p.Value > p.High || p.High <= 0:
			problems = append(problems, fmt.Errorf("at size %v: %v in a range of %v to %v: want a number of 0 or more in its range", p.Size, p.Value, p.Low, p.High))
		}
	}
	return problems
}
