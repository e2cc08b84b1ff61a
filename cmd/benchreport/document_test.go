package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asylumsim/sim/chart"
)

// root is the folder of the project.
const root = "../.."

// What the documents show of the benchmarks is what the stored results give.
func TestDocumentsAreThoseOfTheStoredResults(t *testing.T) {
	const remedy = "make bench-baseline, or benchreport -readme README.md -figures docs/performance " + baselineFile
	stored := filepath.Join(root, baselineFile)
	s, err := readSheet(stored)
	if err != nil {
		t.Fatal(err)
	}
	if err := check(io.Discard, s, s); err != nil {
		t.Errorf("the stored results do not pass their own check: %v", err)
	}
	table, err := speedTable(s)
	if err != nil {
		t.Fatal(err)
	}
	readme, err := os.ReadFile(filepath.Join(root, "README.md"))
	if err != nil {
		t.Fatal(err)
	}
	if want, err := between(string(readme), table); err != nil || want != string(readme) {
		t.Errorf("the README's table is not that of %s (%v): %s", baselineFile, err, remedy)
	}
	fresh := t.TempDir()
	if err := writeFigures(fresh, s); err != nil {
		t.Fatal(err)
	}
	files, err := os.ReadDir(fresh)
	if err != nil || len(files) < 8 {
		t.Fatalf("%d files of figures: %v", len(files), err)
	}
	for _, f := range files {
		want, err := os.ReadFile(filepath.Join(fresh, f.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got, err := os.ReadFile(filepath.Join(root, "docs/performance", f.Name()))
		switch {
		case err != nil:
			t.Error(err)
		case strings.HasSuffix(f.Name(), ".png"): // its bytes are the encoder's affair
		case !bytes.Equal(got, want):
			t.Errorf("docs/performance/%s is not that of %s: %s", f.Name(), baselineFile, remedy)
		}
	}
}

func TestReadmeIsRewrittenBetweenItsMarksOnly(t *testing.T) {
	path := filepath.Join(t.TempDir(), "README.md")
	page := "# Title\n\n" + tableBegin + "old\n" + tableEnd + "\nEnd.\n"
	if err := os.WriteFile(path, []byte(page), 0o644); err != nil {
		t.Fatal(err)
	}
	for range 2 { // the second time it changes nothing
		if err := run([]string{"-readme", path, fixture}, io.Discard); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	table, err := speedTable(results(t))
	if err != nil {
		t.Fatal(err)
	}
	if want := "# Title\n\n" + tableBegin + table + tableEnd + "\nEnd.\n"; string(got) != want {
		t.Errorf("README is\n%s\nwant\n%s", got, want)
	}
	for _, bad := range []string{"no marks", tableEnd + tableBegin, tableBegin, tableBegin + tableEnd + tableBegin + tableEnd} {
		if _, err := between(bad, "x"); err == nil || !strings.Contains(err.Error(), "once each") {
			t.Errorf("%q: error %v", bad, err)
		}
	}
}

func TestSpeedTable(t *testing.T) {
	got, err := speedTable(results(t))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"the kernel | | 51.0 | 19.6 | 0 | |",
		"| ten years of `uk-2025`, 5.00 million events | 0.750 s | 150 | 6.67 | 0 | 66.0 MB, 52.0 bytes a case |",
		"| any of the 3 regimes | 0.750 to 1.25 s | 139 to 158 | 6.32 to 7.21 | 0 | 66.0 to 140 MB |",
		"with 4 replications, on one worker | 8.96 s | | 5.59 | | 191 MB at most |",
		"the same on two workers, 1.90 times as fast",
		"| the second worker | | | | | 106 MB |",
		"Measured on A Processor, 2 processors, linux/amd64, go1.26.8, 2026-11-23.",
		"costs 2.9 events of the kernel",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("%q is not in the table:\n%s", want, got)
		}
	}
}

// A document of results that lack something is not made.
func TestNothingIsWrittenOfIncompleteResults(t *testing.T) {
	for _, gone := range []string{"BenchmarkGrowth/of=years", "BenchmarkWorkers", "regime=uk-core-protection", "cpu:", "peak-MB", "speedup"} {
		dir := t.TempDir()
		file, readme, figures := filepath.Join(dir, "new.txt"), filepath.Join(dir, "README.md"), filepath.Join(dir, "figures")
		page := []byte(tableBegin + tableEnd)
		for path, text := range map[string][]byte{file: []byte(changed(t, gone, "BenchmarkX")), readme: page} {
			if err := os.WriteFile(path, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		err := run([]string{"-readme", readme, "-figures", figures, file}, io.Discard)
		if err == nil {
			t.Errorf("without %s: no error", gone)
		}
		if now, _ := os.ReadFile(readme); !bytes.Equal(now, page) {
			t.Errorf("without %s the README was changed", gone)
		}
		if _, err := os.Stat(figures); err == nil {
			t.Errorf("without %s figures were written", gone)
		}
	}
}

func TestHeadlinesSayWhatIsMeasured(t *testing.T) {
	figures, err := growthFigures(results(t))
	if err != nil {
		t.Fatal(err)
	}
	if got := figures[0].Title; got != "Time grows in step with people, years, regimes and replications" {
		t.Errorf("headline of time: %q", got)
	}
	if got := figures[1].Title; got != "Memory grows with people and workers, not with replications" {
		t.Errorf("headline of memory: %q", got)
	}
	last := func(f chart.Curves, panel int) *chart.Measurement {
		points := f.Panels[panel].Points
		return &points[len(points)-1]
	}
	last(figures[0], 1).Value *= 1.5 // years
	if got := timeHeadline(figures[0].Panels); got != "How the time of a run grows" {
		t.Errorf("headline of time that outgrows years: %q", got)
	}
	last(figures[1], 3).Value *= 2 // replications
	if got := memoryHeadline(figures[1].Panels); got != "How the memory of a run grows" {
		t.Errorf("headline of memory that grows with replications: %q", got)
	}
}

func TestArguments(t *testing.T) {
	for want, args := range map[string][]string{
		"one file of results is needed": {"-check"},
		"nothing to do":                 {fixture},
		"is not there":                  {"-check", "-baseline", "testdata/none.txt", fixture},
	} {
		if err := run(args, io.Discard); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%v: error %v, want %q", args, err, want)
		}
	}
	if err := run([]string{"-check", "-table", "-baseline", fixture, fixture}, io.Discard); err != nil {
		t.Error(err)
	}
}
