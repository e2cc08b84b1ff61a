// Package store keeps results on disk: a folder with the replications as
// Parquet, the statistics as CSV, the resolved configuration, and a manifest
// that says what made them.
package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"asylumsim/sim/clock"
	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
)

// ErrNothing reports that a run finished no replication, so that there is no
// result to keep.
var ErrNothing = errors.New("no replication was finished: there is no result to keep")

const (
	configName       = "config.resolved.yaml"
	replicationsName = "replications.parquet"
)

// Options say how a result is put on disk.
type Options struct {
	// Force lets a result replace an earlier one in the same folder. A folder
	// that is not a result of this program is not replaced in any case.
	Force bool
}

// Writer puts a run's replications on disk as they come. Everything grows in
// a hidden sibling of the result folder, which Commit renames into place, so
// that the folder is whole or not there. Memory is bounded by one row group
// of Parquet and, for the statistics, by one output of two regimes; disk by
// the result and, until it is done, 8 bytes for each number recorded.
//
// Use it from one goroutine:
//
//	w, err := store.Create(...)
//	defer w.Abort()
//	... w.Append(0, runs), w.Append(1, runs) ...
//	result, err := w.Commit(execution)
type Writer struct {
	dir, staged string
	held        *os.File // the lock of the stage; nil where there are no locks
	meta        Meta
	options     Options
	timeline    *clock.Timeline
	parquet     *replications
	spool       *spool
	cohorts     []*compare.CohortTally // by regime
	waits       []compare.WaitTally
	events      int64
	err         error // the first failure: the writer is of no use after it
	over        bool  // committed, or kept for a person to look at
}

// Create begins a result at dir. config is the resolved configuration, kept
// as it is. It fails before any work is done where dir may not be written or
// holds something that is not to be replaced.
func Create(dir string, meta Meta, config []byte, t *clock.Timeline, options Options) (*Writer, error) {
	if len(meta.Regimes) == 0 {
		panic("store: a result without regimes")
	}
	dir, err := resolve(dir)
	if err != nil {
		return nil, err
	}
	if err := vacant(dir, options.Force); err != nil {
		return nil, err
	}
	staged, held, err := stage(dir)
	if err != nil {
		return nil, err
	}
	w := &Writer{dir: dir, staged: staged, held: held, meta: meta, options: options, timeline: t}
	for range meta.Regimes {
		w.cohorts = append(w.cohorts, compare.NewCohortTally(len(t.Months)))
		w.waits = append(w.waits, compare.WaitTally{})
	}
	err = create(w.path(configName), func(out io.Writer) error {
		_, err := out.Write(config)
		return err
	})
	if err == nil {
		w.parquet, err = newReplications(w.path(replicationsName), meta.Regimes, t.Months)
	}
	if err == nil {
		w.spool, err = newSpool(w.path(spoolName), len(meta.Regimes), len(t.Months))
	}
	if err != nil {
		return nil, errors.Join(explain(err), w.Abort())
	}
	return w, nil
}

func (w *Writer) path(name string) string { return filepath.Join(w.staged, name) }

// Done returns how many replications have been appended.
func (w *Writer) Done() int { return w.spool.replications }

// Append adds a finished replication: one run per regime, in the order of
// Meta.Regimes. Replications come in rising order, without a gap in a whole
// run. After an error the writer is of no use but to Abort.
func (w *Writer) Append(replication int, runs []*measure.Run) error {
	if w.err != nil {
		return w.err
	}
	w.check(replication, runs)
	if w.err = explain(w.parquet.append(replication, runs)); w.err != nil {
		return w.err
	}
	if w.err = explain(w.spool.append(runs)); w.err != nil {
		return w.err
	}
	for r, run := range runs {
		w.cohorts[r].Add(run.Cohorts)
		w.waits[r].Add(&run.Waits)
		w.events += run.Events
	}
	return nil
}

// check panics where a caller breaks the order or the shape of the results.
func (w *Writer) check(replication int, runs []*measure.Run) {
	if w.over {
		panic("store: append to a result that is over")
	}
	if n := w.Done(); w.meta.Shard == nil && replication != n {
		panic(fmt.Sprintf("store: replication %d appended, want %d", replication, n))
	} else if n > 0 && int32(replication) <= w.parquet.numbers[n-1] {
		panic(fmt.Sprintf("store: replication %d appended after %d", replication, w.parquet.numbers[n-1]))
	}
	if len(runs) != len(w.meta.Regimes) {
		panic(fmt.Sprintf("store: replication %d has %d runs for %d regimes", replication, len(runs), len(w.meta.Regimes)))
	}
	for r, run := range runs {
		if len(run.Months) != len(w.timeline.Months) {
			panic(fmt.Sprintf("store: replication %d of %s has %d months, want %d", replication, w.meta.Regimes[r], len(run.Months), len(w.timeline.Months)))
		}
	}
}

// Commit computes the statistics of the replications appended, finishes all
// files, reads the Parquet file back and puts the folder into place. With
// fewer replications than asked for the result is of those that are there.
// Where only the last step fails, the finished result stays in its hidden
// folder, which the error names.
func (w *Writer) Commit(execution Execution) (*Result, error) {
	if w.err == nil && w.Done() == 0 {
		w.err = ErrNothing
	}
	if w.err != nil {
		return nil, w.err
	}
	result, err := w.finish(execution)
	if err != nil {
		w.err = err
		return nil, err
	}
	w.over = true
	defer w.letGo()
	if err := place(w.staged, w.dir, w.options.Force); err != nil {
		return nil, fmt.Errorf("%w (the finished result is in %s)", err, w.staged)
	}
	return result, nil
}

// finish writes all that is still missing in the staged folder.
func (w *Writer) finish(execution Execution) (*Result, error) {
	if err := w.parquet.close(); err != nil {
		return nil, explain(err)
	}
	if err := w.parquet.verify(w.spool); err != nil {
		return nil, explain(err)
	}
	tables, err := compare.Tabulate(w.meta.Regimes, w.timeline, w.spool.sample)
	if err != nil {
		return nil, err
	}
	for r, regime := range w.meta.Regimes {
		tables.Waits = append(tables.Waits, w.waits[r].Rows(regime)...)
		tables.Cohorts = append(tables.Cohorts, w.cohorts[r].Rows(regime, w.timeline.Months)...)
	}
	err = errors.Join(
		summaryTable.write(w.staged, tables.Summaries),
		totalsTable.write(w.staged, tables.Totals),
		differencesTable.write(w.staged, tables.Differences),
		cohortsTable.write(w.staged, tables.Cohorts),
		waitsTable.write(w.staged, tables.Waits),
		w.spool.file.Close(),
		os.Remove(w.path(spoolName)),
	)
	if err != nil {
		return nil, explain(err)
	}
	manifest := &Manifest{
		Format: format, Meta: w.meta, Base: w.meta.Regimes[0],
		Opening: w.timeline.Opening, Months: len(w.timeline.Months),
		Done: w.Done(), Events: w.events, Execution: execution,
	}
	if manifest.Files, manifest.OutputsDigest, err = digest(w.staged, outputNames); err != nil {
		return nil, explain(err)
	}
	if w.held != nil {
		if err := os.Remove(w.path(lockName)); err != nil {
			return nil, explain(err)
		}
	}
	err = create(w.path(manifestName), func(out io.Writer) error {
		_, err := out.Write(manifest.encode())
		return err
	})
	if err != nil {
		return nil, explain(err)
	}
	config, err := os.ReadFile(w.path(configName))
	if err != nil {
		return nil, explain(err)
	}
	return &Result{Dir: w.dir, Manifest: manifest, Config: config, Tables: tables}, nil
}

// Abort removes what was begun. It does nothing after Commit, so that it can
// be deferred.
func (w *Writer) Abort() error {
	if w.over {
		return nil
	}
	w.over = true
	if w.parquet != nil {
		w.parquet.file.Close()
	}
	if w.spool != nil {
		w.spool.file.Close()
	}
	defer w.letGo()
	if err := os.RemoveAll(w.staged); err != nil {
		return explain(err)
	}
	return nil
}

// letGo gives the lock of the stage back.
func (w *Writer) letGo() {
	if w.held != nil {
		w.held.Close()
	}
}
