package main

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"asylumsim/sim/store"
)

// signed is a manifest with its own digest, so that nothing but what it says is wrong.
func signed(t *testing.T, m store.Manifest) []byte {
	t.Helper()
	encoded := func() []byte {
		text, err := json.Marshal(&m)
		if err != nil {
			t.Fatal(err)
		}
		return text
	}
	m.Digest = ""
	m.Digest = fmt.Sprintf("%x", sha256.Sum256(encoded()))
	return encoded()
}

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
			var changed store.Manifest
			if err := json.Unmarshal(bytes.Replace(sound, []byte(change.from), []byte(change.to), 1), &changed); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(manifest, signed(t, changed), 0o644); err != nil {
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

// TestTablesFromAnybodyAreNamedWhereTheyAreWrong edits tables of a result and
// renews their digests, so that nothing but the numbers tells: plot and compare
// say where they are, and draw or print nothing of them.
func TestTablesFromAnybodyAreNamedWhereTheyAreWrong(t *testing.T) {
	t.Chdir(t.TempDir())
	if status, said := executed("run", "core-protection", "--years", "1", "-n", "2", "--out", "r"); status != statusDone {
		t.Fatal(said)
	}
	// The last cells of a row are replaced by others.
	ending := func(row *string, cells ...string) {
		kept := strings.Split(*row, ",")
		*row = strings.Join(append(kept[:len(kept)-len(cells)], cells...), ",")
	}
	for _, c := range []struct {
		table, rows string
		change      func(row *string)
		want        string
	}{
		{"summary.csv", "uk-2025,hotel_people,", func(row *string) { ending(row, "1e308") }, `: q95 is "1e308", want a number from`},
		{"summary.csv", "uk-2025,hotel_people,", func(row *string) { ending(row, "-1e308", "1", "2", "3", "4") }, `: q05 is "-1e308", want a number from`},
		{"summary.csv", "uk-core-protection,hotel_people,", func(row *string) { *row = "" }, "has 0 rows of hotel_people in uk-core-protection: want one for each of the 12 months"},
		{"differences.csv", "uk-core-protection,uk-2025,hotel_people,", func(row *string) { ending(row, "-1e308", "1e308", "0.5", "1") }, `: q50 is "-1e308", want a number from`},
		{"differences.csv", "uk-core-protection,uk-2025,hotel_people,", func(row *string) { ending(row, "1e300") }, `: variance_ratio is "1e300", want a number from`},
	} {
		sound := edited(t, "r", c.table, c.rows, c.change)
		if status, said := executed("plot", "r"); status != statusUsage || !strings.Contains(said, c.table) || !strings.Contains(said, c.want) {
			t.Errorf("plot ends with %d and says\n%.500s\nwant %s", status, said, c.want)
		}
		// A comparison shows nothing of the months.
		if status, said := executed("compare", "r"); strings.Contains(c.want, "want a number") && (status != statusUsage || !strings.Contains(said, c.want)) {
			t.Errorf("compare ends with %d and says\n%.500s\nwant %s", status, said, c.want)
		}
		sound()
	}
	if status, said := executed("plot", "r", "--outputs", "hotel_people"); status != statusDone {
		t.Errorf("after all that plot says %s", said)
	}
}

// edited changes the rows of a table that begin with a text, and its length and
// digest in the manifest. What it returns puts both files back.
func edited(t *testing.T, dir, table, begin string, change func(row *string)) (restore func()) {
	t.Helper()
	files := map[string][]byte{}
	for _, name := range []string{table, "manifest.json"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		files[name] = data
	}
	write := func(name string, data []byte) {
		if err := os.WriteFile(filepath.Join(dir, name), data, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	rows := strings.Split(string(files[table]), "\n")
	for i := range rows {
		if strings.HasPrefix(rows[i], begin) {
			change(&rows[i])
		}
	}
	data := []byte(strings.Join(rows, "\n"))
	var manifest store.Manifest
	if err := json.Unmarshal(files["manifest.json"], &manifest); err != nil {
		t.Fatal(err)
	}
	for i := range manifest.Files {
		if f := &manifest.Files[i]; f.Name == table {
			f.Bytes, f.SHA256 = int64(len(data)), fmt.Sprintf("%x", sha256.Sum256(data))
		}
	}
	renewed := signed(t, manifest)
	write(table, data)
	write("manifest.json", renewed)
	return func() {
		for name, data := range files {
			write(name, data)
		}
	}
}

// TestAShardIsNotMergedIntoItself: wrong usage, and the shard stays.
func TestAShardIsNotMergedIntoItself(t *testing.T) {
	t.Chdir(t.TempDir())
	for _, i := range []string{"1", "2"} {
		if status, said := executed("run", "core-protection", "--years", "1", "-n", "2", "--shard", i+"/2", "--out", "s"+i); status != statusDone {
			t.Fatal(said)
		}
	}
	if status, said := executed("merge", "s1", "s1", "s2", "--force"); status != statusUsage || !strings.Contains(said, "cannot put the merged result at s1: it is the shard s1") {
		t.Errorf("it ends with %d and says\n%s", status, said)
	}
	if status, said := executed("merge", "merged", "s1", "s2"); status != statusDone {
		t.Errorf("after that the shards are merged with %d:\n%s", status, said)
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
