package policy

import (
	"strings"
	"testing"
)

// Reading the tags of the rules panics where one is wrong; two fields with
// the same parameter would hide one of them.
func TestEveryFieldHasAParameterOfItsOwn(t *testing.T) {
	seen := map[string]string{}
	units := map[string]bool{}
	for _, f := range Fields() {
		if other, ok := seen[f.Parameter]; ok {
			t.Errorf("parameter %s fills both %s and %s", f.Parameter, other, f.Path)
		}
		seen[f.Parameter] = f.Path
		units[string(f.Unit)] = true
		if !parameterName.MatchString(f.Parameter) {
			t.Errorf("%s: parameter name %q is not lower snake case", f.Path, f.Parameter)
		}
	}
	for _, u := range Units {
		if !units[u] {
			t.Errorf("no rule has the unit %s", u)
		}
	}
	if f := fieldNamed("permit_length"); !f.ByClaim || !f.Whole || f.Path != "Permit.Length" {
		t.Errorf("permit_length is read as %+v", *f)
	}
	if f := fieldNamed("small_boat_nationality"); !f.SumsTo1 || f.By != NationalityEntries {
		t.Errorf("small_boat_nationality is read as %+v", *f)
	}
}

func TestAFieldWithoutParameterAndAParameterWithoutField(t *testing.T) {
	l := testLibrary()
	p := l.Parameter("hotel_price")
	p.Name = "hotel_pric"
	got := Bind(l.Parameters, "parameters").Error()
	for _, want := range []string{
		"parameters: hotel_price is missing: want a definition with unit GBP/person/night for the rule Cost.Hotel",
		"hotel_pric: want a parameter that the rules use (did you mean hotel_price?)",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("got\n%s\nwant a line with\n%s", got, want)
		}
	}
}

// Every entry of every table arrives at its own place.
func TestNumbersReachTheirFields(t *testing.T) {
	l := testLibrary()
	f := fieldNamed("boats_season")
	n := 0.0
	l.Parameter("boats_season").Values[0].Amount = fill(f, func(string) float64 { n++; return n })
	rules := mustResolve(t, l, "uk-2025").Epochs[0]
	for m, x := range rules.Crossings.BoatsSeason {
		if float64(x) != float64(m+1) {
			t.Errorf("month %d: %v, want %d", m, x, m+1)
		}
	}
}

func TestSuggestions(t *testing.T) {
	known := []string{"hotel_price", "dispersal_price", "decision_cost"}
	for word, want := range map[string]string{
		"hotel_pric": "did you mean hotel_price?", "desicion_cost": "did you mean decision_cost?", "wholly_different_thing": "", "": "",
	} {
		if got := DidYouMean(word, known); got != want {
			t.Errorf("DidYouMean(%q) = %q, want %q", word, got, want)
		}
	}
}
