package file

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestReplace: a file is written, then replaced whole, and nothing else is left
// in the folder.
func TestReplace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a.csv")
	for _, content := range []string{"the first, and the longer one", "the second"} {
		if err := Replace(path, []byte(content)); err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(path); err != nil || string(got) != content {
			t.Errorf("read %q, %v; want %q", got, err, content)
		}
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o644 {
		t.Errorf("mode %v, %v; want -rw-r--r--", info.Mode(), err)
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%d files in the folder, %v; want 1", len(entries), err)
	}
}

// TestReplaceThatFails: a folder stands where the file should, or there is no
// folder to write in; nothing is left behind.
func TestReplaceThatFails(t *testing.T) {
	dir := t.TempDir()
	taken := filepath.Join(dir, "taken")
	if err := os.MkdirAll(filepath.Join(taken, "within"), 0o755); err != nil {
		t.Fatal(err)
	}
	for _, path := range []string{taken, filepath.Join(dir, "absent", "a.csv")} {
		if err := Replace(path, []byte("x")); err == nil {
			t.Errorf("%s was replaced", path)
		}
	}
	if entries, err := os.ReadDir(dir); err != nil || len(entries) != 1 {
		t.Errorf("%d entries in the folder, %v; want 1", len(entries), err)
	}
}

// TestWrite: folders are made, and all files are in them.
func TestWrite(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	if err := Write(dir, []Named{{"one", []byte("1")}, {"two", []byte("2")}}); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{"one": "1", "two": "2"} {
		if got, err := os.ReadFile(filepath.Join(dir, name)); err != nil || string(got) != want {
			t.Errorf("%s holds %q, %v; want %q", name, got, err, want)
		}
	}
	if err := Write(filepath.Join(dir, "one"), []Named{{"x", nil}}); err == nil {
		t.Error("a file was taken for a folder")
	}
}

// TestWriteClearsWhatAKillLeft: what a process that was killed left of the files
// goes, and nothing else.
func TestWriteClearsWhatAKillLeft(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{".one-123", ".one-12a", ".two-77", ".three-5", "one-9", "own.svg"} {
		if err := os.WriteFile(filepath.Join(dir, name), nil, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Mkdir(filepath.Join(dir, ".two-8"), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := Write(dir, []Named{{"one", nil}, {"two", nil}}); err != nil {
		t.Fatal(err)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var left []string
	for _, e := range entries {
		left = append(left, e.Name())
	}
	if got, want := strings.Join(left, " "), ".one-12a .three-5 .two-8 one one-9 own.svg two"; got != want {
		t.Errorf("left are %s, want %s", got, want)
	}
}
