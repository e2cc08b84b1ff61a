package main

import (
	"encoding/csv"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"asylumsim/sim/compare"
)

var referenceHeader = []string{"regime", "output", "n", "mean", "mcse", "first_" + strconv.Itoa(commonReplications)}

func writeReference(t *testing.T, file string, effects []pinned) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	out := csv.NewWriter(&b)
	out.Write(referenceHeader)
	for _, p := range effects {
		out.Write([]string{p.regime, p.output, strconv.Itoa(p.n), compare.FormatNumber(p.mean), compare.FormatNumber(p.mcse), compare.FormatNumber(p.common)})
	}
	out.Flush()
	if err := os.WriteFile(file, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
}

func readReference(t *testing.T, file string) []pinned {
	t.Helper()
	f, err := os.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil || len(rows) < 2 || strings.Join(rows[0], ",") != strings.Join(referenceHeader, ",") {
		t.Fatalf("%s is not a reference file: %v", file, err)
	}
	var effects []pinned
	for i, row := range rows[1:] {
		p := pinned{regime: row[0], output: row[1]}
		var failed error
		number := func(s string) float64 {
			x, err := strconv.ParseFloat(s, 64)
			if err != nil {
				failed = err
			}
			return x
		}
		p.n, p.mean, p.mcse, p.common = int(number(row[2])), number(row[3]), number(row[4]), number(row[5])
		if failed != nil {
			t.Fatalf("%s, line %d: %v", file, i+2, failed)
		}
		effects = append(effects, p)
	}
	return effects
}
