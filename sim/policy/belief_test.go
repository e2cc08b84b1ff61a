package policy

import (
	"math"
	"testing"
)

func number(x float64) *float64 { return &x }

// mean integrates a quantile function, which is the mean of the distribution.
func mean(quantile func(mark float64) float64) float64 {
	const n = 20000
	sum := 0.0
	for i := range n {
		sum += quantile((float64(i) + 0.5) / n)
	}
	return sum / n
}

// TestQuantilesAgreeWithTheory compares ends, middle and mean of each
// distribution with what the textbook says.
func TestQuantilesAgreeWithTheory(t *testing.T) {
	inf := math.Inf(1)
	for name, c := range map[string]struct {
		u           Uncertainty
		least, most float64
		median      float64
		mean        float64
	}{
		// Triangular 0, 1, 4: mean 5/3; median 4 - sqrt(4x3/2).
		"triangular":     {Uncertainty{Distribution: "triangular", Low: number(0), Mode: number(1), High: number(4)}, 0, inf, 4 - math.Sqrt(6), 5.0 / 3},
		"uniform":        {Uncertainty{Distribution: "uniform", Low: number(2), High: number(6)}, 0, inf, 4, 4},
		"normal":         {Uncertainty{Distribution: "normal", Mean: number(3), SD: number(2)}, -inf, inf, 3, 3},
		"half a normal":  {Uncertainty{Distribution: "normal", Mean: number(0), SD: number(1)}, 0, inf, 0.674489750196082, math.Sqrt(2 / math.Pi)},
		"log-normal":     {Uncertainty{Distribution: "lognormal", Median: number(2), Sigma: number(0.5)}, 0, inf, 2, 2 * math.Exp(0.125)},
		"logit shift":    {Uncertainty{Distribution: "logit_shift", SD: number(0.3)}, -inf, inf, 0, 0},
		"factor":         {Uncertainty{Distribution: "scale", Low: number(0.5), Mode: number(1), High: number(1.5)}, 0, inf, 1, 1},
		"a single point": {Uncertainty{Distribution: "triangular", Low: number(2), Mode: number(2), High: number(2)}, 0, inf, 2, 2},
	} {
		q := func(mark float64) float64 { return c.u.Quantile(mark, Bounds{Least: c.least, Most: c.most}) }
		if got := q(0.5); math.Abs(got-c.median) > 1e-9 {
			t.Errorf("%s: median %v, want %v", name, got, c.median)
		}
		if got := mean(q); math.Abs(got-c.mean) > 2e-3 {
			t.Errorf("%s: mean %v, want %v", name, got, c.mean)
		}
		last := math.Inf(-1)
		for i := range 999 {
			x := q(float64(i+1) / 1000)
			if x < last || x < c.least || x > c.most {
				t.Fatalf("%s: %v at mark %v after %v, within %v and %v", name, x, float64(i+1)/1000, last, c.least, c.most)
			}
			last = x
		}
	}
}

// TestOtherValuesMoveAlong: what is believed concerns the latest value. An
// earlier or a regime's value moves by the same factor, logit or amount.
func TestOtherValuesMoveAlong(t *testing.T) {
	for _, c := range []struct {
		what              string
		kind              Kind
		unit              Unit
		from, to, written float64
		want              float64
	}{
		{"the value itself", Count, "cases", 100, 150, 100, 150},
		{"a count", Count, "cases", 100, 150, 40, 60},
		{"a growth rate", Rate, "1/year", 0.1, 0.3, 0.05, 0.15},
		{"a growth rate that turns", Rate, "1/year", 0.1, -0.1, 0.05, -0.15},
		{"a probability", Chance, "probability", 0.5, 0.75, 0.25, 0.5},
		{"a certain probability", Chance, "probability", 0.5, 0.75, 1, 1},
		{"an elasticity", Elasticity, "elasticity", -1, -0.4, 2, 2.6},
		{"nothing so far", Count, "cases", 0, 3, 2, 5},
	} {
		p := &Parameter{Kind: c.kind, Unit: c.unit}
		if got := p.moved(c.from, c.to, c.written); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("%s: %v, want %v", c.what, got, c.want)
		}
	}
}

// TestMarksMoveRegimesTogether resolves a base and a regime at one point: an
// assumed value of the regime moves with the base's, one with a source stays,
// and one with a range of its own takes that.
func TestMarksMoveRegimesTogether(t *testing.T) {
	l := testLibrary()
	parameters, price := l.Parameters, l.Parameter("hotel_price")
	price.Uncertainty = Uncertainty{Distribution: "uniform", Low: number(0), High: number(2 * price.Values[0].Amount.Number)}
	central := price.Values[0].Amount.Number
	regime := func(v Value) float64 {
		v.From, v.Amount = Beginning, Amount{Number: 2 * central}
		o := &Overlay{Name: "dear", Changes: map[string][]Value{"hotel_price": {v}}}
		r, ps := ResolveAt("dear", parameters, []*Overlay{o}, testGroups, Marks{"hotel_price": 0.75})
		if len(ps) > 0 {
			t.Fatal(ps)
		}
		return float64(r.Epochs[0].Cost.Hotel)
	}
	base, ps := ResolveAt("base", parameters, nil, testGroups, Marks{"hotel_price": 0.75})
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	if got, want := float64(base.Epochs[0].Cost.Hotel), 1.5*central; math.Abs(got-want) > 1e-9*want {
		t.Errorf("the base's price is %v, want %v", got, want)
	}
	for what, c := range map[string]struct {
		v    Value
		want float64
	}{
		"assumed":            {Value{Assumed: "a guess"}, 3 * central},
		"from a source":      {Value{Source: &Source{Title: "Act"}}, 2 * central},
		"with its own range": {Value{Source: &Source{}, Uncertainty: &Uncertainty{Distribution: "uniform", Low: number(0), High: number(4)}}, 3},
		"set for this run":   {Value{Assumed: "set", Uncertainty: &Uncertainty{Distribution: "none", Why: "set"}}, 2 * central},
	} {
		if got := regime(c.v); math.Abs(got-c.want) > 1e-9*c.want {
			t.Errorf("%s: the regime's price is %v, want %v", what, got, c.want)
		}
	}
}

// TestCopula: the normal scores of many marks have the stated correlation,
// each stays uniform, and a third parameter is not touched.
func TestCopula(t *testing.T) {
	l := &Library{Correlations: []Correlation{{Parameters: []string{"b", "a"}, Number: -0.6}}}
	c, ok := l.Copula()
	if !ok {
		t.Fatal("not positive definite")
	}
	const n = 200
	product, square := 0.0, 0.0
	for i := range n {
		for j := range n {
			m := Marks{"a": (float64(i) + 0.5) / n, "b": (float64(j) + 0.5) / n, "c": 0.3}
			c.Correlate(m)
			if m["c"] != 0.3 {
				t.Fatal("a parameter without correlation was changed")
			}
			product += normalQuantile(m["a"]) * normalQuantile(m["b"])
			square += normalQuantile(m["b"]) * normalQuantile(m["b"])
		}
	}
	if got := product / (n * n); math.Abs(got+0.6) > 0.01 {
		t.Errorf("correlation %v, want -0.6", got)
	}
	if got := square / (n * n); math.Abs(got-1) > 0.01 {
		t.Errorf("variance of the scores %v, want 1", got)
	}
	l.Correlations = append(l.Correlations, Correlation{Parameters: []string{"b", "c"}, Number: 0.9}, Correlation{Parameters: []string{"a", "c"}, Number: 0.9})
	if _, ok := l.Copula(); ok {
		t.Error("impossible correlations were accepted")
	}
}
