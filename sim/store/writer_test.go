package store

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"asylumsim/sim/measure"
)

// Until the last rename the result folder is not there, or is the old one.
func TestAHalfWrittenFolderIsNeverSeen(t *testing.T) {
	for _, earlier := range []bool{false, true} {
		t.Run(fmt.Sprintf("earlier=%t", earlier), func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "r")
			if earlier {
				written(t, dir, 2)
			}
			seen := func(when string) {
				t.Helper()
				result, err := Open(dir)
				switch {
				case !earlier && !errors.Is(statError(dir), fs.ErrNotExist):
					t.Errorf("%s: the folder is there", when)
				case earlier && (err != nil || result.Manifest.Done != 2 || result.Verify() != nil):
					t.Errorf("%s: the earlier result is gone or changed: %v", when, err)
				}
			}
			w := begin(t, dir, 3, Options{Force: true})
			seen("after three replications")

			// The disk fails under the statistics.
			w.journal.file.Close()
			if _, err := w.Commit(execution); err == nil {
				t.Fatal("commit succeeded without its journal")
			}
			seen("after a failed commit")
			if err := w.Append(3, 0, replicate(twoYears, 2, 3)); err == nil {
				t.Error("a writer that failed takes another replication")
			}
			if _, err := w.Commit(execution); err == nil {
				t.Error("a commit that failed succeeds when called again")
			}
			w.Close()
			seen("after it was closed")
			if _, err := os.Stat(filepath.Join(w.Kept(), journalName)); err != nil {
				t.Errorf("the finished replications are lost: %v", err)
			}

			if _, err := begin(t, dir, 3, Options{Force: true}).Commit(execution); err != nil {
				t.Fatal(err)
			}
			if result, err := Open(dir); err != nil || result.Manifest.Done != 3 {
				t.Errorf("the new result: %v", err)
			}
			if left := names(t, filepath.Dir(dir)); len(left) != 1 {
				t.Errorf("left beside the result: %v", left)
			}
		})
	}
}

func statError(path string) error { _, err := os.Stat(path); return err }

func TestWhatIsNotOursIsNotReplaced(t *testing.T) {
	for _, c := range []struct {
		name    string
		prepare func(t *testing.T, dir string)
		force   bool
		want    string // empty: replaced
	}{
		{"nothing there", func(*testing.T, string) {}, false, ""},
		{"an empty folder", func(t *testing.T, dir string) { mkdir(t, dir) }, false, ""},
		{"an earlier result", func(t *testing.T, dir string) { written(t, dir, 1) }, false, "--force"},
		{"an earlier result, with force", func(t *testing.T, dir string) { written(t, dir, 1) }, true, ""},
		{"a folder of somebody's", func(t *testing.T, dir string) { put(t, dir, "thesis.tex", "") }, true, "not a result of asylumsim"},
		{"a folder with another manifest", func(t *testing.T, dir string) { put(t, dir, manifestName, `{"name": "web app"}`) }, true, "not a result of asylumsim"},
		{"a file", func(t *testing.T, dir string) { put(t, filepath.Dir(dir), "r", "") }, true, "it is a file"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "r")
			c.prepare(t, dir)
			w, err := Create(dir, meta(1), config, Options{Force: c.force})
			if c.want != "" {
				if err == nil || !strings.Contains(err.Error(), c.want) || !strings.Contains(err.Error(), dir) {
					t.Errorf("got %v, want an error that names the folder and says %q", err, c.want)
				}
				if left := names(t, filepath.Dir(dir)); len(left) != 1 {
					t.Errorf("refused, but left %v", left)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if err := w.Append(0, 0, replicate(twoYears, 2, 0)); err != nil {
				t.Fatal(err)
			}
			if _, err := w.Commit(execution); err != nil {
				t.Fatal(err)
			}
			if left := names(t, filepath.Dir(dir)); len(left) != 1 {
				t.Errorf("left beside the result: %v", left)
			}
		})
	}
}

// TestOwnFilesAmongFiguresStay: a result is replaced with the figures that plot
// wrote and what a killed plot left, and not with a file that somebody else put there.
func TestOwnFilesAmongFiguresStay(t *testing.T) {
	for name, replaced := range map[string]bool{
		"figures/hotel_people.svg": true, "figures-nominal/total_cost_gbp-2.png": true, "figures/.hotel_people.svg-123": true, "figures/README.md": true,
		"figures/notes.txt": false, "figures/own.svg": false, "figures-nominal/deep/notes.txt": false, "figures/.own.svg-123": false,
	} {
		dir := filepath.Join(t.TempDir(), "r")
		if _, err := begin(t, dir, 1, Options{}).Commit(execution); err != nil {
			t.Fatal(err)
		}
		put(t, filepath.Join(dir, filepath.Dir(name)), filepath.Base(name), "mine")
		err := vacant(dir, true)
		if replaced && err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if want := strings.TrimSuffix(name, "/notes.txt"); !replaced && (err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "was not written by asylumsim")) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// Hours of work are not thrown away where the folder was taken meanwhile.
func TestAFinishedResultThatFindsItsPlaceTakenIsKept(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	w := begin(t, dir, 2, Options{Force: true})
	put(t, dir, "thesis.tex", "chapter 1")
	_, err := w.Commit(execution)
	if err == nil || !strings.Contains(err.Error(), w.Kept()) {
		t.Fatalf("commit: %v, want an error that says where the result is", err)
	}
	w.Close()
	if got := string(read(t, dir, "thesis.tex")); got != "chapter 1" {
		t.Errorf("the other folder's file holds %q", got)
	}
	kept, err := Open(filepath.Join(w.Kept(), resultName))
	if err != nil {
		t.Fatal(err)
	}
	if err := kept.Verify(); err != nil {
		t.Error(err)
	}
}

func TestAResultBehindALinkIsReplacedAndTheLinkKept(t *testing.T) {
	root := t.TempDir()
	target, link := filepath.Join(root, "disk", "r"), filepath.Join(root, "r")
	written(t, target, 1)
	if err := os.Symlink(target, link); err != nil {
		t.Skip(err)
	}
	if _, err := begin(t, link, 2, Options{Force: true}).Commit(execution); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Lstat(link); err != nil || info.Mode()&fs.ModeSymlink == 0 {
		t.Errorf("the link is gone: %v", err)
	}
	if result, err := Open(target); err != nil || result.Manifest.Done != 2 {
		t.Errorf("the result behind the link: %v", err)
	}
}

func TestNoReplicationNoResult(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	w := begin(t, dir, 0, Options{})
	if _, err := w.Commit(execution); !errors.Is(err, ErrNothing) {
		t.Errorf("commit: %v, want ErrNothing", err)
	}
	w.Close()
	if left := names(t, filepath.Dir(dir)); len(left) != 0 {
		t.Errorf("left: %v", left)
	}
}

func TestReplicationsOutOfOrderOrShapePanic(t *testing.T) {
	full := replicate(twoYears, 2, 0)
	for name, call := range map[string]func(w *Writer){
		"a gap":             func(w *Writer) { w.Append(2, 0, full) },
		"again":             func(w *Writer) { w.Append(0, 0, full) },
		"a regime too few":  func(w *Writer) { w.Append(1, 0, full[:1]) },
		"a month too few":   func(w *Writer) { w.Append(1, 0, []*measure.Run{full[0], {Months: full[1].Months[1:]}}) },
		"after it is over":  func(w *Writer) { w.Close(); w.Append(1, 0, full) },
		"no regimes at all": func(w *Writer) { Create(w.dir, Meta{}, nil, Options{}) },
	} {
		t.Run(name, func(t *testing.T) {
			w := begin(t, filepath.Join(t.TempDir(), "r"), 1, Options{})
			defer func() {
				if recover() == nil {
					t.Error("it passed in silence")
				}
			}()
			call(w)
		})
	}
}

func TestDiskErrorsSayWhatToDo(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "write", Path: "r/summary.csv", Err: syscall.ENOSPC}, "free some space"},
		{&fs.PathError{Op: "mkdir", Path: "r", Err: syscall.EROFS}, "that you may write to"},
		{&fs.PathError{Op: "mkdir", Path: "r", Err: syscall.EACCES}, "that you may write to"},
		{&fs.PathError{Op: "mkdir", Path: "r", Err: syscall.ENOTDIR}, "is a file"},
	} {
		got := explain(c.err)
		if got == nil || !strings.Contains(got.Error(), c.want) || !strings.Contains(got.Error(), c.err.Error()) || !errors.Is(got, c.err) {
			t.Errorf("%v is explained as %v, want the cause and %q", c.err, got, c.want)
		}
	}
	file := filepath.Join(t.TempDir(), "file")
	put(t, filepath.Dir(file), "file", "")
	if _, err := Create(filepath.Join(file, "r"), meta(1), config, Options{}); err == nil || !strings.Contains(err.Error(), "is a file") {
		t.Errorf("a folder below a file: %v", err)
	}
}

func TestAReadOnlyFolderIsRefusedBeforeAnyWork(t *testing.T) {
	parent := t.TempDir()
	if err := os.Chmod(parent, 0o555); err != nil {
		t.Fatal(err)
	}
	defer os.Chmod(parent, 0o755)
	if probe := filepath.Join(parent, "probe"); os.Mkdir(probe, 0o755) == nil {
		os.Remove(probe)
		t.Skip("this user may write everywhere")
	}
	_, err := Create(filepath.Join(parent, "r"), meta(1), config, Options{})
	if err == nil || !strings.Contains(err.Error(), "that you may write to") {
		t.Errorf("a read-only folder: %v", err)
	}
}

// A full device fails the append that meets it, and what follows; what was
// finished before is kept and can be gone on with.
func TestAFullDiskLosesNoFinishedReplication(t *testing.T) {
	full, err := os.OpenFile("/dev/full", os.O_WRONLY, 0)
	if err != nil {
		t.Skip("no full device here")
	}
	dir := filepath.Join(t.TempDir(), "r")
	w := begin(t, dir, 2, Options{})
	disk := w.journal.file
	w.journal.file = full
	if err := w.Append(2, 0, replicate(twoYears, 2, 2)); err == nil || !strings.Contains(err.Error(), "free some space") {
		t.Errorf("append to a full disk: %v", err)
	}
	if _, err := w.Commit(execution); err == nil {
		t.Error("commit after a full disk succeeded")
	}
	w.journal.file = disk
	w.Close()
	again, err := Create(dir, meta(3), config, Options{Resume: true})
	if err != nil {
		t.Fatal(err)
	}
	defer again.Close()
	if again.Done() != 2 {
		t.Errorf("%d replications are kept, want 2", again.Done())
	}
}

func mkdir(t testing.TB, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o755); err != nil {
		t.Fatal(err)
	}
}

func put(t testing.TB, dir, name, text string) {
	t.Helper()
	mkdir(t, dir)
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
