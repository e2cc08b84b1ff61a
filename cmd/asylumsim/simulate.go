package main

import (
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
}

// simulate runs what is not done yet and makes the result. Where the run was
// interrupted the result is of what is finished, and the error says so.
func (r running) simulate(c *cobra.Command) (*store.Result, error) {
	workers := r.how.Workers
	if workers == 0 {
		workers = runtime.NumCPU()
	}
	plan, err := planOf(r.bundle, r.files, workers)
	if err != nil {
		return nil, err
	}
	data, err := dataDigests(r.files)
	if err != nil {
		return nil, err
	}
	e := r.bundle.Experiment
	if r.shard.Count(e.Replications) < 1 {
		return nil, policy.Problems{{Position: policy.Position{File: "--shard"}, Key: "shard", Value: r.shard.String(),
			Want: fmt.Sprintf("no more shards than replications, of which there are %d", e.Replications)}}
	}
	writer, err := store.Create(r.folder, metaOf(r.bundle, data, r.shard), r.bundle.Resolved(), plan.Timeline(), r.options)
	if err != nil {
		return nil, err
	}
	defer writer.Close()
	series, err := observed(r.files)
	if err != nil {
		return nil, err
	}
	writer.Keep(publishedAt(series, e.Opening))
	plan.Number, plan.Done = r.shard.Replication, writer.Done()

	say := c.ErrOrStderr()
	warn(say, r.bundle.Warnings)
	asked := r.shard.Count(e.Replications)
	fmt.Fprintf(say, "%s: %d regimes, %d replications of %d years from %v, %d workers%s\n",
		e.Name, len(r.bundle.Regimes), asked, e.Years, e.Opening, workers, r.described(say, writer))
	clock := startExecution()
	bar := newProgress(say, asked-plan.Done, "replications")
	judge, err := r.judge(writer, plan)
	if err != nil {
		return nil, failed(err)
	}
	restore := collectAt(runGarbage)
	done, err := plan.Run(c.Context(), func(replication, redraws int, runs []*measure.Run) error {
		bar.step()
		if err := writer.Append(replication, redraws, runs); err != nil || !judge(runs) {
			return err
		}
		return experiment.ErrEnough
	})
	restore()
	bar.end()
	interrupted := errors.Is(err, experiment.ErrInterrupted)
	if err != nil && (!interrupted || done == 0) {
		if writer.Done() > 0 {
			err = fmt.Errorf("%w\n%d finished replications are kept: --resume goes on with them", err, writer.Done())
		}
		return nil, failed(err)
	}
	result, err := writer.Commit(clock.finish(workers))
	if err != nil {
		return nil, failed(err)
	}
	if interrupted {
		err = fmt.Errorf("%w after %d of %d replications, which are kept in %s: --resume goes on with them", experiment.ErrInterrupted, done, asked, r.folder)
	}
	return result, err
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
	if n := w.Done(); n > 0 {
		text += fmt.Sprintf(", %d of them done before", n)
	}
	if w.Lost() > 0 {
		fmt.Fprintf(say, "the end of the journal was not whole: %d bytes of an unfinished replication were cut off\n", w.Lost())
	}
	return text
}
