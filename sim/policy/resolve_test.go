package policy

import (
	"math"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

func mustResolve(t interface{ Fatal(...any) }, l *Library, name string) *Regime {
	regime, ps := l.Resolve(name)
	if len(ps) > 0 {
		t.Fatal(ps)
	}
	return regime
}

func (r *Regime) on(date string) *Rules { return &r.Epochs[r.EpochAt(clock.MustDate(date))] }

func TestALibraryWithSimpleValuesIsValid(t *testing.T) {
	if ps := testLibrary().Validate("parameters"); len(ps) > 0 {
		t.Fatal(ps)
	}
}

// A regime has the base's values up to its date and its own from then on.
func TestAnOverlayHoldsFromItsDate(t *testing.T) {
	l := testLibrary()
	regime := mustResolve(t, l, "half")
	for date, want := range map[string]unit.Months{"1990-01-01": 60, "2026-03-01": 60, "2026-03-02": 30, "2060-01-01": 30} {
		if got := regime.on(date).Permit.Length; got != want {
			t.Errorf("permit length on %s = %d months, want %d", date, got, want)
		}
	}
	if len(regime.Epochs) != 2 {
		t.Errorf("%d epochs, want 2: %v", len(regime.Epochs), regime.Starts)
	}
	if got := mustResolve(t, l, "uk-2025"); len(got.Epochs) != 1 || got.Epochs[0].Permit.Length != 60 {
		t.Errorf("the base has %d epochs and %d months, want 1 and 60", len(got.Epochs), got.Epochs[0].Permit.Length)
	}
}

// An overlay may begin before the first date that the base gives a value for:
// the time before it is still the base's.
func TestAnOverlayBeforeTheBasesFirstDate(t *testing.T) {
	l := testLibrary()
	change(&l.Overlays[0], "permit_length_uasc", "2020-01-01", 12)
	regime := mustResolve(t, l, "half")
	for date, want := range map[string]unit.Months{"2019-12-31": 60, "2020-01-01": 12, "2025-06-30": 12, "2030-01-01": 12} {
		if got := regime.on(date).Permit.LengthUASC; got != want {
			t.Errorf("on %s = %d months, want %d", date, got, want)
		}
	}
}

// A change of some entries of a table leaves the others to the base, also
// where the base changes later.
func TestAnOverlayOfPartOfATable(t *testing.T) {
	l := testLibrary()
	p := l.Parameter("grant_probability")
	f := fieldNamed(p.Name)
	p.Values = append(p.Values, assumedValue(clock.MustDate("2028-01-01"), fill(f, func(string) float64 { return 0.7 })))
	change(&l.Overlays[0], "grant_probability", "2027-01-01", 0.9, "eritrean")
	regime := mustResolve(t, l, "half")
	for date, want := range map[string][3]unit.Probability{
		"2026-12-31": {0.5, 0.5, 0.5}, "2027-01-01": {0.5, 0.9, 0.5}, "2028-01-01": {0.7, 0.9, 0.7},
	} {
		if got := [3]unit.Probability(regime.on(date).Decision.Grant[:3]); got != want {
			t.Errorf("on %s: %v, want %v", date, got, want)
		}
	}
}

func TestANullRegimeIsItsBase(t *testing.T) {
	l := testLibrary()
	l.Overlays = append(l.Overlays, Overlay{Name: "same", Title: "Same", Describe: "No change.", Base: "half", NoChange: true})
	if ps := l.Validate("parameters"); len(ps) > 0 {
		t.Fatal(ps)
	}
	base, same := mustResolve(t, l, "half"), mustResolve(t, l, "same")
	if !slices.Equal(base.Starts, same.Starts) || !slices.Equal(base.Epochs, same.Epochs) {
		t.Errorf("a regime that changes nothing differs from its base")
	}
}

// slowNumber looks a number up on a date as the documentation says it: the
// last regime of the chain that has begun to say something about the entry
// has the word; before all of them, the parameter.
func slowNumber(p *Parameter, chain []*Overlay, entry string, d clock.Date) float64 {
	for _, o := range slices.Backward(chain) {
		number, found := 0.0, false
		for _, v := range o.Changes[p.Name] {
			if x, ok := v.Amount.Entry(entry); ok && v.From <= d {
				number, found = x, true
			}
		}
		if found {
			return number
		}
	}
	number, _ := p.Values[0].Amount.Entry(entry)
	for _, v := range p.Values {
		if v.From <= d {
			number, _ = v.Amount.Entry(entry)
		}
	}
	return number
}

// Whatever values have whatever dates, the rules that EpochAt finds are those
// of the slow lookup.
func TestResolvingAgreesWithLookingUp(t *testing.T) {
	names := []string{"permit_length", "hotel_price", "grant_probability", "other_route_claims", "boats_season"}
	rapid.Check(t, func(t *rapid.T) {
		l := testLibrary()
		date := rapid.Custom(func(t *rapid.T) clock.Date {
			return clock.MustDate("2026-01-01").AddDays(rapid.IntRange(-900, 900).Draw(t, "day"))
		})
		number := func(f *Field) float64 {
			if f.Unit.fraction() {
				return float64(rapid.IntRange(0, 100).Draw(t, "percent")) / 100
			}
			return float64(rapid.IntRange(1, 100).Draw(t, "number"))
		}
		dates := func(label string, most int) []clock.Date {
			ds := rapid.SliceOfNDistinct(date, 1, most, rapid.ID[clock.Date]).Draw(t, label)
			slices.Sort(ds)
			return ds
		}
		top := Overlay{Name: "top", Base: "half", Title: "Top", Describe: "Top."}
		l.Overlays = append(l.Overlays, top)
		for _, name := range names {
			p, f := l.Parameter(name), fieldNamed(name)
			p.Values = nil
			for _, d := range dates(name, 4) {
				p.Values = append(p.Values, assumedValue(d, fill(f, func(string) float64 { return number(f) })))
			}
			for i := range l.Overlays {
				o := &l.Overlays[i]
				if o.Changes == nil {
					o.Changes = map[string][]Value{}
				}
				delete(o.Changes, name)
				if !rapid.Bool().Draw(t, o.Name+" changes "+name) {
					continue
				}
				for _, d := range dates(o.Name, 3) {
					a := fill(f, func(string) float64 { return number(f) })
					if len(a.Table) > 1 {
						a.Table = a.Table[rapid.IntRange(0, len(a.Table)-1).Draw(t, "entries left out"):]
					}
					o.Changes[name] = append(o.Changes[name], assumedValue(d, a))
				}
			}
		}
		chain, _ := l.Chain("top")
		regime := mustResolve(t, l, "top")
		for range 20 {
			d := date.Draw(t, "looked up")
			rules := regime.Epochs[regime.EpochAt(d)]
			want := rules
			for _, name := range names {
				p, f := l.Parameter(name), fieldNamed(name)
				var numbers []float64
				for _, entry := range f.By.Keys(testGroups) {
					numbers = append(numbers, slowNumber(p, chain, entry, d))
				}
				f.set(&want, numbers)
			}
			if rules != want {
				t.Fatalf("on %s: resolved %+v\nlooked up %+v", d, rules, want)
			}
		}
		for i := 1; i < len(regime.Epochs); i++ {
			if regime.Starts[i] <= regime.Starts[i-1] || regime.Epochs[i] == regime.Epochs[i-1] {
				t.Fatalf("epoch %d from %s after %s changes nothing or goes back", i, regime.Starts[i], regime.Starts[i-1])
			}
		}
	})
}

// Shares that sum to 1 within rounding are made to do so exactly.
func TestSharesSumToExactlyOne(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		shares := rapid.SliceOfN(rapid.Float64Range(0, 1), 1, MaxNationalities).Draw(t, "shares")
		total := sum(shares) + 1e-3
		shares[0] += 1e-3
		off := 1 + rapid.Float64Range(-1e-6, 1e-6).Draw(t, "off")
		before := slices.Clone(shares)
		for i := range shares {
			shares[i] = shares[i] / total * off
		}
		normalise(shares)
		if sum(shares) != 1 {
			t.Fatalf("sum = %.20f", sum(shares))
		}
		for i := range shares {
			if math.Abs(shares[i]-before[i]/total) > 2e-6 {
				t.Fatalf("share %d moved from %v to %v", i, before[i]/total, shares[i])
			}
		}
	})
}

// Every problem with the numbers together names the parameter and the value
// in force.
func TestNumbersThatCannotBeTogether(t *testing.T) {
	for _, c := range []struct {
		set  []string
		want string
	}{
		{[]string{"permit_length=0"}, "permit_length = 0: want 1 or more"},
		{[]string{"permit_length_uasc=0"}, "permit_length_uasc = 0: want 1 or more"},
		{[]string{"settlement_years=0"}, "settlement_years = 0: want 1 or more"},
		{[]string{"settlement_years_uasc=101"}, "settlement_years_uasc = 101: want no more than 100; for no settlement set settlement_share to 0"},
		{[]string{"caseworkers_minimum=3"}, "caseworkers_minimum = 3: want no more than 1, the value of caseworkers_maximum"},
		{[]string{"caseworker_productivity=0"}, "caseworker_productivity = 0: want more than 0"},
		{[]string{"decision_queue_correction=0"}, "decision_queue_correction = 0: want more than 0"},
		{[]string{"preparation_time=0"}, "preparation_time = 0: want more than 0"},
		{[]string{"withdrawal_shape=0"}, "withdrawal_shape = 0: want more than 0"},
		{[]string{"arrival_scale.visa_holder=1.1"}, "arrival_scale.visa_holder = 1.1: want no more than 1, the value of arrival_envelope"},
		{[]string{"arrival_envelope=0.9"}, "arrival_envelope = 0.9: want 1 or more"},
		{[]string{"people_per_boat=2"}, "people_per_boat = 2: want no more than 1, the value of people_per_boat_cap"},
		{[]string{"boats_per_crossing_day=0.5"}, "boats_per_crossing_day = 0.5: want 1 or more"},
		{[]string{"boats_dispersion=0"}, "boats_dispersion = 0: want more than 0"},
		{[]string{"level_lasting_sd.small_boats=6"}, "level_lasting_sd.small_boats = 6: want no more than 5: the level would be anything"},
		{[]string{"level_start.grants=6"}, "level_start.grants = 6: want no more than 5: a hundredfold and more"},
		{[]string{"dependants_per_family=0.5"}, "dependants_per_family = 0.5: want 1 or more"},
		{[]string{"appeal_capacity_growth=1.5"}, "appeal_capacity_growth = 1.5: want a yearly growth rate from -1 to 1"},
		{[]string{"discount_rate=1"}, "discount_rate = 1: want a yearly rate of 0 or more and below 1"},
		{[]string{"opening_people_per_permit=0.9"}, "opening_people_per_permit = 0.9: want 1 or more"},
		{[]string{"opening_backlog_shape=0"}, "opening_backlog_shape = 0: want more than 0"},
	} {
		l := testLibrary()
		var settings []Setting
		for _, text := range c.set {
			s, err := ParseSetting("uk-2025." + text)
			if err != nil {
				t.Fatal(err)
			}
			settings = append(settings, s)
		}
		changed, ps := l.Apply(settings)
		if len(ps) > 0 {
			t.Fatal(ps)
		}
		_, ps = changed.Resolve("uk-2025")
		want := "--set uk-2025." + c.set[0] + ": " + c.want
		if !slices.ContainsFunc(ps, func(p Problem) bool { return p.Error() == want }) {
			t.Errorf("%v:\n got %v\nwant %s", c.set, ps, want)
		}
	}
}
