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
	drawn      int // replication whose population this is; -1 for none
	world      *asylum.World
	population asylum.Population
}

// replicate runs every regime of one replication. A fault of the program in it
// becomes an error that says where, so that the run ends in good order.
func (w *worker) replicate(replication int) (d delivery) {
	regime := ""
	defer func() {
		if fault := recover(); fault != nil {
			d.err = &Failure{replication, fmt.Errorf("regime %s: a fault of the program, please report it: %v\n%s", regime, fault, debug.Stack())}
		}
	}()
	if err := w.draw(replication); err != nil {
		return delivery{err: &Failure{replication, err}}
	}
	source := random.NewSource(w.plan.Seed, replication)
	if w.drawn != replication {
		if err := w.populate(replication, w.inputs); err != nil {
			return delivery{err: &Failure{replication, err}}
		}
	}
	d = delivery{runs: make([]*measure.Run, len(w.inputs.models)), redraws: w.inputs.redraws, why: w.inputs.why}
	for i, m := range w.inputs.models {
		regime = m.Regime()
		run, err := w.world.Run(m, source, &w.population)
		if err == nil {
			err = run.Check(m.Timeline)
		}
		if err != nil {
			return delivery{err: &Failure{replication, fmt.Errorf("regime %s: %w", regime, err)}}
		}
		d.runs[i] = run
	}
	return d
}

// draw prepares the inputs of a replication, unless they are those of the one
// before. A point at which the parameters cannot be together is drawn again: the
// attempt is part of the key of the draw. Where the opening stocks tell, it is by
// the first replication that has the point, so that all that share it agree.
func (w *worker) draw(replication int) error {
	draws := w.plan.Draws
	point := replication / draws.Inner
	if draws.Method == Central || point == w.point {
		return nil
	}
	inputs, err := w.possible(replication, maxAttempts)
	if err == nil {
		w.inputs, w.point = inputs, point
	}
	return err
}

// possible returns the inputs of the first attempt at the point of a replication
// that can be, and draws the population of the first replication with that point.
func (w *worker) possible(replication, attempts int) (*prepared, error) {
	var why error
	for attempt := range attempts {
		inputs, err := w.plan.at(w.sampler.marks(replication, attempt), w.timeline)
		if err == nil {
			err = w.populate(replication-replication%w.plan.Draws.Inner, inputs)
		}
		switch {
		case err == nil:
			inputs.redraws, inputs.why = attempt, why
			return inputs, nil
		case !cannotBe(err):
			return nil, err
		case why == nil:
			why = err
		}
	}
	return nil, &impossible{attempts, why}
}

// populate draws the population of a replication.
func (w *worker) populate(replication int, inputs *prepared) error {
	w.drawn = -1
	if err := w.population.Draw(inputs.models[0], inputs.opening, random.NewSource(w.plan.Seed, replication)); err != nil {
		return &contradiction{err}
	}
	w.drawn = replication
	return nil
}

// contradiction is what is wrong with opening stocks.
type contradiction struct{ error }

// cannotBe reports whether an error says that parameters, or opening stocks,
// cannot be together. Any other is a fault.
func cannotBe(err error) bool {
	var problems policy.Problems
	var stocks *contradiction
	return errors.As(err, &problems) || errors.As(err, &stocks)
}

// impossible is the error of a point of which no attempt can be.
type impossible struct {
	attempts int
	first    error
}

func (e *impossible) Error() string {
	return fmt.Sprintf("none of %d can be; the first: %v", e.attempts, e.first)
}
