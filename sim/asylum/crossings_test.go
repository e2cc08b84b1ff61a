package asylum

import (
	"math"
	"testing"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

func TestUntruncatedMean(t *testing.T) {
	for _, c := range []struct{ mean, k float64 }{{4.8, 2.5}, {0.3, 1}, {20, 0.7}} {
		zero := math.Pow(c.k/(c.k+c.mean), c.k)
		truncated := c.mean / (1 - zero)
		if got := untruncatedMean(truncated, c.k); math.Abs(got-c.mean) > 1e-9 {
			t.Errorf("mean %v with dispersion %v came back as %v", c.mean, c.k, got)
		}
	}
	if got := untruncatedMean(1, 2); got != 0 {
		t.Errorf("a truncated mean of 1 needs the mean %v, want 0", got)
	}
	s := random.NewSource(2, 0)
	const n = 200000
	sum, least := 0.0, 99
	for i := range n {
		boats := truncatedBoats(untruncatedMean(5, 2.5), 2.5, s.Uniform(random.Key(i), 0, 0))
		sum += float64(boats)
		least = min(least, boats)
	}
	// The truncated variance is below the untruncated one, about 13.
	if z := (sum/n - 5) / math.Sqrt(13.0/n); math.Abs(z) > 4 || least != 1 {
		t.Errorf("mean %.3f boats, want 5 (z = %.1f), fewest %d", sum/n, z, least)
	}
}

// TestCrossingDaysFollowTheChain compares the share of days with arrivals in
// long runs with the stationary share of a two-state chain.
func TestCrossingDaysFollowTheChain(t *testing.T) {
	r := fixedRules()
	r.Crossings.SpellLogOdds = policy.BySpell[float64]{0, 0, -1, -1, -1, -1}
	r.Levels = policy.Levels{}
	after, afterNone := 1/(1+math.Exp(0.6)), 1/(1+math.Exp(1.6))
	stationary := afterNone / (1 + afterNone - after)
	run := simulateFrom(t, fixedModel(fixedRules(), 10), fixedModel(r, 10), 7)
	days := 3652.0
	share := float64(sum(run, measure.DaysWithArrivals)) / days
	// Correlated days: the variance is inflated by (1+rho)/(1-rho).
	rho := after - afterNone
	se := math.Sqrt(stationary * (1 - stationary) / days * (1 + rho) / (1 - rho))
	if z := (share - stationary) / se; math.Abs(z) > 4 {
		t.Errorf("boats on %.3f of days, the chain says %.3f (z = %.1f)", share, stationary, z)
	}
	boats := float64(sum(run, measure.SmallBoats)) / float64(sum(run, measure.DaysWithArrivals))
	if math.Abs(boats-4.8) > 4*math.Sqrt(14/(days*share)) {
		t.Errorf("%.2f boats on a crossing day, want 4.8", boats)
	}
}

func TestPeopleOfCases(t *testing.T) {
	m := fixedModel(fixedRules(), 1)
	w := NewWorld(m.Timeline)
	w.reset(m, random.NewSource(5, 0))
	const n = 100000
	people, children, dependants := 0.0, 0.0, 0.0
	for i := range n {
		c := drawnCase(w, random.KeyOf(99, 0, uint32(i)), policy.VisaHolder, maxCasePeople)
		if c.Adults == 0 && !c.Flags.Has(Unaccompanied) {
			t.Fatal("a case without adults is not an unaccompanied child")
		}
		people += float64(c.People())
		if !c.Flags.Has(Unaccompanied) {
			children += float64(c.Children)
			dependants += float64(c.People()) - 1
		}
	}
	a := fixedRules().Applicants
	want := 1 + float64(a.FamilyShare[policy.VisaHolder])*a.Dependants
	// Families are capped at ten people, which costs about 0.2%.
	if math.Abs(people/n-want) > 0.012 {
		t.Errorf("%.4f people a case, want %.4f", people/n, want)
	}
	if share := children / dependants; math.Abs(share-float64(a.ChildShare)) > 0.01 {
		t.Errorf("%.3f of dependants are children, want %.3f", share, float64(a.ChildShare))
	}
}
