package policy

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"asylumsim/sim/unit"
)

func apply(t *testing.T, l *Library, texts ...string) *Library {
	t.Helper()
	var settings []Setting
	for _, text := range texts {
		s, err := ParseSetting(text)
		if err != nil {
			t.Fatal(err)
		}
		settings = append(settings, s)
	}
	changed, ps := l.Apply(settings)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	return &changed
}

func lengths(r *Regime) string {
	var got []string
	for _, date := range []string{"2020-01-01", "2026-03-02", "2027-06-01", "2029-01-01"} {
		got = append(got, fmt.Sprint(r.on(date).Permit.Length))
	}
	return strings.Join(got, " ")
}

// Permit lengths in 2020, from March 2026, in June 2027 and in 2029. The
// regime half gives 30 months from 2 March 2026 on.
func TestSettingsHoldWhereTheyShould(t *testing.T) {
	for _, c := range []struct {
		set          []string
		base, regime string
	}{
		{nil, "60 60 60 60", "60 30 30 30"},
		{[]string{"uk-2025.permit_length=48"}, "48 48 48 48", "48 30 30 30"},
		{[]string{"half.permit_length=24"}, "60 60 60 60", "60 24 24 24"},
		{[]string{"half.permit_length@2027-06-01=12"}, "60 60 60 60", "60 30 12 12"},
		{[]string{"half.permit_length@2020-01-01=12"}, "60 60 60 60", "12 12 12 12"},
		{[]string{"half.permit_length@2029-01-01=6", "half.permit_length=24", "half.permit_length@2027-06-01=12"}, "60 60 60 60", "60 24 12 6"},
		{[]string{"half.permit_length=x1.2"}, "60 60 60 60", "60 36 36 36"},
		{[]string{"half.permit_length=-20%"}, "60 60 60 60", "60 24 24 24"},
		{[]string{"uk-2025.permit_length=+20%"}, "72 72 72 72", "72 30 30 30"},
		{[]string{"uk-2025.permit_length@2027-06-01=x2"}, "60 60 120 120", "60 30 30 30"},
		{[]string{"half.permit_length@2020-01-01=x2"}, "60 60 60 60", "120 60 60 60"},
		{[]string{"half.permit_length@2027-06-01=x0.5"}, "60 60 60 60", "60 30 15 15"},
		// Of what another setting gives, in whatever order they are given.
		{[]string{"half.permit_length@2020-01-01=x0.5", "uk-2025.permit_length=48"}, "48 48 48 48", "24 15 15 15"},
		{[]string{"half.permit_length@2027-06-01=x2", "half.permit_length=24"}, "60 60 60 60", "60 24 48 48"},
		{[]string{"uk-2025.permit_length@2027-06-01=36"}, "60 60 36 36", "60 30 30 30"},
	} {
		l := apply(t, testLibrary(), c.set...)
		if got := lengths(mustResolve(t, l, "uk-2025")); got != c.base {
			t.Errorf("%v: base %s, want %s", c.set, got, c.base)
		}
		if got := lengths(mustResolve(t, l, "half")); got != c.regime {
			t.Errorf("%v: regime %s, want %s", c.set, got, c.regime)
		}
	}
}

func TestASettingOfOneEntryLeavesTheOthers(t *testing.T) {
	l := testLibrary()
	change(&l.Overlays[0], "grant_probability", "2027-01-01", 0.9, "afghan", "eritrean")
	set := apply(t, l, "half.grant_probability.eritrean=0.1")
	got := [3]unit.Probability(mustResolve(t, set, "half").on("2027-01-01").Decision.Grant[:3])
	if want := [3]unit.Probability{0.9, 0.1, 0.5}; got != want {
		t.Errorf("got %v, want %v", got, want)
	}
	if got := len(l.Overlays[0].Changes["grant_probability"][0].Amount.Table); got != 2 {
		t.Errorf("the library that was set from has changed: %d entries", got)
	}
}

// A relative setting of a table scales its entries, each on its own dates, and is
// kept as the numbers that it makes, which are certain.
func TestARelativeSettingOfATable(t *testing.T) {
	l := testLibrary()
	change(&l.Overlays[0], "grant_probability", "2027-01-01", 0.9, "afghan")
	set := apply(t, l, "half.grant_probability=x0.8")
	half := mustResolve(t, set, "half")
	for date, want := range map[string][3]unit.Probability{"2026-06-01": {0.5, 0.4, 0.4}, "2028-01-01": {0.72, 0.4, 0.4}} {
		if got := [3]unit.Probability(half.on(date).Decision.Grant[:3]); got != want {
			t.Errorf("on %s: got %v, want %v", date, got, want)
		}
	}
	for _, v := range set.Overlay("half").Changes["grant_probability"] {
		if v.Uncertainty == nil || v.Uncertainty.Distribution != "none" || !strings.Contains(v.Assumed, "grant_probability=x0.8, of 0.") {
			t.Errorf("kept as %+v", v)
		}
	}
	if ps := set.Overlay("half").Validate(set.Parameters, set.Groups); len(ps) > 0 {
		t.Errorf("the changes do not stand in a file: %v", ps)
	}
}

// Two settings of one value are refused, with both.
func TestASettingGivenTwice(t *testing.T) {
	for _, c := range [][2]string{
		{"half.permit_length=24", "half.permit_length=18"},
		{"half.permit_length=24", "half.permit_length=24"},
		{"half.permit_length=24", "half.permit_length@2026-03-02=18"}, // the date of the regime's change
		{"half.permit_length=24", "half.permit_length=x1.2"},
		{"uk-2025.grant_probability=x0.9", "uk-2025.grant_probability.afghan=0.1"},
	} {
		one, _ := ParseSetting(c[0])
		two, _ := ParseSetting(c[1])
		_, ps := testLibrary().Apply([]Setting{one, two})
		if want := fmt.Sprintf("--set %s: %s: want one setting for a value (there is --set %s too)", c[1], two.Key(), c[0]); ps.Err() == nil || ps.Error() != want {
			t.Errorf("got %v\nwant %s", ps, want)
		}
	}
	apply(t, testLibrary(), "uk-2025.permit_length=24", "half.permit_length=24", "half.permit_length@2028-01-01=18",
		"uk-2025.grant_probability.afghan=0.1", "uk-2025.grant_probability.eritrean=0.1")
}

func TestSettingsThatAreWrong(t *testing.T) {
	for text, want := range map[string]string{
		"uk-2025.hotel_pric=1":                 "--set uk-2025.hotel_pric=1: hotel_pric: want the name of a parameter (did you mean hotel_price?)",
		"uk-2052.hotel_price=1":                "--set uk-2052.hotel_price=1: uk-2052: want the name of a regime: half or uk-2025 (did you mean uk-2025?)",
		"uk-2025.hotel_price=-1":               "--set uk-2025.hotel_price=-1: hotel_price = -1: want a price from 0 to 10,000,000 GBP",
		"uk-2025.hotel_price=cheap":            `--set uk-2025.hotel_price=cheap: hotel_price = "cheap": want a number, or a change of the value that would hold: x1.2, +20% or -20%`,
		"uk-2025.hotel_price=NaN":              `--set uk-2025.hotel_price=NaN: hotel_price = "NaN": want a number, or a change of the value that would hold: x1.2, +20% or -20%`,
		"uk-2025.hotel_price=+20":              `--set uk-2025.hotel_price=+20: hotel_price = "+20": want ` + amountForms + ` (without a sign for a value, +20% for a change)`,
		"uk-2025.hotel_price=20%":              `--set uk-2025.hotel_price=20%: hotel_price = "20%": want ` + amountForms + ` (+20% is a change, and 0.2 a share of 20%)`,
		"uk-2025.hotel_price=1.2x":             `--set uk-2025.hotel_price=1.2x: hotel_price = "1.2x": want ` + amountForms + ` (did you mean x1.2?)`,
		"uk-2025.hotel_price=*1.2":             `--set uk-2025.hotel_price=*1.2: hotel_price = "*1.2": want ` + amountForms + ` (did you mean x1.2?)`,
		"uk-2025.hotel_price=x-1":              `--set uk-2025.hotel_price=x-1: hotel_price = "x-1": want ` + amountForms,
		"uk-2025.hotel_price=x":                `--set uk-2025.hotel_price=x: hotel_price = "x": want ` + amountForms,
		"uk-2025.hotel_price=-120%":            `--set uk-2025.hotel_price=-120%: hotel_price = "-120%": want ` + amountForms + ` (-100% leaves nothing, and no value can lose more)`,
		"uk-2025.hotel_price=x1e9":             "--set uk-2025.hotel_price=x1e9: hotel_price = 1000000000: want a price from 0 to 10,000,000 GBP",
		"uk-2025.permit_length=x0.033":         "--set uk-2025.permit_length=x0.033: permit_length = 1.98: want a whole number of months",
		"uk-2025.uasc_share.small_boat=x100":   "--set uk-2025.uasc_share.small_boat=x100: uasc_share.small_boat = 50: want a probability from 0 to 1",
		"uk-2025.uasc_share.smallboat=x2":      "--set uk-2025.uasc_share.smallboat=x2: uasc_share.smallboat: want a route: small_boat, other_irregular, visa_holder or other_in_country (did you mean small_boat?)",
		"uk-2025.permit_length=2.7":            "--set uk-2025.permit_length=2.7: permit_length = 2.7: want a whole number of months",
		"uk-2025.hotel_price@soon=1":           "--set uk-2025.hotel_price@soon=1: hotel_price = @soon: want a date such as @2027-01-01",
		"uk-2025.hotel_price.small_boat=1":     "--set uk-2025.hotel_price.small_boat=1: hotel_price.small_boat: want uk-2025.hotel_price=value (it is a single number)",
		"uk-2025.uasc_share=0.1":               "--set uk-2025.uasc_share=0.1: uasc_share: want uk-2025.uasc_share.ENTRY=value with a route: small_boat, other_irregular, visa_holder or other_in_country (it is a table)",
		"uk-2025.uasc_share.smal_boat=0.1":     "--set uk-2025.uasc_share.smal_boat=0.1: uasc_share.smal_boat: want a route: small_boat, other_irregular, visa_holder or other_in_country (did you mean small_boat?)",
		"uk-2025.uasc_share.small_boat=1.1":    "--set uk-2025.uasc_share.small_boat=1.1: uasc_share.small_boat = 1.1: want a probability from 0 to 1",
		"uk-2025.hotel_price":                  `--set uk-2025.hotel_price: --set = "uk-2025.hotel_price": want REGIME.parameter=value, REGIME.parameter.entry=value or REGIME.parameter@DATE=value`,
		"hotel_price=1":                        `--set hotel_price=1: --set = "hotel_price=1": want REGIME.parameter=value, REGIME.parameter.entry=value or REGIME.parameter@DATE=value`,
		"uk-2025.uasc_share.small_boat.more=1": `--set uk-2025.uasc_share.small_boat.more=1: --set = "uk-2025.uasc_share.small_boat.more=1": want REGIME.parameter=value, REGIME.parameter.entry=value or REGIME.parameter@DATE=value`,
	} {
		s, err := ParseSetting(text)
		if err == nil {
			_, ps := testLibrary().Apply([]Setting{s})
			err = ps.Err()
		}
		if err == nil || err.Error() != want {
			t.Errorf("%s:\n got %v\nwant %s", text, err, want)
		}
	}
}

func FuzzParseSetting(f *testing.F) {
	for _, text := range []string{"uk-2025.hotel_price=1", "a.b.c@2027-01-01=-1e-3", "a.b@=1", "==", "a..b=1", "a.b=0x1p2", "a.b=x1.2", "a.b=+20%", "half.permit_length=-20%"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := ParseSetting(text)
		if err != nil {
			if ps := (Problems)(nil); !errors.As(err, &ps) || len(ps) != 1 || ps[0].Want == "" {
				t.Fatalf("%q: the problem does not say what was wanted: %v", text, err)
			}
			return
		}
		date := ""
		if s.Dated {
			date = "@" + s.From.String()
		}
		factor := ""
		if s.Relative {
			factor = "x"
		}
		again, err := ParseSetting(s.Regime + "." + s.Key() + date + "=" + factor + FormatNumber(s.Number))
		again.Text = s.Text
		if err != nil || again != s {
			t.Fatalf("%q: read as %+v, written and read again as %+v (%v)", text, s, again, err)
		}
		_, _ = testLibrary().Apply([]Setting{s})
	})
}

// What a regime changes is told number by number, with the base's number on
// that date.
func TestDifferencesAgainstTheBase(t *testing.T) {
	l := testLibrary()
	change(&l.Overlays[0], "grant_probability", "2027-01-01", 0.9, "eritrean", "afghan")
	l.Overlays[0].Changes["permit_length"][0].Quality = Green
	l.Overlays[0].Changes["permit_length"][0].QualityReason = "In force."
	ds, ps := l.Differences("half")
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	var got []string
	for _, d := range ds {
		got = append(got, fmt.Sprintf("%s %s %s %v>%v %s", d.Parameter.Name, d.Entry, d.From, d.Before, d.After, d.Quality))
	}
	want := []string{
		"grant_probability afghan 2027-01-01 0.5>0.9 red",
		"grant_probability eritrean 2027-01-01 0.5>0.9 red",
		"permit_length  2026-03-02 60>30 green",
	}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got := l.ChangedBy("permit_length"); len(got) != 1 || got[0] != "half" {
		t.Errorf("permit_length is changed by %v, want half", got)
	}
}

func TestBasesThatGoRound(t *testing.T) {
	l := testLibrary()
	l.Overlays[1].Base = "half"
	_, ps := l.Chain("half")
	want := `regimes/half.yaml:1: base = "uk-2025": want a chain of bases that ends in a root (it goes round: half < uk-2025 < half)`
	if ps.Error() != want {
		t.Errorf("got %v\nwant %s", ps, want)
	}
}
