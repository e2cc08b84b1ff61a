package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestAResultFromAnybodyLeadsNowhere edits the manifest of a result and of a
// shard, with names that lead out of a folder, and gives them to every command
// that reads one: each refuses it and writes nothing.
func TestAResultFromAnybodyLeadsNowhere(t *testing.T) {
	root := t.TempDir()
	t.Chdir(root)
	scratch := filepath.Join(root, "scratch", "below")
	if err := os.MkdirAll(scratch, 0o755); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TMPDIR", scratch) // where rerun makes its folder
	for _, args := range [][]string{
		{"run", "core-protection", "--years", "1", "-n", "1", "--out", "whole"},
		{"run", "core-protection", "--years", "1", "-n", "2", "--shard", "1/2", "--out", "part"},
	} {
		if status, said := executed(args...); status != statusDone {
			t.Fatalf("%v: %s", args, said)
		}
	}
	before := walked(t, root)
	for _, name := range []string{"../x", "../../x", "/etc/x", "a/b", "..", ".", "", "a\x00b", `C:\x`, "~/x", strings.Repeat("a", 300), "a\nb", "\x1b[2J"} {
		quoted, err := json.Marshal(name)
		if err != nil {
			t.Fatal(err)
		}
		for _, change := range []struct{ folder, from, to string }{
			{"whole", `"experiment": "core-protection"`, `"experiment": ` + string(quoted)},
			{"whole", `"uk-core-protection"`, string(quoted)},
			{"whole", `"base": "uk-2025"`, `"base": ` + string(quoted)},
			{"whole", `"name": "summary.csv"`, `"name": ` + string(quoted)},
			{"part", `"experiment": "core-protection"`, `"experiment": ` + string(quoted)},
			{"part", `"uk-core-protection"`, string(quoted)},
		} {
			manifest := filepath.Join(change.folder, "manifest.json")
			sound, err := os.ReadFile(manifest)
			if err != nil {
				t.Fatal(err)
			}
			if !bytes.Contains(sound, []byte(change.from)) {
				t.Fatalf("%s is not in the manifest", change.from)
			}
			if err := os.WriteFile(manifest, bytes.Replace(sound, []byte(change.from), []byte(change.to), 1), 0o644); err != nil {
				t.Fatal(err)
			}
			commands := [][]string{{"rerun", "whole"}, {"rerun", "whole/manifest.json", "--out", "again"}, {"plot", "whole"}, {"compare", "whole"}, {"compare", "whole", "--nominal"}}
			if change.folder == "part" {
				commands = [][]string{{"merge", "merged", "part"}}
			}
			for _, args := range commands {
				status, said := executed(args...)
				if status != statusUsage || !strings.Contains(said, "manifest.json") {
					t.Errorf("%s: %v ends with %d and says\n%.500s", change.to, args, status, said)
				}
				if strings.ContainsAny(said, "\x00\x1b\r") {
					t.Errorf("%s: %v says what a terminal obeys: %q", change.to, args, said)
				}
			}
			if err := os.WriteFile(manifest, sound, 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	if after := walked(t, root); !slices.Equal(before, after) {
		t.Errorf("before there were\n%s\nafter there are\n%s", strings.Join(before, "\n"), strings.Join(after, "\n"))
	}
}

// executed runs the program and returns its status and all that it says.
func executed(args ...string) (int, string) {
	var out bytes.Buffer
	status := run(context.Background(), args, &out, &out)
	return status, out.String()
}

// walked lists all files and folders.
func walked(t *testing.T, root string) (paths []string) {
	t.Helper()
	err := filepath.WalkDir(root, func(path string, _ fs.DirEntry, err error) error {
		paths = append(paths, path)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return paths
}
