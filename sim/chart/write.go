package chart

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
)

// file is a finished file, not yet on disk.
type file struct {
	name    string
	content []byte
}

// WriteFiles writes the figure to NAME.svg and NAME.png in a folder, which is
// made if need be, and what it draws to NAME.csv where its data are there. Each
// file appears complete or not at all.
func (f Fan) WriteFiles(dir string) error {
	files, err := f.files()
	if err != nil {
		return err
	}
	return writeAll(dir, files)
}

// Figure is what can be written to a folder with others: a Fan, Curves
// or a Porcupine.
type Figure interface {
	// Markdown is the page text of the figure by its number, with its picture.
	Markdown(number int) string
	name() string
	files() ([]file, error)
}

func (f Fan) name() string { return f.Name }

// WriteIndex writes all figures and README.md, their page text, to a folder.
// Every figure is drawn before the first file is written, and problems of all
// figures are reported together.
func WriteIndex[F Figure](dir string, figures []F) error {
	var files []file
	var problems []error
	seen := map[string]bool{}
	for _, f := range figures {
		if seen[f.name()] {
			problems = append(problems, fmt.Errorf("figure %q appears twice: names are file names and must differ", f.name()))
		}
		seen[f.name()] = true
		drawn, err := f.files()
		problems = append(problems, err)
		files = append(files, drawn...)
	}
	if err := errors.Join(problems...); err != nil {
		return err
	}
	return writeAll(dir, append(files, file{"README.md", []byte(Index(figures))}))
}

func (f Fan) files() ([]file, error) {
	p, err := newPicture(f)
	if err != nil {
		return nil, err
	}
	svg, err := p.svg()
	if err != nil {
		return nil, err
	}
	png, err := p.png()
	if err != nil {
		return nil, err
	}
	files := []file{{f.Name + ".svg", svg}, {f.Name + ".png", png}}
	if name := f.Name + ".csv"; f.Data == name {
		files = append(files, file{name, f.table()})
	}
	return files, nil
}

func writeAll(dir string, files []file) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return fmt.Errorf("figures: %w", err)
	}
	for _, f := range files {
		if err := replaceFile(filepath.Join(dir, f.name), f.content); err != nil {
			return fmt.Errorf("figures: %w", err)
		}
	}
	return nil
}

// replaceFile writes to a temporary name beside the file and renames.
func replaceFile(path string, content []byte) (err error) {
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
