package config

import (
	"flag"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"

	"asylumsim/configs"
	"asylumsim/sim/policy"
)

var update = flag.Bool("update", false, "write golden files instead of comparing")

// golden compares text with a file of testdata.
func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", filepath.FromSlash(name))
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s: got\n%s\nwant\n%s", name, got, want)
	}
}

const fixtureNationalities = `
- {id: afghan, label: Afghanistan}
- {id: eritrean, label: Eritrea}
- {id: other, label: All other nationalities}
`

const fixtureBase = `
name: uk-2025
title: Base
describe: The parameters as they are.
`

const fixtureRegime = `
name: uk-core-protection
title: Core protection
describe: Shorter leave.
base: uk-2025
changes:
  permit_length:
    - {from: 2026-03-02, value: 30, source: {title: Rules, publisher: Home Office, date: 2026-03}, quality: green, quality_reason: In force.}
`

const fixtureExperiment = `
name: core-protection
title: Core protection
describe: Shorter leave against longer leave.
base: uk-2025
regimes: [uk-2025, uk-core-protection]
figures: [hotel_people]
opening: 2025-12-31
`

// fixture is a small complete data set: every parameter that the rules name,
// with simple values.
func fixture() *Files {
	files := fstest.MapFS{
		"nationalities.yaml":                {Data: []byte(fixtureNationalities)},
		"regimes/uk-2025.yaml":              {Data: []byte(fixtureBase)},
		"regimes/uk-core-protection.yaml":   {Data: []byte(fixtureRegime)},
		"experiments/core-protection.yaml":  {Data: []byte(fixtureExperiment)},
		"parameters/README-is-no-yaml.text": {Data: []byte("not read")},
	}
	for name, text := range seriesTo2025() {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	groups := []policy.Group{{ID: "afghan"}, {ID: "eritrean"}, {ID: "other"}}
	stages := map[string]*strings.Builder{}
	for _, f := range policy.Fields() {
		b := stages[f.Stage()]
		if b == nil {
			b = &strings.Builder{}
			stages[f.Stage()] = b
		}
		writeParameter(b, f, groups)
	}
	for stage, b := range stages {
		files["parameters/"+strings.ToLower(stage)+".yaml"] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return &Files{embedded: files}
}

// seriesTo2025 is the shipped series without quarters that were added since.
func seriesTo2025() map[string]string {
	series := map[string]string{}
	names, err := fs.Glob(configs.Files, "observed/*.csv")
	if err != nil {
		panic(err)
	}
	for _, name := range names {
		data, err := configs.Files.ReadFile(name)
		if err != nil {
			panic(err)
		}
		var kept strings.Builder
		for line := range strings.Lines(string(data)) {
			if year, err := strconv.Atoi(line[:min(4, len(line))]); err != nil || year <= 2025 {
				kept.WriteString(line)
			}
		}
		series[name] = kept.String()
	}
	return series
}

func writeParameter(b *strings.Builder, f policy.Field, groups []policy.Group) {
	number := "1"
	switch {
	case f.SumsTo1:
		number = policy.FormatNumber(1 / float64(len(f.By.Keys(groups))))
	case f.Unit == "probability" || f.Unit == "share" || f.Unit == "correlation" || f.Unit == "1/year":
		number = "0.5"
	case f.Unit == "months":
		number = "60"
	case f.Parameter == "detention_beds_growth":
		number = "0"
	}
	kind := map[policy.Unit]string{"probability": "probability", "share": "share", "days": "duration", "months": "duration", "years": "duration",
		"switch": "switch", "elasticity": "elasticity", "log-odds": "shape", "log": "shape", "number": "shape", "factor": "factor"}[f.Unit]
	fmt.Fprintf(b, "%s:\n  describe: The rule %s.\n  unit: %s\n", f.Parameter, f.Path, f.Unit)
	switch {
	case strings.HasPrefix(string(f.Unit), "GBP"):
		fmt.Fprintf(b, "  kind: price\n  price_base: 2025-26\n")
	case kind != "":
		fmt.Fprintf(b, "  kind: %s\n", kind)
	case strings.HasPrefix(string(f.Unit), "log/"):
		fmt.Fprintf(b, "  kind: elasticity\n")
	default:
		fmt.Fprintf(b, "  kind: count\n")
	}
	value := number
	if f.By != policy.Scalar {
		fmt.Fprintf(b, "  by: %s\n", f.By)
		var entries []string
		for _, key := range f.By.Keys(groups) {
			entries = append(entries, key+": "+number)
		}
		value = "{" + strings.Join(entries, ", ") + "}"
	}
	fmt.Fprintf(b, "  values:\n    - {from: 2025-12-31, value: %s, assumed: A simple value.}\n", value)
	fmt.Fprintf(b, "  uncertainty: {distribution: none, why: A test.}\n  quality: red\n  quality_reason: A test.\n  review_by: 2027-03-31\n")
}
