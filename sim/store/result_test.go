package store

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestAResultReadsBackAsItWasWritten(t *testing.T) {
	ends := cmpopts.IgnoreFields(compare.Statistics{}, "Lowest", "Highest") // see TestRangesOfFewRunsAreThoseOfTheRun
	for _, n := range []int{1, 2, 9} {
		dir := filepath.Join(t.TempDir(), "results", "core-protection")
		want := written(t, dir, n)
		got, err := Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateNaNs(), cmpopts.EquateApprox(0, 1e-12), cmpopts.EquateEmpty(), ends); diff != "" {
			t.Errorf("n = %d: -written +read\n%s", n, diff)
		}
		// All but p-values and the standard error, which files do not hold,
		// to the last bit.
		for i := range got.Differences {
			got.Differences[i].PValue, want.Differences[i].PValue = 0, 0
			got.Differences[i].PHolm, want.Differences[i].PHolm = 0, 0
			got.Differences[i].MCSE, want.Differences[i].MCSE = 0, 0
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateNaNs(), ends); diff != "" {
			t.Errorf("n = %d, exactly: -written +read\n%s", n, diff)
		}
		if err := got.Verify(); err != nil {
			t.Error(err)
		}
		wantNames := []string{"cohorts.csv", "config.resolved.yaml", "differences.csv", "manifest.json", "quarters.csv", "replications.parquet", "summary.csv", "totals.csv", "waits.csv"}
		if diff := cmp.Diff(wantNames, names(t, dir)); diff != "" {
			t.Errorf("files: -want +got\n%s", diff)
		}
		if left := names(t, filepath.Dir(dir)); len(left) != 1 {
			t.Errorf("left beside the result: %v", left)
		}
	}
}

// A run with a sweep and a decomposition keeps where its regimes stand and
// what the groups do.
func TestVariantsAndSharesAreReadBack(t *testing.T) {
	m := meta(4)
	m.Regimes = []string{"uk-2025", "pack", "pack[a]", "pack[b]", "pack[price=100]"}
	variants := []policy.Variant{{Regime: "pack[price=100]", Of: "pack", Part: "sweeps[0]", Axis: "price", Value: 100}}
	for subset, regime := range []string{"uk-2025", "pack[a]", "pack[b]", "pack"} {
		for g, name := range []string{"a", "b"} {
			variants = append(variants, policy.Variant{Regime: regime, Of: "pack", Part: policy.Decomposed, Axis: name, Value: float64(subset >> g & 1)})
		}
	}
	dir := filepath.Join(t.TempDir(), "r")
	m.Variants = variants
	w, err := Create(dir, m, config, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for r := range 4 {
		if err := w.Append(r, 0, replicate(twoYears, 5, r)); err != nil {
			t.Fatal(err)
		}
	}
	want, err := w.Commit(execution)
	if err != nil {
		t.Fatal(err)
	}
	got, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want.Tables.Variants, got.Tables.Variants); diff != "" || len(got.Tables.Variants) != 9 {
		t.Errorf("variants: -written +read\n%s", diff)
	}
	periods := len(got.Periods())
	if diff := cmp.Diff(want.Shares, got.Shares); diff != "" || len(got.Shares) != int(measure.NumOutputs)*periods*(2*3+2) {
		t.Errorf("%d shares: -written +read\n%s", len(got.Shares), diff)
	}
	if err := got.Verify(); err != nil {
		t.Error(err)
	}
	if !slices.Contains(names(t, dir), "variants.csv") || !got.Manifest.holds("decomposition.csv") {
		t.Errorf("files %v", names(t, dir))
	}
}

// What is read from the spool one output at a time is what all replications
// in memory give, for any shape of run.
func TestStatisticsFromDiskAreThoseFromMemory(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	oneYear := clock.NewTimeline(twoYears.Opening, 1)
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 4).Draw(t, "replications")
		k := rapid.IntRange(1, 3).Draw(t, "regimes")
		m := meta(n)
		m.Regimes, m.Months = []string{"a", "b", "c"}[:k], 12
		w, err := Create(dir, m, config, Options{Force: true})
		if err != nil {
			t.Fatal(err)
		}
		defer w.Close()
		all := make([][]*measure.Run, k)
		for r := range n {
			runs := replicate(oneYear, k, r)
			for i, run := range runs {
				month := rapid.IntRange(0, 11).Draw(t, "month")
				run.Months[month][measure.HotelPeople] = rapid.Int64Range(-1e13, 1e13).Draw(t, "value")
				all[i] = append(all[i], run)
			}
			if err := w.Append(r, 0, runs); err != nil {
				t.Fatal(err)
			}
		}
		got, err := w.Commit(execution)
		if err != nil {
			t.Fatal(err)
		}
		want, err := compare.Tabulate(m.Regimes, oneYear, compare.InMemory(all))
		if err != nil {
			t.Fatal(err)
		}
		same(t, summaryTable, got.Summaries, want.Summaries)
		same(t, totalsTable, got.Totals, want.Totals)
		same(t, differencesTable, got.Differences, want.Differences)
	})
}

// same compares rows as they are written, which is in full precision.
func same[T any](t *rapid.T, table table[T], got, want []T) {
	if len(got) != len(want) || len(got) == 0 && table.name != differencesTable.name {
		t.Fatalf("%s: %d rows, in memory %d", table.name, len(got), len(want))
	}
	for i := range got {
		if g, w := table.encode(got[i]), table.encode(want[i]); !slices.Equal(g, w) {
			t.Fatalf("%s: %v, in memory %v", table.name, g, w)
		}
	}
}

func TestEqualRunsGiveEqualBytes(t *testing.T) {
	a, b := filepath.Join(t.TempDir(), "a"), filepath.Join(t.TempDir(), "b")
	written(t, a, 5)
	w := begin(t, b, 5, Options{})
	other := execution
	other.Workers, other.WallSeconds, other.Host.CPUs = 16, 99, 64
	if _, err := w.Commit(other); err != nil {
		t.Fatal(err)
	}
	for _, name := range outputsOf(&Result{Tables: &compare.Tables{}}) {
		if !bytes.Equal(read(t, a, name), read(t, b, name)) {
			t.Errorf("%s differs between equal runs", name)
		}
	}
	// Of the manifest all but the execution, and the digest that covers it, is equal.
	var first, second map[string]any
	for _, m := range []struct {
		into *map[string]any
		dir  string
	}{{&first, a}, {&second, b}} {
		if err := json.Unmarshal(read(t, m.dir, "manifest.json"), m.into); err != nil {
			t.Fatal(err)
		}
		if _, ok := (*m.into)["execution"]; !ok {
			t.Error("the manifest says nothing of the execution")
		}
		delete(*m.into, "execution")
		delete(*m.into, "manifest_digest")
	}
	if diff := cmp.Diff(first, second); diff != "" {
		t.Errorf("manifests: -first +second\n%s", diff)
	}
}

func TestManifestDescribesTheRun(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	w := begin(t, dir, 3, Options{})
	w.meta.Replications = 10 // stopped early
	if _, err := w.Commit(execution); err != nil {
		t.Fatal(err)
	}
	m, err := ReadManifest(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	if m.Done != 3 || m.Replications != 10 || m.Events != 3*2*1000 || m.Base != "uk-2025" || m.Months != 24 ||
		m.Opening != twoYears.Opening || m.Seed != 1<<63+1 || m.Shard != nil || m.Execution != execution {
		t.Errorf("manifest: %+v", m)
	}
	if text := string(read(t, dir, "manifest.json")); !strings.Contains(text, `"shard": null`) || !strings.Contains(text, `"opening": "2025-12-31"`) {
		t.Errorf("manifest.json:\n%s", text)
	}
	all := sha256.New()
	for _, name := range outputsOf(&Result{Tables: &compare.Tables{}}) {
		all.Write(read(t, dir, name))
	}
	if want := hex.EncodeToString(all.Sum(nil)); m.OutputsDigest != want {
		t.Errorf("outputs digest %s, that of the files is %s", m.OutputsDigest, want)
	}
}

func TestCSVFilesKeepToTheContract(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	written(t, dir, 1)
	for name, want := range map[string]string{
		"summary.csv":     "regime,output,unit,month,n,mean,sd,mcse,q05,q25,q50,q75,q95",
		"totals.csv":      "regime,output,unit,period,statistic,payer,n,mean,sd,mcse,q05,q25,q50,q75,q95",
		"differences.csv": "regime,base,output,unit,period,mean,ci_low,ci_high,q05,q50,q95,p_positive,variance_ratio",
		"cohorts.csv":     "regime,claim_month,months_since,outcome,share,cases",
	} {
		header, rest, _ := strings.Cut(string(read(t, dir, name)), "\n")
		if header != want {
			t.Errorf("%s: header %s, want %s", name, header, want)
		}
		if strings.Contains(rest, "NaN") || strings.Contains(rest, "\r") || !strings.HasSuffix(rest, "\n") {
			t.Errorf("%s holds NaN or carriage returns, or does not end with a line", name)
		}
	}
	if totals := string(read(t, dir, "totals.csv")); !strings.Contains(totals, "appeal_cost_gbp,GBP,horizon,sum,ministry_of_justice,1,") ||
		!strings.Contains(totals, "hotel_people,people,2025-26 (partial: 3 months),end,,1,") {
		t.Error("totals.csv lacks a payer, a statistic or a period")
	}
}

func TestOpenSaysWhatIsWrong(t *testing.T) {
	spoil := func(name, from, to string) func(*testing.T, string) {
		return func(t *testing.T, dir string) {
			text := strings.Replace(string(read(t, dir, name)), from, to, 1)
			if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
			if name != manifestName {
				signAnew(t, dir, outputsOf(&Result{Tables: &compare.Tables{}})) // else the digest is all that is told
			}
		}
	}
	for _, c := range []struct {
		name  string
		spoil func(*testing.T, string)
		want  []string
	}{
		{"no manifest", func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, manifestName)) },
			[]string{"is not a result folder", "manifest.json"}},
		{"another program's manifest", spoil(manifestName, format, "webapp"), []string{"not a result manifest", `"webapp"`, format}},
		{"a manifest cut short", spoil(manifestName, "{", ""), []string{"not a result manifest"}},
		{"a table gone", func(t *testing.T, dir string) { os.Remove(filepath.Join(dir, "totals.csv")) }, []string{"totals.csv"}},
		{"another header", spoil("summary.csv", "mcse", "stderr"), []string{"summary.csv", "stderr", "mcse"}},
		{"an unknown output", spoil("summary.csv", "small_boats", "large_boats"), []string{"summary.csv, line 26", `"large_boats"`}},
		{"a number that is none", spoil("cohorts.csv", "unresolved,", "unresolved,x"), []string{"cohorts.csv, line 2", "share", "a number"}},
		{"a date that is none", spoil("summary.csv", "2026-01-31", "2026-01-32"), []string{"summary.csv, line 2", "month", `"2026-01-32"`}},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := filepath.Join(t.TempDir(), "r")
			written(t, dir, 2)
			c.spoil(t, dir)
			_, err := Open(dir)
			if err == nil {
				t.Fatal("it opened")
			}
			for _, want := range c.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error does not mention %s: %v", want, err)
				}
			}
		})
	}
}

func TestVerifyFindsAChangedFile(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	result := written(t, dir, 2)
	path := filepath.Join(dir, replicationsName)
	data := read(t, path)
	data[len(data)/2] ^= 1
	if err := os.WriteFile(path, data, 0o644); err != nil {
		t.Fatal(err)
	}
	if err := result.Verify(); err == nil || !strings.Contains(err.Error(), replicationsName) || strings.Contains(err.Error(), "summary.csv") {
		t.Errorf("one bit of the Parquet changed: %v", err)
	}
}

// A result whose files have been changed, in a way in which they can still be
// read, is not read.
func TestAChangedResultIsNotRead(t *testing.T) {
	for _, name := range outputsOf(&Result{Tables: &compare.Tables{}}) {
		if name == replicationsName {
			continue // left to Verify
		}
		dir := filepath.Join(t.TempDir(), "r")
		written(t, dir, 2)
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, append(read(t, path), '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), path+" is not the file that the run wrote") {
			t.Errorf("%s: %v", name, err)
		}
	}
	dir := filepath.Join(t.TempDir(), "r")
	result := written(t, dir, 2)
	result.Manifest.Files = result.Manifest.Files[1:]
	if err := os.WriteFile(filepath.Join(dir, manifestName), result.Manifest.encode(), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "cohorts.csv has no digest") {
		t.Errorf("a manifest that leaves a file out: %v", err)
	}
}

func TestNumbersAreWrittenInFull(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		v := rapid.Float64Range(-mostStated, mostStated).Draw(t, "v")
		r := record{header: []string{"v"}, values: numbers(v)}
		if got := r.number("v"); got != v || r.err != nil {
			t.Fatalf("%v is written %q and read %v (%v)", v, r.values[0], got, r.err)
		}
	})
	r := record{header: []string{"v"}, values: numbers(math.NaN())}
	if r.values[0] != "" || !math.IsNaN(r.number("v")) {
		t.Errorf("what does not exist is written %q", r.values[0])
	}
}
