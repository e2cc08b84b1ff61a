package evidence

import (
	"math"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// TestEstimatesAreNearWhatIsPublished sets what is estimated at every origin of the
// back-test, and at that of the shipped forecast, beside what had been published of
// the same thing. The distances are no sampling errors: each is what the way from
// figure to parameter may lose, and a share of nothing or a digit lost is far outside.
func TestEstimatesAreNearWhatIsPublished(t *testing.T) {
	s, parameters := published(t), readParameters(t)
	central := parameters.rules(clock.MustDate("2025-12-31"))
	for _, date := range quarterEnds("2022-03-31", "2026-03-31") {
		fit, err := originAt(t, s, date).Fit(parameters.groups, RandomWalk)
		if err != nil {
			t.Fatal(err)
		}
		rules, opening, err := fit.Rules(Beliefs{Drawn: central, Central: central}, fit.paths(nil))
		if err != nil {
			t.Fatal(err)
		}
		near := func(what string, got, want, distance float64) {
			if !(math.Abs(got-want) <= distance) {
				t.Errorf("%v: %s %.4f, published %.4f: want within %.4f", date, what, got, want, distance)
			}
		}
		var year, quarter Flows
		var receipts, allowedLeast, allowedMost, people float64 = 0, 100, 0, 0
		for _, f := range s.Flows {
			if fit.Opening.AddMonths(-12) < f.Quarter && f.Quarter <= fit.Opening {
				year.Withdrawals += f.Withdrawals
				year.Refusals += f.Refusals
				quarter = f
			}
		}
		for _, a := range s.Appeals {
			if fit.Opening.AddMonths(-12) < a.Quarter && a.Quarter <= fit.Opening {
				receipts += float64(a.Receipts)
				allowedLeast, allowedMost = min(allowedLeast, a.AllowedPercent), max(allowedMost, a.AllowedPercent)
			}
		}
		for _, b := range s.Backlog {
			if fit.Opening.AddMonths(-12) < b.Date && b.Date <= fit.Opening {
				people += float64(b.People) / 4
			}
		}
		// Appeals allowed: the mean over the refusals of the year is within the
		// quarters of the year, and half a per cent for their rounding.
		allowed, refused, certified := 0.0, 0.0, 0.0
		for n, d := range fit.decided {
			allowed += d.refusals * float64(rules.Appeal.Allowed[n])
			certified += d.refusals * float64(rules.Appeal.Certified[n])
			refused += d.refusals
		}
		middle := (allowedLeast + allowedMost) / 200
		near("share of appeals allowed", allowed/refused, middle, (allowedMost-allowedLeast)/200+0.005)
		// Grants: of claims as the model draws them, the rate of the last quarter, but
		// for what a level takes as a passing surprise: up to a fifth.
		mix := newStockMix(rules, opening.SmallBoatCases, 1, 1, func(policy.Nationality) float64 { return 1 })
		granted := mix.byNationality(func(n policy.Nationality) float64 { return float64(rules.Decision.Grant[n]) })
		near("share granted", granted, quarter.GrantRate, 0.2)
		// Withdrawals: the hazard at one year of waiting is that of the mean wait but
		// for the shape: within a factor of 3.
		near("log of the rate of withdrawal", math.Log(float64(rules.Decision.WithdrawalRate)), math.Log(float64(year.Withdrawals)/people), math.Log(3))
		// Appeals lodged add up to those received, but where refusals alone make more.
		perCase := fit.Series.peoplePerDecision(last(fit.Series.Decisions).Quarter.AddMonths(-24).MonthEnd(), "refused")
		lodged := float64(year.Refusals) / perCase * (1 - certified/refused) * float64(rules.Appeal.Lodged)
		if other := float64(rules.Appeal.Other); other > 0 {
			near("appeals lodged over those received", (other+lodged)/receipts, 1, 0.01)
		} else {
			near("appeals lodged over those received", lodged/receipts, 1.5, 0.5)
		}
		// Need of support: the opening stocks are expected to hold the people supported,
		// or fewer, if more were there for other reasons.
		var pattern policy.ByRoute[float64]
		for route, need := range rules.Support.Need {
			pattern[route] = float64(need)
			if need <= 0.05 || need > 1 {
				t.Errorf("%v: need of support of %v is %v", date, policy.Route(route), need)
			}
		}
		scale, _ := SupportNeed(opening, rules, pattern)
		if !(scale > 0.999 && scale < 2) {
			t.Errorf("%v: need of support is to be %.3f times as much to hold the people supported: want 1 to 2", date, scale)
		}
	}
}

// TestAForecastSaysWhatWasNotOut: in March 2026 the outcomes of claims by year are to
// be published in August. What appeals add for nationalities without a group is then
// that of all with one, near that of all claims, and the forecast says so.
func TestAForecastSaysWhatWasNotOut(t *testing.T) {
	s, parameters := published(t), readParameters(t)
	fit, err := originAt(t, s, clock.MustDate("2026-03-31")).Fit(parameters.groups, RandomWalk)
	if err != nil {
		t.Fatal(err)
	}
	all, known := s.overturnedOfAll()
	got := *last(fit.overturn)
	if !known || got != s.overturnedOfNamed() || math.Abs(got-all) > 0.1 {
		t.Errorf("%.4f of refusals overturned of the others, %.4f of all: want within 0.1", got, all)
	}
	text := strings.Join(fit.Notes, "\n")
	for _, want := range []string{"no outcomes of the claims of 2015 to 2023 yet", "no outcomes of the claims of 2022 and 2023 yet", "people_6_months_or_less is published to 2024-09-30"} {
		if !strings.Contains(text, want) {
			t.Errorf("the forecast does not say %q:\n%s", want, text)
		}
	}
	s.ClaimYears = nil
	if _, err := Estimates(s, parameters.groups, parameters.rules(clock.MustDate("2025-12-31")), clock.MustDate("2025-12-31")); err == nil {
		t.Error("the parameters were estimated without the years of claims")
	}
}

// TestWhatIsNoNumberStops: a share of nothing is an error that names the quantity and
// the date.
func TestWhatIsNoNumberStops(t *testing.T) {
	s, parameters := published(t), readParameters(t)
	central := parameters.rules(clock.MustDate("2025-12-31"))
	fit, err := originAt(t, s, clock.MustDate("2026-03-31")).Fit(parameters.groups, RandomWalk)
	if err != nil {
		t.Fatal(err)
	}
	paths := fit.paths(nil)
	for what, spoil := range map[string]func(*Fit, *policy.ByDriver[Path]){
		"share of appeals allowed": func(f *Fit, _ *policy.ByDriver[Path]) { f.overturn[0] = math.NaN() },
		"rate of grants":           func(_ *Fit, p *policy.ByDriver[Path]) { p[policy.GrantsDriver].Centre = math.NaN() },
		"appeal_capacity":          func(_ *Fit, p *policy.ByDriver[Path]) { p[policy.HearingsDriver].Centre = math.Inf(1) },
		"enforced_return_attempts": func(_ *Fit, p *policy.ByDriver[Path]) { p[policy.EnforcedReturnsDriver].Centre = math.NaN() },
	} {
		spoilt, changed := *fit, paths
		spoilt.overturn = append([]float64(nil), fit.overturn...)
		spoil(&spoilt, &changed)
		if _, _, err := spoilt.Rules(Beliefs{Drawn: central, Central: central}, changed); err == nil || !strings.Contains(err.Error(), what) || !strings.Contains(err.Error(), "2025-12-31") {
			t.Errorf("error %v: want one that names %s and the date", err, what)
		}
	}
	spoilt := *fit
	spoilt.shape = math.NaN()
	if err := spoilt.finite(); err == nil || !strings.Contains(err.Error(), "shape of waiting times of 2025-12-31: NaN") {
		t.Errorf("error %v: want one that names the shape of waiting times", err)
	}
}
