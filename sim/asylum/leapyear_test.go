package asylum

import (
	"testing"
	"time"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// worldAfter is a world without people and without arrivals, after an opening
// date.
func worldAfter(opening string, years int, change func(*policy.Rules)) *World {
	r := pathRules()
	change(&r)
	regime := &policy.Regime{Name: "test", Starts: []clock.Date{0}, Epochs: []policy.Rules{r}}
	return vacantWorld(Compile(regime, clock.NewTimeline(clock.MustDate(opening), years), groups))
}

// TestPermitsOverMonthEnds: leave from a date for so many months ends on the same
// day of the month, or on the last one where there is none. 2028 is a leap year,
// 2100 is not.
func TestPermitsOverMonthEnds(t *testing.T) {
	for _, c := range []struct {
		opening, from string
		months        unit.Months
		want          string
	}{
		{"2026-08-15", "2026-08-31", 6, "2027-02-28"},
		{"2027-08-15", "2027-08-31", 6, "2028-02-29"},
		{"2027-08-15", "2027-08-30", 6, "2028-02-29"},
		{"2027-08-15", "2027-08-29", 6, "2028-02-29"},
		{"2027-08-15", "2027-08-28", 6, "2028-02-28"},
		{"2028-02-28", "2028-02-29", 12, "2029-02-28"},
		{"2028-02-28", "2028-02-29", 48, "2032-02-29"},
		{"2028-02-28", "2028-02-29", 30, "2030-08-29"}, // the end of February is not the end of August
		{"2026-01-15", "2026-03-31", 1, "2026-04-30"},
		{"2099-08-15", "2099-08-31", 6, "2100-02-28"},
		{"2096-02-28", "2096-02-29", 48, "2100-02-28"},
		{"2096-02-28", "2096-02-29", 96, "2104-02-29"},
	} {
		w := worldAfter(c.opening, 10, func(r *policy.Rules) { r.Permit.Length = c.months })
		line, seen := w.model.Timeline, watch(w)
		w.now = line.DayOf(clock.MustDate(c.from)).Tick() + 15*3600
		w.grant(ruleCase(1, Decidable, 1, 0))
		if got := line.Date((*seen)[0].At.Day()).String(); got != c.want {
			t.Errorf("%d months from %s end on %s, want %s", c.months, c.from, got, c.want)
		}
		if at := (*seen)[0].At; at != at.Day().Tick() {
			t.Errorf("%d months from %s end during a day", c.months, c.from)
		}
	}
}

// TestSettlementOfLeapDays: who was granted leave on 29 February has completed
// five years on 28 February, and four on the next 29th.
func TestSettlementOfLeapDays(t *testing.T) {
	for _, c := range []struct {
		years   unit.Years
		on      string
		settles bool
	}{
		{4, "2032-02-28", false}, {4, "2032-02-29", true},
		{5, "2033-02-27", false}, {5, "2033-02-28", true},
	} {
		w := worldAfter("2028-02-28", 6, func(r *policy.Rules) { r.Permit.SettlementYears = c.years })
		k := ruleCase(1, Permitted, 1, 0)
		k.Protected, k.Permits = 5*3600, 1 // day 0 is 29 February
		w.now = w.model.Timeline.DayOf(clock.MustDate(c.on)).Tick()
		w.expirePermit(k)
		if settled := k.Stage == Settled; settled != c.settles {
			t.Errorf("after %d years, on %s: settled %v", c.years, c.on, settled)
		}
	}
}

// TestClaimOnALeapDay: prepared 365 days later, which is 28 February; counted in
// February, which has a night of the leap day, and not in March.
func TestClaimOnALeapDay(t *testing.T) {
	w := worldAfter("2028-01-31", 2, func(r *policy.Rules) { r.Decision.PreparationMean = 365 })
	seen := watch(w)
	runUntil(w, w.model.Timeline.DayOf(clock.MustDate("2028-02-29")))
	w.claim(ruleCase(1, Outside, 1, 0), w.day.Tick()+60)
	if e := (*seen)[0]; w.model.Timeline.Date(e.At.Day()).String() != "2029-02-28" || e.Record.Next != BecomesDecidable {
		t.Errorf("prepared on %v", w.model.Timeline.Date(e.At.Day()))
	}
	runUntil(w, w.model.Timeline.DayOf(clock.MustDate("2028-04-01")))
	for i, want := range []struct {
		end    string
		claims int64
		nights int64
	}{{"2028-02-29", 1, 1}, {"2028-03-31", 0, 31}} {
		row := &w.run.Months[i]
		if end := w.model.Timeline.Months[i].String(); end != want.end || row[measure.AsylumClaimsCases] != want.claims || row[measure.HotelCost] != want.nights*144_98 {
			t.Errorf("month to %s: %d claims, %d pence of hotel; want %+v", end, row[measure.AsylumClaimsCases], row[measure.HotelCost], want)
		}
	}
}

// TestNightsOfAYear: one bed at a pound a night is 366 pounds in a year with a
// leap day, whatever month it opens in, and 365 in others, also in 2100.
func TestNightsOfAYear(t *testing.T) {
	for opening, nights := range map[string]int64{
		"2027-12-31": 366, "2028-12-31": 365, "2028-02-28": 366, "2028-02-29": 365, "2027-03-31": 366,
		"2099-12-31": 365, "2100-02-27": 365, "2100-02-28": 365, "2103-12-31": 366,
	} {
		w := worldAfter(opening, 1, func(r *policy.Rules) { r.Cost.Hotel = 1 })
		housed(w, ruleCase(1, Preparing, 1, 0))
		runUntil(w, w.model.Timeline.Days)
		if got := sum(w.run, measure.HotelCost); got != nights*100 {
			t.Errorf("a year after %s costs %d pence, want %d", opening, got, nights*100)
		}
	}
}

// TestServicesOfAHoliday: whoever lodges an appeal is heard on the same day, but
// on weekends, Good Friday, Easter Monday, and the days that stand in for
// holidays on a weekend.
func TestServicesOfAHoliday(t *testing.T) {
	w := worldAfter("2027-12-23", 1, func(r *policy.Rules) { r.Appeal.Capacity = 1e6 })
	holidays := map[string]bool{
		"2027-12-27": true, "2027-12-28": true, // Christmas is on a Saturday
		"2028-01-03": true,                     // New Year is, too
		"2028-04-14": true, "2028-04-17": true, // Easter is on the 16th
		"2028-05-01": true, "2028-05-29": true, "2028-08-28": true,
	}
	for ; w.day < w.model.Timeline.Days; w.day++ {
		w.join(w.appeals, ruleCase(int(w.day), Appealing, 1, 0), clock.NoDay)
		w.runDay()
		date := w.model.Timeline.Date(w.day)
		closed := holidays[date.String()] || date.Weekday() == time.Saturday || date.Weekday() == time.Sunday
		if waits := w.appeals.Len() > 0; waits != closed {
			t.Errorf("%v, a %v: somebody waits at the end of the day: %v", date, date.Weekday(), waits)
		}
	}
}

// TestRunsAcrossYears: whole runs over leap days, and over a century that is not
// a leap year, keep their books.
func TestRunsAcrossYears(t *testing.T) {
	for opening, days := range map[string]clock.Day{
		"2028-02-28": 365 + 366 + 365, // from 29 February to 28 February 2031
		"2028-02-29": 3 * 365,         // to the 28th
		"2099-11-30": 3 * 365,
	} {
		date := clock.MustDate(opening)
		regime := &policy.Regime{Name: "test", Starts: []clock.Date{date - 5000}, Epochs: []policy.Rules{smallRules()}}
		m := Compile(regime, clock.NewTimeline(date, 3), groups)
		source, p := random.NewSource(3, 0), new(Population)
		if err := p.Draw(m, smallOpening(date), source); err != nil {
			t.Fatal(err)
		}
		if _, err := NewWorld(m.Timeline).Run(m, source, p); err != nil {
			t.Errorf("after %s: %v", opening, err)
		}
		if m.Timeline.Days != days {
			t.Errorf("three years after %s have %d days, want %d", opening, m.Timeline.Days, days)
		}
	}
}
