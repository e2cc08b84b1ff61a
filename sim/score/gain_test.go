package score

import (
	"math"
	"math/rand/v2"
	"testing"
)

// TestGainByHand: without a lag the standard error is that of a mean of
// independent values, here 1, 2, 3 and 6: mean 3, squares 4+1+0+9 = 14, divided by
// n(n-1) = 12. With a lag of one half of twice the products of neighbours, 2+0+0,
// over n is added: (14+2)/12.
func TestGainByHand(t *testing.T) {
	for lag, want := range map[int]float64{0: math.Sqrt(14.0 / 12), 1: math.Sqrt(16.0 / 12)} {
		mean, se := Gain([]float64{1, 2, 3, 6}, lag)
		if mean != 3 || math.Abs(se-want) > 1e-12 {
			t.Errorf("lag %d: %v, %v; want 3, %v", lag, mean, se, want)
		}
	}
	if mean, se := Gain([]float64{5}, 2); mean != 5 || !math.IsNaN(se) {
		t.Errorf("of one quarter: %v, %v", mean, se)
	}
	if _, se := Gain([]float64{4, 4, 4}, 9); se != 0 {
		t.Errorf("of equal gains: %v", se)
	}
}

// TestGainOfOverlappingForecasts: moving sums of four independent values have the
// standard deviation of their mean that theory gives, 4 sd/sqrt(n) for many; the
// error that knows of no overlap is half as large.
func TestGainOfOverlappingForecasts(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	const n, runs = 400, 300
	with, without := 0.0, 0.0
	for range runs {
		z := make([]float64, n+3)
		for i := range z {
			z[i] = r.NormFloat64()
		}
		sums := make([]float64, n)
		for i := range sums {
			sums[i] = z[i] + z[i+1] + z[i+2] + z[i+3]
		}
		_, a := Gain(sums, 12)
		_, b := Gain(sums, 0)
		with, without = with+a/runs, without+b/runs
	}
	theory := 4 / math.Sqrt(n)
	// The weights of Newey & West at a lag of 12 leave out a part: of the long-run
	// variance 16 they count 4 + 2 (3 12/13 + 2 11/13 + 10/13) = 14.5.
	if want := theory * math.Sqrt(14.46/16); math.Abs(with/want-1) > 0.05 {
		t.Errorf("standard error %v, theory %v", with, want)
	}
	if math.Abs(without/(theory/2)-1) > 0.05 {
		t.Errorf("without overlap %v, want %v", without, theory/2)
	}
}
