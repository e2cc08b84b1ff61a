// Package verify compares the simulator with what is known without it: laws of
// probability, the solutions of queueing theory, and identities that hold on
// every run. Everything runs on the engine, the queues, the draws and the model
// that results are made with.
package verify

import (
	"context"
	"slices"
	"strings"
	"sync"

	"asylumsim/sim/random"
)

// Form says how an estimate is held against theory.
type Form uint8

// The forms of a check.
const (
	Sampled Form = iota // a mean over independent runs, within its error
	Exact               // a count of deviations that must be 0
	Bounded             // a largest error that must not exceed a bound
)

// Check is one thing that is known about the simulator.
type Check struct {
	Group  string
	Name   string // what is measured, with its unit
	Law    string // why it is known, with its source
	Form   Form
	Theory float64
	// Tells is the deviation from Theory that a sampled check must be able to
	// detect with a chance of 97.5% or more: one that is too blunt for it does not
	// pass.
	Tells float64
	// Of is how many things each run of an exact check counts among; 0 for one.
	Of int
}

// A trial is one system that is run again and again from independent sources
// and answers several checks at once.
type trial struct {
	checks []Check
	runs   int
	// prepare returns a function that runs the system once and writes a value for
	// each check. It is called once for every goroutine.
	prepare func() func(source random.Source, run int, values []float64)
}

// Options say how much is verified and how.
type Options struct {
	Seed uint64
	// Scale multiplies the number of independent runs of each check; 1 is what
	// continuous integration uses.
	Scale   int
	Workers int
	// Only restricts the checks to those whose group or name contains it, in any
	// case of letters; empty for all.
	Only string
	// Progress, if set, is called after each run with how many are done of all. It
	// is called by one goroutine at a time.
	Progress func(done, total int)
}

// Theory makes the checks against theory and returns their findings in a fixed
// order. They do not depend on the number of workers, nor those of one check on
// which others are asked for. It stops between two runs when ctx is cancelled.
func Theory(ctx context.Context, o Options) (Report, error) {
	trials := slices.Clone(all())
	values := make([][][]float64, len(trials))
	type task struct{ trial, run int }
	var tasks []task
	for i := range trials {
		if !trials[i].wanted(o.Only) {
			trials[i].runs = 0
			continue
		}
		if trials[i].checks[0].Form == Sampled {
			trials[i].runs *= o.Scale
		}
		values[i] = make([][]float64, trials[i].runs)
		for run := range trials[i].runs {
			values[i][run] = make([]float64, len(trials[i].checks))
			tasks = append(tasks, task{i, run})
		}
	}
	var next, done int
	var mu sync.Mutex
	take := func() (task, bool) {
		mu.Lock()
		defer mu.Unlock()
		if next == len(tasks) || ctx.Err() != nil {
			return task{}, false
		}
		next++
		return tasks[next-1], true
	}
	var wait sync.WaitGroup
	for range max(1, o.Workers) {
		wait.Go(func() {
			ready, simulate := -1, (func(random.Source, int, []float64))(nil)
			for t, ok := take(); ok; t, ok = take() {
				if t.trial != ready {
					ready, simulate = t.trial, trials[t.trial].prepare()
				}
				simulate(sourceOf(o.Seed, t.trial, t.run), t.run, values[t.trial][t.run])
				if o.Progress != nil {
					mu.Lock()
					done++
					o.Progress(done, len(tasks))
					mu.Unlock()
				}
			}
		})
	}
	wait.Wait()
	if err := ctx.Err(); err != nil {
		return Report{}, err
	}
	report := judge(trials, values, o.Only)
	report.Seed = o.Seed
	return report, nil
}

// sourceOf is the randomness of a run of a trial. Each trial has sources of its
// own: were they shared, chance would be the same in many checks.
func sourceOf(seed uint64, trial, run int) random.Source {
	return random.NewSource(uint64(random.NewSource(seed, trial)), run)
}

// wanted reports whether any check of a trial is asked for.
func (t *trial) wanted(only string) bool {
	return slices.ContainsFunc(t.checks, func(c Check) bool { return c.matches(only) })
}

func (c Check) matches(only string) bool {
	return strings.Contains(strings.ToLower(c.Group+"\n"+c.Name), strings.ToLower(only))
}

// Groups lists the groups of checks, in the order of the table.
func Groups() (groups []string) {
	for _, t := range all() {
		for _, c := range t.checks {
			if !slices.Contains(groups, c.Group) {
				groups = append(groups, c.Group)
			}
		}
	}
	return append(groups, identityGroup)
}

// all lists the trials in the order of the table. What theory says of them takes
// a moment to work out, and is worked out once.
var all = sync.OnceValue(func() []trial {
	var trials []trial
	for _, group := range []func() []trial{draws, laws, tables, queues, networks, days, workingDays, reducedModel, crossingDays} {
		trials = append(trials, group()...)
	}
	return trials
})
