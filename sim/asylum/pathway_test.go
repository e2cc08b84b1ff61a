package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// pulled runs three years with one lever pulled, on the opening people of the
// unchanged rules.
func pulled(t *testing.T, pull func(*policy.Rules)) *measure.Run {
	t.Helper()
	r := fixedRules()
	pull(&r)
	return simulateFrom(t, fixedModel(fixedRules(), 3), fixedModel(r, 3), 2)
}

func everywhere[T any](v T) (table policy.ByNationality[T]) {
	for i := range table {
		table[i] = v
	}
	return table
}

func TestAppealLevers(t *testing.T) {
	base := pulled(t, func(*policy.Rules) {})
	t.Run("all refusals certified", func(t *testing.T) {
		r := pulled(t, func(r *policy.Rules) { r.Appeal.Certified = everywhere[unit.Probability](1) })
		// Only appeals against cessation are left, and those of refusals whose
		// time limit was running.
		if got := sum(r, measure.AppealsLodgedCases); got*20 > sum(base, measure.AppealsLodgedCases) {
			t.Errorf("%d appeals were lodged", got)
		}
		if last(r, measure.AppealRightsExhaustedPeople) <= last(base, measure.AppealRightsExhaustedPeople) {
			t.Error("nobody more is subject to removal")
		}
	})
	t.Run("onward appeals without capacity", func(t *testing.T) {
		r := pulled(t, func(r *policy.Rules) { r.Appeal.Onward = 1 })
		before := int64(0)
		for i := range r.Months {
			open := r.Months[i][measure.OnwardAppealsOpenCases]
			if open < before {
				t.Fatal("somebody left the queue for an onward appeal")
			}
			before = open
		}
		if before == 0 {
			t.Error("nobody appealed onward")
		}
	})
	t.Run("everything remitted is heard again", func(t *testing.T) {
		r := pulled(t, func(r *policy.Rules) {
			r.Appeal.Onward, r.Appeal.OnwardRemitted, r.Appeal.OnwardCapacity = 1, 1, 1e6
		})
		if last(r, measure.OnwardAppealsOpenCases) > 500 || last(r, measure.AppealsOpenCases) <= last(base, measure.AppealsOpenCases) {
			t.Errorf("%d onward, %d at the tribunal", last(r, measure.OnwardAppealsOpenCases), last(r, measure.AppealsOpenCases))
		}
	})
	t.Run("a new body without capacity", func(t *testing.T) {
		r := pulled(t, func(r *policy.Rules) { r.Appeal.NewBodyShare = 1 })
		determined := sum(r, measure.AppealsDeterminedCases)
		if determined > 80333 || last(r, measure.AppealsOpenCases) != 80333-determined+sum(r, measure.AppealsLodgedCases) {
			t.Errorf("%d determined, %d lodged, %d open", determined, sum(r, measure.AppealsLodgedCases), last(r, measure.AppealsOpenCases))
		}
	})
	t.Run("further submissions", func(t *testing.T) {
		r := pulled(t, func(r *policy.Rules) { r.Appeal.Further, r.Appeal.FurtherMost = 0.5, 2 })
		if sum(r, measure.FurtherSubmissionsCases) == 0 || last(r, measure.AppealRightsExhaustedPeople) >= last(base, measure.AppealRightsExhaustedPeople) {
			t.Error("further submissions did not bring cases back")
		}
		r = pulled(t, func(r *policy.Rules) { r.Appeal.Further, r.Appeal.FurtherMost = 0.5, 0 })
		if got := sum(r, measure.FurtherSubmissionsCases); got != 0 {
			t.Errorf("%d further submissions where none are considered", got)
		}
	})
}

func TestPermitLevers(t *testing.T) {
	base := pulled(t, func(*policy.Rules) {})
	t.Run("switching", func(t *testing.T) {
		r := pulled(t, func(r *policy.Rules) { r.Permit.SwitchRate, r.Permit.SwitchSettles = 2, 10 })
		if sum(r, measure.SwitchedRoutePeople) == 0 || last(r, measure.PermitsInForcePeople) >= last(base, measure.PermitsInForcePeople)/2 {
			t.Errorf("%d switched, %d permits left", sum(r, measure.SwitchedRoutePeople), last(r, measure.PermitsInForcePeople))
		}
	})
	t.Run("revocation", func(t *testing.T) {
		r := pulled(t, func(r *policy.Rules) { r.Permit.RevocationRate = 0.5 })
		if sum(r, measure.PermitsCeasedPeople) <= 10*sum(base, measure.PermitsCeasedPeople) {
			t.Error("revocations did not end permits")
		}
	})
	t.Run("short humanitarian permits", func(t *testing.T) {
		r := pulled(t, func(r *policy.Rules) {
			r.Permit.Humanitarian, r.Permit.LengthOther = everywhere[unit.Probability](1), 12
		})
		if sum(r, measure.PermitReviewsDueCases) <= sum(base, measure.PermitReviewsDueCases)+10000 {
			t.Error("permits of a year were not reviewed")
		}
	})
	t.Run("nobody meets the conditions of settlement", func(t *testing.T) {
		r := pulled(t, func(r *policy.Rules) { r.Permit.SettlementTests = 0 })
		if sum(r, measure.SettledPeople) != 0 || sum(r, measure.PermitReviewsDueCases) <= sum(base, measure.PermitReviewsDueCases) {
			t.Errorf("%d settled", sum(r, measure.SettledPeople))
		}
	})
}

// TestDeclaredSafe declares one country safe at once: all its permits are
// called, its claims are refused, and where it does not accept returns its
// people are in limbo.
func TestDeclaredSafe(t *testing.T) {
	declare := func(r *policy.Rules, accepts unit.Probability) {
		r.Returns.Returnable = everywhere[unit.Probability](0)
		r.Safety = policy.Safety{
			DeclaredRate: policy.ByNationality[unit.PerYear]{1e6}, GrantFactor: 0, Cessation: 1, ReviewShare: 1,
			ReviewSpread: 20, AcceptsReturns: accepts, ReturnableIfSafe: 1,
		}
		r.Permit.ReviewStaff = 1e6
		r.Appeal.CessationShare = 0
	}
	never := pulled(t, func(r *policy.Rules) { r.Returns.Returnable = everywhere[unit.Probability](0) })
	refuses := pulled(t, func(r *policy.Rules) { declare(r, 0) })
	accepts := pulled(t, func(r *policy.Rules) { declare(r, 1) })
	if got := refuses.Months[0][measure.PermitReviewsDoneCases]; got < 50000 {
		t.Errorf("%d permits were reviewed in the first month, want those of one country", got)
	}
	if last(refuses, measure.LimboPeople) <= last(never, measure.LimboPeople)+50000 {
		t.Error("people of a country that refuses returns are not in limbo")
	}
	if got := sum(refuses, measure.ReturnsEnforcedPeople); got != 0 {
		t.Errorf("%d people were returned to a country that refuses", got)
	}
	if sum(accepts, measure.ReturnsEnforcedPeople) == 0 || last(accepts, measure.LimboPeople) >= last(refuses, measure.LimboPeople) {
		t.Error("a country that accepts returns changed nothing")
	}
	if sum(accepts, measure.GrantsPeople) >= sum(never, measure.GrantsPeople) {
		t.Error("claims from a declared country are granted as before")
	}
}

func TestTriage(t *testing.T) {
	r := fixedRules()
	r.Triage = policy.Triage{HighGrant: 0.6, LowGrant: 0.2, HighShare: 0.5, LowShare: 0.25}
	w := NewWorld(fixedModel(r, 1).Timeline)
	w.reset(fixedModel(r, 1), random.NewSource(1, 0))
	// Groups 0, 1 and 2 are the high, low and standard class.
	for i := range 12 {
		c := Case{Key: random.Key(i), Nationality: policy.Nationality(i % 3), Since: clock.Tick(i), Stage: Decidable}
		w.join(w.decisions[w.classOf(&c)], &c, clock.NoDay)
	}
	var served [3]int
	for range 4 {
		c, _ := nextDecided(w)
		served[c.Nationality]++
	}
	if served != [3]int{2, 1, 1} {
		t.Errorf("of four decisions the classes got %v, want 2, 1, 1", served)
	}
	for range 8 {
		if _, ok := nextDecided(w); !ok {
			t.Fatal("decisions were left over although cases wait")
		}
	}
	if w.waitingForDecision() != 0 {
		t.Error("somebody still waits")
	}

	r.Triage = policy.Triage{NewestShare: 1}
	w.reset(fixedModel(r, 1), random.NewSource(1, 0))
	for i := range 3 {
		c := Case{Key: random.Key(i), Nationality: policy.Nationality(i), Since: clock.Tick(i)}
		w.join(w.decisions[w.classOf(&c)], &c, clock.NoDay)
	}
	if c, _ := nextDecided(w); c.Key != 2 {
		t.Errorf("case %d was decided first, want the newest", c.Key)
	}
}

// TestContribution: 10,000 pounds from each of two adults over five years,
// half collected: 5,000 pounds after two and a half years and 10,000 in the
// end, although the case settles after three. A case that loses leave after a
// year has paid a fifth. Assets come on top, from those who are supported.
func TestContribution(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Contribution = policy.Contribution{PerAdult: 10000, Collected: 0.5, Years: 5, AssetShare: 1, Assets: 300}
		r.Permit.SettlementYears, r.Permit.SettlementShare, r.Permit.Length = 3, 1, 36
		r.Permit.SwitchRate, r.Permit.RevocationRate = 0, 0
	})
	paid := func(years float64) float64 {
		runUntil(w, clock.Day(years*unit.DaysPerYear))
		pence := w.owing.due / 1000
		for i := range w.run.Months {
			pence -= w.run.Months[i][measure.Contributions]
		}
		return float64(pence) / 100
	}
	keeps, loses := ruleCase(1, Decidable, 2, 1), ruleCase(2, Decidable, 2, 1)
	w.grant(keeps)
	w.grant(loses)
	about := func(what string, got, want float64) {
		t.Helper()
		if math.Abs(got-want) > 12 { // a day's charge on four adults
			t.Errorf("%s: %v pounds, want %v", what, got, want)
		}
	}
	about("paid after a year", paid(1), 4000)
	loses.Stage = Permitted
	w.oweNoMore(loses)
	about("paid after half the time", paid(2.5), 2000+5000)
	about("paid in the end", paid(9), 2000+10000)
	if w.owing.adults != 0 {
		t.Errorf("%d adults still owe", w.owing.adults)
	}
	supported := housed(w, ruleCase(3, Outside, 1, 0))
	before := w.row[measure.Contributions]
	w.takeAssets(supported)
	w.takeAssets(ruleCase(4, Outside, 1, 0))
	if got := w.row[measure.Contributions] - before; got != -300_00 {
		t.Errorf("%d pence of assets, want 30000", -got)
	}
}

func nextDecided(w *World) (c Case, ok bool) {
	ok = w.nextForDecision(&c)
	return c, ok
}
