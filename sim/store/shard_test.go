package store

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// split makes the shards of a run.
func split(t testing.TB, root string, n, of int) []string {
	t.Helper()
	var parts []string
	for i := 1; i <= of; i++ {
		m := meta(n)
		m.Shard = &Shard{i, of}
		dir := filepath.Join(root, fmt.Sprintf("part-%d", i))
		w, err := Create(dir, m, config, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for k := range m.Shard.Count(n) {
			r := m.Shard.Replication(k)
			if err := w.Append(r, 0, replicate(twoYears, len(regimes), r)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Commit(execution); err != nil {
			t.Fatal(err)
		}
		parts = append(parts, dir)
	}
	return parts
}

// TestMergedShardsAreTheWholeRun: byte for byte, for any number of shards and in
// whatever order they are named.
func TestMergedShardsAreTheWholeRun(t *testing.T) {
	for _, of := range []int{1, 2, 3, 7} {
		root := t.TempDir()
		whole, merged := filepath.Join(root, "whole"), filepath.Join(root, "merged")
		want := written(t, whole, 7)
		parts := split(t, root, 7, of)
		for i, j := 0, len(parts)-1; i < j; i, j = i+1, j-1 {
			parts[i], parts[j] = parts[j], parts[i]
		}
		got, err := Merge(merged, parts, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got.Manifest.OutputsDigest != want.Manifest.OutputsDigest || got.Manifest.Events != want.Manifest.Events || got.Manifest.Done != 7 {
			t.Errorf("%d shards: %+v, want %+v", of, got.Manifest, want.Manifest)
		}
		for _, name := range outputsOf(got) {
			if string(read(t, merged, name)) != string(read(t, whole, name)) {
				t.Errorf("%d shards: %s differs", of, name)
			}
		}
	}
}

// TestShardsThatDoNotFitAreNamed: all of them, and nothing is written.
func TestShardsThatDoNotFitAreNamed(t *testing.T) {
	root := t.TempDir()
	parts := split(t, root, 6, 3)
	foreign := func(change func(*Meta)) string {
		m := meta(6)
		m.Shard = &Shard{2, 3}
		change(&m)
		dir := filepath.Join(t.TempDir(), "foreign")
		w, err := Create(dir, m, config, Options{})
		if err != nil {
			t.Fatal(err)
		}
		for k := range 1 {
			if err := w.Append(m.Shard.Replication(k), 0, replicate(twoYears, len(regimes), k)); err != nil {
				t.Fatal(err)
			}
		}
		if _, err := w.Commit(execution); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	spoilt := filepath.Join(t.TempDir(), "spoilt")
	if err := os.CopyFS(spoilt, os.DirFS(parts[1])); err != nil {
		t.Fatal(err)
	}
	journal := read(t, spoilt, journalName)
	journal[len(journal)/2]++
	put(t, spoilt, journalName, string(journal))
	whole := filepath.Join(t.TempDir(), "whole")
	written(t, whole, 2)

	for name, c := range map[string]struct {
		parts []string
		want  []string
	}{
		"missing":       {[]string{parts[0], parts[2]}, []string{"shard 2/3 is missing"}},
		"twice":         {[]string{parts[0], parts[1], parts[1], parts[2]}, []string{"shard 2/3 is there twice"}},
		"foreign":       {[]string{parts[0], foreign(func(m *Meta) { m.Seed = 3 }), parts[2]}, []string{"another run", "seed"}},
		"unfinished":    {[]string{parts[0], foreign(func(*Meta) {}), parts[2]}, []string{"unfinished: 1 of 2 replications"}},
		"other number":  {[]string{parts[0], foreign(func(m *Meta) { m.Replications = 4 }), parts[2]}, []string{"is of a run of 4 replications", "of one of 6"}},
		"other program": {[]string{parts[0], foreign(func(m *Meta) { m.Executable = "c2bc" }), parts[2]}, []string{"another run", "sha256 c2bc), not 0.1.0", "sha256 b1ab)"}},
		"other cut":     {[]string{parts[0], foreign(func(m *Meta) { m.Shard = &Shard{2, 4} }), parts[2]}, []string{"split differently", "2/3 is missing"}},
		"damaged":       {[]string{parts[0], spoilt, parts[2]}, []string{"is not the file that the run wrote"}},
		"a result":      {[]string{parts[0], parts[1], parts[2], whole}, []string{"is not the folder of a shard"}},
		"two faults":    {[]string{parts[0], parts[0]}, []string{"1/3 is there twice", "2/3 is missing", "3/3 is missing"}},
	} {
		out := filepath.Join(root, "merged")
		_, err := Merge(out, c.parts, Options{})
		for _, want := range c.want {
			if err == nil || !strings.Contains(err.Error(), want) {
				t.Errorf("%s: %v, want an error that says %q", name, err, want)
			}
		}
		if _, err := os.Stat(out); err == nil {
			t.Errorf("%s: a result was written", name)
		}
	}
}

// TestAShardIsNotReplacedByTheMergedResult: not by its name, nor by another one
// of the same folder.
func TestAShardIsNotReplacedByTheMergedResult(t *testing.T) {
	root := t.TempDir()
	parts := split(t, root, 2, 2)
	link := filepath.Join(root, "link")
	if err := os.Symlink(parts[0], link); err != nil {
		t.Skip(err)
	}
	before := string(read(t, parts[0], manifestName))
	for _, out := range []string{parts[0], parts[0] + "/.", link} {
		if _, err := Merge(out, parts, Options{Force: true}); err == nil || !strings.Contains(err.Error(), "it is the shard "+parts[0]) {
			t.Errorf("%s: error %v", out, err)
		}
	}
	if _, err := Merge(parts[1], []string{parts[0], link, parts[1]}, Options{Force: true}); err == nil {
		t.Error("the second shard was replaced")
	}
	if string(read(t, parts[0], manifestName)) != before {
		t.Error("the shard is another one")
	}
}
