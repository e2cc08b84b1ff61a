package config

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
)

// leading are names that would lead out of a folder, were they taken for names
// of files, or that would not be names of files everywhere.
var leading = []string{"../x", "../../x", "/etc/x", "a/b", "..", ".", "", "a\x00b", `C:\x`, `..\x`, "~/x", "~", "a b", "a\nb", "-rf", ".hidden", "a.", "é", "A", strings.Repeat("a", 101), strings.Repeat("a", 5000)}

// Results of an experiment go to a folder of its name.
func TestNamesLeadNowhere(t *testing.T) {
	dir := t.TempDir()
	for i, name := range leading {
		quoted := fmt.Sprintf("%q", name)
		text := strings.Replace(fixtureExperiment, "name: core-protection", "name: "+quoted, 1)
		_, err := load(fixture(), Options{Experiment: write(t, filepath.Join(dir, fmt.Sprint(i), "mine.yaml"), text)})
		refused(t, "experiment "+quoted, err, "mine.yaml:2: ")

		text = strings.Replace(fixtureRegime, "name: uk-core-protection", "name: "+quoted, 1)
		_, err = validate(fixture(), []string{write(t, filepath.Join(dir, fmt.Sprint(i), "regime.yaml"), text)})
		refused(t, "regime "+quoted, err, "regime.yaml:2: ")

		text = fixtureExperiment + "sweeps: [{regime: uk-2025, grid: [{parameter: hotel_price, values: [1], label: " + quoted + "}]}]\n"
		_, err = load(fixture(), Options{Experiment: write(t, filepath.Join(dir, fmt.Sprint(i), "sweep.yaml"), text)})
		if label.MatchString(name) || name == "" { // then it is as if there were none
			continue
		}
		refused(t, "label "+quoted, err, "sweep.yaml:9: ")

		text = fixtureExperiment + "decompose: {groups: {" + quoted + ": [uk-core-protection], b: [uk-core-protection]}}\n"
		_, err = load(fixture(), Options{Experiment: write(t, filepath.Join(dir, fmt.Sprint(i), "groups.yaml"), text)})
		refused(t, "group "+quoted, err, "groups.yaml:9: ")
	}
	// A resolved file is as strange as any: rerun reads it.
	resolved := string(mustLoad(t, Options{}).Resolved())
	for _, name := range leading {
		text := strings.Replace(resolved, "name: core-protection", fmt.Sprintf("name: %q", name), 1)
		_, err := LoadResolved([]byte(text))
		refused(t, fmt.Sprintf("resolved %q", name), err, "config.resolved.yaml:")
	}
}

func refused(t *testing.T, what string, err error, where string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), where) {
		t.Errorf("%.100s: error %.500v, want one in %s", what, err, where)
		return
	}
	told(t, err)
}

// A regime's file is called by its name: no name leads out of its folder.
func TestARegimeByAPathIsNotFound(t *testing.T) {
	for _, name := range leading {
		text := strings.Replace(fixtureExperiment, "[uk-2025, uk-core-protection]", fmt.Sprintf("[uk-2025, %q]", name), 1)
		_, err := load(fixture(), Options{Experiment: write(t, filepath.Join(t.TempDir(), "mine.yaml"), text)})
		refused(t, name, err, "mine.yaml:6: ")
	}
}

// What a terminal obeys is refused where it stands, in whatever place.
func TestControlCharactersAreRefused(t *testing.T) {
	for _, c := range []string{`\e[31m`, `\0`, `\a`, `\r`, `\x9b`, `\u202e`, `\u2066`, `\uFFFE`, `\x7f`} {
		for key, line := range map[string]string{"title": "3", "describe": "4"} {
			text := strings.Replace(fixtureExperiment, "\n"+key+": ", "\n"+key+`: "a `+c+`" #`, 1)
			_, err := load(fixture(), Options{Experiment: write(t, filepath.Join(t.TempDir(), "mine.yaml"), text)})
			refused(t, key+c, err, "mine.yaml:"+line+": malformed YAML = ")
		}
		text := fixtureExperiment + `"` + c + `": 1` + "\n"
		_, err := load(fixture(), Options{Experiment: write(t, filepath.Join(t.TempDir(), "mine.yaml"), text)})
		refused(t, "key "+c, err, "mine.yaml:9: malformed YAML = ")
	}
	// A file may have the line ends of Windows, and a mark of its encoding.
	text := "\ufeff" + strings.ReplaceAll(fixtureExperiment, "\n", "\r\n")
	if _, err := load(fixture(), Options{Experiment: write(t, filepath.Join(t.TempDir(), "mine.yaml"), text)}); err != nil {
		t.Error(err)
	}
}
