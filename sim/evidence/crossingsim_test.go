package evidence

import (
	"math"
	"math/rand/v2"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// simulateCrossings is an independent simulator of the process that the
// parameters describe: sequential random numbers, samplers written for
// clarity. Levels, where given, move the boats on a crossing day.
func simulateCrossings(c *policy.Crossings, l *policy.Levels, years int, seed uint64) []yearOfCrossings {
	r := rand.New(rand.NewPCG(seed, 1))
	var result []yearOfCrossings
	crossed, spell := false, 1
	log, left := 0.0, 0.0
	if l != nil {
		left = math.Pow(l.Persistence[policy.BoatsDriver], 0.25)
		log = r.NormFloat64() * l.LastingSD[policy.BoatsDriver] / math.Sqrt(1-left*left)
	}
	for range years {
		first := clock.MustDate("2026-01-01")
		before := crossed
		boats, people := make([]float64, 365), make([]float64, 365)
		for i := range boats {
			_, month, day := (first + clock.Date(i)).Civil()
			if day == 1 && month%3 == 1 && l != nil {
				log = left*log + l.LastingSD[policy.BoatsDriver]*r.NormFloat64()
			}
			odds := c.DayLogOdds[month-1] + c.SpellLogOdds[policy.SpellAfter(crossed, spell)]
			now := r.Float64() < 1/(1+math.Exp(-odds))
			if now == crossed {
				spell++
			} else {
				crossed, spell = now, 1
			}
			if !now {
				continue
			}
			mean := untruncatedMean(c.Boats*float64(c.BoatsSeason[month-1])*math.Exp(log), c.BoatsDispersion)
			if mean == 0 { // a truncated mean of 1 or less
				boats[i] = 1
			}
			for boats[i] == 0 {
				boats[i] = poisson(r, gamma(r, c.BoatsDispersion)*mean/c.BoatsDispersion)
			}
			for range int(boats[i]) {
				people[i] += math.Round(min(max(c.PeoplePerBoat+c.PeopleSD*r.NormFloat64(), 1), 2*c.PeoplePerBoat))
			}
		}
		result = append(result, summarise(first, boats, people, before))
	}
	return result
}

// gamma samples the gamma distribution of mean k and variance k (Marsaglia &
// Tsang 2000).
func gamma(r *rand.Rand, k float64) float64 {
	d := k - 1.0/3
	for {
		x := r.NormFloat64()
		v := math.Pow(1+x/math.Sqrt(9*d), 3)
		if v > 0 && math.Log(1-r.Float64()) < x*x/2+d-d*v+d*math.Log(v) {
			return d * v
		}
	}
}

// poisson counts exponential gaps.
func poisson(r *rand.Rand, mean float64) float64 {
	n := 0.0
	for t := r.ExpFloat64(); t < mean; t += r.ExpFloat64() {
		n++
	}
	return n
}
