package asylum

import (
	"math"
	"reflect"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

func transferRules() policy.Rules {
	r := fixedRules()
	r.Intake = policy.Intake{
		TransferShare: policy.ByRoute[unit.Probability]{policy.SmallBoat: 0.5}, TransferCapacity: 5000, TransferLegal: 1,
		TransferHold: 60, TransferReentry: 0.1, ReentryDelay: 30, Exchange: 1,
	}
	r.Cost.TransferPerson, r.Cost.TransferYear = 1000, 12_000_000
	return r
}

// TestTransfers: capacity is used and kept to, no more are held than can be
// transferred in time, as many come in exchange as go, and the books balance.
func TestTransfers(t *testing.T) {
	const years = 2
	m := fixedModel(transferRules(), years)
	w, p := openedWorld(t, m, 7, 0)
	for ; w.day < m.Timeline.Days; w.day++ {
		w.runDay()
		if held := w.stock.totalPeople(TransferHeld); float64(held) > 5000/unit.DaysPerYear*60 {
			t.Fatalf("day %d: %d people held", w.day, held)
		}
	}
	if err := w.audit(p); err != nil {
		t.Fatal(err)
	}
	transferred := totals(w, measure.ThirdCountryTransfersPeople)
	if transferred > 5000*years+maxCasePeople || transferred < 4000*years {
		t.Errorf("%d people transferred in %d years", transferred, years)
	}
	if admitted := totals(w, measure.ThirdCountryAdmissionsPeople); admitted != transferred {
		t.Errorf("%d people admitted for %d transferred", admitted, transferred)
	}
	if got, want := totals(w, measure.ThirdCountryCost), transferred*1000_00+years*12_000_000_00; got != want {
		t.Errorf("cost %d, want %d", got, want)
	}
	// Re-entries are the only small-boat arrivals beside those of the base.
	base := simulateFrom(t, m, fixedModel(fixedRules(), years), 7)
	again := float64(totals(w, measure.SmallBoatArrivalsPeople) - sum(base, measure.SmallBoatArrivalsPeople))
	want := 0.1 * float64(transferred)
	if math.Abs(again-want) > 4*math.Sqrt(want)*1.3 {
		t.Errorf("%.0f people came again, want %.0f", again, want)
	}
}

// TestExchangeOfShares: 0.4 people for each transferred are admitted as whole
// people, never more than are owed.
func TestExchangeOfShares(t *testing.T) {
	r := transferRules()
	r.Intake.Exchange = 0.4
	run := simulate(t, fixedModel(r, 1), 7, 0)
	owed := 0.4 * float64(sum(run, measure.ThirdCountryTransfersPeople))
	if got := float64(sum(run, measure.ThirdCountryAdmissionsPeople)); got > owed+1e-6 || got <= owed-1 {
		t.Errorf("%.0f people admitted, %.1f owed", got, owed)
	}
}

// TestCourtsDecideOncePerScheme: in a share of the runs nobody is ever
// transferred, whatever is decided about the scheme's other rules on the way;
// the fixed cost is due all the same.
func TestCourtsDecideOncePerScheme(t *testing.T) {
	r := transferRules()
	r.Intake.TransferLegal = 0.3
	m := fixedModel(r, 1)
	open := 0
	const n = 2000
	w := NewWorld(m.Timeline)
	for replication := range n {
		w.reset(m, random.NewSource(1, replication))
		first := w.transfersOpen()
		w.day = 300
		if w.transfersOpen() != first {
			t.Fatal("the courts changed their mind")
		}
		if first {
			open++
		}
	}
	if math.Abs(float64(open)-0.3*n) > 4*math.Sqrt(n*0.3*0.7) {
		t.Errorf("the scheme begins in %d of %d runs", open, n)
	}
	r.Intake.TransferLegal = 0
	closed, base := simulate(t, fixedModel(r, 1), 7, 0), simulate(t, fixedModel(fixedRules(), 1), 7, 0)
	if got := sum(closed, measure.ThirdCountryCost); got != 12_000_000_00 {
		t.Errorf("fixed cost %d pence", got)
	}
	for i := range closed.Months {
		for _, o := range []measure.Output{measure.ThirdCountryCost, measure.TotalCost, measure.DiscountedCost} {
			closed.Months[i][o] = base.Months[i][o]
		}
	}
	if !reflect.DeepEqual(closed, base) {
		t.Error("a scheme that courts stopped changed more than the fixed cost")
	}
}

// TestSchemeThatEnds: nobody is transferred after its end, and those held then
// have their claims considered within the hold.
func TestSchemeThatEnds(t *testing.T) {
	on, off := transferRules(), transferRules()
	off.Intake.TransferCapacity = 0
	timeline := clock.NewTimeline(clock.MustDate("2025-12-31"), 1)
	regime := &policy.Regime{Name: "test", Starts: []clock.Date{clock.MustDate("2010-01-01"), clock.MustDate("2026-07-16")}, Epochs: []policy.Rules{on, off}}
	m := Compile(regime, timeline, groups)
	w, p := openedWorld(t, m, 7, 0)
	ends := timeline.DayOf(clock.MustDate("2026-07-16"))
	held := unit.Cases(0)
	for ; w.day < timeline.Days; w.day++ {
		w.runDay()
		switch w.day {
		case ends - 1:
			held = w.stock.totalCases(TransferHeld)
		case ends + 60:
			if n := w.stock.totalCases(TransferHeld); n != 0 {
				t.Errorf("%d cases still held, %d were when the scheme ended", n, held)
			}
		}
	}
	if err := w.audit(p); err != nil {
		t.Fatal(err)
	}
	if held == 0 {
		t.Error("nobody was held when the scheme ended")
	}
	for month := 7; month < 12; month++ {
		if n := w.run.Months[month][measure.ThirdCountryTransfersPeople]; n != 0 {
			t.Errorf("month %d: %d transferred", month, n)
		}
	}
	// 15 of July's 31 days.
	july := w.run.Months[6]
	if got, want := july[measure.ThirdCountryCost]-1000_00*july[measure.ThirdCountryTransfersPeople], int64(1_000_000_00*15/31); got != want {
		t.Errorf("fixed cost of July %d, want %d", got, want)
	}
}

// TestFamiliesUseCapacityAhead: at one person a working day, a family of five
// goes whole and the next case waits for four days.
func TestFamiliesUseCapacityAhead(t *testing.T) {
	r := quietRules()
	r.Intake = policy.Intake{TransferShare: policy.ByRoute[unit.Probability]{1, 1, 1, 1}, TransferCapacity: 12 * 21 * 1.0001, TransferLegal: 1, TransferHold: 300}
	w := vacantWorld(fixedModel(r, 1))
	w.returnOthers()
	family, single := testCase(0), testCase(1)
	family.Adults, family.Children = 2, 3
	w.claim(&family, 0)
	w.claim(&single, 0)
	// Working days of January 2026: 2, 5, 6, 7, 8, 9.
	for _, c := range []struct {
		day  clock.Day
		want unit.People
	}{{1, 0}, {2, 5}, {8, 5}, {9, 6}} {
		runTo(t, w, c.day)
		if got := w.stock.totalPeople(Transferred); got != c.want {
			t.Errorf("%d people transferred before day %d, want %d", got, c.day, c.want)
		}
	}
}

// TestAdmittedInExchangeAreClaimants: who is admitted in exchange counts as a
// visa holder but is not barred where visa holders are, so further submissions
// stay open to it, and is no removal of somebody who was never counted in.
func TestAdmittedInExchangeAreClaimants(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Intake.Barred[policy.VisaHolder] = 1 })
	seen := watch(w)
	w.admit(ruleCase(1, Outside, 1, 0).Key, 1)
	if w.stock.totalCases(Preparing) != 1 || len(*seen) != 1 {
		t.Fatal("nobody was admitted")
	}
	c := (*seen)[0].Record
	if c.Route != policy.VisaHolder || w.barred(&c) {
		t.Errorf("admitted by the route %v, barred: %v", c.Route, w.barred(&c))
	}
	w.countRemoval(&c)
	if got := w.responses.removed[0][policy.VisaHolder]; got != 0 {
		t.Errorf("%d counted as removed of those who came", got)
	}
}
