package evidence

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

// Point is one published value of a series.
type Point struct {
	Date  clock.Date
	Value float64
}

// History returns what is published of an output up to a date, at quarter
// ends, and the publisher; nothing where no series matches the output.
func (s *Series) History(o measure.Output, until clock.Date) ([]Point, string) {
	const homeOffice, justice = "Home Office, asylum statistics", "Ministry of Justice, tribunal statistics"
	var points []Point
	add := func(d clock.Date, value float64) {
		if d <= until {
			points = append(points, Point{d, value})
		}
	}
	publisher := homeOffice
	switch o {
	case measure.AwaitingInitialDecisionPeople:
		for _, b := range s.Backlog {
			add(b.Date, float64(b.People))
		}
	case measure.AwaitingInitialDecisionCases:
		for _, b := range s.Backlog {
			if b.Cases.Known {
				add(b.Date, float64(b.Cases.Value))
			}
		}
	case measure.AppealsOpenCases:
		publisher = justice
		for _, a := range s.Appeals {
			add(a.Quarter, float64(a.Open))
		}
	case measure.SupportedPeople:
		for _, x := range s.Support {
			add(x.Date, float64(x.People))
		}
	case measure.HotelPeople:
		for _, x := range s.Support {
			if x.Hotel.Known {
				add(x.Date, float64(x.Hotel.Value))
			}
		}
	case measure.DispersalPeople:
		for _, x := range s.Support {
			if x.Dispersal.Known {
				add(x.Date, float64(x.Dispersal.Value))
			}
		}
	default:
		return nil, ""
	}
	return points, publisher
}

// Months returns what is published of a flow month by month up to a date that ends
// a month, and the publisher; nothing where no series matches the output or the
// latest of the months is missing.
func (s *Series) Months(o measure.Output, until clock.Date) ([]Point, string) {
	of := map[measure.Output]func(*BoatDay) float64{
		measure.SmallBoatArrivalsPeople: func(d *BoatDay) float64 { return float64(d.People) },
		measure.SmallBoats:              func(d *BoatDay) float64 { return float64(d.Boats) },
		measure.DaysWithArrivals:        func(d *BoatDay) float64 { return float64(min(d.Boats, 1)) },
	}[o]
	if of == nil {
		return nil, ""
	}
	var points []Point
	for i := range s.BoatDays {
		d := &s.BoatDays[i]
		if d.Date > until {
			break
		}
		if n := len(points); n == 0 || points[n-1].Date < d.Date {
			points = append(points, Point{Date: d.Date.MonthEnd()})
		}
		points[len(points)-1].Value += of(d)
	}
	if until != until.MonthEnd() || s.BoatDays[len(s.BoatDays)-1].Date < until {
		return nil, ""
	}
	return points, "Home Office, small boat arrivals"
}
