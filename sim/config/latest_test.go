package config

import (
	"io/fs"
	"path"
	"path/filepath"
	"strings"
	"testing"

	"asylumsim/configs"
	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
)

// TestAnExperimentOpensOnTheLatestQuarter: where it does not say when, at the end of
// the latest quarter that all series of its data set have. A series that cannot be
// read is told instead.
func TestAnExperimentOpensOnTheLatestQuarter(t *testing.T) {
	dir := t.TempDir()
	undated := write(t, filepath.Join(dir, "experiments", "undated.yaml"), strings.Replace(
		strings.Replace(fixtureExperiment, "opening: 2025-12-31\n", "", 1), "name: core-protection", "name: undated", 1))
	b, err := Load(Options{Dir: dir, Experiment: "undated"})
	if err != nil {
		t.Fatal(err)
	}
	series, err := evidence.Load(b.Files.Series())
	if err != nil {
		t.Fatal(err)
	}
	if b.Experiment.Opening != series.Latest() {
		t.Errorf("opens on %v, the latest quarter is that to %v", b.Experiment.Opening, series.Latest())
	}
	// Without its last row one series is a quarter behind.
	name := "observed/returns_quarterly.csv"
	data, err := fs.ReadFile(configs.Files, name)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.SplitAfter(strings.TrimSpace(string(data)), "\n")
	write(t, filepath.Join(dir, name), strings.Join(lines[:len(lines)-1], ""))
	if b, err = Load(Options{Dir: dir, Experiment: undated}); err != nil {
		t.Fatal(err)
	}
	if want := (series.Latest() + 1).AddMonths(-3) - 1; b.Experiment.Opening != want {
		t.Errorf("without the last returns it opens on %v, want %v", b.Experiment.Opening, want)
	}
	write(t, filepath.Join(dir, name), strings.Join(append(lines, "\n"+lines[len(lines)-1]), ""))
	_, err = Load(Options{Dir: dir, Experiment: "undated"})
	if want := path.Base(name); err == nil || !strings.Contains(err.Error(), want) || !strings.Contains(err.Error(), "is there twice") {
		t.Errorf("with a quarter given twice: error %v, want one that names %s", err, want)
	}
}

// TestParametersOlderThanTheOpening: a run from a later quarter says how many
// parameters are still of an earlier one; a run of that quarter, and one that
// estimates, do not.
func TestParametersOlderThanTheOpening(t *testing.T) {
	for _, c := range []struct {
		experiment, opening string
		told                bool
	}{{"core-protection", "2025-12-31", false}, {"core-protection", "2099-12-31", true}, {"forecast", "2099-12-31", false}} {
		opening := clock.MustDate(c.opening)
		b, err := Load(Options{Experiment: c.experiment, Opening: &opening})
		if err != nil {
			t.Fatal(err)
		}
		told := false
		for _, w := range b.Warnings {
			told = told || strings.Contains(w.Text, "parameters that are estimated from the published series are of ") && strings.Contains(w.Text, "--opening "+c.opening)
		}
		if told != c.told {
			t.Errorf("%s from %s: told %v, want %v: %v", c.experiment, c.opening, told, c.told, b.Warnings)
		}
	}
}
