package evidence

import (
	"io/fs"
	"testing"
)

// withRows returns the shipped series to 2025 with rows added to the end of files.
func withRows(t testing.TB, rows map[string][]string) fs.FS {
	t.Helper()
	files := pinned(t)
	for name, added := range rows {
		for _, row := range added {
			files[name].Data = append(files[name].Data, row+"\n"...)
		}
	}
	return files
}
