// Package file reads files that are files, and writes files that appear complete or
// not at all.
package file

import (
	"errors"
	"os"
	"path/filepath"
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

// Write puts files into a folder, which is made if need be.
func Write(dir string, files []Named) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, f := range files {
		if err := Replace(filepath.Join(dir, f.Name), f.Content); err != nil {
			return err
		}
	}
	return nil
}
