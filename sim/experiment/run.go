// Package experiment runs the replications of an experiment on several
// workers and hands on their results in order.
package experiment

import (
	"context"
	"errors"
	"fmt"
	"sync"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// Plan is what to run: every regime in every replication, on the same people
// and the same luck.
type Plan struct {
	Opening clock.Date // date of the opening stocks
	Years   int
	Until   clock.Date // last day, where it is not that of the years
	// Groups is the number of nationality groups in use.
	Groups int
	// At gives the inputs at a point of what is believed about the parameters;
	// at nil those of the central values. It is called by several goroutines. A
	// point at which the parameters cannot be together is policy.Problems.
	At func(policy.Marks) (*Inputs, error)
	// Uncertain lists the parameters that are drawn, Copula how they go
	// together, Draws how they are drawn.
	Uncertain []string
	Copula    *policy.Copula
	Draws     Draws
	// Points, where not nil, gives the point of a replication instead: its marks
	// at the first attempt, counted from 0, and at others where the parameters
	// could not be together at those before. Uncertain and Copula are not used
	// then, and of Draws only the method Independent can be. It is called by
	// several goroutines.
	Points func(replication, attempt int) policy.Marks
	// Redrawn, where not nil, is called before the sink for a replication whose
	// point was drawn again, with the reason why the first one could not be.
	Redrawn      func(replication int, why error)
	Seed         uint64
	Replications int
	// Fraction of people and of every capacity that is simulated; what is
	// counted is scaled back.
	Fraction unit.Fraction
	// Number gives the number of the i-th replication of this plan, as one shard
	// of a run needs it; nil for a whole run, where it is i.
	Number func(i int) int
	// Done is how many of the replications are there already.
	Done    int
	Workers int
}

// Inputs are what a replication runs on.
type Inputs struct {
	// Regimes are the regimes, base first. The base's rules on the opening
	// date describe the people of the opening stocks.
	Regimes []*policy.Regime
	Opening *asylum.Opening
}

// Sink receives the runs of one replication, one per regime in the order of
// the plan, and how often its parameters were drawn again. It is called from
// one goroutine, in order of replication.
type Sink func(replication, redraws int, runs []*measure.Run) error

// ErrEnough is what a sink returns when no more replications are needed: the
// run ends there, in good order. Replications that have begun beyond are not
// handed on.
var ErrEnough = errors.New("enough replications")

// ErrInterrupted reports that a run was stopped before its last replication.
// Replications handed to the sink are complete.
var ErrInterrupted = errors.New("interrupted")

// Timeline is the calendar of the plan's runs.
func (p *Plan) Timeline() *clock.Timeline {
	if p.Until != 0 {
		return clock.TimelineUntil(p.Opening, p.Until)
	}
	return clock.NewTimeline(p.Opening, p.Years)
}

// number is the number of the i-th replication.
func (p *Plan) number(i int) int {
	if p.Number == nil {
		return i
	}
	return p.Number(i)
}

// Run simulates the replications of the plan that are not done yet, and returns
// how many are done in the end. When ctx is cancelled, replications that have
// begun are finished and handed on, so that what is kept is always the first n
// without a gap; the error is then ErrInterrupted. The result does not depend on
// the number of workers.
func (p *Plan) Run(ctx context.Context, sink Sink) (done int, err error) {
	if !p.Draws.valid() {
		panic("experiment: a plan that does not say how parameters are drawn")
	}
	if p.Points != nil && (p.Draws.Method != Independent || p.Draws.Inner != 1) {
		panic("experiment: a plan with points of its own and another way to draw them")
	}
	timeline := p.Timeline()
	sampler := newSampler(p)
	var central *prepared
	if p.Draws.Method == Central {
		inputs, err := p.at(nil, timeline)
		if err != nil {
			return p.Done, err
		}
		central = inputs
	}
	line := newAssembly(p.Done, p.count(), 2*p.Workers)
	var workers sync.WaitGroup
	for range p.Workers {
		workers.Go(func() {
			w := p.worker(sampler, timeline)
			w.inputs, w.world = central, asylum.NewWorld(timeline)
			for {
				i, ok := line.take(ctx)
				if !ok {
					return
				}
				line.deliver(i, w.replicate(p.number(i)))
			}
		})
	}
	done, err = line.drain(func(i int, d delivery) error {
		if d.why != nil && p.Redrawn != nil {
			p.Redrawn(p.number(i), d.why)
		}
		return sink(p.number(i), d.redraws, d.runs)
	})
	workers.Wait()
	switch {
	case errors.Is(err, ErrEnough):
		return done, nil
	case err == nil && done < p.count():
		err = ErrInterrupted
	}
	return done, err
}

// Failure is the error of a replication. It does not depend on the machine, and
// comes again whenever the replication is run.
type Failure struct {
	Replication int
	Err         error
}

func (f *Failure) Error() string { return fmt.Sprintf("replication %d: %v", f.Replication, f.Err) }

// Unwrap returns what is wrong.
func (f *Failure) Unwrap() error { return f.Err }

// firstAttempts is how many draws of the first point there are before a run is
// refused: if one in three can be, all of them fail in 1 of 3,300 runs.
const firstAttempts = 20

// Check finds out whether the plan can be run: whether the numbers can be at the
// central values, and whether one of the first draws of its first point can. The
// error is policy.Problems where they cannot.
func (p *Plan) Check() error {
	timeline := p.Timeline()
	inputs, err := p.at(nil, timeline)
	if err != nil {
		return err
	}
	w := p.worker(newSampler(p), timeline)
	first := p.number(0)
	if p.Draws.Method == Central {
		err = w.populate(first, inputs)
	} else {
		_, err = w.possible(first, firstAttempts)
	}
	var none *impossible
	if errors.As(err, &none) || cannotBe(err) {
		return policy.Problems{{Key: "draws of the parameters", Want: fmt.Sprintf("some at which they can be together: %v", err),
			Hint: "a setting leaves next to nothing of the range of another parameter: change one of those that are named"}}
	}
	return err
}

func (p *Plan) worker(s *sampler, t *clock.Timeline) *worker {
	return &worker{plan: p, sampler: s, timeline: t, point: -1, drawn: -1}
}

// count is how many replications the plan has: in a shard, those whose number is
// below that of the whole run.
func (p *Plan) count() int {
	n := 0
	for p.number(n) < p.Replications {
		n++
	}
	return n
}

// prepared is the inputs of a replication made ready to run.
type prepared struct {
	models  []*asylum.Model
	opening *asylum.Opening
	redraws int
	why     error // the first point could not be, nil if there were no redraws
}

// at gives the inputs at a point, whose numbers are held to what they can be:
// wherever they come from, this is where they enter the model. The error is
// policy.Problems where they cannot be together at that point.
func (p *Plan) at(marks policy.Marks, timeline *clock.Timeline) (*prepared, error) {
	inputs, err := p.At(marks)
	if err != nil {
		return nil, err
	}
	for _, r := range inputs.Regimes {
		if err := r.Validate(); err != nil {
			return nil, err
		}
	}
	if err := inputs.Regimes[0].ValidateOpening(p.Opening); err != nil {
		return nil, err
	}
	return p.prepare(inputs, timeline), nil
}

func (p *Plan) prepare(inputs *Inputs, timeline *clock.Timeline) *prepared {
	// Arrivals answer to how a package of rules compares with the base's on
	// the opening date.
	base := inputs.Regimes[0]
	reference := &base.Epochs[base.EpochAt(p.Opening)]
	ready := &prepared{opening: inputs.Opening}
	for _, r := range inputs.Regimes {
		ready.models = append(ready.models, asylum.CompileSample(r, timeline, p.Groups, p.Fraction).Against(reference))
	}
	return ready
}
