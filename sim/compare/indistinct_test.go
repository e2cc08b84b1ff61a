package compare

import "testing"

// TestAnEffectIsDistinctBelowFivePerCent: an effect is distinct from none only if
// its adjusted p-value is below 0.05; with one regime that is where zero is outside
// the interval of the mean.
func TestAnEffectIsDistinctBelowFivePerCent(t *testing.T) {
	for p, want := range map[float64]bool{1: true, 0.051: true, 0.05: true, 0.049: false, 0: false} {
		d := Difference{N: 10, Mean: 1, Q05: -3, Q95: 3, PPositive: 0.5, PHolm: p}
		if got := d.Indistinct(); got != want {
			t.Errorf("p of %v: indistinct is %v, want %v", p, got, want)
		}
	}
	for _, c := range []struct {
		low, high  float64
		indistinct bool
	}{{-1, 1, true}, {-0.01, 2, true}, {-2, 0.01, true}, {0.1, 2, false}, {-2, -0.1, false}} {
		d := []Difference{{Mean: (c.low + c.high) / 2, CILow: c.low, CIHigh: c.high, Q05: -3, Q95: 3, PPositive: 0.5}}
		d[0].Restore(10, Design{})
		Adjust(d)
		if got := d[0].Indistinct(); got != c.indistinct {
			t.Errorf("interval from %v to %v: indistinct is %v, want %v", c.low, c.high, got, c.indistinct)
		}
	}
}
