package store

import (
	"os"
	"path/filepath"
	"testing"
)

// What a run is said to write to its journal is what it writes.
func TestDiskBytesAreThoseOfTheJournal(t *testing.T) {
	w := begin(t, filepath.Join(t.TempDir(), "r"), 5, Options{})
	defer w.Close()
	info, err := os.Stat(w.journal.file.Name())
	if err != nil {
		t.Fatal(err)
	}
	m := meta(5)
	if got := m.DiskBytes(5, 0); got != float64(info.Size()-headerBytes) {
		t.Errorf("%v bytes for a journal of %d", got, info.Size())
	}
	// Two regimes over 24 months hold 48 numbers of an output, of 3 bytes or so.
	if got, want := m.DiskBytes(0, 5), 5*48*3*float64(m.Numbers()/48); got != want {
		t.Errorf("%v bytes of Parquet, want %v", got, want)
	}
}
