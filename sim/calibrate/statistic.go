package calibrate

import "math"

// folds is into how many parts the reference table is divided: run i is in fold i
// modulo 10.
const folds = 10

// statistics are the semi-automatic summary statistics of some scores. Those of a
// run of the reference table come from a regression on the nine folds that it is
// not in, those of any other run are the mean over the ten regressions: a
// regression fits the runs that it is made from too well, so that with statistics
// of its own every interval would be too narrow.
type statistics struct {
	regressions [folds]*regression
	reference   [][]float64 // of the runs of the reference table
	sd          []float64   // over them
}

// statistics fits those of some scores.
func (t *table) statistics(which []int) *statistics {
	s := &statistics{sd: make([]float64, len(which)), reference: make([][]float64, len(t.outputs))}
	if len(which) == 0 {
		return s
	}
	for fold := range s.regressions {
		var others []int
		for run := range t.outputs {
			if run%folds != fold {
				others = append(others, run)
			}
		}
		s.regressions[fold] = t.fit(which, others)
		for run := fold; run < len(t.outputs); run += folds {
			s.reference[run] = s.regressions[fold].of(t.outputs[run])
		}
	}
	n := float64(len(s.reference))
	for c := range s.sd {
		mean := 0.0
		for _, values := range s.reference {
			mean += values[c] / n
		}
		for _, values := range s.reference {
			d := values[c] - mean
			s.sd[c] += float64(d*d) / n
		}
		s.sd[c] = math.Sqrt(s.sd[c])
	}
	return s
}

// of returns the statistics of a run's outputs.
func (s *statistics) of(outputs []float64) []float64 {
	values := make([]float64, len(s.sd))
	if len(values) == 0 {
		return values
	}
	for _, r := range s.regressions {
		for c, x := range r.of(outputs) {
			values[c] += x / folds
		}
	}
	return values
}

// away is how far a statistic is from the target, in standard deviations.
func (s *statistics) away(statistics, target []float64, c int) float64 {
	if s.sd[c] == 0 {
		return 0
	}
	return (statistics[c] - target[c]) / s.sd[c]
}

// distance is Euclidean in the statistics, each over its standard deviation.
func (s *statistics) distance(statistics, target []float64) float64 {
	sum := 0.0
	for c := range statistics {
		d := s.away(statistics, target, c)
		sum += float64(d * d)
	}
	return math.Sqrt(sum)
}
