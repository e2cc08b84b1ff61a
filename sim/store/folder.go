package store

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// vacant checks that results may be put at dir: nothing is there, or an empty
// folder, or, with force, an earlier result. A folder that holds anything
// else is never replaced.
func vacant(dir string, force bool) error {
	info, err := os.Stat(dir)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return explain(err)
	}
	if !info.IsDir() {
		return fmt.Errorf("cannot put results at %s: it is a file; choose another folder", dir)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return explain(err)
	}
	if len(entries) == 0 {
		return nil
	}
	if _, err := ReadManifest(filepath.Join(dir, manifestName)); err != nil {
		return fmt.Errorf("cannot put results at %s: the folder is not empty and not a result of asylumsim, so it is not replaced; choose another folder", dir)
	}
	for _, e := range entries {
		if name := e.Name(); !ours[name] {
			return fmt.Errorf("cannot replace the result at %s: %s in it was not written by asylumsim; move it away, or choose another folder", dir, name)
		}
	}
	if !force {
		return fmt.Errorf("%s already holds a result: use --force to replace it, or choose another folder", dir)
	}
	return nil
}

// ours are the names that this program writes into a result folder.
var ours = func() map[string]bool {
	names := map[string]bool{manifestName: true, "figures": true, "figures-nominal": true, "report.html": true, "tables.ods": true}
	for _, name := range outputNames {
		names[name] = true
	}
	return names
}()

// stagePrefix begins the names of a result's stages.
func stagePrefix(name string) string { return "." + name + ".new-" }

// stage makes the folder in which results grow: a hidden sibling of dir, so
// that a rename puts it into place. The file that it returns keeps others from
// sweeping the folder until it is closed; it is nil where there are no locks.
// Stages that dead processes have left for the same dir are swept.
func stage(dir string) (string, *os.File, error) {
	parent, name := filepath.Split(dir)
	if parent == "" {
		parent = "."
	}
	if err := os.MkdirAll(parent, 0o755); err != nil {
		return "", nil, explain(err)
	}
	sweep(parent, name)
	for {
		path, err := os.MkdirTemp(parent, stagePrefix(name))
		if err != nil {
			return "", nil, explain(err)
		}
		held, err := lock(filepath.Join(path, lockName))
		if errors.Is(err, errSwept) {
			continue
		}
		if err == nil {
			// MkdirTemp makes it private; results are for sharing.
			err = os.Chmod(path, 0o755)
		}
		if err != nil {
			os.RemoveAll(path)
			return "", nil, explain(err)
		}
		return path, held, nil
	}
}

// place renames a complete stage to dir. An earlier result is moved aside
// first and removed last; it comes back if the rename fails.
func place(staged, dir string, force bool) error {
	if err := vacant(dir, force); err != nil {
		return err
	}
	aside := strings.Replace(staged, ".new-", ".old-", 1)
	switch err := os.Rename(dir, aside); {
	case errors.Is(err, fs.ErrNotExist):
		return explain(os.Rename(staged, dir))
	case err != nil:
		return explain(err)
	}
	if err := os.Rename(staged, dir); err != nil {
		return explain(errors.Join(err, os.Rename(aside, dir)))
	}
	// The new result is in place; an old one that cannot be removed is hidden
	// and harms nobody.
	os.RemoveAll(aside)
	return nil
}

// resolve follows symbolic links to an existing folder, so that the folder is
// replaced and not the link, and makes the path one with a name.
func resolve(dir string) (string, error) {
	if dir == "" {
		return "", errors.New("results need the name of a folder")
	}
	clean := filepath.Clean(dir)
	if target, err := filepath.EvalSymlinks(clean); err == nil {
		clean = target
	}
	if base := filepath.Base(clean); base == "." || base == ".." {
		var err error
		if clean, err = filepath.Abs(clean); err != nil {
			return "", explain(err)
		}
	}
	return clean, nil
}

// explain adds what to do to the errors of a disk that people can mend.
func explain(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, syscall.ENOSPC):
		return fmt.Errorf("cannot write results: %w: free some space or choose a folder on another disk", err)
	case errors.Is(err, syscall.EROFS), errors.Is(err, fs.ErrPermission):
		return fmt.Errorf("cannot use the results folder: %w: choose a folder that you may write to", err)
	case errors.Is(err, syscall.ENOTDIR):
		return fmt.Errorf("cannot use the results folder: %w: a part of the path is a file; choose another folder", err)
	}
	return fmt.Errorf("results: %w", err)
}

// create writes a file and sees to it that it is on the disk.
func create(path string, write func(io.Writer) error) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	buffer := bufio.NewWriter(file)
	err = write(buffer)
	if err == nil {
		err = buffer.Flush()
	}
	if err == nil {
		err = file.Sync()
	}
	return errors.Join(err, file.Close())
}
