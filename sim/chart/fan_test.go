package chart

import (
	"math"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

func TestValidateNamesEachProblem(t *testing.T) {
	for want, spoil := range map[string]func(*Fan){
		"name is a file name":       func(f *Fan) { f.Name = "../hotels" },
		"title has 11 words":        func(f *Fan) { f.Title = "one two three four five six seven eight nine ten eleven" },
		"title has 0 words":         func(f *Fan) { f.Title = "" },
		"note is empty":             func(f *Fan) { f.Note = " " },
		"unit is empty":             func(f *Fan) { f.Unit = "" },
		"7 panels: want 1 to 6":     func(f *Fan) { f.Panels = make([]Panel, 7) },
		"history has 1 point":       func(f *Fan) { f.History = f.History[:1] },
		"dates must ascend":         func(f *Fan) { f.History[1].Date = f.History[0].Date },
		"history at 2023-03-31 is":  func(f *Fan) { f.History[0].Value = math.NaN() },
		"label is empty":            func(f *Fan) { f.Panels[0].Label = "" },
		"1 dates: want 2 or more":   func(f *Fan) { f.Panels[0] = straight("x", 1, 1, 1, 0) },
		"q75 has 119 values for":    func(f *Fan) { f.Panels[1].Q75 = f.Panels[1].Q75[1:] },
		"q95 at 2026-01-31 is +Inf": func(f *Fan) { f.Panels[1].Q95[0] = math.Inf(1) },
		"below q25":                 func(f *Fan) { f.Panels[1].Q50[3] = -5e6 },
		"2026-01-31 does not come":  func(f *Fan) { f.Panels[1].Dates[1] = clock.MustDate("2026-01-31") },
	} {
		f := hotels()
		spoil(&f)
		err := f.Validate()
		if err == nil {
			t.Errorf("%s: no error", want)
			continue
		}
		if !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "figure ") {
			t.Errorf("error does not say %q: %v", want, err)
		}
	}
	if err := hotels().Validate(); err != nil {
		t.Errorf("a complete figure: %v", err)
	}
}

func TestEveryOutputHasASubjectAndAFigure(t *testing.T) {
	for o := range measure.NumOutputs {
		s := SubjectOf(o, false)
		if n := len(strings.Fields(s.Text)); n < 1 || n > 4 {
			t.Errorf("%s: subject %q has %d words, want 1 to 4", o, s.Text, n)
		}
		f := NewFan(o, nil, straight("A", 24, 100, 200, 10), straight("B", 24, 100, 50, 10))
		f.Title, f.Source, f.Note = Headline(s, f.Panels, nil), "Simulation.", NoteParameters
		if err := f.Validate(); err != nil {
			t.Errorf("%s: %v", o, err)
		}
	}
}

// A figure of sums over 12 months compares its first point with its last, says
// what its points are, and links to a table of them.
func TestAFigureOfYears(t *testing.T) {
	f := NewYearsFan(measure.TotalCost, nil, straight("A", 3, 100, 300, 10))
	f.Title = Headline(SubjectOf(measure.TotalCost, true), f.Panels, nil)
	f.Source, f.Note = "Simulation.", NoteChance
	if err := f.Validate(); err != nil {
		t.Fatal(err)
	}
	if f.Title != "Total cost rises" || f.Unit != "GBP a year" || f.Period != "years to the end of each month, January 2026 to March 2026" {
		t.Errorf("title %q, unit %q, period %q", f.Title, f.Unit, f.Period)
	}
	f.History = []Point{{clock.MustDate("2025-11-30"), 80}, {clock.MustDate("2025-12-31"), 90.5}}
	const want = "series,date,unit,q05,q25,q50,q75,q95\n" +
		"published,2025-11-30,GBP a year,,,80,,\n" +
		"published,2025-12-31,GBP a year,,,90.5,,\n" +
		"A,2026-01-31,GBP a year,"
	if got := string(f.table()); !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 6 {
		t.Errorf("table\n%s\nwant 6 lines from\n%s", got, want)
	}
	dir := t.TempDir()
	if err := WriteIndex(dir, []Fan{f}); err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(listing(t, dir), " "); got != "README.md total_cost_gbp.csv total_cost_gbp.png total_cost_gbp.svg" {
		t.Errorf("wrote %s", got)
	}

	// A second page brings a table of its own.
	second := f.Named("total_cost_gbp-2")
	if second.Data != "total_cost_gbp-2.csv" || NewFan(measure.HotelPeople, nil, straight("A", 3, 1, 2, 0)).Named("x").Data != "" {
		t.Errorf("the data of %s are in %q", second.Name, second.Data)
	}
}

func TestModelStartsAtTheOpening(t *testing.T) {
	monthly := straight("A", 12, 1, 2, 0)
	quarterly := Panel{Dates: []clock.Date{clock.MustDate("2026-03-31"), clock.MustDate("2026-06-30")}}
	weekly := Panel{Dates: []clock.Date{clock.MustDate("2026-01-11"), clock.MustDate("2026-01-18")}}
	for _, c := range []struct {
		p    Panel
		want string
	}{{monthly, "2025-12-31"}, {quarterly, "2025-12-31"}, {weekly, "2026-01-04"}} {
		if got := c.p.starts().String(); got != c.want {
			t.Errorf("first dates %v: starts %s, want %s", c.p.Dates[:2], got, c.want)
		}
	}
}

func TestDescriptionGivesStartAndEndOfEachRegime(t *testing.T) {
	f := hotels()
	f.History = nil
	f.Measure = "People in hotels"
	f.Panels = []Panel{straight("Rules of 2025", 2, 30000, 20000, 1000)}
	want := "People in hotels, in people. Rules of 2025: median 25,000 (90% of runs: 24,300 to 25,700) in January 2026; " +
		"median 20,000 (90% of runs: 19,000 to 21,000) in February 2026."
	if got := f.Description(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	f.Unit = "GBP per month"
	f.Panels = []Panel{straight("Rules of 2025", 2, 300e6, 200e6, 10e6)}
	want = "People in hotels, in GBP million per month. Rules of 2025: median 250 (90% of runs: 243 to 257) in January 2026; " +
		"median 200 (90% of runs: 190 to 210) in February 2026."
	if got := f.Description(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
}

// forecast is a quarterly fan that starts from what is published.
func forecast() Fan {
	from := clock.MustDate("2025-12-31")
	p := Panel{Label: "Law in force", Starts: from}
	for i, half := range []float64{0, 500, 900} {
		mid := 7390 + 200*float64(i)
		p.Dates = append(p.Dates, from.AddMonths(3*i).MonthEnd())
		p.Q05, p.Q25, p.Q50 = append(p.Q05, mid-half), append(p.Q25, mid-0.4*half), append(p.Q50, mid)
		p.Q75, p.Q95 = append(p.Q75, mid+0.4*half), append(p.Q95, mid+half)
	}
	f := hotels()
	f.History, f.Panels = quarters(6000, 7390), []Panel{p}
	f.Measure = "People arriving"
	return f
}

// What is published is not told as what runs gave, and a quarter's count not as a
// month's.
func TestDescriptionOfAForecast(t *testing.T) {
	f := forecast()
	want := "People arriving, in people. Published: 6,000 in September 2025, 7,390 in December 2025. Law in force: from the published 7,390 in December 2025; " +
		"median 7,590 (90% of runs: 7,090 to 8,090) in March 2026; median 7,790 (90% of runs: 6,890 to 8,690) in June 2026."
	if got := f.Description(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	f.OfQuarters = true
	want = strings.NewReplacer(" in S", " in the quarter to S", " in D", " in the quarter to D", " in March", " in the quarter to March", " in June", " in the quarter to June").Replace(want)
	if got := f.Description(); got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if got, want := f.reading(), "where the model starts, at the end of December 2025."; !strings.Contains(got, want) {
		t.Errorf("reading does not say %q: %s", want, got)
	}

	// One value after the start is told once.
	p := &f.Panels[0]
	p.Dates = p.Dates[:2]
	for _, q := range []*[]float64{&p.Q05, &p.Q25, &p.Q50, &p.Q75, &p.Q95} {
		*q = (*q)[:2]
	}
	want = "in the quarter to December 2025; median 7,590 (90% of runs: 7,090 to 8,090) in the quarter to March 2026."
	if got := f.Description(); !strings.HasSuffix(got, want) || strings.Count(got, "median") != 1 {
		t.Errorf("got %s\nwant it to end %s", got, want)
	}

	// A start before the first value leaves that one the model's.
	f = forecast()
	f.Panels[0].Starts--
	want = "Law in force: median 7,390 (90% of runs: 7,390 to 7,390) in December 2025; median 7,790"
	if got := f.Description(); !strings.Contains(got, want) {
		t.Errorf("got %s\nwant %s in it", got, want)
	}
}

// The record stands after what the figure shows and before how to read it.
func TestPageTellsTheRecord(t *testing.T) {
	f := forecast()
	if got := f.Markdown(1); strings.Contains(got, "Record:") {
		t.Errorf("a record that there is none of:\n%s", got)
	}
	f.Panels[0].Effect = "None, or -1 (-2 to 3) in 2025-26."
	f.Findings = []string{"Better than the last value up to 4 quarters ahead.", "Intervals of 90% held 81% | of values."}
	const want = "\n\nDifference: None, or \u22121 (\u22122 to 3) in 2025-26.\n\nRecord: Better than the last value up to 4 quarters ahead.\n\nRecord: Intervals of 90% held 81% \\| of values.\n\nHow to read: "
	if got := f.Markdown(1); !strings.Contains(got, want) {
		t.Errorf("page\n%s\nwant in it%s", got, want)
	}
}

// Numbers for machines have no digits that an interpolation leaves.
func TestNumbersOfATable(t *testing.T) {
	for v, want := range map[float64]string{
		23484.600000000002: "23484.6", 0.1 + 0.2: "0.3", 1e15: "1000000000000000", 1200: "1200", 0: "0",
		0.00005001: "0.0001", -0.00001: "0", -2.5: "-2.5",
	} {
		if got := tabled(v); got != want {
			t.Errorf("%v is written %s, want %s", v, got, want)
		}
	}
	fan, porcupine := forecast(), backlog()
	fan.Panels[0].Q25[1], porcupine.Quills[0].Q05[0] = 7390.600000000002, 51773.70000000001
	for name, table := range map[string][]byte{"fan": fan.table(), "porcupine": porcupine.table()} {
		if got := string(table); strings.Contains(got, "00000") || !strings.Contains(got, map[string]string{"fan": ",7390.6,", "porcupine": ",51773.7,"}[name]) {
			t.Errorf("%s:\n%s", name, got)
		}
	}
}
