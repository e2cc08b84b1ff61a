package asylum

import (
	"errors"
	"fmt"
	"math"
)

// margin is one way to sort the cells of a table into classes, with what the
// cells of each class shall sum to.
type margin struct {
	name string
	// class is the class of each cell.
	class  []int
	target []float64
	// label names a class in messages.
	label func(class int) string
}

// The bounds of raking: how far sums may stay from their targets, as a share
// of the table's total, and after how many rounds it is given up. Tables that
// can be raked need a few dozen.
const (
	rakingTolerance = 1e-9
	rakingRounds    = 10000
)

// rake scales a table of cells, none negative, until the classes of every
// margin sum to their targets: iterative proportional fitting (Deming and
// Stephan 1940, doi:10.1214/aoms/1177731829). The result is the seed times one
// factor for each class of each margin, so that all odds ratios which no
// margin speaks of are those of the seed, and cells of 0 stay 0. Of all tables
// that meet the margins it is the nearest to the seed in relative entropy
// (Csiszar 1975, doi:10.1214/aop/1176996454).
//
// It returns an error that names the figures if the margins contradict one
// another, or the cells of 0; the cells are then of no use.
func rake(cells []float64, margins []margin) error {
	if err := rakable(cells, margins); err != nil {
		return err
	}
	most := 0
	total := 0.0
	for i := range margins {
		most = max(most, len(margins[i].target))
	}
	for _, x := range margins[0].target {
		total += x
	}
	sums := make([]float64, most)
	for range rakingRounds {
		furthest := 0.0
		for i := range margins {
			_, gap := margins[i].scale(cells, sums)
			furthest = max(furthest, gap)
		}
		if furthest <= rakingTolerance*total {
			return nil
		}
	}
	return unmet(cells, margins, sums)
}

// scale brings every class of a margin to its target, and returns which class
// was furthest from it, and how far. Sums are left as they were before.
func (m *margin) scale(cells, sums []float64) (worst int, gap float64) {
	m.sum(cells, sums)
	for class, target := range m.target {
		if d := math.Abs(sums[class] - target); d > gap {
			worst, gap = class, d
		}
	}
	for cell, class := range m.class {
		if sums[class] > 0 {
			cells[cell] *= m.target[class] / sums[class]
		}
	}
	return worst, gap
}

// sum adds up the cells of each class.
func (m *margin) sum(cells, sums []float64) {
	clear(sums)
	for cell, class := range m.class {
		sums[class] += cells[cell]
	}
}

// rakable looks for contradictions that show before any fitting, and returns
// all of them.
func rakable(cells []float64, margins []margin) error {
	var faults []error
	first := 0.0
	for i := range margins {
		m := &margins[i]
		sums := make([]float64, len(m.target))
		m.sum(cells, sums)
		total := 0.0
		for class, target := range m.target {
			switch {
			case !(target >= 0):
				faults = append(faults, fmt.Errorf("%s: %.0f in %s, want 0 or more", m.name, target, m.label(class)))
			case target > 0 && sums[class] == 0:
				faults = append(faults, fmt.Errorf("%s: %.0f in %s, but nobody can be there", m.name, target, m.label(class)))
			}
			total += target
		}
		if i == 0 {
			first = total
		} else if !(math.Abs(total-first) <= rakingTolerance*first) {
			faults = append(faults, fmt.Errorf("%s sums to %.0f, %s to %.0f: want the same", margins[0].name, first, m.name, total))
		}
	}
	return errors.Join(faults...)
}

// unmet says of every margin which class is furthest from its target when the
// others are met.
func unmet(cells []float64, margins []margin, sums []float64) error {
	faults := []error{fmt.Errorf("the totals are not all met after %d rounds of proportional fitting, as some cells must be empty", rakingRounds)}
	for i := range margins {
		m := &margins[i]
		if worst, gap := m.scale(cells, sums); gap >= 0.5 {
			faults = append(faults, fmt.Errorf("%s: %.0f in %s, where %.0f would fit", m.name, m.target[worst], m.label(worst), sums[worst]))
		}
	}
	return errors.Join(faults...)
}
