package compare

import (
	"bytes"
	"flag"
	"math"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"asylumsim/sim/measure"
	"asylumsim/sim/unit"
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
		return
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if !alike(string(got), string(want)) {
		t.Errorf("%s differs (-update to accept):\n%s", path, got)
	}
}

var numeral = regexp.MustCompile(`-?[0-9]+\.?[0-9]*(e-?[0-9]+)?`)

// alike reports that two texts are equal but for the last digits of numbers
// in full precision, in which processors may differ.
func alike(a, b string) bool {
	if numeral.ReplaceAllString(a, "#") != numeral.ReplaceAllString(b, "#") {
		return false
	}
	others := numeral.FindAllString(b, -1)
	for i, text := range numeral.FindAllString(a, -1) {
		x, _ := strconv.ParseFloat(text, 64)
		y, _ := strconv.ParseFloat(others[i], 64)
		if math.Abs(x-y) > 1e-11*math.Abs(y) {
			return false
		}
	}
	return true
}

// comparison is a made-up experiment: one regime of large effect, one that
// changes nothing but hotels, by a little.
func comparison(t *testing.T, n int, regimes ...string) *Tables {
	t.Helper()
	base := synthetic(n, threeYears, 1, 0)
	small := synthetic(n, threeYears, 1, 0)
	luck := synthetic(n, threeYears, 2, 0)
	for r := range small {
		for m := range small[r].Months {
			small[r].Months[m][measure.HotelPeople] += luck[r].Months[m][measure.HotelPeople]%7 - 3
			small[r].Months[m][measure.HotelCost] += luck[r].Months[m][measure.HotelCost] / 90_000
		}
	}
	runs := map[string][]*measure.Run{"uk-2025": base, "uk-core-protection": synthetic(n, threeYears, 1, -8), "hotel-exit": small}
	var all [][]*measure.Run
	for _, regime := range regimes {
		all = append(all, runs[regime])
	}
	tables, err := Tabulate(regimes, threeYears, InMemory(all))
	if err != nil {
		t.Fatal(err)
	}
	return tables
}

func TestComparisonTables(t *testing.T) {
	for _, c := range []struct {
		name, period, format string
		n                    int
		regimes              []string
	}{
		{"two-regimes.txt", Horizon, "table", 20, []string{"uk-2025", "uk-core-protection", "hotel-exit"}},
		{"one-regime.txt", Horizon, "table", 20, []string{"uk-2025", "hotel-exit"}},
		{"financial-year.txt", "2026-27", "table", 20, []string{"uk-2025", "hotel-exit"}},
		{"partial-year.txt", "2028-29", "table", 20, []string{"uk-2025", "hotel-exit"}},
		{"base-alone.txt", Horizon, "table", 20, []string{"uk-2025"}},
		{"one-replication.txt", Horizon, "table", 1, []string{"uk-2025", "hotel-exit"}},
		{"two-regimes.csv", Horizon, "csv", 20, []string{"uk-2025", "uk-core-protection", "hotel-exit"}},
		{"one-replication.json", Horizon, "json", 1, []string{"uk-2025", "hotel-exit"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			compared, err := comparison(t, c.n, c.regimes...).Compare(Headline, c.period)
			if err != nil {
				t.Fatal(err)
			}
			var out bytes.Buffer
			if err := compared.Write(&out, c.format); err != nil {
				t.Fatal(err)
			}
			golden(t, c.name, out.Bytes())
			if c.format == "table" {
				for line := range strings.Lines(out.String()) {
					if len(strings.TrimSuffix(line, "\n")) > 132 || strings.HasSuffix(line, " \n") {
						t.Errorf("line too wide, or with blanks at its end: %q", line)
					}
				}
			}
		})
	}
}

// A comparison in nominal money says so with the rate and the base year, and
// keeps what is discounted apart.
func TestNominalComparison(t *testing.T) {
	regimes := []string{"uk-2025", "hotel-exit"}
	runs := [][]*measure.Run{synthetic(20, threeYears, 1, 0), synthetic(20, threeYears, 1, -8)}
	tables, err := Tabulate(regimes, threeYears, InMemory(runs))
	if err != nil {
		t.Fatal(err)
	}
	outputs := []measure.Output{measure.HotelPeople, measure.HotelCost, measure.DiscountedCost}
	var samples [][]Sample
	for r := range runs {
		samples = append(samples, []Sample{SampleOf(measure.HotelCost, runs[r]), SampleOf(measure.DiscountedCost, runs[r])})
	}
	compared, err := tables.InMoney(Money{Nominal: true, Inflation: 0.025}, samples, threeYears).Compare(outputs, Horizon)
	if err != nil {
		t.Fatal(err)
	}
	var out bytes.Buffer
	if err := compared.WriteText(&out); err != nil {
		t.Fatal(err)
	}
	golden(t, "nominal.txt", out.Bytes())
}

func TestComparisonSaysWhatItCannotShow(t *testing.T) {
	tables := comparison(t, 3, "uk-2025", "hotel-exit")
	if _, err := tables.Compare(Headline, "2031-32"); err == nil || !strings.Contains(err.Error(), `"2031-32"`) || !strings.Contains(err.Error(), "2026-27") {
		t.Errorf("unknown period: %v, want one that names it and lists the periods", err)
	}
	tables.Differences = tables.Differences[:1]
	if _, err := tables.Compare(Headline, Horizon); err == nil || !strings.Contains(err.Error(), "hotel_people of hotel-exit less uk-2025") {
		t.Errorf("missing difference: %v, want one that names it", err)
	}
	var c Comparison
	if err := c.Write(&bytes.Buffer{}, "xml"); err == nil || !strings.Contains(err.Error(), "table, csv or json") {
		t.Errorf("unknown format: %v", err)
	}
}

func TestThousands(t *testing.T) {
	for _, c := range []struct {
		v        float64
		decimals int
		want     string
	}{
		{0, 0, "0"}, {999, 0, "999"}, {1000, 0, "1,000"}, {1234567.5, 1, "1,234,567.5"}, {-1234.4, 0, "-1,234"},
		{-0.004, 2, "0.00"}, {-0.4, 0, "0"}, {999.96, 1, "1,000.0"}, {math.NaN(), 0, ""},
	} {
		if got := Thousands(c.v, c.decimals); got != c.want {
			t.Errorf("Thousands(%v, %d) = %q, want %q", c.v, c.decimals, got, c.want)
		}
	}
}

func TestShortNotations(t *testing.T) {
	for _, c := range []struct{ got, want string }{
		{ratio(math.NaN()), "-"}, {ratio(0.94), "0.9"}, {ratio(44.4), "44"}, {ratio(30_000), "30,000"}, {ratio(2e6), ">1e6"},
		{probability(math.NaN()), ""}, {probability(0.0004), "<0.001"}, {probability(0.0312), "0.031"}, {probability(1), "1.000"},
		{signed(12, 0), "+12"}, {signed(-12, 0), "-12"}, {signed(0.001, 2), "0.00"}, {signed(0, 0), "0"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// A fraction is told wherever its numbers are printed with words.
func TestComparisonTellsItsFraction(t *testing.T) {
	tables := comparison(t, 3, "uk-2025", "hotel-exit")
	for _, fraction := range []unit.Fraction{0, 10} {
		tables.Fraction = fraction
		compared, err := tables.Compare(Headline, Horizon)
		if err != nil {
			t.Fatal(err)
		}
		for _, format := range []string{"table", "json"} {
			var out bytes.Buffer
			if err := compared.Write(&out, format); err != nil {
				t.Fatal(err)
			}
			if told := strings.Contains(out.String(), "Simulated at 1/10 of people and capacities"); told != (fraction == 10) {
				t.Errorf("%v, %s: told %v", fraction, format, told)
			}
		}
	}
}
