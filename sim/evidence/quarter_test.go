package evidence

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"
)

// withRows returns the shipped series with rows added to the end of files.
func withRows(t testing.TB, rows map[string][]string) fs.FS {
	t.Helper()
	files := fstest.MapFS{}
	paths, err := filepath.Glob(configs + "/observed/*.csv")
	if err != nil {
		t.Fatal(err)
	}
	for _, path := range paths {
		data, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		name := filepath.Base(path)
		for _, row := range rows[name] {
			data = append(data, strings.TrimSpace(row)+"\n"...)
		}
		files[name] = &fstest.MapFile{Data: data}
	}
	return files
}
