// Package file reads files that are files, and writes files that appear complete or
// not at all.
package file

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
)

// Replace writes a file under a temporary name beside its own and renames it, so
// that whoever reads the name finds what was there before or all that is new.
func Replace(path string, content []byte) (err error) {
	t, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+"-*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			os.Remove(t.Name())
		}
	}()
	_, err = t.Write(content)
	if err = errors.Join(err, t.Chmod(0o644), t.Close()); err != nil {
		return err
	}
	return os.Rename(t.Name(), path)
}

// Named is a finished file, not yet on disk.
type Named struct {
	Name    string
	Content []byte
}

// Write puts files into a folder, which is made if need be, and clears it of what
// is left of them.
func Write(dir string, files []Named) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	own := func(name string) bool {
		return slices.ContainsFunc(files, func(f Named) bool { return f.Name == name })
	}
	if err := Clear(dir, own); err != nil {
		return err
	}
	for _, f := range files {
		if err := Replace(filepath.Join(dir, f.Name), f.Content); err != nil {
			return err
		}
	}
	return nil
}

// Clear removes from a folder what a process that was killed in Replace left of
// files with certain names.
func Clear(dir string, of func(name string) bool) error {
	entries, err := os.ReadDir(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	for _, e := range entries {
		if name, left := LeftOf(e.Name()); left && of(name) && e.Type().IsRegular() {
			err = errors.Join(err, os.Remove(filepath.Join(dir, e.Name())))
		}
	}
	return err
}

// LeftOf reports the name of a file that a name has the temporary form of.
func LeftOf(name string) (of string, left bool) {
	if m := temporary.FindStringSubmatch(name); m != nil {
		return m[1], true
	}
	return "", false
}

var temporary = regexp.MustCompile(`^\.(.+)-[0-9]+$`)
