package asylum

import (
	"fmt"
	"math"
	"slices"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/queue"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// TestWhoIsSoughtForReturn: of 4,000 cases in a line with as many gaps, attempts are made
// at anybody alike where none look to recent cases. Where all of them do, a case
// is as likely as the later of two drawn at random is: those with at most a share x
// of the line before them are x^2 of the cases sought, and at a share s of such
// attempts (1-s) x + s x^2. Each attempt is of a day of its own, on the whole line.
func TestWhoIsSoughtForReturn(t *testing.T) {
	const n, attempts = 4000, 2000
	for _, share := range []unit.Share{0, 0.5, 1} {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Enforcement.RecentShare = share
			r.Returns.Voluntary[0], r.Returns.Absconding = 0, 0
		})
		var positions []uint32
		for key := range 2 * n {
			w.join(w.removals, ruleCase(key, Removable, 1, 0), clock.NoDay)
			position := uint32(key)
			if key%2 == 0 {
				var c Case
				w.removals.Leave(position, &c)
				continue
			}
			positions = append(positions, position)
		}
		var places []float64
		for day := range clock.Day(attempts) {
			w.day = day
			place, waits := slices.BinarySearch(positions, w.nextForRemoval(0))
			if !waits {
				t.Fatal("the case that is sought does not wait")
			}
			places = append(places, (float64(place)+0.5)/n)
		}
		s := float64(share)
		expectLaw(t, fmt.Sprintf("recent share %v", share), places, func(x float64) float64 { return (1-s)*x + s*x*x })
	}
}

// TestAttemptsOfADayAreAtDifferentCases: a day's attempts draw anew.
func TestAttemptsOfADayAreAtDifferentCases(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Returns.Voluntary[0], r.Returns.Absconding = 0, 0 })
	for key := range 1000 {
		w.join(w.removals, ruleCase(key, Removable, 1, 0), clock.NoDay)
	}
	seen := map[uint32]bool{}
	for attempt := range 100 {
		seen[w.nextForRemoval(attempt)] = true
	}
	if len(seen) < 85 { // 95 are expected of 100 drawn from 1,000, with a deviation of 2
		t.Errorf("100 attempts are at %d cases", len(seen))
	}
}

// TestRandomOrderForgetsHowLongACaseHasWaited: 60 cases a day join a line of 6,000
// and 60 are sought, so that the chance of each is 1 in 100 every day: of those in
// line at first 0.99^100 have not been sought after 100 days, and none would be
// left after them by date of refusal.
func TestRandomOrderForgetsHowLongACaseHasWaited(t *testing.T) {
	const n, perDay, days = 6000, 60, 100
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Enforcement.RecentShare = 0
		r.Returns.Voluntary[0], r.Returns.Absconding = 0, 0
	})
	w.detention.beds.Size = n + perDay*days
	w.rules.Enforcement.Attempts = unit.PerYear(12 * (perDay + 0.01) * float64(w.workingDays))
	first := map[random.Key]bool{}
	for key := range n {
		c := ruleCase(key, Outside, 1, 0)
		first[c.Key] = true
		w.enterStay(*c, Removable)
	}
	for key := n; w.day < days; w.day++ {
		w.attempts = queue.Capacity{}
		w.enforceQueue()
		for range perDay {
			w.enterStay(*ruleCase(key, Outside, 1, 0), Removable)
			key++
		}
	}
	if waiting := w.removals.Len(); waiting != n {
		t.Fatalf("%d cases in line, want %d", waiting, n)
	}
	left := 0
	w.removals.Each(func(c *Case) {
		if first[c.Key] {
			left++
		}
	})
	expectShare(t, "not yet sought", left, n, math.Pow(1-float64(perDay)/n, days))
}
