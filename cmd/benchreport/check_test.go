package main

import (
	"io"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// slower makes every round of the base replication slower by a factor, in the
// text of the fixture: 148 to 152 ns/event become so many.
func slower(rounds ...string) (changes []string) {
	for i, ns := range []string{"150.0", "149.0", "151.0", "152.0", "148.0"} {
		changes = append(changes, ns+" ns/event", rounds[i]+" ns/event")
	}
	return changes
}

func TestCheck(t *testing.T) {
	replication := "BenchmarkReplication/regime=uk-2025/years=10-2"
	for _, c := range []struct {
		name    string
		changes []string
		want    string // in the error; empty for none
	}{
		{"the same", nil, ""},
		// 150/51 = 2.94; 30% above is 195 ns.
		{"29% dearer", slower("193.0", "193.5", "193.2", "193.1", "193.4"), ""},
		{"31% dearer", slower("197.0", "196.5", "196.2", "196.1", "196.4"), "an event of Replication/regime=uk-2025/years=10 costs 3.85 times one of Kernel/servers=10, the limit is 3.82 (30% above 2.94 in stored.txt)"},
		{"two rounds of five dearer", slower("900.0", "149.0", "151.0", "900.0", "148.0"), ""},
		{"three rounds of five dearer", slower("900.0", "900.0", "151.0", "900.0", "148.0"), "the limit is 3.82"},
		{"half the machine: both slower", append(slower("300.0", "298.0", "302.0", "304.0", "296.0"),
			"\t 50.00 ns", "\t 100 ns", "\t 51.00 ns", "\t 102 ns", "\t 52.00 ns", "\t 104 ns", "\t 49.00 ns", "\t 98 ns", "\t 53.00 ns", "\t 106 ns"), ""},
		{"an allocation in a regime", []string{"140.0 MB\t 0 allocs/event", "140.0 MB\t 0.0000002 allocs/event"}, "new.txt: Replication/regime=open-border/years=10 allocates: 2e-07 allocs/event, the limit is 0"},
		{"an allocation in one round of the kernel", []string{"20408163 events/s", "20408163 events/s 0.5 allocs/event"}, "Kernel/servers=10 allocates: 0.5 allocs/event"},
		{"an allocation in a draw", []string{"       0 allocs/op", "       1 allocs/op"}, "Draw/law=uniform allocates: 1 allocs/op"},
		{"four rounds of the kernel", []string{"BenchmarkKernel/servers=10-2 \t 300\t 4134000", "BenchmarkOther/servers=10-2 \t 300\t 4134000"}, "ns/event of Kernel/servers=10 was measured 4 times, want 5 or more"},
		{"no base replication", []string{replication, "BenchmarkReplication/regime=uk-2026/years=10-2"}, "allocs/event of Replication/regime=uk-2025/years=10 was measured 0 times"},
		{"no time of the base replication", []string{"150.0 ns/event", ""}, "ns/event of Replication/regime=uk-2025/years=10 was measured 4 times"},
		{"a draw that is gone", []string{"BenchmarkDraw/law=uniform-2", "BenchmarkDraw/law=even-2"}, "allocs/op of Draw/law=uniform was measured 0 times"},
	} {
		stored := results(t)
		stored.file = "stored.txt"
		err := check(io.Discard, results(t, c.changes...), stored)
		if (c.want == "") != (err == nil) || err != nil && !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", c.name, err, c.want)
		}
	}
}

// Stored results that lack something fail the check too.
func TestCheckNeedsStoredResults(t *testing.T) {
	for name, c := range map[string]struct {
		changes []string
		want    string
	}{
		"no draws":            {[]string{"BenchmarkDraw/", "BenchmarkLot/"}, "no benchmark has a name that begins with Draw/"},
		"too few rounds":      {[]string{"BenchmarkKernel/servers=10-2 \t 300\t 4134000", "BenchmarkOther/x-2 \t 300\t 4134000"}, "measured 4 times"},
		"a kernel of no time": {[]string{"\t 50.00 ns", "\t 0 ns", "\t 51.00 ns", "\t 0 ns", "\t 52.00 ns", "\t 0 ns"}, "took 0 ns/event"},
	} {
		stored := results(t, c.changes...)
		stored.file = "stored.txt"
		if err := check(io.Discard, results(t), stored); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%s: error %v, want %q", name, err, c.want)
		}
	}
}

// New results are held against those of their own processor, and against the
// baseline where there are none.
func TestCheckTakesTheStoredResultsOfTheProcessor(t *testing.T) {
	dir := t.TempDir()
	for name, cpu := range map[string]string{"stored.txt": "A Processor", "stored-b.txt": "B Processor", "stored-c.txt": "C Processor", "other.txt": "D Processor"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(changed(t, "A Processor", cpu)), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	for cpu, want := range map[string]string{"A Processor": "stored.txt", "C Processor": "stored-c.txt", "D Processor": "stored.txt"} {
		stored, err := storedFor(filepath.Join(dir, "stored.txt"), results(t, "A Processor", cpu))
		if err != nil {
			t.Fatal(err)
		}
		if got := filepath.Base(stored.file); got != want {
			t.Errorf("%s: held against %s, want %s", cpu, got, want)
		}
	}
	if err := os.WriteFile(filepath.Join(dir, "stored-a.txt"), []byte("nothing"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := storedFor(filepath.Join(dir, "stored.txt"), results(t, "A Processor", "C Processor")); err == nil || !strings.Contains(err.Error(), "stored-a.txt holds no benchmark") {
		t.Errorf("a file of no results: error %v", err)
	}
}

func TestCheckPrintsBothRatiosWithTheirSpread(t *testing.T) {
	var out strings.Builder
	stored := results(t)
	if err := check(&out, results(t, slower("160.0", "160.0", "160.0", "160.0", "160.0")...), stored); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"3.14 (3.02 to 3.27 in 5 rounds; 160.0 and 51.0 ns)", "2.94 (2.79 to 3.10 in 5 rounds; 150.0 and 51.0 ns)", "limit: 3.82"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is not in:\n%s", want, &out)
		}
	}
}
