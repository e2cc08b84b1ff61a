package policy

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// combining is a library in which half shortens leave, dear raises the price of
// hotels and both combines them.
func combining() *Library {
	l := testLibrary()
	dear := Overlay{Name: "dear", Title: "Dear", Describe: "Dear hotels.", Base: "uk-2025", At: Position{"regimes/dear.yaml", 1}}
	change(&dear, "hotel_price", "2027-01-01", 200)
	both := Overlay{Name: "both", Title: "Both", Describe: "Both.", Base: "uk-2025", Combines: []string{"half", "dear"}, At: Position{"regimes/both.yaml", 1}}
	l.Overlays = append(l.Overlays, both, dear)
	return l
}

func TestACombinedRegimeHasTheChangesOfAll(t *testing.T) {
	l := combining()
	change(l.Overlay("both"), "permit_length_uasc", "2028-01-01", 12)
	if ps := l.Validate("parameters"); len(ps) > 0 {
		t.Fatal(ps)
	}
	r := mustResolve(t, l, "both")
	for date, want := range map[string]string{
		"2026-03-01": "60 60 1", "2026-03-02": "30 60 1", "2027-01-01": "30 60 200", "2028-01-01": "30 12 200",
	} {
		rules := r.on(date)
		if got := fmt.Sprint(rules.Permit.Length, rules.Permit.LengthUASC, float64(rules.Cost.Hotel)); got != want {
			t.Errorf("on %s: %s, want %s", date, got, want)
		}
	}
}

// A combination of combinations applies a lever that both hold once, and the
// order of levers without values in common does not matter.
func TestACombinationOfCombinations(t *testing.T) {
	l := combining()
	young := Overlay{Name: "young", Title: "Young", Describe: "Young.", Base: "uk-2025"}
	change(&young, "permit_length_uasc", "2028-01-01", 12)
	more := Overlay{Name: "more", Title: "More", Describe: "More.", Base: "uk-2025", Combines: []string{"young", "dear"}}
	all := Overlay{Name: "all", Title: "All", Describe: "All.", Base: "uk-2025", Combines: []string{"both", "more"}}
	turned := Overlay{Name: "turned", Title: "Turned", Describe: "Turned.", Base: "uk-2025", Combines: []string{"more", "both", "young"}}
	l.Overlays = append(l.Overlays, young, more, all, turned)
	if ps := l.Validate("parameters"); len(ps) > 0 {
		t.Fatal(ps)
	}
	chain, _ := l.Chain("all")
	var names []string
	for _, o := range chain {
		names = append(names, o.Name)
	}
	if got := strings.Join(names, " "); got != "uk-2025 half dear both young more all" {
		t.Errorf("chain %s", got)
	}
	if !mustResolve(t, l, "all").Same(mustResolve(t, l, "turned")) {
		t.Error("the order of levers without values in common matters")
	}
}

// Two levers that set the same value must be decided between, in time.
func TestTwoOverlaysThatSetTheSameValue(t *testing.T) {
	other := func(l *Library, date string) {
		dear := l.Overlay("dear")
		change(dear, "permit_length", date, 24)
		dear.Changes["permit_length"][0].At = Position{"regimes/dear.yaml", 9}
	}
	decide := func(l *Library, date string) { change(l.Overlay("both"), "permit_length", date, 18) }
	for _, c := range []struct {
		name   string
		change func(l *Library)
		want   string
	}{
		{"open", func(l *Library) { other(l, "2026-03-02") },
			`regimes/both.yaml:1: combines[1] = "dear": want regimes that set no value in common, or a change of permit_length here that decides (permit_length is set by half (test.yaml:1) and by dear (regimes/dear.yaml:9))`},
		{"decided", func(l *Library) { other(l, "2028-01-01"); decide(l, "2028-01-01") }, ""},
		{"decided to one of them", func(l *Library) {
			other(l, "2026-03-02")
			change(l.Overlay("both"), "permit_length", "2026-03-02", 24)
		}, ""},
		{"decided too late", func(l *Library) { other(l, "2026-03-02"); decide(l, "2028-01-01") },
			`regimes/both.yaml:1: combines[1] = "dear": want regimes that set no value in common, or a change of permit_length here that decides (permit_length is set by half (test.yaml:1) and by dear (regimes/dear.yaml:9); the change at test.yaml:1 begins only on 2028-01-01)`},
		{"entries of a table", func(l *Library) {
			change(l.Overlay("half"), "grant_probability", "2026-03-02", 0.9, "afghan", "eritrean", "other")
			change(l.Overlay("dear"), "grant_probability", "2026-03-02", 0.8, "afghan", "eritrean")
		}, `regimes/both.yaml:1: combines[1] = "dear": want regimes that set no value in common, or a change of grant_probability here that decides (grant_probability (afghan, eritrean) is set by half (test.yaml:1) and by dear (test.yaml:1))`},
		{"other entries of a table", func(l *Library) {
			change(l.Overlay("half"), "grant_probability", "2026-03-02", 0.9, "afghan")
			change(l.Overlay("dear"), "grant_probability", "2026-03-02", 0.8, "eritrean")
		}, ""},
		{"in the base of another regime", func(l *Library) {
			other(l, "2028-01-01")
			on := *l.Overlay("both")
			on.Name, on.Base, on.Combines = "on", "both", nil
			on.Changes = nil
			l.Overlays = append(l.Overlays, on)
			change(l.Overlay("on"), "hotel_price", "2027-01-01", 99)
		}, `regimes/both.yaml:1: combines[1] = "dear": want regimes that set no value in common, or a change of permit_length here that decides (permit_length is set by half (test.yaml:1) and by dear (regimes/dear.yaml:9))`},
	} {
		l := combining()
		c.change(l)
		if got := l.Validate("parameters").Error(); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.name, got, c.want)
		}
	}
}

// A setting of a lever reaches the regimes that combine it, and one of the
// combination begins where the lever's value did. One that contradicts
// another lever is found.
func TestSettingsOfLeversAndCombinations(t *testing.T) {
	l := apply(t, combining(), "half.permit_length=24")
	if got := lengths(mustResolve(t, l, "both")); got != "60 24 24 24" {
		t.Errorf("the lever's setting gives %s", got)
	}
	l = apply(t, combining(), "both.permit_length=24")
	if got := lengths(mustResolve(t, l, "both")); got != "60 24 24 24" {
		t.Errorf("the combination's setting gives %s", got)
	}
	l = apply(t, combining(), "dear.permit_length=24")
	if _, ps := l.Resolve("both"); len(ps) != 1 || !strings.Contains(ps.Error(), "and by dear (--set dear.permit_length=24)") {
		t.Errorf("a setting that contradicts a lever: %v", ps)
	}
}

// What a combined regime changes is told with the lever that brings it, and
// without what the regime itself replaces.
func TestDifferencesOfACombinedRegime(t *testing.T) {
	l := combining()
	change(l.Overlay("half"), "permit_length", "2030-01-01", 24)
	change(l.Overlay("both"), "permit_length", "2028-01-01", 12)
	ds, ps := l.Differences("both")
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	var got []string
	for _, d := range ds {
		got = append(got, fmt.Sprintf("%s %s %v>%v by %s", d.Parameter.Name, d.From, d.Before, d.After, d.By))
	}
	want := []string{"hotel_price 2027-01-01 1>200 by dear", "permit_length 2026-03-02 60>30 by half", "permit_length 2028-01-01 60>12 by both"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q\nwant %q", got, want)
	}
	if got := l.PolicyDate("both"); got != clock.MustDate("2026-03-02") {
		t.Errorf("policy date %s", got)
	}
	if got := l.PolicyDate("uk-2025"); got != Beginning {
		t.Errorf("policy date of a root %s", got)
	}
}

// A value that would hold anyway is found, but not one that keeps a later
// change of the base away.
func TestIdleValues(t *testing.T) {
	l := combining()
	change(l.Overlay("half"), "permit_length_uasc", "2027-01-01", 60)
	if got := l.Validate("parameters").Error(); !strings.Contains(got, "changes.permit_length_uasc[0].value = 60: want a value that differs") {
		t.Errorf("an idle value: %s", got)
	}
	change(l.Overlay("uk-2025"), "permit_length_uasc", "2029-01-01", 24)
	if ps := l.Validate("parameters"); len(ps) > 0 {
		t.Errorf("a value that delays a change of the base: %v", ps)
	}
	if got := mustResolve(t, l, "half").on("2030-01-01").Permit.LengthUASC; got != unit.Months(60) {
		t.Errorf("delayed value %v", got)
	}
}
