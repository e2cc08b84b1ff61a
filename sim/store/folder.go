package store

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

	"asylumsim/sim/file"
	"asylumsim/sim/measure"
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
	if !isResult(dir) {
		return fmt.Errorf("cannot put results at %s: the folder is not empty and not a result of asylumsim, so it is not replaced; choose another folder", dir)
	}
	for _, e := range entries {
		if name := e.Name(); !ours[name] {
			return fmt.Errorf("cannot replace the result at %s: %s in it was not written by asylumsim; move it away, or choose another folder", dir, name)
		}
	}
	for _, folder := range figureFolders {
		if name, err := foreignFigure(filepath.Join(dir, folder)); err != nil {
			return explain(err)
		} else if name != "" {
			return fmt.Errorf("cannot replace the result at %s: %s in it was not written by asylumsim; move it away, or choose another folder", dir, filepath.Join(folder, name))
		}
	}
	if force {
		return nil
	}
	if m, err := readAnyManifest(dir); err == nil && m.Done < m.Shard.Count(m.Replications) {
		return fmt.Errorf("%s already holds a result, of %d of %d replications: run --resume goes on with it, --force replaces it, or choose another folder", dir, m.Done, m.Shard.Count(m.Replications))
	}
	return fmt.Errorf("%s already holds a result: use --force to replace it, or choose another folder", dir)
}

// isResult reports whether a folder holds a result of this program, of whatever
// version and however damaged, or a shard.
func isResult(dir string) bool {
	var m struct{ Format string }
	data, err := readWhole(filepath.Join(dir, manifestName))
	return err == nil && json.Unmarshal(data, &m) == nil && strings.HasPrefix(m.Format, "asylumsim-")
}

// ours are the names that this program writes into a result folder.
var ours = func() map[string]bool {
	names := map[string]bool{manifestName: true, journalName: true, "figures": true, "figures-nominal": true, "report.html": true, "tables.ods": true}
	for _, name := range outputNames {
		names[name] = true
	}
	return names
}()

// figureFolders are where plot puts the figures of a result.
var figureFolders = []string{"figures", "figures-nominal"}

// foreignFigure finds what plot did not write in a folder of figures; empty if
// there is nothing, or no folder.
func foreignFigure(dir string) (string, error) {
	if info, err := os.Lstat(dir); err != nil || !info.IsDir() {
		return "", nil // of a link only the link goes
	}
	entries, err := os.ReadDir(dir)
	for _, e := range entries {
		name := e.Name()
		if of, left := file.LeftOf(name); left {
			name = of
		}
		if !measure.FigureFile(name) || !e.Type().IsRegular() {
			return e.Name(), nil
		}
	}
	return "", err
}

// continues reports whether dir holds a result of the same inputs as meta.
func continues(dir string, meta Meta) bool {
	m, err := readAnyManifest(dir)
	return err == nil && len(m.Differences(meta)) == 0
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
	aside := filepath.Join(filepath.Dir(staged), asideName)
	switch err := os.Rename(dir, aside); {
	case errors.Is(err, fs.ErrNotExist):
		return explain(os.Rename(staged, dir))
	case err != nil:
		return explain(err)
	}
	if err := os.Rename(staged, dir); err != nil {
		return explain(errors.Join(err, os.Rename(aside, dir)))
	}
	// The new result is in place; an old one that cannot be removed is hidden.
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

// full are the errors of a disk, a quota or a limit on files that is used up.
var full = []error{syscall.ENOSPC, syscall.EDQUOT, syscall.EFBIG}

// Full reports whether something failed because there was no more space for it.
func Full(err error) bool {
	return slices.ContainsFunc(full, func(cause error) bool { return errors.Is(err, cause) })
}

// explain adds what to do to the errors of a disk that people can mend.
func explain(err error) error {
	switch {
	case err == nil:
		return nil
	case Full(err):
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
