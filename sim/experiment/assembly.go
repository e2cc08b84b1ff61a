package experiment

import (
	"context"
	"errors"
	"sync"

	"asylumsim/sim/measure"
)

// assembly gives out replications in order and puts their results back into
// that order. Workers run at most a window ahead of the sink, which bounds
// memory.
type assembly struct {
	mu      sync.Mutex
	changed sync.Cond
	total   int
	window  int
	next    int // replication to give out
	sunk    int // replications handed to the sink
	stopped bool
	active  int // replications given out and not delivered
	ready   map[int]delivery
}

type delivery struct {
	runs    []*measure.Run
	redraws int
	why     error // the first point of them could not be
	err     error
}

// newAssembly begins behind the replications that are done.
func newAssembly(done, total, window int) *assembly {
	a := &assembly{total: total, window: window, next: done, sunk: done, ready: map[int]delivery{}}
	a.changed.L = &a.mu
	return a
}

// take gives out the next replication, waiting while the sink is a window
// behind. It reports false when there is none, or none is to be begun.
func (a *assembly) take(ctx context.Context) (int, bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for !a.stopped && a.next < a.total && a.next >= a.sunk+a.window {
		a.changed.Wait()
	}
	if ctx.Err() != nil {
		a.stopped = true
	}
	if a.stopped || a.next >= a.total {
		a.changed.Broadcast()
		return 0, false
	}
	a.next++
	a.active++
	return a.next - 1, true
}

// deliver brings the result of a replication back.
func (a *assembly) deliver(replication int, d delivery) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.active--
	a.ready[replication] = d
	if d.err != nil {
		a.stopped = true
	}
	a.changed.Broadcast()
}

// drain hands results to the sink in order until all are done, or an error
// comes up, or nothing more will arrive.
func (a *assembly) drain(sink func(int, delivery) error) (int, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	for a.sunk < a.total {
		d, ok := a.ready[a.sunk]
		if !ok {
			if a.stopped && a.active == 0 {
				return a.sunk, nil
			}
			a.changed.Wait()
			continue
		}
		delete(a.ready, a.sunk)
		if d.err == nil {
			a.mu.Unlock()
			d.err = sink(a.sunk, d)
			a.mu.Lock()
		}
		if errors.Is(d.err, ErrEnough) {
			a.sunk++ // the sink has taken it
		}
		if d.err != nil {
			a.stopped = true
			a.changed.Broadcast()
			return a.sunk, d.err
		}
		a.sunk++
		a.changed.Broadcast()
	}
	return a.sunk, nil
}
