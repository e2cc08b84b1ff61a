package store

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc64"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"asylumsim/sim/measure"
)

// sealed changes the numbers of the records of a journal and signs them anew, as
// somebody would who made it up.
func sealed(data []byte, s shape, change func(numbers []byte)) []byte {
	data = bytes.Clone(data)
	for at := headerBytes; at+s.recordBytes() <= len(data); at += s.recordBytes() {
		record := data[at : at+s.recordBytes()]
		body := record[:len(record)-8]
		change(body)
		binary.LittleEndian.PutUint64(record[len(body):], crc64.Checksum(body, checksums))
	}
	return data
}

func journalOf(t testing.TB, s shape, n int) []byte {
	path := filepath.Join(t.TempDir(), journalName)
	j, err := createJournal(path, s, nil)
	if err != nil {
		t.Fatal(err)
	}
	defer j.file.Close()
	for r := range n {
		if err := j.append(0, replicate(twoYears, s.regimes, r)); err != nil {
			t.Fatal(err)
		}
	}
	return read(t, path)
}

// A checksum says that a record is whole, not that a run wrote it.
func TestAJournalThatNoRunWroteIsForeign(t *testing.T) {
	s := twoYearsOf(1)
	data := journalOf(t, s, 2)
	for name, c := range map[string]struct {
		of     *Shard
		change func([]byte)
		ok     bool
	}{
		"as it is":              {nil, func([]byte) {}, true},
		"of another shard":      {&Shard{2, 2}, func([]byte) {}, false},
		"numbers of zero":       {nil, func(b []byte) { binary.LittleEndian.PutUint64(b, 0) }, false},
		"a negative number":     {nil, func(b []byte) { binary.LittleEndian.PutUint64(b, 1<<63) }, false},
		"a vast number":         {nil, func(b []byte) { binary.LittleEndian.PutUint64(b, 1<<40) }, false},
		"negative redraws":      {nil, func(b []byte) { binary.LittleEndian.PutUint64(b[8:], 1<<63) }, false},
		"more than can be":      {nil, func(b []byte) { binary.LittleEndian.PutUint64(b[16:], 1<<62) }, false},
		"less than can be":      {nil, func(b []byte) { binary.LittleEndian.PutUint64(b[16:], 1<<63) }, false},
		"other numbers of ours": {nil, func(b []byte) { binary.LittleEndian.PutUint64(b[16:], 7) }, true},
	} {
		path := filepath.Join(t.TempDir(), journalName)
		put(t, filepath.Dir(path), journalName, string(sealed(data, s, c.change)))
		j, _, err := openJournal(path, s, c.of, false)
		if err == nil {
			j.file.Close()
		}
		if (err == nil) != c.ok || err != nil && !errors.Is(err, errForeign) {
			t.Errorf("%s: error %v", name, err)
		}
	}
}

// FuzzJournal opens what may stand in the place of a journal: it is refused, or
// every replication found in it can be read; and what is cut off from it leaves
// the same replications.
func FuzzJournal(f *testing.F) {
	oneYear := shape{1, 12}
	path := filepath.Join(f.TempDir(), journalName)
	j, err := createJournal(path, oneYear, nil)
	if err != nil {
		f.Fatal(err)
	}
	for r := range 2 {
		run := replicate(twoYears, 1, r)[0]
		run.Months, run.Cohorts = run.Months[:12], run.Cohorts[:3]
		if err := j.append(r, []*measure.Run{run}); err != nil {
			f.Fatal(err)
		}
	}
	j.file.Close()
	data := read(f, path)
	f.Add(data, true)
	f.Add(data[:len(data)-9], true)
	f.Add(data[:headerBytes], false)
	f.Add(data[:headerBytes-1], false)
	f.Add(append(bytes.Clone(data), data[headerBytes:]...), false)
	for _, text := range hostile {
		f.Add([]byte(text), false)
		f.Add(append(bytes.Clone(data[:headerBytes]), text...), true)
	}
	f.Fuzz(func(t *testing.T, data []byte, sign bool) {
		if sign {
			data = sealed(data, oneYear, func([]byte) {})
		}
		if err := os.WriteFile(path, data, 0o644); err != nil {
			t.Fatal(err)
		}
		bounded(t, len(data), func() {
			for _, write := range []bool{false, true} {
				j, lost, err := openJournal(path, oneYear, nil, write)
				if err != nil {
					if !errors.Is(err, errForeign) {
						t.Fatalf("the error does not say that it is foreign: %v", err)
					}
					return
				}
				if lost < 0 || j.end()+lost != int64(len(data)) {
					t.Fatalf("%d replications and %d bytes lost of %d bytes", j.held, lost, len(data))
				}
				for i := range j.held {
					number, _, _, err := j.read(i)
					if slices.Contains(j.damaged, i) {
						if err == nil {
							t.Fatalf("the damaged replication %d is read", i)
						}
					} else if err != nil || number != i {
						t.Fatalf("replication %d of the journal is %d, error %v", i, number, err)
					}
				}
				j.file.Close()
			}
		})
	})
}
