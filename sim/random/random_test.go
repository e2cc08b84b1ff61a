package random

import (
	"math"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"
)

// Tests of randomness use fixed seeds and reject at |z| > 4 or p < 1e-4: were
// the seeds free, one run in a few thousand would fail.

func TestMixIsSplitMix64(t *testing.T) {
	// The first outputs of SplitMix64 from seed 1234567, as its author's C
	// code prints them.
	state := uint64(1234567)
	for i, want := range []uint64{6457827717110365317, 3203168211198807973, 9817491932198370423, 4593380528125082431, 16408922859458223821} {
		state += golden
		if got := mix(state); got != want {
			t.Errorf("output %d is %d, want %d", i, got, want)
		}
	}
}

func TestDrawsAreIndependent(t *testing.T) {
	// Chi-square on 16 x 16 cells of pairs that neighbour each other in every
	// way that the model uses: keys, slots, occurrences, replications.
	s := NewSource(1, 0)
	next := NewSource(1, 1)
	pairs := map[string]func(i int) (float64, float64){
		"people": func(i int) (float64, float64) {
			return s.Uniform(KeyOf(0, int32(i/50), uint32(i%50)), 3, 0), s.Uniform(KeyOf(0, int32(i/50), uint32(i%50)+1), 3, 0)
		},
		"days": func(i int) (float64, float64) {
			return s.Uniform(KeyOf(1, int32(i), 0), 3, 0), s.Uniform(KeyOf(1, int32(i+1), 0), 3, 0)
		},
		"slots": func(i int) (float64, float64) {
			k := KeyOf(2, 0, uint32(i))
			return s.Uniform(k, 7, 0), s.Uniform(k, 8, 0)
		},
		"occurrences": func(i int) (float64, float64) {
			k := KeyOf(2, 0, uint32(i))
			return s.Uniform(k, 7, 0), s.Uniform(k, 7, 1)
		},
		"replications": func(i int) (float64, float64) {
			k := KeyOf(2, 5, uint32(i))
			return s.Uniform(k, 7, 0), next.Uniform(k, 7, 0)
		},
		"passengers": func(i int) (float64, float64) {
			k := KeyOf(0, 9, uint32(i/60))
			return s.Uniform(k.Child(16, uint32(i%60)), 7, 0), s.Uniform(k.Child(16, uint32(i%60)+1), 7, 0)
		},
	}
	for name, pair := range pairs {
		const n, cells = 200000, 16
		var count [cells][cells]float64
		for i := range n {
			a, b := pair(i)
			count[int(a*cells)][int(b*cells)]++
		}
		chi := 0.0
		want := float64(n) / (cells * cells)
		for _, row := range count {
			for _, c := range row {
				chi += (c - want) * (c - want) / want
			}
		}
		if p := 1 - (distuv.ChiSquared{K: cells*cells - 1}).CDF(chi); p < 1e-4 || p > 1-1e-4 {
			t.Errorf("%s: chi-square %.1f on 255 degrees of freedom, p = %.2g", name, chi, p)
		}
	}
}

func TestUniformIsOpen(t *testing.T) {
	lowest, highest := inside(0), inside(math.MaxUint64)
	if lowest <= 0 || highest >= 1 {
		t.Errorf("uniform numbers reach from %v to %v", lowest, highest)
	}
	s := NewSource(9, 9)
	sum := 0.0
	const n = 1 << 20
	for i := range n {
		sum += s.Uniform(Key(i), 0, 0)
	}
	if z := (sum/n - 0.5) * math.Sqrt(12*n); math.Abs(z) > 4 {
		t.Errorf("mean of uniforms is %.5f, z = %.1f", sum/n, z)
	}
}

func TestQuantileTables(t *testing.T) {
	for _, c := range []struct {
		name  string
		table *Quantile
		exact func(float64) float64
		scale float64
	}{
		{"exponential", Exponential, distuv.Exponential{Rate: 1}.Quantile, 1},
		{"normal", Normal, distuv.UnitNormal.Quantile, 1},
		{"lognormal", LogNormal(135, 0.5), distuv.LogNormal{Mu: math.Log(135) - math.Log1p(0.25)/2, Sigma: math.Sqrt(math.Log1p(0.25))}.Quantile, 135},
		{"weibull", Weibull(1.5, 700), distuv.Weibull{K: 1.5, Lambda: 700}.Quantile, 700},
	} {
		worst, at := 0.0, 0.0
		last := math.Inf(-1)
		const n = 300000
		for i := range n {
			u := (float64(i) + 0.5) / n
			x := c.table.At(u)
			if x < last {
				t.Fatalf("%s: table falls at %v", c.name, u)
			}
			last = x
			if e := math.Abs(x - c.exact(u)); e > worst {
				worst, at = e, u
			}
		}
		// Twice the bound of linear interpolation for an exponential tail.
		if worst > 0.004*c.scale {
			t.Errorf("%s: off by %.3g of its scale at u = %.6f", c.name, worst/c.scale, at)
		}
		for _, u := range []float64{1e-9, 1e-6, 1 - 1e-6, 1 - 1e-9} {
			want := c.exact(u)
			if got := c.table.At(u); math.Abs(got-want) > 0.02*math.Abs(want)+1e-3*c.scale {
				t.Errorf("%s: %v at u = %v, want %v", c.name, got, u, want)
			}
		}
		for _, u := range []float64{0x1p-54, 1 - 0x1p-53} {
			if got := c.table.At(u); math.IsNaN(got) || math.IsInf(got, 0) {
				t.Errorf("%s: %v at u = %v", c.name, got, u)
			}
		}
	}
}

func TestMeansOfTables(t *testing.T) {
	s := NewSource(3, 0)
	for _, c := range []struct {
		name     string
		draw     func(u float64) float64
		mean, sd float64
	}{
		{"exponential", Exponential.At, 1, 1},
		{"lognormal", LogNormal(135, 0.5).At, 135, 67.5},
		{"truncated normal", TruncatedNormal(62, 15, 1, 123).At, 62, 15},
		{"poisson", func(u float64) float64 { return float64(Poisson(81.3, u)) }, 81.3, math.Sqrt(81.3)},
		{"negative binomial", func(u float64) float64 { return float64(NegativeBinomial(4.6, 2.5, u)) }, 4.6, math.Sqrt(4.6 + 4.6*4.6/2.5)},
		{"geometric", func(u float64) float64 { return float64(Geometric(1.2, u)) }, 1.2, math.Sqrt(1.2 * 2.2)},
	} {
		const n = 400000
		sum := 0.0
		for i := range n {
			sum += c.draw(s.Uniform(KeyOf(1, 0, uint32(i)), 0, 0))
		}
		if z := (sum/n - c.mean) / (c.sd / math.Sqrt(n)); math.Abs(z) > 4 {
			t.Errorf("%s: mean %.4f, want %.4f, z = %.1f", c.name, sum/n, c.mean, z)
		}
	}
}

func TestCountsFollowTheirLaw(t *testing.T) {
	s := NewSource(4, 0)
	const n = 100000
	for name, c := range map[string]struct {
		draw func(u float64) int
		pmf  func(k int) float64
	}{
		"poisson": {func(u float64) int { return Poisson(3.2, u) }, func(k int) float64 { return distuv.Poisson{Lambda: 3.2}.Prob(float64(k)) }},
		"negative binomial": {func(u float64) int { return NegativeBinomial(4, 2, u) }, func(k int) float64 {
			lg := func(x float64) float64 { v, _ := math.Lgamma(x); return v }
			q := 4.0 / 6
			return math.Exp(lg(float64(k)+2) - lg(2) - lg(float64(k)+1) + 2*math.Log(1-q) + float64(k)*math.Log(q))
		}},
	} {
		var count [40]float64
		for i := range n {
			count[min(c.draw(s.Uniform(KeyOf(2, 0, uint32(i)), 1, 0)), 39)]++
		}
		chi, cells, left := 0.0, 0, 1.0
		seen := 0.0
		for k := 0; left*n > 20 && k < 39; k++ {
			p := c.pmf(k)
			left -= p
			seen += count[k]
			chi += (count[k] - n*p) * (count[k] - n*p) / (n * p)
			cells++
		}
		chi += (n - seen - n*left) * (n - seen - n*left) / (n * left)
		if p := 1 - (distuv.ChiSquared{K: float64(cells)}).CDF(chi); p < 1e-4 {
			t.Errorf("%s: chi-square %.1f on %d degrees of freedom, p = %.2g", name, chi, cells, p)
		}
	}
}

func TestExtremes(t *testing.T) {
	if Poisson(0, 0.999) != 0 || NegativeBinomial(0, 2, 0.999) != 0 || Geometric(0, 0.999) != 0 {
		t.Error("a mean of 0 gave something")
	}
	if got := LogNormal(10, 0).At(0.9); math.Abs(got-10) > 1e-6 {
		t.Errorf("a log-normal without variation gave %v, want 10", got)
	}
}
