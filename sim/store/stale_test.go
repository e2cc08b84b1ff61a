package store

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// die ends a writer as the end of its process would: nothing is cleaned up,
// and its lock is free.
func die(t *testing.T, w *Writer) {
	t.Helper()
	if w.held == nil {
		t.Skip("no locks here")
	}
	w.over = true
	w.held.Close()
}

// What a killed run has left is gone with the next run of the same result; the
// stage of a run that lives stays, and so does anything that is not clearly a
// run's beginnings.
func TestTheNextRunSweepsWhatAKilledOneLeft(t *testing.T) {
	parent := t.TempDir()
	dir := filepath.Join(parent, "r")
	killed, alive := begin(t, dir, 1, Options{}), begin(t, dir, 1, Options{})
	finished, touched := begin(t, dir, 2, Options{}), begin(t, dir, 1, Options{})
	other := begin(t, filepath.Join(parent, "r.new-1"), 1, Options{})
	for _, w := range []*Writer{killed, touched, other} {
		die(t, w)
	}
	if _, err := finished.finish(execution); err != nil {
		t.Fatal(err)
	}
	die(t, finished)
	unlocked := filepath.Join(parent, ".r.new-1")
	for _, name := range []string{filepath.Join(unlocked, "summary.csv"), touched.path("mine.txt")} {
		os.MkdirAll(filepath.Dir(name), 0o755)
		if err := os.WriteFile(name, nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if result, err := begin(t, dir, 1, Options{}).Commit(execution); err != nil || result.Verify() != nil {
		t.Fatalf("the next run: %v", err)
	}
	var kept []string
	for _, w := range []*Writer{alive, finished, touched, other} {
		kept = append(kept, filepath.Base(w.staged))
	}
	kept = append(kept, ".r.new-1", "r")
	slices.Sort(kept)
	if got := names(t, parent); !slices.Equal(got, kept) {
		t.Errorf("beside the result are %v, want %v", got, kept)
	}
	if got := names(t, dir); slices.Contains(got, lockName) {
		t.Errorf("the lock is in the result: %v", got)
	}
	if _, err := alive.Commit(execution); err == nil || !strings.Contains(err.Error(), "--force") {
		t.Errorf("the other run found its stage changed: %v", err)
	}
}
