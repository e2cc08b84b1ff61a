package evidence

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"

	"gonum.org/v1/gonum/mat"
)

// BoatCounts is the number of boats on a day with arrivals, estimated from
// the daily series by maximum likelihood: a negative binomial distribution
// with variance m + m^2/Dispersion, given that it is not zero. The mean given
// arrivals (the zero-truncated mean, which is m / (1 - P(0)) with P(0) =
// (1 + m/Dispersion)^-Dispersion) is a level of the year times a factor of
// the month.
type BoatCounts struct {
	// Year is the zero-truncated mean of each calendar year, in the order of
	// Years; YearSE its standard error.
	Years      []int
	Year       []float64
	YearSE     []float64
	Season     policy.ByMonth[float64] // mean 1 over the crossing days
	SeasonSE   policy.ByMonth[float64]
	Dispersion float64
	// DispersionLogSE is the standard error of the logarithm of Dispersion.
	DispersionLogSE float64
	// CrossingDays counts the days by month, the weights of Season.
	CrossingDays policy.ByMonth[int]
	// DaysOfYear counts them by year.
	DaysOfYear []int
}

// BoatCounts estimates boats on a crossing day from whole calendar years.
func (s *Series) BoatCounts(firstYear, lastYear int) (*BoatCounts, error) {
	days, err := s.BoatDaysBetween(clock.NewDate(firstYear, 1, 1), clock.NewDate(lastYear, 12, 31))
	if err != nil {
		return nil, err
	}
	f := boatFit{years: lastYear - firstYear + 1}
	c := &BoatCounts{DaysOfYear: make([]int, f.years)}
	for year := firstYear; year <= lastYear; year++ {
		c.Years = append(c.Years, year)
	}
	for _, d := range days {
		if d.Boats == 0 {
			continue
		}
		year, month, _ := d.Date.Civil()
		f.days = append(f.days, boatCell{year - firstYear, int(month) - 1, float64(d.Boats)})
		c.CrossingDays[month-1]++
		c.DaysOfYear[year-firstYear]++
	}
	theta, err := f.maximise()
	if err != nil {
		return nil, err
	}
	covariance, err := f.covariance(theta)
	if err != nil {
		return nil, err
	}
	c.normalise(&f, theta, covariance)
	return c, nil
}

// normalise turns the fit, which holds June at 0, into levels of years and a
// season of mean 1 over the crossing days, with standard errors by the delta
// method.
func (c *BoatCounts) normalise(f *boatFit, theta []float64, covariance *mat.SymDense) {
	var weight [12]float64 // of each month in the mean of the season
	total, n := 0.0, 0
	for month := range 12 {
		weight[month] = float64(float64(c.CrossingDays[month]) * math.Exp(f.season(theta, month)))
		total += weight[month]
		n += c.CrossingDays[month]
	}
	mean := total / float64(n)
	// se is the standard error of a log level (month -1) or of a log season.
	se := func(year, month int) float64 {
		gradient := mat.NewVecDense(len(theta), nil)
		sign := 1.0
		if month >= 0 {
			sign = -1
		}
		for m := range 12 {
			if j := f.seasonIndex(m); j >= 0 {
				gradient.SetVec(j, sign*weight[m]/total)
			}
		}
		if j := f.seasonIndex(max(month, 0)); month >= 0 && j >= 0 {
			gradient.SetVec(j, gradient.AtVec(j)+1)
		}
		if year >= 0 {
			gradient.SetVec(year, 1)
		}
		return math.Sqrt(mat.Inner(gradient, covariance, gradient))
	}
	for month := range 12 {
		c.Season[month] = math.Exp(f.season(theta, month)) / mean
		c.SeasonSE[month] = c.Season[month] * se(-1, month)
	}
	for y := range f.years {
		c.Year = append(c.Year, math.Exp(theta[y])*mean)
		c.YearSE = append(c.YearSE, c.Year[y]*se(y, -1))
	}
	last := len(theta) - 1
	c.Dispersion, c.DispersionLogSE = math.Exp(theta[last]), math.Sqrt(covariance.At(last, last))
}

// Mean returns the mean number of boats on the crossing days of some years,
// weighted by their number of crossing days, and its standard error (the
// levels of years are taken as independent).
func (c *BoatCounts) Mean(firstYear, lastYear int) (mean, se float64) {
	total, variance, n := 0.0, 0.0, 0.0
	for i, year := range c.Years {
		if firstYear <= year && year <= lastYear {
			days := float64(c.DaysOfYear[i])
			total += float64(c.Year[i] * days)
			variance += float64(c.YearSE[i] * c.YearSE[i] * days * days)
			n += days
		}
	}
	return total / n, math.Sqrt(variance) / n
}
