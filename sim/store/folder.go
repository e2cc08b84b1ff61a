package store

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
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
	m, err := readAnyManifest(dir)
	if err != nil {
		return fmt.Errorf("cannot put results at %s: the folder is not empty and not a result of asylumsim, so it is not replaced; choose another folder", dir)
	}
	for _, e := range entries {
		if name := e.Name(); !ours[name] {
			return fmt.Errorf("cannot replace the result at %s: %s in it was not written by asylumsim; move it away, or choose another folder", dir, name)
		}
	}
	if asked := m.Shard.Count(m.Replications); !force && m.Done < asked {
		return fmt.Errorf("%s already holds a result, of %d of %d replications: --resume goes on with it, --force replaces it, or choose another folder", dir, m.Done, asked)
	}
	if !force {
		return fmt.Errorf("%s already holds a result: use --force to replace it, or choose another folder", dir)
	}
	return nil
}

// ours are the names that this program writes into a result folder.
var ours = func() map[string]bool {
	names := map[string]bool{manifestName: true, journalName: true, "figures": true, "figures-nominal": true, "report.html": true, "tables.ods": true}
	for _, name := range outputNames {
		names[name] = true
	}
	return names
}()

// vacantFor checks that the result of a run may be put at dir. An incomplete
// result of the run that is gone on with may be replaced by a fuller one.
func vacantFor(dir string, meta Meta, o Options) error {
	again := o.Resume && continues(dir, meta)
	if again {
		if m, err := readAnyManifest(dir); err == nil && m.Done >= meta.Shard.Count(meta.Replications) {
			return fmt.Errorf("%s is complete: there is nothing to resume", dir)
		}
	}
	return vacant(dir, o.Force || again)
}

// continues reports whether dir holds a result of the same inputs as meta.
func continues(dir string, meta Meta) bool {
	m, err := readAnyManifest(dir)
	return err == nil && len(m.differences(meta)) == 0
}

// readAnyManifest reads the manifest of a result or of a shard.
func readAnyManifest(dir string) (*Manifest, error) {
	path := filepath.Join(dir, manifestName)
	m, err := ReadManifest(path)
	if err != nil {
		m, err = readManifest(path, shardFormat)
	}
	return m, err
}

// place renames a complete result to dir. An earlier one is moved aside first
// and removed last; it comes back if the rename fails.
func place(staged, dir string, force bool) error {
	if err := vacant(dir, force); err != nil {
		return err
	}
	aside := staged + ".old"
	if err := os.RemoveAll(aside); err != nil {
		return explain(err)
	}
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
	} else if info, err := os.Lstat(clean); err == nil && info.Mode()&fs.ModeSymlink != 0 {
		return "", fmt.Errorf("cannot put results at %s: it is a link to what is not there; choose another folder", dir)
	}
	if base := filepath.Base(clean); base == "." || base == ".." {
		var err error
		if clean, err = filepath.Abs(clean); err != nil {
			return "", explain(err)
		}
	}
	return clean, nil
}

// noLinks refuses a folder for the work of a run that is a link or holds one:
// the program makes none, and following one would write or delete elsewhere.
func noLinks(dir string) error {
	info, err := os.Lstat(dir)
	if err != nil {
		return explain(err)
	}
	if !info.IsDir() {
		return fmt.Errorf("%s, where the run is kept, is a link: remove it, or choose another folder", dir)
	}
	entries, err := os.ReadDir(dir)
	if err != nil {
		return explain(err)
	}
	for _, e := range entries {
		if e.Type()&fs.ModeSymlink != 0 {
			return fmt.Errorf("%s, where the run is kept, is a link: remove it, or choose another folder", filepath.Join(dir, e.Name()))
		}
	}
	return nil
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

// createBytes writes a file whole.
func createBytes(dir, name string, data []byte) error {
	return create(filepath.Join(dir, name), func(out io.Writer) error {
		_, err := out.Write(data)
		return err
	})
}
