package compare

import (
	"bytes"
	"encoding/json"
	"math"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

// TestQuartersByHand: two runs of a year from January with 1 to 12 and 10 to 120
// claims a month, and so many thousands in support. The quarters have 6 and 60
// claims, then 15 and 150, 24 and 240, 33 and 330; those in support are the last
// months'. Enforced returns are two outputs, each with as many as there are
// claims.
func TestQuartersByHand(t *testing.T) {
	var runs []*measure.Run
	for _, times := range []int64{1, 10} {
		run := &measure.Run{Months: make([]measure.Row, 12)}
		for m := range run.Months {
			n := times * int64(m+1)
			row := &run.Months[m]
			row[measure.AsylumClaimsPeople], row[measure.ReturnsEnforcedPeople], row[measure.OtherReturnsEnforcedPeople] = n, n, n
			row[measure.SupportedPeople] = 1000 * n
		}
		runs = append(runs, run)
	}
	rows, err := Quarters([]string{"reform"}, clock.NewTimeline(clock.MustDate("2022-12-31"), 1), InMemory([][]*measure.Run{runs}))
	if err != nil {
		t.Fatal(err)
	}
	if len(rows) != 4*len(measure.Quarterly) {
		t.Fatalf("%d rows, want four quarters of %d series", len(rows), len(measure.Quarterly))
	}
	means := map[string][4]float64{
		"asylum_claims_people": {33, 82.5, 132, 181.5}, "supported_people": {16500, 33000, 49500, 66000}, "returns_enforced_people": {66, 165, 264, 363},
	}
	for i, q := range rows {
		end := clock.MustDate([]string{"2023-03-31", "2023-06-30", "2023-09-30", "2023-12-31"}[i%4])
		if q.Series != &measure.Quarterly[i/4] || q.Quarter != end || q.Regime != "reform" || q.N != 2 {
			t.Errorf("row %d is of %s, %v, %s, %d runs", i, q.Series.Name, q.Quarter, q.Regime, q.N)
		}
		// With two runs in the proportion of 1 to 10 the mean is 5.5 times the lower.
		if want := means[q.Series.Name][i%4]; q.Mean != want || q.Q50 != want || math.Abs(q.Q05-want/5.5*1.45) > 1e-9*want {
			t.Errorf("%s to %v: mean %v, quantiles %v and %v; want %v", q.Series.Name, q.Quarter, q.Mean, q.Q05, q.Q50, want)
		}
	}
}

// TestQuartersInPartAreLeftOut: a run from the end of January has no flows of the
// first quarter, and has its stocks.
func TestQuartersInPartAreLeftOut(t *testing.T) {
	runs := [][]*measure.Run{{{Months: make([]measure.Row, 12)}}}
	rows, err := Quarters([]string{"base"}, clock.NewTimeline(clock.MustDate("2023-01-31"), 1), InMemory(runs))
	if err != nil {
		t.Fatal(err)
	}
	first := map[bool]clock.Date{}
	for _, q := range rows {
		if first[q.Series.Stock] == 0 {
			first[q.Series.Stock] = q.Quarter
		}
	}
	if first[true] != clock.MustDate("2023-03-31") || first[false] != clock.MustDate("2023-06-30") {
		t.Errorf("stocks begin at %v and flows in the quarter to %v", first[true], first[false])
	}
}

// TestQuarterGoldens holds the forms of quarters to what they were.
func TestQuarterGoldens(t *testing.T) {
	row := func(series, end string, values ...int64) Quarter {
		return Quarter{"base", measure.QuarterlyByName(series), clock.MustDate(end), Describe(values, 1)}
	}
	rows := []Quarter{
		row("asylum_claims_people", "2026-03-31", 20000, 21000, 22500, 26000),
		row("asylum_claims_people", "2026-06-30", 18000, 21000, 24500, 31000),
		row("supported_people", "2026-03-31", 999),
	}
	for name, format := range map[string]string{"quarters.txt": "table", "quarters.csv": "csv", "quarters.json": "json"} {
		var b bytes.Buffer
		if err := WriteQuarters(&b, rows, format, nil); err != nil {
			t.Fatal(err)
		}
		if format == "json" && !json.Valid(b.Bytes()) {
			t.Errorf("not JSON: %s", b.String())
		}
		golden(t, name, b.Bytes())
	}
	if err := WriteQuarters(&bytes.Buffer{}, rows, "xml", nil); err == nil {
		t.Error("xml is written")
	}
}

// TestQuartersWithRemarks: the last column holds what there is to remark.
func TestQuartersWithRemarks(t *testing.T) {
	rows := []Quarter{{"base", &measure.Quarterly[6], clock.MustDate("2026-03-31"), Describe([]int64{7}, 1)}}
	var b bytes.Buffer
	if err := WriteQuarters(&b, rows, "table", func(q Quarter) string { return "of " + q.Series.Short }); err != nil {
		t.Fatal(err)
	}
	if want := "7       7 to 7   of People in asylum hotels\n"; !strings.HasSuffix(b.String(), want) {
		t.Errorf("written\n%s", b.String())
	}
}

// TestAQuarterFromTheMiddleOfAMonth: a run that opens in the middle of January has
// no flows of the first quarter, of which it lacks two weeks.
func TestAQuarterFromTheMiddleOfAMonth(t *testing.T) {
	flows, stocks := measure.QuarterlyByName("asylum_claims_people"), measure.QuarterlyByName("hotel_people")
	timeline := clock.NewTimeline(clock.MustDate("2023-01-15"), 1)
	for series, want := range map[*measure.PublishedSeries]string{flows: "2023-06-30", stocks: "2023-03-31"} {
		if got := timeline.Months[QuarterEnds(timeline, series)[0]].String(); got != want {
			t.Errorf("%s begins with the quarter to %s, want %s", series.Name, got, want)
		}
	}
}
