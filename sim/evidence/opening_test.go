package evidence

import (
	"math"
	"strings"
	"testing"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"

	"pgregory.net/rapid"
)

func openingAt(t *testing.T, date string) (*asylum.Opening, []string) {
	t.Helper()
	at := clock.MustDate(date)
	o, notes, err := Opening(published(t), at, readParameters(t).rules(at).Opening)
	if err != nil {
		t.Fatal(err)
	}
	return o, notes
}

// TestOpeningMeetsThePublishedTotals: 31 December 2025, from the Home Office
// and the Ministry of Justice.
func TestOpeningMeetsThePublishedTotals(t *testing.T) {
	o, notes := openingAt(t, "2025-12-31")
	for _, c := range []struct {
		what      string
		got, want int64
	}{
		{"cases awaiting an initial decision", int64(asylum.TotalCases(o.Awaiting)), 48723},
		{"people awaiting an initial decision", int64(o.AwaitingPeople), 64426},
		{"appeals open", int64(asylum.TotalCases(o.Appeals)), 80333},
		{"people with an appeal open", int64(o.AppealPeople), 98810}, // 80,333 x 1.23
		{"main claims of small-boat arrivals of 2025", int64(o.SmallBoatCases), 36549},
		{"refused cases", int64(asylum.TotalCases(o.Refused)), 55000},
		{"refused cases out of contact", int64(o.AbscondedCases), 7700}, // 14%
		{"refused cases detained", int64(o.DetainedCases), 470},         // 5,700 a year for 30 days
		{"cases held for a transfer", int64(o.HeldCases), 50},
		{"hotels", int64(o.Supported[asylum.Hotel]), 30657},
		{"dispersal", int64(o.Supported[asylum.Dispersal]), 68538},
		{"initial accommodation", int64(o.Supported[asylum.InitialAccommodation]), 1572},
		{"large sites", int64(o.Supported[asylum.LargeSite]), 2010},
		{"other accommodation", int64(o.Supported[asylum.OtherAccommodation]), 649},
		{"subsistence only", int64(o.Supported[asylum.SubsistenceOnly]), 3577},
	} {
		if c.got != c.want {
			t.Errorf("%s: %d: want %d", c.what, c.got, c.want)
		}
	}
	if o.CrossedLastDay || o.SpellDays != 9 {
		t.Errorf("spell is %v for %d days: the last boat came on 22 December", o.CrossedLastDay, o.SpellDays)
	}
	if len(notes) < 4 {
		t.Errorf("%d notes: want one for each stock that is derived", len(notes))
	}
}

// TestOpeningAppealsAreTheLatestReceived: the queue is first come, first
// served, so whole quarters of receipts are open and one in part.
func TestOpeningAppealsAreTheLatestReceived(t *testing.T) {
	o, _ := openingAt(t, "2025-12-31")
	want := []asylum.Band{
		{First: clock.MustDate("2024-06-27"), Last: clock.MustDate("2024-06-30"), Cases: 405},
		{First: clock.MustDate("2024-07-01"), Last: clock.MustDate("2024-09-30"), Cases: 4818},
		{First: clock.MustDate("2024-10-01"), Last: clock.MustDate("2024-12-31"), Cases: 12274},
		{First: clock.MustDate("2025-01-01"), Last: clock.MustDate("2025-03-31"), Cases: 13955},
		{First: clock.MustDate("2025-04-01"), Last: clock.MustDate("2025-06-30"), Cases: 14574},
		{First: clock.MustDate("2025-07-01"), Last: clock.MustDate("2025-09-30"), Cases: 16485},
		{First: clock.MustDate("2025-10-01"), Last: clock.MustDate("2025-12-31"), Cases: 17822},
	}
	if len(o.Appeals) != len(want) {
		t.Fatalf("appeals are %v: want %v", o.Appeals, want)
	}
	for i := range want {
		if o.Appeals[i] != want[i] {
			t.Errorf("band %d is %v: want %v", i, o.Appeals[i], want[i])
		}
	}
}

// TestOpeningBandsAreInOrder: bands follow each other up to the opening date,
// hold cases, and no more wait of a quarter than claimed in it.
func TestOpeningBandsAreInOrder(t *testing.T) {
	s := published(t)
	for _, date := range []string{"2022-12-31", "2023-06-30", "2024-09-30", "2025-12-31"} {
		o, _ := openingAt(t, date)
		for name, bands := range map[string][]asylum.Band{"awaiting": o.Awaiting, "appeals": o.Appeals, "refused": o.Refused, "permits": o.Permits} {
			for i, b := range bands {
				if b.Cases <= 0 || b.First > b.Last || i > 0 && b.First <= bands[i-1].Last {
					t.Errorf("%s: %s: band %d is %v after %v", date, name, i, b, bands[max(i-1, 0)])
				}
			}
			if last := bands[len(bands)-1].Last; last != o.Date {
				t.Errorf("%s: %s: ends on %v", date, name, last)
			}
		}
		quarters, err := s.claimQuarters(o.Date)
		if err != nil {
			t.Fatal(err)
		}
		for _, b := range o.Awaiting {
			for _, q := range quarters {
				if q.last == b.Last && float64(b.Cases) > q.cases+1 {
					t.Errorf("%s: %d wait of the %.0f who claimed in the quarter to %v", date, b.Cases, q.cases, q.last)
				}
			}
		}
	}
}

// TestOpeningSaysWhatIsNotPublished: a date that the series cannot serve is an
// error that names all that is missing.
func TestOpeningSaysWhatIsNotPublished(t *testing.T) {
	s := published(t)
	rules := readParameters(t).rules(clock.MustDate("2025-12-31")).Opening
	for date, want := range map[string][]string{
		"2010-03-31": {"asylum_backlog_quarterly.csv", "no row for 2010-03-31"},
		"2025-11-30": {"2025-11-30", "asylum_backlog_quarterly.csv"},
		"2026-03-31": {"small_boat_daily.csv", "2018-01-01 to 2025-12-31"},
	} {
		_, _, err := Opening(s, clock.MustDate(date), rules)
		if err == nil {
			t.Errorf("%s: no error", date)
			continue
		}
		for _, w := range want {
			if !strings.Contains(err.Error(), w) {
				t.Errorf("%s: error %q does not say %q", date, err, w)
			}
		}
	}
}

// TestRefusedAges: the mean time since appeal rights were exhausted is the
// parameter, but for the cut at 25 years.
func TestRefusedAges(t *testing.T) {
	o, _ := openingAt(t, "2025-12-31")
	sum := 0.0
	for _, b := range o.Refused {
		sum += float64(b.Cases) * float64(o.Date-b.Last+o.Date-b.First+1) / 2 / unit.DaysPerYear
	}
	// Exact for ages exponential within bands of a year; spread evenly within
	// a band, the mean is longer by less than a month.
	if mean := sum / float64(asylum.TotalCases(o.Refused)); math.Abs(mean-4) > 0.1 {
		t.Errorf("mean age of refused cases is %.2f years: want 4", mean)
	}
}

// TestApportion: parts sum to the total and are within one of the exact share.
func TestApportion(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		weights := rapid.SliceOfN(rapid.Float64Range(0, 1e6), 1, 40).Draw(t, "weights")
		weights[0]++ // not all 0
		total := rapid.Int64Range(0, 1e6).Draw(t, "total")
		sum, whole := int64(0), 0.0
		for _, w := range weights {
			whole += w
		}
		for i, n := range apportion(total, weights) {
			sum += n
			if exact := float64(total) * weights[i] / whole; math.Abs(float64(n)-exact) >= 1+1e-6 {
				t.Fatalf("part %d is %d: the exact share is %v", i, n, exact)
			}
		}
		if sum != total {
			t.Fatalf("parts sum to %d: want %d", sum, total)
		}
	})
}

// TestWaitingFor: the stock at the scale found is the total asked for, and
// claims that wait exponentially at a constant rate have Little's mean.
func TestWaitingFor(t *testing.T) {
	at := clock.MustDate("2025-12-31")
	var quarters []claimQuarter
	for end := clock.MustDate("2000-03-31"); end <= at; end = (end + 1).AddMonths(3) - 1 {
		first := quarterStart(end)
		quarters = append(quarters, claimQuarter{first, end, 100 * float64(end-first+1)})
	}
	w, err := waitingFor(25000, 1, quarters, at)
	if err != nil {
		t.Fatal(err)
	}
	if got := w.stock(quarters, at); math.Abs(got-25000) > 1e-3 {
		t.Errorf("stock is %v: want 25,000", got)
	}
	if math.Abs(w.scale-250) > 0.5 {
		t.Errorf("100 claims a day and 25,000 waiting: mean wait %v: want 250 days", w.scale)
	}
	if _, err := waitingFor(1e9, 1, quarters, at); err == nil {
		t.Error("more waiting than ever claimed: want an error")
	}
}

// TestSupportNeedMeetsTheTotal: with the need that is found, the expected
// number in need is the published one.
func TestSupportNeedMeetsTheTotal(t *testing.T) {
	o, _ := openingAt(t, "2025-12-31")
	rules := readParameters(t).rules(o.Date)
	scale, need := SupportNeed(o, rules, needPattern)
	if scale < 0.5 || scale > 1.1 {
		t.Errorf("the pattern of need is scaled by %.2f: a scale far from 1 says that the stocks or the pattern are wrong", scale)
	}
	for route, n := range need {
		if got := float64(rules.Support.Need[route]); math.Abs(got-n) > 0.01 {
			t.Errorf("support_need.%v is %v: want %.3f", policy.Route(route), got, n)
		}
	}
}
