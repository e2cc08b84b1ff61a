package score

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
	"pgregory.net/rapid"
)

// Sampled tests have fixed seeds. With others a test whose limit is 4 standard
// errors would fail by chance once in 16,000, one of chi-square once in 1,000.

// generator is a fixed source of luck.
func generator(seed uint64) *rand.Rand { return rand.New(rand.NewPCG(seed, 2022)) }

// normals is a sample of a normal distribution.
func normals(g *rand.Rand, n int, mean, sd float64) []float64 {
	values := make([]float64, n)
	for i := range values {
		values[i] = mean + sd*g.NormFloat64()
	}
	return values
}

// panics reports whether a function panics.
func panics(f func()) (did bool) {
	defer func() { did = recover() != nil }()
	f()
	return false
}

// TestNewEnsembleSortsACopy: the values of the caller stay as they were.
func TestNewEnsembleSortsACopy(t *testing.T) {
	values := []float64{3, -1, 2}
	e := NewEnsemble(values)
	if !slices.Equal(e, Ensemble{-1, 2, 3}) {
		t.Errorf("the ensemble is %v: want -1, 2, 3", e)
	}
	e[0] = 7
	if !slices.Equal(values, []float64{3, -1, 2}) {
		t.Errorf("the values have become %v", values)
	}
}

// TestNewEnsembleWantsNumbers: a forecast without a value, or with one that is
// no number, is a fault of the program.
func TestNewEnsembleWantsNumbers(t *testing.T) {
	for name, values := range map[string][]float64{"none": nil, "empty": {}, "one is no number": {1, math.NaN(), 2}} {
		if !panics(func() { NewEnsemble(values) }) {
			t.Errorf("%s: no panic", name)
		}
	}
	if panics(func() { NewEnsemble([]float64{0}) }) {
		t.Error("a single value is an ensemble")
	}
}

// TestCRPSByHand: of 1, 2 and 4 when 3 comes. The mean distance is (2+1+1)/3,
// the distances between pairs are 1, 2 and 3, so that half their mean over all
// nine is 2/3. The integral of the squared difference of the steps says the
// same: 1/9 from 1 to 2, 4/9 from 2 to 3, 1/9 from 3 to 4.
func TestCRPSByHand(t *testing.T) {
	for _, c := range []struct {
		values     []float64
		came, want float64
	}{
		{[]float64{1, 2, 4}, 3, 2.0 / 3},
		{[]float64{5}, 3, 2},             // of one value it is the distance
		{[]float64{5}, 5, 0},             // and 0 where it was right
		{[]float64{2, 2, 2}, 3, 1},       // whatever the number of values
		{[]float64{0, 2}, 1, 0.5},        // 1 less half of 1
		{[]float64{0, 2}, 10, 9 - 0.5},   // far off, the spread still counts
		{[]float64{-2, 0}, -10, 9 - 0.5}, // on the other side alike
	} {
		if got := NewEnsemble(c.values).CRPS(c.came); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%v and %v comes: %v, want %v", c.values, c.came, got, c.want)
		}
	}
}

// TestCRPSIsTheDoubleSum: the score by sorting is that of equation 21 of
// Gneiting & Raftery summed over all pairs, is never negative, does not depend
// on where 0 is, and has the unit of the forecast.
func TestCRPSIsTheDoubleSum(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		number := rapid.OneOf(rapid.Float64Range(-1e4, 1e4), rapid.Map(rapid.IntRange(-3, 3), func(n int) float64 { return float64(n) }))
		values := rapid.SliceOfN(number, 1, 40).Draw(t, "values")
		came := number.Draw(t, "came")
		n := float64(len(values))
		want := 0.0
		for _, x := range values {
			want += math.Abs(x-came) / n
			for _, y := range values {
				want -= math.Abs(x-y) / (2 * n * n)
			}
		}
		got := NewEnsemble(values).CRPS(came)
		if math.Abs(got-want) > 1e-8 {
			t.Fatalf("score %v, the double sum is %v", got, want)
		}
		if got < -1e-8 {
			t.Fatalf("score %v is negative", got)
		}
		shift, factor := rapid.Float64Range(-100, 100).Draw(t, "shift"), rapid.Float64Range(0.1, 10).Draw(t, "factor")
		moved := make([]float64, len(values))
		for i, x := range values {
			moved[i] = shift + factor*x
		}
		if again := NewEnsemble(moved).CRPS(shift + factor*came); math.Abs(again-factor*got) > 1e-7 {
			t.Fatalf("score %v of values times %v plus %v: want %v", again, factor, shift, factor*got)
		}
	})
}

// TestNormalCRPSIsTheIntegral: the closed form is 0.2337 of the standard normal
// at 0, and everywhere the integral of the squared distance between the
// distribution function and the step at what came.
func TestNormalCRPSIsTheIntegral(t *testing.T) {
	if got := NormalCRPS(0, 1, 0); math.Abs(got-0.2337) > 5e-5 {
		t.Errorf("score of the standard normal at 0 is %.5f: want 0.2337", got)
	}
	for _, c := range []struct{ mean, sd, came float64 }{
		{0, 1, 0}, {0, 1, 1.5}, {0, 1, -1.5}, {3, 0.5, 3.2}, {-2, 4, 9}, {100, 20, 20},
	} {
		law := distuv.Normal{Mu: c.mean, Sigma: c.sd}
		// The midpoint rule on both sides of the step: the error is below h².
		integral := 0.0
		between := func(low, high float64, step float64) {
			const pieces = 20000
			h := (high - low) / pieces
			for i := range pieces {
				d := law.CDF(low+(float64(i)+0.5)*h) - step
				integral += d * d * h
			}
		}
		far := 10*c.sd + math.Abs(c.came-c.mean)
		between(c.mean-far, c.came, 0)
		between(c.came, c.mean+far, 1)
		if got := NormalCRPS(c.mean, c.sd, c.came); math.Abs(got-integral) > 1e-5*c.sd {
			t.Errorf("N(%v, %v) and %v comes: %v, the integral is %v", c.mean, c.sd, c.came, got, integral)
		}
	}
}

// TestCRPSOfManyQuantilesIsTheNormals: the more of the quantiles of a normal
// distribution an ensemble has, the nearer its score is to the closed form.
func TestCRPSOfManyQuantilesIsTheNormals(t *testing.T) {
	for _, came := range []float64{10, 12, 4.5, 25} {
		want, before := NormalCRPS(10, 3, came), math.Inf(1)
		for _, n := range []int{10, 100, 1000} {
			values := make([]float64, n)
			for i := range values {
				values[i] = distuv.Normal{Mu: 10, Sigma: 3}.Quantile((float64(i) + 0.5) / float64(n))
			}
			off := math.Abs(NewEnsemble(values).CRPS(came) - want)
			if off > before/3 {
				t.Errorf("%v comes: with %d values the score is off by %v, with a tenth by %v", came, n, off, before)
			}
			before = off
		}
		if before > 1e-3*3 {
			t.Errorf("%v comes: with 1000 values the score is off by %v", came, before)
		}
	}
}

// TestTheRightForecastScoresBest: what comes is standard normal. The mean score
// of a normal forecast is then known, E|X-Y| - E|X-X'|/2 with X of the forecast
// and Y of what comes, and least where the forecast is right: the score is proper.
func TestTheRightForecastScoresBest(t *testing.T) {
	const n = 20000
	came := normals(generator(1), n, 0, 1)
	quantiles := make([]float64, 200)
	right := math.NaN()
	for _, c := range []struct{ mean, sd float64 }{{0, 1}, {0.3, 1}, {-0.3, 1}, {0, 0.7}, {0, 1.4}, {1, 2}, {0.1, 0.1}} {
		for i := range quantiles {
			quantiles[i] = distuv.Normal{Mu: c.mean, Sigma: c.sd}.Quantile((float64(i) + 0.5) / float64(len(quantiles)))
		}
		e := NewEnsemble(quantiles)
		sum, squares := 0.0, 0.0
		for _, y := range came {
			x := e.CRPS(y)
			sum += x
			squares += x * x
		}
		mean := sum / n
		stderr := math.Sqrt((squares/n - mean*mean) / n)
		// The absolute mean of a normal, here of the difference of X and Y.
		sd := math.Sqrt(1 + c.sd*c.sd)
		distance := sd*math.Sqrt(2/math.Pi)*math.Exp(-c.mean*c.mean/(2*sd*sd)) + c.mean*math.Erf(c.mean/sd/math.Sqrt2)
		want := distance - c.sd/math.Sqrt(math.Pi)
		if z := (mean - want) / stderr; math.Abs(z) > 4 {
			t.Errorf("N(%v, %v): mean score %.4f ± %.4f, theory %.4f", c.mean, c.sd, mean, stderr, want)
		}
		switch {
		case math.IsNaN(right):
			right = mean
		case mean <= right:
			t.Errorf("N(%v, %v) scores %.4f, the right forecast %.4f", c.mean, c.sd, mean, right)
		}
	}
}

// ranks counts in tenths where what came falls among the 99 values of
// forecasts, of which what came has another mean and spread, and returns the
// chi-square statistic against a uniform distribution, with 9 degrees of freedom.
func ranks(t *testing.T, mean, sd float64) float64 {
	t.Helper()
	const n = 5000
	g := generator(3)
	var tenths [10]float64
	for range n {
		e := NewEnsemble(normals(g, 99, 0, 1))
		// From 0 to 99 of the values are below: 100 places, each alike.
		pit := e.PIT(mean + sd*g.NormFloat64())
		if pit < 0 || pit > 1 {
			t.Fatalf("PIT is %v", pit)
		}
		tenths[int(math.Round(pit*99))/10]++
	}
	statistic := 0.0
	for _, count := range tenths {
		statistic += (count - n/10) * (count - n/10) / (n / 10)
	}
	return statistic
}

// TestPITIsUniformOfARightForecast: what came is as likely at any place among
// the values of a forecast that is right, and not of one that is too high, too
// narrow or too wide.
func TestPITIsUniformOfARightForecast(t *testing.T) {
	limit := distuv.ChiSquared{K: 9}.Quantile(0.999)
	if got := ranks(t, 0, 1); got > limit {
		t.Errorf("right: chi-square %.1f, want at most %.1f", got, limit)
	}
	for name, c := range map[string]struct{ mean, sd float64 }{"too high": {-0.3, 1}, "too narrow": {0, 1.3}, "too wide": {0, 0.7}} {
		if got := ranks(t, c.mean, c.sd); got < limit {
			t.Errorf("%s: chi-square %.1f: the test cannot tell it from a right forecast", name, got)
		}
	}
}

// TestPITByHand: values equal to what came count half.
func TestPITByHand(t *testing.T) {
	e := NewEnsemble([]float64{2, 1, 3, 2})
	for came, want := range map[float64]float64{0: 0, 1: 0.125, 1.5: 0.25, 2: 0.5, 2.5: 0.75, 3: 0.875, 4: 1} {
		if got := e.PIT(came); got != want {
			t.Errorf("%v comes: %v, want %v", came, got, want)
		}
	}
}

// TestQuantileByHand: type 7 of Hyndman & Fan, as R has by default:
// quantile(c(1, 2, 4, 8), p).
func TestQuantileByHand(t *testing.T) {
	e := NewEnsemble([]float64{8, 4, 2, 1})
	for p, want := range map[float64]float64{0: 1, 0.1: 1.3, 0.25: 1.75, 0.5: 3, 0.75: 5, 0.9: 6.8, 1: 8} {
		if got := e.Quantile(p); math.Abs(got-want) > 1e-12 {
			t.Errorf("at %v: %v, want %v", p, got, want)
		}
	}
	for _, p := range []float64{0, 0.3, 1} {
		if got := NewEnsemble([]float64{7}).Quantile(p); got != 7 {
			t.Errorf("the only value at %v: %v", p, got)
		}
	}
}

// TestQuantilesAscend: within the values, from the least to the most, and each
// value at its own place.
func TestQuantilesAscend(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		e := NewEnsemble(rapid.SliceOfN(rapid.Float64Range(-1e6, 1e6), 1, 30).Draw(t, "values"))
		p, q := rapid.Float64Range(0, 1).Draw(t, "p"), rapid.Float64Range(0, 1).Draw(t, "q")
		low, high := e.Quantile(min(p, q)), e.Quantile(max(p, q))
		if low > high+1e-6 || low < e[0] || high > e[len(e)-1]+1e-6 {
			t.Fatalf("of %v: %v at %v, %v at %v", e, low, min(p, q), high, max(p, q))
		}
		i := rapid.IntRange(0, len(e)-1).Draw(t, "place")
		if len(e) > 1 {
			if got := e.Quantile(float64(i) / float64(len(e)-1)); math.Abs(got-e[i]) > 1e-6*(1+math.Abs(e[len(e)-1]-e[0])) {
				t.Fatalf("value %d of %v is %v", i, e, got)
			}
		}
	})
}

// TestCoversByHand: of 0, 1 to 100 the central 90% are 5 to 95, both included.
func TestCoversByHand(t *testing.T) {
	values := make([]float64, 101)
	for i := range values {
		values[i] = float64(i)
	}
	e := NewEnsemble(values)
	for _, c := range []struct {
		probability, came float64
		want              bool
	}{
		{0.9, 4.9, false}, {0.9, 5.1, true}, {0.9, 50, true}, {0.9, 94.9, true}, {0.9, 95.1, false},
		{0.5, 24, false}, {0.5, 25, true}, {0.5, 75, true}, {0.5, 76, false},
		{1, 0, true}, {1, 100, true}, {1, 100.1, false}, {0, 50, true}, {0, 51, false},
	} {
		if got := e.Covers(c.probability, c.came); got != c.want {
			t.Errorf("%v in the central %v: %v, want %v", c.came, c.probability, got, c.want)
		}
	}
}

// TestMeanByHand: the mean of the values.
func TestMeanByHand(t *testing.T) {
	if got := NewEnsemble([]float64{1, 2, 6}).Mean(); got != 3 {
		t.Errorf("mean %v, want 3", got)
	}
}
