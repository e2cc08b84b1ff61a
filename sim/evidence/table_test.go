package evidence

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
	"testing/fstest"
)

// FuzzSeries puts a file in the place of one of the published series: it is
// refused with file and line, or read.
func FuzzSeries(f *testing.F) {
	names := map[int]string{}
	files := fstest.MapFS{}
	paths, err := filepath.Glob(configs + "/observed/*.csv")
	if err != nil {
		f.Fatal(err)
	}
	for i, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		names[i], files[filepath.Base(path)] = filepath.Base(path), &fstest.MapFile{Data: data}
		lines := strings.SplitAfterN(string(data), "\n", 4)
		head := strings.Join(lines[:min(3, len(lines))], "")
		f.Add(byte(i), []byte(head))
		f.Add(byte(i), []byte("\ufeff"+head))
		f.Add(byte(i), []byte(strings.ReplaceAll(head, "\n", "\r\n")))
		for _, text := range []string{"", "-1", "1e999", "NaN", "1/0", "18446744073709551616", "\x00", "\xff", "\x1b[2J", "0x1p2", "9223372036854775807", "../../x", `"`, "9999-12-31", "0000-01-01"} {
			cells := strings.Split(strings.TrimSpace(lines[1]), ",")
			for j := range cells {
				cells[j] = text
			}
			f.Add(byte(i), []byte(lines[0]+strings.Join(cells, ",")))
		}
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		name := names[int(which)%len(names)]
		changed := fstest.MapFS{}
		for other, file := range files {
			changed[other] = file
		}
		changed[name] = &fstest.MapFile{Data: data}
		s, err := Load(changed)
		if err != nil {
			if !strings.Contains(err.Error(), name) || strings.ContainsAny(err.Error(), "\x00\x1b\r") {
				t.Fatalf("the error does not say where: %q", err)
			}
			return
		}
		if s == nil {
			t.Fatal("neither series nor an error")
		}
	})
}

// A file of a gigabyte, or a device that never ends, is refused before it
// takes the memory of the machine.
func TestASeriesWithoutEndIsRefused(t *testing.T) {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	_, _, err := readTable[BoatDay](endless{}, "small_boat_daily.csv", "small_boat_daily.csv")
	runtime.ReadMemStats(&after)
	if err == nil || !strings.Contains(err.Error(), fmt.Sprintf("over %d MB", mostBytes>>20)) {
		t.Errorf("error %v", err)
	}
	if spent := after.TotalAlloc - before.TotalAlloc; spent > 20*mostBytes {
		t.Errorf("it took %d MB", spent>>20)
	}
}

// endless is a folder of files of one line that never ends.
type endless struct{}

func (e endless) Open(string) (fs.File, error) { return e, nil }
func (endless) Stat() (fs.FileInfo, error)     { return nil, fs.ErrInvalid }
func (endless) Close() error                   { return nil }
func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'x'
	}
	return len(p), nil
}
