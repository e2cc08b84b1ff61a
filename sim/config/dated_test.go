package config

import (
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asylumsim/sim/policy"
)

// written writes files of a data set into a folder.
func written(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// texts lists what is warned of.
func texts(warnings []policy.Warning) []string {
	var list []string
	for _, w := range warnings {
		list = append(list, w.Text)
	}
	return list
}

const regimeHead = "name: mine\ntitle: Mine\ndescribe: A trial.\nbase: uk-2025\nchanges:\n"

func change(parameter, values string) string {
	text := "  " + parameter + ":\n"
	for _, v := range strings.Fields(values) {
		from, number, _ := strings.Cut(v, "=")
		text += "    - {from: " + from + ", value: " + number + ", assumed: A trial., quality: red, quality_reason: A trial.}\n"
	}
	return text
}

// TestDatesOutsideTheRun: a change dated before the opening of all experiments
// that use it is shown, with whether it holds from the start or never. One that
// begins on the opening date or in the run is not.
func TestDatesOutsideTheRun(t *testing.T) {
	const experiment = "name: mine\ntitle: Mine\ndescribe: A trial.\nbase: uk-2025\nregimes: [uk-2025, mine]\nfigures: [hotel_people]\nopening: "
	for _, c := range []struct{ values, opening, want string }{
		{"2026-01-01=150", "", ""},
		{"2025-12-31=150", "", ""},
		{"2016-01-01=150", "", "mine: hotel_price from 2016-01-01 holds from the start of a run that opens on 2025-12-31"},
		{"2016-01-01=150 2025-12-31=160", "", "mine: hotel_price from 2016-01-01 never holds in a run that opens on 2025-12-31: 2025-12-31 changes it again"},
		{"2024-06-01=150", "2024-03-31", ""},
		{"2024-06-01=150", "2024-06-30", "mine: hotel_price from 2024-06-01 holds from the start of a run that opens on 2024-06-30"},
	} {
		files := map[string]string{"regimes/mine.yaml": regimeHead + change("hotel_price", c.values)}
		maps.Copy(files, seriesTo2025()) // the latest stocks of these cases
		if c.opening != "" {
			files["experiments/mine.yaml"] = experiment + c.opening + "\n"
		}
		dir := written(t, files)
		catalogue, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		checked, err := Validate(dir, []string{filepath.Join(dir, "regimes", "mine.yaml")})
		if err != nil {
			t.Fatal(err)
		}
		for _, found := range [][]string{texts(catalogue.Warnings), texts(checked[0].Warnings)} {
			if got := strings.Join(found, "\n"); got != c.want {
				t.Errorf("%s in a run from %s:\n got %s\nwant %s", c.values, c.opening, got, c.want)
			}
		}
	}
}

// TestARegimeBeyondABoundIsShown: staff of a regime above the most that there may
// be are shown where the files are checked.
func TestARegimeBeyondABoundIsShown(t *testing.T) {
	dir := written(t, map[string]string{"regimes/mine.yaml": regimeHead + change("caseworkers", "2026-07-01=5000")})
	catalogue, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Join(texts(catalogue.Warnings), "\n"); !strings.Contains(got, "caseworkers = 5000") || !strings.Contains(got, "caseworkers_maximum = 2500") {
		t.Errorf("warned of %q", got)
	}
}

// TestTooShortARunSaysHowLong: regimes that change something only after the end
// are named with the length that reaches all of them.
func TestTooShortARunSaysHowLong(t *testing.T) {
	years := 1
	_, err := Load(Options{Experiment: "all-regimes", Years: &years})
	if err == nil || !strings.HasPrefix(err.Error(), "--years: years = 1: want 2 or more, or other regimes (the run ends on 2026-12-31, before what they change: ") ||
		!strings.Contains(err.Error(), "denmark-centres large_site_beds from 2027-01-01") || strings.Contains(err.Error(), "\n") {
		t.Errorf("error %v", err)
	}
	years = 2
	if _, err := Load(Options{Experiment: "all-regimes", Years: &years}); err != nil {
		t.Errorf("two years: %v", err)
	}
}

// TestSettingsThatChangeNothing: a setting without which all regimes are the same
// from opening to end is shown.
func TestSettingsThatChangeNothing(t *testing.T) {
	for _, c := range []struct{ set, want string }{
		{"uk-2025.hotel_price=150", ""},
		{"uk-2025.hotel_price=144.98", "--set uk-2025.hotel_price=144.98: uk-2025: hotel_price = 144.98 changes nothing in this run: all regimes have the same values without it"},
	} {
		b, err := Load(Options{Experiment: "core-protection", Set: strings.Fields(c.set)})
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, w := range b.Warnings {
			got = append(got, w.String())
		}
		if strings.Join(got, "\n") != c.want {
			t.Errorf("%s: %q, want %q", c.set, got, c.want)
		}
	}
}
