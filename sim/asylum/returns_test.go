package asylum

import (
	"math"
	"reflect"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// quietRules are fixed rules under which nobody arrives and nothing happens to
// people without leave.
func quietRules() policy.Rules {
	r := fixedRules()
	r.Claims.Scale = policy.ByRoute[unit.Factor]{}
	r.Claims.PerYear = policy.ByOtherRoute[unit.PerYear]{}
	clear(r.Returns.Voluntary[:])
	r.Returns.LimboVoluntary, r.Returns.Absconding, r.Enforcement.Attempts = 0, 0, 0
	return r
}

// vacantWorld is a world in which nobody is yet.
func vacantWorld(m *Model) *World {
	w := NewWorld(m.Timeline)
	w.reset(m, random.NewSource(1, 0))
	return w
}

// testCase is the ordinal-th case of a test: one adult of the group that can
// mostly be returned.
func testCase(ordinal int) Case {
	return Case{Key: random.KeyOf(99, 0, uint32(ordinal)), Nationality: 1, Place: noPlace, Cohort: -1, Protected: clock.Never, Adults: 1}
}

// enterStay puts a case into Removable or Limbo, outside the count of claims.
func (w *World) enterStay(c Case, stage Stage) {
	w.barredCases++
	w.move(&c, stage)
	w.stayWithoutLeave(&c)
}

// runTo runs the days before a day and checks the books there.
func runTo(t *testing.T, w *World, day clock.Day) {
	t.Helper()
	for ; w.day < day; w.day++ {
		w.runDay()
	}
	w.closeLedger(w.month) // so far
	if err := w.audit(&Population{}); err != nil {
		t.Fatalf("day %d: %v", day, err)
	}
}

// totals adds up a flow or cost over a world's run so far.
func totals(w *World, o measure.Output) int64 { return sum(w.run, o) }

// TestRisksOfAStayCompete: at constant rates the shares of those who leave are
// those of the rates, and as many leave as the rates add up to.
func TestRisksOfAStayCompete(t *testing.T) {
	for _, stage := range []Stage{Removable, Limbo} {
		r := quietRules()
		r.Returns.Voluntary[1], r.Returns.LimboVoluntary = 0.3, 0.3
		r.Returns.Absconding, r.Returns.AssistedShare = 0.2, 0.25
		r.Appeal.Further, r.Appeal.FurtherMost = 0.5, 3
		r.Decision.Caseworkers, r.Decision.Hiring, r.Decision.Fewest, r.Decision.WithdrawalRate = 0, 0, 0, 0
		const n = 40000
		w := vacantWorld(fixedModel(r, 2))
		for i := range n {
			w.enterStay(testCase(i), stage)
		}
		runTo(t, w, 365)
		left := -math.Expm1(-1 * 365 / unit.DaysPerYear)
		for name, c := range map[string]struct {
			got   int64
			share float64
		}{
			"return unassisted":  {totals(w, measure.ReturnsVoluntaryPeople), left * 0.3 * 0.75},
			"return assisted":    {totals(w, measure.ReturnsAssistedPeople), left * 0.3 * 0.25},
			"lose contact":       {int64(w.stock.totalPeople(Absconded)), left * 0.2},
			"submit further":     {totals(w, measure.FurtherSubmissionsCases), left * 0.5},
			"stay":               {int64(w.stock.totalPeople(stage)), 1 - left},
			"wait for a grant":   {int64(w.stock.totalPeople(Preparing, Decidable)), left * 0.5},
			"cost of assistance": {totals(w, measure.AssistedReturnCost) / int64(r.Cost.AssistedReturn.Pence()), left * 0.3 * 0.25},
		} {
			sd := math.Sqrt(n * c.share * (1 - c.share))
			if z := (float64(c.got) - n*c.share) / sd; math.Abs(z) > 4 {
				t.Errorf("%v: %d %s, want %.0f ± %.0f", stage, c.got, name, n*c.share, sd)
			}
		}
	}
}

// TestFurtherSubmissionsAreBounded: nobody makes more of them than the rules
// allow, and whoever may not have a claim considered makes none.
func TestFurtherSubmissionsAreBounded(t *testing.T) {
	r := quietRules()
	r.Appeal.Further, r.Appeal.FurtherMost, r.Appeal.Lodged = 50, 2, 0
	clear(r.Decision.Grant[:])
	r.Decision.Administrative, r.Decision.WithdrawalRate = 0, 0
	r.Decision.PreparationMean, r.Decision.PreparationCV = 1, 0
	clear(r.Returns.Returnable[:])
	w := vacantWorld(fixedModel(r, 2))
	for i := range 50 {
		w.enterStay(testCase(i), Limbo)
	}
	runTo(t, w, 720)
	if got := totals(w, measure.FurtherSubmissionsCases); got != 100 {
		t.Errorf("%d further submissions by 50 cases, want 100", got)
	}
	r.Intake.Barred[policy.SmallBoat] = 1
	w = vacantWorld(fixedModel(r, 2))
	w.enterStay(testCase(0), Limbo)
	runTo(t, w, 720)
	if got := totals(w, measure.FurtherSubmissionsCases); got != 0 {
		t.Errorf("%d further submissions by a barred case", got)
	}
}

// TestLuckOfAStay: a failed attempt does not change when a case would leave by
// itself; a second stay has luck of its own.
func TestLuckOfAStay(t *testing.T) {
	r := quietRules()
	r.Returns.Voluntary[1] = 0.1
	w := vacantWorld(fixedModel(r, 30))
	same := 0
	for i := range 100 {
		c := testCase(i)
		w.move(&c, Removable)
		first, _ := w.leaves(&c)
		c.Attempts++
		if again, _ := w.leaves(&c); again != first {
			t.Fatalf("case %d leaves at %d, and after an attempt at %d", i, first, again)
		}
		c.Claims++
		further, _ := w.leaves(&c)
		c.Claims--
		c.Appeals++
		if emerged, _ := w.leaves(&c); emerged != further {
			t.Fatalf("case %d: the second stay depends on what came between", i)
		}
		if further == first {
			same++
		}
	}
	if same > 0 {
		t.Errorf("%d of 100 second stays repeat the first", same)
	}
}

func TestAbsence(t *testing.T) {
	r := quietRules()
	const n = 20000
	t.Run("nothing ends it", func(t *testing.T) {
		w := vacantWorld(fixedModel(r, 2))
		c := testCase(0)
		w.enterAbsent(c)
		runTo(t, w, 730)
		if w.stock.totalCases(Absconded) != 1 || w.resting != 1 {
			t.Errorf("%d out of contact, %d at rest", w.stock.totalCases(Absconded), w.resting)
		}
	})
	t.Run("two risks", func(t *testing.T) {
		r.Returns.Reemergence, r.Returns.Unrecorded = 0.4, 0.6
		w := vacantWorld(fixedModel(r, 2))
		for i := range n {
			w.enterAbsent(testCase(i))
		}
		runTo(t, w, 365)
		left := -math.Expm1(-365 / unit.DaysPerYear)
		back := float64(w.stock.totalCases(Removable, Limbo))
		for name, c := range map[string][2]float64{
			"unrecorded": {float64(totals(w, measure.UnrecordedDeparturesPeople)), n * left * 0.6},
			"back":       {back, n * left * 0.4},
			"returnable": {float64(w.stock.totalCases(Removable)), back * 0.9},
		} {
			if z := (c[0] - c[1]) / math.Sqrt(c[1]*(1-c[1]/n)); math.Abs(z) > 4 {
				t.Errorf("%s: %.0f, want %.0f", name, c[0], c[1])
			}
		}
	})
}

func (w *World) enterAbsent(c Case) {
	w.barredCases++
	w.move(&c, Removable)
	w.abscond(&c)
}

// TestIdleRulesChangeNothing sets everything about a mechanism but what
// switches it on.
func TestIdleRulesChangeNothing(t *testing.T) {
	base := simulate(t, fixedModel(fixedRules(), 2), 5, 0)
	for name, set := range map[string]func(*policy.Rules){
		"transfers without a share": func(r *policy.Rules) {
			r.Intake = policy.Intake{TransferCapacity: 1000, TransferLegal: 1, TransferHold: 60, TransferReentry: 1, ReentryDelay: 10, Exchange: 1}
		},
		"transfers without a capacity": func(r *policy.Rules) {
			r.Intake = policy.Intake{TransferShare: policy.ByRoute[unit.Probability]{1, 1, 1, 1}, TransferLegal: 1, TransferHold: 60}
			r.Cost.TransferYear = 1e6
		},
		"transfers that courts stop": func(r *policy.Rules) {
			r.Intake = policy.Intake{TransferShare: policy.ByRoute[unit.Probability]{1, 1, 1, 1}, TransferCapacity: 1000, TransferHold: 60}
		},
		"detention on arrival without beds": func(r *policy.Rules) {
			r.Intake.DetainOnArrival = policy.ByRoute[unit.Probability]{1, 1, 1, 1}
			r.Enforcement.Beds, r.Enforcement.Attempts = 0, 0
		},
		"a payment that is not offered": func(r *policy.Rules) {
			r.Offer = policy.Offer{PerPerson: 1e4, FamilyCap: 4e4, Reference: 1e4, Acceptance: 1, Elasticity: 1, Deadweight: 1, Retiming: 1e4}
		},
		"no further submissions allowed": func(r *policy.Rules) { r.Appeal.Further = 10 },
	} {
		t.Run(name, func(t *testing.T) {
			rules, want := fixedRules(), base
			set(&rules)
			if rules.Enforcement.Attempts == 0 {
				idle := fixedRules()
				idle.Enforcement = rules.Enforcement
				want = simulate(t, fixedModel(idle, 2), 5, 0)
			}
			if got := simulate(t, fixedModel(rules, 2), 5, 0); !reflect.DeepEqual(got, want) {
				t.Error("the run changed")
			}
		})
	}
}

// find returns the only case that waits in the calendar, or fails.
func find(t *testing.T, w *World) event.Entry[Case] {
	t.Helper()
	var found []event.Entry[Case]
	w.agenda.Each(func(e *event.Entry[Case]) { found = append(found, *e) })
	if len(found) != 1 {
		t.Fatalf("%d cases in the calendar, want 1", len(found))
	}
	return found[0]
}

// busyRules switch on every mechanism of transfers, detention, offers, returns
// and absence.
func busyRules() policy.Rules {
	r := fixedRules()
	r.Intake = transferRules().Intake
	r.Intake.Exchange, r.Cost.Detention = 0.7, 107
	r.Intake.Barred = policy.ByRoute[unit.Probability]{0.3, 0.1, 0, 0.1}
	r.Intake.DetainOnArrival = policy.ByRoute[unit.Probability]{0.2, 0.1, 0, 0}
	r.Offer = offerRules().Offer
	r.Offer.AtRefusal, r.Offer.Deadweight, r.Offer.Retiming = 0.5, 0.45, 365
	r.Enforcement = policy.Enforcement{
		Attempts: 9000, Beds: 2200, BedsGrowth: 300, BedsMost: 2500, Stay: 30, LongestStay: 180, Seats: 12000,
		Success: 0.5, LegalBarrier: 0.1, LosesTrace: 0.2, FamilyAttempt: 0.1,
	}
	r.Returns.AssistedShare, r.Returns.Reemergence, r.Returns.Unrecorded = 0.4, 0.3, 0.1
	r.Returns.OtherEnforced, r.Returns.OtherVoluntary = 7000, 23000
	r.Appeal.Further, r.Appeal.FurtherGrant, r.Appeal.FurtherMost = 0.2, 0.6, 3
	return r
}

// TestBusyWorldForgets: with everything on, the books balance and a world that
// ran other replications measures what a fresh one does.
func TestBusyWorldForgets(t *testing.T) {
	m := fixedModel(busyRules(), 3)
	fresh := simulate(t, m, 3, 5)
	w := NewWorld(m.Timeline)
	for _, replication := range []int{1, 5} {
		run, err := w.Run(m, random.NewSource(3, replication), drawn(t, m, 3, replication))
		if err != nil {
			t.Fatal(err)
		}
		if same := reflect.DeepEqual(run, fresh); same != (replication == 5) {
			t.Errorf("replication %d equals a fresh replication 5: %v", replication, same)
		}
	}
	for _, o := range []measure.Output{
		measure.FurtherSubmissionsCases, measure.ReturnsVoluntaryPeople, measure.ReturnsAssistedPeople, measure.ReturnsEnforcedPeople,
		measure.UnrecordedDeparturesPeople, measure.ReturnOffersAcceptedCases, measure.ThirdCountryTransfersPeople,
		measure.ThirdCountryAdmissionsPeople, measure.DetentionCost, measure.DetainedPeople,
	} {
		if sum(fresh, o) == 0 {
			t.Errorf("%v: none", o)
		}
	}
}

// TestLaterRemovalPolicyChangesNothingBefore switches everything on at a date.
func TestLaterRemovalPolicyChangesNothingBefore(t *testing.T) {
	timeline := clock.NewTimeline(clock.MustDate("2025-12-31"), 2)
	start, date := clock.MustDate("2010-01-01"), clock.MustDate("2027-03-01")
	base := fixedRules()
	never := Compile(&policy.Regime{Name: "never", Starts: []clock.Date{start}, Epochs: []policy.Rules{base}}, timeline, groups)
	later := Compile(&policy.Regime{Name: "later", Starts: []clock.Date{start, date}, Epochs: []policy.Rules{base, busyRules()}}, timeline, groups)
	a, b := simulateFrom(t, never, never, 8), simulateFrom(t, never, later, 8)
	for i := range a.Months {
		if same := a.Months[i] == b.Months[i]; same != (timeline.Months[i] < date) {
			t.Errorf("month to %v: equal %v", timeline.Months[i], same)
		}
	}
}
