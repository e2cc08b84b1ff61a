package store

import (
	"bytes"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// sound is the manifest of a result and of a shard, as JSON.
func sound(t testing.TB) (result, part []byte) {
	m := Manifest{Format: format, Meta: meta(4), Base: regimes[0], Done: 3,
		Files: []File{{configName, 7, "ab"}}, Execution: execution}
	result = m.encode()
	m.Format, m.Shard, m.Done = shardFormat, &Shard{2, 3}, 1
	for text, want := range map[string]string{string(result): format, string(m.encode()): shardFormat} {
		if _, err := parseManifest([]byte(text), manifestName, want); err != nil {
			t.Fatal(err)
		}
	}
	return result, m.encode()
}

// A manifest that somebody has edited, or made up, is refused with the key and
// what was wanted, before anything is done with it.
func TestAManifestThatNoRunWroteIsRefused(t *testing.T) {
	result, part := sound(t)
	for _, c := range []struct{ from, to, want string }{
		{`"experiment": "core-protection"`, `"experiment": "../../x"`, `experiment is "../../x": want the name of an experiment`},
		{`"experiment": "core-protection"`, `"experiment": "/etc/x"`, "experiment is"},
		{`"experiment": "core-protection"`, `"experiment": ".."`, "experiment is"},
		{`"experiment": "core-protection"`, `"experiment": ""`, "experiment is"},
		{`"experiment": "core-protection"`, `"experiment": "C:\\x"`, "experiment is"},
		{`"experiment": "core-protection"`, `"experiment": "~/x"`, "experiment is"},
		{`"experiment": "core-protection"`, `"experiment": "a\nb"`, "experiment is"},
		{`"experiment": "core-protection"`, `"experiment": "a\u0000b"`, "holds the character U+0000"},
		{`"experiment": "core-protection"`, `"experiment": "` + strings.Repeat("a", 101) + `"`, "experiment is"},
		{`"version": "0.1.0"`, `"version": "\u001b[2J"`, "holds the character U+001B"},
		{`"a.csv"`, `"a\u202e.csv"`, "holds the character U+202E"},
		{`"uk-core-protection"`, `"../x"`, `regimes[1] is "../x": want the name of a regime`},
		{`"uk-core-protection"`, `"uk-2025"`, "each regime once"},
		{`"base": "uk-2025"`, `"base": "uk-core-protection"`, "base is"},
		{`"months": 24`, `"months": 25`, "months is 25: want those of whole years from 2025-12-31, and 601 at most"},
		{`"months": 24`, `"months": 4294967296`, "months is 4294967296: want those of whole years"},
		{`"replications_asked": 4`, `"replications_asked": -4`, "replications_asked is -4"},
		{`"replications_done": `, `"replications_done": 9`, "replications_done is 9"},
		{`"replications_asked": 4`, `"replications_asked": 1e999`, "cannot unmarshal"},
		{`"inner_replications": 1`, `"inner_replications": -1`, "inner_replications is -1"},
		{`"inner_replications": 1`, `"inner_replications": 0`, "inner_replications is 0: want a whole number from 1"},
		{`"opening": "2025-12-31"`, `"opening": "9999-12-31"`, "opening is 9999-12-31: want a date from 1900-01-01 to 2199-12-31"},
		{`"opening": "2025-12-31"`, `"opening": "0000-01-01"`, "opening is 0000-01-01"},
		{`"redraws": 0`, `"redraws": -1`, "redraws is -1: want 0 or more"},
		{`"events": 0`, `"events": -2`, "events is -2: want 0 or more"},
		{`"workers": 2`, `"workers": -2`, "execution.workers is -2"},
		{`"wall_seconds": 1.5`, `"wall_seconds": -1.5`, "execution.wall_seconds is -1.5"},
		{`"cpu_seconds": 2.5`, `"cpu_seconds": -2.5`, "execution.cpu_seconds is -2.5"},
		{`"peak_memory_bytes": 1048576`, `"peak_memory_bytes": -1`, "execution.peak_memory_bytes is -1"},
		{`"cpus": 2`, `"cpus": -2`, "execution.host.cpus is -2"},
		{`"draws": ""`, `"draws": "sobol"`, "randomisations is 0"},
		{`"fraction": "1"`, `"fraction": "4/3"`, "fraction"},
		{`"name": "config.resolved.yaml"`, `"name": "../x"`, `files[0] is "../x"`},
		{`"bytes": 7`, `"bytes": -7`, "of -7 bytes"},
	} {
		for want, data := range map[string][]byte{format: result, shardFormat: part} {
			if !bytes.Contains(data, []byte(c.from)) {
				t.Fatalf("%s is not in the manifest", c.from)
			}
			_, err := parseManifest(bytes.Replace(data, []byte(c.from), []byte(c.to), 1), manifestName, want)
			if err == nil || !strings.Contains(err.Error(), c.want) || !strings.HasPrefix(err.Error(), manifestName) {
				t.Errorf("%s: error %v, want one that says %s", c.to, err, c.want)
			}
		}
	}
	for from, to := range map[string]string{
		`"of": 3`: `"of": 0`, `"index": 2`: `"index": -2`, `"shard": {`: `"shard": null, "other": {`, shardFormat: format,
	} {
		data := bytes.Replace(part, []byte(from), []byte(to), 1)
		want := shardFormat
		if to == format {
			want = format
		}
		if _, err := parseManifest(data, manifestName, want); err == nil || !strings.Contains(err.Error(), "shard") {
			t.Errorf("%s: error %v", to, err)
		}
	}
}

// A manifest that could be that of a run, and is not that of this one, is refused
// all the same, of a result and of a shard.
func TestAManifestThatIsEditedIsRefused(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	written(t, dir, 2)
	part := split(t, t.TempDir(), 2, 1)[0]
	for _, c := range []struct{ from, to string }{
		{`"seed": 9223372036854775809`, `"seed": 2`}, {`"draws": ""`, `"draws": "central"`}, {`"inner_replications": 1`, `"inner_replications": 2`},
		{`"fraction": "1"`, `"fraction": "1/10"`}, {`"warnings": null`, `"warnings": ["all is well"]`}, {`"version": "0.1.0"`, `"version": "0.2.0"`},
		{`"opening": "2025-12-31"`, `"opening": "2024-12-31"`}, {`"redraws": 0`, `"redraws": 1`}, {`"wall_seconds": 1.5`, `"wall_seconds": 2.5`},
		{`"executable_sha256": "b1ab"`, `"executable_sha256": "c2bc"`}, {`"manifest_digest": "`, `"manifest_digest": "0`}, {`"manifest_digest": `, `"other": `},
	} {
		for folder, open := range map[string]func(string) error{
			dir:  func(dir string) error { _, err := Open(dir); return err },
			part: func(dir string) error { _, err := openShard(dir); return err },
		} {
			before := string(read(t, folder, manifestName))
			if strings.Count(before, c.from) != 1 {
				t.Fatalf("%s is there %d times", c.from, strings.Count(before, c.from))
			}
			put(t, folder, manifestName, strings.Replace(before, c.from, c.to, 1))
			if err := open(folder); err == nil || !strings.HasPrefix(err.Error(), filepath.Join(folder, manifestName)+" is not what the run wrote") {
				t.Errorf("%s: error %v", c.to, err)
			}
			put(t, folder, manifestName, before)
		}
	}
}

// A flipped bit of a manifest is noticed, or changes nothing that it says.
func TestAFlippedBitOfAManifestSaysNothingElse(t *testing.T) {
	dir := t.TempDir()
	data, _ := sound(t)
	put(t, dir, manifestName, string(data))
	want, err := ReadManifest(filepath.Join(dir, manifestName))
	if err != nil {
		t.Fatal(err)
	}
	noticed := 0
	for i := range data {
		flipped := bytes.Clone(data)
		flipped[i] ^= 1 << (i % 8)
		put(t, dir, manifestName, string(flipped))
		got, err := ReadManifest(filepath.Join(dir, manifestName))
		if err != nil {
			noticed++
		} else if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("byte %d: %s", i, diff)
		}
	}
	if noticed < len(data)/2 {
		t.Errorf("%d of %d flipped bits are noticed", noticed, len(data))
	}
}

// Variants that no experiment makes would lead the tables astray.
func TestVariantsThatNoExperimentMakesAreRefused(t *testing.T) {
	point := func(regime, axis string, value string) string {
		return `{"regime":"` + regime + `","of":"pack","part":"sweeps[0]","axis":"` + axis + `","value":` + value + `}`
	}
	group := func(regime, axis, value string) string {
		return strings.Replace(point(regime, axis, value), "sweeps[0]", "decompose", 1)
	}
	run := []string{"uk-2025", "pack", "pack[a]", "pack[b]"}
	for variants, want := range map[string]string{
		point("pack[a]", "p", "1") + "," + point("pack[b]", "p", "2"):                                    "",
		point("pack[a]", "p", "1e300") + "," + point("pack[b]", "p", "2"):                                "a value from -1e+21 to 1e+21",
		point("uk-2025", "p", "1"):                                                                       "another regime than the base",
		point("elsewhere", "p", "1"):                                                                     "a regime of the run",
		point("pack[a]", "p", "1") + "," + point("pack[a]", "p", "2"):                                    "each point of a sweep once",
		point("pack[a]", "p", "1") + "," + point("pack[b]", "p", "1") + "," + point("pack[a]", "q", "1"): "each point of a sweep once",
		point("pack[a]", "p", "1") + "," + point("pack[a]", "q", "1") + "," + point("pack[b]", "p", "1"): "has the axes",
		group("uk-2025", "a", "0") + "," + group("pack", "a", "1"):                                       "",
		group("uk-2025", "a", "0") + "," + group("pack", "a", "2"):                                       "with 1 or without 0",
		group("uk-2025", "a", "0") + "," + group("pack", "a", "0"):                                       "one for each",
		group("pack", "a", "1"):                                                                          "one for each",
		group("pack", "a", "1") + "," + group("pack", "b", "1") + "," + group("pack", "c", "1") + "," + group("pack", "d", "1") + "," + group("pack", "e", "1") + "," + group("pack", "f", "1"): "up to 5 groups",
	} {
		m := Manifest{}
		if err := json.Unmarshal([]byte(`{"variants":[`+variants+`]}`), &m); err != nil {
			t.Fatal(err)
		}
		if err := checkVariants(m.Variants, run); (err == nil) != (want == "") || err != nil && !strings.Contains(err.Error(), want) {
			t.Errorf("%s: error %v, want %q", variants, err, want)
		}
	}
}

func FuzzManifest(f *testing.F) {
	result, part := sound(f)
	f.Add(result)
	f.Add(part)
	for _, text := range hostile {
		f.Add([]byte(text))
		f.Add(bytes.Replace(part, []byte(`"of": 3`), []byte(`"of": `+text), 1))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, as := range []string{format, shardFormat} {
			var m *Manifest
			var err error
			bounded(t, len(data), func() { m, err = parseManifest(data, manifestName, as) })
			if err != nil {
				if !strings.HasPrefix(err.Error(), manifestName+" is not a result manifest") {
					t.Fatalf("the error does not say what is wrong: %v", err)
				}
				continue
			}
			again, err := parseManifest(m.encode(), manifestName, as)
			if err != nil {
				t.Fatalf("written it is not read back: %v", err)
			}
			if diff := cmp.Diff(m, again); diff != "" {
				t.Fatalf("read back differently:\n%s", diff)
			}
			m.design().Units(m.Done)
			m.Shard.Count(m.Replications)
			fitting([]*shard{{dir: "a", manifest: shardOf(*m)}, {dir: "b", manifest: shardOf(*m)}})
		}
	})
}

// shardOf is a manifest as that of a shard.
func shardOf(m Manifest) *Manifest {
	if m.Shard == nil {
		m.Shard = &Shard{1, 1}
	}
	return &m
}

// FuzzUnfinishedRun reads what a killed run left beside its journal.
func FuzzUnfinishedRun(f *testing.F) {
	data, err := json.Marshal(meta(4))
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	for _, text := range hostile {
		f.Add([]byte(text))
		f.Add(bytes.Replace(data, []byte(`"shard":null`), []byte(`"shard":{"index":1,"of":`+text+`}`), 1))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var m *unfinished
		var err error
		bounded(t, len(data), func() { m, err = parseRun(data) })
		if err != nil {
			return
		}
		for _, d := range m.Differences(meta(4)) {
			if line := d.String(); strings.ContainsAny(line, "\x00\x1b\r") {
				t.Fatalf("a difference is not to be printed: %q", line)
			}
		}
	})
}

// FuzzShards reads a whole folder of a shard whose manifest or journal is not
// what a run wrote: it is refused, or merged like any other.
func FuzzShards(f *testing.F) {
	part := split(f, f.TempDir(), 2, 1)[0]
	manifest, journal := read(f, part, manifestName), read(f, part, journalName)
	f.Add(manifest, journal)
	f.Add(bytes.Replace(manifest, []byte(`"months": 24`), []byte(`"months": 36`), 1), journal)
	f.Add(bytes.Replace(manifest, []byte(`"replications_done": 2`), []byte(`"replications_done": 1`), 1), journal)
	f.Add(manifest, journal[:len(journal)-1])
	f.Add(manifest, append(bytes.Clone(journal), journal[headerBytes:]...))
	dir := f.TempDir()
	f.Fuzz(func(t *testing.T, manifest, journal []byte) {
		m, err := parseManifest(manifest, manifestName, shardFormat)
		if err != nil {
			return
		}
		// The digest does not keep out whoever made both files.
		put(t, dir, configName, string(config))
		put(t, dir, journalName, string(journal))
		if m.Files, m.OutputsDigest, err = digest(dir, shardNames); err != nil {
			t.Fatal(err)
		}
		put(t, dir, manifestName, string(m.encode()))
		out := filepath.Join(dir, "merged")
		if _, err := Merge(out, []string{dir}, Options{Force: true}); err == nil {
			if _, err := Open(out); err != nil {
				t.Fatalf("what was merged cannot be read: %v", err)
			}
		}
	})
}
