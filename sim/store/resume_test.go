package store

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// sameFolder compares two folders byte for byte, but for what a manifest says
// of the execution.
func sameFolder(t *testing.T, got, want string) {
	t.Helper()
	if g, w := names(t, got), names(t, want); strings.Join(g, " ") != strings.Join(w, " ") {
		t.Fatalf("the folder holds %v, want %v", g, w)
	}
	for _, name := range names(t, want) {
		if !bytes.Equal(read(t, got, name), read(t, want, name)) {
			t.Errorf("%s differs", name)
		}
	}
}

// TestAKilledRunIsGoneOnWith stops a run after any number of replications, with
// any part of the next record on the disk, as a kill does, and goes on.
func TestAKilledRunIsGoneOnWith(t *testing.T) {
	const n = 4
	root := t.TempDir()
	whole := filepath.Join(root, "whole")
	written(t, whole, n)
	for done := range n + 1 {
		for _, torn := range []int{0, 1, 100, 5000} {
			dir := filepath.Join(root, "r")
			w, err := Create(dir, meta(n), config, twoYears, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for r := range done {
				if err := w.Append(r, 0, replicate(twoYears, len(regimes), r)); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := w.journal.file.Write(make([]byte, torn)); err != nil {
				t.Fatal(err)
			}
			w.partial.close() // and nothing else: the process is gone
			if done > 0 {
				if _, err := Create(dir, meta(n), config, twoYears, Options{}); err == nil || !strings.Contains(err.Error(), "--resume") {
					t.Fatalf("%d done: a new run over an unfinished one: %v", done, err)
				}
			}
			w, err = Create(dir, meta(n), config, twoYears, Options{Resume: true})
			if err != nil {
				t.Fatal(err)
			}
			if w.Done() != done || w.Lost() != int64(torn) {
				t.Errorf("%d replications, %d bytes cut off; want %d and %d", w.Done(), w.Lost(), done, torn)
			}
			for r := w.Done(); r < n; r++ {
				if err := w.Append(r, 0, replicate(twoYears, len(regimes), r)); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := w.Commit(execution); err != nil {
				t.Fatal(err)
			}
			sameFolder(t, dir, whole)
			if left := names(t, root); len(left) != 2 {
				t.Errorf("left: %v", left)
			}
			if err := os.RemoveAll(dir); err != nil {
				t.Fatal(err)
			}
		}
	}
}

// TestAnIncompleteResultIsGoneOnWith: an interrupted run leaves a result of what
// it finished, and becomes the whole one.
func TestAnIncompleteResultIsGoneOnWith(t *testing.T) {
	root := t.TempDir()
	whole, dir := filepath.Join(root, "whole"), filepath.Join(root, "r")
	written(t, whole, 5)
	w, err := Create(dir, meta(5), config, twoYears, Options{})
	if err != nil {
		t.Fatal(err)
	}
	appendRange(t, w, 0, 2)
	if result, err := w.Commit(execution); err != nil || result.Manifest.Done != 2 {
		t.Fatal(err)
	}
	if _, err := Create(dir, meta(5), config, twoYears, Options{}); err == nil || !strings.Contains(err.Error(), "2 of 5 replications: --resume") {
		t.Errorf("a new run over an incomplete result: %v", err)
	}
	if w, err = Create(dir, meta(5), config, twoYears, Options{Resume: true}); err != nil {
		t.Fatal(err)
	}
	appendRange(t, w, 2, 5)
	if _, err := w.Commit(execution); err != nil {
		t.Fatal(err)
	}
	sameFolder(t, dir, whole)
	if _, err := Create(dir, meta(5), config, twoYears, Options{Resume: true}); err == nil || !strings.Contains(err.Error(), "complete") {
		t.Errorf("a complete result is gone on with: %v", err)
	}
}

func appendRange(t *testing.T, w *Writer, from, to int) {
	t.Helper()
	for r := from; r < to; r++ {
		if err := w.Append(r, 0, replicate(twoYears, len(regimes), r)); err != nil {
			t.Fatal(err)
		}
	}
}

// TestAnotherConfigurationIsRefused names what differs, and keeps what is there.
func TestAnotherConfigurationIsRefused(t *testing.T) {
	for want, change := range map[string]func(*Meta){
		"seed 9223372036854775809, here 7": func(m *Meta) { m.Seed = 7 },
		"digest of the configuration":      func(m *Meta) { m.ConfigDigest = "sha256:other" },
		"published series a.csv 1, here 2": func(m *Meta) { m.DataDigests = map[string]string{"a.csv": "2", "b.csv": "2"} },
		"program version 0.1.0, here 0.2":  func(m *Meta) { m.Version = "0.2" },
		"shard the whole run, here 1/2":    func(m *Meta) { m.Shard = &Shard{1, 2} },
	} {
		dir := filepath.Join(t.TempDir(), "r")
		w := begin(t, dir, 2, Options{})
		w.Close()
		other := meta(2)
		change(&other)
		for _, o := range []Options{{Resume: true}, {}} {
			if _, err := Create(dir, other, config, twoYears, o); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("resume %t: %v, want an error that says %q", o.Resume, err, want)
			}
		}
		w, err := Create(dir, meta(2), config, twoYears, Options{Resume: true})
		if err != nil || w.Done() != 2 {
			t.Fatalf("the refused run is lost: %v", err)
		}
		w.Close()
		if w, err = Create(dir, other, config, twoYears, Options{Force: true}); err != nil || w.Done() != 0 {
			t.Errorf("force does not discard it: %v", err)
		}
		w.Close()
	}
}

// TestTwoRunsDoNotShareAFolder: the second is refused while the first lives.
func TestTwoRunsDoNotShareAFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	w := begin(t, dir, 1, Options{})
	if _, err := Create(dir, meta(1), config, twoYears, Options{Force: true}); err == nil || !strings.Contains(err.Error(), "another run is writing") {
		t.Errorf("a second run: %v", err)
	}
	w.Close()
}

// TestADamagedJournalIsCutBeforeTheDamage: replications behind it are run again.
func TestADamagedJournalIsCutBeforeTheDamage(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	w := begin(t, dir, 3, Options{})
	if _, err := w.journal.file.WriteAt([]byte{1}, w.journal.at(1)+77); err != nil {
		t.Fatal(err)
	}
	w.Close()
	again, err := Create(dir, meta(3), config, twoYears, Options{Resume: true})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if again.Done() != 1 || again.Lost() != 2*int64(len(w.partialRecord())) {
		t.Errorf("%d replications, %d bytes cut off; want the first, and the other two cut", again.Done(), again.Lost())
	}
}

func (w *Writer) partialRecord() []byte {
	return make([]byte, shape{len(w.meta.Regimes), len(w.timeline.Months)}.recordBytes())
}
