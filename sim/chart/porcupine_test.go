package chart

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asylumsim/sim/clock"
)

// waiting is the number of people awaiting an initial decision at the end of
// each quarter from March 2018 to December 2025, as published by the Home
// Office.
func waiting() (out []Point) {
	for i, v := range []float64{29264, 29984, 32199, 35855, 38968, 40960, 45255, 51228, 51906, 54073, 60548, 64895, 66185, 70905, 83733, 100564,
		109735, 122213, 143377, 160919, 172758, 175457, 165411, 128786, 118329, 118882, 133409, 124802, 109536, 90812, 80841, 64426} {
		out = append(out, Point{clock.MustDate("2018-03-31").AddMonths(3 * i).MonthEnd(), v})
	}
	return out
}

// backlog is a complete figure of 15 origins, of which each forecast goes on as
// the last year went, and less so from quarter to quarter.
func backlog() Porcupine {
	f := Porcupine{
		Caption: Caption{
			Name: "forecasts-backlog", Title: "Forecasts missed the fall of 2023", Measure: "People awaiting an initial decision",
			Source: "Simulation; Home Office, Immigration system statistics, year ending December 2025.",
			Note:   "The intervals hold chance and estimated parameters. Changes of rules after the origin are not in them.",
		},
		Geography: "United Kingdom", Period: "end of quarter, March 2018 to December 2025", Unit: "people",
		Findings: []string{
			"The interval of 90% of runs holds 52% of the published values.",
			"Forecasts are better than the last value up to 4 quarters ahead.",
		},
		History: waiting(),
	}
	for i := 8; i < 8+15; i++ {
		last := f.History[i]
		trend := (last.Value - f.History[i-4].Value) / 4
		q := Quill{Origin: last.Date, From: last}
		for _, ahead := range []int{1, 2, 4, 8} {
			n := float64(ahead)
			median := last.Value + float64(trend*(1-math.Pow(0.85, n))/0.15)
			spread := float64(0.05*math.Sqrt(n)) + float64(0.0025*n*n)
			if i == 20 { // a bad one
				spread *= 3.4
			}
			q.Dates = append(q.Dates, last.Date.AddMonths(3*ahead).MonthEnd())
			q.Q05 = append(q.Q05, math.Round(median*math.Exp(-1.2*spread)))
			q.Q50 = append(q.Q50, math.Round(median))
			q.Q95 = append(q.Q95, math.Round(median*math.Exp(1.5*spread)))
		}
		f.Quills = append(f.Quills, q)
	}
	return f
}

func TestGoldenPorcupine(t *testing.T) {
	svg, err := SVG(backlog())
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "backlog.svg", svg)
	golden(t, "backlog.csv", backlog().table())
	golden(t, "backlog.md", []byte(Index([]Porcupine{backlog()})))
}

func TestPorcupinesAreWrittenWithTheirData(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "figures")
	other := backlog()
	other.Name, other.Data = "other", "../forecasts.csv"
	if err := WriteIndex(dir, []Porcupine{backlog(), other}); err != nil {
		t.Fatal(err)
	}
	if got, want := strings.Join(listing(t, dir), " "), "README.md forecasts-backlog.csv forecasts-backlog.png forecasts-backlog.svg other.png other.svg"; got != want {
		t.Errorf("wrote %s, want %s", got, want)
	}
	page, err := os.ReadFile(filepath.Join(dir, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	for _, link := range []string{"[forecasts-backlog.csv](forecasts-backlog.csv)", "[forecasts.csv](../forecasts.csv)"} {
		if !strings.Contains(string(page), link) {
			t.Errorf("no link %s on the page:\n%s", link, page)
		}
	}
}

// The table holds all that is drawn, and in full what the picture cuts.
func TestTableOfAPorcupine(t *testing.T) {
	f := backlog()
	f.History = f.History[:2]
	f.Quills = f.Quills[12:13]
	f.Quills[0].From.Date = clock.MustDate("2022-12-31") // known a quarter before the origin
	const want = "series,origin,date,unit,q05,q50,q95\n" +
		"published,,2018-03-31,people,,29264,\n" +
		"published,,2018-06-30,people,,29984,\n" +
		"known,2023-03-31,2022-12-31,people,,172758,\n" +
		"forecast,2023-03-31,2023-06-30,people,152166,188514,246391\n"
	got := string(f.table())
	if !strings.HasPrefix(got, want) || strings.Count(got, "\n") != 1+2+1+4 {
		t.Errorf("table\n%s\nwant 8 lines from\n%s", got, want)
	}
	if at := f.axis().max; f.Quills[0].Q95[3] <= at || !strings.Contains(got, fmt.Sprintf(",%.0f\n", f.Quills[0].Q95[3])) {
		t.Errorf("the table does not hold %.0f, above the axis to %.0f:\n%s", f.Quills[0].Q95[3], at, got)
	}
}

func TestPorcupinesThatCannotBeDrawn(t *testing.T) {
	for want, spoil := range map[string]func(*Porcupine){
		"name is a file name":                          func(f *Porcupine) { f.Name = "../backlog" },
		"title has 0 words":                            func(f *Porcupine) { f.Title = " " },
		"title has 11 words":                           func(f *Porcupine) { f.Title = "one two three four five six seven eight nine ten eleven" },
		"measure is empty":                             func(f *Porcupine) { f.Measure = "" },
		"geography is empty":                           func(f *Porcupine) { f.Geography = "" },
		"period is empty":                              func(f *Porcupine) { f.Period = "" },
		"unit is empty":                                func(f *Porcupine) { f.Unit = "\t" },
		"source is empty":                              func(f *Porcupine) { f.Source = "" },
		"note is empty":                                func(f *Porcupine) { f.Note = " " },
		"history has 1 points: want 2 or more":         func(f *Porcupine) { f.History = f.History[:1] },
		"history at 2018-03-31 does not come after":    func(f *Porcupine) { f.History[1].Date = f.History[0].Date },
		"no quills":                                    func(f *Porcupine) { f.Quills = nil },
		"origin 2020-06-30 does not come after":        func(f *Porcupine) { f.Quills[2].Origin = f.Quills[1].Origin },
		"origin 2020-03-31: starts from 2020-04-01":    func(f *Porcupine) { f.Quills[0].From.Date = clock.MustDate("2020-04-01") },
		"origin 2020-03-31: 0 dates":                   func(f *Porcupine) { f.Quills[0].Dates = nil },
		"origin 2020-03-31: forecasts 2020-03-31":      func(f *Porcupine) { f.Quills[0].Dates[0] = f.Quills[0].Origin },
		"2020-06-30 does not come after 2020-06-30":    func(f *Porcupine) { f.Quills[0].Dates[1] = f.Quills[0].Dates[0] },
		"origin 2020-06-30: q50 has 3 values for 4":    func(f *Porcupine) { f.Quills[1].Q50 = f.Quills[1].Q50[:3] },
		"q50 at 2020-06-30 is 1, below q05, 51774":     func(f *Porcupine) { f.Quills[0].Q50[0] = 1 },
		"q95 at 2020-06-30 is 1, below q50, 55141":     func(f *Porcupine) { f.Quills[0].Q95[0] = 1 },
		"values up to 1e+308 are too large":            func(f *Porcupine) { f.History[0].Value = 1e308 },
		"values up to 1.5e+308 are too large":          func(f *Porcupine) { f.Quills[0].Q95[3] = 1.5e308 },
		"values up to 1e+200 leave no room for a pane": func(f *Porcupine) { f.History[0].Value, f.Quills[0].Q95[3] = 1e200, 1e200 },
	} {
		f := backlog()
		spoil(&f)
		_, err := SVG(f)
		if err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "figure ") {
			t.Errorf("error %v, want %q", err, want)
		}
		if _, err := PNG(f); err == nil {
			t.Errorf("%s: drawn as PNG", want)
		}
	}
	if err := backlog().Validate(); err != nil {
		t.Errorf("a complete figure: %v", err)
	}
}

func TestAllProblemsOfAPorcupineAtOnce(t *testing.T) {
	f := backlog()
	f.Title, f.Note, f.History[3].Value = "", "", math.NaN()
	f.Quills[0].Q95[1], f.Quills[4].Dates = -1, nil
	err := f.Validate()
	if err == nil {
		t.Fatal("no error")
	}
	for _, want := range []string{"title has 0 words", "note is empty", "history at 2018-12-31 is NaN", "origin 2020-03-31: q95 at 2020-09-30 is -1", "origin 2021-03-31: 0 dates"} {
		if !strings.Contains(err.Error(), want) {
			t.Errorf("error does not say %s:\n%v", want, err)
		}
	}
}

// No place takes what is no number, nor one below the axis.
func TestNumbersThatNoAxisFromZeroHolds(t *testing.T) {
	places := map[string]func(*Porcupine) *float64{
		"history": func(f *Porcupine) *float64 { return &f.History[5].Value },
		"start":   func(f *Porcupine) *float64 { return &f.Quills[5].From.Value },
		"q05":     func(f *Porcupine) *float64 { return &f.Quills[5].Q05[2] },
		"q50":     func(f *Porcupine) *float64 { return &f.Quills[5].Q50[2] },
		"q95":     func(f *Porcupine) *float64 { return &f.Quills[5].Q95[2] },
	}
	for name, place := range places {
		for _, v := range []float64{math.NaN(), math.Inf(1), math.Inf(-1), -1} {
			f := backlog()
			*place(&f) = v
			if err := f.Validate(); err == nil || !strings.Contains(err.Error(), fmt.Sprintf(" %v: want a number of 0 or more", v)) {
				t.Errorf("%s is %v: error %v", name, v, err)
			}
		}
	}
}
