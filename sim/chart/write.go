package chart

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"asylumsim/sim/file"
	"asylumsim/sim/measure"
)

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
// Every figure is drawn before the first file is written.
func WriteIndex[F Figure](dir string, figures []F) error {
	files, err := Files(figures)
	if err != nil {
		return err
	}
	return Write(dir, files)
}

// Files are all figures and README.md, their page text. Problems of all figures
// are reported together.
func Files[F Figure](figures []F) (files []file.Named, err error) {
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
		return nil, err
	}
	return append(files, file.Named{Name: pageName, Content: []byte(Index(figures))}), nil
}

// Write puts the files of figures into a folder, and removes what is left of files
// of an earlier command that was killed. A page that somebody else wrote is not
// replaced.
func Write(dir string, files []file.Named) error {
	if page, err := os.ReadFile(filepath.Join(dir, pageName)); err == nil && !bytes.HasPrefix(page, []byte(pageTitle)) {
		return fmt.Errorf("figures: %s was not written by asylumsim and would be replaced: choose another folder", filepath.Join(dir, pageName))
	}
	if err := errors.Join(file.Clear(dir, measure.FigureFile), file.Write(dir, files)); err != nil {
		return fmt.Errorf("figures: %w", err)
	}
	return nil
}

// pageName is the file of the page text of figures, which begins with a title.
const (
	pageName  = "README.md"
	pageTitle = "# Figures\n"
)

// filesOf are the picture as NAME.svg and NAME.png, and what it draws as NAME.csv
// where its data are there.
func filesOf(f Figure) ([]file.Named, error) {
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
	files := []file.Named{{Name: p.Name + ".svg", Content: svg}, {Name: p.Name + ".png", Content: png}}
	if data := f.ownData(); data != nil {
		files = append(files, file.Named{Name: p.Name + ".csv", Content: data})
	}
	return files, nil
}
