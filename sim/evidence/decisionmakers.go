package evidence

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// staffing is a published number of asylum decision makers: as counted on a
// date, or for a plan as it is to be by then.
type staffing struct {
	date, published clock.Date
	fte             float64
}

// decisionMakers are the published numbers, in full-time equivalents or, where
// that is all that was said, in heads. Between them months are interpolated.
var decisionMakers = [...]staffing{
	// Home Office to the Home Affairs Committee: around 600; 614 is the mean of
	// 2021-22 (Institute for Government).
	{clock.MustDate("2021-09-22"), clock.MustDate("2021-09-22"), 614},
	// Written answer 92281: more than 1,000.
	{clock.MustDate("2022-11-21"), clock.MustDate("2022-11-29"), 1000},
	// Headcount, Home Office to the Public Accounts Committee and the Home Affairs
	// Committee: 1,280 on 1 May, 1,594 at the beginning of July.
	{clock.MustDate("2023-05-01"), clock.MustDate("2023-06-15"), 1280},
	{clock.MustDate("2023-07-03"), clock.MustDate("2023-07-10"), 1594},
	{clock.MustDate("2023-10-31"), clock.MustDate("2023-11-23"), 2463},
	{clock.MustDate("2024-07-31"), clock.MustDate("2024-11-28"), 2455},
	{clock.MustDate("2025-09-30"), clock.MustDate("2025-11-27"), 2113},
}

// staffPlans are the numbers that ministers and officials said there would be.
var staffPlans = [...]staffing{
	// Home Office to the Home Affairs Committee, September 2021: 1,000 by April.
	{clock.MustDate("2022-04-01"), clock.MustDate("2021-09-22"), 1000},
	// Written answer 92281: 500 more by March 2023.
	{clock.MustDate("2023-03-31"), clock.MustDate("2022-11-29"), 1500},
	// Written answer of January 2023: 2,500 by September. That there would be twice
	// as many was said on 13 December 2022, without a number or a date.
	{clock.MustDate("2023-09-30"), clock.MustDate("2023-01-31"), 2500},
}

// meanDecisionMakers averages the months of a year; after the last figure it
// is held.
func meanDecisionMakers(year int) float64 {
	sum := 0.0
	for month := range 12 {
		middle := clock.NewDate(year, 1, 15).AddMonths(month)
		i := 0
		for i+2 < len(decisionMakers) && decisionMakers[i+1].date <= middle {
			i++
		}
		from, to := decisionMakers[i], decisionMakers[i+1]
		t := min(max(float64(middle-from.date)/float64(to.date-from.date), 0), 1)
		sum += from.fte + t*(to.fte-from.fte)
	}
	return sum / 12
}

// decisionMakers is what was known of staff at the origin: the latest number, the
// most that there were or were to be by any plan, and how many a month the latest
// plan adds from the opening date on; 0 where it is fulfilled or past.
func (o *Origin) decisionMakers() (fte, most unit.FTE, perMonth float64) {
	for _, d := range decisionMakers {
		if d.published <= o.Date {
			fte = unit.FTE(d.fte)
			most = max(most, fte)
		}
	}
	for _, p := range staffPlans {
		if p.published > o.Date {
			continue
		}
		most = max(most, unit.FTE(p.fte))
		perMonth = 0
		if months := float64(p.date-o.Opening) / unit.DaysPerYear * 12; p.date >= o.Date {
			perMonth = max(0, p.fte-float64(fte)) / max(1, months)
		}
	}
	return fte, most, perMonth
}
