package asylum

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// openingDates are dates after which something is unusual: a leap day, the end
// of a month, of a year, of a leap year, of a century that is none.
var openingDates = []string{"2025-12-31", "2024-02-28", "2024-02-29", "2026-01-15", "2027-12-24", "2028-02-28", "2099-11-30"}

// anyOpening draws opening stocks, of which any may be empty.
func anyOpening(date clock.Date) *rapid.Generator[*Opening] {
	stock := func(t *rapid.T, what string, days int) ([]Band, unit.People) {
		cases := rapid.SampledFrom([]int{60, 0, 1, 200}).Draw(t, what)
		if cases == 0 {
			return nil, 0
		}
		extra := rapid.IntRange(0, 2*cases).Draw(t, what+", dependants")
		return []Band{{First: date.AddDays(-days), Last: date, Cases: unit.Cases(cases)}}, unit.People(cases + extra)
	}
	return rapid.Custom(func(t *rapid.T) *Opening {
		o := &Opening{Date: date, SmallBoatCases: 365, SpellDays: 1}
		o.Awaiting, o.AwaitingPeople = stock(t, "awaiting", 300)
		o.Appeals, o.AppealPeople = stock(t, "appeals", 500)
		o.Refused, o.RefusedPeople = stock(t, "refused", 2000)
		o.Permits, o.PermitPeople = stock(t, "permits", 900)
		if n := TotalCases(o.Refused); n > 50 && rapid.Bool().Draw(t, "some detained or absent") {
			o.DetainedCases, o.AbscondedCases = 4, n/5
		}
		if rapid.Bool().Draw(t, "some supported") {
			for h := range NumHousing {
				o.Supported[h] = (o.AwaitingPeople + o.AppealPeople) / 12
			}
		}
		return o
	})
}

// anyDates draws the days of the run on which other rules come into force: among
// them the opening date itself (day -1), weekends, the last day and two days in a
// row. There may be none.
func anyDates(days clock.Day) *rapid.Generator[[]clock.Day] {
	one := rapid.OneOf(rapid.SampledFrom([]clock.Day{-1, 0, 1, 2, 3, days - 1}), rapid.Map(rapid.IntRange(0, int(days)-1), func(d int) clock.Day { return clock.Day(d) }))
	return rapid.Map(rapid.SliceOfNDistinct(one, 0, 3, rapid.ID[clock.Day]), func(dates []clock.Day) []clock.Day {
		dates = slices.Clone(dates)
		slices.Sort(dates)
		return dates
	})
}

// scene is a world at the opening, and the days that it is to run.
type scene struct {
	world   *World
	opening *Population
	days    clock.Day
}

// anyScene draws rules, the dates on which they change, opening stocks, a
// fraction, a horizon and how much of it is run, and opens a world with them.
func anyScene(t *rapid.T) scene {
	date := clock.MustDate(rapid.SampledFrom(openingDates).Draw(t, "opening"))
	years := rapid.SampledFrom([]int{1, 30}).Draw(t, "years")
	timeline := clock.NewTimeline(date, years)
	days := clock.Day(rapid.SampledFrom([]int{100, 40, 200, 365}).Draw(t, "days"))
	regime := &policy.Regime{Name: "any", Starts: []clock.Date{date.AddDays(-5000)}}
	regime.Epochs = append(regime.Epochs, anyVariation().Draw(t, "rules").of(smallRules()))
	for i, day := range anyDates(days).Draw(t, "days of changes") {
		regime.Starts = append(regime.Starts, timeline.Date(day))
		regime.Epochs = append(regime.Epochs, anyVariation().Draw(t, fmt.Sprint("rules from day ", day)).of(regime.Epochs[i]))
	}
	fraction := rapid.SampledFrom([]unit.Fraction{1, 1, 2, 7}).Draw(t, "fraction")
	m := CompileSample(regime, timeline, groups, fraction)
	opening := anyOpening(date).Draw(t, "stocks")
	source := random.NewSource(rapid.Uint64().Draw(t, "seed"), 0)
	s := scene{NewWorld(timeline), new(Population), days}
	if err := s.opening.Draw(m, opening, source); err != nil {
		// More supported than could be, or a detained family without a bed: the
		// program refuses such stocks. Without either, all can be drawn.
		opening.Supported, opening.DetainedCases = [NumHousing]unit.People{}, 0
		if err := s.opening.Draw(m, opening, source); err != nil {
			t.Fatal(err)
		}
	}
	s.world.reset(m, source)
	s.world.open(s.opening)
	return s
}
