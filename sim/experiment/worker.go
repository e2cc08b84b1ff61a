package experiment

import (
	"errors"
	"fmt"
	"runtime/debug"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// worker is one goroutine's world and population, reused from replication to
// replication.
type worker struct {
	plan       *Plan
	sampler    *sampler
	timeline   *clock.Timeline
	inputs     *prepared
	point      int // whose inputs these are; -1 for none yet
	world      *asylum.World
	population asylum.Population
}

// replicate runs every regime of one replication. A fault of the program in it
// becomes an error that says where, so that the run ends in good order.
func (w *worker) replicate(replication int) (d delivery) {
	regime := ""
	defer func() {
		if fault := recover(); fault != nil {
			d.err = fmt.Errorf("replication %d, regime %s: a fault of the program, please report it: %v\n%s", replication, regime, fault, debug.Stack())
		}
	}()
	if err := w.draw(replication); err != nil {
		return delivery{err: fmt.Errorf("replication %d: %w", replication, err)}
	}
	source := random.NewSource(w.plan.Seed, replication)
	if err := w.population.Draw(w.inputs.models[0], w.inputs.opening, source); err != nil {
		return delivery{err: fmt.Errorf("replication %d: %w", replication, err)}
	}
	d = delivery{runs: make([]*measure.Run, len(w.inputs.models)), redraws: w.inputs.redraws}
	for i, m := range w.inputs.models {
		regime = m.Regime()
		run, err := w.world.Run(m, source, &w.population)
		if err != nil {
			return delivery{err: fmt.Errorf("replication %d: %w", replication, err)}
		}
		d.runs[i] = run
	}
	return d
}

// draw prepares the inputs of a replication, unless they are those of the one
// before. A point at which the parameters cannot be together is drawn again.
func (w *worker) draw(replication int) error {
	draws := w.plan.Draws
	point := replication / draws.Inner
	if draws.Method == Central || point == w.point {
		return nil
	}
	for attempt := range maxAttempts {
		inputs, err := w.plan.At(w.sampler.marks(replication, attempt))
		var impossible policy.Problems
		if errors.As(err, &impossible) && attempt+1 < maxAttempts {
			continue
		}
		if err != nil {
			return err
		}
		w.inputs, w.point = w.plan.prepare(inputs, w.timeline), point
		w.inputs.redraws = attempt
		return nil
	}
	panic("experiment: no attempt was made")
}
