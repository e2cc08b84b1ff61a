package asylum

import (
	"container/heap"
	"math/rand/v2"
	"reflect"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// pendingHeap is the obvious event list: a heap by tick and sequence.
type pendingHeap []pending

type pending struct {
	event.Entry[Case]
	seq int
}

func (h pendingHeap) Len() int { return len(h) }
func (h pendingHeap) Less(i, j int) bool {
	return h[i].At < h[j].At || h[i].At == h[j].At && h[i].seq < h[j].seq
}
func (h pendingHeap) Swap(i, j int) { h[i], h[j] = h[j], h[i] }
func (h *pendingHeap) Push(x any)   { *h = append(*h, x.(pending)) }
func (h *pendingHeap) Pop() any {
	last := (*h)[len(*h)-1]
	*h = (*h)[:len(*h)-1]
	return last
}

// besideHeap runs a replication with a heap beside the calendar and fails
// unless every event taken is the heap's next and the checksums over both
// histories are equal. It returns the number of events taken.
//
// A change of the rules may call pending events off in place: of those the heap is
// asked for the moment and the case only.
func besideHeap(t *testing.T, m *Model, source random.Source) int {
	t.Helper()
	var p Population
	if err := p.Draw(m, fixedOpening(), source); err != nil {
		t.Fatal(err)
	}
	w := NewWorld(m.Timeline)
	var h pendingHeap
	seq, events := 0, 0
	var ours, heaps uint64
	checksum := func(sum uint64, e event.Entry[Case]) uint64 {
		return (sum ^ uint64(e.At) ^ uint64(e.Record.Key) ^ uint64(e.Record.Next)<<40) * 0x100000001b3
	}
	w.testOnlyObserve = func(scheduled bool, e event.Entry[Case]) {
		if scheduled {
			heap.Push(&h, pending{e, seq})
			seq++
			return
		}
		events++
		want := heap.Pop(&h).(pending).Entry
		if e.Record.Next == Void {
			want.Record.Next = Void
		}
		ours, heaps = checksum(ours, e), checksum(heaps, want)
		if want != e {
			t.Fatalf("event %d: took %+v, the heap has %+v", events, e, want)
		}
	}
	if _, err := w.Run(m, source, &p); err != nil {
		t.Fatal(err)
	}
	if ours != heaps || w.agenda.Pending() != 0 || len(h) != 0 {
		t.Errorf("%d events, checksum %x, the heap's %x with %d left", events, ours, heaps, len(h))
	}
	return events
}

// TestEngineAgreesWithHeap runs the whole model at full size.
func TestEngineAgreesWithHeap(t *testing.T) {
	if n := besideHeap(t, fixedModel(fixedRules(), 3), random.NewSource(11, 0)); n < 500000 {
		t.Errorf("only %d events", n)
	}
}

// TestEngineAgreesWithHeapOnAnyRules does so over random rules: every rate,
// chance, price and duration is drawn anew around a set in which every
// mechanism is at work, some chances and rates are 0, and on a random date
// another such set comes into force.
func TestEngineAgreesWithHeapOnAnyRules(t *testing.T) {
	for seed := range uint64(16) {
		r := rand.New(rand.NewPCG(seed, 21))
		opening := clock.MustDate("2025-12-31")
		regime := &policy.Regime{
			Name:   "random",
			Starts: []clock.Date{clock.MustDate("2010-01-01"), opening + clock.Date(1+r.IntN(900))},
			Epochs: []policy.Rules{randomRules(r), randomRules(r)},
		}
		m := CompileSample(regime, clock.NewTimeline(opening, 3), groups, 20)
		if n := besideHeap(t, m, random.NewSource(seed, 1)); n < 10000 {
			t.Errorf("seed %d: only %d events", seed, n)
		}
	}
}

// randomRules draws rules around crowdedRules.
func randomRules(r *rand.Rand) policy.Rules {
	rules := crowdedRules()
	rules.Safety = policy.Safety{
		DeclaredRate: policy.ByNationality[unit.PerYear]{0.5, 0.5, 0.5}, ReversalRate: 0.3, GrantFactor: 0.2, Cessation: 0.5,
		ReviewShare: 0.7, ReviewSpread: 200, AcceptsReturns: 0.6, ReturnableIfSafe: 0.9,
	}
	need := rules.Support.Need
	vary(r, reflect.ValueOf(&rules).Elem())
	rules.Support.Need = need // the opening stocks are supported by it
	rules.Claims.Envelope = 2 // more than any scale can be
	return rules
}

func vary(r *rand.Rand, v reflect.Value) {
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			vary(r, v.Field(i))
		}
	case reflect.Array:
		for i := range v.Len() {
			vary(r, v.Index(i))
		}
	case reflect.Float64:
		x := v.Float() * (0.4 + 1.2*r.Float64())
		switch v.Interface().(type) {
		case unit.Probability, unit.Share:
			x = min(x, 1)
			if r.IntN(8) == 0 {
				x = 0
			}
		case unit.PerYear:
			if r.IntN(12) == 0 {
				x = 0
			}
		}
		v.SetFloat(x)
	}
}
