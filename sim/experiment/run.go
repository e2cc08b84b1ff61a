// Package experiment runs the replications of an experiment on several
// workers and hands on their results in order.
package experiment

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"sync"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// Plan is what to run: every regime in every replication, on the same people
// and the same luck.
type Plan struct {
	Opening *asylum.Opening
	Years   int
	// Groups is the number of nationality groups in use.
	Groups int
	// Regimes are the regimes, base first. The base's rules on the opening
	// date describe the people of the opening stocks.
	Regimes      []*policy.Regime
	Seed         uint64
	Replications int
	// Fraction of people and of every capacity that is simulated; what is
	// counted is scaled back.
	Fraction unit.Fraction
	Workers  int
}

// Sink receives the runs of one replication, one per regime in the order of
// the plan. It is called from one goroutine, in order of replication.
type Sink func(replication int, runs []*measure.Run) error

// ErrInterrupted reports that a run was stopped before its last replication.
// Replications handed to the sink are complete.
var ErrInterrupted = errors.New("interrupted")

// Timeline is the calendar of the plan's runs.
func (p *Plan) Timeline() *clock.Timeline { return clock.NewTimeline(p.Opening.Date, p.Years) }

// Run simulates the plan and returns how many replications the sink has
// taken. When ctx is cancelled, replications that have begun are finished and
// handed on, so that what is kept is always the first n without a gap; the
// error is then ErrInterrupted. The result does not depend on the number of
// workers.
func (p *Plan) Run(ctx context.Context, sink Sink) (done int, err error) {
	timeline := p.Timeline()
	models := make([]*asylum.Model, len(p.Regimes))
	// Arrivals answer to how a package of rules compares with the base's on
	// the opening date.
	base := p.Regimes[0]
	reference := &base.Epochs[base.EpochAt(p.Opening.Date)]
	for i, r := range p.Regimes {
		models[i] = asylum.CompileSample(r, timeline, p.Groups, p.Fraction).Against(reference)
	}
	line := newAssembly(p.Replications, 2*p.Workers)
	var workers sync.WaitGroup
	for range p.Workers {
		workers.Go(func() {
			w := worker{plan: p, models: models, world: asylum.NewWorld(timeline)}
			for {
				replication, ok := line.take(ctx)
				if !ok {
					return
				}
				runs, err := w.replicate(replication)
				line.deliver(replication, runs, err)
			}
		})
	}
	done, err = line.drain(sink)
	workers.Wait()
	if err == nil && done < p.Replications {
		err = ErrInterrupted
	}
	return done, err
}

// worker is one goroutine's world and population, reused from replication to
// replication.
type worker struct {
	plan       *Plan
	models     []*asylum.Model
	world      *asylum.World
	population asylum.Population
}

// replicate runs every regime of one replication. A fault of the program in it
// becomes an error that says where, so that the run ends in good order.
func (w *worker) replicate(replication int) (runs []*measure.Run, err error) {
	regime := ""
	defer func() {
		if fault := recover(); fault != nil {
			err = fmt.Errorf("replication %d, regime %s: a fault of the program, please report it: %v\n%s", replication, regime, fault, debug.Stack())
		}
	}()
	source := random.NewSource(w.plan.Seed, replication)
	if err := w.population.Draw(w.models[0], w.plan.Opening, source); err != nil {
		return nil, err
	}
	runs = make([]*measure.Run, len(w.models))
	for i, m := range w.models {
		regime = m.Regime()
		run, err := w.world.Run(m, source, &w.population)
		if err != nil {
			return nil, fmt.Errorf("replication %d: %w", replication, err)
		}
		runs[i] = run
	}
	return runs, nil
}
