package config

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// quoted are names with underscores between back-quotes: parameters, outputs,
// columns and keys.
var quoted = regexp.MustCompile("`([a-z][a-z0-9]*(?:_[a-z0-9]+)+)`")

// TestDocumentsNameWhatThereIs: each name that a document quotes is one of a
// parameter, an output, a column or a key somewhere in the sources, the
// configuration or the record.
func TestDocumentsNameWhatThereIs(t *testing.T) {
	const root = "../.."
	var all bytes.Buffer
	for _, folder := range []string{"cmd", "sim", "configs", "results/reference"} {
		err := filepath.WalkDir(filepath.Join(root, folder), func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || strings.HasSuffix(path, "_test.go") {
				return err
			}
			switch filepath.Ext(path) {
			case ".go", ".yaml", ".csv":
				data, err := os.ReadFile(path)
				all.Write(data)
				return err
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	known := map[string]bool{}
	for _, word := range regexp.MustCompile(`[a-z][a-z0-9]*(?:_[a-z0-9]+)+`).FindAllString(all.String(), -1) {
		known[word] = true
	}
	documents, err := filepath.Glob(filepath.Join(root, "docs", "*.md"))
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, path := range append(documents, filepath.Join(root, "README.md")) {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		for _, name := range quoted.FindAllStringSubmatch(string(data), -1) {
			seen++
			if !known[name[1]] {
				t.Errorf("%s names %s, which nothing is called", filepath.Base(path), name[1])
			}
		}
	}
	if seen < 100 {
		t.Errorf("only %d names were looked for", seen)
	}
}
