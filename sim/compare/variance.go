package compare

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

// Split is the variance of an output over replications, told apart into what
// the parameters bring and what chance brings at given parameters. It needs
// several replications to a draw of the parameters.
type Split struct {
	Regime string
	Less   string // the base for differences from it; empty for the output itself
	Output measure.Output
	Period string

	Draws, Inner int     // of them: draws of the parameters, replications to each
	Parameters   float64 // variance between draws, in the output's unit squared; not below 0
	Chance       float64 // variance within draws
}

// Share is the part of the variance that the parameters bring; 0 where nothing
// varies.
func (s Split) Share() float64 {
	if total := s.Parameters + s.Chance; total > 0 {
		return s.Parameters / total
	}
	return 0
}

// Splits tells apart the variances of every output over every period, for each
// regime and for each difference from the base. It returns nothing where no
// replications share a draw.
func Splits(regimes []string, t *clock.Timeline, d Design, source Source) ([]Split, error) {
	if d.Inner < 2 || d.Stratified {
		return nil, nil
	}
	parts := make([][]Split, len(regimes))
	for o := range measure.NumOutputs {
		var base Sample
		for r, regime := range regimes {
			s, err := source(r, o)
			if err != nil {
				return nil, err
			}
			if r == 0 {
				base = s
			}
			for _, p := range Periods(t) {
				values := s.Over(p)
				row := Split{Regime: regime, Output: o, Period: p.Label}
				row.take(values, d.Inner, perUnit(o))
				parts[r] = append(parts[r], row)
				if r > 0 {
					row.Less = regimes[0]
					row.take(less(values, base.Over(p)), d.Inner, perUnit(o))
					parts[r] = append(parts[r], row)
				}
			}
		}
	}
	var rows []Split
	for _, part := range parts {
		rows = append(rows, part...)
	}
	return rows, nil
}

// take computes the variances by the analysis of variance of one random effect
// with equal groups: within draws the mean square MSW, between draws
// (MSB - MSW) / m, cut at 0 (Searle, Casella & McCulloch 1992, Variance
// Components, section 3.6). A draw with fewer replications at the end is left
// out.
func (s *Split) take(values []int64, inner int, perUnit int64) {
	draws := len(values) / inner
	s.Draws, s.Inner, s.Parameters, s.Chance = draws, inner, 0, 0
	if draws < 2 {
		return
	}
	means, grand, within := make([]float64, draws), 0.0, 0.0
	for g := range means {
		own := values[g*inner : (g+1)*inner]
		for _, v := range own {
			means[g] += float64(v) / float64(inner)
		}
		for _, v := range own {
			off := float64(v) - means[g]
			within += float64(off * off)
		}
		grand += means[g] / float64(draws)
	}
	between := 0.0
	for _, m := range means {
		between += float64((m - grand) * (m - grand))
	}
	scale := float64(perUnit) * float64(perUnit)
	msw := within / float64(draws*(inner-1))
	s.Chance = msw / scale
	s.Parameters = max(0, between/float64(draws-1)-msw/float64(inner)) / scale
}
