package store

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"asylumsim/sim/measure"
)

// Reading n bytes of a result may take this much memory and no more, whatever
// they announce.
const (
	bytesAtLeast = 8 << 20
	bytesPerByte = 400
)

// bounded fails where something takes more memory than reading n bytes may.
func bounded(t testing.TB, n int, do func()) {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	do()
	runtime.ReadMemStats(&after)
	if spent := after.TotalAlloc - before.TotalAlloc; spent > uint64(bytesAtLeast+bytesPerByte*n) {
		t.Fatalf("%d bytes took %d bytes of memory", n, spent)
	}
}

// Whatever a file announces, no more memory is taken than it can fill.
func TestWhatIsAnnouncedTakesNoMemory(t *testing.T) {
	dir := t.TempDir()
	journal := filepath.Join(dir, journalName)
	vast := shape{1000, mostMonths}
	put(t, dir, journalName, string(vast.header())+"and no record")
	bounded(t, 100, func() {
		j, lost, err := openJournal(journal, vast, &Shard{1, 2}, false)
		if err != nil || lost != 13 || j.held != 0 {
			t.Errorf("%d bytes lost, error %v", lost, err)
		}
		j.file.Close()
	})
	bounded(t, 100, func() {
		header := twoYearsOf(2).header()
		binary.LittleEndian.PutUint64(header[32+8:], 1<<60)
		put(t, dir, journalName, string(header))
		if _, _, err := openJournal(journal, twoYearsOf(2), nil, false); err == nil {
			t.Error("a journal of 2^60 months is one of two years")
		}
	})
	for name, text := range map[string]string{
		"deep":      strings.Repeat("[", 1<<20),
		"many":      `{"format": "` + format + `", "regimes": [` + strings.Repeat(`"",`, 1<<18) + `""]}`,
		"shards":    `{"format": "` + shardFormat + `", "shard": {"index": 1, "of": 4611686018427387904}}`,
		"variants":  `{"format": "` + format + `", "regimes": ["a"], "variants": [` + strings.Repeat(`{},`, 1<<18) + `{}]}`,
		"long text": `{"format": "` + strings.Repeat("x", 1<<20) + `"}`,
	} {
		bounded(t, len(text), func() {
			if _, err := parseManifest([]byte(text), manifestName, format); err == nil || len(err.Error()) > 100*len(text)+1000 {
				t.Errorf("%s: error %.200v", name, err)
			}
		})
	}
}

// A device never ends, and a file of a gigabyte is none of ours.
func TestFilesThatAreNoneOfOursAreNotRead(t *testing.T) {
	dir := t.TempDir()
	result := filepath.Join(dir, "r")
	written(t, result, 1)
	for _, name := range []string{manifestName, configName, summaryTable.name, replicationsName} {
		path := filepath.Join(result, name)
		data := read(t, path)
		for kind, place := range map[string]func() error{
			"is a device": func() error { return os.Symlink("/dev/zero", path) },
			"is a folder": func() error { return os.Mkdir(path, 0o755) },
		} {
			if err := os.Remove(path); err != nil {
				t.Fatal(err)
			}
			if err := place(); err != nil {
				t.Skip(err)
			}
			r, err := Open(result)
			if name == replicationsName && err == nil {
				_, err = r.Samples(regimes[:1], []measure.Output{0})
			}
			if err == nil || !strings.Contains(err.Error(), kind) || !strings.Contains(err.Error(), path) {
				t.Errorf("%s that %s: %v", name, kind, err)
			}
		}
		if err := os.Remove(path); err != nil {
			t.Fatal(err)
		}
		put(t, result, name, string(data))
	}
	path := filepath.Join(result, manifestName)
	if err := os.Truncate(path, 1<<30); err != nil {
		t.Skip(err)
	}
	bounded(t, 2*mostBytes, func() {
		if _, err := Open(result); err == nil || !strings.Contains(err.Error(), "over 16 MB") {
			t.Errorf("a manifest of a gigabyte: %v", err)
		}
	})
}

func twoYearsOf(regimes int) shape { return shape{regimes, len(twoYears.Months)} }

// hostile are texts that no reader may stumble over.
var hostile = []string{"", " ", "\ufeff", "\x00", "\xff\xfe", "\r\n", "null", "[]", "{}", "0", `""`, "1e999", "NaN", "1/0", "-1/4", "4/3",
	"1e308", "-1e308", "18446744073709551616", "../../x", `"../../x"`, strings.Repeat("[", 20000), strings.Repeat(`{"a":`, 20000), fmt.Sprint(1 << 62)}
