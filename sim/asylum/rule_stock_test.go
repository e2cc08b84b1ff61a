package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// TestEveryStageIsInItsStocks: stage number i holds 2^i cases and 10 times as many
// people, so that a sum says which stages are in it.
func TestEveryStageIsInItsStocks(t *testing.T) {
	w := ruleWorld(t, func(*policy.Rules) {})
	for stage := range NumStages {
		w.stock[stage] = policy.ByNationality[stock]{}
		w.stock[stage][1] = stock{cases: 1 << stage, people: 10 << stage}
	}
	w.snapshot(0)
	cases := func(stages ...Stage) (n int64) {
		for _, stage := range stages {
			n += 1 << stage
		}
		return n
	}
	people := func(stages ...Stage) int64 { return 10 * cases(stages...) }
	for output, want := range map[measure.Output]int64{
		measure.AwaitingInitialDecisionPeople: people(Preparing, Decidable),
		measure.AwaitingInitialDecisionCases:  cases(Preparing, Decidable),
		measure.AppealsOpenCases:              cases(Appealing),
		measure.PermitsInForcePeople:          people(Permitted, Reviewing),
		measure.PermitReviewsOpenCases:        cases(Reviewing),
		measure.OnwardAppealsOpenCases:        cases(OnwardAppeal),
		// Everybody without leave whose rights are exhausted, on the way out or not.
		measure.AppealRightsExhaustedPeople: people(Removable, Limbo, Detained, Departing),
		measure.DetainedPeople:              people(Detained),
		measure.LimboPeople:                 people(Limbo),
		measure.AbscondedPeople:             people(Absconded),
	} {
		if got := w.row[output]; got != want {
			t.Errorf("%v: %b, want %b", output, got, want)
		}
	}
}

// TestCapacityOfADay: a capacity a year is that of twelve months, and a month's is
// spread over its working days, of which January 2026 has 21.
func TestCapacityOfADay(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) {
		a := &r.Appeal
		a.Capacity, a.NewBodyCases, a.OnwardCapacity = 12*21*40, 12*21*7, 12*21*5
	})
	w.countHearings(0)
	near(t, "appeals a day at the tribunal", w.appealsPerDay, 40)
	near(t, "appeals a day at the new body", w.newBodyPerDay, 7)
	near(t, "onward appeals a day", w.onwardPerDay, 5)
}

// TestOpeningClaimsLieInTheMiddleOfTheirDays: five claims of ten days are those of
// the second, fourth, sixth, eighth and tenth day, one of 31 days that of the
// sixteenth, and two of one day both of that day.
func TestOpeningClaimsLieInTheMiddleOfTheirDays(t *testing.T) {
	m := fixedModel(fixedRules(), 1)
	first := clock.MustDate("2025-10-01")
	for _, c := range []struct {
		days  clock.Date
		cases unit.Cases
		want  []clock.Date
	}{{10, 5, []clock.Date{1, 3, 5, 7, 9}}, {31, 1, []clock.Date{15}}, {1, 2, []clock.Date{0, 0}}} {
		var p Population
		d := drawing{model: m, epoch: &m.epochs[0], source: random.NewSource(5, 0), population: &p}
		d.mix(1000, func(policy.Nationality) float64 { return 1 })
		cases := d.enrol(nil, []Band{{First: first, Last: first + c.days - 1, Cases: c.cases}}, keyOpeningAwaiting)
		if len(cases) != len(c.want) {
			t.Fatalf("%d claims, want %d", len(cases), len(c.want))
		}
		for i, day := range c.want {
			if got, want := cases[i].Claimed.Day(), m.Timeline.DayOf(first+day); got != want {
				t.Errorf("claim %d of %d in %d days: day %d, want %d", i, c.cases, c.days, got, want)
			}
		}
	}
}

// TestTriageIncludesItsBounds: a chance of a grant as high as the bound is in the
// high class, one as low as the other bound in the low class; a class without a
// share has no cases.
func TestTriageIncludesItsBounds(t *testing.T) {
	const high, low = 0.7, 0.1 // those of two of the groups
	for _, c := range []struct {
		bounds policy.Triage
		want   [groups]class
	}{
		{policy.Triage{HighGrant: high, HighShare: 0.5, LowGrant: low, LowShare: 0.2}, [groups]class{highClass, lowClass, standardClass}},
		{policy.Triage{HighGrant: high + 1e-9, HighShare: 0.5, LowGrant: low - 1e-9, LowShare: 0.2}, [groups]class{standardClass, standardClass, standardClass}},
		{policy.Triage{HighGrant: high, LowGrant: low}, [groups]class{standardClass, standardClass, standardClass}},
	} {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Decision.Grant = policy.ByNationality[unit.Probability]{high, low, 0.4}
			r.Triage = c.bounds
		})
		for group, want := range c.want {
			if got := w.classOf(&Case{Nationality: policy.Nationality(group)}); got != want {
				t.Errorf("%+v: group %d is in class %d, want %d", c.bounds, group, got, want)
			}
		}
	}
}
