package evidence

import (
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// quarterEnds lists the ends of quarters from one to another.
func quarterEnds(first, last string) []clock.Date {
	var ends []clock.Date
	for d := clock.MustDate(first); d <= clock.MustDate(last); d = (d + 1).AddMonths(3) - 1 {
		ends = append(ends, d)
	}
	return ends
}

func originAt(t *testing.T, s *Series, date clock.Date) *Origin {
	t.Helper()
	o, err := s.Origin(date)
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestFirstOrigin: on the morning of 1 April 2022 the latest quarter with all
// stocks and flows was the one to December 2021, and boats were known to the day.
func TestFirstOrigin(t *testing.T) {
	o := originAt(t, published(t), clock.MustDate("2022-03-31"))
	if want := clock.MustDate("2021-12-31"); o.Opening != want {
		t.Errorf("opens on %v, want %v", o.Opening, want)
	}
	for what, got := range map[string]clock.Date{
		"flows": last(o.Series.Flows).Quarter, "stock": last(o.Series.Backlog).Date, "appeals": last(o.Series.Appeals).Quarter,
		"support": last(o.Series.Support).Date, "returns": last(o.Series.Returns).Quarter,
	} {
		if got != o.Opening {
			t.Errorf("%s are known to %v, want the opening date", what, got)
		}
	}
	if got := o.BoatsUntil(); got != o.Date {
		t.Errorf("boats are known until %v, want the origin", got)
	}
}

// TestEveryOriginOpensAQuarterBefore: at each end of a quarter of the back-test
// the stocks of the quarter before are out, and the arrivals by boat of the
// quarter between: those days as published, one after the other. The daily series
// ends with 2025, so that the last origin has none.
func TestEveryOriginOpensAQuarterBefore(t *testing.T) {
	s := published(t)
	origins := quarterEnds("2022-03-31", "2026-03-31")
	if len(origins) != 17 {
		t.Fatalf("%d origins, want 17", len(origins))
	}
	for _, date := range origins {
		o := originAt(t, s, date)
		if before := quarterStart(date) - 1; o.Opening != before {
			t.Errorf("%v: opens on %v, want %v", date, o.Opening, before)
		}
		known := o.known()
		if date == clock.MustDate("2026-03-31") {
			if len(known) != 0 || o.BoatsUntil() != clock.MustDate("2025-12-31") {
				t.Errorf("%v: %d days of boats are known, until %v", date, len(known), o.BoatsUntil())
			}
			continue
		}
		days, err := s.BoatDaysBetween(o.Opening+1, date)
		if err != nil {
			t.Fatal(err)
		}
		if len(known) != len(days) || len(known) != int(date-o.Opening) || o.BoatsUntil() != date {
			t.Fatalf("%v: %d days of boats are known, until %v; want %d", date, len(known), o.BoatsUntil(), date-o.Opening)
		}
		for i, d := range days {
			if known[i].People != d.People || known[i].Boats != int(d.Boats) {
				t.Errorf("%v: %v has %+v, published were %d people in %d boats", date, d.Date, known[i], d.People, d.Boats)
			}
		}
	}
}

// TestAnOriginNeedsItsSeries: where one of the quarterly series stops, the
// opening date stays behind; where none is left, or boats stop before the
// opening date, there is no origin, and the error says why.
func TestAnOriginNeedsItsSeries(t *testing.T) {
	date := clock.MustDate("2023-03-31")
	for name, cut := range map[string]func(*Series){
		"flows":   func(s *Series) { s.Flows = s.At(date - 90).Flows },
		"appeals": func(s *Series) { s.Appeals = s.At(date - 90).Appeals },
		"support": func(s *Series) { s.Support = s.At(date - 90).Support },
		"returns": func(s *Series) { s.Returns = s.At(date - 90).Returns },
		"stock":   func(s *Series) { s.Backlog = s.At(date - 90).Backlog },
	} {
		s := published(t)
		cut(s)
		if o := originAt(t, s, date); o.Opening != clock.MustDate("2022-09-30") {
			t.Errorf("without the latest %s it opens on %v, want 2022-09-30", name, o.Opening)
		}
	}
	for want, cut := range map[string]func(*Series){
		"no quarter with all stocks and flows":              func(s *Series) { s.Returns = nil },
		"ends before the opening date 2022-12-31":           func(s *Series) { s.BoatDays = s.At(clock.MustDate("2022-12-31")).BoatDays },
		"small_boat_daily.csv ends before the opening date": func(s *Series) { s.BoatDays = nil },
	} {
		s := published(t)
		cut(s)
		if o, err := s.Origin(date); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "2023-03-31") {
			t.Errorf("%+v, error %v: want one that says %q", o, err, want)
		}
	}
	if _, err := published(t).Origin(clock.MustDate("2010-03-31")); err == nil {
		t.Error("nothing was published by March 2010")
	}
}

// TestDecisionMakersAtTheOrigin: of staff the latest number published by then,
// the most that there were or were to be, and what the latest plan adds a month
// from the opening date, a quarter before, until its date.
func TestDecisionMakersAtTheOrigin(t *testing.T) {
	s := published(t)
	// Months are of 365.25/12 days.
	months := func(from, to string) float64 {
		return float64(clock.MustDate(to)-clock.MustDate(from)) / unit.DaysPerYear * 12
	}
	for _, c := range []struct {
		date      string
		fte, most unit.FTE
		perMonth  float64
	}{
		// 614, and 1,000 by April: 386 more in the three months from the opening.
		{"2022-03-31", 614, 1000, 386 / months("2021-12-31", "2022-04-01")},
		{"2022-06-30", 614, 1000, 0}, // its date is past
		{"2022-09-30", 614, 1000, 0},
		// More than 1,000 in November; 1,500 by March and then, in January,
		// 2,500 by September: the later plan counts.
		{"2022-12-31", 1000, 1500, 500 / months("2022-09-30", "2023-03-31")}, // 2,500 is published in January
		{"2023-06-30", 1280, 2500, 1220 / months("2023-03-31", "2023-09-30")},
		{"2023-09-30", 1594, 2500, 906 / months("2023-06-30", "2023-09-30")},
		{"2023-12-31", 2463, 2500, 0},
		{"2024-09-30", 2463, 2500, 0}, // 2,455 in July is published in November
		{"2024-12-31", 2455, 2500, 0},
		{"2025-09-30", 2455, 2500, 0},
		{"2025-12-31", 2113, 2500, 0},
	} {
		o := originAt(t, s, clock.MustDate(c.date))
		fte, most, perMonth, err := o.decisionMakers()
		if err != nil || fte != c.fte || most != c.most || !near(perMonth, c.perMonth) {
			t.Errorf("%s: %v, %v at most, %v more a month: want %v, %v and %v", c.date, fte, most, perMonth, c.fte, c.most, c.perMonth)
		}
	}
}

// TestStaffIsKnownByTheOrigin: no number of staff and no plan is used before it
// was published.
func TestStaffIsKnownByTheOrigin(t *testing.T) {
	s := published(t)
	on := func(day clock.Date) (fte, most unit.FTE) {
		fte, most, _, err := (&Origin{Date: day, Opening: day - 91, Series: s.At(day)}).decisionMakers()
		if err != nil && day > s.Staff[0].Published {
			t.Fatal(err)
		}
		return fte, most
	}
	for _, r := range s.Staff {
		before, mostBefore := on(r.Published - 1)
		fte, most := on(r.Published)
		switch {
		case r.Kind == staffCounted && (float64(fte) != r.FTE || float64(before) == r.FTE):
			t.Errorf("%v staff were published on %v: %v are known then, %v the day before", r.FTE, r.Published, fte, before)
		case r.Kind == staffPlanned && (float64(most) < r.FTE || float64(mostBefore) >= r.FTE):
			t.Errorf("%v staff were planned on %v: %v at most then, %v the day before", r.FTE, r.Published, most, mostBefore)
		}
	}
}

// TestStaffThatCannotBe: kind, order, and dates of counting and of publication are
// checked.
func TestStaffThatCannotBe(t *testing.T) {
	for want, row := range map[string]string{
		"kind \"guessed\": want counted or planned":             "2026-01-01,2026-01-02,2000,guessed,x",
		"want a day from 2026-01-01 on, when they were counted": "2026-01-01,2025-12-31,2000,counted,x",
		"want a day before 2026-01-01, for which they are":      "2026-01-01,2026-01-01,2000,planned,x",
		"fte 0: want more than nothing":                         "2026-01-01,2026-01-02,0,counted,x",
		"want rows in order of publication":                     "2024-01-01,2024-01-02,2000,counted,x",
	} {
		_, err := Load(withRows(t, map[string][]string{"asylum_decision_makers.csv": {row}}))
		if err == nil || !strings.Contains(err.Error(), "asylum_decision_makers.csv:12: ") || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v: want one that says %q", row, err, want)
		}
	}
}

// TestMeanDecisionMakers: months between two counts are on the line between
// them. In 2024 the middles of the months are between 2,463 on 31 October 2023,
// 2,455 on 31 July 2024 and 2,113 on 30 September 2025; after that it stays.
func TestMeanDecisionMakers(t *testing.T) {
	line := func(from string, a float64, to string, b float64, at clock.Date) float64 {
		begin, end := clock.MustDate(from), clock.MustDate(to)
		return a + (b-a)*float64(at-begin)/float64(end-begin)
	}
	want := 0.0
	for month := range 12 {
		middle := clock.MustDate("2024-01-15").AddMonths(month)
		if month < 7 {
			want += line("2023-10-31", 2463, "2024-07-31", 2455, middle) / 12
		} else {
			want += line("2024-07-31", 2455, "2025-09-30", 2113, middle) / 12
		}
	}
	s := published(t)
	for year, want := range map[int]float64{2024: want, 2030: 2113, 2019: 614} { // held before the first and after the last
		if got, err := s.meanDecisionMakers(year); err != nil || !near(got, want) {
			t.Errorf("mean of %d is %v, %v; want %v", year, got, err, want)
		}
	}
	s.Staff = s.Staff[:2]
	if _, err := s.meanDecisionMakers(2024); err == nil || !strings.Contains(err.Error(), "asylum_decision_makers.csv: 1 numbers are counted") {
		t.Errorf("error %v: want one that says that there is one number", err)
	}
}

// TestAnOriginTooEarlyToFit: an experiment may open before there is enough to
// estimate from. That is an error that names the first date from which there is.
func TestAnOriginTooEarlyToFit(t *testing.T) {
	s := published(t)
	for _, date := range quarterEnds("2018-06-30", "2021-12-31") {
		if _, err := s.Origin(date); err == nil || !strings.Contains(err.Error(), "from 2021-12-31 on") && !strings.Contains(err.Error(), "no quarter") {
			t.Errorf("%v: error %v: want one that names the first date", date, err)
		}
	}
}

// TestTheFirstOpeningCanBeEstimated, and the quarter before cannot: the date is
// not later than it need be.
func TestTheFirstOpeningCanBeEstimated(t *testing.T) {
	s, groups := published(t), readParameters(t).groups
	if _, err := originAt(t, s, quarterEndAfter(FirstOpening)).WithoutLater().Fit(groups, Pooled); err != nil {
		t.Error(err)
	}
	first := FirstOpening
	FirstOpening = clock.MustDate("2018-03-31")
	defer func() { FirstOpening = first }()
	if _, err := originAt(t, s, first).WithoutLater().Fit(groups, Pooled); err == nil {
		t.Errorf("what opens a quarter before %v can be estimated as well", first)
	}
}
