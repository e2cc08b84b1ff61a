package store

import (
	"os"
	"path/filepath"
	"testing"

	"go.uber.org/goleak"

	"asylumsim/sim/measure"
)

// No test of this package leaves a goroutine behind, of ours or of Parquet's.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// openFiles counts the file descriptors of the process.
func openFiles(t *testing.T) int {
	t.Helper()
	entries, err := os.ReadDir("/proc/self/fd")
	if err != nil {
		t.Skip("the system does not tell which files are open:", err)
	}
	return len(entries)
}

// TestNoFileStaysOpen: journal, lock and results are closed however a run ends.
func TestNoFileStaysOpen(t *testing.T) {
	for name, use := range map[string]func(t *testing.T, dir string){
		"a whole run": func(t *testing.T, dir string) { written(t, dir, 2) },
		"a run without a result": func(t *testing.T, dir string) {
			w := begin(t, dir, 0, Options{})
			if _, err := w.Commit(execution); err == nil {
				t.Error("nothing was committed")
			}
			w.Close()
		},
		"a run that is left and gone on with": func(t *testing.T, dir string) {
			begin(t, dir, 1, Options{}).Close()
			w, err := Create(dir, meta(2), config, Options{Resume: true})
			if err != nil {
				t.Fatal(err)
			}
			w.Close()
		},
		"a run of another configuration in its place": func(t *testing.T, dir string) {
			begin(t, dir, 1, Options{}).Close()
			foreign := meta(2)
			foreign.Seed++
			if _, err := Create(dir, foreign, config, Options{}); err == nil {
				t.Error("the run of another configuration was taken over")
			}
		},
		"a result in its place": func(t *testing.T, dir string) {
			written(t, dir, 1)
			if _, err := Create(dir, meta(1), config, Options{}); err == nil {
				t.Error("the result was taken over")
			}
		},
		"a journal that fails": func(t *testing.T, dir string) {
			w := begin(t, dir, 2, Options{})
			w.journal.file.Close()
			if _, err := w.Commit(execution); err == nil {
				t.Error("commit succeeded without its journal")
			}
			w.Close()
		},
		"a result that is read": func(t *testing.T, dir string) {
			written(t, dir, 2)
			r, err := Open(dir)
			if err != nil {
				t.Fatal(err)
			}
			if _, err := r.Samples(regimes, []measure.Output{measure.HotelPeople}); err != nil {
				t.Error(err)
			}
			if err := r.Verify(); err != nil {
				t.Error(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "r")
			before := openFiles(t)
			use(t, dir)
			if after := openFiles(t); after != before {
				t.Errorf("%d files are open, %d before", after, before)
			}
		})
	}
}
