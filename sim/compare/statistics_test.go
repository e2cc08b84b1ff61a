package compare

import (
	"math"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// Hand-worked cases of the type 7 rule: h = (n-1)p, then linearly between the
// order statistics around h.
func TestQuantilesAgainstHandWorkedCases(t *testing.T) {
	for _, c := range []struct {
		name    string
		values  []int64
		percent int
		perUnit int64
		want    float64
	}{
		{"one value is every quantile", []int64{7}, 95, 1, 7},
		{"median of an odd number is the middle", []int64{30, 10, 20}, 50, 1, 20},
		{"median of an even number is half-way", []int64{10, 20, 30, 40}, 50, 1, 25},
		{"n = 4, 25%: h = 0.75", []int64{10, 20, 30, 40}, 25, 1, 17.5},
		{"n = 5, 5%: h = 0.2", []int64{100, 200, 300, 400, 500}, 5, 1, 120},
		{"n = 20, 95%: h = 18.05", []int64{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 40}, 95, 1, 20.05},
		{"n = 101, 75%: h = 75 exactly", upTo(101), 75, 1, 75},
		{"below zero", []int64{-40, -30, -20, -10}, 25, 1, -32.5},
		{"pence told in pounds", []int64{1, 2}, 50, 100, 0.015},
	} {
		sorted := slices.Sorted(slices.Values(c.values))
		if got := quantile(sorted, c.percent, c.perUnit); got != c.want {
			t.Errorf("%s: quantile %d%% of %v = %v, want %v", c.name, c.percent, c.values, got, c.want)
		}
	}
}

func upTo(n int) []int64 {
	values := make([]int64, n)
	for i := range values {
		values[i] = int64(i)
	}
	return values
}

func TestDescribeByHand(t *testing.T) {
	// 2, 4, 4, 4, 5, 5, 7, 9: mean 5, squared deviations add up to 32.
	got := Describe([]int64{9, 2, 4, 5, 4, 7, 5, 4}, 1)
	sd := math.Sqrt(32.0 / 7)
	if got.N != 8 || got.Mean != 5 || got.SD != sd || got.MCSE != sd/math.Sqrt(8) {
		t.Errorf("got n %d, mean %v, sd %v, mcse %v; want 8, 5, %v, %v", got.N, got.Mean, got.SD, got.MCSE, sd, sd/math.Sqrt(8))
	}
	one := Describe([]int64{1234}, 100)
	if one.Mean != 12.34 || one.Q05 != 12.34 || !math.IsNaN(one.SD) || !math.IsNaN(one.MCSE) {
		t.Errorf("one replication: got %+v, want mean 12.34 and no sd", one)
	}
}

// Moments are exact for numbers far beyond 2^53 that differ by little, where
// sums of floating-point squares lose every digit, and equal the rational
// result in general.
func TestMomentsAgainstRationalArithmetic(t *testing.T) {
	same := Describe([]int64{1<<60 + 1, 1<<60 + 1, 1<<60 + 1}, 1)
	if same.SD != 0 {
		t.Errorf("equal values have sd %v, want exactly 0", same.SD)
	}
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-1e14, 1e14), 2, 40).Draw(t, "values")
		n := int64(len(values))
		sum, squares := new(big.Int), new(big.Int)
		for _, v := range values {
			b := big.NewInt(v)
			sum.Add(sum, b)
			squares.Add(squares, new(big.Int).Mul(b, b))
		}
		mean := new(big.Rat).SetFrac(sum, big.NewInt(n))
		top := new(big.Int).Mul(squares, big.NewInt(n))
		top.Sub(top, new(big.Int).Mul(sum, sum))
		variance := new(big.Rat).SetFrac(top, big.NewInt(n*(n-1)))
		wantMean, _ := mean.Float64()
		wantVariance, _ := variance.Float64()

		gotMean, gotVariance := moments(slices.Sorted(slices.Values(values)))
		if math.Abs(gotMean-wantMean) > 1e-15*2e14 || math.Abs(gotVariance-wantVariance) > 1e-15*wantVariance {
			t.Fatalf("moments of %v: %v, %v; want %v, %v", values, gotMean, gotVariance, wantMean, wantVariance)
		}
	})
}

func TestStatisticsDoNotDependOnTheOrderOfReplications(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		values := rapid.SliceOfN(rapid.Int64Range(-1e12, 1e12), 2, 30).Draw(t, "values")
		other := rapid.Permutation(values).Draw(t, "other")
		if a, b := Describe(values, 100), Describe(other, 100); a != b {
			t.Fatalf("%+v in one order, %+v in another", a, b)
		}
	})
}

func TestValuesBeyondExactStatisticsPanic(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("sums of squares beyond 128 bits passed in silence")
		}
	}()
	Describe([]int64{math.MinInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64, math.MaxInt64}, 1)
}

// Student's t against the printed tables (97.5% points), to their last digit.
func TestHalfWidthAgainstPublishedStudentPoints(t *testing.T) {
	for _, c := range []struct {
		n    int
		want float64
	}{{2, 12.706}, {3, 4.303}, {6, 2.571}, {10, 2.262}, {20, 2.093}, {31, 2.042}, {101, 1.984}, {1001, 1.962}} {
		if got := HalfWidth(c.n, 1); math.Abs(got-c.want) > 0.0005 {
			t.Errorf("half-width for n = %d: %.4f, table %.3f", c.n, got, c.want)
		}
	}
	// n = 2 is Cauchy: tan(0.475π).
	if got, want := HalfWidth(2, 1), math.Tan(0.475*math.Pi); math.Abs(got-want) > 1e-11*want {
		t.Errorf("half-width for n = 2: %.15g, theory %.15g", got, want)
	}
}

// The interval of a paired difference covers the true mean in 95% of
// experiments. With 1,000 experiments the sampling error of the coverage is
// 0.7 points; the seed is fixed, the bounds are those of the standard.
func TestIntervalCoversTheTruthInNineteenOfTwentyExperiments(t *testing.T) {
	const experiments, n, truth, unit = 1000, 10, 0.7, 1e6
	rng := rand.New(rand.NewPCG(1, 2))
	covered := 0
	for range experiments {
		base, other := make([]int64, n), make([]int64, n)
		for r := range n {
			shared := 5 * rng.NormFloat64()
			base[r] = int64(math.Round(unit * shared))
			other[r] = int64(math.Round(unit * (shared + truth + rng.NormFloat64())))
		}
		if d := pair(other, base, unit, Design{}); d.CILow <= truth && truth <= d.CIHigh {
			covered++
		}
	}
	if covered < 930 || covered > 970 {
		t.Errorf("the 95%% interval covered the truth in %d of %d experiments, want 930 to 970", covered, experiments)
	}
	t.Logf("covered %d of %d", covered, experiments)
}
