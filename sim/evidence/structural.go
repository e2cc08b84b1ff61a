package evidence

import (
	"errors"
	"fmt"
	"math"
	"sort"

	"gonum.org/v1/gonum/stat/distuv"
)

// Structural is what a quarterly series says about the process of its level: a
// structural time series model (Harvey 1989, chapters 2 and 4), estimated by
// Bayes' rule on a grid of its shape parameters, all alike beforehand, with the
// scale integrated out under its usual prior, one over itself.
//
// The model is policy.Levels: y = level + passing surprise, level = persistence
// times the level before, plus trend, plus lasting surprise.
type Structural struct {
	Process Process
	// Quarters is how many values the estimate rests on.
	Quarters int
	// Centre is the value that the level is measured from: where the level of
	// the likeliest shape stands after the last value, or for a mean-reverting
	// one the mean of the last three years.
	Centre float64
	shapes []shape
	upTo   []float64 // cumulative probability of the shapes
	best   int
}

// shape is the shape parameters of a structural model, by quarter, in units of
// the scale, and what the filter makes of the series with them.
type shape struct {
	persistence, trendPersistence float64
	lasting, passing, trend       float64 // standard deviations over the scale
	state                         state
	squares                       float64 // sum of squared standardised innovations
	logLikelihood                 float64 // with the scale integrated out, but for a constant
}

// state is the mean and, over the square of the scale, the variance of level
// and trend after the last value.
type state struct {
	level, trend                    float64
	varLevel, covariance, varianceT float64
}

// leastQuarters is how long a series has to be for a structural model.
const leastQuarters = 8

// FitLevel estimates the process from quarterly values, oldest first: the
// logarithms of a flow, or the log-odds of a share. NaN stands for a quarter
// that was not observed; the first must be.
func FitLevel(process Process, values []float64) (*Structural, error) {
	if process == Pooled {
		return nil, errors.New("pooled processes are fitted one by one, see Process.Alone")
	}
	s := &Structural{Process: process}
	mean, recent := 0.0, 0.0
	for i, y := range values {
		if math.IsNaN(y) {
			continue
		}
		s.Quarters++
		if i >= len(values)-12 {
			mean += y
			recent++
		}
	}
	if s.Quarters < leastQuarters || math.IsNaN(values[0]) {
		return nil, fmt.Errorf("%d quarters: a level needs %d, and the first of the series", s.Quarters, leastQuarters)
	}
	mean /= recent
	if process != MeanReverting {
		mean = 0
	}
	for _, sh := range shapesOf(process) {
		if sh.filter(values, mean) {
			s.shapes = append(s.shapes, sh)
		}
	}
	most := math.Inf(-1)
	for i, sh := range s.shapes {
		if sh.logLikelihood > most {
			most, s.best = sh.logLikelihood, i
		}
	}
	if math.IsInf(most, -1) {
		return nil, errors.New("a series that never varies has no process")
	}
	total := 0.0
	for _, sh := range s.shapes {
		total += math.Exp(sh.logLikelihood - most)
		s.upTo = append(s.upTo, total)
	}
	for i := range s.upTo {
		s.upTo[i] /= total
	}
	s.Centre = mean
	if process != MeanReverting {
		s.Centre = s.shapes[s.best].state.level
	}
	return s, nil
}

// shapesOf is the grid of a process.
func shapesOf(process Process) []shape {
	var shapes []shape
	quarterly := func(perYear float64) float64 { return math.Sqrt(math.Sqrt(perYear)) }
	// The share of a quarter's variance of surprise that lasts.
	for _, share := range []float64{0.05, 0.2, 0.35, 0.5, 0.65, 0.8, 0.95} {
		sh := shape{persistence: 1, lasting: math.Sqrt(share), passing: math.Sqrt(1 - share)}
		switch process {
		case RandomWalk:
			shapes = append(shapes, sh)
		case MeanReverting:
			for _, left := range []float64{0.1, 0.25, 0.4, 0.55, 0.7, 0.85} {
				sh.persistence = quarterly(left)
				shapes = append(shapes, sh)
			}
		case DampedTrend:
			for _, left := range []float64{0.1, 0.25, 0.4, 0.55, 0.7} {
				for _, trend := range []float64{0.05, 0.1, 0.2, 0.4} {
					sh.trendPersistence, sh.trend = quarterly(left), trend
					shapes = append(shapes, sh)
				}
			}
		}
	}
	return shapes
}

// filter runs the Kalman filter over the values less a mean, and reports
// whether they vary at all. The first value starts the level; a trend starts in
// its stationary law, a mean-reverting level likewise.
func (sh *shape) filter(values []float64, mean float64) bool {
	q, r, t := float64(sh.lasting*sh.lasting), float64(sh.passing*sh.passing), float64(sh.trend*sh.trend)
	x := state{level: values[0] - mean, varLevel: r}
	first := 1
	if sh.persistence < 1 {
		x = state{varLevel: q / (1 - float64(sh.persistence*sh.persistence))}
		first = 0
	}
	if t > 0 {
		x.varianceT = t / (1 - float64(sh.trendPersistence*sh.trendPersistence))
	}
	n, logs := 0, 0.0
	for i, y := range values[first:] {
		if i > 0 || first == 1 {
			x = x.predict(sh, q, t)
		}
		if math.IsNaN(y) {
			continue
		}
		f := x.varLevel + r
		v := y - mean - x.level
		sh.squares += v * v / f
		logs += math.Log(f)
		n++
		gainLevel, gainTrend := x.varLevel/f, x.covariance/f
		x = state{
			level: x.level + float64(gainLevel*v), trend: x.trend + float64(gainTrend*v),
			varLevel:   x.varLevel - float64(gainLevel*x.varLevel),
			covariance: x.covariance - float64(gainLevel*x.covariance),
			varianceT:  x.varianceT - float64(gainTrend*x.covariance),
		}
	}
	sh.state = x
	// The scale integrated out under 1/scale (Zellner 1971, section 3.1).
	sh.logLikelihood = -float64(logs/2) - float64(float64(n)/2*math.Log(sh.squares))
	return sh.squares > 1e-20*float64(n)
}

// predict is the state a quarter later.
func (x state) predict(sh *shape, lasting, trend float64) state {
	p, d := sh.persistence, sh.trendPersistence
	return state{
		level: float64(p*x.level) + x.trend, trend: d * x.trend,
		varLevel:   float64(p*p*x.varLevel) + float64(2*p*x.covariance) + x.varianceT + lasting,
		covariance: d * (float64(p*x.covariance) + x.varianceT),
		varianceT:  float64(d*d*x.varianceT) + trend,
	}
}

// Path is one process that is believed in, as parameters of policy.Levels, and
// the value that its level is measured from.
type Path struct {
	Centre                                                                     float64
	Start, Persistence, LastingSD, PassingSD, Trend, TrendPersistence, TrendSD float64
}

// Central is the likeliest shape with the median of its scale.
func (s *Structural) Central() Path {
	return s.path(&s.shapes[s.best], 0.5, 0.5, 0.5)
}

// Drawn is the process at a point of what is believed: marks in (0, 1) for its
// shape, its scale, and where level and trend stand.
func (s *Structural) Drawn(ofShape, ofScale, ofLevel, ofTrend float64) Path {
	i := min(sort.SearchFloat64s(s.upTo, ofShape), len(s.shapes)-1)
	return s.path(&s.shapes[i], ofScale, ofLevel, ofTrend)
}

func (s *Structural) path(sh *shape, ofScale, ofLevel, ofTrend float64) Path {
	used := float64(s.Quarters)
	if sh.persistence == 1 {
		used--
	}
	scale := math.Sqrt(sh.squares / distuv.ChiSquared{K: used}.Quantile(1-ofScale))
	zLevel, zTrend := distuv.UnitNormal.Quantile(ofLevel), distuv.UnitNormal.Quantile(ofTrend)
	x := sh.state
	level := x.level + float64(scale*math.Sqrt(x.varLevel)*zLevel)
	trend := 0.0
	if x.varianceT > 0 {
		slope, left := 0.0, x.varianceT
		if x.varLevel > 0 {
			slope = x.covariance / x.varLevel
			left = max(0, x.varianceT-float64(slope*x.covariance))
		}
		trend = x.trend + float64(slope*(level-x.level)) + float64(scale*math.Sqrt(left)*zTrend)
	}
	start := level
	if s.Process != MeanReverting {
		start -= s.Centre
	}
	yearly := func(perQuarter float64) float64 { return math.Pow(perQuarter, 4) }
	return Path{
		Centre: s.Centre,
		Start:  start, Persistence: yearly(sh.persistence), LastingSD: scale * sh.lasting, PassingSD: scale * sh.passing,
		Trend: 4 * trend, TrendPersistence: yearly(sh.trendPersistence), TrendSD: scale * sh.trend,
	}
}
