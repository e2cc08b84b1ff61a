package policy

import (
	"errors"
	"math"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// TestRulesAreHeldToTheBoundsOfTheirParameters: rules from anywhere, estimates or
// another program, can have the numbers that files can give, and no others. Of
// every field a number far above and one below everything, and one that is not
// finite, is found and named.
func TestRulesAreHeldToTheBoundsOfTheirParameters(t *testing.T) {
	l := testLibrary()
	r, ps := l.Resolve("uk-2025")
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	if err := r.Validate(); err != nil {
		t.Fatalf("the rules as resolved: %v", err)
	}
	for i := range Fields() {
		f := &Fields()[i]
		p := l.Parameter(f.Parameter)
		for _, x := range []float64{-1, 2e11, math.NaN(), math.Inf(1), math.Inf(-1)} {
			spoilt := Regime{Name: "spoilt", Starts: r.Starts[:1], Epochs: []Rules{r.Epochs[0]}}
			numbers := f.Numbers(&spoilt.Epochs[0])
			if f.Whole && x != -1 {
				continue // a whole number is finite
			}
			numbers[0] = x
			f.set(&spoilt.Epochs[0], numbers)
			err := spoilt.Validate()
			var none *NotFinite
			switch finite := Finite("", x) == nil; {
			case !finite && (!errors.As(err, &none) || !strings.HasPrefix(none.Quantity, f.Parameter)):
				t.Errorf("%s of %v: error %v", f.Parameter, x, err)
			case finite && !p.Bounds().Contains(x) && (err == nil || !strings.Contains(err.Error(), f.Parameter)):
				t.Errorf("%s of %v: error %v", f.Parameter, x, err)
			}
			if _, possible := p.possible(x); possible != f.Bounds().Contains(x) {
				t.Errorf("%s of %v: %v for a file, %v for rules", f.Parameter, x, possible, f.Bounds().Contains(x))
			}
		}
	}
}

// TestDrawsOfMoney: a yearly sum is drawn as it is believed, far above what one
// thing may cost.
func TestDrawsOfMoney(t *testing.T) {
	l := testLibrary()
	france := l.Parameter("france_cost")
	france.Values[0].Amount.Number = 158.7e6
	france.Uncertainty = Uncertainty{Distribution: "triangular", Low: number(120e6), Mode: number(158.7e6), High: number(220e6)}
	for mark, want := range map[float64]float64{1e-12: 120e6, 1 - 1e-12: 220e6} {
		r, ps := l.ResolveAt("uk-2025", Marks{"france_cost": mark})
		if len(ps) > 0 {
			t.Fatal(ps)
		}
		if got := float64(r.Epochs[0].Prevention.CostPerYear); math.Abs(got/want-1) > 1e-5 {
			t.Errorf("at mark %v France is paid %.0f, want %.0f", mark, got, want)
		}
	}
}

// TestCutDistributionsAreTold, with the part that is cut: half of a normal
// distribution around 0, what a factor brings above 1, and nothing that nobody
// would notice.
func TestCutDistributionsAreTold(t *testing.T) {
	for _, c := range []struct {
		parameter string
		value     float64
		u         Uncertainty
		want      string
	}{
		{"hotel_price", 0, Uncertainty{Distribution: "normal", Mean: number(0), SD: number(5)}, "hotel_price: 50% of its distribution (normal) lies beyond 0"},
		{"hotel_price", 40, Uncertainty{Distribution: "normal", Mean: number(40), SD: number(20)}, "hotel_price: 2.3% of its distribution (normal) lies beyond 0"},
		{"hotel_price", 40, Uncertainty{Distribution: "normal", Mean: number(40), SD: number(10)}, ""}, // 3e-5
		{"hotel_price", 40, Uncertainty{Distribution: "lognormal", Median: number(40), Sigma: number(12.43)}, "hotel_price: 16% of its distribution (lognormal) lies beyond 10000000"},
		{"legal_barrier_share", 0.5, Uncertainty{Distribution: "normal", Mean: number(0.5), SD: number(0.5)}, "legal_barrier_share: 32% of its distribution"},
		// Above 2, twice the mode, is (3-2)^2/((3-0)(3-1)) of the triangle.
		{"vulnerable_share", 0.5, Uncertainty{Distribution: "scale", Low: number(0.0001), Mode: number(1), High: number(3)}, "vulnerable_share.small_boat: 17% of its distribution (scale) lies beyond 1"},
		{"vulnerable_share", 0.5, Uncertainty{Distribution: "scale", Low: number(0.5), Mode: number(1), High: number(2)}, ""},
		{"response_to_protection", 0.5, Uncertainty{Distribution: "normal", Mean: number(0), SD: number(5)}, ""}, // of either sign
	} {
		l := testLibrary()
		p := l.Parameter(c.parameter)
		p.Uncertainty = c.u
		p.Values[0].Amount = fill(fieldNamed(c.parameter), func(string) float64 { return c.value })
		got := ""
		for _, w := range l.Cut() {
			got += w.Text
		}
		if c.want == "" && got != "" || !strings.HasPrefix(got, c.want) {
			t.Errorf("%s: warned %q, want %q", c.parameter, got, c.want)
		}
	}
}

// TestThoseDetainedHaveBeds: on the opening date there are at least as many beds
// as cases that are detained, since a case is one person or more. With 470 cases,
// 470 beds are enough and 469 are not. Beds of later dates do not count.
func TestThoseDetainedHaveBeds(t *testing.T) {
	opening := clock.MustDate("2025-12-31")
	for _, c := range []struct {
		before, on, after unit.People // beds until, on and after the opening date
		enough            bool
	}{
		{2000, 2000, 2000, true},
		{470, 470, 470, true},
		{469, 469, 469, false},
		{0, 470, 0, true},
		{2000, 469, 2000, false},
	} {
		r := Regime{Name: "base", Starts: []clock.Date{Beginning, opening, opening + 1}, Epochs: make([]Rules, 3)}
		for i, beds := range []unit.People{c.before, c.on, c.after} {
			r.Epochs[i].Opening.DetainedCases = 470
			r.Epochs[i].Enforcement.Beds = beds
		}
		err := r.ValidateOpening(opening)
		if (err == nil) != c.enough {
			t.Errorf("470 cases in %d beds: %v", c.on, err)
		}
		if err != nil && !strings.Contains(err.Error(), "opening_detained_cases = 470: want no more than 469, the value of detention_beds") {
			t.Errorf("the error %q", err)
		}
	}
}
