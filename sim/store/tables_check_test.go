package store

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
)

// A table that is longer than the run wrote it is not read at all: what has no
// end, or eight gigabytes of nothing, would take all memory.
func TestATableOfAnotherLengthIsNotRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	written(t, dir, 1)
	path := filepath.Join(dir, summaryTable.name)
	if err := os.Truncate(path, 8<<30); err != nil {
		t.Skip(err)
	}
	bounded(t, 2*mostBytes, func() {
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), path+" is not the file that the run wrote: 8589934592 bytes, manifest ") {
			t.Errorf("error %v", err)
		}
	})
	// Nor is it where the manifest says that it is so long.
	m, err := ReadManifest(filepath.Join(dir, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	for i := range m.Files {
		if m.Files[i].Name == summaryTable.name {
			m.Files[i].Bytes = 8 << 30
		}
	}
	put(t, dir, manifestName, string(m.encode()))
	bounded(t, 2*mostBytes, func() {
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), `"summary.csv" of 8589934592 bytes: want a table of 2 regimes and 24 months`) {
			t.Errorf("error %v", err)
		}
	})
}

// A row that never ends is refused where it begins, though its digest is right.
func TestARowWithoutEndIsNotRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	result := written(t, dir, 1)
	for _, end := range []string{"", "\""} {
		path := filepath.Join(dir, waitsTable.name)
		put(t, dir, waitsTable.name, strings.Join(waitsTable.header, ",")+"\n"+end)
		if err := os.Truncate(path, 1<<21); err != nil {
			t.Skip(err)
		}
		signAnew(t, dir, outputsOf(result))
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), path+": row 2 is over 64 kB") {
			t.Errorf("error %v", err)
		}
	}
}

// A manifest and a summary of different months do not go together.
func TestAManifestOfOtherMonthsThanTheTablesIsRefused(t *testing.T) {
	for change, want := range map[string]string{
		`"months": 600`:           "summary.csv has no rows of 2028-01-31: want those of the 600 months from 2026-01-31 to 2075-12-31",
		`"months": 12`:            "summary.csv has rows of 2027-",
		`"opening": "2024-12-31"`: "summary.csv has no rows of 2025-01-31",
	} {
		dir := filepath.Join(t.TempDir(), "r")
		written(t, dir, 1)
		key, _, _ := strings.Cut(change, ": ")
		lines := strings.Split(string(read(t, dir, manifestName)), "\n")
		for i, line := range lines {
			if strings.HasPrefix(line, "  "+key) {
				lines[i] = "  " + change + ","
			}
		}
		put(t, dir, manifestName, strings.Join(lines, "\n"))
		result := written(t, filepath.Join(t.TempDir(), "r"), 1)
		signAnew(t, dir, outputsOf(result))
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", change, err, want)
		}
	}
}

func TestASeriesWithoutAllItsMonthsIsNamed(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	result := written(t, dir, 1)
	outputs := []measure.Output{measure.SupportedPeople, measure.HotelPeople}
	if err := result.CheckSeries(regimes, outputs); err != nil {
		t.Fatal(err)
	}
	kept := result.Summaries[:0]
	for i, s := range result.Summaries {
		if s.Regime != regimes[1] || s.Output != measure.HotelPeople || i%3 == 0 {
			kept = append(kept, s)
		}
	}
	result.Tables = &compare.Tables{Summaries: kept}
	if err := result.CheckSeries(regimes, outputs); err == nil ||
		!strings.Contains(err.Error(), "summary.csv has 8 rows of hotel_people in uk-core-protection: want one for each of the 24 months from 2026-01-31 to 2027-12-31") {
		t.Errorf("error %v", err)
	}
}

// TestQuartersOfAnotherRunAreRefused: a table of quarters with a row fewer, one of
// another quarter, or the rows of a regime twice is not that of the run, whatever
// its digest.
func TestQuartersOfAnotherRunAreRefused(t *testing.T) {
	for want, change := range map[string]func(lines []string) []string{
		"row 3 is not small_boat_arrivals_people of uk-2025 for the quarter to 2026-09-30": func(lines []string) []string { return slices.Delete(lines, 3, 4) },
		"row 2 is not small_boat_arrivals_people": func(lines []string) []string {
			lines[2] = strings.Replace(lines[2], "2026-06-30", "2027-06-30", 1)
			return lines
		},
		"want the 144 of the run": func(lines []string) []string { return append(lines, lines[1]) },
		"is not returns_voluntary_people of uk-core-protection for the quarter to 2027-12-31": func(lines []string) []string { return lines[:len(lines)-1] },
	} {
		dir := filepath.Join(t.TempDir(), "r")
		result := written(t, dir, 1)
		lines := change(strings.Split(strings.TrimSuffix(string(read(t, dir, quartersTable.name)), "\n"), "\n"))
		put(t, dir, quartersTable.name, strings.Join(lines, "\n")+"\n")
		signAnew(t, dir, outputsOf(result))
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
}
