package policy

import (
	"strings"
	"testing"

	"asylumsim/sim/clock"
)

// TestNumbersBeyondALimit: a number that lies beyond another one is shown with
// both, at the place where a regime wrote the later of them; from the opening to
// the end of the run, once for all regimes that have it.
func TestNumbersBeyondALimit(t *testing.T) {
	const above = "uk-2025: caseworkers = 8 does not hold as it is written in this run: it is above caseworkers_maximum = 5, and " +
		"those whom the work does not need do other work, and no one above that number is replaced who leaves"
	const bounds = "uk-2025.caseworkers_minimum=2 uk-2025.caseworkers_maximum=5 uk-2025.caseworkers=5 uk-2025.decision_queue_correction=60"
	for _, c := range []struct{ settings, want string }{
		{"", ""},
		{"uk-2025.caseworkers=8", "--set uk-2025.caseworkers=8: " + above},
		{"uk-2025.caseworkers@2025-01-01=8 uk-2025.caseworkers@2025-12-31=5", ""},
		{"half.caseworkers@2036-01-01=8", ""},
		{"half.caseworkers@2030-01-01=8", "--set half.caseworkers@2030-01-01=8: " + strings.Replace(above, "uk-2025", "half", 1)},
		{"half.caseworkers_maximum=4", "--set half.caseworkers_maximum=4: half: " + strings.TrimPrefix(strings.Replace(strings.Replace(above, "= 8", "= 5", 1), "maximum = 5", "maximum = 4", 1), "uk-2025: ")},
		{"uk-2025.caseworkers=1", "--set uk-2025.caseworkers=1: uk-2025: caseworkers = 1 does not hold as it is written in this run: it is below caseworkers_minimum = 2, and the monthly plan hires up to that number"},
		{"half.decision_queue_correction=10", "--set half.decision_queue_correction=10: half: decision_queue_correction = 10 does not hold as it is written in this run: it is below the days of a month = 30.4369, and plans are monthly and bring the queue to its target within a month"},
	} {
		l := apply(t, testLibrary(), strings.Fields(bounds)...)
		l = apply(t, l, strings.Fields(c.settings)...)
		regimes := []*Regime{mustResolve(t, l, "uk-2025"), mustResolve(t, l, "half")}
		var got []string
		for _, w := range l.Exceeded(regimes, clock.MustDate("2025-12-31"), clock.MustDate("2035-12-31")) {
			got = append(got, w.String())
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.settings, strings.Join(got, "\n"), c.want)
		}
	}
}

// TestLimitsNameParameters: numbers and limits are read from the rules of their
// names: a rule of 7 with a limit of 3 is read as such.
func TestLimitsNameParameters(t *testing.T) {
	for _, b := range limits {
		var rules Rules
		fieldNamed(b.parameter).set(&rules, []float64{7})
		if got := b.value(&rules); got != 7 {
			t.Errorf("%s is read as %v", b.parameter, got)
		}
		if f := fieldNamed(b.by); f != nil {
			f.set(&rules, []float64{3})
			if got := b.at(&rules); got != 3 {
				t.Errorf("%s is read as %v", b.by, got)
			}
		}
	}
}
