package compare

import "fmt"

// EnoughRuns is the fewest runs of which a range holds 90%: between the 5th and
// the 95th percentile (see Statistics) lie n-2 of n runs below it, fewer than 90%.
const EnoughRuns = 20

// Range returns the ends of the range of runs that is shown to people, which
// RangeOf names: the 5th and the 95th percentile of enough runs, the lowest and
// the highest of fewer.
func (s Statistics) Range() (low, high float64) {
	if s.N < EnoughRuns {
		return s.Lowest, s.Highest
	}
	return s.Q05, s.Q95
}

// RangeOf says what the range of n runs holds.
func RangeOf(n int) string {
	switch {
	case n == 1:
		return "one run"
	case n < EnoughRuns:
		return fmt.Sprintf("lowest to highest of %d runs", n)
	}
	return "90% of runs"
}

// explainRange says what the range of a mean over n runs is.
func explainRange(n int) string {
	if n < EnoughRuns {
		return fmt.Sprintf("the range is from the lowest to the highest run: %d runs are too few for one that holds 90%% of them, which takes %d.", n, EnoughRuns)
	}
	return "90% of single runs lie in the range (5th to 95th percentile)."
}
