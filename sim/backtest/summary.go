package backtest

import (
	"math"

	"asylumsim/sim/score"
)

// Summary is how the forecasts of a target at a horizon did.
type Summary struct {
	Target  *Target
	Horizon int
	N       int // quarters scored
	// CRPS is the mean score of the model, Naive of each naive forecast over the
	// same quarters; NaN where a naive forecast is missing for one of them.
	CRPS  float64
	Naive [score.NumNaive]float64
	// Best is the naive forecast with the lowest mean score, chosen in hindsight.
	Best score.Naive
	// Skill is 1 less the model's score over that of the best naive forecast:
	// above 0 the model is better.
	Skill float64
	// SkillError is the standard error of the skill, see score.Gain; NaN where there
	// is none.
	SkillError float64
	// Bias is the mean of the forecast mean less what came, and Relative that
	// over the mean of what came.
	Bias, Relative float64
	// PIT is the mean of the probability integral transforms: 0.5 of a forecast
	// that is neither too high (below) nor too low (above).
	PIT float64
	// Coverage is the share of quarters inside the central intervals of 50%, 80%
	// and 90%.
	Coverage [3]float64
}

// Probabilities are those of the intervals whose coverage is told.
var Probabilities = [3]float64{0.5, 0.8, 0.9}

// The coverage of 90% intervals that is asked for.
const (
	leastCoverage = 0.80
	mostCoverage  = 0.97
)

// Covers reports whether the 90% intervals held as many quarters as they should.
func (s *Summary) Covers() bool {
	c := s.Coverage[2]
	return leastCoverage <= c && c <= mostCoverage
}

// Summaries summarises by target and horizon, in their order.
func (r *Report) Summaries() []Summary {
	var list []Summary
	for t := range Targets {
		for _, h := range Horizons {
			if s := r.summary(&Targets[t], h); s.N > 0 {
				list = append(list, s)
			}
		}
	}
	return list
}

func (r *Report) summary(t *Target, horizon int) Summary {
	s := Summary{Target: t, Horizon: horizon}
	came := 0.0
	for i := range r.Forecasts {
		f := &r.Forecasts[i]
		if f.Target != t || f.Horizon != horizon || !f.Scored {
			continue
		}
		s.N++
		s.CRPS += f.Model.CRPS(f.Came)
		for n, e := range f.Naive {
			if e == nil {
				s.Naive[n] = math.NaN()
				continue
			}
			s.Naive[n] += e.CRPS(f.Came)
		}
		s.Bias += f.Model.Mean() - f.Came
		came += f.Came
		s.PIT += f.Model.PIT(f.Came)
		for p, probability := range Probabilities {
			if f.Model.Covers(probability, f.Came) {
				s.Coverage[p]++
			}
		}
	}
	if s.N == 0 {
		return s
	}
	n := float64(s.N)
	s.Relative = s.Bias / came
	for _, x := range []*float64{&s.CRPS, &s.Bias, &s.PIT, &s.Coverage[0], &s.Coverage[1], &s.Coverage[2], &s.Naive[0], &s.Naive[1], &s.Naive[2]} {
		*x /= n
	}
	best := math.Inf(1)
	for k, x := range s.Naive {
		if x < best {
			best, s.Best = x, score.Naive(k)
		}
	}
	s.Skill, s.SkillError = math.NaN(), math.NaN()
	if !math.IsInf(best, 1) {
		s.Skill = 1 - s.CRPS/best
		_, se := score.Gain(r.gains(t, horizon, s.Best), horizon)
		s.SkillError = se / best
	}
	return s
}

// gains are the scores of a naive forecast less the model's, by quarter.
func (r *Report) gains(t *Target, horizon int, n score.Naive) []float64 {
	var gains []float64
	for i := range r.Forecasts {
		if f := &r.Forecasts[i]; f.Target == t && f.Horizon == horizon && f.Scored {
			gains = append(gains, f.Naive[n].CRPS(f.Came)-f.Model.CRPS(f.Came))
		}
	}
	return gains
}

// leastQuarters is how many quarters have to be scored before a horizon can be
// called supported.
const leastQuarters = 8

// Supported returns the furthest horizon up to which, at every one scored, the
// model did at least as well as the best naive forecast and its 90% intervals
// held from 80 to 97% of 8 quarters or more; 0 for none.
func (r *Report) Supported(t *Target) int {
	supported := 0
	for _, h := range Horizons {
		s := r.summary(t, h)
		if s.N < leastQuarters || !(s.Skill >= 0) || !s.Covers() {
			break
		}
		supported = h
	}
	return supported
}
