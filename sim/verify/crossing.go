package verify

import (
	"fmt"
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// crossingYear is the calendar of the checks of small-boat arrivals.
var crossingYear = clock.NewTimeline(clock.MustDate("2025-12-31"), 1)

// crossingRules are invented odds of the right size; nobody of those who arrive
// claims asylum, so that nothing else happens.
func crossingRules() policy.Rules {
	r := noCrossings()
	c := &r.Crossings
	for month := range c.DayLogOdds {
		c.DayLogOdds[month] = -0.7 + 0.6*math.Sin(2*math.Pi*float64(month-4)/12)
		c.BoatsSeason[month] = unit.Factor(1 + 0.4*math.Sin(2*math.Pi*float64(month-5)/12))
	}
	c.SpellLogOdds = policy.BySpell[float64]{0, 0.5, -0.5, -0.8, -1, -1.2}
	c.Boats, c.BoatsDispersion = 4.8, 2.5
	c.PeoplePerBoat, c.PeopleCap, c.PeopleSD = 62, 75, 15
	r.Claims.Scale = [4]unit.Factor{1, 1, 1, 1}
	r.Claims.Envelope = 1
	return r
}

// crossingDays holds small-boat arrivals against the chain of days with and
// without crossings that their rules describe.
func crossingDays() []trial {
	rules := crossingRules()
	c := &rules.Crossings
	const spells = 9 // longer ones are alike
	// now is the distribution over whether the day before had a crossing (1) or
	// not (0), and for how many days it has been so.
	var now [2][spells + 1]float64
	now[0][spells] = 1
	days, boats := 0.0, 0.0
	for day := range crossingYear.Days {
		month := int(crossingYear.Months[crossingYear.Month(day)].Time().Month()) - 1
		var next [2][spells + 1]float64
		for crossed := range now {
			for spell := 1; spell <= spells; spell++ {
				p := now[crossed][spell]
				odds := c.DayLogOdds[month] + c.SpellLogOdds[policy.SpellAfter(crossed == 1, spell)]
				crosses := p / (1 + math.Exp(-odds))
				chances, longer := [2]float64{p - crosses, crosses}, min(spell+1, spells)
				next[crossed][longer] += chances[crossed]
				next[1-crossed][1] += chances[1-crossed]
				days += crosses
				// The mean of a crossing day, none of which has no boat.
				boats += crosses * c.Boats * float64(c.BoatsSeason[month])
			}
		}
		now = next
	}
	law := "Markov chain of days, solved forward"
	checks := []Check{
		within(0.03, Check{Name: "days with arrivals", Law: law, Theory: days}),
		within(0.03, Check{Name: "boats", Law: law + "; zero-truncated negative binomial", Theory: boats}),
		within(0.03, Check{Name: "people", Law: law + "; people on a boat have a mean", Theory: boats * c.PeoplePerBoat}),
	}
	outputs := []measure.Output{measure.DaysWithArrivals, measure.SmallBoats, measure.SmallBoatArrivalsPeople}
	for i := range checks {
		checks[i].Group = modelGroup
		checks[i].Name = fmt.Sprintf("small boats in a year: %s", checks[i].Name)
	}
	return []trial{{checks: checks, runs: 1500, prepare: func() func(random.Source, int, []float64) {
		simulate := modelled(rules, crossingYear, false, spells)
		return func(source random.Source, _ int, values []float64) {
			run, err := simulate(source)
			for i, o := range outputs {
				if err != nil {
					values[i] = math.NaN()
					continue
				}
				for _, row := range run.Months {
					values[i] += float64(row[o])
				}
			}
		}
	}}}
}
