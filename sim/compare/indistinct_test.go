package compare

import "testing"

// TestAnIntervalThatEndsAtZeroHoldsIt: an effect is distinct from none only if zero
// is outside the interval of its mean.
func TestAnIntervalThatEndsAtZeroHoldsIt(t *testing.T) {
	for _, c := range []struct {
		low, high  float64
		indistinct bool
	}{{-1, 1, true}, {0, 2, true}, {-2, 0, true}, {0.1, 2, false}, {-2, -0.1, false}} {
		d := Difference{N: 10, Mean: (c.low + c.high) / 2, CILow: c.low, CIHigh: c.high, Q05: -3, Q95: 3, PPositive: 0.5}
		if got := d.Indistinct(); got != c.indistinct {
			t.Errorf("interval from %v to %v: indistinct is %v, want %v", c.low, c.high, got, c.indistinct)
		}
	}
}
