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
		fte, most, perMonth := o.decisionMakers()
		if fte != c.fte || most != c.most || !near(perMonth, c.perMonth) {
			t.Errorf("%s: %v, %v at most, %v more a month: want %v, %v and %v", c.date, fte, most, perMonth, c.fte, c.most, c.perMonth)
		}
	}
}

// TestStaffIsKnownByTheOrigin: no number of staff and no plan is used before it
// was published, and numbers are published after they were counted.
func TestStaffIsKnownByTheOrigin(t *testing.T) {
	for _, d := range decisionMakers {
		if d.published < d.date {
			t.Errorf("%v staff of %v were published on %v", d.fte, d.date, d.published)
		}
		for _, c := range []struct {
			day   clock.Date
			known bool
		}{{d.published - 1, false}, {d.published, true}} {
			o := &Origin{Date: c.day, Opening: c.day - 91}
			if fte, _, _ := o.decisionMakers(); (float64(fte) == d.fte) != c.known {
				t.Errorf("%v: %v staff, though %v were published on %v", c.day, fte, d.fte, d.published)
			}
		}
	}
	for _, p := range staffPlans {
		if p.published >= p.date {
			t.Errorf("the plan for %v was published on %v", p.date, p.published)
		}
		if _, most, _ := (&Origin{Date: p.published, Opening: p.published - 91}).decisionMakers(); float64(most) < p.fte {
			t.Errorf("%v: %v staff at most, though %v were planned", p.published, most, p.fte)
		}
		if _, most, _ := (&Origin{Date: p.published - 1, Opening: p.published - 92}).decisionMakers(); float64(most) >= p.fte {
			t.Errorf("%v: %v staff at most, though %v were planned only the day after", p.published-1, most, p.fte)
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
	if got := meanDecisionMakers(2024); !near(got, want) {
		t.Errorf("mean of 2024 is %v, want %v", got, want)
	}
	if got := meanDecisionMakers(2030); got != 2113 {
		t.Errorf("mean of 2030 is %v, want the last number, 2,113", got)
	}
	if got := meanDecisionMakers(2019); got != 614 {
		t.Errorf("mean of 2019 is %v, want the first number, 614", got)
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
