package backtest_test

import (
	"bytes"
	"context"
	"math"
	"strings"
	"testing"

	"asylumsim/sim/asylum"
	"asylumsim/sim/backtest"
	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/score"
	"asylumsim/sim/unit"
)

// inputsAt are those of the base at an origin, at the central values.
func inputsAt(t *testing.T, o backtest.Options, origin *evidence.Origin) *experiment.Inputs {
	t.Helper()
	fit, err := origin.Fit(o.Groups, evidence.RandomWalk)
	if err != nil {
		t.Fatal(err)
	}
	regime, err := o.Regime(nil)
	if err != nil {
		t.Fatal(err)
	}
	inputs, err := fit.Inputs([]*policy.Regime{regime}, regime, nil)
	if err != nil {
		t.Fatal(err)
	}
	return inputs
}

// TestAsItHappenedFollowsTheFlows: from the end of 2022 with drivers as they
// turned out, the run has the published arrivals exactly, and claims, decisions,
// grants, appeals disposed of and returns up to what chance, the people of a case and
// working days make of them. Of voluntary returns 21% are asylum-related (2023), of
// which 41% follow a withdrawn claim (claims of 2022 and 2023). Withdrawals follow the
// hazard of the quarter of claim, so that a jump in one quarter shows in part.
func TestAsItHappenedFollowsTheFlows(t *testing.T) {
	o := shipped(t, "2023-03-31")
	origin, err := o.Series.Origin(o.Origins[0])
	if err != nil {
		t.Fatal(err)
	}
	inputs := inputsAt(t, o, origin.WithoutLater())
	until := clock.MustDate("2025-12-31")
	inputs, err = evidence.AsItHappened(inputs, o.Series, len(o.Groups), until)
	if err != nil {
		t.Fatal(err)
	}
	timeline := clock.TimelineUntil(inputs.Opening.Date, until)
	model := asylum.CompileSample(inputs.Regimes[0], timeline, len(o.Groups), unit.Fraction(4))
	source := random.NewSource(1, 0)
	var people asylum.Population
	if err := people.Draw(model, inputs.Opening, source); err != nil {
		t.Fatal(err)
	}
	run, err := asylum.NewWorld(timeline).Run(model, source, &people)
	if err != nil {
		t.Fatal(err)
	}
	year := func(n int, o measure.Output) float64 {
		sum := int64(0)
		for m := 12 * (n - 2023); m < 12*(n-2022); m++ {
			sum += run.Months[m][o]
		}
		return float64(sum)
	}
	for n := 2023; n <= 2025; n++ {
		flows, err := o.Series.FlowsOf(n)
		if err != nil {
			t.Fatal(err)
		}
		boats, err := o.Series.BoatYear(n)
		if err != nil {
			t.Fatal(err)
		}
		// From August 2025 a few of those returned to France come again.
		if more := year(n, measure.SmallBoatArrivalsPeople) - float64(boats.DailyPeople); more < 0 || more > 0 && (n < 2025 || more > 50) {
			t.Errorf("%d: %.0f more arrived by boat than the %d published", n, more, boats.DailyPeople)
		}
		enforced, voluntary, err := o.Series.AllReturnsOfYear(n)
		if err != nil {
			t.Fatal(err)
		}
		disposals := unit.Cases(0)
		for _, a := range o.Series.Appeals {
			if y, _, _ := a.Quarter.Civil(); y == n {
				disposals += a.Disposals
			}
		}
		for _, c := range []struct {
			what      string
			got, want float64
			within    float64
		}{
			{"people claimed", year(n, measure.AsylumClaimsPeople), float64(flows.Claims), 0.04},
			{"people granted or refused", year(n, measure.InitialDecisionsPeople), float64(flows.Grants + flows.Refusals), 0.12},
			{"people withdrawn", year(n, measure.WithdrawalsPeople), float64(flows.Withdrawals), 0.25},
			{"grants over decisions", year(n, measure.GrantsPeople) / year(n, measure.InitialDecisionsPeople), flows.GrantRate, 0.06},
			{"appeals disposed of", year(n, measure.AppealsDeterminedCases), float64(disposals), 0.03},
			{"enforced returns", year(n, measure.ReturnsEnforcedPeople) + year(n, measure.OtherReturnsEnforcedPeople), enforced, 0.04},
			{"voluntary returns", year(n, measure.ReturnsVoluntaryPeople) + year(n, measure.ReturnsAssistedPeople) + year(n, measure.OtherReturnsVoluntaryPeople), voluntary, 0.06},
			{"returns after a withdrawn claim over all voluntary", year(n, measure.ReturnsAfterWithdrawalPeople) / voluntary, 0.0858, 0.2},
		} {
			if math.Abs(c.got/c.want-1) > c.within {
				t.Errorf("%d: %s: %.4g, published %.4g: want them within %.0f%%", n, c.what, c.got, c.want, 100*c.within)
			}
		}
	}
}

// TestFacts: every finding has runs, a source and an explanation, shares are
// shares and the three outcomes of the cohort are the whole; a fact agrees where
// ranges meet.
func TestFacts(t *testing.T) {
	o := shipped(t, "2023-03-31")
	o.Replications, o.Process = 4, evidence.RandomWalk
	facts, err := backtest.Facts(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	whole := 0.0
	for i, f := range facts {
		if len(f.Runs) != 4 || f.Source == "" || !strings.HasSuffix(f.Explains, ".") || f.Runs[0] < 0 || f.Runs[3] > 1 {
			t.Errorf("%s: %+v", f.Name, f)
		}
		if i < 3 {
			whole += f.Runs.Mean()
		}
	}
	if math.Abs(whole-1) > 1e-12 {
		t.Errorf("protected, removed and unresolved are %v of the cohort, want the whole", whole)
	}
	var table bytes.Buffer
	if err := backtest.WriteFacts(&table, facts); err != nil {
		t.Fatal(err)
	}
	if n := strings.Count(table.String(), "\n"); n != len(facts)+1 {
		t.Errorf("%d lines for %d findings", n, len(facts))
	}
	around := func(low, high float64) *backtest.Fact {
		return &backtest.Fact{Low: low, High: high, Runs: score.NewEnsemble([]float64{0.2, 0.3, 0.4})}
	}
	for _, c := range []struct {
		fact   *backtest.Fact
		agrees bool
	}{{around(0.3, 0.3), true}, {around(0.1, 0.1), false}, {around(0.1, 0.25), true}, {around(0.5, 0.6), false}} {
		if c.fact.Agrees() != c.agrees {
			t.Errorf("%v to %v: agrees is %v, want %v", c.fact.Low, c.fact.High, !c.agrees, c.agrees)
		}
	}
}

// TestTheKnownQuarterIsReplayed: the run of an origin opens a quarter before it
// and has, of small boats, the days that were published by then: all of the
// quarter, and no other.
func TestTheKnownQuarterIsReplayed(t *testing.T) {
	o := shipped(t, "2024-09-30")
	origin, err := o.Series.Origin(o.Origins[0])
	if err != nil {
		t.Fatal(err)
	}
	inputs := inputsAt(t, o, origin)
	days, err := o.Series.BoatDaysBetween(clock.MustDate("2024-07-01"), clock.MustDate("2024-09-30"))
	if err != nil {
		t.Fatal(err)
	}
	known := inputs.Opening.Known
	if inputs.Opening.Date != clock.MustDate("2024-06-30") || len(known) != len(days) || len(days) != 92 {
		t.Fatalf("opens at %v and knows %d days, want the 92 after 2024-06-30", inputs.Opening.Date, len(known))
	}
	for i, d := range days {
		if known[i].Boats != int(d.Boats) || known[i].People != d.People {
			t.Errorf("%v: %d boats with %d people are known, %d with %d came", d.Date, known[i].Boats, known[i].People, d.Boats, d.People)
		}
	}
}
