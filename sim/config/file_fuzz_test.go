package config

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"asylumsim/configs"
	"asylumsim/sim/policy"
)

// apart is what two readings of the same content differ in: lines.
var apart = cmp.Options{cmpopts.IgnoreTypes(policy.Position{}, policy.Places{}), cmpopts.EquateEmpty()}

// FuzzFile reads a file of any kind among those of a data set, as asylumsim
// validate does: what is wrong has a place and a text, and the rest is sound.
func FuzzFile(f *testing.F) {
	sound := []string{fixtureNationalities, fixtureBase, fixtureRegime, fixtureExperiment,
		"- parameters: [hotel_price, permit_length]\n  correlation: 0.5\n  why: A test.\n"}
	for _, pattern := range []string{"testdata/bad/regime-*.yaml", "testdata/bad/experiment-*.yaml", "testdata/bad/nation*.yaml"} {
		files, err := filepath.Glob(pattern)
		if err != nil || len(files) == 0 {
			f.Fatal(pattern, err)
		}
		for _, file := range files {
			data, err := os.ReadFile(file)
			if err != nil {
				f.Fatal(err)
			}
			f.Add(data)
		}
	}
	for _, name := range []string{"nationalities.yaml", "correlations.yaml", "regimes/uk-core-protection.yaml", "experiments/core-protection.yaml"} {
		data, err := configs.Files.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		sound = append(sound, string(data))
	}
	addHostile(f, sound...)
	r := fixtureReading(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		bounded(t, len(data), func() {
			if _, err := r.validateText(data); err != nil {
				told(t, err)
			}
		})
	})
}

// FuzzExperimentFile reads an experiment, which is then written and read again
// as the same; its name is that of a folder below the one for results.
func FuzzExperimentFile(f *testing.F) {
	extended := fixtureExperiment + `years: 3
replications: 40
seed: 18446744073709551615
fraction: 1/10
draws: sobol
inner_replications: 2
randomisations: 10
sweeps:
  - regime: uk-core-protection
    grid:
      - {parameter: permit_length, values: [12, 24], label: months}
      - {parameter: uasc_share.small_boat@2027-01-01, from: 0.1, to: 0.3, step: 0.1}
  - regime: uk-2025
    list:
      - {parameters: {hotel_price: 1, permit_length: 0.5}, values: [50, 60]}
`
	addHostile(f, fixtureExperiment, extended)
	r := fixtureReading(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		e, found := readExperiment(data, "fuzz.yaml", Options{})
		if _, problems := r.checkWhole(e, found, ""); len(problems) > 0 {
			told(t, problems.Err())
			return
		}
		if dir := filepath.Join("results", e.Name); filepath.Dir(dir) != "results" || filepath.Base(dir) != e.Name || len(e.Name) > policy.MostSlug {
			t.Fatalf("results go to %q", dir)
		}
		for _, name := range (&Bundle{Library: r.library}).names(e) {
			if !policy.IsRegimeName(name) {
				t.Fatalf("a regime is called %q", name)
			}
		}
		text, err := encodeTree(e.file())
		if err != nil {
			t.Fatal(err)
		}
		again, found := readExperiment(text, "again.yaml", Options{})
		if _, problems := r.checkWhole(again, found, ""); len(problems) > 0 {
			t.Fatalf("written text is not read back: %v\n%s", problems, text)
		}
		if diff := cmp.Diff(e.Experiment, again.Experiment, apart); diff != "" {
			t.Fatalf("read back differently:\n%s", diff)
		}
	})
}

// names are those of all regimes of an experiment.
func (b *Bundle) names(e *draft) []string {
	x, _ := e.expand(b.Library)
	return x.regimes
}

// FuzzRegimeFile reads a regime, which is then written and read again as the
// same.
func FuzzRegimeFile(f *testing.F) {
	shipped, err := configs.Files.ReadFile("regimes/uk-core-protection.yaml")
	if err != nil {
		f.Fatal(err)
	}
	addHostile(f, fixtureRegime, string(shipped), strings.Replace(fixtureRegime, "value: 30", "value: {a: 1}", 1))
	r := fixtureReading(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		var first, second policy.Overlay
		problems := decodeInto(data, "fuzz.yaml", &first)
		if len(problems) == 0 {
			problems = first.Validate(r.library.Parameters, r.library.Groups)
		}
		if len(problems) > 0 {
			told(t, problems.Err())
			return
		}
		text, err := encodeTree(first)
		if err != nil {
			t.Fatal(err)
		}
		if problems := decodeInto(text, "again.yaml", &second); len(problems) > 0 {
			t.Fatalf("written text is not read back: %v\n%s", problems, text)
		}
		if diff := cmp.Diff(first, second, apart); diff != "" {
			t.Fatalf("read back differently:\n%s", diff)
		}
	})
}

// FuzzResolvedFile reads config.resolved.yaml as rerun, plot and compare do: it is
// refused, or written as the same bundle with the same digest.
func FuzzResolvedFile(f *testing.F) {
	b, err := load(fixture(), Options{Experiment: "core-protection", Set: []string{"uk-2025.hotel_price=99.5"}})
	if err != nil {
		f.Fatal(err)
	}
	text := b.Resolved()
	f.Add(text)
	for _, line := range bytes.SplitAfter(text, []byte("\n"))[:60] { // each key of the experiment in turn
		if key, _, ok := bytes.Cut(line, []byte(": ")); ok {
			for _, value := range []string{"../x", "-1", "1e999", "null", "[]", "{}", "18446744073709551616", "\"a\\0b\"", "*a"} {
				f.Add(bytes.Replace(text, line, slices.Concat(key, []byte(": "+value+"\n")), 1))
			}
		}
	}
	for _, text := range hostile {
		f.Add([]byte(text))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var b *Bundle
		var err error
		bounded(t, len(data), func() { b, err = LoadResolved(data) })
		if err != nil {
			told(t, err)
			return
		}
		again, err := LoadResolved(b.Resolved())
		if err != nil {
			t.Fatalf("written it is not read back: %v", err)
		}
		if b.Digest() != again.Digest() || !bytes.Equal(b.Resolved(), again.Resolved()) {
			t.Fatal("read back differently")
		}
	})
}

// FuzzSettings applies settings of the command line to an experiment.
func FuzzSettings(f *testing.F) {
	for _, text := range []string{"uk-2025.hotel_price=1", "uk-core-protection.permit_length@2027-01-01=24", "uk-2025.uasc_share.small_boat=0.5", "../x.hotel_price=1", "uk-2025.hotel_price=1e999",
		"uk-2025.hotel_price=NaN", "uk-2025.hotel_price=-1/4", "uk-2025.hotel_price@9999-12-31=1", "uk-2025.permit_length=18446744073709551616", "\x1b[2J.a=1", "..=", "a.b.c.d=1", "\xff.\x00=1"} {
		f.Add(text, "uk-2025.hotel_price=2")
	}
	r := fixtureReading(f)
	data, file, shipped, err := r.files.findExperiment("core-protection")
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, one, two string) {
		settings, problems := parseSettings([]string{one, two})
		if len(problems) == 0 {
			e, found := readExperiment(data, file, Options{})
			found = r.checkExperiment(e, found, shipped)
			_, problems = assemble(r, e, settings, []string{one, two}, len(found) == 0)
		}
		if err := problems.Err(); err != nil {
			told(t, err)
		}
	})
}
