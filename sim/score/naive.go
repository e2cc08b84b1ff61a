package score

import (
	"errors"
	"math"
)

// Naive is a forecast from the series alone. All work with logarithms, so that
// errors are in proportion to the level, as those of counts of very different
// size are; values must be positive.
type Naive uint8

// The naive forecasts (Hyndman & Athanasopoulos 2021, section 5.2).
const (
	// LastValue: the last value stays.
	LastValue Naive = iota
	// SeasonalNaive: the value of the same quarter in the last year in which it is
	// to be used.
	SeasonalNaive
	// Drift: the line through the first and the last value goes on.
	Drift
	NumNaive
)

var naiveNames = [NumNaive]string{"last_value", "seasonal_naive", "drift"}

// String returns the name used in tables.
func (n Naive) String() string { return naiveNames[n] }

// season is the number of quarters in a year.
const season = 4

// naiveValues is how many values stand for a naive forecast.
const naiveValues = 199

// leastErrors is how many past errors the spread of a naive forecast rests on.
const leastErrors = 4

// ErrShort is the error of a series too short for the spread of a forecast.
var ErrShort = errors.New("too few past errors to tell the spread of a naive forecast")

// Forecast forecasts the value some quarters after the last of a series, oldest
// first, NaN where it is not to be used. The forecast is log-normal. Its spread
// is the root mean square of the errors that the same rule would have made at
// the same distance within the series, or where they are too few at the longest
// shorter distance with enough, times the root of how much longer it is; spread, if positive, stands in for one
// that is too short.
func (n Naive) Forecast(series []float64, quarters int, spread float64) (Ensemble, error) {
	logs := make([]float64, len(series))
	for i, x := range series {
		logs[i] = math.Log(x)
	}
	if len(logs) == 0 || math.IsNaN(logs[len(logs)-1]) {
		return nil, ErrShort
	}
	slope := slopeOf(logs)
	sd, ok := n.spread(logs, quarters, slope)
	if !ok {
		if spread <= 0 {
			return nil, ErrShort
		}
		sd = spread
	}
	centre := n.centre(logs, len(logs)-1, quarters, slope)
	if math.IsNaN(centre) {
		return nil, ErrShort
	}
	values := make([]float64, naiveValues)
	for i := range values {
		p := (float64(i) + 0.5) / naiveValues
		values[i] = math.Exp(centre + float64(sd*math.Sqrt2*math.Erfinv(float64(2*p)-1)))
	}
	return NewEnsemble(values), nil
}

// Spread is the root mean square of the errors of the rule at a distance within
// a series, in logarithms; false where there are too few.
func (n Naive) Spread(series []float64, quarters int) (float64, bool) {
	logs := make([]float64, len(series))
	for i, x := range series {
		logs[i] = math.Log(x)
	}
	return n.spread(logs, quarters, slopeOf(logs))
}

// centre forecasts from the value at an index; NaN where the rule has nothing to
// go by.
func (n Naive) centre(logs []float64, at, quarters int, slope float64) float64 {
	switch n {
	case SeasonalNaive:
		back := (season - quarters%season) % season
		for at-back >= 0 && math.IsNaN(logs[at-back]) {
			back += season
		}
		if at-back < 0 {
			return math.NaN()
		}
		return logs[at-back]
	case Drift:
		return logs[at] + float64(slope*float64(quarters))
	}
	return logs[at]
}

func (n Naive) spread(logs []float64, quarters int, slope float64) (float64, bool) {
	for shorter := quarters; shorter > 0; shorter-- {
		if sd, ok := n.spreadAt(logs, shorter, slope); ok {
			return sd * math.Sqrt(float64(quarters)/float64(shorter)), true
		}
	}
	return 0, false
}

func (n Naive) spreadAt(logs []float64, quarters int, slope float64) (float64, bool) {
	squares, errs := 0.0, 0
	for at := 0; at+quarters < len(logs); at++ {
		e := logs[at+quarters] - n.centre(logs, at, quarters, slope)
		if math.IsNaN(e) {
			continue
		}
		squares += float64(e * e)
		errs++
	}
	if errs < leastErrors || squares == 0 {
		return 0, false
	}
	return math.Sqrt(squares / float64(errs)), true
}

// slopeOf is the mean change between the first and the last known value.
func slopeOf(logs []float64) float64 {
	first := 0
	for first < len(logs) && math.IsNaN(logs[first]) {
		first++
	}
	if first >= len(logs)-1 {
		return 0
	}
	return (logs[len(logs)-1] - logs[first]) / float64(len(logs)-1-first)
}
