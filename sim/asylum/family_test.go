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
)

func familyRules() policy.Rules {
	r := fixedRules()
	r.Family = policy.Family{Eligible: 0.8, TakeUp: 0.3, Lag: 90, Size: 2.5, ChildShare: 0.6}
	return r
}

func TestNoTakeUpChangesNothing(t *testing.T) {
	base := fixedModel(fixedRules(), 2)
	r := familyRules()
	r.Family.TakeUp = 0
	if got := simulateFrom(t, base, fixedModel(r, 2), 4); !reflect.DeepEqual(got, simulate(t, base, 4, 0)) {
		t.Error("family reunion that nobody takes up changes the run")
	}
}

// TestFamiliesFollow draws the families of many sponsors.
func TestFamiliesFollow(t *testing.T) {
	r := familyRules()
	r.Family.Wait = 24
	m := fixedModel(r, 30)
	w := freshWorld(m)
	w.now = clock.Day(10).Tick() + 5
	wait := m.Timeline.MonthsAfter(w.now, 24)
	n, people, children, lag := 0.0, 0.0, 0.0, 0.0
	w.testOnlyObserve = func(_ bool, e event.Entry[Case]) {
		c := e.Record
		if c.Next != FamilyArrives || c.Stage != Outside || c.Adults > 2 || c.People() < 1 || c.People() > maxCasePeople {
			t.Fatalf("a family of %+v", c)
		}
		if c.Nationality != 2 || c.Route != policy.VisaHolder || e.At < wait {
			t.Fatalf("a family of group %d by %v at %d, the wait ends at %d", c.Nationality, c.Route, e.At, wait)
		}
		n++
		people += float64(c.People())
		children += float64(c.Children)
		lag += float64(e.At-wait) / float64(clock.DayTicks)
	}
	const sponsors = 100000
	for i := range sponsors {
		w.startFamily(&Case{Key: random.KeyOf(99, 0, uint32(i)), Protected: w.now, Adults: 1, Nationality: 2, Route: policy.VisaHolder})
	}
	check := func(what string, got, want, se float64) {
		if math.Abs(got-want) > 4*se {
			t.Errorf("%s: %.4f, want %.4f with standard error %.4f", what, got, want, se)
		}
	}
	check("take-up", n/sponsors, 0.3, math.Sqrt(0.21/sponsors))
	// Geometric from 1 with mean 2.5, cut at 10: (1 - 0.6^10) / 0.4.
	check("size", people/n, (1-math.Pow(0.6, 10))/0.4, 1.94/math.Sqrt(n))
	check("lag in days", lag/n, 90, 90/math.Sqrt(n))
	// A third adult becomes a child: more than the stated 60% are children.
	if share := children / people; share < 0.6 || share > 0.68 {
		t.Errorf("%.3f of the families are children, want 0.6 and a little more", share)
	}
	before := n
	for i := range 1000 {
		c := Case{Key: random.KeyOf(98, 0, uint32(i)), Protected: w.now, Children: 1, Flags: Unaccompanied}
		w.startFamily(&c)
		c.Flags, c.Adults = Resettled, 1
		w.startFamily(&c)
	}
	if n != before {
		t.Error("children on their own or resettled people sponsor families")
	}
}

// TestFamiliesComeOnlyWhileEligible opens, closes and opens the route again.
func TestFamiliesComeOnlyWhileEligible(t *testing.T) {
	open, closed := familyRules(), familyRules()
	closed.Family.Eligible = 0
	base := fixedModel(fixedRules(), 3)
	run := simulateFrom(t, base, datedModel(3, closed, "2026-10-01", open, "2027-07-01", closed, "2028-01-01", open), 4)
	for month := range run.Months {
		isOpen := month >= 9 && month < 18 || month >= 24
		if n := run.Months[month][measure.FamilyReunionPeople]; (n > 0) != isOpen {
			t.Errorf("month %d: %d people, the route is open: %v", month, n, isOpen)
		}
	}
}

// TestEligibilityIsNested: whoever is let in under a narrower rule is let in
// under a wider one, and eligibility changes nothing about who is granted.
func TestEligibilityIsNested(t *testing.T) {
	base := fixedModel(fixedRules(), 2)
	narrow, wide := familyRules(), familyRules()
	narrow.Family.Eligible = 0.3
	a, b := simulateFrom(t, base, fixedModel(narrow, 2), 4), simulateFrom(t, base, fixedModel(wide, 2), 4)
	for month := range a.Months {
		if a.Months[month][measure.FamilyReunionPeople] > b.Months[month][measure.FamilyReunionPeople] {
			t.Errorf("month %d: more families under the narrower rule", month)
		}
	}
	for _, o := range []measure.Output{measure.GrantsPeople, measure.AsylumClaimsPeople, measure.SupportedPeople, measure.HotelCost} {
		if sum(a, o) != sum(b, o) {
			t.Errorf("%v depends on family reunion: %d and %d", o, sum(a, o), sum(b, o))
		}
	}
	ratio := float64(sum(a, measure.FamilyReunionPeople)) / float64(sum(b, measure.FamilyReunionPeople))
	if n := float64(sum(b, measure.FamilyReunionPeople)) / 2.5; math.Abs(ratio-0.375) > 4*math.Sqrt(0.375*0.625/n)*1.3 {
		t.Errorf("%.3f of the families come, want 0.375", ratio)
	}
}

// TestBarredFamiliesAreCounted: only those whom the reference would have let
// in count as barred.
func TestBarredFamiliesAreCounted(t *testing.T) {
	reference, closed := familyRules(), familyRules()
	closed.Family.Eligible = 0
	w := freshWorld(fixedModel(closed, 1).Against(&reference))
	const families = 10000
	for i := range families {
		w.familyArrives(&Case{Key: random.KeyOf(97, 0, uint32(i)), Adults: 1, Cohort: -1})
	}
	got := float64(w.responses.barred[0]) / families
	if math.Abs(got-0.8) > 4*math.Sqrt(0.16/families) || w.families.entered != 0 {
		t.Errorf("%.4f of the families are barred and %d entered, want 0.8 and 0", got, w.families.entered)
	}
}
