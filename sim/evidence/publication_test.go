package evidence

import (
	"reflect"
	"strconv"
	"strings"
	"testing"

	"asylumsim/sim/clock"

	"pgregory.net/rapid"
)

// last returns the last row of a table.
func last[R any](rows []R) *R { return &rows[len(rows)-1] }

// counted is how many rows there are that match.
func counted[R any](rows []R, is func(*R) bool) int {
	n := 0
	for i := range rows {
		if is(&rows[i]) {
			n++
		}
	}
	return n
}

// TestPublishedOnTheDay: the last rows of each table are there from the day on
// which they were out, and not the day before. Quarters of the Home Office are
// out after 60 days, those of the tribunal after 80, days of boats the day
// after, weeks on the Friday after their Sunday, years with their last quarter.
func TestPublishedOnTheDay(t *testing.T) {
	s := published(t)
	on := func(date string) clock.Date { return clock.MustDate(date) }
	for _, c := range []struct {
		table string
		out   string
		rows  func(*Series) int
	}{
		{"days to 2025-12-31", "2026-01-01", func(s *Series) int {
			return counted(s.BoatDays, func(r *BoatDay) bool { return r.Date == on("2025-12-31") })
		}},
		{"week to 2025-12-28", "2026-01-02", func(s *Series) int {
			return counted(s.BoatWeeks, func(r *BoatWeek) bool { return r.Ending == on("2025-12-28") })
		}},
		{"boats of December 2025", "2026-01-01", func(s *Series) int {
			return counted(s.BoatMonths, func(r *BoatMonth) bool { return r.Month == "2025-12" })
		}},
		{"boats of February 2024", "2024-03-01", func(s *Series) int {
			return counted(s.BoatMonths, func(r *BoatMonth) bool { return r.Month == "2024-02" })
		}},
		{"boats of 2025", "2026-03-01", func(s *Series) int {
			return counted(s.BoatYears, func(r *BoatYear) bool { return r.Year == 2025 })
		}},
		{"nationalities of boats of 2023", "2024-02-29", func(s *Series) int { // a leap year
			return counted(s.BoatNationalities, func(r *BoatNationality) bool { return r.Period == "2023" })
		}},
		{"nationalities of boats to June 2025", "2025-08-29", func(s *Series) int {
			return counted(s.BoatNationalities, func(r *BoatNationality) bool { return r.Period == "YE2025-06" })
		}},
		{"claims by boat of 2025", "2026-03-01", func(s *Series) int {
			return counted(s.BoatClaims, func(r *BoatClaims) bool { return r.Year == 2025 })
		}},
		{"claims by boat to 2023-06-30", "2023-08-29", func(s *Series) int {
			return counted(s.BoatClaimQuarters, func(r *BoatClaimsQuarter) bool { return r.Quarter == on("2023-06-30") })
		}},
		{"flows to 2025-12-31", "2026-03-01", func(s *Series) int {
			return counted(s.Flows, func(r *Flows) bool { return r.Quarter == on("2025-12-31") })
		}},
		{"flows to 2024-06-30", "2024-08-29", func(s *Series) int {
			return counted(s.Flows, func(r *Flows) bool { return r.Quarter == on("2024-06-30") })
		}},
		{"stock of 2025-12-31", "2026-03-01", func(s *Series) int {
			return counted(s.Backlog, func(r *Backlog) bool { return r.Date == on("2025-12-31") })
		}},
		{"ages of 2023-12-31", "2024-02-29", func(s *Series) int {
			return counted(s.BacklogAges, func(r *BacklogAges) bool { return r.Date == on("2023-12-31") })
		}},
		{"claimants of 2023", "2024-02-29", func(s *Series) int {
			return counted(s.Claimants, func(r *Claimants) bool { return r.Year == 2023 })
		}},
		{"claimants of nine months of 2024", "2024-11-29", func(s *Series) int {
			return counted(s.Claimants, func(r *Claimants) bool { return r.Year == 2024 })
		}},
		{"sizes of claims to 2024-09-30", "2024-11-29", func(s *Series) int {
			return counted(s.ClaimSizes, func(r *ClaimSizes) bool { return r.Quarter == on("2024-09-30") })
		}},
		{"claims of 2025", "2026-03-01", func(s *Series) int {
			return counted(s.ClaimYears, func(r *ClaimYear) bool { return r.Year == 2025 })
		}},
		{"outcomes of claims of 2010", "2026-08-27", func(s *Series) int {
			return counted(s.ClaimYears, func(r *ClaimYear) bool { return r.Year == 2010 && r.Grants.Known })
		}},
		{"decisions by type to 2024-09-30", "2024-11-29", func(s *Series) int {
			return counted(s.Decisions, func(r *Decisions) bool { return r.Quarter == on("2024-09-30") })
		}},
		{"decisions by nationality of 2025", "2026-03-01", func(s *Series) int {
			return counted(s.NationalityYears, func(r *NationalityYear) bool { return r.Year == 2025 })
		}},
		{"decisions by nationality of nine months of 2024", "2024-11-29", func(s *Series) int {
			return counted(s.NationalityYears, func(r *NationalityYear) bool { return r.Partial })
		}},
		{"decisions by nationality of 2024", "2025-03-01", func(s *Series) int {
			return counted(s.NationalityYears, func(r *NationalityYear) bool { return r.Year == 2024 && !r.Partial })
		}},
		{"pooled rates by nationality", "2026-02-26", func(s *Series) int { return len(s.NationalityRates) }},
		{"appeals to 2025-12-31", "2026-03-21", func(s *Series) int {
			return counted(s.Appeals, func(r *Appeals) bool { return r.Quarter == on("2025-12-31") })
		}},
		{"appeals to 2022-06-30", "2022-09-18", func(s *Series) int {
			return counted(s.Appeals, func(r *Appeals) bool { return r.Quarter == on("2022-06-30") })
		}},
		{"earlier appeals to 2023-03-31", "2023-05-30", func(s *Series) int {
			return counted(s.EarlierAppeals, func(r *EarlierAppeals) bool { return r.Quarter == on("2023-03-31") })
		}},
		{"support of 2025-12-31", "2026-03-01", func(s *Series) int {
			return counted(s.Support, func(r *Support) bool { return r.Date == on("2025-12-31") })
		}},
		{"staff of September 2025", "2025-11-27", func(s *Series) int {
			return counted(s.Staff, func(r *Staff) bool { return r.FTE == 2113 })
		}},
		{"share of appeals withdrawn to 2025-09-30", "2025-12-19", func(s *Series) int {
			return counted(s.WithdrawnAppeals, func(r *WithdrawnAppeals) bool { return r.Quarter == on("2025-09-30") })
		}},
		{"returns to 2025-12-31", "2026-03-01", func(s *Series) int {
			return counted(s.Returns, func(r *Returns) bool { return r.Quarter == on("2025-12-31") })
		}},
		{"asylum-related returns of 2023", "2024-02-29", func(s *Series) int {
			return counted(s.AsylumReturns, func(r *AsylumReturns) bool { return r.Year == 2023 })
		}},
		{"work in progress of 2023-06-30", "2023-08-29", func(s *Series) int {
			return counted(s.InProgress, func(r *InProgress) bool { return r.Date == on("2023-06-30") })
		}},
		{"claims by route to September 2025", "2025-11-27", func(s *Series) int {
			return counted(s.Snapshots, func(r *Snapshot) bool { return r.Period == "YE2025-09" })
		}},
	} {
		out := on(c.out)
		if all := c.rows(s); all == 0 {
			t.Errorf("%s: not in the series", c.table)
		}
		if n := c.rows(s.At(out - 1)); n != 0 {
			t.Errorf("%s: %d rows on %v, the day before they are out", c.table, n, out-1)
		}
		if n, all := c.rows(s.At(out)), c.rows(s); n != all {
			t.Errorf("%s: %d of %d rows on %v", c.table, n, all, out)
		}
	}
}

// periodEnd reads from a row, whatever its kind, the last day of its period, or the
// day of its publication; 0 where it tells none. Of a year of which only a part was out it is the end of
// September.
func periodEnd(t *testing.T, row reflect.Value) clock.Date {
	t.Helper()
	for _, name := range []string{"Published", "Date", "Quarter", "Ending"} {
		if f := row.FieldByName(name); f.IsValid() {
			return f.Interface().(clock.Date)
		}
	}
	year := func(y int64) clock.Date { return clock.NewDate(int(y), 12, 31) }
	if f := row.FieldByName("Year"); f.IsValid() {
		_, claimants := row.Interface().(Claimants)
		if part := row.FieldByName("Partial"); part.IsValid() && part.Bool() || claimants && f.Int() == 2024 {
			return clock.NewDate(int(f.Int()), 9, 30)
		}
		return year(f.Int())
	}
	if f := row.FieldByName("Month"); f.IsValid() {
		return clock.MustDate(f.String() + "-01").MonthEnd()
	}
	f := row.FieldByName("Period")
	if !f.IsValid() {
		if _, pooled := row.Interface().(NationalityRates); pooled {
			return year(2025)
		}
		t.Fatalf("a row of %v has no period", row.Type())
	}
	text := strings.TrimPrefix(f.String(), "YE")
	if y, err := strconv.Atoi(text); err == nil {
		return year(int64(y))
	}
	if d, err := clock.ParseDate(text + "-01"); err == nil {
		return d.MonthEnd()
	}
	return 0 // of snapshots, such as "2020 to mid 2023"
}

// tables calls f for each table of the series but the dates of publication.
func tables(s *Series, f func(name string, rows reflect.Value)) {
	v := reflect.ValueOf(s).Elem()
	for i := range v.NumField() {
		if f := v.Type().Field(i); f.Name == "Publications" || !f.IsExported() {
			continue
		}
		f(v.Type().Field(i).Name, v.Field(i))
	}
}

// TestNothingKnownIsLater: on no date a row of a later period is known, and what
// is known on a date stays known. Snapshots have a test of their own.
func TestNothingKnownIsLater(t *testing.T) {
	s := published(t)
	first, end := clock.MustDate("2021-12-01"), clock.MustDate("2026-09-30")
	before := map[string]int{}
	for on := first; on <= end; on += 5 {
		tables(s.At(on), func(name string, rows reflect.Value) {
			if rows.Len() < before[name] {
				t.Errorf("%v: %s: %d rows, earlier %d", on, name, rows.Len(), before[name])
			}
			before[name] = rows.Len()
			if name == "Snapshots" {
				return
			}
			for i := range rows.Len() {
				if of := periodEnd(t, rows.Index(i)); of >= on {
					t.Errorf("%v: %s: row %d is of the period to %v", on, name, i, of)
				}
			}
		})
	}
	if before["Flows"] != len(s.Flows) {
		t.Errorf("%d of %d quarters of flows by %v", before["Flows"], len(s.Flows), end)
	}
}

// TestAllIsPublishedInTheEnd: at the end of 2026 the series are as they are.
func TestAllIsPublishedInTheEnd(t *testing.T) {
	s := published(t)
	known := s.At(clock.MustDate("2026-12-31"))
	full := map[string]reflect.Value{}
	tables(s, func(name string, rows reflect.Value) { full[name] = rows })
	tables(known, func(name string, rows reflect.Value) {
		if !reflect.DeepEqual(rows.Interface(), full[name].Interface()) {
			t.Errorf("%s: %d rows, in the full series %d", name, rows.Len(), full[name].Len())
		}
	})
	if len(full) < 20 {
		t.Errorf("only %d tables", len(full))
	}
}

// TestAtLeavesTheSeriesAlone: what is done to the copy, by At itself or
// afterwards, does not reach the full series; nor do two copies share rows.
func TestAtLeavesTheSeriesAlone(t *testing.T) {
	s, untouched := published(t), published(t)
	late := s.At(clock.MustDate("2026-12-31"))
	for _, date := range []string{"2022-04-01", "2024-12-31", "2026-04-01", "2026-12-31"} {
		known := s.At(clock.MustDate(date))
		tables(known, func(_ string, rows reflect.Value) {
			for i := range rows.Len() {
				rows.Index(i).SetZero()
			}
		})
	}
	if !reflect.DeepEqual(s, untouched) {
		t.Error("the full series has changed")
	}
	if !reflect.DeepEqual(late, untouched) {
		t.Error("another copy has changed")
	}
}

// TestOutcomesAreBlankedInTheCopy: how claims of a year ended, as known in the
// middle of 2026, is not known before; how many there were is.
func TestOutcomesAreBlankedInTheCopy(t *testing.T) {
	s := published(t)
	known := s.At(clock.MustDate("2024-04-01"))
	if n := last(known.ClaimYears).Year; n != 2023 {
		t.Errorf("the last year is %d, want 2023", n)
	}
	outcomes := 0
	for i, row := range known.ClaimYears {
		full := s.ClaimYears[i]
		if row != (ClaimYear{Year: full.Year, Claims: full.Claims}) {
			t.Errorf("%d: %+v is known: want nothing but the claims", full.Year, row)
		}
		if full.Grants.Known {
			outcomes++
		}
	}
	if outcomes < 10 {
		t.Errorf("%d years of the full series have outcomes", outcomes)
	}
}

// TestLaterKnowsMore: of two dates the rows known at the earlier one are the
// first that are known at the later one, in every table but those of which a
// part of a year or a revision comes in between.
func TestLaterKnowsMore(t *testing.T) {
	s := published(t)
	mixed := map[string]bool{"NationalityYears": true, "BoatNationalities": true, "ClaimYears": true, "Snapshots": true}
	rapid.Check(t, func(rt *rapid.T) {
		begin, end := int(clock.MustDate("2021-01-01")), int(clock.MustDate("2026-10-01"))
		a, b := rapid.IntRange(begin, end).Draw(rt, "one date"), rapid.IntRange(begin, end).Draw(rt, "the other")
		earlier, later := s.At(clock.Date(min(a, b))), map[string]reflect.Value{}
		tables(s.At(clock.Date(max(a, b))), func(name string, rows reflect.Value) { later[name] = rows })
		tables(earlier, func(name string, rows reflect.Value) {
			n := rows.Len()
			if n > later[name].Len() {
				rt.Fatalf("%s: %d rows, later %d", name, n, later[name].Len())
			}
			if n > 0 && !mixed[name] && !reflect.DeepEqual(rows.Interface(), later[name].Slice(0, n).Interface()) {
				rt.Fatalf("%s: the rows of an earlier date are not the first of a later one", name)
			}
		})
	})
}

// TestSnapshotsWaitForTheirPeriods: no single figure is known of a period that
// is not over.
func TestSnapshotsWaitForTheirPeriods(t *testing.T) {
	s := published(t)
	for on := clock.MustDate("2025-11-01"); on <= clock.MustDate("2026-04-01"); on++ {
		known := s.At(on)
		for i := range known.Snapshots {
			if of := periodEnd(t, reflect.ValueOf(known.Snapshots[i])); of >= on {
				t.Fatalf("%v: %s of the period %s is known", on, known.Snapshots[i].Measure, known.Snapshots[i].Period)
			}
		}
	}
}

// TestPublicationIsToldOfEachFile: a file that publication.csv forgets is named, and
// a part of a year without its flag is refused.
func TestPublicationIsToldOfEachFile(t *testing.T) {
	for _, c := range []struct{ file, before, after, want string }{
		{"publication.csv", "\nreturns_quarterly.csv", "\nreturns.csv", "publication.csv: no row for returns_quarterly.csv with the part all"},
		{"publication.csv", ",outcomes,", ",all,", "publication.csv: no row for asylum_outcomes_by_claim_year.csv with the part outcomes"},
		{"initial_decisions_by_nationality_annual.csv", "YE2024-09,1", "YE2024-09,0", "partial_year false: the vintage YE2024-09 says true"},
		{"initial_decisions_by_nationality_annual.csv", "YE2025-12,0", "2025,0", "vintage \"2025\": want that of a release, such as YE2025-12"},
	} {
		if _, err := Load(copyOf(t, c.file, c.before, c.after)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("error %v: want %q", err, c.want)
		}
	}
}

// TestPartOfAYearWaitsForItsVintage: the first quarter of 2026 by nationality is not
// out when the nine months of 2024 are.
func TestPartOfAYearWaitsForItsVintage(t *testing.T) {
	s, err := Load(withRows(t, map[string][]string{"initial_decisions_by_nationality_annual.csv": {"Eritrea,2026,900,800,50,50,0.9412,YE2026-03,1"}}))
	if err != nil {
		t.Fatal(err)
	}
	for on, want := range map[string]int{"2026-05-29": 0, "2026-05-30": 1} {
		if n := counted(s.At(clock.MustDate(on)).NationalityYears, func(r *NationalityYear) bool { return r.Year == 2026 }); n != want {
			t.Errorf("%s: %d rows of 2026, want %d", on, n, want)
		}
	}
}
