package asylum

import (
	"math"
	"reflect"
	"testing"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

func safeRouteRules(places unit.PerYear) policy.Rules {
	r := fixedRules()
	r.SafeRoute = policy.SafeRoute{
		Places: places, Nationality: policy.ByNationality[unit.Share]{0.2, 0.3, 0.5},
		FamilyShare: 0.6, SettledAtOnce: 0.25, SettlementYears: 5,
	}
	r.Cost.SafeRoutePerson = 1234.5
	return r
}

// byYear sums an output over each calendar year of a run from January on.
func byYear(run *measure.Run, o measure.Output) []int64 {
	years := make([]int64, len(run.Months)/12)
	for month := range run.Months {
		years[month/12] += run.Months[month][o]
	}
	return years
}

func TestNoSafeRoutePlacesChangeNothing(t *testing.T) {
	base := fixedModel(fixedRules(), 2)
	if got := simulateFrom(t, base, fixedModel(safeRouteRules(0), 2), 5); !reflect.DeepEqual(got, simulate(t, base, 5, 0)) {
		t.Error("a safe route without places changes the run")
	}
}

// TestSafeRouteCap: all but the last few places of a calendar year are used,
// and no more.
func TestSafeRouteCap(t *testing.T) {
	base := fixedModel(fixedRules(), 4)
	for _, places := range []unit.PerYear{1, 7.9, 100, 5000} {
		run := simulateFrom(t, base, fixedModel(safeRouteRules(places), 4), 5)
		for year, people := range byYear(run, measure.SafeRoutePeople) {
			if people > int64(places) || people <= int64(places)-maxCasePeople {
				t.Errorf("%v places: %d people in year %d", places, people, year)
			}
		}
		people, cost := sum(run, measure.SafeRoutePeople), sum(run, measure.SafeRouteCost)
		if cost != people*123450 {
			t.Errorf("%d people cost %d pence", people, cost)
		}
	}
}

// TestSafeRoutePlacesMayChangeInAYear: the places in force on the day bound
// the whole calendar year.
func TestSafeRoutePlacesMayChangeInAYear(t *testing.T) {
	base := fixedModel(fixedRules(), 3)
	m := datedModel(3, safeRouteRules(0), "2026-07-01", safeRouteRules(4000), "2027-07-01", safeRouteRules(1000), "2027-10-01", safeRouteRules(6000))
	run := simulateFrom(t, base, m, 5)
	years := byYear(run, measure.SafeRoutePeople)
	for month := range 6 {
		if n := run.Months[month][measure.SafeRoutePeople]; n != 0 {
			t.Errorf("month %d: %d people before the route opened", month, n)
		}
	}
	// 184 of 365 days in 2026: about 2,016 people in cases of about 2.3.
	if want := 4000.0 * 184 / 365; math.Abs(float64(years[0])-want) > 4*math.Sqrt(want*4) {
		t.Errorf("%d people in the half year after opening, want about %.0f", years[0], want)
	}
	for month := 18; month < 21; month++ {
		// Half of the year at 4,000 has used up the 1,000.
		if n := run.Months[month][measure.SafeRoutePeople]; n != 0 {
			t.Errorf("month %d: %d people above the number in force", month, n)
		}
	}
	if years[1] > 6000 || years[1] < 3000 || years[2] > 6000 || years[2] < 5990 {
		t.Errorf("%v people a year", years)
	}
}

// TestFewerPlacesAreStillSpread lowers the places early in a year: those left
// are not used up at the old pace. January has taken about 680 of the 3,000, so
// that at 250 a month they last until November.
func TestFewerPlacesAreStillSpread(t *testing.T) {
	base := fixedModel(fixedRules(), 1)
	run := simulateFrom(t, base, datedModel(1, safeRouteRules(8000), "2026-02-01", safeRouteRules(3000)), 5)
	for month := 1; month < 9; month++ {
		// In cases of about 2.3 people, of mixed sizes.
		if n := run.Months[month][measure.SafeRoutePeople]; math.Abs(float64(n)-250) > 4*math.Sqrt(250*4) {
			t.Errorf("month %d: %d people, want about 250", month, n)
		}
	}
	if n := sum(run, measure.SafeRoutePeople); n > 3000 || n <= 3000-maxCasePeople {
		t.Errorf("%d people in the year, want the 3,000 places used", n)
	}
	if n := run.Months[11][measure.SafeRoutePeople]; n != 0 {
		t.Errorf("%d people in December, when all places are used", n)
	}
}

// TestSafeRoutesAreNested: more places bring the same people and others.
func TestSafeRoutesAreNested(t *testing.T) {
	plan := func(places unit.PerYear) map[uint64]bool {
		w := freshWorld(fixedModel(safeRouteRules(places), 1))
		w.safeRoutes.year = 2026
		w.planSafeRoutes(unit.People(places))
		cases := map[uint64]bool{}
		for _, entry := range w.safeRoutes.order {
			cases[entry] = true
		}
		return cases
	}
	fewer, more := plan(500), plan(3000)
	for entry := range fewer {
		if !more[entry] {
			t.Fatalf("case %x comes with 500 places and not with 3,000", entry)
		}
	}
	if len(fewer) < 100 || len(more) < 5*len(fewer) {
		t.Errorf("%d and %d cases", len(fewer), len(more))
	}
	base := fixedModel(fixedRules(), 2)
	a, b := simulateFrom(t, base, fixedModel(safeRouteRules(500), 2), 5), simulateFrom(t, base, fixedModel(safeRouteRules(3000), 2), 5)
	for month := range a.Months {
		if a.Months[month][measure.SafeRoutePeople] > b.Months[month][measure.SafeRoutePeople] {
			t.Errorf("month %d: fewer people with more places", month)
		}
	}
	if sum(a, measure.AsylumClaimsCases) != sum(b, measure.AsylumClaimsCases) {
		t.Error("places change asylum claims")
	}
}

// TestResettledPeople looks at who comes and what they hold.
func TestResettledPeople(t *testing.T) {
	w := freshWorld(fixedModel(safeRouteRules(20000), 1))
	byGroup := [groups]float64{}
	cases, families := 0.0, 0.0
	for w.day = 0; w.day < 365; w.day++ {
		w.arriveBySafeRoutes(w.day)
	}
	for ordinal := range uint32(20000) {
		c := w.newResettled(safeRouteKey(2026, ordinal))
		cases++
		byGroup[c.Nationality]++
		if c.People() > 1 {
			families++
		}
	}
	for n, want := range []float64{0.2, 0.3, 0.5} {
		if got := byGroup[n] / cases; math.Abs(got-want) > 4*math.Sqrt(want*(1-want)/cases) {
			t.Errorf("%.4f of group %d, want %v", got, n, want)
		}
	}
	if got := families / cases; math.Abs(got-0.6) > 4*math.Sqrt(0.24/cases) {
		t.Errorf("%.4f are families, want 0.6", got)
	}
	settled, permitted := float64(w.stock.totalCases(Settled)), float64(w.stock.totalCases(Permitted))
	if n := settled + permitted; unit.Cases(n) != w.safeRoutes.entered || math.Abs(settled/n-0.25) > 4*math.Sqrt(0.19/n) {
		t.Errorf("%v cases settled, %v with leave, %v entered", settled, permitted, w.safeRoutes.entered)
	}
	if got := w.row[measure.SettledPeople]; got != int64(w.stock.totalPeople(Settled)) {
		t.Errorf("%d people settled, %d in the books", got, w.stock.totalPeople(Settled))
	}
}
