package main

import (
	"embed"
	"errors"
	"fmt"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"
)

// fault is a mistake that the tests must notice: a change of one place of the
// program. The text of was, which its file holds once, becomes that of becomes.
type fault struct {
	ID      string
	Area    string
	Mistake string // what was done wrong, in a sentence
	File    string // below the root of the module
	Was     string
	Becomes string
	// Packages are those whose tests should notice, the fastest first.
	Packages []string
	// Run names tests of the first package that are run before the others.
	Run string
}

// shipped holds the lists of faults, a file for each part of the program.
//
//go:embed faults
var shipped embed.FS

// readFaults reads all lists of faults and reports all that they lack.
func readFaults(lists fs.FS) ([]fault, error) {
	files, err := fs.Glob(lists, "faults/*.yaml")
	if err != nil {
		return nil, err
	}
	var faults []fault
	var problems []error
	seen := map[string]bool{}
	for _, name := range files {
		file, err := lists.Open(name)
		if err != nil {
			return nil, err
		}
		decoder := yaml.NewDecoder(file)
		decoder.KnownFields(true)
		var list []fault
		err = errors.Join(decoder.Decode(&list), file.Close())
		if err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		for i := range list {
			lacking := list[i].lacking()
			if seen[list[i].ID] {
				lacking = append(lacking, "another name: it is there twice")
			}
			seen[list[i].ID] = true
			for _, what := range lacking {
				problems = append(problems, fmt.Errorf("%s: fault %d (%q) needs %s", name, i+1, list[i].ID, what))
			}
		}
		faults = append(faults, list...)
	}
	return faults, errors.Join(problems...)
}

// lacking says what a fault needs to be one.
func (f *fault) lacking() (needs []string) {
	for _, field := range []struct{ key, value string }{
		{"id", f.ID}, {"area", f.Area}, {"mistake", f.Mistake}, {"file", f.File}, {"was", f.Was}, {"becomes", f.Becomes},
	} {
		if field.value == "" {
			needs = append(needs, "the key "+field.key)
		}
	}
	if f.Was == f.Becomes {
		needs = append(needs, "a change")
	}
	if len(f.Packages) == 0 {
		needs = append(needs, "packages")
	}
	if _, err := regexp.Compile(f.Run); err != nil {
		needs = append(needs, "a pattern that can be read: "+err.Error())
	}
	return needs
}

// changed returns the text of the fault's file with the fault in it. It fails
// where the file does not hold the place once, or is no Go file any more.
func (f *fault) changed(root string) (string, error) {
	source, err := os.ReadFile(filepath.Join(root, f.File))
	if err != nil {
		return "", err
	}
	if n := strings.Count(string(source), f.Was); n != 1 {
		return "", fmt.Errorf("%s holds the text of %s %d times, want once: %q", f.File, f.ID, n, f.Was)
	}
	text := strings.Replace(string(source), f.Was, f.Becomes, 1)
	if _, err := parser.ParseFile(token.NewFileSet(), f.File, text, parser.SkipObjectResolution); err != nil {
		return "", err
	}
	return text, nil
}

// chosen returns the faults whose names, or whose areas, are listed with commas
// between them; all for an empty list.
func chosen(faults []fault, list string) ([]fault, error) {
	if list == "" {
		return faults, nil
	}
	var some []fault
	wanted := strings.Split(list, ",")
	used := map[string]bool{}
	for _, f := range faults {
		if slices.Contains(wanted, f.ID) || slices.Contains(wanted, f.Area) {
			some = append(some, f)
			used[f.ID], used[f.Area] = true, true
		}
	}
	for _, name := range wanted {
		if !used[name] {
			return nil, fmt.Errorf("%q is neither a fault nor an area: seedfaults -list shows both", name)
		}
	}
	return some, nil
}

// packagesOf lists the packages of faults, each once, in order.
func packagesOf(faults []fault) (packages []string) {
	for _, f := range faults {
		for _, p := range f.Packages {
			if !slices.Contains(packages, p) {
				packages = append(packages, p)
			}
		}
	}
	return packages
}
