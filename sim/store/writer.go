// Package store keeps results on disk: a folder with the replications as
// Parquet, the statistics as CSV, the resolved configuration, and a manifest
// that says what made them.
package store

import (
	"errors"
	"fmt"

	"asylumsim/sim/clock"
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
	// Force lets a result replace an earlier one in the same folder and, without
	// Resume, discards an unfinished run. A folder that is not a result of this
	// program is not replaced in any case.
	Force bool
	// Resume goes on with an unfinished run of the same configuration.
	Resume bool
	// Whole keeps nothing of a run that does not come to its end.
	Whole bool
}

// Writer puts a run's replications on disk as they come. Each is in a journal
// in a hidden sibling of the result folder as soon as it is appended, so that a
// run that is killed loses none. Commit makes the result out of the journal and
// renames it into place, so that the folder is whole or not there. Memory does
// not grow with the number of replications but by a few bytes each; for the
// statistics it is one output of two regimes.
//
// Use it from one goroutine:
//
//	w, err := store.Create(...)
//	defer w.Close()
//	... w.Append(0, 0, runs), w.Append(1, 0, runs) ...
//	result, err := w.Commit(execution)
type Writer struct {
	dir       string
	meta      Meta
	config    []byte
	options   Options
	timeline  *clock.Timeline
	partial   *partial
	journal   *journal
	published []Observation
	err       error // the first failure: the writer is of no use after it
	over      bool
}

// Create begins a result at dir, or goes on with one. config is the resolved
// configuration, kept as it is. It fails before any work is done if dir may not
// be written or holds something that is not to be replaced.
func Create(dir string, meta Meta, config []byte, options Options) (*Writer, error) {
	if len(meta.Regimes) == 0 {
		panic("store: a result without regimes")
	}
	dir, err := resolve(dir)
	if err != nil {
		return nil, err
	}
	partial, err := takeOver(dir, meta, options)
	if err != nil {
		return nil, err
	}
	return &Writer{dir: dir, meta: meta, config: config, options: options, timeline: meta.timeline(), partial: partial, journal: partial.journal}, nil
}

// Done returns how many replications the journal holds, damaged ones among them:
// at first those that an unfinished run left.
func (w *Writer) Done() int { return w.journal.held }

// Damaged returns the numbers of the replications in the journal that are
// damaged. They are to be appended again before any other.
func (w *Writer) Damaged() []int {
	var numbers []int
	for _, i := range w.journal.damaged {
		numbers = append(numbers, w.meta.Shard.Replication(i))
	}
	return numbers
}

// Each hands on the replications that the journal holds, in order.
func (w *Writer) Each(do func(runs []*measure.Run)) error {
	return explain(w.each(func(_, _ int, runs []*measure.Run) error {
		do(runs)
		return nil
	}))
}

// Enough says that the replications appended are as many as are needed, and
// how precise they are, so that the result is complete with them.
func (w *Writer) Enough(precision []string) {
	w.meta.Replications, w.meta.Precision = w.Done(), precision
}

// Imprecise says how precise the replications are where more were needed than
// could be made.
func (w *Writer) Imprecise(precision []string) { w.meta.Precision = precision }

// Lost returns how many damaged replications and how many bytes of an unfinished
// one were cut off from the end of the journal of the run that is gone on with.
func (w *Writer) Lost() (replications int, bytes int64) {
	size := int64(w.meta.shape().recordBytes())
	return int(w.partial.lost / size), w.partial.lost % size
}

// Append adds a finished replication: one run per regime, in the order of
// Meta.Regimes, and how often its parameters were drawn again. Replications
// come in rising order, without a gap in a whole run, but for the damaged ones,
// which come first. After an error the writer is of no use but to Close, which
// keeps what was appended.
func (w *Writer) Append(replication, redraws int, runs []*measure.Run) error {
	if w.err != nil {
		return w.err
	}
	w.check(replication, runs)
	w.err = explain(w.journal.append(redraws, runs))
	return w.err
}

// check panics where a caller breaks the order or the shape of the results.
func (w *Writer) check(replication int, runs []*measure.Run) {
	if w.over {
		panic("store: append to a result that is over")
	}
	if want := w.meta.Shard.Replication(w.journal.next()); replication != want {
		panic(fmt.Sprintf("store: replication %d appended, want %d", replication, want))
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

// Commit makes the result of the replications appended and puts it into place.
// With fewer replications than asked for the result is of those that are there,
// and the journal is kept, so that the run can be resumed; else it is removed.
func (w *Writer) Commit(execution Execution) (*Result, error) {
	if w.err == nil && w.Done() == 0 {
		w.err = ErrNothing
	}
	if w.err != nil {
		return nil, w.err
	}
	if len(w.journal.damaged) > 0 {
		panic("store: a result of damaged replications")
	}
	result, err := w.finish(execution)
	if err == nil {
		if err = place(w.partial.path(resultName), w.dir, w.partial.replaces); err != nil && !w.options.Whole {
			err = fmt.Errorf("%w (the replications are kept in %s)", err, w.partial.dir)
		}
	}
	if err != nil {
		w.err = err
		return nil, err
	}
	w.over = true
	if w.incomplete() && !w.options.Whole {
		return result, w.partial.close()
	}
	return result, w.partial.remove()
}

func (w *Writer) incomplete() bool { return w.Done() < w.meta.Shard.Count(w.meta.Replications) }

// Covers reports whether a result of what is finished would cover an earlier
// one that is complete, of another run or of more: only a complete one does that.
func (w *Writer) Covers() bool {
	if !w.incomplete() || !isResult(w.dir) {
		return false
	}
	m, err := readAnyManifest(w.dir)
	return err != nil || len(m.Differences(w.meta)) > 0 || m.Done > w.Done() || m.Done >= m.Shard.Count(m.Replications)
}

// Close lets go of the run. An unfinished one that holds replications is kept,
// to be resumed; an empty one is removed. It does nothing after Commit, so that
// it can be deferred.
func (w *Writer) Close() error {
	if w.over {
		return nil
	}
	w.over = true
	if w.Done() == 0 || w.options.Whole {
		return w.partial.remove()
	}
	return w.partial.close()
}

// Kept returns the hidden folder that holds the finished replications of a run
// that did not come to its end.
func (w *Writer) Kept() string { return w.partial.dir }
