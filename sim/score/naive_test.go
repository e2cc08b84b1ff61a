package score

import (
	"errors"
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

var nan = math.NaN()

// exponentials is a series with the given logarithms.
func exponentials(logs ...float64) []float64 {
	series := make([]float64, len(logs))
	for i, x := range logs {
		series[i] = math.Exp(x)
	}
	return series
}

// centreOf is the median of a naive forecast, as a logarithm.
func centreOf(t *testing.T, n Naive, series []float64, quarters int) float64 {
	t.Helper()
	e, err := n.Forecast(series, quarters, 1)
	if err != nil {
		t.Fatalf("%v at %d quarters: %v", n, quarters, err)
	}
	return math.Log(e.Quantile(0.5))
}

func near(x, want float64) bool { return math.Abs(x-want) <= 1e-9*(1+math.Abs(want)) }

// TestNaiveNames: as the columns of the back-test have them.
func TestNaiveNames(t *testing.T) {
	for n, want := range map[Naive]string{LastValue: "last_value", SeasonalNaive: "seasonal_naive", Drift: "drift"} {
		if n.String() != want {
			t.Errorf("%d is %v, want %s", n, n, want)
		}
	}
}

// TestNaiveCentresByHand: which value of ten quarters a rule goes by. A year has
// four: a quarter on, the seasonal rule takes the quarter three before the last
// one; a year or two on, the last one itself. A drift goes on by the mean change.
func TestNaiveCentresByHand(t *testing.T) {
	logs := []float64{2, 7, 1, 8, 2.8, 1.8, 2.5, 9, 4, 6.5}
	series := exponentials(logs...)
	for quarters, index := range map[int]int{1: 6, 2: 7, 3: 8, 4: 9, 5: 6, 6: 7, 8: 9, 9: 6} {
		if got := centreOf(t, SeasonalNaive, series, quarters); !near(got, logs[index]) {
			t.Errorf("seasonal at %d quarters: %v, want value %d, %v", quarters, got, index, logs[index])
		}
	}
	for _, quarters := range []int{1, 2, 4, 8} {
		if got := centreOf(t, LastValue, series, quarters); !near(got, 6.5) {
			t.Errorf("last value at %d quarters: %v, want 6.5", quarters, got)
		}
		if got, want := centreOf(t, Drift, series, quarters), 6.5+0.5*float64(quarters); !near(got, want) {
			t.Errorf("drift at %d quarters: %v, want %v", quarters, got, want)
		}
	}
}

// TestDriftBeginsWithTheFirstKnownValue: quarters that are not to be used at the
// beginning are not part of the line.
func TestDriftBeginsWithTheFirstKnownValue(t *testing.T) {
	series := append([]float64{nan, nan}, exponentials(1, 3, 2, 5, 6, 4)...)
	if got := centreOf(t, Drift, series, 2); !near(got, 4+2*0.6) {
		t.Errorf("drift of (4-1)/5 a quarter from 4: %v after two, want 5.2", got)
	}
	if got := centreOf(t, Drift, []float64{nan, nan, math.Exp(3)}, 2); !near(got, 3) {
		t.Errorf("one value has no drift: %v, want 3", got)
	}
}

// TestSpreadByHand: the logarithms are 0, 1, 3, 2, 4, 4.
func TestSpreadByHand(t *testing.T) {
	series := exponentials(0, 1, 3, 2, 4, 4)
	for _, c := range []struct {
		rule     Naive
		quarters int
		want     float64
		known    bool
	}{
		// Errors 1, 2, -1, 2, 0.
		{LastValue, 1, math.Sqrt(10.0 / 5), true},
		// Errors 3, 1, 1, 2.
		{LastValue, 2, math.Sqrt(15.0 / 4), true},
		// Three errors are too few: those at two quarters, times the root of 3/2.
		{LastValue, 3, math.Sqrt(15.0 / 4 * 3 / 2), true},
		{LastValue, 8, math.Sqrt(15.0 / 4 * 8 / 2), true},
		// The drift is 0.8 a quarter: errors 0.2, 1.2, -1.8, 1.2, -0.8.
		{Drift, 1, math.Sqrt(6.8 / 5), true},
		// Errors 1.4, -0.6, -0.6, 0.4.
		{Drift, 2, math.Sqrt(2.84 / 4), true},
		// Two errors, 4 and 3, at one quarter; two at four.
		{SeasonalNaive, 1, 0, false},
		{SeasonalNaive, 4, 0, false},
	} {
		got, known := c.rule.Spread(series, c.quarters)
		if known != c.known || !near(got, c.want) {
			t.Errorf("%v at %d quarters: %v, %v; want %v, %v", c.rule, c.quarters, got, known, c.want, c.known)
		}
	}
}

// TestSeasonalSpreadByHand: nine quarters, 0 0 0 0 1 2 -1 1 3. At up to a year the
// value taken is four quarters before, with errors 1, 2, -1, 1 and 2; at more it
// is eight before, with one error, and those at a year stand in.
func TestSeasonalSpreadByHand(t *testing.T) {
	series := exponentials(0, 0, 0, 0, 1, 2, -1, 1, 3)
	want := math.Sqrt((1 + 4 + 1 + 1 + 4) / 5.0)
	for quarters, factor := range map[int]float64{1: 1, 2: 1, 4: 1, 5: math.Sqrt(5.0 / 4), 8: math.Sqrt(8.0 / 4)} {
		if got, known := SeasonalNaive.Spread(series, quarters); !known || !near(got, want*factor) {
			t.Errorf("at %d quarters: %v, %v; want %v", quarters, got, known, want*factor)
		}
	}
}

// TestSpreadLeavesOutWhatIsNotKnown: an error needs both of its quarters. Of
// 0, -, 3, 2, 4, 4, 5 the changes are -1, 2, 0 and 1.
func TestSpreadLeavesOutWhatIsNotKnown(t *testing.T) {
	series := exponentials(0, nan, 3, 2, 4, 4, 5)
	if got, known := LastValue.Spread(series, 1); !known || !near(got, math.Sqrt(6.0/4)) {
		t.Errorf("spread %v, %v; want the root of 6/4", got, known)
	}
	// With one more gap three changes are left, and there is nothing shorter.
	series[3] = nan
	if got, known := LastValue.Spread(series, 1); known {
		t.Errorf("spread %v of three changes, want none", got)
	}
}

// TestForecastIsLogNormal: the values are the quantiles in the middle of as many
// equal parts, of the spread around the centre; a spread given in addition is
// not used where the series has one.
func TestForecastIsLogNormal(t *testing.T) {
	e, err := LastValue.Forecast(exponentials(0, 1, 3, 2, 4, 4), 2, 17)
	if err != nil {
		t.Fatal(err)
	}
	if len(e) != naiveValues {
		t.Fatalf("%d values", len(e))
	}
	for i, x := range e {
		want := 4 + math.Sqrt(15.0/4)*distuv.UnitNormal.Quantile((float64(i)+0.5)/naiveValues)
		if !near(math.Log(x), want) {
			t.Errorf("value %d is exp(%v), want exp(%v)", i, math.Log(x), want)
		}
	}
}

// TestForecastOfAShortSeries: without enough errors there is a forecast only
// with a spread from elsewhere.
func TestForecastOfAShortSeries(t *testing.T) {
	series := exponentials(1, 2, 3)
	if _, err := LastValue.Forecast(series, 1, 0); !errors.Is(err, ErrShort) {
		t.Errorf("error %v, want %v", err, ErrShort)
	}
	e, err := LastValue.Forecast(series, 1, 0.25)
	if err != nil {
		t.Fatal(err)
	}
	z := distuv.UnitNormal.Quantile(0.5 / naiveValues)
	if got := math.Log(e[0]); !near(got, 3+0.25*z) {
		t.Errorf("the least value is exp(%v), want exp(%v)", got, 3+0.25*z)
	}
}

// TestForecastOfNothing: whatever stands in for the spread, a rule needs the
// values it goes by.
func TestForecastOfNothing(t *testing.T) {
	for name, c := range map[string]struct {
		rule   Naive
		series []float64
	}{
		"no series":                          {LastValue, nil},
		"the last is not known":              {LastValue, exponentials(1, 2, 3, 4, 5, 6, nan)},
		"drift from an unknown end":          {Drift, exponentials(1, 2, 3, 4, 5, 6, nan)},
		"less than a year":                   {SeasonalNaive, exponentials(1, 2, 3)},
		"the quarter a year ago is unknown":  {SeasonalNaive, exponentials(1, 2, nan, 4, 5, 6)},
		"seasonal needs the last value, too": {SeasonalNaive, exponentials(1, 2, 3, 4, 5, nan)},
	} {
		if e, err := c.rule.Forecast(c.series, 1, 1); !errors.Is(err, ErrShort) {
			t.Errorf("%s: %v, error %v; want %v", name, e, err, ErrShort)
		}
	}
}

// TestForecastOfAConstantSeries: past errors of 0 do not make a forecast certain.
func TestForecastOfAConstantSeries(t *testing.T) {
	series := []float64{5, 5, 5, 5, 5, 5, 5, 5}
	if _, err := LastValue.Forecast(series, 1, 0); !errors.Is(err, ErrShort) {
		t.Errorf("error %v, want %v", err, ErrShort)
	}
	if e, err := LastValue.Forecast(series, 1, 0.1); err != nil || e[0] >= 5 || !near(e.Quantile(0.5), 5) {
		t.Errorf("%v with a spread of 0.1: want it around 5", err)
	}
}

// TestLastValueCoversARandomWalk: the changes of a random walk over its root
// mean square of 40 others follow Student's t with 40 degrees of freedom, so
// that the share of next values in the central 90% is known.
func TestLastValueCoversARandomWalk(t *testing.T) {
	const walks, changes = 4000, 40
	g := generator(5)
	covered := 0
	for range walks {
		logs := make([]float64, changes+2)
		for i := 1; i < len(logs); i++ {
			logs[i] = logs[i-1] + 0.1*g.NormFloat64()
		}
		series := exponentials(logs...)
		e, err := LastValue.Forecast(series[:changes+1], 1, 0)
		if err != nil {
			t.Fatal(err)
		}
		if e.Covers(0.9, series[changes+1]) {
			covered++
		}
	}
	z := distuv.UnitNormal.Quantile(0.95)
	want := 1 - 2*distuv.StudentsT{Mu: 0, Sigma: 1, Nu: changes}.CDF(-z)
	share := float64(covered) / walks
	// The quantiles of 199 values are off the normal's by a thousandth at most.
	if limit := 4*math.Sqrt(want*(1-want)/walks) + 0.002; math.Abs(share-want) > limit {
		t.Errorf("%.4f of next values in 90%% intervals, theory %.4f ± %.4f", share, want, limit)
	}
}
