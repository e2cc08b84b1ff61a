package verify

import (
	"fmt"

	"gonum.org/v1/gonum/stat/distuv"

	"asylumsim/sim/clock"
	"asylumsim/sim/queue"
	"asylumsim/sim/random"
)

const workingGroup = "Queues served on working days"

// chain is the exact distribution of how many wait in a queue that the model
// uses: on each day some give up, a Poisson number joins, and on working days a
// whole number is served. The number waiting is a Markov chain, whatever the
// order of service: Lindley's recursion on its distribution.
type chain struct {
	waiting []float64 // probability of each number
	// served and gaveUp are expected numbers so far.
	served, gaveUp float64
}

// newChain begins with nobody waiting; most bounds the number, and must be far
// out in the tail.
func newChain(most int) *chain {
	c := &chain{waiting: make([]float64, most+1)}
	c.waiting[0] = 1
	return c
}

func (c *chain) mean() float64 {
	mean := 0.0
	for n, p := range c.waiting {
		mean += float64(n) * p
	}
	return mean
}

// giveUp lets each of those waiting go with a probability.
func (c *chain) giveUp(probability float64) {
	if probability == 0 {
		return
	}
	before := c.mean()
	after := make([]float64, len(c.waiting))
	for n, p := range c.waiting {
		if p < 1e-18 {
			continue
		}
		stays := distuv.Binomial{N: float64(n), P: 1 - probability}
		for k := 0; k <= n; k++ {
			after[k] += p * stays.Prob(float64(k))
		}
	}
	c.waiting = after
	c.gaveUp += before - c.mean()
}

// join adds a Poisson number.
func (c *chain) join(mean float64) {
	if mean == 0 {
		return
	}
	joins := distuv.Poisson{Lambda: mean}
	var chances []float64
	for k := 0; k < len(c.waiting) && (float64(k) < mean || joins.Prob(float64(k)) > 1e-16); k++ {
		chances = append(chances, joins.Prob(float64(k)))
	}
	after := make([]float64, len(c.waiting))
	for n, p := range c.waiting {
		for k, chance := range chances {
			after[min(n+k, len(after)-1)] += p * chance
		}
	}
	c.waiting = after
}

// serve takes so many out of the queue, or all if there are fewer. It returns
// how many are expected to be.
func (c *chain) serve(most int) float64 {
	before := c.mean()
	after := make([]float64, len(c.waiting))
	for n, p := range c.waiting {
		after[max(n-most, 0)] += p
	}
	c.waiting = after
	served := before - c.mean()
	c.served += served
	return served
}

// office is a queue on the real line and the real capacity, run day by day as
// the model does: those whose deadline has come leave, others join, working days
// serve.
type office struct {
	line    *queue.Line[int32]
	perDay  float64 // joining
	serves  float64 // a working day
	leaving float64 // chance of leaving on each day after the first
	gaveUp  int
	area    int64 // midnights waited
}

// The draws of the office.
const (
	drawJoining random.Slot = iota
	drawDeadline
)

// run simulates all days and calls look at the end of each.
func (o *office) run(source random.Source, look func(day clock.Day, waiting int)) {
	o.line.Reset()
	o.gaveUp, o.area = 0, 0
	var capacity queue.Capacity
	var who int32
	for day := range officeDays.Days {
		o.line.Begin(day)
		for o.line.Renege(&who) {
			o.gaveUp++
		}
		for i := range random.Poisson(o.perDay, source.Uniform(random.KeyOf(0, int32(day), 0), drawJoining, 0)) {
			deadline := clock.NoDay
			if o.leaving > 0 {
				u := source.Uniform(random.KeyOf(1, int32(day), uint32(i)), drawDeadline, 0)
				deadline = day + 1 + clock.Day(random.Geometric((1-o.leaving)/o.leaving, u))
			}
			place, _ := o.line.Join(deadline)
			*place = int32(i)
		}
		if officeDays.Working(day) {
			for n := capacity.Release(o.serves); n > 0 && o.line.Serve(&who); n-- {
			}
		}
		o.area += int64(o.line.Len())
		look(day, o.line.Len())
	}
}

func workingDays() []trial {
	return []trial{
		bulk("4.4 served a working day", office{perDay: 3, serves: 4.4}),
		bulk("2.5 served, 3% give up a day", office{perDay: 3, serves: 2.5, leaving: 0.03}),
	}
}

func bulk(name string, o office) trial {
	const most = 500
	exact := newChain(most)
	units := theDiary.releases(func(int) float64 { return o.serves })
	ends := []int{89, 364, 729}
	var checks []Check
	area := 0.0
	for day := range units {
		exact.giveUp(o.leaving)
		exact.join(o.perDay)
		exact.serve(units[day])
		area += exact.mean()
		for _, end := range ends {
			if day == end {
				checks = append(checks, Check{Name: fmt.Sprintf("%s: waiting after %d days", name, day+1), Theory: exact.mean()})
			}
		}
	}
	checks = append(checks, Check{Name: name + ": midnights waited in two years", Theory: area})
	if o.leaving > 0 {
		checks = append(checks, Check{Name: name + ": gave up in two years", Theory: exact.gaveUp})
	}
	for i := range checks {
		checks[i].Group, checks[i].Law = workingGroup, "exact distribution by Lindley's recursion (Lindley 1952, doi:10.1017/S0305004100027638)"
		if o.leaving > 0 {
			checks[i].Law = "exact distribution of the Markov chain: thinning, Poisson arrivals, service"
		}
		checks[i] = within(0.08, checks[i])
	}
	return trial{checks: checks, runs: 6000, prepare: func() func(random.Source, int, []float64) {
		o := o
		o.line = queue.NewLine[int32](officeDays.Days)
		return func(source random.Source, _ int, values []float64) {
			o.run(source, func(day clock.Day, waiting int) {
				for i, end := range ends {
					if int(day) == end {
						values[i] = float64(waiting)
					}
				}
			})
			values[len(ends)] = float64(o.area)
			if o.leaving > 0 {
				values[len(ends)+1] = float64(o.gaveUp)
			}
		}
	}}
}
