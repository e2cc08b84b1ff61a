package config

import (
	"strings"
	"testing"
)

// TestSettingsThatAnEstimateReplaces: those of the base and of what it is based
// on are told, those from a later date, of parameters that are not estimated and
// in experiments that estimate nothing are not.
func TestSettingsThatAnEstimateReplaces(t *testing.T) {
	for _, c := range []struct {
		experiment, set string
		told            bool
	}{
		{"forecast", "uk-2025.grant_probability.albania=0.9", true},
		{"forecast", "uk-law-in-force.appeal_capacity=40000", true},
		{"forecast", "uk-2025.appeal_capacity@2027-01-01=40000", false},
		{"forecast", "uk-2025.hotel_price=100", false},
		{"core-protection", "uk-2025.grant_probability.albania=0.9", false},
	} {
		b, err := Load(Options{Experiment: c.experiment, Set: []string{c.set}})
		if err != nil {
			t.Fatal(err)
		}
		told := false
		for _, w := range b.Warnings {
			told = told || strings.HasPrefix(w.String(), "--set "+c.set+": ") && strings.Contains(w.String(), "is estimated for the opening date")
		}
		if told != c.told {
			t.Errorf("%s, %s: warnings %v, told: want %v", c.experiment, c.set, b.Warnings, c.told)
		}
	}
}

// TestFilesThatAnEstimateReplaces: a value that the file of the base gives from
// before the opening is replaced as a setting would be, and no bound is held
// against it; one from a later date is not.
func TestFilesThatAnEstimateReplaces(t *testing.T) {
	for values, want := range map[string]string{
		"2025-01-01=5000": "caseworkers of mine is estimated for the opening date, so that this value, 5000, has no effect",
		"2026-07-01=2400": "",
	} {
		dir := written(t, map[string]string{
			"regimes/mine.yaml":     regimeHead + change("caseworkers", values),
			"experiments/mine.yaml": "name: mine\ntitle: Mine\ndescribe: A trial.\nbase: mine\nregimes: [mine]\nfigures: [hotel_people]\nyears: 2\nestimate: opening\n",
		})
		b, err := Load(Options{Dir: dir, Experiment: "mine"})
		if err != nil {
			t.Fatal(err)
		}
		got := strings.Join(texts(b.Warnings), "\n")
		if want == "" && got != "" || !strings.Contains(got, want) || strings.Contains(got, "caseworkers_maximum") {
			t.Errorf("%s: warned of %q, want %q", values, got, want)
		}
	}
}
