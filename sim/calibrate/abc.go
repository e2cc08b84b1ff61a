package calibrate

import (
	"context"
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"asylumsim/sim/random"
)

// simulator runs a model at points of its scores, which are independent and
// standard normal, one after the other, and hands on its outputs in order of the
// runs. A point that cannot be is asked for again with the next attempt. It ends
// where the sink returns experiment.ErrEnough, or the runs of a generation are
// done.
type simulator func(ctx context.Context, generation int, seed uint64, points func(run, attempt int) []float64, sink func(run, attempt int, outputs []float64) error) error

// abc is approximate Bayesian computation for a simulator. What it calibrates
// are scores; those of a pair are tied together by correlate, all others
// independent.
type abc struct {
	names       []string
	nuisance    int // the first so many scores are drawn and not calibrated
	pairs       [][2]int
	correlate   func(independent []float64) []float64
	observed    []float64
	runs        int
	generations int
	seed        uint64
	simulate    simulator

	table      *table
	statistics *statistics
	r2         []float64 // cross-validated, by score
	informed   []int     // scores whose statistics make the distance
	moved      []int     // independent scores that proposals perturb
	target     []float64 // statistics of the published values
	below      []float64 // share of runs of the reference table with lower ones
	generation []Generation
	stopped    string
}

// Generation is what a generation came to.
type Generation struct {
	Runs, Accepted int
	// Tolerance is the greatest distance that was accepted, infinite for the
	// reference table.
	Tolerance float64
	// Size is the effective number of particles (Kish 1965): the square of the
	// sum of their weights over the sum of the squares.
	Size float64
}

// The rules of the method.
const (
	informedR2   = 0.1 // cross-validated R2 above which a score is informed
	nearestPart  = 10  // one in so many runs of the reference table is in generation 1
	kernelFactor = 2   // variance of the kernel over that of the particles
)

// particle is an accepted run.
type particle struct {
	independent []float64
	scores      []float64
	outputs     []float64
	statistics  []float64 // of informed scores
	distance    float64
	weight      float64
}

// run makes all generations and returns the particles of the last.
func (a *abc) run(ctx context.Context) ([]particle, error) {
	if err := a.reference(ctx); err != nil {
		return nil, err
	}
	a.generation = []Generation{{Runs: a.runs, Accepted: a.runs, Tolerance: math.Inf(1), Size: float64(a.runs)}}
	a.learn()
	if len(a.informed) == 0 {
		a.stopped = "no parameter is informed, so that the posterior is the prior"
		return a.all(), nil
	}
	return a.refine(ctx, a.nearest())
}

// pointSeed and runSeed are the seeds of the points of a generation and of the
// luck of its runs.
func (a *abc) pointSeed(generation int) uint64 {
	return random.NewSource(a.seed, generation).Bits(random.NamedKey("calibrate"), 0, 0)
}

func (a *abc) runSeed(generation int) uint64 {
	return random.NewSource(a.seed, generation).Bits(random.NamedKey("calibrate"), 1, 0)
}

// The purposes of the draws of a point.
const (
	slotScore random.Slot = iota
	slotAncestor
)

// prior draws points of the prior.
func prior(seed uint64, keys []random.Key) func(run, attempt int) []float64 {
	return func(run, attempt int) []float64 {
		return priorScores(random.NewSource(seed, run), keys, attempt)
	}
}

// priorScores are independent and standard normal.
func priorScores(source random.Source, keys []random.Key, attempt int) []float64 {
	scores := make([]float64, len(keys))
	for i, key := range keys {
		scores[i] = scoreOf(source.Uniform(key, slotScore, uint32(attempt)))
	}
	return scores
}

func (a *abc) keys() []random.Key {
	keys := make([]random.Key, len(a.names))
	for i, name := range a.names {
		keys[i] = random.NamedKey(name)
	}
	return keys
}

// reference makes the reference table.
func (a *abc) reference(ctx context.Context) error {
	a.table = &table{}
	points := prior(a.pointSeed(0), a.keys())
	return a.simulate(ctx, 0, a.runSeed(0), points, func(run, attempt int, outputs []float64) error {
		independent := points(run, attempt)
		a.table.add(independent, a.correlate(independent), outputs)
		a.table.redraws += attempt
		return nil
	})
}

// learn fits the statistics and finds which scores are informed.
func (a *abc) learn() {
	t := a.table
	a.r2 = t.crossValidated()
	for i, r2 := range a.r2 {
		if i >= a.nuisance && r2 > informedR2 {
			a.informed = append(a.informed, i)
		}
	}
	a.moved = a.withPartners(a.informed)
	a.statistics = t.statistics(a.informed)
	a.target = a.statistics.of(a.observed)
	a.below = make([]float64, len(a.informed))
	for c := range a.below {
		lower := 0
		for _, values := range a.statistics.reference {
			if values[c] < a.target[c] {
				lower++
			}
		}
		a.below[c] = float64(lower) / float64(len(t.outputs))
	}
}

// withPartners adds the scores that are tied to some, in order.
func (a *abc) withPartners(some []int) []int {
	in := make([]bool, len(a.names))
	for _, i := range some {
		in[i] = true
	}
	for again := true; again; {
		again = false
		for _, p := range a.pairs {
			if in[p[0]] != in[p[1]] {
				in[p[0]], in[p[1]], again = true, true, true
			}
		}
	}
	var all []int
	for i := range in {
		if in[i] {
			all = append(all, i)
		}
	}
	return all
}

// all is the reference table as particles, which is the prior.
func (a *abc) all() []particle {
	particles := make([]particle, len(a.table.scores))
	for i := range particles {
		particles[i] = particle{
			independent: a.table.independent[i], scores: a.table.scores[i], outputs: a.table.outputs[i],
			statistics: a.statistics.reference[i], distance: a.statistics.distance(a.statistics.reference[i], a.target),
			weight: 1 / float64(len(particles)),
		}
	}
	return particles
}

// scoreOf is the normal score of a mark, markOf the mark of a score, which is
// strictly inside the unit interval.
func scoreOf(mark float64) float64 { return distuv.UnitNormal.Quantile(mark) }

func markOf(score float64) float64 {
	return min(max(distuv.UnitNormal.CDF(score), 0x1p-53), 1-0x1p-53)
}
