package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// The tests of this package run on a small invented set of rules, so that
// they do not move when the shipped parameters do. Three nationality groups:
// one mostly granted, one mostly refused and returnable, one between.
const groups = 3

func fixedRules() policy.Rules {
	var r policy.Rules
	c := &r.Crossings
	for month := range 12 {
		c.DayLogOdds[month] = -0.6
		c.BoatsSeason[month] = 1
	}
	c.SpellLogOdds = policy.BySpell[float64]{0, 0.5, -0.5, -0.8, -1, -1.2}
	c.Boats, c.BoatsDispersion = 4.8, 2.5
	c.PeoplePerBoat, c.PeopleGrowth, c.PeopleCap, c.PeopleSD = 62, 2, 75, 15
	c.ClaimShare = 0.98
	mix := policy.ByNationality[unit.Share]{0.5, 0.3, 0.2}
	c.Nationality = mix
	r.Claims = policy.Claims{
		PerYear:   [3]unit.PerYear{8600, 29600, 7800},
		Irregular: mix, VisaHolder: mix, InCountry: mix,
		Scale: [4]unit.Factor{1, 1, 1, 1}, Envelope: 1.5,
	}
	for d, sd := range map[policy.Driver]float64{policy.BoatsDriver: 0.13, policy.OtherClaimsDriver: 0.08} {
		r.Levels.Persistence[d], r.Levels.LastingSD[d] = 0.5, sd
	}
	r.Applicants = policy.Applicants{
		FamilyShare: [4]unit.Probability{0.042, 0.15, 0.16, 0.16}, Dependants: 2.2, ChildShare: 0.67,
		UASCShare: [4]unit.Probability{0.06, 0.05, 0, 0},
	}
	r.Decision = policy.Decision{
		PreparationMean: 135, PreparationCV: 0.5, Caseworkers: 2113, Fewest: 1400, Most: 2500,
		Productivity: 3.9, Attrition: 0.2, Hiring: 60, Training: 120, TargetWait: 60, Correction: 180,
		Administrative: 0.04, WithdrawalRate: 0.3, WithdrawalShape: 1.5,
		Grant: policy.ByNationality[unit.Probability]{0.7, 0.1, 0.4},
	}
	r.Appeal = policy.Appeal{
		Lodged: 0.92, TimeLimit: 14, Capacity: 29848, Growth: 0.1, GrowthEnds: 3, Withdrawn: 0.3,
		Allowed: policy.ByNationality[unit.Probability]{0.5, 0.3, 0.4}, CessationShare: 0.9, CessationAllow: 0.5,
	}
	r.Permit = policy.Permit{
		Length: 60, LengthUASC: 60, SettlementYears: 5, SettlementUASC: 5, SettlementShare: 0.95,
		ReviewStaff: 600, ReviewRate: 8, CessationRate: policy.ByNationality[unit.PerYear]{0.004, 0.01, 0.006},
	}
	r.Returns = policy.Returns{
		Returnable: policy.ByNationality[unit.Probability]{0.1, 0.9, 0.5}, Voluntary: policy.ByNationality[unit.PerYear]{0.05, 0.2, 0.1},
		LimboVoluntary: 0.02, Absconding: 0.05,
	}
	r.Enforcement = policy.Enforcement{Attempts: 6000, Success: 0.5, LosesTrace: 0.1, Beds: 100000, BedsMost: 100000, Seats: 1e9, FamilyAttempt: 1}
	r.Permit.SettlementTests = 1
	r.Support = policy.Support{
		Need: [4]unit.Probability{0.9, 0.75, 0.35, 0.45}, SubsistenceOnly: 0.033, MoveOnSingle: 28, MoveOnFamily: 56,
		RefusedGrace: 21, RefusedSingle: 0.2, RefusedFamily: 0.9,
	}
	r.Accommodation = policy.Accommodation{Dispersal: 68538, DispersalGrowth: 2580, Initial: 1572, LargeSite: 2010, Other: 649}
	r.Cost = policy.Cost{
		Hotel: 144.98, Dispersal: 23.25, Initial: 100, LargeSite: 132, Other: 23.25, AllowanceSelf: 49.18, AllowanceMeals: 9.95,
		Decision: 2000, Appeal: 3000, Review: 1000, AssistedReturn: 3886, EnforcedReturn: 22000, DiscountRate: 0.035,
	}
	return r
}

// fixedOpening is an opening state of the published size.
func fixedOpening() *Opening {
	day := clock.MustDate
	return &Opening{
		Date: day("2025-12-31"), SmallBoatCases: 36549, SpellDays: 4,
		AwaitingPeople: 64426, Awaiting: []Band{{First: day("2025-01-01"), Last: day("2025-06-30"), Cases: 14723}, {First: day("2025-07-01"), Last: day("2025-12-31"), Cases: 34000}},
		AppealPeople: 98800, Appeals: []Band{{First: day("2024-07-01"), Last: day("2025-12-31"), Cases: 80333}},
		RefusedPeople: 66000, Refused: []Band{{First: day("2020-01-01"), Last: day("2025-12-31"), Cases: 55000}},
		PermitPeople: 180000, Permits: []Band{{First: day("2021-01-01"), Last: day("2025-12-31"), Cases: 145000}},
		Supported: [NumHousing]unit.People{Hotel: 30657, Dispersal: 68538, InitialAccommodation: 1572, LargeSite: 2010, OtherAccommodation: 649, SubsistenceOnly: 3577},
	}
}

// fixedModel compiles rules as they stand for the whole of a run.
func fixedModel(r policy.Rules, years int) *Model {
	opening := clock.MustDate("2025-12-31")
	regime := &policy.Regime{Name: "test", Starts: []clock.Date{clock.MustDate("2010-01-01")}, Epochs: []policy.Rules{r}}
	return Compile(regime, clock.NewTimeline(opening, years), groups)
}

// simulate runs one replication and fails the test if its books do not
// balance.
func simulate(t testing.TB, m *Model, seed uint64, replication int) *measure.Run {
	t.Helper()
	w, p := NewWorld(m.Timeline), drawn(t, m, seed, replication)
	run, err := w.Run(m, random.NewSource(seed, replication), p)
	if err != nil {
		t.Fatal(err)
	}
	return run
}

// simulateFrom runs replication 0 of a model on the opening people of
// another.
func simulateFrom(t testing.TB, opening, m *Model, seed uint64) *measure.Run {
	t.Helper()
	run, err := NewWorld(m.Timeline).Run(m, random.NewSource(seed, 0), drawn(t, opening, seed, 0))
	if err != nil {
		t.Fatal(err)
	}
	return run
}

func drawn(t testing.TB, m *Model, seed uint64, replication int) *Population {
	t.Helper()
	p := new(Population)
	if err := p.Draw(m, fixedOpening(), random.NewSource(seed, replication)); err != nil {
		t.Fatal(err)
	}
	return p
}

// openedWorld is a world at time 0.
func openedWorld(t testing.TB, m *Model, seed uint64, replication int) (*World, *Population) {
	t.Helper()
	w, p := NewWorld(m.Timeline), drawn(t, m, seed, replication)
	w.reset(m, random.NewSource(seed, replication))
	w.open(p)
	return w, p
}

// drawnCase draws the people of a case.
func drawnCase(w *World, key random.Key, route policy.Route, most int) (c Case) {
	w.newCase(&c, key, route, most)
	return c
}

// staying settles how a case leaves Removable or Limbo by itself, as entering
// them does.
func staying(w *World, c *Case) *Case {
	_, how := w.leaves(c)
	c.Detail = uint8(how)
	return c
}

// hazardOf compiles one rate of a regime for a run after an opening date.
func hazardOf(r *policy.Regime, opening clock.Date, rate func(*policy.Rules) unit.PerYear) hazard {
	m := &Model{}
	for i := range r.Epochs {
		m.epochs = append(m.epochs, epoch{Rules: &r.Epochs[i]})
		m.starts = append(m.starts, clock.NewTimeline(opening, 1).DayOf(r.Starts[i]))
	}
	return m.hazard(rate)
}
