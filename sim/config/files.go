package config

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"asylumsim/configs"
	"asylumsim/sim/file"
)

// Files is the data set: the embedded files, overridden or extended by those
// of a folder with the same paths. It implements fs.FS, so that published
// series are read through it too.
type Files struct {
	embedded fs.FS
	dir      string
	given    map[string]string // files of other places in the place of those of the data set
}

// OpenFiles returns the embedded data set with the files of a folder over it.
// An empty dir means none.
func OpenFiles(dir string) (*Files, error) {
	if dir != "" {
		if info, err := os.Stat(dir); err != nil || !info.IsDir() {
			return nil, fmt.Errorf("configuration folder %s: want a folder with parameters, regimes or experiments in it", dir)
		}
	}
	return &Files{embedded: configs.Files, dir: dir}, nil
}

// Open opens a file of the folder, or else the embedded one. Of what is no file
// only a folder is opened.
func (f *Files) Open(name string) (fs.File, error) {
	if given, ok := f.given[name]; ok {
		return file.Open(given)
	}
	if f.dir == "" || !fs.ValidPath(name) {
		return f.embedded.Open(name)
	}
	full := filepath.Join(f.dir, filepath.FromSlash(name))
	switch info, err := os.Stat(full); {
	case errors.Is(err, fs.ErrNotExist):
		return f.embedded.Open(name)
	case err == nil && info.IsDir():
		return os.Open(full)
	}
	return file.Open(full)
}

// Path names a file of the data set for people: in the folder where it is
// there, or else under configs.
func (f *Files) Path(name string) string {
	if given, ok := f.given[name]; ok {
		return given
	}
	if f.dir != "" {
		full := filepath.Join(f.dir, filepath.FromSlash(name))
		if _, err := os.Stat(full); err == nil {
			return full
		}
	}
	return path.Join("configs", name)
}

// yamlFiles lists the YAML files of a folder of the data set, in order of
// name.
func (f *Files) yamlFiles(folder string) ([]string, error) { return f.list(folder, ".yaml") }

// Observed lists the files of published series of the data set, in order of
// name.
func (f *Files) Observed() ([]string, error) { return f.list(observedFolder, ".csv") }

// Series is the folder of published series.
func (f *Files) Series() fs.FS { return seriesFiles{f} }

type seriesFiles struct{ files *Files }

func (s seriesFiles) Open(name string) (fs.File, error) {
	return s.files.Open(path.Join(observedFolder, name))
}

// Path names a series for people.
func (s seriesFiles) Path(name string) string { return s.files.Path(path.Join(observedFolder, name)) }

// list returns the files of a folder with an ending: the embedded ones and
// those of the folder over them, each once.
func (f *Files) list(folder, ending string) ([]string, error) {
	layers := []fs.FS{f.embedded}
	if f.dir != "" {
		layers = append(layers, os.DirFS(f.dir))
	}
	var names []string
	for _, layer := range layers {
		entries, err := fs.ReadDir(layer, folder)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return nil, err
		}
		for _, e := range entries {
			if !e.IsDir() && strings.HasSuffix(e.Name(), ending) && !incidental(e.Name()) {
				names = append(names, path.Join(folder, e.Name()))
			}
		}
	}
	slices.Sort(names)
	return slices.Compact(names), nil
}
