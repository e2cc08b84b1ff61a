package asylum

import (
	"testing"

	"asylumsim/sim/unit"
)

// TestAFractionMayFallShortByChance: in the whole a shortage of one case is a
// contradiction. In a fraction only one is that chance does not explain: more than 5
// standard deviations, each the square root of the candidates and one more. Of 51 they
// are 36.06.
func TestAFractionMayFallShortByChance(t *testing.T) {
	for _, c := range []struct {
		fraction   unit.Fraction
		candidates int
		wanted     unit.Cases
		want       int
	}{
		{1, 10, 8, 8}, {1, 10, 11, 11},
		{100, 10, 8, 8}, {100, 10, 11, 10},
		{1000, 0, 5, 0}, {1000, 0, 6, 6},
		{2, 51, 87, 51}, {2, 51, 88, 88}, {2, 20000, 27000, 27000},
	} {
		d := drawing{model: &Model{fraction: c.fraction}}
		if got := d.asManyAs(c.candidates, c.wanted); got != c.want {
			t.Errorf("fraction %v: %d candidates for %d cases: %d, want %d", c.fraction, c.candidates, c.wanted, got, c.want)
		}
	}
}
