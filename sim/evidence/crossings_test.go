package evidence

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// invented simulates a daily series of a known process, five years from 2021.
func invented(c *policy.Crossings, seed uint64) *Series {
	r := rand.New(rand.NewPCG(seed, 7))
	s := &Series{}
	crossed, spell := false, 1
	last := clock.MustDate("2025-12-31")
	for d := clock.MustDate("2020-12-01"); d <= last; d++ {
		_, month, _ := d.Civil()
		odds := c.DayLogOdds[month-1] + c.SpellLogOdds[policy.SpellAfter(crossed, spell)]
		now := r.Float64() < 1/(1+math.Exp(-odds))
		if now == crossed {
			spell++
		} else {
			crossed, spell = now, 1
		}
		day := BoatDay{Date: d}
		if now {
			mean := untruncatedMean(c.Boats*float64(c.BoatsSeason[month-1]), c.BoatsDispersion)
			for day.Boats == 0 {
				day.Boats = int64(poisson(r, gamma(r, c.BoatsDispersion)*mean/c.BoatsDispersion))
			}
			per := c.PeoplePerBoat + c.PeopleGrowth*float64(d-last-1)/unit.DaysPerYear
			for range day.Boats {
				day.People += unit.People(math.Round(per + c.PeopleSD*r.NormFloat64()))
			}
		}
		s.BoatDays = append(s.BoatDays, day)
	}
	return s
}

// TestFitsFindTheTruth fits series of a known process. Each estimate is within
// four of its standard errors: a false alarm of 0.2% over the 34 checks.
func TestFitsFindTheTruth(t *testing.T) {
	truth := readParameters(t).rules(clock.MustDate("2025-12-31")).Crossings
	truth.PeoplePerBoat, truth.PeopleGrowth, truth.PeopleSD = 70, 5, 15
	s := invented(&truth, 1)
	check := func(what string, got, want, se float64) {
		t.Helper()
		if z := (got - want) / se; se <= 0 || math.Abs(z) > 4 {
			t.Errorf("%s: %.3f ± %.3f: the truth is %.3f", what, got, se, want)
		}
	}
	first, last := clock.MustDate("2021-01-01"), clock.MustDate("2025-12-31")
	days, err := s.CrossingDays(first, last)
	if err != nil {
		t.Fatal(err)
	}
	for m := range 12 {
		check("day log-odds of month", days.Month[m], truth.DayLogOdds[m], days.MonthSE[m])
	}
	for spell := policy.CrossedTwoDays; spell < policy.NumSpells; spell++ {
		check(spell.String(), days.Spell[spell], truth.SpellLogOdds[spell], days.SpellSE[spell])
	}
	boats, err := s.BoatCounts(2021, 2025)
	if err != nil {
		t.Fatal(err)
	}
	// The truth's season has mean 1 over the crossing days of the shipped
	// series, not of these: compare after the same normalisation.
	norm, n := 0.0, 0.0
	for m := range 12 {
		norm += float64(truth.BoatsSeason[m]) * float64(boats.CrossingDays[m])
		n += float64(boats.CrossingDays[m])
	}
	norm /= n
	for m := range 12 {
		check("season of month", boats.Season[m], float64(truth.BoatsSeason[m])/norm, boats.SeasonSE[m])
	}
	level, se := boats.Mean(2021, 2025)
	check("boats on a crossing day", level, truth.Boats*norm, se)
	check("log dispersion", math.Log(boats.Dispersion), math.Log(truth.BoatsDispersion), boats.DispersionLogSE)
	people, err := s.Passengers(first, last)
	if err != nil {
		t.Fatal(err)
	}
	check("people per boat", people.AtEnd, truth.PeoplePerBoat, people.AtEndSE)
	check("growth of people per boat", people.PerYear, truth.PeopleGrowth, people.PerYearSE)
	check("spread of people per boat", people.SD, truth.PeopleSD, people.SD/math.Sqrt(2*float64(people.Days)))
}

// TestBoatCountsKeepTheYears: the fitted levels, with the season of the days
// that there were, return the boats of each year within the error of the fit.
func TestBoatCountsKeepTheYears(t *testing.T) {
	s := published(t)
	b, err := s.BoatCounts(2021, 2025)
	if err != nil {
		t.Fatal(err)
	}
	for i, year := range b.Years {
		days, err := s.BoatDaysBetween(clock.NewDate(year, 1, 1), clock.NewDate(year, 12, 31))
		if err != nil {
			t.Fatal(err)
		}
		fitted, boats := 0.0, 0.0
		for _, d := range days {
			if d.Boats > 0 {
				_, month, _ := d.Date.Civil()
				fitted += b.Year[i] * b.Season[month-1]
				boats += float64(d.Boats)
			}
		}
		if se := fitted * b.YearSE[i] / b.Year[i]; math.Abs(fitted-boats) > 2*se {
			t.Errorf("%d: %.0f boats, %.0f ± %.0f fitted", year, boats, fitted, se)
		}
	}
}

// TestUntruncatedMean: the truncated mean of the result is what was asked for.
func TestUntruncatedMean(t *testing.T) {
	for _, k := range []float64{0.5, 1.54, 20} {
		for _, want := range []float64{1.01, 2, 4.79, 30} {
			m := untruncatedMean(want, k)
			sum, zero := 0.0, math.Exp(logNegativeBinomial(0, m, k))
			for x := 1.0; x < 2000; x++ {
				sum += x * math.Exp(logNegativeBinomial(x, m, k))
			}
			if got := sum / (1 - zero); math.Abs(got-want) > 1e-6 {
				t.Errorf("k = %v: truncated mean %v: want %v", k, got, want)
			}
		}
	}
	if m := untruncatedMean(1, 2); m != 0 {
		t.Errorf("truncated mean 1 has untruncated mean %v: want 0", m)
	}
}

// TestYearsVaryAsTheyDid: the level is estimated by quarter. Of the process that
// results, five years in a row spread as the five published ones do: the standard
// deviation of the logarithms of their people lies within what 98% of spans have.
func TestYearsVaryAsTheyDid(t *testing.T) {
	spread := func(people []float64) float64 {
		var logs []float64
		for _, x := range people {
			logs = append(logs, math.Log(x))
		}
		_, variance := meanVariance(logs)
		return math.Sqrt(variance)
	}
	s := published(t)
	var five []float64
	for year := 2021; year <= 2025; year++ {
		row, err := s.BoatYear(year)
		if err != nil {
			t.Fatal(err)
		}
		five = append(five, float64(row.People))
	}
	rules := readParameters(t).rules(clock.MustDate("2025-12-31"))
	years := simulateCrossings(&rules.Crossings, &rules.Levels, 1000, 4)
	var spreads []float64
	for i := 0; i+5 <= len(years); i += 5 {
		var span []float64
		for _, y := range years[i : i+5] {
			span = append(span, y.people)
		}
		spreads = append(spreads, spread(span))
	}
	slices.Sort(spreads)
	n := len(spreads)
	low, high := spreads[n/100], spreads[n*99/100]
	t.Logf("published %.3f; simulated spans: median %.3f, 98%% from %.3f to %.3f", spread(five), spreads[n/2], low, high)
	if got := spread(five); got < low || got > high {
		t.Errorf("five published years spread by %.3f: 98%% of simulated spans have %.3f to %.3f", got, low, high)
	}
}
