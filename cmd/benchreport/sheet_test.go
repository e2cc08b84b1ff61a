package main

import (
	"io"
	"os"
	"slices"
	"strings"
	"testing"
)

const fixture = "testdata/results.txt"

// results reads the fixture after some changes to its text, old and new in
// turn. Each must be found.
func results(t *testing.T, changes ...string) *sheet {
	t.Helper()
	s, err := parseSheet(strings.NewReader(changed(t, changes...)), "new.txt")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func changed(t *testing.T, changes ...string) string {
	t.Helper()
	data, err := os.ReadFile(fixture)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for i := 0; i < len(changes); i += 2 {
		if !strings.Contains(text, changes[i]) {
			t.Fatalf("%q is not in the fixture", changes[i])
		}
		text = strings.ReplaceAll(text, changes[i], changes[i+1])
	}
	return text
}

func TestSheetHoldsWhatIsWritten(t *testing.T) {
	s := results(t)
	if got, want := s.values[kernelName]["ns/event"], []float64{50, 52, 51, 49, 53}; !slices.Equal(got, want) {
		t.Errorf("the kernel took %v ns/event, want %v", got, want)
	}
	if m, err := s.median(kernelName, "ns/event"); m != 51 || err != nil {
		t.Errorf("median %v (%v), want 51", m, err)
	}
	// Units are those of the file, not of the reader's own.
	if got, err := s.median(coreName, "MB"); got != 84.6 || err != nil {
		t.Errorf("%v MB (%v), want 84.6", got, err)
	}
	if got, err := s.median(coreName, "ns/op"); got != 79e7 || err != nil {
		t.Errorf("%v ns/op (%v), want 790000000", got, err)
	}
	if s.processors != "2" || s.facts["cpu"] != "A Processor" || s.facts["date"] != "2026-11-23" || s.facts["go"] != "go1.26.8" {
		t.Errorf("%s processors, facts %v", s.processors, s.facts)
	}
	if n := len(s.each(regimePrefix)); n != 3 {
		t.Errorf("%d regimes, want 3", n)
	}
	if got := label("Growth/of=years/people=1:4/years=30/workers=1", "years"); got != "30" {
		t.Errorf("label of years is %q, want 30", got)
	}
}

func TestSheetsThatCannotBeRead(t *testing.T) {
	for text, want := range map[string]string{
		"PASS\n": "new.txt holds no benchmark",
		"BenchmarkKernel/servers=10-2 300 x ns/op\n": "new.txt:1",
	} {
		if _, err := parseSheet(strings.NewReader(text), "new.txt"); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: error %v, want %q", text, err, want)
		}
	}
	if _, err := readSheet("testdata/none.txt"); err == nil || !strings.Contains(err.Error(), "make bench") {
		t.Errorf("a file that is not there: error %v", err)
	}
}

func TestMedian(t *testing.T) {
	for _, c := range []struct {
		values []float64
		want   float64
	}{{[]float64{7}, 7}, {[]float64{9, 1}, 5}, {[]float64{9, 1, 2}, 2}, {[]float64{4, 1, 9, 2}, 3}} {
		if got := medianOf(c.values); got != c.want {
			t.Errorf("median of %v is %v, want %v", c.values, got, c.want)
		}
	}
}

// FuzzSheet reads a file of results: it is refused with its place, or every
// number in it can be asked for.
func FuzzSheet(f *testing.F) {
	data, err := os.ReadFile(fixture)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(string(data))
	for _, text := range []string{"", "\ufeff", "\x00", "\xff\xfe", "\r\n", "BenchmarkA", "BenchmarkA 1 1e999 ns/op\n", "BenchmarkA -1 1 ns/op\n", "BenchmarkA 18446744073709551616 1 ns/op\n",
		"BenchmarkA-0-9/a=b//-=- 1 NaN x 1 x\n", "cpu: \x1b[2J\nBenchmarkA 1 1 ns/op\n", "Unit ns/op better=lower\n", strings.Repeat("/", 10000), "BenchmarkA" + strings.Repeat("/a=", 1000) + " 1 1 ns/op\n"} {
		f.Add(text)
		f.Add(string(data) + text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		s, err := parseSheet(strings.NewReader(text), "new.txt")
		if err != nil {
			if !strings.Contains(err.Error(), "new.txt") {
				t.Fatalf("the error does not name the file: %v", err)
			}
			return
		}
		for _, name := range s.names {
			for unit := range s.values[name] {
				if _, err := s.median(name, unit); err != nil {
					t.Fatal(err)
				}
			}
			label(name, "years")
		}
		_, _ = speedTable(s)
		_, _ = regimeTable(s)
		_, _ = growthFigures(s)
		_ = check(io.Discard, s, s)
	})
}
