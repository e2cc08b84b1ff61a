package evidence

import (
	"strings"
	"testing"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

func supportAt(t *testing.T, s *Series, date clock.Date) *Support {
	t.Helper()
	row, err := find(s.Support, "asylum_support_quarterly.csv", date.String(), func(r *Support) bool { return r.Date == date })
	if err != nil {
		t.Fatal(err)
	}
	return &row
}

func supported(o *asylum.Opening) (sum unit.People) {
	for _, people := range o.Supported {
		sum += people
	}
	return sum
}

// TestEveryOpeningDateMeetsWhatIsPublished: a run can start at the end of every
// quarter from 2021 to 2025, with the stocks that were published of that date.
// The vintages of the total in support and of its breakdown differ by up to 50.
func TestEveryOpeningDateMeetsWhatIsPublished(t *testing.T) {
	s, p := published(t), readParameters(t)
	dates := quarterEnds("2021-12-31", "2025-12-31")
	if len(dates) != 17 {
		t.Fatalf("%d dates, want 17", len(dates))
	}
	casesKnown, hotelsKnown := 0, 0
	for _, date := range dates {
		rules := p.rules(date).Opening
		o, _, err := Opening(s, date, rules)
		if err != nil {
			t.Error(err)
			continue
		}
		same := func(what string, got, want int64) {
			if got != want {
				t.Errorf("%v: %s: %d, published %d", date, what, got, want)
			}
		}
		backlog, err := s.BacklogAt(date)
		if err != nil {
			t.Fatal(err)
		}
		same("people awaiting a decision", int64(o.AwaitingPeople), int64(backlog.People))
		waiting := asylum.TotalCases(o.Awaiting)
		if backlog.Cases.Known {
			casesKnown++
			same("cases awaiting a decision", int64(waiting), int64(backlog.Cases.Value))
		} else if perCase := float64(backlog.People) / float64(waiting); perCase < 1.2 || perCase > 1.5 {
			t.Errorf("%v: %.2f people a case await a decision", date, perCase)
		}
		open, err := find(s.Appeals, "", "", func(a *Appeals) bool { return a.Quarter == date })
		if err != nil {
			t.Fatal(err)
		}
		same("appeals open", int64(asylum.TotalCases(o.Appeals)), int64(open.Open))
		row := supportAt(t, s, date)
		if gap := supported(o) - row.People; gap < -50 || gap > 50 {
			t.Errorf("%v: %d people in support, published %d", date, supported(o), row.People)
		}
		if row.Hotel.Known {
			hotelsKnown++
			same("people in hotels", int64(o.Supported[asylum.Hotel]), int64(row.Hotel.Value))
		}
		if row.Dispersal.Known {
			same("people in dispersal", int64(o.Supported[asylum.Dispersal]), int64(row.Dispersal.Value))
			same("people with subsistence only", int64(o.Supported[asylum.SubsistenceOnly]), int64(row.Subsistence.Value))
		}
		same("refused cases", int64(asylum.TotalCases(o.Refused)), int64(rules.RefusedCases))
		if o.Date != date || len(o.Known) != 0 {
			t.Errorf("%v: opens on %v with %d known days", date, o.Date, len(o.Known))
		}
	}
	// Cases are not published of March and June 2025, hotels not before December 2022.
	if casesKnown != 15 || hotelsKnown != 13 {
		t.Errorf("cases are published of %d dates and hotels of %d, want 15 and 13", casesKnown, hotelsKnown)
	}
}

// TestAnOpeningFromWhatWasKnown: the opening of each origin, from the series cut
// to what was out by then, is that of the full series wherever both have the
// figures; what is derived may differ, but sums to what was published.
func TestAnOpeningFromWhatWasKnown(t *testing.T) {
	s, p := published(t), readParameters(t)
	for _, date := range quarterEnds("2022-03-31", "2026-03-31") {
		origin := originAt(t, s, date)
		rules := p.rules(origin.Opening).Opening
		known, _, err := Opening(origin.Series, origin.Opening, rules)
		if err != nil {
			t.Errorf("%v: %v", date, err)
			continue
		}
		full, _, err := Opening(s, origin.Opening, rules)
		if err != nil {
			t.Fatal(err)
		}
		if known.AwaitingPeople != full.AwaitingPeople || asylum.TotalCases(known.Awaiting) != asylum.TotalCases(full.Awaiting) ||
			asylum.TotalCases(known.Appeals) != asylum.TotalCases(full.Appeals) || known.Supported != full.Supported ||
			known.CrossedLastDay != full.CrossedLastDay || known.SpellDays != full.SpellDays {
			t.Errorf("%v: the stocks of %v differ from those of the full series", date, origin.Opening)
		}
	}
}

// TestAccommodationBefore2022IsDerived: in December 2021 84,457 people were in
// support, and 50,803 in the mean of 2019. The 33,654 beyond them are taken to be
// in hotels, 6% of the others, 3,048, to have subsistence only and the rest to be
// in dispersal. Parts sum to the total exactly.
func TestAccommodationBefore2022IsDerived(t *testing.T) {
	s, p := published(t), readParameters(t)
	o, notes, err := Opening(s, clock.MustDate("2021-12-31"), p.rules(clock.MustDate("2021-12-31")).Opening)
	if err != nil {
		t.Fatal(err)
	}
	want := [asylum.NumHousing]unit.People{asylum.Hotel: 33654, asylum.SubsistenceOnly: 3048, asylum.Dispersal: 47755}
	if o.Supported != want {
		t.Errorf("in support are %v, want %v", o.Supported, want)
	}
	if text := strings.Join(notes, "\n"); !strings.Contains(text, "not published before December 2022") || !strings.Contains(text, "50803 of 2019") {
		t.Errorf("no note says that accommodation is derived:\n%s", text)
	}
	for _, date := range quarterEnds("2021-12-31", "2022-09-30") {
		o, _, err := Opening(s, date, p.rules(date).Opening)
		if err != nil {
			t.Fatal(err)
		}
		row := supportAt(t, s, date)
		if supported(o) != row.People {
			t.Errorf("%v: the parts sum to %d, published %d", date, supported(o), row.People)
		}
		if o.Supported[asylum.Hotel] != row.People-50803 {
			t.Errorf("%v: %d in hotels, want those beyond 50,803", date, o.Supported[asylum.Hotel])
		}
	}
}

// TestNoHotelsWhereFewAreSupported: with fewer people in support than in 2019
// none are taken to be in hotels.
func TestNoHotelsWhereFewAreSupported(t *testing.T) {
	s := published(t)
	for i := range s.Support {
		if s.Support[i].Date == clock.MustDate("2021-12-31") {
			s.Support[i].People = 40000
		}
	}
	o := opening{Opening: &asylum.Opening{Date: clock.MustDate("2021-12-31")}, series: s}
	if err := o.support(); err != nil {
		t.Fatal(err)
	}
	want := [asylum.NumHousing]unit.People{asylum.SubsistenceOnly: 2400, asylum.Dispersal: 37600}
	if o.Supported != want {
		t.Errorf("in support are %v, want %v", o.Supported, want)
	}
	s.Support = s.Support[len(s.Support)-20:]
	if err := o.support(); err == nil || !strings.Contains(err.Error(), "2019") {
		t.Errorf("error %v: want one that says that 2019 is missing", err)
	}
}

// TestAccommodationWithHotelsOnlyIsSplit: from December 2024 to September 2025
// only hotels are published. The others are split as in September 2024, to within
// a person, and all sum to the total exactly.
func TestAccommodationWithHotelsOnlyIsSplit(t *testing.T) {
	s, p := published(t), readParameters(t)
	as := supportAt(t, s, clock.MustDate("2024-09-30")).byHousing()
	others := 0.0
	for kind, people := range as {
		if asylum.Housing(kind) != asylum.Hotel {
			others += float64(people)
		}
	}
	for _, date := range quarterEnds("2024-12-31", "2025-09-30") {
		o, notes, err := Opening(s, date, p.rules(date).Opening)
		if err != nil {
			t.Fatal(err)
		}
		row := supportAt(t, s, date)
		if supported(o) != row.People || o.Supported[asylum.Hotel] != row.Hotel.Value {
			t.Errorf("%v: %d in all and %d in hotels, published %d and %d", date, supported(o), o.Supported[asylum.Hotel], row.People, row.Hotel.Value)
		}
		for kind, people := range o.Supported {
			if asylum.Housing(kind) == asylum.Hotel {
				continue
			}
			exact := float64(row.People-row.Hotel.Value) * float64(as[kind]) / others
			if off := float64(people) - exact; off <= -1 || off >= 1 {
				t.Errorf("%v: %d in %v, want %.1f", date, people, asylum.Housing(kind), exact)
			}
		}
		if !strings.Contains(strings.Join(notes, "\n"), "split as on 2024-09-30") {
			t.Errorf("%v: no note says how accommodation is split: %q", date, notes)
		}
	}
}

// TestPermitsReachBack: leave granted in the five years before 2021 includes
// quarters whose allowed appeals are those of the earlier series: 20 quarters of
// grants over people a permit, and allowed appeals, as far as still held.
func TestPermitsReachBack(t *testing.T) {
	s, p := published(t), readParameters(t)
	date := clock.MustDate("2021-12-31")
	rules := p.rules(date).Opening
	o, _, err := Opening(s, date, rules)
	if err != nil {
		t.Fatal(err)
	}
	if first := o.Permits[0].First; len(o.Permits) != 20 || first != clock.MustDate("2017-01-01") {
		t.Errorf("%d quarters from %v, want 20 from 2017-01-01", len(o.Permits), first)
	}
	total := 0.0
	for _, f := range s.Flows {
		if f.Quarter <= clock.MustDate("2016-12-31") || f.Quarter > date {
			continue
		}
		total += float64(f.Grants) / rules.PeoplePerPermit
		if f.Quarter < clock.MustDate("2018-03-31") {
			e, err := find(s.EarlierAppeals, "", "", func(a *EarlierAppeals) bool { return a.Quarter == f.Quarter })
			if err != nil {
				t.Fatal(err)
			}
			total += float64(e.Allowed)
			continue
		}
		a, err := find(s.Appeals, "", "", func(a *Appeals) bool { return a.Quarter == f.Quarter })
		if err != nil {
			t.Fatal(err)
		}
		total += float64(a.Disposals) * 0.85 * a.AllowedPercent / 100
	}
	want := total * float64(rules.PermitSurvival)
	if got := float64(asylum.TotalCases(o.Permits)); got < want-0.51 || got > want+0.51 {
		t.Errorf("%v permits in force, want %.1f", got, want)
	}
}
