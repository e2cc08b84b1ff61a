package experiment_test

import (
	"context"
	"errors"
	"sync/atomic"
	"testing"
	"time"

	"go.uber.org/goleak"

	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// No test of this package leaves a goroutine behind.
func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// TestNoWorkerOutlivesItsRun: however a run comes to its end, no worker is at
// work when Run returns, and none is left a moment later.
func TestNoWorkerOutlivesItsRun(t *testing.T) {
	full := errors.New("disk full")
	nothing := func(*experiment.Inputs) {}
	for _, c := range []struct {
		name   string
		change func(*experiment.Inputs)
		sink   func(replication int, cancel context.CancelFunc) error
		want   error // any, for one that is not told apart
	}{
		{"to its end", nothing, func(int, context.CancelFunc) error { return nil }, nil},
		{"cancelled in the middle", nothing, func(replication int, cancel context.CancelFunc) error {
			if replication == 1 {
				cancel()
			}
			return nil
		}, experiment.ErrInterrupted},
		{"an error of the sink", nothing, func(replication int, _ context.CancelFunc) error {
			if replication == 1 {
				return full
			}
			return nil
		}, full},
		{"enough replications", nothing, func(replication int, _ context.CancelFunc) error {
			if replication == 1 {
				return experiment.ErrEnough
			}
			return nil
		}, nil},
		{"an opening that contradicts itself", func(in *experiment.Inputs) {
			spoilt := *in.Opening
			spoilt.Supported[0] = 10_000_000
			in.Opening = &spoilt
		}, func(int, context.CancelFunc) error { return nil }, errAny},
		{"a fault of the program", func(in *experiment.Inputs) { in.Opening = nil }, func(int, context.CancelFunc) error { return nil }, errAny},
	} {
		t.Run(c.name, func(t *testing.T) {
			before := goleak.IgnoreCurrent()
			p := shippedPlan(t, 12, 4)
			p.Fraction = 200
			changed(p, c.change)
			atWork := slowed(p)
			ctx, cancel := context.WithCancel(context.Background())
			defer cancel()
			_, err := p.Run(ctx, func(replication, _ int, _ []*measure.Run) error { return c.sink(replication, cancel) })
			if n := atWork.Load(); n > 0 {
				t.Errorf("%d workers are at work after the run", n)
			}
			if c.want == errAny && err == nil || c.want != errAny && !errors.Is(err, c.want) {
				t.Errorf("error %v, want %v", err, c.want)
			}
			goleak.VerifyNone(t, before)
		})
	}
}

var errAny = errors.New("any error")

// slowed makes workers take their time with the inputs of a replication, and
// counts those that are at it.
func slowed(p *experiment.Plan) *atomic.Int32 {
	at, atWork := p.At, new(atomic.Int32)
	p.At = func(marks policy.Marks) (*experiment.Inputs, error) {
		atWork.Add(1)
		defer atWork.Add(-1)
		time.Sleep(30 * time.Millisecond)
		return at(marks)
	}
	return atWork
}
