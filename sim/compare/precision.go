package compare

import (
	"fmt"
	"math"

	"asylumsim/sim/measure"
)

// Target is how precisely a mean is to be known: half the width of its 95%
// interval, in the output's unit, over the whole run. It is of the difference
// from the base where there are other regimes, of the base itself where not.
type Target struct {
	Output    measure.Output
	HalfWidth float64
}

// Precision is the sequential rule by which a run has enough replications
// (Hoad, Robinson & Davies 2010, Journal of the Operational Research Society
// 61(11)): every chosen mean of every regime is as precise as asked for, and
// has stayed so for some replications more. It is judged in the order of the
// replications, so that how many are enough does not depend on the workers.
type Precision struct {
	targets []Target
	months  int
	design  Design
	values  [][][]int64 // by target, regime and replication: over the whole run
	held    int         // replications since which all are precise enough
}

// The numbers of the rule.
const (
	// leastPrecise is the number of independent observations below which
	// precision is not judged.
	leastPrecise = 10
	lookAhead    = 5    // replications for which precision must hold
	lookFurther  = 0.05 // of them, above 100
)

// NewPrecision begins to judge a run of so many months.
func NewPrecision(targets []Target, regimes, months int, design Design) *Precision {
	p := &Precision{targets: targets, months: months, design: design}
	for range targets {
		p.values = append(p.values, make([][]int64, regimes))
	}
	return p
}

// Add takes the next replication and reports whether there are enough.
func (p *Precision) Add(runs []*measure.Run) bool {
	whole := Period{First: 0, Last: p.months - 1}
	for i, target := range p.targets {
		for r, run := range runs {
			p.values[i][r] = append(p.values[i][r], SampleOf(target.Output, []*measure.Run{run}).Over(whole)...)
		}
	}
	n := len(p.values[0][0])
	if p.design.Units(n) < leastPrecise || !p.precise() {
		p.held = 0
		return false
	}
	p.held++
	return p.held > max(lookAhead, int(math.Ceil(lookFurther*float64(n))))
}

func (p *Precision) precise() bool {
	for i, target := range p.targets {
		if !(p.widest(i) <= target.HalfWidth) {
			return false
		}
	}
	return true
}

// widest is the widest half-width of a target among the regimes.
func (p *Precision) widest(target int) float64 {
	values, widest := p.values[target], 0.0
	for r := range values {
		own := values[r]
		switch {
		case r == 0 && len(values) > 1:
			continue // the base itself is not asked about
		case r > 0:
			own = less(own, values[0])
		}
		d := p.design.describe(own, perUnit(p.targets[target].Output))
		half := HalfWidth(p.design.Units(len(own)), d.MCSE)
		if math.IsNaN(half) {
			return math.Inf(1)
		}
		widest = max(widest, half)
	}
	return widest
}

// Achieved says, for people, how precise each target is.
func (p *Precision) Achieved() []string {
	var lines []string
	for i, t := range p.targets {
		verdict := "reached"
		widest := p.widest(i)
		if !(widest <= t.HalfWidth) {
			verdict = "not reached"
		}
		lines = append(lines, fmt.Sprintf("%s: ±%s %s at most after %d replications, ±%s asked for: %s",
			t.Output, FormatNumber(math.Round(widest*1000)/1000), t.Output.Define().Unit, len(p.values[i][0]), FormatNumber(t.HalfWidth), verdict))
	}
	return lines
}
