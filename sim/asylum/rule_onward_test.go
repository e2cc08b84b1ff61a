package asylum

import (
	"testing"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// TestOnwardAppealsEndInThreeWays: of those heard at the Upper Tribunal 30% are
// allowed, 20% go back to be heard again and half are dismissed. The allowed are
// counted with those of the first instance, and every hearing is paid for.
func TestOnwardAppealsEndInThreeWays(t *testing.T) {
	const n = 10000
	w := ruleWorld(t, func(r *policy.Rules) {
		a := &r.Appeal
		a.OnwardAllowed, a.OnwardRemitted = 0.3, 0.2
		a.OnwardCapacity = 12.1 * n * 21 // January 2026 has 21 working days
		a.NewBodyShare = 0
	})
	for key := range n {
		c := ruleCase(key, OnwardWindow, 1, 1)
		c.Appeals = 1
		w.lodgeOnward(c)
	}
	w.countHearings(0)
	w.hearOnwardQueue()
	allowed, again := int(w.stock.totalCases(Permitted)), w.appeals.Len()
	dismissed := int(w.stock.totalCases(Removable, Limbo))
	expectShare(t, "allowed", allowed, n, 0.3)
	expectShare(t, "to be heard again", again, n, 0.2)
	expectShare(t, "dismissed", dismissed, n, 0.5)
	if allowed+again+dismissed != n || w.onward.Len() != 0 {
		t.Errorf("%d allowed, %d to be heard again, %d dismissed and %d waiting, of %d", allowed, again, dismissed, w.onward.Len(), n)
	}
	if got := w.row[measure.AppealsAllowedCases]; got != int64(allowed) {
		t.Errorf("%d appeals are counted as allowed, want %d", got, allowed)
	}
	if got := w.row[measure.AppealCost]; got != n*3000_00 {
		t.Errorf("%d hearings cost %d pence, want 3000 pounds each", n, got)
	}
	if first, _, _ := w.appeals.First(); first.Appeals != 2 {
		t.Errorf("who is heard again has appeal %d before the tribunal, want the second", first.Appeals)
	}
}

// TestOnlyTheTribunalIsAppealedOnward: everybody whose appeal the tribunal
// dismisses goes on, nobody whose appeal the new body does.
func TestOnlyTheTribunalIsAppealedOnward(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Appeal.Onward, r.Appeal.Withdrawn = 1, 0
		clear(r.Appeal.Allowed[:])
	})
	for key := range 100 {
		c := ruleCase(key, Appealing, 1, 0)
		w.determine(c)
		if c.Stage != OnwardWindow || c.Next != LodgesOnward {
			t.Fatalf("a dismissal by the tribunal leads to %v", c.Stage)
		}
		c = ruleCase(key, Appealing, 1, 0)
		c.Flags |= NewBody
		w.determine(c)
		if c.Stage != Removable && c.Stage != Limbo {
			t.Fatalf("a dismissal by the new body leads to %v", c.Stage)
		}
	}
}

// TestEveryAppealIsAllottedAnew: half of the appeals go to the new body, of
// cases that have been there before as of others.
func TestEveryAppealIsAllottedAnew(t *testing.T) {
	const n = 10000
	for name, flags := range map[string]Flags{"first appeals": 0, "after an appeal at the new body": NewBody} {
		w := ruleWorld(t, func(r *policy.Rules) { r.Appeal.NewBodyShare = 0.5 })
		for key := range n {
			c := ruleCase(key, AppealWindow, 1, 0)
			c.Appeals, c.Flags = 1, flags
			w.lodge(c)
		}
		expectShare(t, name, w.newBody.Len(), n, 0.5)
		if w.newBody.Len()+w.appeals.Len() != n {
			t.Errorf("%s: %d and %d wait, of %d", name, w.newBody.Len(), w.appeals.Len(), n)
		}
	}
}

// TestAppealsAreHeardInOrder: whoever has waited longest is first, at the
// tribunal, at the new body and at the Upper Tribunal.
func TestAppealsAreHeardInOrder(t *testing.T) {
	for name, c := range map[string]struct {
		flags Flags
		stage Stage
		lodge func(*World, *Case)
	}{
		"the tribunal":       {0, AppealWindow, (*World).lodge},
		"the new body":       {0, AppealWindow, (*World).lodge},
		"the Upper Tribunal": {0, OnwardWindow, (*World).lodgeOnward},
	} {
		w := ruleWorld(t, func(r *policy.Rules) {
			a := &r.Appeal
			a.NewBodyShare = 0
			if name == "the new body" {
				a.NewBodyShare = 1
			}
			// One on each of the 21 working days of January 2026, and a little more,
			// so that the first is heard on the first.
			a.Capacity, a.NewBodyCases, a.OnwardCapacity, a.Growth = 12.1*21, 12.1*21, 12.1*21, 0
		})
		for key := range 3 {
			c.lodge(w, ruleCase(key, c.stage, 1, 0))
		}
		line := w.appeals
		switch name {
		case "the new body":
			line = w.newBody
		case "the Upper Tribunal":
			line = w.onward
		}
		w.countHearings(0)
		for heard := 1; heard <= 2; heard++ {
			w.hearQueue()
			w.hearOnwardQueue()
			first, _, ok := line.First()
			if !ok || line.Len() != 3-heard || first.Key != ruleCase(heard, c.stage, 1, 0).Key {
				t.Errorf("%s: after %d hearings %d wait, not those who came last", name, heard, line.Len())
			}
		}
	}
}
