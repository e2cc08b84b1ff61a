package backtest

import (
	"maps"
	"math"
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/measure"
)

// Target is a published quarterly series that forecasts are scored on.
type Target struct {
	*measure.PublishedSeries
	// Source names the publisher and the series.
	Source string
	// Daily says that the series is known to the day of the origin; all others
	// end a quarter before.
	Daily  bool
	values func(*evidence.Series) map[clock.Date]float64
}

// Targets lists what is scored.
var Targets = []Target{
	{
		PublishedSeries: measure.QuarterlyByName("small_boat_arrivals_people"),
		Daily:           true,
		Source:          "Home Office, small boats time series, SB_01",
		values: func(s *evidence.Series) map[clock.Date]float64 {
			sums, days := map[clock.Date]float64{}, map[clock.Date]int{}
			for _, d := range s.BoatDays {
				end := quarterEnd(d.Date)
				sums[end] += float64(d.People)
				days[end]++
			}
			for end, n := range days { // a quarter that is not over is not known
				if n < int(end-(end+1).AddMonths(-3)+1) {
					delete(sums, end)
				}
			}
			return sums
		},
	},
	{
		PublishedSeries: measure.QuarterlyByName("asylum_claims_people"),
		Source:          "Home Office, Asy_D01",
		values:          flows(func(f *evidence.Flows) float64 { return float64(f.Claims) }),
	},
	{
		PublishedSeries: measure.QuarterlyByName("initial_decisions_people"),
		Source:          "Home Office, Asy_D02",
		values:          flows(func(f *evidence.Flows) float64 { return float64(f.Grants + f.Refusals) }),
	},
	{
		PublishedSeries: measure.QuarterlyByName("awaiting_initial_decision_people"),
		Source:          "Home Office, Asy_D03",
		values: func(s *evidence.Series) map[clock.Date]float64 {
			return table(s.Backlog, func(b *evidence.Backlog) (clock.Date, float64) { return b.Date, float64(b.People) })
		},
	},
	{
		PublishedSeries: measure.QuarterlyByName("appeals_open_cases"),
		Source:          "Ministry of Justice, FIA_3",
		values: func(s *evidence.Series) map[clock.Date]float64 {
			return table(s.Appeals, func(a *evidence.Appeals) (clock.Date, float64) { return a.Quarter, float64(a.Open) })
		},
	},
	{
		PublishedSeries: measure.QuarterlyByName("supported_people"),
		Source:          "Home Office, Asy_D09",
		values: func(s *evidence.Series) map[clock.Date]float64 {
			return table(s.Support, func(r *evidence.Support) (clock.Date, float64) { return r.Date, float64(r.People) })
		},
	},
	{
		PublishedSeries: measure.QuarterlyByName("hotel_people"),
		Source:          "Home Office, Asy_D09",
		values: func(s *evidence.Series) map[clock.Date]float64 {
			return table(s.Support, func(r *evidence.Support) (clock.Date, float64) {
				if !r.Hotel.Known {
					return r.Date, math.NaN()
				}
				return r.Date, float64(r.Hotel.Value)
			})
		},
	},
	{
		PublishedSeries: measure.QuarterlyByName("returns_enforced_people"),
		Source:          "Home Office, Ret_D01",
		values: func(s *evidence.Series) map[clock.Date]float64 {
			return table(s.Returns, func(r *evidence.Returns) (clock.Date, float64) { return r.Quarter, float64(r.Enforced) })
		},
	},
	{
		PublishedSeries: measure.QuarterlyByName("returns_voluntary_people"),
		Source:          "Home Office, Ret_D01",
		values: func(s *evidence.Series) map[clock.Date]float64 {
			return table(s.Returns, func(r *evidence.Returns) (clock.Date, float64) { return r.Quarter, float64(r.Voluntary) })
		},
	},
}

func flows(value func(*evidence.Flows) float64) func(*evidence.Series) map[clock.Date]float64 {
	return func(s *evidence.Series) map[clock.Date]float64 {
		return table(s.Flows, func(f *evidence.Flows) (clock.Date, float64) { return f.Quarter, value(f) })
	}
}

// table is what rows say by quarter, but for what is not published.
func table[R any](rows []R, at func(*R) (clock.Date, float64)) map[clock.Date]float64 {
	values := map[clock.Date]float64{}
	for i := range rows {
		if date, x := at(&rows[i]); !math.IsNaN(x) {
			values[date] = x
		}
	}
	return values
}

// Published returns what is published of the target by quarter.
func (t *Target) Published(s *evidence.Series) map[clock.Date]float64 { return t.values(s) }

// Quarters lists the ends of the quarters that are published, in order.
func (t *Target) Quarters(s *evidence.Series) []clock.Date {
	return slices.Sorted(maps.Keys(t.values(s)))
}

// The ends of the first quarters that naive forecasts go by: those from which the
// model's levels are estimated.
var (
	seriesBegin = clock.MustDate("2018-03-31")
	boatsBegin  = clock.MustDate("2020-03-31")
)

// history is the target up to its last published quarter, from the beginning of
// the current vintages, without the quarters that the model leaves out as well.
// It is nil where nothing is published.
func (t *Target) history(s *evidence.Series) (values []float64, last clock.Date) {
	published := t.values(s)
	first, begin := clock.Date(0), seriesBegin
	if t.Daily {
		begin = boatsBegin
	}
	for date := range published {
		if date >= begin && (first == 0 || date < first) {
			first = date
		}
		last = max(last, date)
	}
	if first == 0 {
		return nil, 0
	}
	for date := first; date <= last; date = nextQuarter(date) {
		x, ok := published[date]
		if !ok || !(x > 0) || !t.Daily && evidence.Interrupted(date) {
			x = math.NaN()
		}
		values = append(values, x)
	}
	return values, last
}

// simulated is the target in a run, by quarter.
func (t *Target) simulated(run *measure.Run, months []clock.Date) map[clock.Date]float64 {
	values := map[clock.Date]float64{}
	for m, month := range months {
		if month == quarterEnd(month) && m+1 >= t.Months() {
			values[month] = float64(t.Of(run, m))
		}
	}
	return values
}

// quarterEnd is the last day of the quarter of a date.
func quarterEnd(d clock.Date) clock.Date {
	year, month, _ := d.Civil()
	return clock.NewDate(year, (month-1)/3*3+1, 1).AddMonths(3) - 1
}

// nextQuarter is the end of the quarter after one.
func nextQuarter(end clock.Date) clock.Date { return (end + 1).AddMonths(3) - 1 }

// quartersAfter is the end of the quarter some quarters after one.
func quartersAfter(end clock.Date, n int) clock.Date { return (end + 1).AddMonths(3*n) - 1 }

// quartersBetween counts the quarters from one end to another.
func quartersBetween(from, to clock.Date) int {
	n := 0
	for d := from; d < to; d = nextQuarter(d) {
		n++
	}
	return n
}
