package asylum

import (
	"flag"
	"testing"

	"pgregory.net/rapid"
)

// The scenes are the same in every run, so that a change is not blamed for what
// another left; go test -run AnyWorld -rapid.seed 0 -rapid.checks 3000 looks for
// others.
func init() {
	if err := flag.Set("rapid.seed", "1"); err != nil {
		panic(err)
	}
}

// TestAnyWorldKeepsItsBooks runs any rules from any opening stocks under the eyes
// of a witness, who counts again, day by day: nobody is lost, comes from nowhere
// or is in two places; queues are served in order, by no more than their
// capacity, and those whose day to leave has come are not served; time does not
// run backwards; every line of the ledger is what was done times its price; and
// Little's law holds on the path. The model's own audit must agree.
func TestAnyWorldKeepsItsBooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := anyScene(t)
		w := s.world
		watcher := newWitness(t, w)
		watcher.watch(s.days)
		watcher.checkWaits()
		if w.day < w.model.Timeline.Days && w.model.Timeline.Month(w.day) == w.month {
			w.closeLedger(w.month) // so far
		}
		if err := w.audit(s.opening); err != nil {
			t.Fatal(err)
		}
	})
}
