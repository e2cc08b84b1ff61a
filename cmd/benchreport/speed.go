package main

import (
	"fmt"
	"math"
	"os"
	"slices"
	"strconv"
	"strings"
)

// The marks between which the README's table is kept.
const (
	tableBegin = "<!-- benchmarks: begin -->\n"
	tableEnd   = "<!-- benchmarks: end -->\n"
)

const (
	regimePrefix  = "Replication/"
	coreName      = "Replication/regime=uk-core-protection/years=10"
	workersPrefix = "Workers/"
)

// speedTable is the table of the README: what a run costs, in the medians of a
// file of results.
func speedTable(s *sheet) (string, error) {
	t := &tabling{sheet: s}
	t.row("| | time | ns per event | million events a second | allocations per event | memory |")
	t.row("|---|---:|---:|---:|---:|---:|")
	t.row("| a queue of ten servers on the engine alone (M/M/10): the kernel | | %s | %s | %s | |",
		t.three(kernelName, "ns/event", 1), t.three(kernelName, "events/s", 1e-6), t.three(kernelName, "allocs/event", 1))
	for _, name := range []string{baseName, coreName} {
		t.row("| ten years of `%s`, %s million events | %s s | %s | %s | %s | %s MB, %s bytes a case |", label(name, "regime"), t.three(name, "events/op", 1e-6),
			t.three(name, "ns/op", 1e-9), t.three(name, "ns/event", 1), t.three(name, "events/s", 1e-6), t.three(name, "allocs/event", 1), t.three(name, "MB", 1), t.three(name, "B/case", 1))
	}
	regimes := s.each(regimePrefix)
	t.row("| any of the %d regimes | %s s | %s | %s | %s | %s MB |", len(regimes), t.span(regimes, "ns/op", 1e-9), t.span(regimes, "ns/event", 1),
		t.span(regimes, "events/s", 1e-6), t.span(regimes, "allocs/event", 1), t.span(regimes, "MB", 1))
	if workers := s.each(workersPrefix); len(workers) == 2 {
		one, two := workers[0], workers[1]
		t.row("| the experiment `core-protection` with %s replications, on one worker | %s s | | %s | | %s MB at most |", label(one, "replications"),
			t.three(one, "ns/op", 1e-9), t.three(one, "events/s", 1e-6), t.three(one, "peak-MB", 1))
		t.row("| the same on two workers, %s times as fast | %s s | | %s | | %s MB at most |",
			t.three(two, "speedup", 1), t.three(two, "ns/op", 1e-9), t.three(two, "events/s", 1e-6), t.three(two, "peak-MB", 1))
		t.row("| the second worker | | | | | %s MB |", three(t.median(two, "peak-MB")-t.median(one, "peak-MB")))
	} else {
		t.fail(fmt.Errorf("%s: %d benchmarks have names that begin with %s, want one of one worker and one of two", s.file, len(workers), workersPrefix))
	}
	r, err := ratioOf(s)
	t.fail(err)
	t.row("\nMedians of %d rounds; of the regimes and the workers there are fewer. Measured on %s, %s.", r.rounds, t.machine(), t.fact("date"))
	t.row("An event of `%s` costs %.1f events of the kernel, and a draw %s ns (uniform), %s ns (exponential) or %s ns (log-normal).", label(baseName, "regime"), r.median,
		t.three("Draw/law=uniform", "ns/op", 1), t.three("Draw/law=exponential", "ns/op", 1), t.three("Draw/law=lognormal", "ns/op", 1))
	t.row("Memory of a regime is that of one worker's world and people, per main applicant of the opening stocks and of all claims since; memory at most is the whole process.")
	return t.text.String(), t.err
}

// tabling is a text being made of a sheet. The first error stays.
type tabling struct {
	*sheet
	text strings.Builder
	err  error
}

func (t *tabling) fail(err error) {
	if t.err == nil {
		t.err = err
	}
}

func (t *tabling) row(format string, a ...any) { fmt.Fprintf(&t.text, format+"\n", a...) }

func (t *tabling) median(name, unit string) float64 {
	v, err := t.sheet.median(name, unit)
	t.fail(err)
	return v
}

// three is a median times a scale, in three significant figures.
func (t *tabling) three(name, unit string, scale float64) string {
	return three(t.median(name, unit) * scale)
}

// span is the range of the medians of several benchmarks.
func (t *tabling) span(names []string, unit string, scale float64) string {
	if len(names) == 0 {
		t.fail(fmt.Errorf("%s: no benchmark has a name that begins with %s", t.file, regimePrefix))
		return ""
	}
	var medians []float64
	for _, name := range names {
		medians = append(medians, t.median(name, unit)*scale)
	}
	low, high := three(slices.Min(medians)), three(slices.Max(medians))
	if low == high {
		return low
	}
	return low + " to " + high
}

func (t *tabling) fact(key string) string {
	v, err := t.sheet.fact(key)
	t.fail(err)
	return v
}

// machine names what was measured on.
func (t *tabling) machine() string {
	return fmt.Sprintf("%s, %s processors, %s/%s, %s", t.fact("cpu"), t.processors, t.fact("goos"), t.fact("goarch"), t.fact("go"))
}

// three writes a number of 0 or more in three significant figures.
func three(v float64) string {
	if v == 0 {
		return "0"
	}
	digits := max(0, 2-int(math.Floor(math.Log10(v))))
	return strconv.FormatFloat(v, 'f', digits, 64)
}

// rewrite puts a text between the marks of a file.
func rewrite(path, text string) error {
	data, err := os.ReadFile(path)
	if err != nil {
		return err
	}
	changed, err := between(string(data), text)
	if err != nil {
		return fmt.Errorf("%s: %w", path, err)
	}
	if changed == string(data) {
		return nil
	}
	return os.WriteFile(path, []byte(changed), 0o644)
}

// between replaces what stands between the marks.
func between(page, text string) (string, error) {
	before, rest, begins := strings.Cut(page, tableBegin)
	_, after, ends := strings.Cut(rest, tableEnd)
	if !begins || !ends || strings.Contains(after, tableBegin) {
		return "", fmt.Errorf("want the lines %q and %q once each, in that order", strings.TrimSpace(tableBegin), strings.TrimSpace(tableEnd))
	}
	return before + tableBegin + text + tableEnd + after, nil
}
