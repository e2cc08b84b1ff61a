package calibrate

import (
	"math"
	"testing"

	"asylumsim/sim/random"
)

// TestWeightsAreThePriorOverTheProposals by hand: ancestors at 0 and 1 with
// weights 3/4 and 1/4; a kernel with the standard deviation of twice their
// weighted variance, 3/16.
func TestWeightsAreThePriorOverTheProposals(t *testing.T) {
	a := &abc{names: []string{"x", "y"}, moved: []int{1}}
	k := a.kernel([]particle{{independent: []float64{9, 0}, weight: 0.75}, {independent: []float64{-9, 1}, weight: 0.25}})
	if want := math.Sqrt(3.0 / 8); math.Abs(k.sd[0]-want) > 1e-12 {
		t.Fatalf("kernel of %v, want %v", k.sd[0], want)
	}
	density := func(x, mean, sd float64) float64 {
		return math.Exp(-(x-mean)*(x-mean)/(2*sd*sd)) / sd
	}
	at := []float64{-1, 0.3, 2.5}
	var particles []particle
	want, total := []float64{}, 0.0
	for _, x := range at {
		particles = append(particles, particle{independent: []float64{5, x}})
		w := density(x, 0, 1) / (0.75*density(x, 0, k.sd[0]) + 0.25*density(x, 1, k.sd[0]))
		want, total = append(want, w), total+w
	}
	k.weigh(particles)
	for i := range at {
		if got := particles[i].weight; math.Abs(got-want[i]/total) > 1e-12 {
			t.Errorf("particle at %v weighs %v, want %v", at[i], got, want[i]/total)
		}
	}
}

// TestProposalsFollowTheKernel: what moves is an ancestor and a normal number,
// what does not is drawn from the prior.
func TestProposalsFollowTheKernel(t *testing.T) {
	a := &abc{names: []string{"x", "y"}, moved: []int{1}}
	k := a.kernel([]particle{{independent: []float64{9, -1}, weight: 0.75}, {independent: []float64{-9, 3}, weight: 0.25}})
	points := k.points(1, []random.Key{1, 2})
	const n = 20000
	var mean, square [2]float64
	for run := range n {
		for i, x := range points(run, 0) {
			mean[i] += x / n
			square[i] += x * x / n
		}
	}
	// Ancestors have mean 0 and variance 3, the kernel variance 6.
	for i, variance := range []float64{1, 9} {
		if z := mean[i] / math.Sqrt(variance/n); math.Abs(z) > 4 {
			t.Errorf("score %d: mean %.3f, %.1f standard errors from 0", i, mean[i], z)
		}
		if z := (square[i]/variance - 1) / math.Sqrt(2.0/n); math.Abs(z) > 4 {
			t.Errorf("score %d: variance %.3f, want %v", i, square[i], variance)
		}
	}
	if first, again := points(4, 0), points(4, 1); first[0] == again[0] || first[1] == again[1] {
		t.Error("a second attempt is the first")
	}
}

func TestWeightedQuantiles(t *testing.T) {
	values := []float64{30, 10, 40, 20}
	for _, c := range []struct {
		weights []float64
		p, want float64
	}{
		{[]float64{.25, .25, .25, .25}, 0.5, 25},
		{[]float64{.25, .25, .25, .25}, 0.125, 10},
		{[]float64{.25, .25, .25, .25}, 0.01, 10}, // none below the least
		{[]float64{.25, .25, .25, .25}, 0.99, 40},
		{[]float64{.25, .25, .25, .25}, 0.25, 15},
		{[]float64{0, .5, .5, 0}, 0.5, 25},  // values without weight are not there
		{[]float64{.6, .2, 0, .2}, 0.5, 25}, // middles at 0.1, 0.3 and 0.7
	} {
		if got := quantile(values, c.weights, c.p); math.Abs(got-c.want) > 1e-12 {
			t.Errorf("weights %v: quantile %v is %v, want %v", c.weights, c.p, got, c.want)
		}
	}
}
