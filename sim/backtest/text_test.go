package backtest

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"asylumsim/sim/evidence"
	"asylumsim/sim/policy"
	"asylumsim/sim/score"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.MkdirAll("testdata", 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s differs (-update to accept):\n%s", path, got)
	}
}

// madeUp is a back-test of four origins: claims at one quarter, where the
// seasonal forecast is missing once, and at two, and hotels with the last value
// only to set beside them, the last of which have not come.
func madeUp() *Report {
	r := fourQuarters()
	r.Process = evidence.DampedTrend
	for i, came := range []float64{20, 30, 25, 28} {
		r.Forecasts = append(r.Forecasts, made(&Targets[1], i, 2, came, score.NewEnsemble([]float64{21, 24, 26, 29}), sure(22), sure(23), sure(31)))
	}
	for i, came := range []float64{1000.25, 0} {
		f := made(&Targets[6], i, 1, came, score.NewEnsemble([]float64{900, 1000, 1300}), sure(1200))
		f.Scored = i == 0
		r.Forecasts = append(r.Forecasts, f)
	}
	return r
}

func written(t *testing.T, write func(out *bytes.Buffer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := write(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// TestWriteGoldens holds the three forms of the made-up back-test, and its
// summary, to what they were. Claims at one quarter are worked by hand in
// TestSummaryByHand.
func TestWriteGoldens(t *testing.T) {
	r := madeUp()
	for name, format := range map[string]string{"report.txt": "table", "report.csv": "csv", "report.json": "json"} {
		golden(t, name, written(t, func(out *bytes.Buffer) error { return r.Write(out, format) }))
	}
	golden(t, "summary.csv", written(t, func(out *bytes.Buffer) error { return r.WriteSummary(out) }))
}

// TestJSONSaysWhatCSVSays: the same cells under the same names; numbers are
// numbers and what is empty is null.
func TestJSONSaysWhatCSVSays(t *testing.T) {
	r := madeUp()
	rows, err := csv.NewReader(bytes.NewReader(written(t, func(out *bytes.Buffer) error { return r.Write(out, "csv") }))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var objects []map[string]any
	if err := json.Unmarshal(written(t, func(out *bytes.Buffer) error { return r.Write(out, "json") }), &objects); err != nil {
		t.Fatal(err)
	}
	if len(rows) != 1+len(r.Forecasts) || len(objects) != len(r.Forecasts) {
		t.Fatalf("%d rows and %d objects of %d forecasts", len(rows), len(objects), len(r.Forecasts))
	}
	empty := 0
	for i, object := range objects {
		if len(object) != len(rows[0]) {
			t.Errorf("object %d has %d names, want %d", i, len(object), len(rows[0]))
		}
		for c, name := range rows[0] {
			cell := rows[i+1][c]
			switch got := object[name].(type) {
			case nil:
				empty++
				if cell != "" {
					t.Errorf("row %d: %s is null, in CSV %q", i, name, cell)
				}
			case float64:
				if x, err := strconv.ParseFloat(cell, 64); err != nil || x != got {
					t.Errorf("row %d: %s is %v, in CSV %q", i, name, got, cell)
				}
			case string:
				if cell != got || cell == "" {
					t.Errorf("row %d: %s is %q, in CSV %q", i, name, got, cell)
				}
			default:
				t.Errorf("row %d: %s is a %T", i, name, got)
			}
		}
	}
	// One seasonal score of claims, two naive scores of hotels, and of those that
	// have not come all nine cells.
	if empty != 1+2+9 {
		t.Errorf("%d cells are empty, want 12", empty)
	}
}

// TestAnUnscoredForecastIsToldWithoutScores: its values are there, and nothing
// that came.
func TestAnUnscoredForecastIsToldWithoutScores(t *testing.T) {
	rows := madeUp().rows()
	row := rows[len(rows)-1]
	for c, name := range rows[0] {
		scores := name == "published" || c >= 15
		if (row[c] == "") != scores {
			t.Errorf("%s is %q", name, row[c])
		}
	}
}

// broken takes so many writes before it fails.
type broken struct{ left int }

var errFull = errors.New("full")

func (b *broken) Write(p []byte) (int, error) {
	if b.left--; b.left < 0 {
		return 0, errFull
	}
	return len(p), nil
}

// TestWriteSaysThatItCannot: an error of the output is that of every form.
func TestWriteSaysThatItCannot(t *testing.T) {
	r := madeUp()
	for _, format := range []string{"table", "csv", "json"} {
		if err := r.Write(&broken{}, format); !errors.Is(err, errFull) {
			t.Errorf("%s: error %v, want %v", format, err, errFull)
		}
	}
	if err := r.WriteSummary(&broken{}); !errors.Is(err, errFull) {
		t.Errorf("summary: error %v, want %v", err, errFull)
	}
}

// TestNumbers: to a ten-thousandth, without an exponent; none is empty. People
// have separators.
func TestNumbers(t *testing.T) {
	for want, x := range map[string]float64{"0": 0, "1234567": 1234567, "0.3333": 1.0 / 3, "-2.5": -2.5, "0.0001": 0.00005, "100000000000": 1e11} {
		if got := number(x); got != want {
			t.Errorf("%v is written %s, want %s", x, got, want)
		}
	}
	for want, x := range map[string]float64{"0": 0, "7": 7.4, "999": 999, "1,000": 999.6, "12,345": 12345, "1,234,567": 1234567} {
		if got := thousands(x); got != want {
			t.Errorf("%v people are written %s, want %s", x, got, want)
		}
	}
}

// TestEstimatesByHand: a row for each entry of what is estimated, a column for
// each origin, with the numbers of its rules.
func TestEstimatesByHand(t *testing.T) {
	r := madeUp()
	for i := range r.Origins {
		r.Origins[i].Rules.Decision.Caseworkers += 614
		for range i {
			r.Origins[i].Rules.Decision.Caseworkers += 100
		}
		r.Origins[i].Rules.Levels.Trend[policy.HearingsDriver] = 0.25 * float64(i)
	}
	groups := []policy.Group{{ID: "afghan"}, {ID: "other"}}
	rows, err := csv.NewReader(bytes.NewReader(written(t, func(out *bytes.Buffer) error { return r.WriteEstimates(out, groups) }))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][]string{
		"parameter":                      {"2022-03-31", "2022-06-30", "2022-09-30", "2022-12-31"},
		"caseworkers":                    {"614", "714", "814", "914"},
		"level_trend hearings":           {"0", "0.25", "0.5", "0.75"},
		"small_boat_nationality afghan":  {"0", "0", "0", "0"},
		"boats_season jan":               {"0", "0", "0", "0"},
		"enforced_return_attempts":       {"0", "0", "0", "0"},
		"opening_transfer_held_cases":    {"0", "0", "0", "0"},
		"other_route_claims visa_holder": {"0", "0", "0", "0"},
	}
	seen := map[string]bool{}
	for i, row := range rows {
		key := row[0]
		if i > 0 && row[1] != "" {
			key += " " + row[1]
		}
		seen[row[0]] = true
		expected, known := want[key]
		if !known {
			continue
		}
		delete(want, key)
		if got := row[3:]; len(got) != 4 || got[0] != expected[0] || got[1] != expected[1] || got[2] != expected[2] || got[3] != expected[3] {
			t.Errorf("%s is %v, want %v", key, got, expected)
		}
	}
	for key := range want {
		t.Errorf("no row for %s", key)
	}
	for _, name := range evidence.Estimated {
		if !seen[name] {
			t.Errorf("no row for %s", name)
		}
	}
}
