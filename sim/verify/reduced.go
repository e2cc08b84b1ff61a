package verify

import (
	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

const modelGroup = "The whole model, reduced"

// The reduced model: claims come in a Poisson stream of 20 a day, are prepared,
// withdrawn at a constant rate, decided on the first working day, refused and
// appealed; appeals wait for a tribunal that hears them on working days; those
// dismissed leave by one of two competing risks. Everybody lives in hotels until
// their case is over.
const (
	claimsPerDay    = 20.0
	preparationMean = 60.0
	preparationCV   = 0.5
	withdrawn       = 0.4 // a year
	administrative  = 0.05
	grantedShare    = 0.4
	lodgedShare     = 0.8
	timeLimit       = 14 // days
	hearingsAYear   = 2900.7
	appealDropped   = 0.2
	allowedShare    = 0.45
	voluntary       = 0.5 // a year
	losingContact   = 0.3 // a year
	moveOn          = 28  // days
	familyShare     = 0.3
	dependants      = 2.2
	hotelPence      = 14498
	decisionPence   = 200000
	hearingPence    = 300000
)

// reducedRules switches off everything else, which zero does.
func reducedRules() policy.Rules {
	r := noCrossings()
	route := 2 // in-country claims, of OtherRoutes
	r.Claims.PerYear[route] = claimsPerDay * unit.DaysPerYear
	r.Claims.Scale = [4]unit.Factor{1, 1, 1, 1}
	r.Claims.Envelope = 1
	r.Claims.Irregular, r.Claims.VisaHolder, r.Claims.InCountry = oneNation, oneNation, oneNation
	for i := range r.Applicants.FamilyShare {
		r.Applicants.FamilyShare[i], r.Support.Need[i] = familyShare, 1
	}
	r.Applicants.Dependants, r.Applicants.ChildShare = dependants, 0.67
	d := &r.Decision
	d.PreparationMean, d.PreparationCV = preparationMean, preparationCV
	// A queue that managers want to be far below nothing keeps all caseworkers, of
	// whom there are more than enough, at decisions from the second month on: in
	// the first nothing has become decidable yet that they could plan by.
	d.Caseworkers, d.Productivity, d.TargetWait, d.Correction = 1e6, 100, -1e6, 31
	d.Administrative, d.WithdrawalRate, d.WithdrawalShape = administrative, withdrawn, 1
	r.Appeal.Lodged, r.Appeal.TimeLimit, r.Appeal.Capacity, r.Appeal.Withdrawn = lodgedShare, timeLimit, hearingsAYear, appealDropped
	for n := range d.Grant {
		d.Grant[n], r.Appeal.Allowed[n] = grantedShare, allowedShare
		r.Returns.Returnable[n], r.Returns.Voluntary[n] = 1, voluntary
	}
	r.Returns.Absconding = losingContact
	r.Permit.Length, r.Permit.LengthUASC, r.Permit.SettlementYears = 60, 60, 5
	r.Support.MoveOnSingle, r.Support.MoveOnFamily = moveOn, moveOn
	r.Cost.Hotel = unit.Pence(hotelPence).Pounds()
	r.Cost.Decision, r.Cost.Appeal = unit.Pence(decisionPence).Pounds(), unit.Pence(hearingPence).Pounds()
	return r
}

// oneNation is a mix of one nationality group.
var oneNation = policy.ByNationality[unit.Share]{1}

// noCrossings are rules under which nothing happens.
func noCrossings() policy.Rules {
	var r policy.Rules
	for month := range r.Crossings.DayLogOdds {
		r.Crossings.DayLogOdds[month] = -1e6
		r.Crossings.BoatsSeason[month] = 1
	}
	r.Crossings.Nationality = oneNation
	r.Crossings.BoatsDispersion = 1
	return r
}

// modelled runs the model itself on rules that hold from before the opening to
// the end, from empty opening stocks.
func modelled(rules policy.Rules, timeline *clock.Timeline, crossedLastDay bool, spell int) func(source random.Source) (*measure.Run, error) {
	regime := &policy.Regime{Name: "reduced", Starts: []clock.Date{timeline.Opening - 4000}, Epochs: []policy.Rules{rules}}
	model := asylum.Compile(regime, timeline, 1)
	world := asylum.NewWorld(timeline)
	opening := &asylum.Opening{Date: timeline.Opening, CrossedLastDay: crossedLastDay, SpellDays: spell}
	var people asylum.Population
	return func(source random.Source) (*measure.Run, error) {
		if err := people.Draw(model, opening, source); err != nil {
			return nil, err
		}
		return world.Run(model, source, &people)
	}
}

// reducedModel compares what the model counts with the exact expectations.
func reducedModel() []trial {
	want := solve()
	last := len(officeDays.Months) - 1
	sum := func(o measure.Output) func(*measure.Run) float64 {
		return func(r *measure.Run) (total float64) {
			for _, row := range r.Months {
				total += float64(row[o])
			}
			return total
		}
	}
	at := func(o measure.Output, month int) func(*measure.Run) float64 {
		return func(r *measure.Run) float64 { return float64(r.Months[month][o]) }
	}
	const (
		stream    = "Poisson stream: rate times days"
		family    = "mean of a truncated geometric number"
		transient = "transient M/G/infinity: rate times survival, summed over days of claim"
		lindley   = "Lindley's recursion on the exact distribution"
		both      = "transient M/G/infinity, and expectations behind the tribunal"
		races     = "expectations behind the tribunal, and competing exponentials"
		nights    = "midnights in each step, from all of these"
	)
	rows := []struct {
		name   string
		law    string
		theory float64
		count  func(*measure.Run) float64
		tells  float64
	}{
		{"claims, cases", stream, want.claims, sum(measure.AsylumClaimsCases), 0.01},
		{"people per case", family, want.people, func(r *measure.Run) float64 {
			return sum(measure.AsylumClaimsPeople)(r) / sum(measure.AsylumClaimsCases)(r)
		}, 0.01},
		{"withdrawals, people", transient, want.withdrawals, sum(measure.WithdrawalsPeople), 0.02},
		{"initial decisions, cases", transient, want.decisions, sum(measure.InitialDecisionsCases), 0.01},
		{"administrative outcomes, cases, by what they cost", transient, want.decisions * administrative / (1 - administrative), func(r *measure.Run) float64 {
			return sum(measure.DecisionCost)(r)/decisionPence - sum(measure.InitialDecisionsCases)(r)
		}, 0.02},
		{"awaiting a decision after a year, cases", transient, want.awaiting[0], at(measure.AwaitingInitialDecisionCases, 11), 0.02},
		{"awaiting a decision after two years, cases", transient, want.awaiting[1], at(measure.AwaitingInitialDecisionCases, last), 0.02},
		{"appeals lodged, cases", transient, want.lodged, sum(measure.AppealsLodgedCases), 0.01},
		{"appeals open after a year, cases", lindley, want.appeals[0], at(measure.AppealsOpenCases, 11), 0.12},
		{"appeals open after two years, cases", lindley, want.appeals[1], at(measure.AppealsOpenCases, last), 0.08},
		{"permits in force after two years, people", both, want.permits, at(measure.PermitsInForcePeople, last), 0.01},
		{"voluntary returns, people", races, want.returns, sum(measure.ReturnsVoluntaryPeople), 0.02},
		{"out of contact after two years, people", races, want.absent, at(measure.AbscondedPeople, last), 0.03},
		{"hotel cost, GBP million", nights, want.hotel / 1e6, func(r *measure.Run) float64 { return sum(measure.HotelCost)(r) / 100e6 }, 0.02},
	}
	var checks []Check
	for _, row := range rows {
		checks = append(checks, within(row.tells, Check{Group: modelGroup, Name: row.name, Law: row.law, Theory: row.theory}))
	}
	exact := []struct {
		name, law string
		off       func(measure.Row) bool
	}{
		{"months in which hearings cost another sum", "ledger: number times unit cost, to the penny", func(r measure.Row) bool {
			return r[measure.AppealCost] != hearingPence*r[measure.AppealsDeterminedCases]
		}},
	}
	first := len(checks)
	for _, e := range exact {
		checks = append(checks, Check{Group: modelGroup, Form: Exact, Of: last + 1, Name: e.name, Law: e.law})
	}
	checks = append(checks, Check{Group: modelGroup, Form: Exact, Name: "runs whose books do not balance",
		Law: "conservation of cases and people, Little's law on the path of every queue, nights stayed are nights paid"})
	return []trial{{checks: checks, runs: 400, prepare: func() func(random.Source, int, []float64) {
		simulate := modelled(reducedRules(), officeDays, false, 9)
		return func(source random.Source, _ int, values []float64) {
			run, err := simulate(source)
			if err != nil {
				values[len(values)-1] = 1
				return
			}
			for i, row := range rows {
				values[i] = row.count(run)
			}
			for i, e := range exact {
				for _, row := range run.Months {
					if e.off(row) {
						values[first+i]++
					}
				}
			}
		}
	}}}
}
