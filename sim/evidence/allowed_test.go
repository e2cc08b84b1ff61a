package evidence

import (
	"strings"
	"testing"

	"asylumsim/sim/clock"
)

// TestAllowedAppealsByHand: before 2018 the number published; from then on
// disposals less those withdrawn, 15% to September 2024, 37% from September
// 2025 and on the line between, at the share allowed.
func TestAllowedAppealsByHand(t *testing.T) {
	s := published(t)
	// From 30 September 2024 to 31 March 2025 are 182 of the 365 days between.
	between := 0.15 + 0.22*182/365
	for date, want := range map[string]float64{
		"2010-03-31": 1163,
		"2018-03-31": 4341 * 0.85 * 0.42,
		"2022-06-30": 2002 * 0.85 * 0.519,
		"2024-09-30": 4367 * 0.85 * 0.474,
		"2025-03-31": 5550 * (1 - between) * 0.429,
		"2025-09-30": 7004 * 0.63 * 0.39,
		"2025-12-31": 7462 * 0.63 * 0.36,
	} {
		if got, err := s.allowedAppeals(clock.MustDate(date), clock.MustDate("2025-12-31")); err != nil || !near(got, want) {
			t.Errorf("%s: %v allowed, %v; want %v", date, got, err, want)
		}
	}
}

// TestLaterWithdrawalsAreNotKnown: with what is published up to the quarter the
// share of September 2024 is held until that of a year later; a later row changes
// nothing before its date.
func TestLaterWithdrawalsAreNotKnown(t *testing.T) {
	s := published(t)
	s.WithdrawnAppeals = append(s.WithdrawnAppeals, WithdrawnAppeals{Quarter: clock.MustDate("2026-03-31"), Share: 0.5})
	for quarter, want := range map[string]float64{"2017-12-31": 0.15, "2024-09-30": 0.15, "2025-06-30": 0.15, "2025-09-30": 0.37, "2025-12-31": 0.37, "2026-03-31": 0.5, "2026-06-30": 0.5} {
		if got := s.withdrawnShare(clock.MustDate(quarter), clock.MustDate(quarter)); !near(got, want) {
			t.Errorf("%s: %v withdrawn, want %v", quarter, got, want)
		}
	}
	if got, want := s.withdrawnShare(clock.MustDate("2025-12-31"), clock.MustDate("2026-03-31")), 0.37+0.13*92/182; !near(got, want) {
		t.Errorf("in hindsight %v withdrawn, want %v", got, want)
	}
}

// TestAllowedAppealsChangeSeriesIn2018: the earlier series goes on to 2023, but
// is used only where the tribunal's has nothing; in 2018, where they meet, the
// two are of one size.
func TestAllowedAppealsChangeSeriesIn2018(t *testing.T) {
	s := published(t)
	for _, e := range s.EarlierAppeals {
		got, err := s.allowedAppeals(e.Quarter, e.Quarter)
		if err != nil {
			t.Fatal(err)
		}
		if early := e.Quarter < clock.MustDate("2018-03-31"); early != (got == float64(e.Allowed)) {
			t.Errorf("%v: %v allowed, the earlier series has %d", e.Quarter, got, e.Allowed)
		}
		year, _, _ := e.Quarter.Civil()
		if ratio := got / float64(e.Allowed); year == 2018 && (ratio < 0.7 || ratio > 1.5) {
			t.Errorf("%v: %v allowed, %v times the earlier series", e.Quarter, got, ratio)
		}
	}
}

// TestAllowedAppealsNotPublished: before, after and without the series an error
// says what was looked for.
func TestAllowedAppealsNotPublished(t *testing.T) {
	s := published(t)
	none := published(t)
	none.Appeals = nil
	for _, c := range []struct {
		of   *Series
		date string
		file string
	}{
		{s, "2009-12-31", "appeals_ho_asylum_quarterly_2010_2023.csv"},
		{s, "2026-03-31", "appeals_ftt_quarterly.csv"},
		{s, "2025-11-30", "appeals_ftt_quarterly.csv"},
		{none, "2016-03-31", "appeals_ftt_quarterly.csv"},
	} {
		_, err := c.of.allowedAppeals(clock.MustDate(c.date), clock.MustDate(c.date))
		if err == nil || !strings.Contains(err.Error(), c.file) || !strings.Contains(err.Error(), c.date) {
			t.Errorf("%s: error %v: want one that names the date and %s", c.date, err, c.file)
		}
	}
}

// TestTrailingAppeals: 2025 had 13,955 + 14,574 + 16,485 + 17,822 appeals
// received, and 5,550, 6,099, 7,004 and 7,462 disposed of, of which 42.9, 40, 39
// and 36% were allowed.
func TestTrailingAppeals(t *testing.T) {
	receipts, allowed := published(t).trailingAppeals(clock.MustDate("2025-12-31"))
	want := (5550*0.429 + 6099*0.40 + 7004*0.39 + 7462*0.36) / (5550 + 6099 + 7004 + 7462)
	if receipts != 62836 || !near(allowed, want) {
		t.Errorf("%v received, %v allowed: want 62,836 and %v", receipts, allowed, want)
	}
	// A year that begins and ends within a calendar year.
	receipts, _ = published(t).trailingAppeals(clock.MustDate("2024-06-30"))
	if receipts != 4030+12721+10325+9668 {
		t.Errorf("%v received in the year to June 2024, want 36,744", receipts)
	}
}

// TestOtherAppeals: 1,000 refused of whom a tenth may not appeal, and half of the
// others do, account for 450 appeals; never less than none is left.
func TestOtherAppeals(t *testing.T) {
	if got := otherAppeals(600, 1000, 0.1, 0.5); !near(got, 150) {
		t.Errorf("%v other appeals, want 150", got)
	}
	if got := otherAppeals(400, 1000, 0.1, 0.5); got != 0 {
		t.Errorf("%v other appeals, want none", got)
	}
}
