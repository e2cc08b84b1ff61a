package store

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// varied makes the result of a run with a sweep over two axes and a
// decomposition.
func varied(t testing.TB, dir string) *Result {
	m := meta(2)
	m.Regimes = []string{"uk-2025", "pack", "pack[a]", "pack[b]"}
	for _, p := range []float64{1, 2} {
		for _, q := range []float64{1, 2} {
			name := fmt.Sprintf("pack[p=%v,q=%v]", p, q)
			m.Regimes = append(m.Regimes, name)
			m.Variants = append(m.Variants, policy.Variant{Regime: name, Of: "pack", Part: "sweeps[0]", Axis: "p", Value: p},
				policy.Variant{Regime: name, Of: "pack", Part: "sweeps[0]", Axis: "q", Value: q})
		}
	}
	for subset, regime := range []string{"uk-2025", "pack[a]", "pack[b]", "pack"} {
		for g, name := range []string{"a", "b"} {
			m.Variants = append(m.Variants, policy.Variant{Regime: regime, Of: "pack", Part: policy.Decomposed, Axis: name, Value: float64(subset >> g & 1)})
		}
	}
	w, err := Create(dir, m, config, Options{})
	if err != nil {
		t.Fatal(err)
	}
	for r := range 2 {
		if err := w.Append(r, 0, replicate(twoYears, len(m.Regimes), r)); err != nil {
			t.Fatal(err)
		}
	}
	result, err := w.Commit(execution)
	if err != nil {
		t.Fatal(err)
	}
	return result
}

// shorter keeps of a table what a comparison over the whole run shows of some
// outputs, and a few lines of tables that it does not read.
func shorter(text string, outputs []measure.Output) string {
	kept := ""
	for i, line := range strings.SplitAfter(text, "\n") {
		shown := slices.ContainsFunc(outputs, func(o measure.Output) bool { return strings.Contains(line, ","+o.String()+",") })
		if i < 30 || shown && strings.Contains(line, compare.Horizon) {
			kept += line
		}
	}
	return kept
}

// signAnew puts the digests of the files as they are into a manifest; nil where
// it is none.
func signAnew(t testing.TB, dir string, files []string) *Manifest {
	m, err := parseManifest(read(t, dir, manifestName), manifestName, format)
	if err != nil {
		return nil
	}
	if m.Files, m.OutputsDigest, err = digest(dir, files); err != nil {
		t.Fatal(err)
	}
	put(t, dir, manifestName, string(m.encode()))
	return m
}

// FuzzComparison puts another file in the place of one of a result, with its
// digest in the manifest, and compares the regimes: that ends with an error or
// with tables that can be printed.
func FuzzComparison(f *testing.F) {
	dir := filepath.Join(f.TempDir(), "r")
	result := varied(f, dir)
	outputs := outputsOf(result)
	files := append(outputs, manifestName)
	before := map[string][]byte{}
	for _, name := range outputs {
		if strings.HasSuffix(name, ".csv") && name != quartersTable.name { // whose rows are all looked for
			put(f, dir, name, shorter(string(read(f, dir, name)), result.Outputs()))
		}
	}
	signAnew(f, dir, outputs)
	if r, err := Open(dir); err != nil {
		f.Fatal(err)
	} else if _, err := r.Compare(r.Outputs(), compare.Horizon); err != nil {
		f.Fatal(err)
	}
	for i, name := range files {
		before[name] = read(f, dir, name)
		if name == replicationsName {
			continue
		}
		f.Add(byte(i), before[name])
		lines := bytes.SplitAfter(before[name], []byte("\n"))
		f.Add(byte(i), bytes.Join(lines[:len(lines)/2], nil)) // rows are missing
		f.Add(byte(i), append(bytes.Clone(before[name]), bytes.Join(lines[1:], nil)...))
		for _, change := range []string{"horizon", "pack", "uk-2025", "2026", ",1,", ",0,"} {
			f.Add(byte(i), bytes.ReplaceAll(before[name], []byte(change), []byte("2025-26")))
			f.Add(byte(i), bytes.ReplaceAll(before[name], []byte(change), []byte(",-1e308,")))
		}
	}
	f.Fuzz(func(t *testing.T, which byte, data []byte) {
		name := files[int(which)%len(files)]
		put(t, dir, name, string(data))
		defer put(t, dir, name, string(before[name]))
		m := signAnew(t, dir, outputs)
		if m == nil {
			return
		}
		defer put(t, dir, manifestName, string(before[manifestName]))
		r, err := Open(dir)
		if err != nil {
			return
		}
		for _, chosen := range [][]measure.Output{r.Outputs(), {measure.HotelPeople}} {
			c, err := r.Compare(chosen, compare.Horizon)
			if err != nil {
				continue
			}
			c.Warnings = m.Warnings
			for _, format := range []string{"table", "csv", "json"} {
				var text bytes.Buffer
				if err := c.Write(&text, format); err == nil && strings.ContainsAny(text.String(), "\x00\x1b\r") {
					t.Fatalf("%s holds what is not to be printed", format)
				}
			}
			if err := c.SortBy(chosen[0]); err != nil {
				t.Fatal(err)
			}
			_ = c.WriteText(io.Discard)
		}
	})
}
