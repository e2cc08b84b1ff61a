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
		{[]string{"half.permit_length=24", "half.permit_length=18"}, "60 60 60 60", "60 18 18 18"},
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

func TestSettingsThatAreWrong(t *testing.T) {
	for text, want := range map[string]string{
		"uk-2025.hotel_pric=1":                 "--set uk-2025.hotel_pric=1: hotel_pric: want the name of a parameter (did you mean hotel_price?)",
		"uk-2052.hotel_price=1":                "--set uk-2052.hotel_price=1: uk-2052: want the name of a regime: half or uk-2025 (did you mean uk-2025?)",
		"uk-2025.hotel_price=-1":               "--set uk-2025.hotel_price=-1: hotel_price = -1: want a price from 0 to 10,000,000 GBP",
		"uk-2025.hotel_price=cheap":            `--set uk-2025.hotel_price=cheap: hotel_price = "cheap": want a number`,
		"uk-2025.hotel_price=NaN":              `--set uk-2025.hotel_price=NaN: hotel_price = "NaN": want a number`,
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
	for _, text := range []string{"uk-2025.hotel_price=1", "a.b.c@2027-01-01=-1e-3", "a.b@=1", "==", "a..b=1", "a.b=0x1p2"} {
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
		again, err := ParseSetting(s.Regime + "." + s.Key() + date + "=" + FormatNumber(s.Number))
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
