package compare

import (
	"math"
	"math/rand/v2"
	"strings"
	"testing"

	"asylumsim/sim/measure"
)

// run of one month with a number of people in hotels.
func hotelRun(people float64) *measure.Run {
	run := &measure.Run{Months: make([]measure.Row, 1)}
	run.Months[0][measure.HotelPeople] = int64(math.Round(people))
	return run
}

// TestPrecisionStopsWhereTheorySays: a difference with a standard deviation of
// 50 has a half-width of 10 after about (1.96 x 50 / 10)^2 = 96 replications;
// the rule looks 5 ahead. A regime that does not differ needs ten and five more,
// and the slowest of several decides.
func TestPrecisionStopsWhereTheorySays(t *testing.T) {
	stop := func(seed uint64, target float64, spread ...float64) int {
		rng := rand.New(rand.NewPCG(seed, 9))
		p := NewPrecision([]Target{{measure.HotelPeople, target}}, 1+len(spread), 1, Design{})
		for n := 1; n < 2000; n++ {
			shared := 10000 + 500*rng.NormFloat64()
			runs := []*measure.Run{hotelRun(shared)}
			for _, sd := range spread {
				runs = append(runs, hotelRun(shared+100+sd*rng.NormFloat64()))
			}
			if p.Add(runs) {
				return n
			}
		}
		return 2000
	}
	total := 0
	for seed := range uint64(200) {
		total += stop(seed, 10, 50)
	}
	if mean := float64(total) / 200; mean < 92 || mean > 108 {
		t.Errorf("stopped after %.1f replications on average, want about 101", mean)
	}
	if n := stop(1, 10, 0); n != leastPrecise+lookAhead {
		t.Errorf("a regime that does not vary stops after %d", n)
	}
	if one, both := stop(1, 10, 50), stop(1, 10, 0, 50); both < one-30 || both <= leastPrecise+lookAhead {
		t.Errorf("%d replications for the slow regime alone, %d with another", one, both)
	}
}

// TestPrecisionIsTold with what was reached.
func TestPrecisionIsTold(t *testing.T) {
	p := NewPrecision([]Target{{measure.HotelPeople, 5}}, 2, 1, Design{})
	for i := range 4 {
		p.Add([]*measure.Run{hotelRun(0), hotelRun(float64(10 * i))})
	}
	// Differences 0, 10, 20, 30: sd 12.910, se 6.455, t(3) 3.182.
	if got := strings.Join(p.Achieved(), "\n"); got != "hotel_people: ±20.543 people at most after 4 replications, ±5 asked for: not reached" {
		t.Errorf("told %q", got)
	}
}
