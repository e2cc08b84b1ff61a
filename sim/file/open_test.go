//go:build unix

package file

import (
	"errors"
	"io"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// TestOpen: a file is opened, also through a link. A folder, a pipe that nobody
// writes to and a device that never ends are refused at once, also through a
// link; and what is not there is not there.
func TestOpen(t *testing.T) {
	dir := t.TempDir()
	in := func(name string) string { return filepath.Join(dir, name) }
	if err := errors.Join(
		os.WriteFile(in("a.csv"), []byte("text"), 0o644), syscall.Mkfifo(in("pipe"), 0o644),
		os.Symlink("a.csv", in("to-file")), os.Symlink("pipe", in("to-pipe")),
	); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"a.csv", "to-file"} {
		f, err := Open(in(name))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := io.ReadAll(f); err != nil || string(got) != "text" {
			t.Errorf("%s holds %q, %v; want text", name, got, err)
		}
		f.Close()
	}
	for path, kind := range map[string]string{dir: "a folder", in("pipe"): "a named pipe", in("to-pipe"): "a named pipe", "/dev/zero": "a device"} {
		if _, err := Open(path); !errors.Is(err, ErrNoFile) || !strings.Contains(err.Error(), path+" is "+kind+":") {
			t.Errorf("%s: %v; want it refused as %s", path, err, kind)
		}
	}
	if _, err := Open(in("absent")); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("absent: %v", err)
	}
}
