package evidence

import (
	"math"
	"slices"
	"testing"

	"asylumsim/sim/clock"
)

// yearOfCrossings are the facts of a calendar year by which the crossing
// process is judged.
type yearOfCrossings struct {
	afterCrossing float64 // P(arrivals | arrivals yesterday)
	afterNone     float64 // P(arrivals | none yesterday)
	longestGap    float64
	longestSpell  float64
	crossingDays  float64
	boatsRatio    float64 // variance over mean of boats on a crossing day
	lag1          float64 // autocorrelation of daily people
	busiestTenth  float64 // share of people on the busiest tenth of crossing days
	people        float64
	months        [12]float64 // people
}

// summarise computes the facts of a year from boats and people by day; crossed
// says whether the day before the first had arrivals.
func summarise(first clock.Date, boats, people []float64, crossed bool) yearOfCrossings {
	var y yearOfCrossings
	var after, afterDays [2]float64
	run := 0.0
	was := crossed
	var counts, loads []float64
	for i := range boats {
		now := boats[i] > 0
		k := 0
		if was {
			k = 1
		}
		afterDays[k]++
		if now {
			after[k]++
			counts = append(counts, boats[i])
			loads = append(loads, people[i])
		}
		if now == was && i > 0 {
			run++
		} else {
			run = 1
		}
		if now {
			y.longestSpell = max(y.longestSpell, run)
		} else {
			y.longestGap = max(y.longestGap, run)
		}
		was = now
		_, month, _ := (first + clock.Date(i)).Civil()
		y.months[month-1] += people[i]
		y.people += people[i]
	}
	y.afterCrossing, y.afterNone = after[1]/afterDays[1], after[0]/afterDays[0]
	y.crossingDays = float64(len(counts))
	mean, variance := meanVariance(counts)
	y.boatsRatio = variance / mean
	mean, variance = meanVariance(people)
	for i := 1; i < len(people); i++ {
		y.lag1 += (people[i] - mean) * (people[i-1] - mean)
	}
	y.lag1 /= variance * float64(len(people)-1)
	slices.Sort(loads)
	slices.Reverse(loads)
	for _, x := range loads[:int(math.Round(float64(len(loads))/10))] {
		y.busiestTenth += x / y.people
	}
	return y
}

func meanVariance(xs []float64) (mean, variance float64) {
	for _, x := range xs {
		mean += x / float64(len(xs))
	}
	for _, x := range xs {
		variance += (x - mean) * (x - mean) / float64(len(xs)-1)
	}
	return mean, variance
}

// observedYears are the facts of 2021 to 2025.
func observedYears(t *testing.T, s *Series) []yearOfCrossings {
	var years []yearOfCrossings
	for year := 2021; year <= 2025; year++ {
		first := clock.NewDate(year, 1, 1)
		days, err := s.BoatDaysBetween(first, clock.NewDate(year, 12, 31))
		if err != nil {
			t.Fatal(err)
		}
		var boats, people []float64
		for _, d := range days {
			boats = append(boats, float64(d.Boats))
			people = append(people, float64(d.People))
		}
		crossed, _ := s.spellBefore(first)
		years = append(years, summarise(first, boats, people, crossed))
	}
	return years
}

// crossingFact is a reference fact: the range that five years have shown.
type crossingFact struct {
	name      string
	low, high float64
	of        func(*yearOfCrossings) float64
}

var crossingFacts = []crossingFact{
	{"P(crossing day | crossing yesterday)", 0.60, 0.66, func(y *yearOfCrossings) float64 { return y.afterCrossing }},
	{"P(crossing day | none yesterday)", 0.22, 0.29, func(y *yearOfCrossings) float64 { return y.afterNone }},
	{"longest gap, days", 14, 28, func(y *yearOfCrossings) float64 { return y.longestGap }},
	{"longest spell, days", 10, 13, func(y *yearOfCrossings) float64 { return y.longestSpell }},
	{"days with arrivals", 139, 162, func(y *yearOfCrossings) float64 { return y.crossingDays }},
	{"variance over mean of boats", 2.4, 7.2, func(y *yearOfCrossings) float64 { return y.boatsRatio }},
	{"lag-1 autocorrelation of people", 0.17, 0.31, func(y *yearOfCrossings) float64 { return y.lag1 }},
	{"people on the busiest tenth of days", 0.27, 0.39, func(y *yearOfCrossings) float64 { return y.busiestTenth }},
}

// monthShares are the shares of people by month, 2021 to 2025 together, in
// per cent.
var monthShares = [12]float64{2.8, 2.3, 6.9, 6.4, 7.0, 9.5, 10.6, 13.6, 14.6, 10.9, 9.9, 5.5}

// TestThePublishedYearsShowTheFacts checks the reference ranges against the
// series they were taken from.
func TestThePublishedYearsShowTheFacts(t *testing.T) {
	years := observedYears(t, published(t))
	for _, f := range crossingFacts {
		least, most := math.Inf(1), math.Inf(-1)
		for i := range years {
			least, most = min(least, f.of(&years[i])), max(most, f.of(&years[i]))
		}
		tolerance := 0.008 // the text rounds
		if f.high > 1 {
			tolerance = 0.1
		}
		if math.Abs(least-f.low) > tolerance || math.Abs(most-f.high) > tolerance {
			t.Errorf("%s: %.3f to %.3f in 2021 to 2025: the reference says %v to %v", f.name, least, most, f.low, f.high)
		}
	}
	months, total := totals(years)
	for m, people := range months {
		if share := 100 * people / total; math.Abs(share-monthShares[m]) > 0.06 {
			t.Errorf("month %d has %.2f%% of people: the reference says %v%%", m+1, share, monthShares[m])
		}
	}
}

func totals(years []yearOfCrossings) (months [12]float64, all float64) {
	for _, y := range years {
		all += y.people
		for m := range months {
			months[m] += y.months[m]
		}
	}
	return months, all
}

// TestTheFittedProcessShowsTheFacts simulates 1,000 years of the shipped
// parameters and asks that the mean year lies in the range that five years
// have shown, and that the five years are such as the process would show: not
// more than two of their eight extremes at either end outside what 98% of
// simulated five-year spans have. Nothing was tuned to this. Seeds are fixed.
func TestTheFittedProcessShowsTheFacts(t *testing.T) {
	rules := readParameters(t).rules(clock.MustDate("2025-12-31"))
	years := simulateCrossings(&rules.Crossings, &rules.Levels, 1000, 1)
	outside := 0
	for _, f := range crossingFacts {
		var values, least, most []float64
		inside := 0
		for i := range years {
			x := f.of(&years[i])
			values = append(values, x)
			if f.low <= x && x <= f.high {
				inside++
			}
			if i%5 == 4 {
				least, most = append(least, slices.Min(values[i-4:])), append(most, slices.Max(values[i-4:]))
			}
		}
		mean, _ := meanVariance(values)
		slices.Sort(values)
		slices.Sort(least)
		slices.Sort(most)
		n := len(least)
		t.Logf("%-36s published %.4g to %.4g; simulated mean %.3g, 90%% of years %.3g to %.3g, %d%% of years inside",
			f.name, f.low, f.high, mean, values[len(values)/20], values[len(values)*19/20], 100*inside/len(values))
		if mean < f.low || mean > f.high {
			t.Errorf("%s: the mean simulated year has %.3g: the years 2021 to 2025 had %v to %v", f.name, mean, f.low, f.high)
		}
		if f.low < least[n/100] || f.low > least[n*99/100] || f.high < most[n/100] || f.high > most[n*99/100] {
			outside++
			t.Logf("%s: five years with %v to %v are unlikely under the process (lowest %.3g to %.3g, highest %.3g to %.3g)",
				f.name, f.low, f.high, least[n/100], least[n*99/100], most[n/100], most[n*99/100])
		}
	}
	if outside > 2 {
		t.Errorf("%d of %d facts are unlikely under the process: want at most 2", outside, len(crossingFacts))
	}
}

// TestTheFittedProcessHasTheSeason holds month shares to the published ones
// with the error that five years have: shares differ by less than three
// standard errors, in 12 months a false alarm of about 3%.
func TestTheFittedProcessHasTheSeason(t *testing.T) {
	rules := readParameters(t).rules(clock.MustDate("2025-12-31"))
	years := simulateCrossings(&rules.Crossings, &rules.Levels, 1000, 2)
	months, all := totals(years)
	for m, people := range months {
		share := 100 * people / all
		var spans []float64 // shares of five-year spans
		for i := 0; i+5 <= len(years); i += 5 {
			span, total := totals(years[i : i+5])
			spans = append(spans, 100*span[m]/total)
		}
		_, variance := meanVariance(spans)
		if z := (monthShares[m] - share) / math.Sqrt(variance); math.Abs(z) > 3 {
			t.Errorf("month %d: %.1f%% simulated, %.1f%% published, %.1f standard errors apart", m+1, share, monthShares[m], z)
		}
	}
}

// TestChanceWithinAYear gives the spread of yearly people that is left when
// the level is held, which the surprises of the level must not count twice.
func TestChanceWithinAYear(t *testing.T) {
	rules := readParameters(t).rules(clock.MustDate("2025-12-31"))
	var logs []float64
	for _, y := range simulateCrossings(&rules.Crossings, nil, 1000, 3) {
		logs = append(logs, math.Log(y.people))
	}
	_, variance := meanVariance(logs)
	sd := math.Sqrt(variance)
	if se := sd / math.Sqrt(2*999); math.Abs(sd-0.12) > 4*se {
		t.Errorf("standard deviation of log yearly people at a fixed level is %.3f: want 0.12", sd)
	}
}
