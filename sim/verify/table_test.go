package verify_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"flag"
	"io/fs"
	"os"
	"runtime"
	"strings"
	"testing"

	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
	"asylumsim/sim/experiment"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
	"asylumsim/sim/verify"
)

var update = flag.Bool("update", false, "rewrite the verification table of the documents")

const page = "../../docs/verification/README.md"

// TestEveryCheckPasses makes the verification table of the shipped regimes, and
// holds the documents' against it.
func TestEveryCheckPasses(t *testing.T) {
	ctx := context.Background()
	workers := runtime.NumCPU()
	if testing.CoverMode() != "" {
		workers = 1 // several would write to the same counters, and wait for one another
	}
	report, err := verify.Theory(ctx, verify.Options{Seed: 1, Scale: 1, Workers: workers})
	if err != nil {
		t.Fatal(err)
	}
	if err := report.HoldIdentities(ctx, shippedRegimes(t), ""); err != nil {
		t.Fatal(err)
	}
	for _, f := range report.Failed() {
		t.Errorf("%s: %s", f.Name, f.Fault)
	}
	if fault := report.Fault(); fault != "" {
		t.Error(fault)
	}
	if len(report.Findings) < 80 {
		t.Errorf("only %d checks", len(report.Findings))
	}
	var got bytes.Buffer
	if err := report.WritePage(&got); err != nil {
		t.Fatal(err)
	}
	if *update {
		if err := os.WriteFile(page, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(page)
	if err != nil || !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%s is not what the checks say (make update writes it anew): %v", page, err)
	}
}

// shippedRegimes is two years of all regimes, of a tenth of all people.
func shippedRegimes(t *testing.T) *experiment.Plan {
	t.Helper()
	years, tenth := 2, unit.Fraction(10)
	b, err := config.Load(config.Options{Experiment: "all-regimes", Years: &years, Fraction: &tenth})
	if err != nil {
		t.Fatal(err)
	}
	observed, err := fs.Sub(b.Files, "observed")
	if err != nil {
		t.Fatal(err)
	}
	series, err := evidence.Load(observed)
	if err != nil {
		t.Fatal(err)
	}
	opening, _, err := evidence.Opening(series, b.Experiment.Opening, b.Regimes[0].Epochs[0].Opening)
	if err != nil {
		t.Fatal(err)
	}
	return &experiment.Plan{
		Opening: b.Experiment.Opening, Years: years, Groups: len(b.Groups), Seed: 1, Fraction: tenth,
		At: func(marks policy.Marks) (*experiment.Inputs, error) {
			regimes, err := b.At(marks)
			return &experiment.Inputs{Regimes: regimes, Opening: opening}, err
		},
	}
}

// TestTheTableForMachines: every finding is a line, with empty cells where a form
// of check has no interval.
func TestTheTableForMachines(t *testing.T) {
	r := verify.Report{Sampled: 1, Findings: []verify.Finding{
		{Check: verify.Check{Group: "g", Name: "a wait, hours", Law: "l, m", Theory: 4}, Estimate: 3.9, Low: 3.8, High: 4.05, Limit: 0.3, Runs: 60},
		{Check: verify.Check{Group: "g", Name: "deviations", Law: "l", Form: verify.Exact, Of: 12}, Estimate: 2, Runs: 10, Fault: "2 deviations, want none"},
	}}
	var out bytes.Buffer
	if err := r.Write(&out, "csv"); err != nil {
		t.Fatal(err)
	}
	lines, err := csv.NewReader(&out).ReadAll()
	if err != nil || len(lines) != 3 {
		t.Fatalf("%d lines: %v", len(lines), err)
	}
	if got := strings.Join(lines[1], "|"); got != "g|a wait, hours|l, m|sampled|4|3.9|3.8|4.05|0.3|60|true|" {
		t.Errorf("line %s", got)
	}
	if got := strings.Join(lines[2], "|"); got != "g|deviations|l|exact|0|2||||10|false|2 deviations, want none" {
		t.Errorf("line %s", got)
	}
	out.Reset()
	if err := r.Write(&out, "json"); err != nil {
		t.Fatal(err)
	}
	var objects []map[string]any
	if err := json.Unmarshal(out.Bytes(), &objects); err != nil || objects[0]["ci99_low"] != 3.8 || objects[1]["ci99_low"] != nil || objects[1]["pass"] != false {
		t.Errorf("%v: %v", objects, err)
	}
	out.Reset()
	if err := r.Write(&out, "table"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{"a wait, hours", "3.8 to 4.05", "exact, of 120", "NO", "2 checks, 1 passed", "FAILED: deviations: 2 deviations, want none"} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("the table lacks %q:\n%s", want, &out)
		}
	}
	if err := r.Write(&out, "xml"); err == nil {
		t.Error("xml was written")
	}
}
