package compare

import (
	"hash/fnv"
	"math"
	"math/rand/v2"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"

	"github.com/google/go-cmp/cmp"
)

var threeYears = clock.NewTimeline(clock.MustDate("2025-12-31"), 3)

// synthetic makes paired replications: the same seed is the same luck, shift
// is the effect of a regime in percent.
func synthetic(n int, t *clock.Timeline, seed uint64, shift int64) []*measure.Run {
	runs := make([]*measure.Run, n)
	for r := range runs {
		run := &measure.Run{Months: make([]measure.Row, len(t.Months)), Events: 1000 + int64(r)}
		for o := range measure.NumOutputs {
			// By name, so that a new output leaves the golden files alone.
			name := fnv.New64a()
			name.Write([]byte(o.String()))
			rng := rand.New(rand.NewPCG(seed, name.Sum64()+uint64(r)))
			for m := range run.Months {
				run.Months[m][o] = (10_000 + rng.Int64N(2_000)) * (100 + shift) / 100
				if o.Define().Kind == measure.Cost {
					run.Months[m][o] *= 1_000_003
				}
			}
		}
		rng := rand.New(rand.NewPCG(seed, uint64(r)))
		for m := 0; m+6 < len(t.Months); m++ {
			run.Cohorts = append(run.Cohorts, measure.CohortRow{ClaimMonth: m, Age: 6,
				Cases: [measure.NumCohortOutcomes]int64{rng.Int64N(50), rng.Int64N(50), rng.Int64N(50), 1}})
		}
		runs[r] = run
	}
	return runs
}

func TestPeriodsMarkFinancialYearsThatARunCoversInPart(t *testing.T) {
	for _, c := range []struct {
		opening string
		years   int
		want    []Period
	}{
		{"2025-12-31", 3, []Period{
			{"horizon", 0, 35},
			{"2025-26 (partial: 3 months)", 0, 2},
			{"2026-27", 3, 14},
			{"2027-28", 15, 26},
			{"2028-29 (partial: 9 months)", 27, 35},
		}},
		{"2025-03-31", 1, []Period{{"horizon", 0, 11}, {"2025-26", 0, 11}}},
		{"2025-02-28", 1, []Period{
			{"horizon", 0, 11}, {"2024-25 (partial: 1 month)", 0, 0}, {"2025-26 (partial: 11 months)", 1, 11},
		}},
		// A run that begins within a month has a short first and last month.
		{"2025-04-14", 1, []Period{
			{"horizon", 0, 12}, {"2025-26 (partial: 351 days)", 0, 11}, {"2026-27 (partial: 14 days)", 12, 12},
		}},
	} {
		got := Periods(clock.NewTimeline(clock.MustDate(c.opening), c.years))
		if diff := cmp.Diff(c.want, got); diff != "" {
			t.Errorf("%d years from %s: -want +got\n%s", c.years, c.opening, diff)
		}
	}
}

// A flow and a cost are summed over the period before they are summarised, a
// stock is taken at its end.
func TestTotalsByHand(t *testing.T) {
	months := []measure.Row{{}, {}, {}}
	for m := range months {
		months[m][measure.SmallBoats] = int64(m + 1)    // 1, 2, 3
		months[m][measure.HotelPeople] = int64(10 - m)  // 10, 9, 8
		months[m][measure.HotelCost] = int64(100*m + 5) // 5, 105, 205 pence
	}
	more := []measure.Row{months[1], months[1], months[1]}
	runs := []*measure.Run{{Months: months}, {Months: more}}
	period := []Period{{"all", 0, 2}, {"end", 1, 2}}
	for _, c := range []struct {
		output measure.Output
		period int
		want   [2]float64 // by replication
	}{
		{measure.SmallBoats, 0, [2]float64{6, 6}},
		{measure.SmallBoats, 1, [2]float64{5, 4}},
		{measure.HotelPeople, 0, [2]float64{8, 9}},
		{measure.HotelPeople, 1, [2]float64{8, 9}},
		{measure.HotelCost, 0, [2]float64{3.15, 3.15}},
		{measure.HotelCost, 1, [2]float64{3.10, 2.10}},
	} {
		got := Totals("r", SampleOf(c.output, runs), period)[c.period]
		want := (c.want[0] + c.want[1]) / 2
		if math.Abs(got.Mean-want) > 1e-12 || got.N != 2 {
			t.Errorf("%s over %s: mean %v, want %v", c.output, got.Period, got.Mean, want)
		}
	}
}

func TestRowsAreInTheOrderOfRegimesOutputsAndTime(t *testing.T) {
	base, other := synthetic(3, threeYears, 1, 0), synthetic(3, threeYears, 1, 5)
	tables, err := Tabulate([]string{"base", "other"}, threeYears, InMemory([][]*measure.Run{base, other}))
	if err != nil {
		t.Fatal(err)
	}
	i := 0
	for _, regime := range tables.Regimes {
		for o := range measure.NumOutputs {
			for _, month := range threeYears.Months {
				if row := tables.Summaries[i]; row.Regime != regime || row.Output != o || row.Month != month {
					t.Fatalf("row %d is %s %s %s, want %s %s %s", i, row.Regime, row.Output, row.Month, regime, o, month)
				}
				i++
			}
		}
	}
	series := tables.Series("other", measure.HotelPeople)
	if len(series) != 36 || series[35].Statistics != Describe(SampleOf(measure.HotelPeople, other).Month(35), 1) {
		t.Errorf("series of other: %d months, last %+v", len(series), series[len(series)-1])
	}
	if i != len(tables.Summaries) || len(tables.Totals) != 2*int(measure.NumOutputs)*5 {
		t.Errorf("%d summaries and %d totals", len(tables.Summaries), len(tables.Totals))
	}
	for _, d := range tables.Differences {
		if d.PPositive != 1 || d.Mean <= 0 {
			t.Fatalf("%s over %s: a regime that adds 5%% differs by %v", d.Output, d.Period, d.Mean)
		}
	}
}

// Shares are pooled: 1 of 10 in one replication and 30 of 90 in another are
// 31 of 100, not the mean of 10% and 33%.
func TestCohortSharesArePooledOverReplications(t *testing.T) {
	tally := NewCohortTally(len(threeYears.Months))
	tally.Add([]measure.CohortRow{
		{ClaimMonth: 1, Age: 6, Cases: [measure.NumCohortOutcomes]int64{9, 1, 0, 0}},
		{ClaimMonth: 0, Age: 12},
	})
	tally.Add([]measure.CohortRow{{ClaimMonth: 1, Age: 6, Cases: [measure.NumCohortOutcomes]int64{60, 30, 0, 0}}})
	rows := tally.Rows("base", threeYears.Months)
	if len(rows) != 2*int(measure.NumCohortOutcomes) {
		t.Fatalf("%d rows, want those of two cohorts", len(rows))
	}
	if first := rows[0]; first.ClaimMonth.String() != "2026-01-31" || first.MonthsSince != 12 || !math.IsNaN(first.Share) {
		t.Errorf("a month without claims: %+v, want no share", first)
	}
	want := Cohort{"base", clock.MustDate("2026-02-28"), 6, measure.Protected, 0.31, 31}
	if got := rows[int(measure.NumCohortOutcomes)+int(measure.Protected)]; got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
	// Parts of a run, added up, are the whole run: shares follow from cases.
	cases := int64(0)
	for _, row := range rows[measure.NumCohortOutcomes:] {
		cases += row.Cases
	}
	if cases != 100 || rows[0].Cases != 0 {
		t.Errorf("%d cases in the cohort, %d in the empty one; want 100 and 0", cases, rows[0].Cases)
	}
}
