package asylum

import (
	"math"

	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// level is where a driver stands: the logarithm of a factor, which moves by
// quarter of the year as policy.Levels says.
type level struct {
	log, trend float64 // at the close of the quarter before, then of this one
	now        float64 // logarithm in this quarter, with its passing surprise
}

// The occurrences of drawLevel.
const (
	lastingSurprise uint32 = iota
	trendSurprise
	passingSurprise
)

// next moves to a quarter, numbered from the year 0.
func (l *level) next(source random.Source, p *policy.Levels, d policy.Driver, quarter int) {
	key := random.KeyOf(keyLevel, int32(quarter), uint32(d))
	z := func(occurrence uint32) float64 {
		return random.Normal.At(source.Uniform(key, drawLevel, occurrence))
	}
	l.log = float64(quarterly(p.Persistence[d])*l.log) + l.trend + float64(p.LastingSD[d]*z(lastingSurprise))
	l.trend = float64(quarterly(p.TrendPersistence[d])*l.trend) + float64(p.TrendSD[d]*z(trendSurprise))
	// Bounded so that no chain of surprises can fill the memory: a factor of
	// 150, far beyond any that has been seen.
	l.log = min(max(l.log, -5), 5)
	l.now = l.log + float64(p.PassingSD[d]*z(passingSurprise))
}

// quarterly turns what is left after a year into what is left after a quarter.
func quarterly(perYear float64) float64 { return math.Sqrt(math.Sqrt(perYear)) }

// startLevels puts every driver where it stands on the opening date.
func (w *World) startLevels() {
	p := &w.rules.Levels
	for d := range w.levels {
		w.levels[d] = level{log: p.Start[d], trend: p.Trend[d] / 4, now: p.Start[d]}
		w.factor[d] = math.Exp(p.Start[d])
	}
}

// startQuarter draws the level of every driver for a quarter of the year, but
// for those that are known for it.
func (w *World) startQuarter(year, month int) {
	for d := range policy.NumDrivers {
		if d == policy.BoatsDriver && int(w.day) < len(w.known) {
			continue
		}
		w.levels[d].next(w.source, &w.rules.Levels, d, 4*year+(month-1)/3)
	}
	for d := range w.factor {
		w.factor[d] = math.Exp(w.levels[d].now)
	}
}

// shiftOdds multiplies the odds of a probability.
func shiftOdds(p, factor float64) float64 {
	if factor == 1 {
		return p
	}
	odds := float64(p * factor)
	return odds / (odds + 1 - p)
}
