package evidence

import (
	"fmt"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// Origin is the end of a quarter at which a forecast is made, and what was
// published by the morning after it.
type Origin struct {
	Date clock.Date
	// Opening is the latest quarter end with all stocks and flows published: the
	// run starts there and catches up with the origin.
	Opening clock.Date
	Series  *Series
}

// FirstOpening is the earliest quarter end at which levels can be estimated: with
// the eight quarters that a level needs of the small boats of today, which begin
// in 2020.
var FirstOpening = clock.NewDate(firstBoatYear+leastQuarters/4, 1, 1) - 1

// Origin returns what was known at the end of a quarter.
func (s *Series) Origin(date clock.Date) (*Origin, error) {
	o := &Origin{Date: date, Series: s.At(date + 1)}
	for _, b := range o.Series.Backlog {
		if o.Series.complete(b.Date) {
			o.Opening = b.Date
		}
	}
	if o.Opening == 0 {
		return nil, fmt.Errorf("%v: the series have no quarter with all stocks and flows that was published by then", date)
	}
	if o.Opening < FirstOpening {
		return nil, fmt.Errorf("%v: levels of small boats can be estimated from %v on, with eight quarters since %d", o.Opening, FirstOpening, firstBoatYear)
	}
	if n := len(o.Series.BoatDays); n == 0 || o.Series.BoatDays[n-1].Date < o.Opening {
		return nil, fmt.Errorf("%v: %s ends before the opening date %v", date, s.file("small_boat_daily.csv"), o.Opening)
	}
	return o, nil
}

// complete reports whether every quarterly series has a row for a date.
func (s *Series) complete(date clock.Date) bool {
	return has(s.Flows, func(r *Flows) bool { return r.Quarter == date }) &&
		has(s.Appeals, func(r *Appeals) bool { return r.Quarter == date }) &&
		has(s.Support, func(r *Support) bool { return r.Date == date }) &&
		has(s.Returns, func(r *Returns) bool { return r.Quarter == date })
}

func has[R any](rows []R, is func(*R) bool) bool {
	for i := range rows {
		if is(&rows[i]) {
			return true
		}
	}
	return false
}

// BoatsUntil is the last day whose small boats were published by the origin.
func (o *Origin) BoatsUntil() clock.Date {
	return min(o.Date, o.Series.BoatDays[len(o.Series.BoatDays)-1].Date)
}

// WithoutLater is the origin with small boats known to its opening date only, as
// all other series are.
func (o *Origin) WithoutLater() *Origin {
	early := *o
	series := *o.Series
	series.BoatDays = kept(series.BoatDays, func(d clock.Date) bool { return d <= o.Opening }, func(d *BoatDay) clock.Date { return d.Date })
	early.Series = &series
	return &early
}

// known is the arrivals by boat after the opening date that are published.
func (o *Origin) known() []asylum.BoatDay {
	var days []asylum.BoatDay
	for _, d := range o.Series.BoatDays {
		if o.Opening < d.Date && d.Date <= o.Date {
			days = append(days, asylum.BoatDay{Boats: int(d.Boats), People: unit.People(d.People)})
		}
	}
	return days
}
