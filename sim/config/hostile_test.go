package config

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"asylumsim/sim/policy"
)

// Reading n bytes of configuration may take this much memory and no more,
// whatever stands in them.
const (
	bytesAtLeast = 64 << 20
	bytesPerByte = 1000
)

// bounded fails where something takes more memory than reading n bytes may.
func bounded(t testing.TB, n int, do func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	if spent := after.TotalAlloc - before.TotalAlloc; spent > uint64(bytesAtLeast+bytesPerByte*n) {
		t.Fatalf("%d bytes took %d MB of memory", n, spent>>20)
	}
}

// told fails where an error is not a list of problems that have a place and can
// be printed, one line each.
func told(t testing.TB, err error) {
	t.Helper()
	var problems policy.Problems
	if !errors.As(err, &problems) || len(problems) == 0 {
		t.Fatalf("the error is no list of problems: %v", err)
	}
	for _, p := range problems {
		if p.Position.File == "" || p.Key == "" && p.Want == "" {
			t.Fatalf("a problem without place or text: %+v", p)
		}
		if text := p.Error(); strings.ContainsAny(text, "\n\r\x00\x1b") || len(text) > 5000 {
			t.Fatalf("a problem that is not one line: %.6000q", text)
		}
	}
}

// bomb is an alias bomb: 2^n copies of a text, were it to go off.
func bomb(n int) string {
	var b strings.Builder
	b.WriteString("a0: &a0 [x, x]\n")
	for i := range n {
		fmt.Fprintf(&b, "a%d: &a%d [*a%d, *a%d]\n", i+1, i+1, i, i)
	}
	return b.String()
}

// hostile are files that no reader may stumble over.
var hostile = []string{
	"", "\ufeff", "\ufeffname: x", "\x00", "\xff\xfe\x00", "\xff", "a\r\nb", "# nothing\n", "---\n", "---\n...\n---\n", "null", "~", "%YAML 9.9\n---\na", "%TAG ! x\n---\n!y z",
	"a: [", "a: &x {b: *x}", "&x [*x]", "- 1", "? {a: b}\n: c", "a: !!binary x", "a: !!int \"\\e[2J\"", "a: \"\\e[31m\\0\"", "\"a\\nb\": 1", "a: \"\\u202e\\uFFFE\"", "!\"\\e\" a",
	"a: 1\n---\nb: 2", "<<: {a: 1}", "a: {<<: *b}", "null: ~", "a: 1\na: 2", "a: 1e999", "a: .nan", "a: -.inf", "a: 18446744073709551616", "a: 0x1F", "a: 1_000", "a: 2026-02-30", "a: 4/3", "a: -1/4",
	bomb(30), strings.Repeat("[", 20000), strings.Repeat("- ", 5000), strings.Repeat("a: {", 11000), strings.Repeat("? ", 5000), strings.Repeat("a:\n ", 50), strings.Repeat("!", 100), "|9\n x", ">-\n\t",
}

func addHostile(f *testing.F, sound ...string) {
	for _, text := range hostile {
		f.Add([]byte(text))
	}
	for _, text := range sound {
		f.Add([]byte(text))
		f.Add([]byte("\ufeff" + strings.ReplaceAll(text, "\n", "\r\n")))
		for _, name := range []string{"../x", "/etc/x", "a/b", "..", ".", `""`, `"a\0b"`, `'C:\x'`, "~/x", strings.Repeat("x", 300), `"a\nb"`, `"\e[2J"`, "1e999", "-1", "18446744073709551616", "null", "[]", "{}", "*a"} {
			for _, key := range []string{"name", "base", "regimes", "value", "from", "id", "seed", "years", "replications", "fraction"} {
				if before, rest, ok := strings.Cut(text, key+": "); ok {
					_, after, _ := strings.Cut(rest, "\n")
					f.Add([]byte(before + key + ": " + name + "\n" + after))
				}
			}
		}
	}
}

// The worst that can stand in a file is refused in the memory of its size.
func TestTheMemoryOfAFileIsBounded(t *testing.T) {
	r := fixtureReading(t)
	const large = 1 << 18
	fill := func(head, item, tail string) string {
		return head + strings.Repeat(item, (large-len(head))/len(item)) + tail
	}
	// As many as a list may have, of what takes the longest to look at.
	most := func(head, item, tail string) string { return head + strings.Repeat(item, mostEntries) + tail }
	for name, text := range map[string]string{
		"deep lists":            fill("", "[", ""),
		"deep maps":             fill("", "{a: ", ""),
		"deep blocks":           fill("", "- ", "x"),
		"alias bomb":            bomb(20000),
		"one long text":         fill("name: ", "x", "\n"),
		"one long key":          fill("", "x", ": 1\n"),
		"many keys":             manyKeys(large),
		"many unknown":          fill("", "x: {y: 1, z: 2}\n", ""),
		"many lists":            fill("a: [", "[],", "]"),
		"many regimes":          fill(strings.TrimSpace(strings.Replace(fixtureExperiment, "regimes: [uk-2025, uk-core-protection]", "", 1))+"\nregimes: [", "x,", "]\n"),
		"many figures":          fill(strings.Replace(fixtureExperiment, "figures: [hotel_people]", "", 1)+"figures: [", "x,", "]\n"),
		"most regimes":          most(strings.Replace(fixtureExperiment, "regimes: [uk-2025, uk-core-protection]", "", 1)+"\nregimes: [", "uk-2025,", "]\n"),
		"most figures":          most(strings.Replace(fixtureExperiment, "figures: [hotel_people]", "", 1)+"figures: [", "hotel_peple,", "]\n"),
		"most sweeps":           most(fixtureExperiment+"sweeps: [", "{regime: uk-2025, grid: [{parameter: hotel_price, values: [1,2,3,-4,5,6]}]},", "]\n"),
		"most points":           most(fixtureExperiment+"sweeps: [{regime: uk-2025, grid: [{parameter: hotel_price, values: [", "-1,", "]}]}]\n"),
		"most axes":             most(fixtureExperiment+"sweeps: [{regime: uk-2025, list: [", "{parameter: hotel_price, values: [1,2]},", "]}]\n"),
		"most levers":           most(fixtureExperiment+"decompose: {groups: {b: [uk-2025], a: [", "uk-core-protection,", "]}}\n"),
		"most combined":         most(strings.TrimSpace(fixtureRegime)+"\ncombines: [", "uk-2025,", "]\n"),
		"most values":           most("hotel_price:\n  values:\n", "    - {from: 2026-01-01, value: -1, assumed: a}\n", ""),
		"most nested":           fill(fixtureExperiment+"sweeps: [", most("{regime: uk-2025, grid: [{parameter: hotel_price, values: [", "-1,", "]}]},"), "]\n"),
		"many sweeps":           fill(fixtureExperiment+"sweeps: [", "{regime: x},", "]\n"),
		"many sweeps set":       fill(fixtureExperiment+"sweeps: [", "{regime: uk-2025, grid: [{parameter: hotel_price, values: [1,2,3,-4,5,6]}]},", "]\n"),
		"many points":           fill(fixtureExperiment+"sweeps: [{regime: uk-2025, grid: [{parameter: hotel_price, values: [", "1,", "]}]}]\n"),
		"many axes":             fill(fixtureExperiment+"sweeps: [{regime: uk-2025, grid: [", "{parameter: hotel_price, values: [1,2]},", "]}]\n"),
		"vast range":            fixtureExperiment + "sweeps: [{regime: uk-2025, grid: [{parameter: hotel_price, from: 0, to: 1e308, step: 1e-308}]}]\n",
		"many groups":           fill(fixtureExperiment+"decompose: {groups: {a: [", "uk-core-protection,", "]}}\n"),
		"many combined":         fill(strings.TrimSpace(fixtureRegime)+"\ncombines: [", "x,", "]\n"),
		"many values":           fill("hotel_price:\n  values:\n", "    - {from: 2026-01-01, value: 1}\n", ""),
		"many entries":          fill("hotel_price:\n  values:\n    - {from: 2026-01-01, value: {", "a: 1,", "}}\n"),
		"many groups of people": fill("", "- {id: a, label: b}\n", ""),
	} {
		t.Run(name, func(t *testing.T) {
			bounded(t, len(text), func() {
				_, err := r.validateText([]byte(text))
				told(t, err)
			})
		})
	}
}

// A resolved file may hold regimes each of which is based on the one before.
func TestALongChainOfRegimesTakesNoTime(t *testing.T) {
	text := string(mustLoad(t, Options{}).Resolved())
	var b strings.Builder
	for i := range mostRegimes - 2 {
		base := "uk-2025"
		if i > 0 {
			base = fmt.Sprintf("r%d", i-1)
		}
		fmt.Fprintf(&b, "    - {name: r%d, title: t, describe: d, base: %s, no_change: true}\n", i, base)
	}
	chained := strings.Replace(text, "\nregimes:\n", "\nregimes:\n"+b.String(), 1)
	began := time.Now()
	if _, err := LoadResolved([]byte(chained)); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > time.Minute {
		t.Errorf("%d regimes took %v", mostRegimes, took)
	}
	more := strings.Replace(chained, "\nregimes:\n", "\nregimes:\n    - {name: s, title: t, describe: d, base: uk-2025, no_change: true}\n", 1)
	want := "config.resolved.yaml: regimes = 1001: want no more than 1000 regimes"
	if _, err := LoadResolved([]byte(more)); err == nil || err.Error() != want {
		t.Errorf("got %v, want %s", err, want)
	}
}

func manyKeys(size int) string {
	var b strings.Builder
	for i := 0; b.Len() < size; i++ {
		fmt.Fprintf(&b, "k%d: 1\n", i)
	}
	return b.String()
}

// fixtureReading is the fixture, read once.
func fixtureReading(t testing.TB) *reading {
	r, err := read(fixture())
	if err != nil || len(r.problems) > 0 {
		t.Fatal(err, r.problems)
	}
	return r
}

// validateText checks a file among those of the fixture, as asylumsim validate
// does, and returns its kind.
func (r *reading) validateText(data []byte) (string, error) {
	copied := *r
	copied.library.Parameters = append([]policy.Parameter(nil), r.library.Parameters...)
	copied.library.Overlays = append([]policy.Overlay(nil), r.library.Overlays...)
	tree, problems := parseTree(data, "fuzz.yaml")
	g := givenFile{"fuzz.yaml", kindOf(tree), data}
	copied.replace([]givenFile{g})
	problems = append(problems, copied.check()...)
	problems = append(problems, copied.checkGiven(g)...)
	if err := problems.Err(); err != nil {
		return g.kind, err
	}
	copied.warn(g)
	return g.kind, nil
}

// A file that is too large is told before it is read.
func TestALargeFileIsRefused(t *testing.T) {
	dir := t.TempDir()
	file := write(t, filepath.Join(dir, "mine.yaml"), fixtureExperiment)
	if err := os.Truncate(file, 1<<30); err != nil {
		t.Skip(err)
	}
	want := file + ": file: want a file of up to 4 MB"
	bounded(t, 1, func() {
		if _, err := load(fixture(), Options{Experiment: file}); err == nil || err.Error() != want {
			t.Errorf("an experiment: got %v, want %s", err, want)
		}
		if _, err := validate(fixture(), []string{file}); err == nil || err.Error() != want {
			t.Errorf("validated: got %v, want %s", err, want)
		}
	})
	files := fixture()
	files.embedded.(fstest.MapFS)["regimes/vast.yaml"] = &fstest.MapFile{Data: bytes.Repeat([]byte("#"), mostBytes+1)}
	if _, err := open(files); err == nil || err.Error() != "regimes/vast.yaml: file: want a file of up to 4 MB" {
		t.Errorf("a regime: got %v", err)
	}
}
