package compare

import (
	"math"
	"math/rand/v2"
	"testing"

	"asylumsim/sim/measure"
)

// Student's sleep data (1908): extra hours of sleep of ten patients under two
// drugs, in tenths. Published: mean difference 1.58, t = 4.0621 on 9 degrees
// of freedom, p = 0.002833, 95% interval 0.7001142 to 2.4598858 (R, help page
// of datasets::sleep).
func TestPairedDifferenceAgainstStudentsSleepData(t *testing.T) {
	first := []int64{7, -16, -2, -12, -1, 34, 37, 8, 0, 20}
	second := []int64{19, 8, 11, 1, -1, 44, 55, 16, 46, 34}
	d := pair(second, first, 10, Design{})
	for _, c := range []struct {
		name      string
		got, want float64
		tolerance float64
	}{
		{"mean", d.Mean, 1.58, 1e-12},
		{"interval, low", d.CILow, 0.7001142, 5e-8},
		{"interval, high", d.CIHigh, 2.4598858, 5e-8},
		{"p-value", d.PValue, 0.002833, 5e-7},
		{"share above zero", d.PPositive, 0.9, 0},
		{"median", d.Q50, 1.3, 1e-12},
		// var 4.009 and 3.2006 (R: 1.789010^2 and 2.002249^2) over 1.2299956^2.
		{"variance ratio", d.VarianceRatio, (1.789010*1.789010 + 2.002249*2.002249) / (1.2299956 * 1.2299956), 1e-5},
	} {
		if math.Abs(c.got-c.want) > c.tolerance {
			t.Errorf("%s = %.9g, published %.9g", c.name, c.got, c.want)
		}
	}
}

func TestARegimeEqualToTheBaseDiffersByExactlyZeroEverywhere(t *testing.T) {
	runs := synthetic(7, threeYears, 1, 0)
	tables, err := Tabulate([]string{"base", "null"}, threeYears, InMemory([][]*measure.Run{runs, runs}))
	if err != nil {
		t.Fatal(err)
	}
	if want := int(measure.NumOutputs) * 5; len(tables.Differences) != want {
		t.Fatalf("%d differences, want %d", len(tables.Differences), want)
	}
	for _, d := range tables.Differences {
		if d.Mean != 0 || d.CILow != 0 || d.CIHigh != 0 || d.Q05 != 0 || d.Q50 != 0 || d.Q95 != 0 ||
			d.PPositive != 0 || !math.IsNaN(d.VarianceRatio) || d.PValue != 1 || !d.None() {
			t.Fatalf("%s over %s: %+v, want exactly 0", d.Output, d.Period, d)
		}
	}
}

func TestADifferenceThatDoesNotVary(t *testing.T) {
	d := pair([]int64{11, 21, 31}, []int64{10, 20, 30}, 1, Design{})
	if d.Mean != 1 || d.CILow != 1 || d.CIHigh != 1 || d.PPositive != 1 || d.PValue != 0 || !math.IsNaN(d.VarianceRatio) || d.None() {
		t.Errorf("a constant difference of 1: %+v", d)
	}
}

func TestOneReplicationHasNoInterval(t *testing.T) {
	d := pair([]int64{12}, []int64{10}, 1, Design{})
	if d.Mean != 2 || !math.IsNaN(d.CILow) || !math.IsNaN(d.CIHigh) || !math.IsNaN(d.PValue) || !math.IsNaN(d.VarianceRatio) {
		t.Errorf("one replication: %+v, want mean 2 and no interval", d)
	}
	if none := pair([]int64{10}, []int64{10}, 1, Design{}); !none.None() {
		t.Errorf("one replication without difference: %+v, want None", none)
	}
}

// Files hold neither n nor the p-value: both come back from the interval.
func TestRestoreBringsBackThePValue(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 4))
	for n := 2; n < 30; n++ {
		values, base := make([]int64, n), make([]int64, n)
		for r := range n {
			values[r], base[r] = rng.Int64N(1000)+200, rng.Int64N(1000)
		}
		want := pair(values, base, 1, Design{})
		got := want
		got.N, got.PValue = 0, 0
		got.Restore(n, Design{})
		if got.N != n || math.Abs(got.PValue-want.PValue) > 1e-9 {
			t.Errorf("n = %d: restored %d, %v; want %v", n, got.N, got.PValue, want.PValue)
		}
	}
}

func TestUnpairedSamplesPanic(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Error("samples of different length were paired")
		}
	}()
	a := Sample{Output: measure.SmallBoats, Months: 1, Values: []int64{1, 2}}
	b := Sample{Output: measure.SmallBoats, Months: 1, Values: []int64{1}}
	Differences("a", a, "b", b, []Period{{Horizon, 0, 0}})
}

func TestHolmAgainstWorkedExamples(t *testing.T) {
	nan := math.NaN()
	for _, c := range []struct {
		name    string
		p, want []float64
	}{
		{"by hand: 5, 4, 3 times, then the running maximum", []float64{0.01, 0.02, 0.03, 0.04, 0.05}, []float64{0.05, 0.08, 0.09, 0.09, 0.09}},
		// The example of the article "Holm-Bonferroni method" of Wikipedia, which
		// rejects the first and the last at 5%.
		{"published, four tests", []float64{0.01, 0.04, 0.03, 0.005}, []float64{0.03, 0.06, 0.06, 0.02}},
		{"never above 1", []float64{0.6, 0.7}, []float64{1, 1}},
		{"one comparison is not adjusted", []float64{0.04}, []float64{0.04}},
		{"what does not exist does not count", []float64{nan, 0.01, 0.02}, []float64{nan, 0.02, 0.02}},
		{"none", nil, nil},
	} {
		got := Holm(c.p)
		if len(got) != len(c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
			continue
		}
		for i := range got {
			if math.Abs(got[i]-c.want[i]) > 1e-15 || math.IsNaN(got[i]) != math.IsNaN(c.want[i]) {
				t.Errorf("%s: %v, want %v", c.name, got, c.want)
				break
			}
		}
	}
}

// The worked example of function Holm in the R package HDLSSkST 2.1.0: of
// seven p-values the third and the seventh are rejected at 5% (the second sits on 5% exactly).
func TestHolmRejectsAsInAPublishedExample(t *testing.T) {
	rejected := []bool{false, false, true, false, false, false, true}
	for i, p := range Holm([]float64{0.50, 0.01, 0.001, 0.69, 0.02, 0.05, 0.0025}) {
		if (p < 0.05) != rejected[i] {
			t.Errorf("hypothesis %d: adjusted p-value %v, published decision: rejected %t", i+1, p, rejected[i])
		}
	}
}
