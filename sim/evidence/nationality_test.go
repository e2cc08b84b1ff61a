package evidence

import (
	"math"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

func mixOf(t *testing.T) (nationalities, []outcomes) {
	t.Helper()
	n := nationalities{published(t), readParameters(t).groups, 2025}
	decided, err := n.decided()
	if err != nil {
		t.Fatal(err)
	}
	return n, decided
}

// TestDecisionsSumToThePublishedTotal: groups partition the grants and
// refusals of 2025.
func TestDecisionsSumToThePublishedTotal(t *testing.T) {
	n, decided := mixOf(t)
	var sum outcomes
	for i, d := range decided {
		if d.grants < 0 || d.refusals < 0 {
			t.Errorf("%s: %+v", n.groups[i].Label, d)
		}
		sum.grants += d.grants
		sum.refusals += d.refusals
	}
	if math.Abs(sum.grants-55117) > 1e-6 || math.Abs(sum.refusals-80623) > 1e-6 {
		t.Errorf("groups sum to %+v: want 55,117 grants and 80,623 refusals", sum)
	}
	if got := decided[n.groupOf("Afghanistan")]; got != (outcomes{4616, 7330}) {
		t.Errorf("Afghanistan has %+v: want 4,616 grants and 7,330 refusals as published", got)
	}
}

// TestGroupsAreThePublishedNames: every group but the last has decisions and a
// pooled grant rate under its label.
func TestGroupsAreThePublishedNames(t *testing.T) {
	groups := readParameters(t).groups
	if len(groups) > policy.MaxNationalities {
		t.Fatalf("%d groups: want at most %d", len(groups), policy.MaxNationalities)
	}
	s := published(t)
	for _, g := range groups[:len(groups)-1] {
		if _, err := find(s.NationalityRates, "grant_rates_by_nationality_2020_2025.csv", g.Label, func(r *NationalityRates) bool { return r.Nationality == g.Label }); err != nil {
			t.Error(err)
		}
	}
	if groups[len(groups)-1].ID != "other" {
		t.Errorf("the last group is %s: want other, which takes the rest", groups[len(groups)-1].ID)
	}
}

// TestModelledGrantRate: the shipped mix of claims and the shipped chances
// give about the grant rate of 2025, though decisions were on earlier claims.
func TestModelledGrantRate(t *testing.T) {
	r := readParameters(t).rules(clock.MustDate("2025-12-31"))
	claims := [policy.NumRoutes]float64{policy.SmallBoat: 36549}
	for i, route := range policy.OtherRoutes {
		claims[route] = float64(r.Claims.PerYear[i])
	}
	granted, all := 0.0, 0.0
	for route := range policy.NumRoutes {
		for n, share := range r.NationalityShares(route) {
			granted += claims[route] * float64(share) * float64(r.Decision.Grant[n])
			all += claims[route] * float64(share)
		}
	}
	t.Logf("grant rate of the claims of 2025 at the grant rates of 2025: %.3f", granted/all)
	if rate := granted / all; math.Abs(rate-0.406) > 0.03 {
		t.Errorf("grant rate of modelled claims is %.3f: decisions of 2025 had 0.406", rate)
	}
}

// TestOtherRoutesComplementBoats: the mixes of all routes, weighted by their
// claims, give back the mix of decisions where nothing was floored.
func TestOtherRoutesComplementBoats(t *testing.T) {
	n, decided := mixOf(t)
	other, err := n.otherRoutes(decided)
	if err != nil {
		t.Fatal(err)
	}
	boats, err := n.boats(2025)
	if err != nil {
		t.Fatal(err)
	}
	irregular, regular := splitIrregular(boats, other, 0.19)
	for i, g := range n.groups {
		together := 0.19*irregular[i] + 0.81*regular[i]
		if regular[i] > 0.11*other[i] && math.Abs(together-other[i]) > 0.02 {
			t.Errorf("%s: %.3f of other routes together: want %.3f", g.ID, together, other[i])
		}
	}
	for name, shares := range map[string][]float64{"other": other, "boats": boats, "irregular": irregular, "regular": regular} {
		sum := 0.0
		for _, x := range shares {
			sum += x
		}
		if math.Abs(sum-1) > 1e-12 {
			t.Errorf("%s: shares sum to %v", name, sum)
		}
	}
}

// TestShiftLogits: the weighted mean is met and the order is kept.
func TestShiftLogits(t *testing.T) {
	p := []float64{0.05, 0.3, 0.9}
	w := []float64{5, 3, 1}
	q := shiftLogits(p, w, 0.4)
	if mean := (5*q[0] + 3*q[1] + q[2]) / 9; math.Abs(mean-0.4) > 1e-9 {
		t.Errorf("weighted mean %v: want 0.4", mean)
	}
	if !(q[0] < q[1] && q[1] < q[2]) {
		t.Errorf("order is lost: %v", q)
	}
}
