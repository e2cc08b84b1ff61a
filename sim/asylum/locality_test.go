package asylum

import (
	"testing"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// TestWhomAPolicyNeverReachesIsNotTouched: rules that change for one nationality
// alone, where nobody waits for a capacity that others use, leave every case of
// the other nationalities in the same stage on every day, and the one in
// another.
func TestWhomAPolicyNeverReachesIsNotTouched(t *testing.T) {
	free := func(r *policy.Rules) {
		r.Appeal.Capacity, r.Appeal.Growth, r.Appeal.Further = 1e9, 0, 0
		r.Permit.ReviewStaff = 1e6
		r.Enforcement.Attempts = 0
	}
	rules := fixedRules()
	free(&rules)
	base := fixedModel(rules, 3)
	rules.Decision.Grant[1], rules.Returns.Voluntary[1], rules.Returns.Returnable[1] = 0.6, 1, 0.4
	changed := fixedModel(rules, 3)
	p := drawn(t, base, 11, 0)
	worlds := [2]*World{NewWorld(base.Timeline), NewWorld(base.Timeline)}
	for i, m := range []*Model{base, changed} {
		worlds[i].reset(m, random.NewSource(11, 0))
		worlds[i].open(p)
	}
	differs := false
	for day := range base.Timeline.Days {
		for _, w := range worlds {
			w.day = day
			w.runDay()
		}
		a, b := &worlds[0].stock, &worlds[1].stock
		for s := range NumStages {
			for _, n := range []policy.Nationality{0, 2} {
				if a[s][n] != b[s][n] {
					t.Fatalf("day %d: %d and %d cases of nationality %d are %v", day, a[s][n].cases, b[s][n].cases, n, s)
				}
			}
			differs = differs || a[s][1] != b[s][1]
		}
	}
	if !differs {
		t.Error("the rules changed nothing for the nationality that they are about")
	}
	for o := range measure.NumOutputs {
		if o == measure.SmallBoatArrivalsPeople || o == measure.AsylumClaimsCases {
			for m := range worlds[0].run.Months {
				if x, y := worlds[0].run.Months[m][o], worlds[1].run.Months[m][o]; x != y {
					t.Errorf("month %d: %v is %d and %d", m, o, x, y)
				}
			}
		}
	}
}

// TestSlotsKeepTheirNumbers: what a purpose draws follows from the number of its
// slot, so that one that is put before others, instead of at the end, would give
// every case other luck.
func TestSlotsKeepTheirNumbers(t *testing.T) {
	for _, c := range []struct {
		name      string
		slot, was random.Slot
	}{
		{"drawCrossable", drawCrossable, 0},
		{"drawGrant", drawGrant, 20},
		{"drawNeedsSupport", drawNeedsSupport, 32},
		{"drawLegalBarrier", drawLegalBarrier, 74},
		{"drawDeparture", drawDeparture, 87},
		{"drawDisplaced", drawDisplaced, 92},
	} {
		if c.slot != c.was {
			t.Errorf("%s is slot %d, it was %d: new slots go at the end", c.name, c.slot, c.was)
		}
	}
}
