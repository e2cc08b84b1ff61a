package policy

import (
	"math"
	"reflect"
	"slices"
	"testing"

	"asylumsim/sim/unit"
)

// relative are the units that a part of the system shares with the whole: per
// something, or none at all.
var relative = []Unit{
	"GBP/case", "GBP/person", "GBP/person/night", "GBP/person/week",
	"days", "months", "years", "1/year",
	"people/boat", "people/boat/year", "people/case", "people/place", "cases/FTE/month",
	"probability", "share", "factor", "number", "log", "log-odds", "switch", "elasticity",
	"log/probability", "log/log-months", "log/year", "log/switch", "log/log-GBP", "log/log-days",
}

// TestEveryUnitIsWholesOrShared: a new unit, and so a new capacity, cannot be
// forgotten by a run that simulates a fraction.
func TestEveryUnitIsWholesOrShared(t *testing.T) {
	for _, u := range Units {
		if slices.Contains(absolute, Unit(u)) == slices.Contains(relative, Unit(u)) {
			t.Errorf("unit %s: say in sampling.go or in this test whether half the system has half of it", u)
		}
	}
	for name, reason := range sampledOtherwise {
		f := fieldNamed(name)
		if f == nil || !slices.Contains(absolute, f.Unit) || reason == "" {
			t.Errorf("%s: is not a parameter that would be scaled, or has no reason why it is not", name)
		}
	}
}

// TestSampleDividesWhatIsAbsolute, and leaves all else as it is.
func TestSampleDividesWhatIsAbsolute(t *testing.T) {
	var rules Rules
	for _, f := range Fields() {
		numbers := make([]float64, max(1, len(f.By.Keys(testGroups))))
		for i := range numbers {
			numbers[i] = 1234 + 5*float64(i)
		}
		f.set(&rules, numbers)
	}
	const k = 10
	sampled := rules.Sample(k)
	for _, f := range Fields() {
		before := reflect.ValueOf(rules).FieldByIndex(f.index)
		after := reflect.ValueOf(sampled).FieldByIndex(f.index)
		if !f.Sampled() {
			if !reflect.DeepEqual(before.Interface(), after.Interface()) {
				t.Errorf("%s, in %s, has changed", f.Parameter, f.Unit)
			}
			continue
		}
		want := 123.4
		if f.Whole {
			want = 123
		}
		if got := numberOf(after); math.Abs(got-want) > 1e-12 {
			t.Errorf("%s, in %s, is %v, want %v", f.Parameter, f.Unit, got, want)
		}
	}
	if whole := rules.Sample(0); whole != rules {
		t.Error("the whole is not the whole")
	}
}

// TestSampledBoundsStayInOrder: whole capacities are rounded, but what was not
// above another is not above it afterwards.
func TestSampledBoundsStayInOrder(t *testing.T) {
	for beds := range 60 {
		r := Rules{Enforcement: Enforcement{Beds: 30, BedsMost: unit.People(30 + beds)}}
		for k := unit.Fraction(1); k < 40; k++ {
			if e := r.Sample(k).Enforcement; e.Beds > e.BedsMost {
				t.Fatalf("1/%d of 30 of %d beds: %d of %d", k, 30+beds, e.Beds, e.BedsMost)
			}
		}
	}
}

func TestSampledRegimeKeepsItsDates(t *testing.T) {
	l := testLibrary()
	regime, problems := l.Resolve("half")
	if len(problems) > 0 {
		t.Fatal(problems)
	}
	sampled := regime.Sample(4)
	if sampled.Name != regime.Name || !slices.Equal(sampled.Starts, regime.Starts) || len(sampled.Epochs) != len(regime.Epochs) {
		t.Error("the regime has another name or other dates")
	}
	for i := range sampled.Epochs {
		if sampled.Epochs[i] != regime.Epochs[i].Sample(4) {
			t.Errorf("epoch %d is not sampled", i)
		}
	}
	if regime.Sample(0) != regime {
		t.Error("the whole of a regime is another one")
	}
}
