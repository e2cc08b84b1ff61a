package backtest

import (
	"math"
	"os"
	"slices"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/measure"
	"asylumsim/sim/score"
	"asylumsim/sim/unit"

	"pgregory.net/rapid"
)

// publishedSeries is the shipped series to 2025, for values worked by hand.
func publishedSeries(t testing.TB) *evidence.Series {
	t.Helper()
	s, err := evidence.Load(os.DirFS("../../configs/observed"))
	if err != nil {
		t.Fatal(err)
	}
	return s.Until(clock.MustDate("2025-12-31"))
}

func targetNamed(t testing.TB, name string) *Target {
	t.Helper()
	for i := range Targets {
		if Targets[i].Name == name {
			return &Targets[i]
		}
	}
	t.Fatalf("no target is named %s", name)
	return nil
}

func originAt(t testing.TB, s *evidence.Series, date string) *evidence.Origin {
	t.Helper()
	o, err := s.Origin(clock.MustDate(date))
	if err != nil {
		t.Fatal(err)
	}
	return o
}

// TestTargetsAreAsPublished: of two quarters, copied from the tables by hand. Of
// small boats it is the sum of three months of the monthly table; hotels were
// published from December 2022 on.
func TestTargetsAreAsPublished(t *testing.T) {
	s := publishedSeries(t)
	unknown := math.NaN()
	for name, want := range map[string]map[string]float64{
		"small_boat_arrivals_people":       {"2023-12-31": 1869 + 1661 + 1077, "2025-12-31": 2867 + 2338 + 2180},
		"asylum_claims_people":             {"2022-03-31": 16021, "2025-12-31": 22400},
		"initial_decisions_people":         {"2022-03-31": 3881 + 1104, "2025-12-31": 13214 + 20626},
		"awaiting_initial_decision_people": {"2022-03-31": 109735, "2025-12-31": 64426},
		"appeals_open_cases":               {"2022-03-31": 6717, "2025-12-31": 80333},
		"supported_people":                 {"2022-03-31": 85007, "2025-12-31": 107003},
		"hotel_people":                     {"2022-03-31": unknown, "2022-12-31": 45753, "2025-12-31": 30657},
		"returns_enforced_people":          {"2022-03-31": 908, "2025-12-31": 2889},
		"returns_voluntary_people":         {"2022-03-31": 2355, "2025-12-31": 8039},
	} {
		published := targetNamed(t, name).Published(s)
		for date, value := range want {
			got, known := published[clock.MustDate(date)]
			if known == math.IsNaN(value) || known && got != value {
				t.Errorf("%s of %s is %v, %v; want %v", name, date, got, known, value)
			}
		}
		if _, later := published[clock.MustDate("2026-03-31")]; later {
			t.Errorf("%s of March 2026 is published", name)
		}
	}
}

// TestTargetsSayWhatTheyAre: each has a name of its own, which is that of the
// model's output where there is one of that name, words for people, a unit and a
// source; its quarters are ends of quarters in order, without a gap.
func TestTargetsSayWhatTheyAre(t *testing.T) {
	s := publishedSeries(t)
	seen := map[string]bool{}
	for i := range Targets {
		target := &Targets[i]
		if seen[target.Name] || target.Name == "" || target.Title == "" || target.Unit == "" || target.Source == "" || len(target.Outputs) == 0 {
			t.Errorf("target %d: %+v", i, target)
		}
		seen[target.Name] = true
		quarters := target.Quarters(s)
		for q, end := range quarters {
			if end != quarterEnd(end) || q > 0 && end != nextQuarter(quarters[q-1]) {
				t.Errorf("%s: quarter %v after %v", target.Name, end, quarters[max(q-1, 0)])
			}
		}
		if len(quarters) < 12 || quarters[len(quarters)-1] != clock.MustDate("2025-12-31") {
			t.Errorf("%s: %d quarters", target.Name, len(quarters))
		}
	}
	if len(Targets) != 9 {
		t.Errorf("%d targets, want 9", len(Targets))
	}
}

// TestAQuarterOfBoatsIsWhole: a quarter counts from its last day on.
func TestAQuarterOfBoatsIsWhole(t *testing.T) {
	s := publishedSeries(t)
	boats := targetNamed(t, "small_boat_arrivals_people")
	end := clock.MustDate("2024-03-31") // of 91 days, in a leap year
	// The day is published the day after.
	if _, known := boats.Published(s.At(end))[end]; known {
		t.Error("a quarter of which the last day is not published is known")
	}
	if got, known := boats.Published(s.At(end + 1))[end]; !known || got != boats.Published(s)[end] {
		t.Errorf("a quarter is known, %v, with %v", known, got)
	}
	if got := len(boats.Published(s)); got != 32 {
		t.Errorf("%d quarters from 2018 to 2025, want 32", got)
	}
}

// monthsOf lists the ends of months after an opening date.
func monthsOf(opening string, n int) []clock.Date {
	var months []clock.Date
	for d := clock.MustDate(opening); len(months) < n; {
		d = (d + 1).MonthEnd()
		months = append(months, d)
	}
	return months
}

// TestSimulatedQuarters: seven months from January, with 1, 2, 4, 8, 16, 32 and
// 64 of everything. A flow of the quarters is 1+2+4 and 8+16+32, a stock 4 and
// 32; the seventh month ends no quarter. Voluntary returns are three outputs
// together, enforced ones two.
func TestSimulatedQuarters(t *testing.T) {
	months := monthsOf("2022-12-31", 7)
	run := &measure.Run{Months: make([]measure.Row, len(months))}
	for m := range run.Months {
		for o := range run.Months[m] {
			run.Months[m][o] = 1 << m
		}
	}
	march, june := clock.MustDate("2023-03-31"), clock.MustDate("2023-06-30")
	outputs := map[string]float64{"returns_enforced_people": 2, "returns_voluntary_people": 3}
	for i := range Targets {
		target := &Targets[i]
		factor := max(1, outputs[target.Name])
		want := map[clock.Date]float64{march: 7 * factor, june: 56 * factor}
		if target.Stock {
			want = map[clock.Date]float64{march: 4 * factor, june: 32 * factor}
		}
		got := target.simulated(run, months)
		if len(got) != 2 || got[march] != want[march] || got[june] != want[june] {
			t.Errorf("%s is %v, want %v", target.Name, got, want)
		}
	}
}

// TestSimulatedQuartersAreWhole: of a run that begins within a quarter its first
// flows are left out, its first stocks are not.
func TestSimulatedQuartersAreWhole(t *testing.T) {
	months := monthsOf("2023-01-31", 5)
	run := &measure.Run{Months: make([]measure.Row, len(months))}
	for m := range run.Months {
		for o := range run.Months[m] {
			run.Months[m][o] = 5
		}
	}
	if got := targetNamed(t, "asylum_claims_people").simulated(run, months); len(got) != 1 || got[clock.MustDate("2023-06-30")] != 15 {
		t.Errorf("claims are %v, want 15 to June", got)
	}
	if got := targetNamed(t, "supported_people").simulated(run, months); len(got) != 2 || got[clock.MustDate("2023-03-31")] != 5 {
		t.Errorf("in support are %v, want 5 in March and in June", got)
	}
}

// TestQuarters counts on the calendar, over the end of a year and a leap day.
func TestQuarters(t *testing.T) {
	on := clock.MustDate
	for day, want := range map[string]string{
		"2023-01-01": "2023-03-31", "2024-02-29": "2024-03-31", "2023-03-31": "2023-03-31", "2023-04-01": "2023-06-30",
		"2023-08-15": "2023-09-30", "2023-10-01": "2023-12-31", "2023-12-31": "2023-12-31",
	} {
		if got := quarterEnd(on(day)); got != on(want) {
			t.Errorf("the quarter of %s ends on %v, want %s", day, got, want)
		}
	}
	for end, want := range map[string]string{"2023-12-31": "2024-03-31", "2024-03-31": "2024-06-30", "2024-06-30": "2024-09-30", "2024-09-30": "2024-12-31"} {
		if got := nextQuarter(on(end)); got != on(want) {
			t.Errorf("after %s comes %v, want %s", end, got, want)
		}
	}
	for n, want := range map[int]string{0: "2022-03-31", 1: "2022-06-30", 2: "2022-09-30", 4: "2023-03-31", 8: "2024-03-31"} {
		if got := quartersAfter(on("2022-03-31"), n); got != on(want) {
			t.Errorf("%d quarters after March 2022 is %v, want %s", n, got, want)
		}
		if got := quartersBetween(on("2022-03-31"), on(want)); got != n {
			t.Errorf("from March 2022 to %s are %d quarters, want %d", want, got, n)
		}
	}
}

// TestQuartersAddUp: so many quarters on are so many quarters away, one by one
// as well as at once.
func TestQuartersAddUp(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		from := quarterEnd(clock.Date(rapid.IntRange(0, 30000).Draw(t, "day")))
		a, b := rapid.IntRange(0, 40).Draw(t, "a"), rapid.IntRange(0, 40).Draw(t, "b")
		to := quartersAfter(from, a+b)
		if quartersAfter(quartersAfter(from, a), b) != to || quartersBetween(from, to) != a+b || quarterEnd(to) != to {
			t.Fatalf("%d and %d quarters after %v: %v", a, b, from, to)
		}
	})
}

// TestHistoryBeginsWithTheVintage: naive forecasts go by quarters from 2018,
// those of boats from 2020, with those that the pandemic interrupted left out,
// but for boats, which came. Hotels begin in December 2022.
func TestHistoryBeginsWithTheVintage(t *testing.T) {
	s := publishedSeries(t)
	end := clock.MustDate("2025-12-31")
	interrupted := []string{"2020-06-30", "2020-09-30", "2020-12-31", "2021-03-31"}
	for i := range Targets {
		target := &Targets[i]
		begin, gaps := clock.MustDate("2018-03-31"), interrupted
		switch target.Name {
		case "small_boat_arrivals_people":
			begin, gaps = clock.MustDate("2020-03-31"), nil
		case "hotel_people":
			begin, gaps = clock.MustDate("2022-12-31"), nil
		}
		values, last := target.history(s)
		if last != end || len(values) != quartersBetween(begin, end)+1 {
			t.Errorf("%s: %d quarters to %v, want %d to %v", target.Name, len(values), last, quartersBetween(begin, end)+1, end)
			continue
		}
		published := target.Published(s)
		for q, x := range values {
			date := quartersAfter(begin, q)
			left := slices.Contains(gaps, date.String())
			if math.IsNaN(x) != left || !left && x != published[date] {
				t.Errorf("%s: %v is %v, published %v", target.Name, date, x, published[date])
			}
		}
	}
}

// TestHistoryOfWhatIsMissing: nothing is nil, what is 0 or was not published is
// not to be used, and what is older than 2018 is no beginning.
func TestHistoryOfWhatIsMissing(t *testing.T) {
	claims := targetNamed(t, "asylum_claims_people")
	flow := func(date string, claims unit.People) evidence.Flows {
		return evidence.Flows{Quarter: clock.MustDate(date), Claims: claims}
	}
	if values, last := claims.history(&evidence.Series{}); values != nil || last != 0 {
		t.Errorf("without a series: %v to %v", values, last)
	}
	if values, last := claims.history(&evidence.Series{Flows: []evidence.Flows{flow("2017-12-31", 5)}}); values != nil || last != 0 {
		t.Errorf("of 2017 alone: %v to %v", values, last)
	}
	values, last := claims.history(&evidence.Series{Flows: []evidence.Flows{
		flow("2017-12-31", 5), flow("2022-03-31", 3), flow("2022-06-30", 0), flow("2022-12-31", 4),
	}})
	want := []float64{3, math.NaN(), math.NaN(), 4}
	same := slices.EqualFunc(values, want, func(x, y float64) bool { return x == y || math.IsNaN(x) && math.IsNaN(y) })
	if !same || last != clock.MustDate("2022-12-31") {
		t.Errorf("%v to %v, want %v to 2022-12-31", values, last, want)
	}
}

// TestOriginsThatCanBeScored: from March 2022 to the quarter before the last.
func TestOriginsThatCanBeScored(t *testing.T) {
	origins := Origins(publishedSeries(t))
	if len(origins) != 15 || origins[0] != clock.MustDate("2022-03-31") || origins[14] != clock.MustDate("2025-09-30") {
		t.Errorf("origins are %v", origins)
	}
}

// samplesAt is made-up runs of an origin, some values for each horizon.
func samplesAt(origin *evidence.Origin) map[clock.Date][]float64 {
	samples := map[clock.Date][]float64{}
	for _, h := range Horizons {
		samples[quartersAfter(origin.Date, h)] = []float64{float64(h), 2 * float64(h)}
	}
	return samples
}

// TestForecastsBesideWhatCame: at March 2022 claims are known to December 2021,
// and a quarter ahead is two from there, but boats are known to March. The same
// quarter of the last year known is that before, two years before at eight
// quarters, for claims and boats alike.
func TestForecastsBesideWhatCame(t *testing.T) {
	o := &Options{Series: publishedSeries(t)}
	origin := originAt(t, o.Series, "2022-03-31")
	for _, c := range []struct {
		target, knownTo string
		seasonal        map[int]string // by horizon
	}{
		{"asylum_claims_people", "2021-12-31", map[int]string{1: "2021-06-30", 2: "2021-09-30", 4: "2021-03-31", 8: "2021-03-31"}},
		{"small_boat_arrivals_people", "2022-03-31", map[int]string{1: "2021-06-30", 2: "2021-09-30", 4: "2022-03-31", 8: "2022-03-31"}},
	} {
		target := targetNamed(t, c.target)
		published := target.Published(o.Series)
		forecasts := o.scored(target, origin, samplesAt(origin))
		if len(forecasts) != len(Horizons) {
			t.Fatalf("%s: %d forecasts, want %d", c.target, len(forecasts), len(Horizons))
		}
		for i, h := range Horizons {
			f := &forecasts[i]
			quarter := quartersAfter(origin.Date, h)
			if f.Target != target || f.Origin != origin.Date || f.Opening != origin.Opening || f.Horizon != h || f.Quarter != quarter {
				t.Errorf("%s at %d quarters: %+v", c.target, h, f)
			}
			if !f.Scored || f.Came != published[quarter] {
				t.Errorf("%s at %d quarters: %v came, %v; published is %v", c.target, h, f.Came, f.Scored, published[quarter])
			}
			if known := clock.MustDate(c.knownTo); f.KnownTo != known || f.Known != published[known] {
				t.Errorf("%s at %d quarters: %v known to %v, want %s", c.target, h, f.Known, f.KnownTo, c.knownTo)
			}
			if !slices.Equal(f.Model, []float64{float64(h), 2 * float64(h)}) {
				t.Errorf("%s at %d quarters: the model says %v", c.target, h, f.Model)
			}
			if got, want := f.Naive[score.LastValue].Quantile(0.5), published[clock.MustDate(c.knownTo)]; math.Abs(got/want-1) > 1e-9 {
				t.Errorf("%s at %d quarters: the last value is %v, want %v", c.target, h, got, want)
			}
			seasonal := clock.MustDate(c.seasonal[h])
			for evidence.Interrupted(seasonal) && !target.Daily { // the year before then
				seasonal = seasonal.AddMonths(-12).MonthEnd()
			}
			if got, want := f.Naive[score.SeasonalNaive].Quantile(0.5), published[seasonal]; math.Abs(got/want-1) > 1e-9 {
				t.Errorf("%s at %d quarters: the value of the same quarter is %v, want %v of %v", c.target, h, got, want, seasonal)
			}
		}
	}
}

// TestForecastsOfTheLastOrigin: what has not come is not scored.
func TestForecastsOfTheLastOrigin(t *testing.T) {
	o := &Options{Series: publishedSeries(t)}
	origin := originAt(t, o.Series, "2025-09-30")
	for i, f := range o.scored(targetNamed(t, "supported_people"), origin, samplesAt(origin)) {
		if f.Scored != (Horizons[i] == 1) {
			t.Errorf("at %d quarters: scored %v", Horizons[i], f.Scored)
		}
	}
}

// TestForecastsOfHotels: none before the first figure, of December 2022, was out.
// Then there is one value, and the spread of supported people stands in; the
// others have none.
func TestForecastsOfHotels(t *testing.T) {
	o := &Options{Series: publishedSeries(t)}
	hotels, supported := targetNamed(t, "hotel_people"), targetNamed(t, "supported_people")
	for _, date := range []string{"2022-03-31", "2022-12-31"} {
		origin := originAt(t, o.Series, date)
		if got := o.scored(hotels, origin, samplesAt(origin)); got != nil {
			t.Errorf("%s: %d forecasts of hotels, of which nothing was published", date, len(got))
		}
	}
	origin := originAt(t, o.Series, "2023-03-31")
	forecasts := o.scored(hotels, origin, samplesAt(origin))
	if len(forecasts) != len(Horizons) {
		t.Fatalf("%d forecasts, want %d", len(forecasts), len(Horizons))
	}
	known, _ := supported.history(origin.Series)
	for i, f := range forecasts {
		distance := Horizons[i] + 1
		last := f.Naive[score.LastValue]
		if last == nil {
			t.Fatalf("at %d quarters: no last value", Horizons[i])
		}
		want, _ := score.LastValue.Spread(known, distance)
		// The upper quartile of a normal distribution is 0.6745 of the spread away.
		if got := math.Log(last.Quantile(0.75)/45753) / 0.6745; math.Abs(got/want-1) > 0.01 {
			t.Errorf("at %d quarters: a spread of %.4f, want that of supported people, %.4f", Horizons[i], got, want)
		}
		if f.Naive[score.SeasonalNaive] != nil {
			t.Errorf("at %d quarters: a seasonal forecast from one value", Horizons[i])
		}
	}
	if got := o.standIn(supported, origin, score.LastValue, 2); got != 0 {
		t.Errorf("a spread of %v stands in for supported people", got)
	}
}
