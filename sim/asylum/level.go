package asylum

import (
	"math"

	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// level is the uncertain level of a route's arrivals, year by year: the
// logarithm of a factor follows a first-order autoregression around 0, from 0
// in the year of the opening stocks.
type level struct {
	log      float64
	variance float64 // of the logarithm, as seen from the opening year
	factor   float64
}

// next moves to another year. The stationary standard deviation of the
// logarithm is sd; its correlation from year to year is persistence. The
// factor's mean is 1 in every year.
func (l *level) next(source random.Source, route policy.Route, year int, sd, persistence float64) {
	z := random.Normal.At(source.Uniform(random.KeyOf(keyLevel, int32(year), uint32(route)), drawLevel, 0))
	innovation := sd * math.Sqrt(1-float64(persistence*persistence))
	l.log = float64(persistence*l.log) + float64(innovation*z)
	l.variance = float64(persistence*persistence*l.variance) + float64(innovation*innovation)
	l.factor = math.Exp(l.log - float64(l.variance/2))
}

// startYear draws the level of every route for a calendar year.
func (w *World) startYear(year int) {
	c := &w.rules.Crossings
	w.crossings.level.next(w.source, policy.SmallBoat, year, c.LevelSD, c.LevelPersistence)
	for i, route := range policy.OtherRoutes {
		w.claimLevel[i].next(w.source, route, year, w.rules.Claims.LevelSD, w.rules.Claims.LevelPersistence)
	}
}
