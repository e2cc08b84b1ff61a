package policy

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"asylumsim/sim/clock"
)

// Every name in the table of levers is that of a parameter, and each has one
// line.
func TestLeversNameParameters(t *testing.T) {
	names := fieldNames()
	seen := map[string]bool{}
	for _, l := range levers {
		if condition, reason := l.needed(); condition == "" || reason == "" {
			t.Errorf("%v: needs %q, want a condition and a reason", l.parameters, l.needs)
		}
		for _, name := range l.parameters {
			if !slices.Contains(names, name) || seen[name] {
				t.Errorf("%s is no parameter, or has two lines", name)
			}
			seen[name] = true
		}
		for _, word := range regexp.MustCompile(`[a-z]+(_[a-z]+)+`).FindAllString(l.needs+" "+l.with, -1) {
			if !slices.Contains(names, word) {
				t.Errorf("%v needs %s, which is no parameter", l.parameters, word)
			}
		}
	}
}

// leverLibrary is the test library with everything that a regime may switch
// on switched off.
func leverLibrary(t *testing.T, settings ...string) *Library {
	t.Helper()
	l := testLibrary()
	for _, off := range []string{
		"return_offer_at_refusal", "return_offer_at_exhaustion", "transfer_share", "transfer_capacity", "detention_on_arrival",
		"new_appeal_body_share", "new_appeal_body_capacity", "contribution_asset_share", "contribution_assets",
		"contribution_per_adult", "response_switch", "declared_safe_rate",
	} {
		p := l.Parameter(off)
		p.Values[0].Amount = fill(fieldNamed(off), func(string) float64 { return 0 })
	}
	return apply(t, l, settings...)
}

// A lever that is pulled without what it needs is a fault, whenever that
// comes; what it needs may come later.
func TestALeverThatCanNeverAct(t *testing.T) {
	for _, c := range []struct{ settings, want string }{
		{"", ""},
		{"half.return_offer_at_refusal=0.5", ""},
		{"half.return_offer_at_refusal=0.5 uk-2025.return_payment_per_person=0 uk-2025.return_payment_education_per_child=0",
			"--set half.return_offer_at_refusal=0.5: return_offer_at_refusal = 0.5: want 0, or return_payment_per_person above 0 (no one accepts an offer of nothing)"},
		{"half.return_offer_at_refusal=0.5 uk-2025.return_payment_per_person=0 uk-2025.return_payment_education_per_child=0 half.return_payment_per_person@2027-01-01=1", ""},
		{"half.transfer_share.small_boat@2026-07-01=0.5",
			"--set half.transfer_share.small_boat@2026-07-01=0.5: transfer_share.small_boat = 0.5: want 0, or transfer_capacity and transfer_hold above 0 (from 2026-07-01; no one can be transferred)"},
		{"half.transfer_share.small_boat@2026-07-01=0.5 half.transfer_capacity@2028-01-01=10", ""},
		{"half.transfer_capacity=7 half.transfer_cost_per_year=0", "--set half.transfer_capacity=7: transfer_capacity = 7: want 0, or transfer_share above 0 for a route (no one is held for a transfer)"},
		{"uk-2025.transfer_share.small_boat=0.5 uk-2025.transfer_capacity=7 half.transfer_capacity=0", ""},
		{"uk-2025.transfer_share.small_boat=0.5 uk-2025.transfer_capacity=7 half.transfer_share.small_boat=0", ""},
		{"half.detention_beds_growth=3", "--set half.detention_beds_growth=3: detention_beds_growth = 3: want 0, or detention_beds_most above detention_beds (there are as many beds as there can be)"},
		{"half.detention_beds_growth=3 half.detention_beds_most=9", ""},
		{"half.new_appeal_body_share=1", "--set half.new_appeal_body_share=1: new_appeal_body_share = 1: want 0, or new_appeal_body_capacity above 0 (its appeals would never be heard)"},
		{"half.contribution_asset_share=1", "--set half.contribution_asset_share=1: contribution_asset_share = 1: want 0, or contribution_assets above 0 (nothing is taken)"},
		{"half.detention_on_arrival.small_boat=1 half.detention_beds=0",
			"--set half.detention_on_arrival.small_boat=1: detention_on_arrival.small_boat = 1: want 0, or detention_beds above 0 (no one can be detained)"},
	} {
		l := leverLibrary(t, strings.Fields(c.settings)...)
		if got := l.Unmet(mustResolve(t, l, "half")).Error(); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.settings, got, c.want)
		}
	}
}

// A change that does nothing during the run is told; one that acts in one of
// the regimes that have it is not.
func TestChangesThatDoNothing(t *testing.T) {
	const noSwitch = "half: response_lag = 90 has no effect in this run: it needs response_switch 1 (arrivals do not answer to policy)"
	for _, c := range []struct {
		settings string
		regimes  string
		want     []string
	}{
		{"", "uk-2025 half", nil},
		{"half.response_lag=90", "uk-2025 half", []string{noSwitch}},
		{"half.response_lag=90 half.response_switch=1", "uk-2025 half", nil},
		{"half.response_lag=90 half.response_switch@2040-01-01=1", "uk-2025 half", []string{noSwitch}},
		{"uk-2025.response_lag=90", "uk-2025 half", []string{strings.Replace(noSwitch, "half", "uk-2025", 1)}},
		{"uk-2025.response_lag=90 half.response_switch=1", "uk-2025 half", nil},
		{"uk-2025.response_lag=90 half.response_switch=1", "uk-2025", []string{strings.Replace(noSwitch, "half", "uk-2025", 1)}},
		{"half.return_payment_per_person=1 half.right_to_work=1", "half", []string{
			"half: return_payment_per_person = 1 has no effect in this run: it needs return_offer_at_refusal or return_offer_at_exhaustion above 0 (no offer is made)",
			"half: right_to_work = 1 has no effect in this run: it needs response_switch 1, response_saturation and response_awareness above 0 and response_to_work other than 0 (it acts on arrivals only)",
		}},
		{"half.transfer_share.small_boat=0.5 half.transfer_capacity=7 half.transfer_capacity@2027-01-01=0 uk-2025.transfer_cost_per_year=0", "half", []string{
			"half: transfer_share.small_boat = 0.5 has no effect in this run from 2027-01-01: it needs transfer_capacity and transfer_hold above 0 (no one can be transferred)",
		}},
		{"half.detention_beds_most=7", "half", []string{
			"half: detention_beds_most = 7 has no effect in this run: it needs detention_beds_growth above 0, or more detention_beds (it only bounds their number)",
		}},
		{"half.detention_beds_most=7 half.detention_beds=7", "half", nil},
		{"half.appeal_capacity_growth@2027-02-01=0.4", "half", []string{
			"half: appeal_capacity_growth = 0.4 has no effect in this run: it needs more appeal_capacity_growth_years (growth ends so many years after the opening)",
		}},
		{"half.appeal_capacity_growth@2026-11-01=0.4", "half", nil},
	} {
		l := leverLibrary(t, strings.Fields(c.settings)...)
		var regimes []*Regime
		for _, name := range strings.Fields(c.regimes) {
			regimes = append(regimes, mustResolve(t, l, name))
		}
		var got []string
		for _, w := range l.Idle(regimes, clock.MustDate("2025-12-31"), clock.MustDate("2035-12-31")) {
			got = append(got, w.Text)
		}
		if fmt.Sprint(got) != fmt.Sprint(c.want) {
			t.Errorf("%s, regimes %s:\n got %q\nwant %q", c.settings, c.regimes, got, c.want)
		}
	}
}

// A fault is told where the author of the regime wrote it, or wrote what it is
// in conflict with; and of several entries where the last of them was written.
func TestFaultsAreToldWhereTheyWereMade(t *testing.T) {
	for _, c := range []struct{ settings, want string }{
		{"half.return_payment_per_person=8",
			"--set half.return_payment_per_person=8: return_payment_family_cap = 1: want 8 or more, the value of return_payment_per_person (the value of return_payment_family_cap comes from test.yaml:1)"},
		{"half.return_payment_per_person=8 half.return_payment_family_cap=4",
			"--set half.return_payment_family_cap=4: return_payment_family_cap = 4: want 8 or more, the value of return_payment_per_person"},
		{"half.small_boat_nationality.afghan=0.5",
			"--set half.small_boat_nationality.afghan=0.5: small_boat_nationality = sum 1.166666667: want shares that sum to 1 (the 2 other entries sum to 0.666666667)"},
	} {
		l := apply(t, testLibrary(), strings.Fields(c.settings)...)
		_, ps := l.Resolve("half")
		if got := ps.Error(); got != c.want {
			t.Errorf("%s:\n got %s\nwant %s", c.settings, got, c.want)
		}
	}
}
