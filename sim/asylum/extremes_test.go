package asylum

import (
	"fmt"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/queue"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// smallOpening are opening stocks of the size of smallRules.
func smallOpening(date clock.Date) *Opening {
	stock := func(days int, cases unit.Cases) []Band {
		return []Band{{First: date.AddDays(-days), Last: date, Cases: cases}}
	}
	return &Opening{
		Date: date, SmallBoatCases: 365, SpellDays: 1,
		AwaitingPeople: 150, Awaiting: stock(300, 100), AppealPeople: 150, Appeals: stock(500, 100),
		RefusedPeople: 130, Refused: stock(2000, 100), DetainedCases: 4, AbscondedCases: 20, PermitPeople: 140, Permits: stock(900, 100),
		Supported: [NumHousing]unit.People{30, 30, 10, 10, 5, 5},
	}
}

// smallWorld is a world of some rules, opened on smallOpening as the usual rules
// draw it.
func smallWorld(t *testing.T, r policy.Rules, years int) (*World, *Population) {
	t.Helper()
	usual, m := fixedModel(smallRules(), years), fixedModel(r, years)
	source, p := random.NewSource(3, 0), new(Population)
	if err := p.Draw(usual, smallOpening(m.Timeline.Opening), source); err != nil {
		t.Fatal(err)
	}
	w := NewWorld(m.Timeline)
	w.reset(m, source)
	w.open(p)
	return w, p
}

// TestEveryParameterAtItsExtremes runs the usual rules with one parameter, of a
// table one entry, at nothing, at certainty where it is a chance, and at a million
// where it is a quantity, under the eyes of a witness.
func TestEveryParameterAtItsExtremes(t *testing.T) {
	tried := 0
	for _, c := range changeable {
		usual := smallRules()
		extremes := []float64{0, 1}
		switch kind := c.in(&usual).Interface().(type) {
		case unit.PerYear, unit.FTE, unit.People, unit.Pounds, unit.Factor:
			extremes = []float64{0, 1e6}
			if _, rate := kind.(unit.PerYear); rate && (c.parameter == "safe_route_places" || c.parameter == "other_enforced_returns" || c.parameter == "other_voluntary_returns") {
				extremes = []float64{0, 2000} // people who are counted one by one
			}
		case unit.Days:
			extremes = []float64{0, 1e4}
		case unit.Months, unit.Years:
			extremes = []float64{1, 100}
		}
		if c.entry >= 1 && c.entry != int(policy.OtherInCountry) {
			continue // the entries of a table are alike: the first and the last will do
		}
		for _, c.value = range extremes {
			r := usual
			c.apply(&r)
			if r == usual {
				continue // the program refuses the value
			}
			tried++
			t.Run(fmt.Sprint(c), func(t *testing.T) {
				w, _ := smallWorld(t, r, 1)
				s := newWitness(t, w)
				s.watch(60)
				s.checkWaits()
			})
		}
	}
	if tried < 200 {
		t.Errorf("only %d extremes were tried", tried)
	}
}

// TestEveryTwist runs what shapes all arrivals, or everything at once: everybody
// is a family, nobody is, one nationality, nobody comes, nothing costs anything.
func TestEveryTwist(t *testing.T) {
	for k := range numTwists {
		t.Run(k.String(), func(t *testing.T) {
			w, p := smallWorld(t, variation{twist: k}.of(smallRules()), 1)
			s := newWitness(t, w)
			s.watch(w.model.Timeline.Days)
			s.checkWaits()
			if err := w.audit(p); err != nil {
				t.Error(err)
			}
			claims, people := sum(w.run, measure.AsylumClaimsCases), sum(w.run, measure.AsylumClaimsPeople)
			if (claims == 0) != (k == nobodyComes) || (people == claims) != (k == noFamilies || k == nobodyComes) {
				t.Errorf("%d claims of %d people", claims, people)
			}
			if cost := sum(w.run, measure.TotalCost); (cost == sum(w.run, measure.FranceCost)+sum(w.run, measure.Contributions)+sum(w.run, measure.IncentivePayments)) != (k == nothingCosts) {
				t.Errorf("%d pence in all", cost)
			}
		})
	}
}

// TestNobodyAtAll: without opening stocks and arrivals nothing happens for thirty
// years, from one end to the other, but what is paid by the year.
func TestNobodyAtAll(t *testing.T) {
	r := variation{twist: nobodyComes}.of(smallRules())
	r.Returns.OtherEnforced, r.Returns.OtherVoluntary, r.Appeal.Other = 0, 0, 0
	r.Prevention.CostPerYear, r.Cost.TransferYear = 1200, 2400
	m := fixedModel(r, 30)
	var p Population
	if err := p.Draw(m, &Opening{Date: m.Timeline.Opening}, random.NewSource(1, 0)); err != nil {
		t.Fatal(err)
	}
	run, err := NewWorld(m.Timeline).Run(m, random.NewSource(1, 0), &p)
	if err != nil {
		t.Fatal(err)
	}
	want := measure.Row{}
	want[measure.FranceCost], want[measure.ThirdCountryCost], want[measure.TotalCost] = 100_00, 200_00, 300_00
	for i, row := range run.Months {
		row[measure.DiscountedCost] = 0
		for _, staff := range []measure.Output{measure.CaseworkersFTE, measure.CaseworkersOtherWorkFTE, measure.CaseworkersInTrainingFTE} {
			row[staff] = 0 // they are there without work
		}
		if row != want {
			t.Fatalf("month %d: %v", i, row)
		}
	}
	if len(run.Months) != 360 || run.Events != 0 || run.Waits != (measure.Waits{}) {
		t.Errorf("%d months, %d events, or waits of nobody", len(run.Months), run.Events)
	}
}

// TestThirtyYears runs everything for as long as may be asked for.
func TestThirtyYears(t *testing.T) {
	w, p := smallWorld(t, smallRules(), 30)
	run, err := w.Run(w.model, w.source, p)
	if err != nil {
		t.Fatal(err)
	}
	if len(run.Months) != 360 || w.day != 10957 { // 30 years with 7 leap days, 2028 to 2052
		t.Errorf("%d months, %d days", len(run.Months), w.day)
	}
	if sum(run, measure.SettledPeople) == 0 || sum(run, measure.ReturnsEnforcedPeople) == 0 {
		t.Error("nobody settled, or nobody was returned")
	}
}

// TestServicesWithNothingAndWithoutLimit takes each service away, and lets it do
// whatever there is to do: then nobody who was there when a working day's services
// began waits at its end. Nobody is held for transfers that there are none of.
func TestServicesWithNothingAndWithoutLimit(t *testing.T) {
	for name, c := range map[string]struct {
		capacity func(r *policy.Rules, perYear float64)
		served   []measure.Output
		line     func(w *World) *queue.Line[Case]
	}{
		"tribunal": {func(r *policy.Rules, x float64) { r.Appeal.Capacity, r.Appeal.NewBodyShare = unit.PerYear(x), 0 },
			[]measure.Output{measure.AppealsDeterminedCases}, func(w *World) *queue.Line[Case] { return w.appeals }},
		"new body": {func(r *policy.Rules, x float64) {
			r.Appeal.NewBodyCases, r.Appeal.NewBodyShare, r.Appeal.Capacity = unit.PerYear(x), 1, 0
		},
			[]measure.Output{measure.AppealsDeterminedCases}, func(w *World) *queue.Line[Case] { return w.newBody }},
		"onward appeals": {func(r *policy.Rules, x float64) {
			r.Appeal.OnwardCapacity, r.Appeal.Onward, r.Appeal.NewBodyShare = unit.PerYear(x), 1, 0
		},
			nil, func(w *World) *queue.Line[Case] { return w.onward }},
		"reviews": {func(r *policy.Rules, x float64) { r.Permit.ReviewStaff = unit.FTE(x) },
			[]measure.Output{measure.PermitReviewsDoneCases}, func(w *World) *queue.Line[Case] { return w.reviews }},
		"attempts": {func(r *policy.Rules, x float64) {
			r.Enforcement.Attempts, r.Enforcement.Beds, r.Enforcement.BedsMost, r.Enforcement.FamilyAttempt, r.Enforcement.AtRiskAttempt = unit.PerYear(x), 1e9, 1e9, 1, 1
		}, nil, func(w *World) *queue.Line[Case] { return w.removals }},
		"beds of detention": {func(r *policy.Rules, x float64) {
			r.Enforcement.Attempts, r.Enforcement.Beds, r.Enforcement.BedsMost, r.Enforcement.BedsGrowth, r.Enforcement.FamilyAttempt, r.Enforcement.AtRiskAttempt = 1e9, unit.People(x), unit.People(x), 0, 1, 1
		}, nil, func(w *World) *queue.Line[Case] { return w.removals }},
		"transfers": {func(r *policy.Rules, x float64) { r.Intake.TransferCapacity = unit.PerYear(x) },
			[]measure.Output{measure.ThirdCountryTransfersPeople}, func(w *World) *queue.Line[Case] { return w.transfers }},
		"seats": {func(r *policy.Rules, x float64) { r.Enforcement.Seats = unit.PerYear(x) },
			[]measure.Output{measure.ReturnsEnforcedPeople}, nil},
	} {
		t.Run(name, func(t *testing.T) {
			most := 0
			for _, perYear := range []float64{0, 1e9} {
				r := smallRules()
				r.Safety = policy.Safety{} // which can put cases in line after the services of a day
				c.capacity(&r, perYear)
				w, p := smallWorld(t, r, 1)
				for ; w.day < w.model.Timeline.Days; w.day++ {
					w.runDay()
					if c.line == nil {
						continue
					}
					c.line(w).Each(func(c *Case) {
						// Others join when the services of the day are over.
						if before := c.Since < w.now; before && perYear > 0 && w.model.Timeline.Working(w.day) {
							t.Fatalf("day %d: somebody waits since %d although there is no limit", w.day, c.Since)
						} else if before {
							most++
						}
					})
				}
				for _, o := range c.served {
					if served := totals(w, o); (served > 0) != (perYear > 0) {
						t.Errorf("%v: %d with a capacity of %v", o, served, perYear)
					}
				}
				if err := w.audit(p); err != nil {
					t.Error(err)
				}
			}
			if most == 0 && c.line != nil && name != "transfers" {
				t.Error("nobody ever waited: the test shows nothing")
			}
		})
	}
}
