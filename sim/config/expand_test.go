package config

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// trial is the fixture with levers on hotel prices and on children's leave,
// their union, and an experiment.
func trial(t *testing.T, experiment string) (*Files, Options) {
	t.Helper()
	files := fstest.MapFS{}
	base := fixture().embedded.(fstest.MapFS)
	for name, file := range base {
		files[name] = file
	}
	for name, text := range map[string]string{
		"dear-hotels": "changes: {hotel_price: [{from: 2027-01-01, value: 200, assumed: A test.}]}",
		"short-uasc":  "changes: {permit_length_uasc: [{from: 2028-01-01, value: 12, assumed: A test.}]}",
		"package":     "combines: [uk-core-protection, dear-hotels, short-uasc]",
		"other":       "combines: [uk-core-protection, dear-hotels]\nchanges: {permit_length_uasc: [{from: 2028-01-01, value: 18, assumed: A test.}]}",
	} {
		files["regimes/"+name+".yaml"] = &fstest.MapFile{Data: []byte(fmt.Sprintf("name: %s\ntitle: Trial\ndescribe: A trial.\nbase: uk-2025\n%s\n", name, text))}
	}
	file := write(t, filepath.Join(t.TempDir(), "trial.yaml"), "name: trial\ntitle: Trial\ndescribe: A trial.\nbase: uk-2025\nfigures: [hotel_people]\n"+experiment)
	return &Files{embedded: fs.FS(files)}, Options{Experiment: file}
}

func mustTry(t *testing.T, experiment string, set ...string) *Bundle {
	t.Helper()
	files, o := trial(t, experiment)
	o.Set = set
	b, err := load(files, o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

const gridAndList = `
regimes: [uk-2025, dear-hotels]
sweeps:
  - regime: uk-core-protection
    grid:
      - {parameter: permit_length, values: [12, 24]}
      - {parameters: {return_payment_per_person: 1, return_payment_family_cap: 4}, label: payment, from: 0.1, to: 0.3, step: 0.1}
  - regime: package
    list:
      - {parameter: hotel_price, values: [100, 150.5]}
      - {parameter: grant_probability.afghan@2029-01-01, label: grants, values: [0, 1]}
`

// A grid runs every combination, the last axis fastest; a list takes the
// values of its axes together. Names are stable and hold no rounding error.
func TestSweepsBecomeRegimesOfTheRun(t *testing.T) {
	b := mustTry(t, gridAndList)
	want := []string{"uk-2025", "dear-hotels",
		"uk-core-protection[permit_length=12,payment=0.1]", "uk-core-protection[permit_length=12,payment=0.2]", "uk-core-protection[permit_length=12,payment=0.3]",
		"uk-core-protection[permit_length=24,payment=0.1]", "uk-core-protection[permit_length=24,payment=0.2]", "uk-core-protection[permit_length=24,payment=0.3]",
		"package[hotel_price=100,grants=0]", "package[hotel_price=150.5,grants=1]"}
	if got := b.Names(); !slices.Equal(got, want) {
		t.Errorf("regimes\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
	if got, want := b.Variants[5], (policy.Variant{Regime: want[4], Of: "uk-core-protection", Part: "sweeps[0]", Axis: "payment", Value: 0.3}); got != want {
		t.Errorf("variant %+v, want %+v", got, want)
	}
	if len(b.Variants) != 6*2+2*2 {
		t.Errorf("%d variants", len(b.Variants))
	}
}

// A value replaces what the regime says from its first date on. What the
// regime says nothing about changes with its first change: nothing differs
// before that date.
func TestPointsHoldFromTheRegimesDate(t *testing.T) {
	b := mustTry(t, gridAndList)
	on := func(name, date string) string {
		i := slices.Index(b.Names(), name)
		r := b.Regimes[i]
		rules := r.Epochs[r.EpochAt(clock.MustDate(date))]
		return fmt.Sprint(rules.Permit.Length, " ", float64(rules.Offer.PerPerson), " ", float64(rules.Offer.FamilyCap), " ",
			float64(rules.Cost.Hotel), " ", float64(rules.Decision.Grant[0]))
	}
	for _, c := range []struct{ regime, date, want string }{
		{"uk-core-protection[permit_length=12,payment=0.3]", "2026-03-01", "60 1 1 1 0.5"},
		{"uk-core-protection[permit_length=12,payment=0.3]", "2026-03-02", "12 0.3 1.2 1 0.5"},
		{"package[hotel_price=100,grants=0]", "2026-12-31", "30 1 1 1 0.5"},
		{"package[hotel_price=100,grants=0]", "2027-01-01", "30 1 1 100 0.5"},
		{"package[hotel_price=100,grants=0]", "2029-01-01", "30 1 1 100 0"},
	} {
		if got := on(c.regime, c.date); got != c.want {
			t.Errorf("%s on %s: %s, want %s", c.regime, c.date, got, c.want)
		}
	}
}

// An inflation rate of its own changes nothing of a regime: all are told in the
// nominal money of the base. That is said once for the points of a sweep.
func TestTheInflationOfAPointHasNoEffect(t *testing.T) {
	b := mustTry(t, "regimes: [uk-2025]\nsweeps: [{regime: uk-core-protection, grid: [{parameter: inflation_rate, values: [0.02, 0.5, 0.04]}]}]\n")
	if len(b.Warnings) != 1 || b.Inflation() != 0.5 ||
		!strings.Contains(b.Warnings[0].Text, "uk-core-protection[inflation_rate=0.02]: inflation_rate = 0.02 has no effect in this run: nominal money of all regimes is formed at the 0.5 of uk-2025") {
		t.Errorf("inflation %v, warnings %v", b.Inflation(), b.Warnings)
	}
}

// What is read once, on the opening date, is set from the beginning.
func TestPointsOfWhatIsReadOnce(t *testing.T) {
	b := mustTry(t, "regimes: [uk-2025]\nsweeps: [{regime: uk-core-protection, grid: [{parameter: discount_rate, values: [0.02]}]}]\n")
	r := b.Regimes[1]
	if got := float64(r.Epochs[0].Cost.DiscountRate); got != 0.02 {
		t.Errorf("discount rate %v", got)
	}
}

const groups = `
regimes: [uk-2025]
decompose:
  regime: package
  groups:
    permits: [uk-core-protection]
    Hotels: [dear-hotels]
    a b: [short-uasc]
`

// A decomposition runs every subset of its groups; none is the base and all
// is the package.
func TestDecompositionRunsEverySubset(t *testing.T) {
	b := mustTry(t, groups)
	want := []string{"uk-2025", "package", "package[permits]", "package[Hotels]", "package[permits+Hotels]",
		"package[a b]", "package[permits+a b]", "package[Hotels+a b]"}
	if got := b.Names(); !slices.Equal(got, want) {
		t.Errorf("regimes %q, want %q", got, want)
	}
	if got := b.Experiment.Runs(); got != len(want) {
		t.Errorf("the experiment says it runs %d regimes, want %d", got, len(want))
	}
	if len(b.Variants) != 8*3 || b.Variants[0].Regime != "uk-2025" || b.Variants[23] != (policy.Variant{Regime: "package", Of: "package", Part: "decompose", Axis: "a b", Value: 1}) {
		t.Errorf("variants %+v", b.Variants)
	}
	unnamed := mustTry(t, strings.Replace(groups, "  regime: package\n", "", 1))
	if got := unnamed.Names(); len(got) != 8 || got[7] != "trial[permits+Hotels+a b]" {
		t.Errorf("without a name: %q", got)
	}
	all := unnamed.Regimes[7]
	if !all.Same(b.Regimes[1]) {
		t.Error("all groups together are not the package")
	}
}

func TestDecompositionsThatDoNotAddUp(t *testing.T) {
	for experiment, want := range map[string]string{
		strings.Replace(groups, "regime: package", "regime: other", 1): `decompose.regime = "other": want the regime that all groups make together (they differ in permit_length_uasc)`,
		strings.Replace(groups, "[dear-hotels]", "[other]", 1):         `decompose.groups.Hotels[0] = "other": want each regime in one group (uk-core-protection is in group permits too)`,
		"regimes: [uk-2025]\ndecompose: {groups: {a: [other], b: [short-uasc]}}\n": `decompose.groups = "short-uasc": want groups that set no value in common ` +
			`(permit_length_uasc is set by other (configs/regimes/other.yaml:6) and by short-uasc (configs/regimes/short-uasc.yaml:5))`,
	} {
		files, o := trial(t, experiment)
		_, err := load(files, o)
		if err == nil || !strings.HasSuffix(err.Error(), want) || !strings.Contains(err.Error(), "trial.yaml:") {
			t.Errorf("got %v\nwant %s", err, want)
		}
	}
}

// A run with sweeps and a decomposition can be repeated from what it wrote,
// settings included.
func TestExpansionsAreReadBack(t *testing.T) {
	b := mustTry(t, gridAndList+strings.Replace(groups, "regimes: [uk-2025]", "", 1), "dear-hotels.hotel_price=170")
	again, err := LoadResolved(b.Resolved())
	if err != nil {
		t.Fatal(err)
	}
	ignore := cmp.Options{cmpopts.IgnoreTypes(policy.Position{}, policy.Places{}, (*Files)(nil)), cmpopts.EquateEmpty()}
	if diff := cmp.Diff(b, again, ignore); diff != "" {
		t.Errorf("read back differently (-written +read):\n%s", diff)
	}
	if b.Digest() != again.Digest() {
		t.Error("the digest changed")
	}
	if strings.Contains(string(b.Resolved()), "name: package[") {
		t.Error("generated regimes are written: they are made again")
	}
}
