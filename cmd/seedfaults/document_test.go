package main

import (
	"os"
	"strings"
	"testing"
)

// TestTheDocumentShowsTheFaultsOfTheAreasThatAreAlwaysTried: each mistake of
// the areas that continuous integration tries is a row of its table, and every row is a mistake.
func TestTheDocumentShowsTheFaultsOfTheAreasThatAreAlwaysTried(t *testing.T) {
	text, err := os.ReadFile("../../docs/verification.md")
	if err != nil {
		t.Fatal(err)
	}
	rows := map[string]bool{}
	_, table, _ := strings.Cut(string(text), "| area | mistake | noticed by |")
	for line := range strings.Lines(table) {
		if cells := strings.Split(line, " | "); len(cells) == 3 && !strings.HasPrefix(line, "|--") {
			rows[strings.TrimPrefix(cells[0], "| ")+": "+cells[1]] = true
		}
	}
	faults, err := readFaults(shipped)
	if err == nil {
		faults, err = chosen(faults, "decision,appeal,returns,ledger,forecast")
	}
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range faults {
		if row := f.Area + ": " + f.Mistake; !rows[row] {
			t.Errorf("docs/verification.md has no row for %s", row)
		} else {
			delete(rows, row)
		}
	}
	for row := range rows {
		t.Errorf("docs/verification.md has a row for what is no fault of these areas: %s", row)
	}
}
