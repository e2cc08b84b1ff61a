package config

import (
	"errors"
	"os"
	"path/filepath"
	"testing"

	"asylumsim/sim/file"
)

// TestWhatIsNoFileIsRefused puts a device, which never ends, where each kind of
// file is read. It is refused by its name, and nothing of it is read.
func TestWhatIsNoFileIsRefused(t *testing.T) {
	for _, name := range []string{
		"nationalities.yaml", "correlations.yaml", "parameters/mine.yaml", "regimes/mine.yaml", "experiments/mine.yaml",
	} {
		dir := t.TempDir()
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.Symlink("/dev/zero", path); err != nil {
			t.Skip(err)
		}
		if _, err := Open(dir); !errors.Is(err, file.ErrNoFile) {
			t.Errorf("%s: %v", name, err)
		}
		if _, err := Load(Options{Experiment: path}); !errors.Is(err, file.ErrNoFile) {
			t.Errorf("%s as an experiment: %v", name, err)
		}
		if _, err := Validate("", []string{path}); err == nil {
			t.Errorf("%s is valid", name)
		}
	}
	dir := t.TempDir()
	if err := errors.Join(os.Mkdir(filepath.Join(dir, observedFolder), 0o755), os.Symlink("/dev/zero", filepath.Join(dir, observedFolder, "returns_quarterly.csv"))); err != nil {
		t.Fatal(err)
	}
	files, err := OpenFiles(dir)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := files.Open("observed/returns_quarterly.csv"); !errors.Is(err, file.ErrNoFile) {
		t.Errorf("a series: %v", err)
	}
}
