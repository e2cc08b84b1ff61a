package config

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

func mustLoad(t *testing.T, o Options) *Bundle {
	t.Helper()
	if o.Experiment == "" {
		o.Experiment = "core-protection"
	}
	b, err := load(fixture(), o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func write(t *testing.T, name, text string) string {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
	return name
}

func TestAnExperimentIsLoadedWithDefaults(t *testing.T) {
	b := mustLoad(t, Options{})
	e := b.Experiment
	if e.Name != "core-protection" || e.Years != 10 || e.Replications != 20 || e.Seed != 1 || e.Opening != clock.MustDate("2025-12-31") {
		t.Errorf("experiment %+v", e)
	}
	if !slices.Equal(e.Figures, []measure.Output{measure.HotelPeople}) {
		t.Errorf("figures %v", e.Figures)
	}
	if len(b.Regimes) != 2 || b.Regimes[0].Name != "uk-2025" || b.Regimes[1].Name != "uk-core-protection" {
		t.Fatalf("regimes %v", e.Regimes)
	}
	if got := b.Regimes[1].Epochs[1].Permit.Length; got != 30 {
		t.Errorf("permit length %d, want 30", got)
	}
	if e.End() != clock.MustDate("2035-12-31") {
		t.Errorf("the run ends on %s", e.End())
	}
}

// The command line wins over the file, the file over the defaults; the base
// comes first wherever the file has it.
func TestFlagsOverFileOverDefaults(t *testing.T) {
	file := write(t, filepath.Join(t.TempDir(), "mine.yaml"), strings.NewReplacer("[uk-2025, uk-core-protection]",
		"[uk-core-protection, uk-2025]", "2025-12-31", "2024-12-31").Replace(fixtureExperiment)+"years: 3\nreplications: 5\nseed: 18446744073709551615\n")
	b := mustLoad(t, Options{Experiment: file})
	if e := b.Experiment; e.Years != 3 || e.Replications != 5 || e.Seed != 1<<64-1 || e.Opening.String() != "2024-12-31" {
		t.Errorf("from the file: %+v", e)
	}
	if !slices.Equal(b.Experiment.Regimes, []string{"uk-2025", "uk-core-protection"}) || b.Regimes[0].Name != "uk-2025" {
		t.Errorf("regimes %v, want the base first", b.Experiment.Regimes)
	}
	years, replications, seed, opening := 4, 6, uint64(0), clock.MustDate("2023-12-31")
	e := mustLoad(t, Options{Experiment: file, Years: &years, Replications: &replications, Seed: &seed, Opening: &opening}).Experiment
	if e.Years != 4 || e.Replications != 6 || e.Seed != 0 || e.Opening != opening {
		t.Errorf("from the flags: %+v", e)
	}
	years = 51
	_, err := load(fixture(), Options{Experiment: file, Years: &years})
	if want := "--years: years = 51: want a whole number from 1 to 50"; err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

// A folder overrides files by path and adds others.
func TestAFolderOverTheEmbeddedFiles(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "regimes", "uk-core-protection.yaml"), strings.Replace(fixtureRegime, "value: 30", "value: 12", 1))
	write(t, filepath.Join(dir, "regimes", "same.yaml"), "name: same\ntitle: Same\ndescribe: No change.\nbase: uk-2025\nno_change: true\n")
	write(t, filepath.Join(dir, "experiments", "mine.yaml"), strings.NewReplacer("name: core-protection", "name: mine",
		"[uk-2025, uk-core-protection]", "[uk-2025, uk-core-protection, same]").Replace(fixtureExperiment))
	files := fixture()
	files.dir = dir
	b, err := load(files, Options{Experiment: "mine"})
	if err != nil {
		t.Fatal(err)
	}
	if got := b.Regimes[1].Epochs[1].Permit.Length; got != 12 {
		t.Errorf("permit length %d, want 12 from the folder", got)
	}
	if !b.Regimes[2].Same(b.Regimes[0]) {
		t.Error("the regime that changes nothing differs from its base")
	}
	if got, want := b.Overlay("uk-core-protection").At.File, filepath.Join(dir, "regimes", "uk-core-protection.yaml"); got != want {
		t.Errorf("position %s, want %s", got, want)
	}
	if _, err := files.Open("observed/small_boat_monthly.csv"); err != nil {
		t.Errorf("a file that the folder does not have: %v", err)
	}
	c, err := open(files)
	if err != nil {
		t.Fatal(err)
	}
	if got := c.RegimeNames(); !slices.Equal(got, []string{"same", "uk-2025", "uk-core-protection"}) || len(c.Experiments) != 2 {
		t.Errorf("catalogue of %v and %d experiments", got, len(c.Experiments))
	}
}

func TestThingsThatAreNotThere(t *testing.T) {
	for _, c := range []struct{ experiment, want string }{
		{"core-protecton", `experiment = "core-protecton": want the name of an experiment (core-protection) or the path of a YAML file (did you mean core-protection?)`},
		{"nowhere/mine.yaml", `experiment = "nowhere/mine.yaml": want the name of an experiment (core-protection) or the path of a YAML file`},
		{"", `experiment = "": want the name of an experiment (core-protection) or the path of a YAML file`},
	} {
		if _, err := load(fixture(), Options{Experiment: c.experiment}); err == nil || err.Error() != c.want {
			t.Errorf("%q:\n got %v\nwant %s", c.experiment, err, c.want)
		}
	}
	if _, err := OpenFiles("no-such-folder"); err == nil || !strings.Contains(err.Error(), "no-such-folder") {
		t.Errorf("a missing folder: %v", err)
	}
	_, err := validate(fixture(), []string{"no-such-file.yaml"})
	if want := "no-such-file.yaml: file: want a file that can be read (no such file or directory)"; err == nil || err.Error() != want {
		t.Errorf("a missing file: %v", err)
	}
	if _, err := Schema("regimes"); err == nil || !strings.Contains(err.Error(), "did you mean regime?") {
		t.Errorf("an unknown kind of schema: %v", err)
	}
}

// All that is wrong with files, experiment and settings is told at once.
func TestAllProblemsAtOnce(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "regimes", "trial.yaml"), "name: trial\ntitle: Trial\ndescribe: A trial.\nbase: uk-2025\nchanges:\n  permit_lenght: []\n")
	files := fixture()
	files.dir = dir
	years := 0
	_, err := load(files, Options{Experiment: "core-protection", Years: &years,
		Set: []string{"uk-2025.hotel_pric=1", "uk-2025", "uk-core-protection.permit_length=2.5"}})
	got := strings.ReplaceAll(err.Error(), filepath.ToSlash(dir), "DIR")
	golden(t, "all-at-once.golden", got+"\n")
}

// Files that are validated together may name one another, wrong or not.
func TestValidatingFilesTogether(t *testing.T) {
	dir := t.TempDir()
	regime := write(t, filepath.Join(dir, "trial.yaml"), "name: trial\ntitle: Trial\ndescribe: A trial.\nbase: uk-2025\nchanges:\n  permit_length: []\n")
	experiment := write(t, filepath.Join(dir, "mine.yaml"), strings.Replace(fixtureExperiment, "uk-core-protection]", "trial]", 1))
	_, err := validate(fixture(), []string{regime, experiment})
	want := regime + ":6: changes.permit_length is missing: want at least one dated value"
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
	write(t, regime, strings.NewReplacer("uk-core-protection", "trial").Replace(fixtureRegime))
	checked, err := validate(fixture(), []string{regime, experiment})
	if err != nil || len(checked) != 2 {
		t.Fatalf("checked %v, %v", checked, err)
	}
	if b := checked[1].Bundle; b == nil || b.Experiment.Name != "core-protection" || checked[0].Bundle != nil {
		t.Errorf("the experiment checked is %v", b)
	}
	for i := range checked {
		if checked[i].Files == nil {
			t.Errorf("%s: no data set", checked[i].File)
		}
		checked[i].Bundle, checked[i].Files = nil, nil
	}
	if diff := cmp.Diff([]Checked{{File: regime, Kind: RegimeKind}, {File: experiment, Kind: ExperimentKind}}, checked); diff != "" {
		t.Errorf("checked %v", diff)
	}
}

func TestSettingsOfRegimesThatTakeNoPart(t *testing.T) {
	dir := t.TempDir()
	write(t, filepath.Join(dir, "regimes", "same.yaml"), "name: same\ntitle: Same\ndescribe: No change.\nbase: uk-2025\nno_change: true\n")
	files := fixture()
	files.dir = dir
	_, err := load(files, Options{Experiment: "core-protection", Set: []string{"same.hotel_price=1", "uk-core-protection.permit_length@2040-01-01=6"}})
	want := "--set same.hotel_price=1: same: want a regime of the run: uk-2025 or uk-core-protection (the regime exists but takes no part in the experiment)\n" +
		"--set uk-core-protection.permit_length@2040-01-01=6: permit_length@2040-01-01: want a date up to 2035-12-31, the last day of the run (the change would have no effect)"
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
	_, err = load(files, Options{Experiment: "core-protection", Set: []string{"uk-2025.permit_length@2040-01-01=6"}})
	want = "--set uk-2025.permit_length@2040-01-01=6: permit_length@2040-01-01: want a date up to 2035-12-31, the last day of the run (the change would have no effect)"
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func TestSettingsReachTheRegimes(t *testing.T) {
	b := mustLoad(t, Options{Set: []string{"uk-2025.hotel_price=99.5", "uk-core-protection.uasc_share.small_boat@2027-01-01=0.25"}})
	for _, r := range b.Regimes {
		if got := r.Epochs[0].Cost.Hotel; got != 99.5 {
			t.Errorf("%s: hotel price %v, want 99.5", r.Name, got)
		}
	}
	at := clock.MustDate("2027-01-01")
	if got := b.Regimes[1].Epochs[b.Regimes[1].EpochAt(at)].Applicants.UASCShare; got[0] != 0.25 || got[1] != 0.5 {
		t.Errorf("shares %v, want 0.25 for small boats and 0.5 else", got)
	}
	if got := b.Regimes[0].Epochs[b.Regimes[0].EpochAt(at)].Applicants.UASCShare[0]; got != 0.5 {
		t.Errorf("the base has %v, want its own 0.5", got)
	}
}
