package evidence

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/unit"
)

// pinned returns the shipped series without the rows of periods after 2025, so
// that values worked by hand stay right when a quarter is added.
func pinned(t testing.TB) fstest.MapFS {
	t.Helper()
	files := fstest.MapFS{}
	paths, err := filepath.Glob(configs + "/observed/*.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		var kept []byte
		for line := range strings.Lines(string(data)) {
			if year, err := strconv.Atoi(line[:min(4, len(line))]); err != nil || year <= 2025 {
				kept = append(kept, line...)
			}
		}
		files[filepath.Base(path)] = &fstest.MapFile{Data: kept}
	}
	return files
}

func published(t testing.TB) *Series {
	t.Helper()
	s, err := Load(pinned(t))
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// copyOf returns the shipped series with one file changed.
func copyOf(t *testing.T, name, before, after string) fs.FS {
	t.Helper()
	files := pinned(t)
	text := string(files[name].Data)
	if !strings.Contains(text, before) {
		t.Fatalf("%s does not contain %q", name, before)
	}
	files[name].Data = []byte(strings.Replace(text, before, after, 1))
	return files
}

// Months add up to the years of the daily series, and end with the opening or
// are not there.
func TestPublishedMonthsOfSmallBoats(t *testing.T) {
	s := published(t)
	opening := clock.MustDate("2025-12-31")
	points, publisher := s.Months(measure.SmallBoatArrivalsPeople, opening)
	if len(points) != 96 || publisher == "" || points[0].Date != clock.MustDate("2018-01-31") || points[95].Date != opening {
		t.Fatalf("%d months from %q", len(points), publisher)
	}
	sums := map[int]float64{}
	for _, p := range points {
		year, _, _ := p.Date.Civil()
		sums[year] += p.Value
	}
	for _, y := range s.BoatYears {
		if y.Year >= 2018 && y.Year <= 2025 && sums[y.Year] != float64(y.DailyPeople) {
			t.Errorf("%d: months sum to %v people, the year has %v", y.Year, sums[y.Year], y.DailyPeople)
		}
	}
	for _, o := range []measure.Output{measure.HotelPeople, measure.AsylumClaimsPeople} {
		if points, _ := s.Months(o, opening); points != nil {
			t.Errorf("%v has months", o)
		}
	}
	if points, _ := s.Months(measure.SmallBoats, clock.MustDate("2026-06-30")); points != nil {
		t.Error("months that end before the opening are of no use")
	}
}

// TestLoadSaysWhatIsWrong breaks one thing at a time; each error names the
// file, the line and what was expected.
func TestLoadSaysWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		name, file, before, after string
		want                      []string
	}{
		{"header", "small_boat_daily.csv", "date,people,boats", "day,people,boats", []string{"small_boat_daily.csv:1", "want", "date,people,boats"}},
		{"date", "small_boat_daily.csv", "2018-01-03,", "3 January 2018,", []string{"small_boat_daily.csv:4", "date", "2026-03-02"}},
		{"day missing", "small_boat_daily.csv", "2018-01-03,0,0,\n", "", []string{"small_boat_daily.csv:4", "2018-01-04 follows 2018-01-02", "next day"}},
		{"number", "returns_quarterly.csv", "2018-03-31,2667", "2018-03-31,2.6k", []string{"returns_quarterly.csv:2", "enforced", `"2.6k"`, "whole number"}},
		{"negative", "returns_quarterly.csv", "2018-03-31,2667", "2018-03-31,-2667", []string{"returns_quarterly.csv:2", "0 or more"}},
		{"empty where a figure is needed", "returns_quarterly.csv", "2018-03-31,2667", "2018-03-31,", []string{"returns_quarterly.csv:2", "enforced"}},
		{"fields", "returns_quarterly.csv", "2018-03-31,2667,", "2018-03-31,", []string{"returns_quarterly.csv:2", "4 fields: want 5"}},
		{"parts of a total", "asylum_flows_quarterly.csv", "2010-03-31,5554,7752", "2010-03-31,5554,7753", []string{"asylum_flows_quarterly.csv:2", "7753", "7752"}},
		{"quarter", "asylum_backlog_quarterly.csv", "2010-09-30,", "2010-09-29,", []string{"asylum_backlog_quarterly.csv:3", "end of a quarter"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, err := Load(copyOf(t, c.file, c.before, c.after))
			if err == nil {
				t.Fatal("no error")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not say %q", err, want)
				}
			}
		})
	}
}

// TestLoadReportsEveryProblem: one look at the messages is enough to mend all.
func TestLoadReportsEveryProblem(t *testing.T) {
	files := copyOf(t, "returns_quarterly.csv", "2018-03-31,2667", "2018-03-31,x")
	delete(files.(fstest.MapFS), "uk_snapshots.csv")
	_, err := Load(files)
	if err == nil || !strings.Contains(err.Error(), "returns_quarterly.csv:2") || !strings.Contains(err.Error(), "uk_snapshots.csv") {
		t.Errorf("error is %v: want both files named", err)
	}
}

// TestEmptyIsNotZero: an unpublished figure stays unknown.
func TestEmptyIsNotZero(t *testing.T) {
	s := published(t)
	b, err := s.BacklogAt(clock.MustDate("2025-06-30"))
	if err != nil {
		t.Fatal(err)
	}
	if b.Cases.Known || b.People != 90812 {
		t.Errorf("June 2025 has %+v: want 90,812 people and unknown cases", b)
	}
	b, err = s.BacklogAt(clock.MustDate("2025-12-31"))
	if err != nil || !b.Cases.Known || b.Cases.Value != 48723 {
		t.Errorf("December 2025 has %+v, %v: want 48,723 cases", b, err)
	}
}

// TestSeriesAgree checks tables against one another where they say the same
// thing.
func TestSeriesAgree(t *testing.T) {
	s := published(t)
	type sums struct {
		people unit.People
		boats  int64
		days   int
	}
	months, years := map[string]sums{}, map[int]sums{}
	for _, d := range s.BoatDays {
		year, _, _ := d.Date.Civil()
		m, y := months[d.Date.String()[:7]], years[year]
		for _, x := range []*sums{&m, &y} {
			x.people += d.People
			x.boats += d.Boats
			if d.Boats > 0 {
				x.days++
			}
		}
		months[d.Date.String()[:7]], years[year] = m, y
	}
	for _, m := range s.BoatMonths {
		if got := months[m.Month]; got != (sums{m.People, m.Boats, m.CrossingDays}) {
			t.Errorf("small_boat_monthly.csv: %s: %+v by day, %+v by month", m.Month, got, m)
		}
	}
	for _, y := range s.BoatYears {
		if got := years[y.Year]; got != (sums{y.DailyPeople, y.DailyBoats, y.CrossingDays}) {
			t.Errorf("small_boat_annual.csv: %d: %+v by day, %+v by year", y.Year, got, y)
		}
		total := unit.People(0)
		for _, n := range s.BoatNationalities {
			if n.Period == strconv.Itoa(y.Year) {
				total += n.People
			}
		}
		if total != y.People {
			t.Errorf("small_boat_nationality.csv: %d: sums to %d people, official total %d", y.Year, total, y.People)
		}
	}
	flows, err := s.FlowsOf(2025)
	if err != nil {
		t.Fatal(err)
	}
	if flows.Claims != 101911 || flows.Grants != 55117 || flows.Refusals != 80623 {
		t.Errorf("2025 has %+v: want 101,911 claims, 55,117 grants, 80,623 refusals", flows)
	}
}
