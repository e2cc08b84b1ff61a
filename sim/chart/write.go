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

// Figure is what can be drawn, and written to a folder with others: a Fan, Curves, a
// Porcupine or an Interval.
type Figure interface {
	// Markdown is the page text of the figure by its number, with its picture.
	Markdown(number int) string
	caption() Caption
	picture() (picture, error)
	// ownData is what the figure draws, to stand beside it as NAME.csv; nil where
	// its data are elsewhere.
	ownData() []byte
}

// WriteIndex writes all figures and README.md, their page text, to a folder.
// Every figure is drawn before the first file is written, and problems of all
// figures are reported together.
func WriteIndex[F Figure](dir string, figures []F) error {
	var files []file
	var problems []error
	seen := map[string]bool{}
	for _, f := range figures {
		name := f.caption().Name
		if seen[name] {
			problems = append(problems, fmt.Errorf("figure %q appears twice: names are file names and must differ", name))
		}
		seen[name] = true
		drawn, err := filesOf(f)
		problems = append(problems, err)
		files = append(files, drawn...)
	}
	if err := errors.Join(problems...); err != nil {
		return err
	}
	return writeAll(dir, append(files, file{"README.md", []byte(Index(figures))}))
}

// filesOf are the picture as NAME.svg and NAME.png, and what it draws as NAME.csv
// where its data are there.
func filesOf(f Figure) ([]file, error) {
	p, err := f.picture()
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
	files := []file{{p.Name + ".svg", svg}, {p.Name + ".png", png}}
	if data := f.ownData(); data != nil {
		files = append(files, file{p.Name + ".csv", data})
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
