package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/measure"

	"github.com/google/go-cmp/cmp"
	"github.com/parquet-go/parquet-go"
)

func TestParquetHoldsEveryNumberInOrder(t *testing.T) {
	const n = 3
	dir := filepath.Join(t.TempDir(), "r")
	written(t, dir, n)
	rows, err := parquet.ReadFile[ReplicationRow](filepath.Join(dir, replicationsName))
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	for r := range n {
		for k, run := range replicate(twoYears, len(regimes), r) {
			for m, date := range twoYears.Months {
				for o := range measure.NumOutputs {
					want := float64(run.Months[m][o])
					if o.Define().Kind == measure.Cost {
						want /= 100
					}
					got := rows[i]
					if got.Replication != int32(r) || got.Regime != regimes[k] || clock.Date(got.Month) != date || got.Output != o.String() || got.Value != want {
						t.Fatalf("row %d is %+v, want %d %s %s %s %v", i, got, r, regimes[k], date, o, want)
					}
					i++
				}
			}
		}
	}
	if i != len(rows) {
		t.Errorf("%d rows, want %d", len(rows), i)
	}
}

func TestParquetSchemaIsTheContract(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	written(t, dir, 1)
	data := read(t, dir, replicationsName)
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	const want = `message replications {
	required binary regime (STRING);
	required int32 replication (INT(32,true));
	required int32 month (DATE);
	required binary output (STRING);
	required double value;
}`
	if got := file.Schema().String(); got != want {
		t.Errorf("schema:\n%s\nwant\n%s", got, want)
	}
	if got := file.Metadata().CreatedBy; !strings.HasPrefix(got, "asylumsim version 1") {
		t.Errorf("created by %q", got)
	}
}

// Row groups are bounded however long the run is, and do not change what is
// read back.
func TestRowGroupsAreBounded(t *testing.T) {
	if testing.Short() {
		t.Skip("writes 120,000 numbers a replication")
	}
	tenYears := clock.NewTimeline(twoYears.Opening, 10)
	dir := filepath.Join(t.TempDir(), "r")
	m := meta(25)
	m.Months = len(tenYears.Months)
	w, err := Create(dir, m, config, Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer w.Close()
	for r := range 25 {
		if err := w.Append(r, 0, replicate(tenYears, len(regimes), r)); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := w.Commit(execution); err != nil {
		t.Fatal(err)
	}
	data := read(t, dir, replicationsName)
	file, err := parquet.OpenFile(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if want := int64(25 * 2 * 120 * int(measure.NumOutputs)); file.NumRows() != want {
		t.Errorf("%d rows, want %d", file.NumRows(), want)
	}
	if groups := file.RowGroups(); len(groups) < 2 {
		t.Errorf("%d row group for %d rows", len(groups), file.NumRows())
	}
	for _, g := range file.RowGroups() {
		if g.NumRows() > rowsPerGroup {
			t.Errorf("a row group of %d rows", g.NumRows())
		}
	}
}

// The check after writing finds a number that is not the one recorded, and a
// file with rows too few or too many.
func TestVerificationFindsWhatTheFileLacks(t *testing.T) {
	type each = func(func(number, redraws int, runs []*measure.Run) error) error
	of := func(numbers ...int) each {
		return func(do func(number, redraws int, runs []*measure.Run) error) error {
			for _, n := range numbers {
				if err := do(n, 0, replicate(twoYears, len(regimes), n)); err != nil {
					return err
				}
			}
			return nil
		}
	}
	other := func(do func(number, redraws int, runs []*measure.Run) error) error {
		return of(0, 1, 2)(func(number, redraws int, runs []*measure.Run) error {
			if number == 2 {
				runs[1].Months[3][measure.HotelPeople]++
			}
			return do(number, redraws, runs)
		})
	}
	for name, c := range map[string]struct {
		recorded each
		want     string
	}{
		"nothing":       {of(0, 1, 2), ""},
		"a number":      {other, "does not hold what was written"},
		"too few rows":  {of(0, 1, 2, 3), "ends at replication 3"},
		"too many rows": {of(0, 1), "more rows"},
	} {
		t.Run(name, func(t *testing.T) {
			p, err := newReplications(t.TempDir(), regimes, twoYears.Months)
			if err != nil {
				t.Fatal(err)
			}
			err = of(0, 1, 2)(func(number, _ int, runs []*measure.Run) error { return p.append(number, runs) })
			if err := errors.Join(err, p.close()); err != nil {
				t.Fatal(err)
			}
			err = p.verify(c.recorded)
			if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want)) {
				t.Errorf("verify: %v, want %q", err, c.want)
			}
		})
	}
}

func TestPublishedNumbersAreExactToThePenny(t *testing.T) {
	for _, pence := range []int64{0, 1, 7, 10, 99, 12_345_678_901_23, -5} {
		if got := published(measure.HotelCost, pence); int64(got*100+0.5*sign(got)) != pence {
			t.Errorf("%d pence are published as %v", pence, got)
		}
	}
}

func sign(v float64) float64 {
	if v < 0 {
		return -1
	}
	return 1
}

func BenchmarkResult(b *testing.B) {
	tenYears := clock.NewTimeline(twoYears.Opening, 10)
	for _, n := range []int{20, 100} {
		b.Run(fmt.Sprintf("replications=%d", n), func(b *testing.B) {
			all := make([][]*measure.Run, n)
			for r := range all {
				all[r] = replicate(tenYears, len(regimes), r)
			}
			for b.Loop() {
				dir := filepath.Join(b.TempDir(), "r")
				w, err := Create(dir, meta(n), config, Options{})
				if err != nil {
					b.Fatal(err)
				}
				for r, runs := range all {
					if err := w.Append(r, 0, runs); err != nil {
						b.Fatal(err)
					}
				}
				result, err := w.Commit(execution)
				if err != nil {
					b.Fatal(err)
				}
				for _, f := range result.Manifest.Files {
					if f.Name == replicationsName {
						b.ReportMetric(float64(f.Bytes), "parquet-bytes")
					}
				}
				b.ReportMetric(float64(n*2*120*int(measure.NumOutputs)), "rows")
			}
		})
	}
}

// Samples read from the file are those that were recorded, to the penny.
func TestSamplesAreWhatWasRecorded(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	result := written(t, dir, 5)
	outputs := []measure.Output{measure.TotalCost, measure.HotelPeople, measure.DiscountedCost}
	samples, err := result.Samples(regimes, outputs)
	if err != nil {
		t.Fatal(err)
	}
	for r := range regimes {
		var runs []*measure.Run
		for replication := range 5 {
			runs = append(runs, replicate(twoYears, len(regimes), replication)[r])
		}
		for i, o := range outputs {
			want := compare.SampleOf(o, runs)
			want.Design = result.Design
			if diff := cmp.Diff(want, samples[r][i]); diff != "" {
				t.Errorf("%s of %s (-recorded +read):\n%s", o, regimes[r], diff)
			}
		}
	}
	some, err := result.Samples(regimes[1:], outputs[:1])
	if err != nil || len(some) != 1 || cmp.Diff(samples[1][:1], some[0]) != "" {
		t.Errorf("one output of the second regime: %v, error %v", some, err)
	}
}

// Whoever reads a result reads one whose replications are as they were written,
// although most look at its tables alone.
func TestAResultWithOtherReplicationsIsNotRead(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	written(t, dir, 1)
	data := read(t, dir, replicationsName)
	flipped := bytes.Clone(data)
	flipped[len(data)/2] ^= 1
	for want, spoilt := range map[string][]byte{"is not the file that the run wrote: sha256": flipped, "is not the file that the run wrote: 0 bytes": {}} {
		put(t, dir, replicationsName, string(spoilt))
		if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), replicationsName+" "+want) {
			t.Errorf("error %v, want %q", err, want)
		}
	}
	if err := os.Remove(filepath.Join(dir, replicationsName)); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir); err == nil || !strings.Contains(err.Error(), replicationsName+" is missing: put it back") {
		t.Errorf("error %v", err)
	}
}

// TestTheReplicationsAreReadAgain: a result is not made if the disk does not hold
// what was written to it.
func TestTheReplicationsAreReadAgain(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "r")
	w := begin(t, dir, 2, Options{})
	testOnlyWritten = func(path string) {
		other, err := newReplications(filepath.Dir(path), regimes, twoYears.Months)
		if err != nil {
			t.Fatal(err)
		}
		for r := range 2 {
			if err := other.append(r, replicate(twoYears, len(regimes), 1)); err != nil {
				t.Fatal(err)
			}
		}
		if err := other.close(); err != nil {
			t.Fatal(err)
		}
	}
	defer func() { testOnlyWritten = func(string) {} }()
	if _, err := w.Commit(execution); err == nil || !strings.Contains(err.Error(), "does not hold what was written") {
		t.Errorf("error %v", err)
	}
	if _, err := os.Stat(dir); err == nil {
		t.Error("there is a result")
	}
}
