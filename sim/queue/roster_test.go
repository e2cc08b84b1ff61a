package queue

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestRosterAgainstASlice drives a roster and an obvious slice with the same
// joins and departures, from the front and from anywhere.
func TestRosterAgainstASlice(t *testing.T) {
	type waiter struct {
		member   int32
		position uint32
	}
	roster := NewRoster()
	for seed := range uint64(10) {
		r := rand.New(rand.NewPCG(seed, 5))
		roster.Reset()
		var slow []waiter
		area := int64(0)
		for step := range int32(8000) {
			switch n := r.IntN(10); {
			case n < 6:
				slow = append(slow, waiter{step, roster.Join(step)})
			case n < 8 && len(slow) > 0:
				member, ok := roster.First()
				if !ok || member != slow[0].member {
					t.Fatalf("seed %d: %d is first, want %d", seed, member, slow[0].member)
				}
				roster.Leave(slow[0].position, member)
				slow = slow[1:]
			case len(slow) > 0:
				i := r.IntN(len(slow))
				roster.Leave(slow[i].position, slow[i].member)
				slow = slices.Delete(slow, i, i+1)
			}
			if step%7 == 0 {
				roster.Midnight()
				area += int64(len(slow))
			}
			if roster.Len() != len(slow) || roster.Area() != area {
				t.Fatalf("seed %d: %d wait and %d nights, want %d and %d", seed, roster.Len(), roster.Area(), len(slow), area)
			}
		}
		for _, w := range slow {
			roster.Leave(w.position, w.member)
		}
		if _, ok := roster.First(); ok {
			t.Fatalf("seed %d: somebody is first of nobody", seed)
		}
	}
}

func TestRosterKnowsWhoWaits(t *testing.T) {
	r := NewRoster()
	a, b := r.Join(7), r.Join(8)
	r.Leave(a, 7)
	for name, leave := range map[string]func(){
		"twice":             func() { r.Leave(a, 7) },
		"from another's":    func() { r.Leave(b, 7) },
		"from nobody's yet": func() { r.Leave(b+1, 9) },
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("a member left %s place", name)
				}
			}()
			leave()
		}()
	}
}
