package asylum

import (
	"testing"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// TestEveryMemberOfAFamilyTakesASeat: two families of three are to be flown out
// on the same day. With five seats the second stays, with six both go, and then
// there is none for a single adult.
func TestEveryMemberOfAFamilyTakesASeat(t *testing.T) {
	for _, c := range []struct{ seats, left, returned int64 }{{2, 1, 1}, {5, 1, 4}, {6, 0, 6}, {7, 0, 7}} {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Enforcement.Success, r.Enforcement.LegalBarrier = 1, 0
			r.Enforcement.Stay, r.Enforcement.LongestStay = 10, 100
		})
		w.countDetentionBeds()
		w.detention.seatsLeft = c.seats
		for key, children := range []uint8{2, 2, 0} {
			detained := ruleCase(key, Removable, 1, children)
			detained.Attempts = 1
			w.detain(detained)
			w.endDetention(detained)
		}
		if returned := w.row[measure.ReturnsEnforcedPeople]; returned != c.returned || w.detention.seatsLeft != c.left {
			t.Errorf("%d seats: %d people returned and %d seats left, want %d and %d", c.seats, returned, w.detention.seatsLeft, c.returned, c.left)
		}
	}
}
