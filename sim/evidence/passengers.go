package evidence

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"

	"gonum.org/v1/gonum/mat"
)

// Passengers is the number of people on a boat, estimated from the daily
// series: the people of a day are the sum over its boats of independent
// numbers with a mean that rises in a straight line and a standard deviation
// SD. Weighted least squares: a day with n boats says n times as much about
// the mean as a day with one.
type Passengers struct {
	AtEnd   float64 // mean on the day after the last
	PerYear float64 // rise a year
	SD      float64 // of a single boat
	// AtEndSE and PerYearSE are standard errors that allow for days to differ
	// from one another as much as they do.
	AtEndSE, PerYearSE float64
	Days               int
}

// Passengers estimates people per boat from the days first to last.
func (s *Series) Passengers(first, last clock.Date) (*Passengers, error) {
	days, err := s.BoatDaysBetween(first, last)
	if err != nil {
		return nil, err
	}
	var sw, swt, swtt, swy, swty float64
	years := func(d clock.Date) float64 { return float64(d-last-1) / unit.DaysPerYear }
	p := &Passengers{}
	for _, d := range days {
		if d.Boats == 0 {
			continue
		}
		n, t := float64(d.Boats), years(d.Date)
		y := float64(d.People) / n
		sw += n
		swt += float64(n * t)
		swtt += float64(n * t * t)
		swy += float64(n * y)
		swty += float64(n * t * y)
		p.Days++
	}
	var solution mat.VecDense
	normal := mat.NewDense(2, 2, []float64{sw, swt, swt, swtt})
	if err := solution.SolveVec(normal, mat.NewVecDense(2, []float64{swy, swty})); err != nil {
		return nil, err
	}
	p.AtEnd, p.PerYear = solution.AtVec(0), solution.AtVec(1)
	ss := 0.0
	for _, d := range days {
		if d.Boats > 0 {
			r := float64(d.People) - float64(float64(d.Boats)*(p.AtEnd+float64(p.PerYear*years(d.Date))))
			ss += r * r / float64(d.Boats)
		}
	}
	variance := ss / float64(p.Days-2)
	p.SD = math.Sqrt(variance)
	determinant := float64(sw*swtt) - float64(swt*swt)
	p.AtEndSE = math.Sqrt(variance * swtt / determinant)
	p.PerYearSE = math.Sqrt(variance * sw / determinant)
	return p, nil
}
