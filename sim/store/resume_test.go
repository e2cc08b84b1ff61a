package store

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
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
			w, err := Create(dir, meta(n), config, Options{})
			if err != nil {
				t.Fatal(err)
			}
			for r := range done {
				if err := w.Append(r, 0, replicate(twoYears, len(regimes), r)); err != nil {
					t.Fatal(err)
				}
			}
			if _, err := w.journal.file.WriteAt(make([]byte, torn), w.journal.end()); err != nil {
				t.Fatal(err)
			}
			w.partial.close() // and nothing else: the process is gone
			if done > 0 {
				if _, err := Create(dir, meta(n), config, Options{}); err == nil || !strings.Contains(err.Error(), "--resume") {
					t.Fatalf("%d done: a new run over an unfinished one: %v", done, err)
				}
			}
			w, err = Create(dir, meta(n), config, Options{Resume: true})
			if err != nil {
				t.Fatal(err)
			}
			if w.Done() != done || lost(w) != int64(torn) {
				t.Errorf("%d replications, %d bytes cut off; want %d and %d", w.Done(), lost(w), done, torn)
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
	w, err := Create(dir, meta(5), config, Options{})
	if err != nil {
		t.Fatal(err)
	}
	appendRange(t, w, 0, 2)
	if result, err := w.Commit(execution); err != nil || result.Manifest.Done != 2 {
		t.Fatal(err)
	}
	if _, err := Create(dir, meta(5), config, Options{}); err == nil || !strings.Contains(err.Error(), "2 of 5 replications: run --resume") {
		t.Errorf("a new run over an incomplete result: %v", err)
	}
	if w, err = Create(dir, meta(5), config, Options{Resume: true}); err != nil {
		t.Fatal(err)
	}
	appendRange(t, w, 2, 5)
	if _, err := w.Commit(execution); err != nil {
		t.Fatal(err)
	}
	sameFolder(t, dir, whole)
	if _, err := Create(dir, meta(5), config, Options{Resume: true}); err == nil || !strings.Contains(err.Error(), "complete") {
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
		"program 0.1.0 (built without the commit of its source, go1.26, sha256 b1ab), here 0.1.0 (built without the commit of its source, go1.26, sha256 c2bc)": func(m *Meta) { m.Executable = "c2bc" },
		"shard the whole run, here 1/2": func(m *Meta) { m.Shard = &Shard{1, 2} },
	} {
		dir := filepath.Join(t.TempDir(), "r")
		w := begin(t, dir, 2, Options{})
		w.Close()
		other := meta(2)
		change(&other)
		for _, o := range []Options{{Resume: true}, {}} {
			if _, err := Create(dir, other, config, o); err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("resume %t: %v, want an error that says %q", o.Resume, err, want)
			}
		}
		w, err := Create(dir, meta(2), config, Options{Resume: true})
		if err != nil || w.Done() != 2 {
			t.Fatalf("the refused run is lost: %v", err)
		}
		w.Close()
		if w, err = Create(dir, other, config, Options{Force: true}); err != nil || w.Done() != 0 {
			t.Errorf("force does not discard it: %v", err)
		}
		w.Close()
	}
}

// TestTwoRunsDoNotShareAFolder: the second is refused while the first lives.
func TestTwoRunsDoNotShareAFolder(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	w := begin(t, dir, 1, Options{})
	if _, err := Create(dir, meta(1), config, Options{Force: true}); err == nil || !strings.Contains(err.Error(), "another run is writing") {
		t.Errorf("a second run: %v", err)
	}
	w.Close()
}

// lost is how many bytes were cut off from the journal.
func lost(w *Writer) int64 {
	replications, bytes := w.Lost()
	return int64(replications*w.meta.shape().recordBytes()) + bytes
}

// TestDamagedReplicationsAloneAreRunAgain: a flipped byte loses one replication,
// wherever it is, and none behind it. A header is written again.
func TestDamagedReplicationsAloneAreRunAgain(t *testing.T) {
	const n = 4
	root := t.TempDir()
	whole := filepath.Join(root, "whole")
	written(t, whole, n+1)
	for _, c := range []struct {
		flip    []int // records; -1 for the header
		damaged []int
		kept    int // with the damaged ones between
		cut     int
	}{
		{[]int{-1}, nil, 4, 0}, {[]int{0}, []int{0}, 4, 0}, {[]int{1, 2}, []int{1, 2}, 4, 0}, {[]int{-1, 0}, []int{0}, 4, 0},
		{[]int{3}, nil, 3, 1}, {[]int{0, 2, 3}, []int{0}, 2, 2}, {[]int{0, 1, 2, 3}, nil, 0, 4},
	} {
		dir := filepath.Join(root, "r")
		w, err := Create(dir, meta(n+1), config, Options{})
		if err != nil {
			t.Fatal(err)
		}
		appendRange(t, w, 0, n)
		for _, i := range c.flip {
			at := int64(40)
			if i >= 0 {
				at = w.journal.at(i) + 77
			}
			var b [1]byte
			if _, err := w.journal.file.ReadAt(b[:], at); err != nil {
				t.Fatal(err)
			}
			b[0] ^= 4
			if _, err := w.journal.file.WriteAt(b[:], at); err != nil {
				t.Fatal(err)
			}
		}
		w.Close()
		w, err = Create(dir, meta(n+1), config, Options{Resume: true})
		if err != nil {
			t.Fatalf("%v: %v", c.flip, err)
		}
		if cut, bytes := w.Lost(); !slices.Equal(w.Damaged(), c.damaged) || w.Done() != c.kept || cut != c.cut || bytes != 0 {
			t.Errorf("%v: %v damaged of %d, %d cut off; want %v of %d, %d", c.flip, w.Damaged(), w.Done(), cut, c.damaged, c.kept, c.cut)
		}
		for _, r := range w.Damaged() {
			appendRange(t, w, r, r+1)
		}
		appendRange(t, w, w.Done(), n+1)
		if _, err := w.Commit(execution); err != nil {
			t.Fatal(err)
		}
		sameFolder(t, dir, whole)
		if err := os.RemoveAll(dir); err != nil {
			t.Fatal(err)
		}
	}
}

// TestFewerReplicationsThanAreFinishedAreRefused: with the number that would do,
// and nothing is lost; more are gone on with.
func TestFewerReplicationsThanAreFinishedAreRefused(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole")
	written(t, whole, 7)
	for _, c := range []struct {
		shard *Shard
		fewer int
		want  string
	}{
		{nil, 3, "4 are finished, which are kept; want -n 4 or more"},
		{&Shard{2, 3}, 10, "4 are finished, which are kept; want -n 11 or more"},
	} {
		dir := filepath.Join(t.TempDir(), "r")
		create := func(n int) (*Writer, error) {
			m := meta(n)
			m.Shard = c.shard
			return Create(dir, m, config, Options{Resume: true})
		}
		w, err := create(40)
		if err != nil {
			t.Fatal(err)
		}
		for i := range 4 {
			r := c.shard.Replication(i)
			if err := w.Append(r, 0, replicate(twoYears, len(regimes), r)); err != nil {
				t.Fatal(err)
			}
		}
		w.Close()
		before := read(t, w.Kept(), journalName)
		if _, err := create(c.fewer); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%v: error %v, want one that says %q", c.shard, err, c.want)
		}
		if !bytes.Equal(read(t, w.Kept(), journalName), before) {
			t.Errorf("%v: the journal is another one", c.shard)
		}
		if c.shard != nil {
			continue
		}
		for _, n := range []int{4, 7} { // as many, and more than there were
			if w, err = create(n); err != nil || w.Done() != 4 {
				t.Fatalf("-n %d: error %v", n, err)
			}
			w.Close()
		}
		if w, err = create(7); err != nil {
			t.Fatal(err)
		}
		appendRange(t, w, 4, 7)
		if _, err := w.Commit(execution); err != nil {
			t.Fatal(err)
		}
		sameFolder(t, dir, whole)
	}
}

// TestAForcedRunThatWasKilledIsGoneOnWith: the earlier result stays until the new
// one is whole, and is not in the way of it.
func TestAForcedRunThatWasKilledIsGoneOnWith(t *testing.T) {
	whole := filepath.Join(t.TempDir(), "whole")
	written(t, whole, 4)
	for name, earlier := range map[string]Meta{"the same": meta(2), "another": {}} {
		for _, o := range []Options{{Resume: true}, {Resume: true, Force: true}} {
			dir := filepath.Join(t.TempDir(), "r")
			if name == "another" {
				earlier = meta(2)
				earlier.Seed++
			}
			w, err := Create(dir, earlier, config, Options{})
			if err != nil {
				t.Fatal(err)
			}
			appendRange(t, w, 0, 2)
			if _, err := w.Commit(execution); err != nil {
				t.Fatal(err)
			}
			if w, err = Create(dir, meta(4), config, Options{Force: true}); err != nil {
				t.Fatal(err)
			}
			appendRange(t, w, 0, 1)
			if !w.Covers() {
				t.Errorf("%s: a result of one replication would take the place of the earlier one", name)
			}
			w.partial.close()
			if r, err := Open(dir); err != nil || r.Manifest.Seed != earlier.Seed {
				t.Fatalf("%s: the earlier result is gone: %v", name, err)
			}
			if w, err = Create(dir, meta(4), config, o); err != nil {
				t.Fatalf("%s with %+v: %v", name, o, err)
			}
			if w.Done() != 1 {
				t.Errorf("%s with %+v: %d replications were kept, want 1", name, o, w.Done())
			}
			appendRange(t, w, 1, 4)
			if _, err := w.Commit(execution); err != nil {
				t.Fatal(err)
			}
			sameFolder(t, dir, whole)
		}
	}
}

// TestAnEarlierResultThatWasMovedAsideComesBack: a run was killed between moving
// it and putting the new one into its place, or after that.
func TestAnEarlierResultThatWasMovedAsideComesBack(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	written(t, dir, 2)
	for _, after := range []bool{false, true} {
		w := begin(t, dir, 1, Options{Force: true})
		aside := w.partial.path(asideName)
		if err := os.Rename(dir, aside); err != nil {
			t.Fatal(err)
		}
		if after {
			written(t, filepath.Join(t.TempDir(), "new"), 3)
			if err := os.CopyFS(dir, os.DirFS(aside)); err != nil {
				t.Fatal(err)
			}
		}
		w.partial.close()
		if _, err := Create(dir, meta(1), config, Options{}); err == nil || !strings.Contains(err.Error(), "unfinished run") {
			t.Errorf("error %v", err)
		}
		if r, err := Open(dir); err != nil || r.Manifest.Done != 2 {
			t.Errorf("the earlier result is not back: %v", err)
		}
		if _, err := os.Stat(aside); err == nil {
			t.Error("it is still aside")
		}
	}
	if _, err := begin(t, dir, 1, Options{Force: true}).Commit(execution); err != nil {
		t.Error(err)
	}
	if left := names(t, filepath.Dir(dir)); len(left) != 1 {
		t.Errorf("left: %v", left)
	}
}

// TestWhatAKilledRunLeftIsCleared: what is no run, or one that finished nothing,
// is not in the way of the next run of the name, whatever that is.
func TestWhatAKilledRunLeftIsCleared(t *testing.T) {
	other := meta(1)
	other.Seed++
	for name, leave := range map[string]func(dir string){
		"nothing but the folder": func(dir string) { mkdir(t, partialDir(dir)) },
		"a journal without a run": func(dir string) {
			begin(t, dir, 1, Options{}).Close()
			os.Remove(filepath.Join(partialDir(dir), runName))
		},
		"a run without a journal": func(dir string) {
			begin(t, dir, 1, Options{}).Close()
			os.Remove(filepath.Join(partialDir(dir), journalName))
		},
		"a run of no replication": func(dir string) {
			w, err := Create(dir, meta(1), config, Options{})
			if err != nil {
				t.Fatal(err)
			}
			w.partial.close()
		},
		"a merge": func(dir string) { begin(t, dir, 1, Options{Whole: true}).partial.close() },
	} {
		for _, o := range []Options{{}, {Resume: true}, {Force: true}, {Whole: true}} {
			dir := filepath.Join(t.TempDir(), "r")
			leave(dir)
			w, err := Create(dir, other, config, o)
			if err != nil {
				t.Errorf("%s with %+v: %v", name, o, err)
				continue
			}
			if w.Done() != 0 {
				t.Errorf("%s with %+v: %d replications are taken over", name, o, w.Done())
			}
			w.Close()
			if left := names(t, filepath.Dir(dir)); len(left) != 0 {
				t.Errorf("%s with %+v: left %v", name, o, left)
			}
		}
	}
}

// TestTheLockGoesLast: who comes while a folder is being deleted finds it taken,
// or empty.
func TestTheLockGoesLast(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	var wait sync.WaitGroup
	for range 4 {
		wait.Go(func() {
			for range 50 {
				w, err := Create(dir, meta(1), config, Options{})
				if err != nil {
					if !strings.Contains(err.Error(), errBusy.Error()) {
						t.Errorf("a folder of no run: %v", err)
					}
					continue
				}
				if _, err := os.Stat(filepath.Join(w.Kept(), journalName)); err != nil {
					t.Errorf("the journal of a run at work was deleted: %v", err)
				}
				if err := w.Close(); err != nil {
					t.Error(err)
				}
			}
		})
	}
	wait.Wait()
}
