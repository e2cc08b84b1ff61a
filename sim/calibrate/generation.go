package calibrate

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/experiment"
	"asylumsim/sim/random"
)

// nearest is generation 1: the runs of the reference table nearest to the
// published values. They are draws of the prior, and weigh the same.
func (a *abc) nearest() []particle {
	particles := closest(a.all(), a.wanted())
	a.generation = append(a.generation, summarised(particles, 0))
	return particles
}

// wanted is how many particles a generation has.
func (a *abc) wanted() int { return a.runs / nearestPart }

// closest keeps the particles with the least distances, and gives them equal
// weights.
func closest(particles []particle, n int) []particle {
	order := slices.Clone(particles)
	slices.SortStableFunc(order, func(p, q particle) int { return cmp.Compare(p.distance, q.distance) })
	order = order[:n]
	for i := range order {
		order[i].weight = 1 / float64(n)
	}
	return order
}

func summarised(particles []particle, runs int) Generation {
	g := Generation{Runs: runs, Accepted: len(particles)}
	squares := 0.0
	for _, p := range particles {
		g.Tolerance = max(g.Tolerance, p.distance)
		squares += float64(p.weight * p.weight)
	}
	g.Size = 1 / squares
	return g
}

// refine makes the later generations from the first, and returns the last that
// was completed.
func (a *abc) refine(ctx context.Context, particles []particle) ([]particle, error) {
	for g := 2; g <= a.generations; g++ {
		next, runs, err := a.next(ctx, g, particles)
		if err != nil {
			return nil, err
		}
		if len(next) < a.wanted() {
			a.stopped = fmt.Sprintf("generation %d would have needed more runs than the reference table has: %d of %d were accepted after %d", g, len(next), a.wanted(), runs)
			break
		}
		particles = next
		a.generation = append(a.generation, summarised(particles, runs))
	}
	return particles, nil
}

// leastSeen is the part of a generation's runs after which its end is judged by
// how many were accepted so far.
const leastSeen = 0.25

// next makes a generation: its tolerance is the median distance of the one
// before, its proposals are particles of that, perturbed.
func (a *abc) next(ctx context.Context, generation int, before []particle) ([]particle, int, error) {
	kernel := a.kernel(before)
	points := kernel.points(a.pointSeed(generation), a.keys())
	distances := make([]float64, len(before))
	for i, p := range before {
		distances[i] = p.distance
	}
	tolerance := median(distances)
	var accepted []particle
	done := 0
	err := a.simulate(ctx, generation, a.runSeed(generation), points, func(run, attempt int, outputs []float64) error {
		done = run + 1
		p := particle{outputs: outputs, statistics: a.statistics.of(outputs)}
		p.distance = a.statistics.distance(p.statistics, a.target)
		if p.distance <= tolerance {
			p.independent = points(run, attempt)
			p.scores = a.correlate(p.independent)
			accepted = append(accepted, p)
		}
		hopeless := float64(done) >= leastSeen*float64(a.runs) && float64(len(accepted)*a.runs) < float64(a.wanted()*done)
		if len(accepted) == a.wanted() || hopeless {
			return experiment.ErrEnough
		}
		return nil
	})
	if err != nil {
		return nil, done, err
	}
	kernel.weigh(accepted)
	return accepted, done, nil
}

// kernel is the law of proposals: particles with normal perturbations of the
// scores that are informed or tied to such; all others are drawn from the prior.
type kernel struct {
	before []particle
	upTo   []float64 // cumulative weights
	moved  []int
	sd     []float64 // by moved score
}

func (a *abc) kernel(before []particle) *kernel {
	k := &kernel{before: before, moved: a.moved}
	total := 0.0
	for _, p := range before {
		total += p.weight
		k.upTo = append(k.upTo, total)
	}
	for _, i := range a.moved {
		mean, variance := 0.0, 0.0
		for _, p := range before {
			mean += float64(p.weight * p.independent[i])
		}
		for _, p := range before {
			d := p.independent[i] - mean
			variance += float64(p.weight * float64(d*d))
		}
		k.sd = append(k.sd, math.Sqrt(kernelFactor*variance))
	}
	return k
}

// points draws proposals.
func (k *kernel) points(seed uint64, keys []random.Key) func(run, attempt int) []float64 {
	return func(run, attempt int) []float64 {
		source := random.NewSource(seed, run)
		scores := priorScores(source, keys, attempt)
		u := source.Uniform(0, slotAncestor, uint32(attempt)) * k.upTo[len(k.upTo)-1]
		from, _ := slices.BinarySearch(k.upTo, u)
		ancestor := &k.before[min(from, len(k.before)-1)]
		for c, i := range k.moved {
			scores[i] = ancestor.independent[i] + float64(k.sd[c]*scores[i])
		}
		return scores
	}
}

// weigh gives particles their weights, which sum to 1: the prior over the law of
// proposals.
func (k *kernel) weigh(particles []particle) {
	if len(particles) == 0 {
		return
	}
	logs := make([]float64, len(particles))
	terms := make([]float64, len(k.before))
	most := math.Inf(-1)
	for n := range particles {
		top := math.Inf(-1)
		for b := range k.before {
			squares := 0.0
			for c, i := range k.moved {
				d := (particles[n].independent[i] - k.before[b].independent[i]) / k.sd[c]
				squares += float64(d * d)
			}
			terms[b] = math.Log(k.before[b].weight) - float64(squares/2)
			top = max(top, terms[b])
		}
		mixture := 0.0
		for _, t := range terms {
			mixture += math.Exp(t - top)
		}
		prior := 0.0
		for _, i := range k.moved {
			z := particles[n].independent[i]
			prior -= float64(float64(z*z) / 2)
		}
		logs[n] = prior - top - math.Log(mixture)
		most = max(most, logs[n])
	}
	total := 0.0
	for n := range particles {
		particles[n].weight = math.Exp(logs[n] - most)
		total += particles[n].weight
	}
	for n := range particles {
		particles[n].weight /= total
	}
}

func median(values []float64) float64 {
	sorted := slices.Sorted(slices.Values(values))
	n := len(sorted)
	return (sorted[(n-1)/2] + sorted[n/2]) / 2
}
