package main

import (
	"os"
	"path/filepath"

	"asylumsim/sim/chart"
	"asylumsim/sim/compare"
)

// writeFigures writes the figures of growth with their page text, and the table
// of regimes, to a folder.
func writeFigures(folder string, s *sheet) error {
	figures, err := growthFigures(s)
	if err != nil {
		return err
	}
	table, err := regimeTable(s)
	if err != nil {
		return err
	}
	if err := chart.WriteIndex(folder, figures); err != nil {
		return err
	}
	return os.WriteFile(filepath.Join(folder, "regimes.md"), []byte(table), 0o644)
}

// regimeTable is the page of what one replication of each regime costs.
func regimeTable(s *sheet) (string, error) {
	t := &tabling{sheet: s}
	t.row("# What each regime costs\n")
	t.row("One replication of ten years of every person, on one core, on the people of the")
	t.row("opening and in memory that is there already. A case is a main applicant of the")
	t.row("opening stocks or of a claim made since. Memory is that of the world and its")
	t.row("people, in 10^6 bytes.\n")
	t.row("Measured by `make bench` on %s, %s; made from `results/benchmark/baseline.txt`.\n", t.machine(), t.fact("date"))
	t.row("| regime | cases | events | seconds | ns per event | MB | bytes per case |")
	t.row("|---|---:|---:|---:|---:|---:|---:|")
	for _, name := range s.each(regimePrefix) {
		t.row("| `%s` | %s | %s | %s | %s | %s | %s |", label(name, "regime"), compare.Thousands(t.median(name, "cases/op"), 0), compare.Thousands(t.median(name, "events/op"), 0),
			t.three(name, "ns/op", 1e-9), t.three(name, "ns/event", 1), t.three(name, "MB", 1), t.three(name, "B/case", 1))
	}
	return t.text.String(), t.err
}
