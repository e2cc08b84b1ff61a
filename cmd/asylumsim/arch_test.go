package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"flag"
	"math"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"

	"asylumsim/sim/store"
)

var arm64 = flag.Bool("arm64", false, "compare with the program built for arm64, which qemu-aarch64 runs")

// emulator runs a program of another architecture. The tests fail without it:
// a comparison that was asked for and not made must not look like one.
func emulator(t *testing.T) string {
	t.Helper()
	if !*arm64 {
		t.Skip("needs an emulator: make arm64")
	}
	path, err := exec.LookPath("qemu-aarch64")
	if err != nil {
		t.Fatalf("%v: install the package qemu-user (apt-get install qemu-user)", err)
	}
	return path
}

// builtForArm64 builds the program for arm64 as make build does it.
func builtForArm64(t *testing.T, flags ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "asylumsim")
	build := exec.Command("go", slices.Concat([]string{"build", "-trimpath", "-o", path}, flags, []string{"."})...)
	build.Env = append(os.Environ(), "CGO_ENABLED=0", "GOOS=linux", "GOARCH=arm64")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	return path
}

// TestAnotherArchitectureGivesTheSameRows runs the same experiments on this
// processor and on arm64: every number of every replication is the same, and
// with it all that is made of them. Together they use the shipped bundles and
// single levers, and every way to draw the parameters.
func TestAnotherArchitectureGivesTheSameRows(t *testing.T) {
	qemu := emulator(t)
	other := builtForArm64(t)
	for _, args := range [][]string{
		{"all-regimes", "--years", "2", "-n", "3", "--fraction", "1/20"},
		{"levers", "--years", "2", "-n", "4", "--inner", "2", "--fraction", "1/100"},
		{"danish-model", "--years", "2", "-n", "2", "--fraction", "1/100"},
		{"core-protection", "--years", "2", "-n", "20", "--draws", "sobol", "--fraction", "1/20"},
		{"core-protection", "--years", "2", "-n", "20", "--draws", "latin_hypercube", "--fraction", "1/20"},
		{"core-protection", "--years", "2", "-n", "1", "--draws", "central"},
	} {
		t.Run(strings.Join(args, " "), func(t *testing.T) {
			root := t.TempDir()
			here, there := filepath.Join(root, "here"), filepath.Join(root, "there")
			args = append([]string{"run"}, args...)
			for _, c := range []*exec.Cmd{
				exec.Command("asylumsim", append(args, "--out", here)...),
				exec.Command(qemu, append([]string{other}, append(args, "--out", there)...)...),
			} {
				if out, err := c.CombinedOutput(); err != nil {
					t.Fatalf("%s: %v\n%s", c, err, out)
				}
			}
			sameRows(t, here, there)
			free := sameTables(t, here, there)
			const config = "config.resolved.yaml"
			if diff := cmp.Diff(string(contents(t, here, config)), string(contents(t, there, config))); diff != "" {
				t.Errorf("%s differs:\n%s", config, diff)
			}
			if diff := cmp.Diff(manifestWithout(t, here, free), manifestWithout(t, there, free)); diff != "" {
				t.Errorf("manifests differ beyond the execution:\n%s", diff)
			}
		})
	}
}

// sameRows compares the numbers of the replications. The bytes of the file may
// differ: Snappy finds other repetitions in assembly than in Go.
func sameRows(t *testing.T, here, there string) {
	t.Helper()
	const name = "replications.parquet"
	var rows [2][]store.ReplicationRow
	for i, dir := range []string{here, there} {
		var err error
		if rows[i], err = parquet.ReadFile[store.ReplicationRow](filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
	}
	if len(rows[0]) != len(rows[1]) || len(rows[0]) == 0 {
		t.Fatalf("%d rows here, %d there", len(rows[0]), len(rows[1]))
	}
	differ := 0
	for i := range rows[0] {
		if rows[0][i] != rows[1][i] {
			if differ++; differ <= 5 {
				t.Errorf("row %d: here %+v, there %+v", i, rows[0][i], rows[1][i])
			}
		}
	}
	t.Logf("%d of %d rows differ; the file's bytes are the same: %t", differ, len(rows[0]), bytes.Equal(contents(t, here, name), contents(t, there, name)))
}

// sameTables compares the tables cell by cell, to 12 digits: Student's t comes
// from a series of floating-point numbers. It returns the names of the files
// whose bytes may differ.
func sameTables(t *testing.T, here, there string) (free []string) {
	t.Helper()
	free = []string{"replications.parquet"}
	names, err := filepath.Glob(filepath.Join(here, "*.csv"))
	if err != nil || len(names) < 5 {
		t.Fatalf("%d tables: %v", len(names), err)
	}
	last, cells := 0, 0
	for _, name := range names {
		name = filepath.Base(name)
		a, b := table(t, here, name), table(t, there, name)
		if len(a) != len(b) {
			t.Errorf("%s: %d cells here, %d there", name, len(a), len(b))
			continue
		}
		cells += len(a)
		for i := range a {
			if a[i] == b[i] {
				continue
			}
			last++
			x, notX := strconv.ParseFloat(a[i], 64)
			y, notY := strconv.ParseFloat(b[i], 64)
			if notX != nil || notY != nil || math.Abs(x-y) > 1e-12*math.Abs(x) {
				t.Errorf("%s, cell %d: here %s, there %s", name, i, a[i], b[i])
			}
			free = append(free, name)
		}
	}
	t.Logf("%d of %d cells of the tables differ in their last digits", last, cells)
	return free
}

// table reads the cells of a table one after the other.
func table(t *testing.T, dir, name string) []string {
	t.Helper()
	rows, err := csv.NewReader(bytes.NewReader(contents(t, dir, name))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return slices.Concat(rows...)
}

func contents(t *testing.T, dir, name string) []byte {
	t.Helper()
	data, err := os.ReadFile(filepath.Join(dir, name))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// manifestWithout is a manifest without what differs between executions and
// without the digests of files that may differ.
func manifestWithout(t *testing.T, dir string, free []string) map[string]any {
	t.Helper()
	var m map[string]any
	if err := json.Unmarshal(contents(t, dir, "manifest.json"), &m); err != nil {
		t.Fatal(err)
	}
	// A test builds without a commit, so that the two programs are told apart by their files.
	for _, key := range []string{"execution", "outputs_digest", "executable_sha256", "manifest_digest"} {
		delete(m, key)
	}
	files, ok := m["files"].([]any)
	if !ok || len(files) < 7 {
		t.Fatalf("the manifest lists files %v", m["files"])
	}
	for i, f := range files {
		if file := f.(map[string]any); slices.Contains(free, file["name"].(string)) {
			files[i] = file["name"]
		}
	}
	return m
}
