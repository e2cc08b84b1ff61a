package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// TestAppealTimeLimit: appeals are lodged evenly over 14 days; whoever lodges
// none exhausts their rights 14 days after the refusal, to the second.
func TestAppealTimeLimit(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Appeal.TimeLimit, r.Appeal.Lodged = 14, 0 })
	seen := watch(w)
	const refused = 100*clock.DayTicks + 3600
	w.now = refused
	c := ruleCase(0, Decidable, 1, 0)
	w.refuse(c)
	if e := (*seen)[0]; e.At != refused+14*clock.DayTicks || e.Record.Next != ExhaustsRights || c.Stage != AppealWindow {
		t.Errorf("%v: event %d at %d, want the end of rights at %d", c.Stage, e.Record.Next, e.At, refused+14*clock.DayTicks)
	}
	*seen = nil
	w.rules.Appeal.Lodged = 1
	var days []float64
	for key := range 5000 {
		w.refuse(ruleCase(key, Decidable, 1, 0))
	}
	for _, e := range *seen {
		if e.Record.Next != LodgesAppeal {
			t.Fatal("somebody did not appeal")
		}
		days = append(days, float64(e.At-refused)/86400)
	}
	expectLaw(t, "time of appeal", days, func(x float64) float64 { return min(max(x/14, 0), 1) })
}

// TestWhoAppeals: a refusal and the end of protection, by a review or after a
// conviction, have their own share. A refusal that is certified has no appeal.
func TestWhoAppeals(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Appeal.Lodged, r.Appeal.CessationShare, r.Decision.Administrative = 0.8, 0.3, 0
		r.Decision.Grant[0], r.Permit.CessationRate[0] = 0, 1000
		r.Decision.Grant[1], r.Appeal.Certified[1] = 0, 0.25
	})
	const n = 10000
	refused, ceased, revoked, certified := 0, 0, 0, 0
	for key := range n {
		c := ruleCase(key, Decidable, 1, 0)
		w.decide(c)
		refused += int(number(c.Next == LodgesAppeal))
		c = ruleCase(key, Reviewing, 1, 0)
		w.review(c)
		ceased += int(number(c.Next == LodgesAppeal))
		c = ruleCase(key, Permitted, 1, 0)
		w.revoke(c)
		revoked += int(number(c.Next == LodgesAppeal))
		c = ruleCase(key, Decidable, 1, 0)
		c.Nationality = 1
		w.decide(c)
		certified += int(number(c.Stage == Removable || c.Stage == Limbo))
	}
	expectShare(t, "appeals against refusal", refused, n, 0.8)
	expectShare(t, "appeals against cessation", ceased, n, 0.3)
	expectShare(t, "appeals against revocation", revoked, n, 0.3)
	expectShare(t, "certified refusals", certified, n, 0.25)
}

// TestOutcomesOfAppeals: half are withdrawn; of the others half are allowed,
// which is a quarter of all. After a cessation 80% of those not withdrawn are
// allowed, which is 40% of all; 10% in another nationality group, or 5%.
func TestOutcomesOfAppeals(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		r.Appeal.Withdrawn, r.Appeal.CessationAllow = 0.5, 0.8
		r.Appeal.Allowed[0], r.Appeal.Allowed[1] = 0.5, 0.1
	})
	for _, c := range []struct {
		what  string
		flags Flags
		group policy.Nationality
		share float64
	}{{"first group", 0, 0, 0.25}, {"second group", 0, 1, 0.05}, {"cessation", Ceased, 1, 0.4}} {
		const n = 10000
		*w.row = measure.Row{}
		allowed := 0
		for key := range n {
			a := ruleCase(key, Appealing, 1, 0)
			a.Appeals, a.Flags, a.Nationality = 1, c.flags, c.group
			w.determine(a)
			if a.Stage == Permitted {
				allowed++
			} else if a.Stage != Removable && a.Stage != Limbo {
				t.Fatalf("a dismissed appeal leads to %v", a.Stage)
			}
		}
		expectShare(t, c.what, allowed, n, c.share)
		if w.row[measure.AppealsAllowedCases] != int64(allowed) || w.row[measure.AppealsDeterminedCases] != n {
			t.Errorf("%s: %d counted as allowed of %d", c.what, w.row[measure.AppealsAllowedCases], w.row[measure.AppealsDeterminedCases])
		}
	}
}

// TestLodgedAppealIsCounted: it joins the queue and is the case's first.
func TestLodgedAppealIsCounted(t *testing.T) {
	w := ruleWorld(t, func(*policy.Rules) {})
	c := ruleCase(1, AppealWindow, 1, 0)
	w.lodge(c)
	queued, _, ok := w.appeals.First()
	if !ok || queued.Appeals != 1 || queued.Stage != Appealing || w.row[measure.AppealsLodgedCases] != 1 {
		t.Errorf("queued %v: appeal %d, %v", ok, queued.Appeals, queued.Stage)
	}
}

// hearings runs a tribunal with a long queue, in which nothing is allowed and
// nobody leaves, and returns the appeals determined in each year.
func hearings(t *testing.T, queue, years int, change func(*policy.Rules)) []int64 {
	t.Helper()
	w := ruleWorld(t, func(r *policy.Rules) {
		clear(r.Appeal.Allowed[:])
		clear(r.Returns.Returnable[:])
		r.Returns.LimboVoluntary, r.Returns.Absconding = 0, 0
		change(r)
	})
	for key := range queue {
		w.lodge(ruleCase(key, AppealWindow, 1, 0))
	}
	runUntil(w, clock.Day(365*years))
	served := make([]int64, years)
	for month := range 12 * years {
		served[month/12] += w.run.Months[month][measure.AppealsDeterminedCases]
	}
	if cost := sum(w.run, measure.AppealCost); cost != 3000_00*sum(w.run, measure.AppealsDeterminedCases) {
		t.Errorf("appeals cost %d pence", cost)
	}
	return served
}

// TestTribunalServesItsCapacity: 2,400 a year, whatever the number of working
// days in a month.
func TestTribunalServesItsCapacity(t *testing.T) {
	served := hearings(t, 6000, 1, func(r *policy.Rules) { r.Appeal.Capacity, r.Appeal.Growth = 2400, 0 })
	if served[0] < 2399 || served[0] > 2400 {
		t.Errorf("%d appeals were determined in a year, want 2400", served[0])
	}
}

// TestTribunalGrowth: capacity grows by 0.2 a year for two years. The mean of
// exp(0.2 t) is (exp(0.2) - 1)/0.2 over the first year and exp(0.2) times that
// over the second; from then on it is exp(0.4).
func TestTribunalGrowth(t *testing.T) {
	served := hearings(t, 16000, 3, func(r *policy.Rules) {
		r.Appeal.Capacity, r.Appeal.Growth, r.Appeal.GrowthEnds = 2400, 0.2, 2
	})
	first := (math.Exp(0.2) - 1) / 0.2
	for year, factor := range []float64{first, first * math.Exp(0.2), math.Exp(0.4)} {
		if got, want := float64(served[year]), 2400*factor; math.Abs(got/want-1) > 0.012 {
			t.Errorf("year %d: %.0f appeals, want %.0f", year+1, got, want)
		}
	}
}

// TestReturnableShare: 70% of one group and 10% of another can be returned
// once rights are exhausted; the others are in limbo.
func TestReturnableShare(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Returns.Returnable[0], r.Returns.Returnable[1] = 0.7, 0.1 })
	for group, share := range []float64{0.7, 0.1} {
		const n = 10000
		hits := 0
		for key := range n {
			c := ruleCase(key, AppealWindow, 1, 0)
			c.Nationality = policy.Nationality(group)
			w.exhaust(c)
			hits += int(number(c.Stage == Removable))
		}
		expectShare(t, "returnable", hits, n, share)
	}
}
