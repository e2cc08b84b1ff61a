package compare

import (
	"bytes"
	"strings"
	"testing"

	"asylumsim/sim/measure"
)

// TestARangeSaysWhatItHolds: of any number of runs the range that is shown holds
// all of them where it says so, and 90% where it says that. The percentiles of
// fewer than twenty hold n-2 of n, of two runs none.
func TestARangeSaysWhatItHolds(t *testing.T) {
	for n := 1; n <= 20; n++ {
		values := make([]int64, n)
		for i := range values {
			values[i] = int64((i * 7) % 23 * 100)
		}
		s := Describe(values, 1)
		low, high := s.Range()
		held := 0
		for _, v := range values {
			if low <= float64(v) && float64(v) <= high {
				held++
			}
		}
		switch name := RangeOf(n); {
		case n == 1 && name != "one run":
			t.Errorf("one run is %q", name)
		case n > 1 && n < 20 && (held != n || !strings.HasPrefix(name, "lowest to highest of ")):
			t.Errorf("%q of %d runs, %v to %v, holds %d", name, n, low, high, held)
		case n == 20 && (10*held < 9*n || name != "90% of runs"):
			t.Errorf("%q of %d runs, %v to %v, holds %d", name, n, low, high, held)
		}
	}
}

// TestFewRunsHaveNoRangeOf90: nothing that is printed of a few runs speaks of a
// range of 90% of them, but to say that there is none; the ends are the runs'.
func TestFewRunsHaveNoRangeOf90(t *testing.T) {
	runs := [][]*measure.Run{synthetic(4, threeYears, 1, 0), synthetic(4, threeYears, 1, 5)}
	tables, err := Tabulate([]string{"uk-2025", "other"}, threeYears, InMemory(runs))
	if err != nil {
		t.Fatal(err)
	}
	compared, err := tables.Compare([]measure.Output{measure.HotelPeople}, Horizon)
	if err != nil {
		t.Fatal(err)
	}
	values := SampleOf(measure.HotelPeople, runs[0]).Month(35)
	low, high := values[0], values[0]
	for _, v := range values {
		low, high = min(low, v), max(high, v)
	}
	want := Thousands(float64(low), 0) + " to " + Thousands(float64(high), 0)
	quarters, err := Quarters(tables.Regimes, threeYears, InMemory(runs))
	if err != nil {
		t.Fatal(err)
	}
	var table, text bytes.Buffer
	if err := compared.WriteText(&text); err != nil {
		t.Fatal(err)
	}
	if err := WriteQuarters(&table, quarters, "table", nil); err != nil {
		t.Fatal(err)
	}
	for what, told := range map[string]string{"comparison": text.String(), "quarters": table.String()} {
		if strings.Contains(told, "90% of runs") || strings.Contains(told, "5th to 95th") || !strings.Contains(told, "of 4 runs") {
			t.Errorf("%s of 4 runs:\n%s", what, told)
		}
		if !strings.Contains(strings.Join(strings.Fields(told), " "), want) {
			t.Errorf("%s does not say %s:\n%s", what, want, told)
		}
	}
}
