package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"runtime"

	"github.com/spf13/cobra"

	"asylumsim/sim/compare"
	"asylumsim/sim/config"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/store"
)

// running is a run that is about to begin.
type running struct {
	bundle  *config.Bundle
	files   *config.Files // with the published series
	how     config.Execution
	folder  string
	shard   *store.Shard
	targets []compare.Target
	options store.Options
	again   *store.Manifest // of the result that is made again; nil for a run of its own
}

// simulate runs what is not done yet and makes the result. Where the run was
// interrupted the result is of what is finished, and the error says so.
func (r running) simulate(c *cobra.Command) (*store.Result, error) {
	plan, err := planOf(r.bundle, r.files, 1)
	if err != nil {
		return nil, err
	}
	data, err := dataDigests(r.files)
	if err != nil {
		return nil, err
	}
	e := r.bundle.Experiment
	if r.shard != nil && r.shard.Of > e.Replications {
		return nil, policy.Problems{{Position: policy.Position{File: "--shard"}, Key: "shard", Value: r.shard.String(),
			Want: fmt.Sprintf("no more shards than replications: I/%d at most", e.Replications)}}
	}
	if err := plan.Check(); err != nil {
		return nil, err
	}
	this, err := program()
	if err != nil {
		return nil, failed(err)
	}
	say := c.ErrOrStderr()
	meta := metaOf(r.bundle, this, data, r.shard)
	asked := r.shard.Count(e.Replications)
	if r.again != nil {
		asked = r.again.Done
	}
	if !r.options.Resume { // an unfinished run is discarded only for one that has room
		if _, err := r.sized(meta, 0, asked); err != nil {
			return nil, err
		}
	}
	writer, err := store.Create(r.folder, meta, r.bundle.Resolved(), r.options)
	if err != nil {
		return nil, err
	}
	defer writer.Close()
	left, err := r.sized(meta, writer.Done()-len(writer.Damaged()), asked)
	if err != nil {
		return nil, err
	}
	workers := left.workers
	plan.Workers = workers
	series, err := observed(r.files)
	if err != nil {
		return nil, err
	}
	writer.Keep(publishedAt(series, e.Opening))

	warn(say, r.bundle.Warnings)
	sayFewer(say, r.how.Workers, workers, left.fewer)
	fmt.Fprintf(say, "%s: %d regimes, %d replications of %d years from %v, %d workers%s\n",
		e.Name, len(r.bundle.Regimes), asked, e.Years, e.Opening, workers, r.described(say, writer))
	if text := left.describe(); text != "" {
		fmt.Fprintln(say, text)
	}
	clock := startExecution()
	var why error // the first point that was drawn again could not be
	plan.Redrawn = func(_ int, first error) {
		if why == nil {
			why = first
		}
	}
	damaged := writer.Damaged()
	bar := newProgress(say, asked-writer.Done()+len(damaged), "replications")
	restore := collectAt(runGarbage)
	err = mend(c.Context(), *plan, writer, damaged, bar)
	done := writer.Done()
	if err == nil {
		plan.Number, plan.Done = r.shard.Replication, done
		judge, failure := r.judge(writer, plan)
		if failure != nil {
			return nil, failed(failure)
		}
		done, err = plan.Run(c.Context(), func(replication, redraws int, runs []*measure.Run) error {
			bar.step()
			if err := writer.Append(replication, redraws, runs); err != nil || !judge(runs) {
				return err
			}
			return experiment.ErrEnough
		})
	}
	restore()
	bar.end()
	interrupted := errors.Is(err, experiment.ErrInterrupted)
	if err != nil && r.options.Whole {
		return nil, failed(fmt.Errorf("%w after %d of %d replications, which are not kept", err, done, asked))
	}
	finished := done - len(writer.Damaged())
	if err != nil && (!interrupted || finished < done || done == 0 || writer.Covers()) {
		var again *experiment.Failure
		switch {
		case finished == 0:
		case errors.As(err, &again):
			err = fmt.Errorf("%w\nThe same comes again with --resume; -n %d ends the run before it", err, again.Replication)
		default:
			err = fmt.Errorf("%w\n%d of %d replications are finished and kept: --resume goes on with them", err, finished, asked)
		}
		if writer.Covers() {
			err = fmt.Errorf("%w; the earlier result in %s is as it was", err, r.folder)
		}
		return nil, failed(err)
	}
	result, err := writer.Commit(clock.finish(workers))
	if err != nil {
		return nil, failed(err)
	}
	if why != nil {
		fmt.Fprintf(say, "parameters were drawn again, the first time since %v\n", why)
	}
	if interrupted {
		err = fmt.Errorf("%w after %d of %d replications, which are kept in %s: --resume goes on with them", experiment.ErrInterrupted, done, asked, r.folder)
	}
	return result, err
}

// sized is what a run will take of which so many replications are done, with as
// many workers as it can use. One for which there is no room is refused.
func (r running) sized(meta store.Meta, done, all int) (footprint, error) {
	s, has := footprint{meta: meta, done: done, all: all, workers: 1}, roomFor(r.folder)
	if err := s.check(has, r.folder); err != nil {
		return s, err
	}
	byMemory := 1 + (has.memory-s.memory())/s.world()
	s.workers, s.fewer = workersFor(r.how.Workers, runtime.GOMAXPROCS(0), all-done, byMemory)
	return s, nil
}

// mend runs the replications again that are damaged in the journal.
func mend(ctx context.Context, plan experiment.Plan, writer *store.Writer, damaged []int, bar *progress) error {
	plan.Number = func(i int) int {
		if i < len(damaged) {
			return damaged[i]
		}
		return plan.Replications // there is no more
	}
	_, err := plan.Run(ctx, func(replication, redraws int, runs []*measure.Run) error {
		bar.step()
		return writer.Append(replication, redraws, runs)
	})
	return err
}

// described says what is particular about a run.
func (r running) described(say io.Writer, w *store.Writer) string {
	text := ""
	if f := r.bundle.Experiment.Fraction; !f.Whole() {
		text = fmt.Sprintf(", at %v of people and capacities", f)
	}
	if r.shard != nil {
		text += fmt.Sprintf(", shard %v", r.shard)
	}
	cut, bytes := w.Lost()
	damaged := len(w.Damaged())
	if n := w.Done() - damaged; n > 0 {
		text += fmt.Sprintf(", %d of them done before", n)
	}
	if n := cut + damaged; n > 0 {
		fmt.Fprintf(say, "%d of the %d replications that were kept were damaged and are run again\n", n, w.Done()+cut)
	}
	if bytes > 0 {
		fmt.Fprintf(say, "the end of the journal was not whole: %d bytes of an unfinished replication were cut off\n", bytes)
	}
	return text
}
