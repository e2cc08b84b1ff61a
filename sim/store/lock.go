package store

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
)

// hold makes the hidden folder of a run if it is not there, and takes it for
// this process.
func hold(dir string) (*os.File, error) {
	path := filepath.Join(dir, lockName)
	for {
		if err := os.MkdirAll(dir, 0o755); err != nil {
			return nil, explain(err)
		}
		if err := noLinks(dir); err != nil {
			if errors.Is(err, fs.ErrNotExist) {
				continue
			}
			return nil, err
		}
		file, err := lock(path)
		if errors.Is(err, fs.ErrNotExist) {
			continue // another run ended and deleted the folder
		}
		if err != nil {
			if errors.Is(err, errBusy) {
				return nil, errBusy
			}
			return nil, explain(err)
		}
		// What was taken may be the lock of a folder that another run has deleted.
		mine, err := file.Stat()
		if err != nil {
			return nil, explain(errors.Join(err, file.Close()))
		}
		if there, err := os.Stat(path); err == nil && os.SameFile(mine, there) {
			return file, nil
		}
		file.Close()
	}
}
