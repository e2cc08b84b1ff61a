package verify

import (
	"math"

	"gonum.org/v1/gonum/stat/distuv"

	"asylumsim/sim/random"
)

const lawGroup = "Distributions"

// laws hold the variates that the model draws against the laws that they are to
// follow: times in 64 cells of equal probability, numbers in a cell each.
func laws() []trial {
	const cells, n = 64, 20000
	logNormal := func(mean, variation float64) distuv.LogNormal {
		sigma := math.Sqrt(math.Log1p(variation * variation))
		return distuv.LogNormal{Mu: math.Log(mean) - sigma*sigma/2, Sigma: sigma}
	}
	lower, upper := distuv.UnitNormal.CDF((1-62.0)/15), distuv.UnitNormal.CDF((80-62.0)/15)
	times := []struct {
		name string
		draw func(u float64) float64
		cdf  func(x float64) float64
	}{
		{"exponential", random.Exponential.At, distuv.Exponential{Rate: 1}.CDF},
		{"normal", random.Normal.At, distuv.UnitNormal.CDF},
		{"log-normal (preparation)", random.LogNormal(135, 0.5).At, logNormal(135, 0.5).CDF},
		{"Weibull (withdrawal)", random.Weibull(1.5, 700).At, distuv.Weibull{K: 1.5, Lambda: 700}.CDF},
		{"truncated normal (people on a boat)", random.TruncatedNormal(62, 15, 1, 80).At, func(x float64) float64 {
			return (distuv.UnitNormal.CDF((x-62)/15) - lower) / (upper - lower)
		}},
	}
	numbers := []struct {
		name string
		draw func(u float64) int
		pmf  func(k int) float64
		most int // in a cell of its own; more are put together
	}{
		{"Poisson of mean 3.2", func(u float64) int { return random.Poisson(3.2, u) }, func(k int) float64 { return distuv.Poisson{Lambda: 3.2}.Prob(float64(k)) }, 9},
		{"Poisson of mean 81 (claims of a day)", func(u float64) int { return random.Poisson(81, u) }, func(k int) float64 { return distuv.Poisson{Lambda: 81}.Prob(float64(k)) }, 105},
		{"negative binomial (boats of a day)", func(u float64) int { return random.NegativeBinomial(4.6, 2.5, u) }, func(k int) float64 { return negativeBinomial(4.6, 2.5, k) }, 18},
		{"geometric (dependants)", func(u float64) int { return random.Geometric(1.2, u) }, func(k int) float64 { return math.Pow(1.2/2.2, float64(k)) / 2.2 }, 9},
		{"choice between shares (nationality)", choice.At, func(k int) float64 { return [...]float64{0.31, 0.004, 0.186, 0.25, 0.25}[k] }, 4},
	}
	var checks []Check
	for _, t := range times {
		checks = append(checks, within(0.08, Check{Group: lawGroup, Name: t.name + ", 64 cells: chi-square", Law: "exact mean of chi-square: the cells less one", Theory: cells - 1}))
	}
	for _, c := range numbers {
		checks = append(checks, within(0.3, Check{Group: lawGroup, Name: c.name + ": chi-square", Law: "exact mean of chi-square: the cells less one", Theory: float64(len(cellsOf(c.pmf, c.most)) - 1)}))
	}
	return []trial{{checks: checks, runs: 300, prepare: func() func(random.Source, int, []float64) {
		return func(s random.Source, _ int, values []float64) {
			for k, t := range times {
				var counts [cells]int
				for i := range n {
					u := s.Uniform(random.KeyOf(0, int32(k), uint32(i)), 0, 0)
					counts[min(int(t.cdf(t.draw(u))*cells), cells-1)]++
				}
				values[k] = chiSquare(counts[:], func(int) float64 { return 1.0 / cells })
			}
			for k, c := range numbers {
				shares := cellsOf(c.pmf, c.most)
				counts := make([]int, len(shares))
				first := firstCell(c.pmf)
				for i := range n {
					u := s.Uniform(random.KeyOf(1, int32(k), uint32(i)), 0, 0)
					counts[min(max(c.draw(u)-first, 0), len(shares)-1)]++
				}
				values[len(times)+k] = chiSquare(counts, func(cell int) float64 { return shares[cell] })
			}
		}
	}}}
}

var choice = func() *random.Choice {
	c := new(random.Choice)
	c.Compile([]float64{0.31, 0.314, 0.5, 0.75, 1})
	return c
}()

// rare is the probability below which the numbers of the lower tail share a cell
// with the next.
const rare = 1e-3

// firstCell is the smallest number that has a cell of its own.
func firstCell(pmf func(int) float64) int {
	first := 0
	for below := pmf(0); below < rare; below += pmf(first) {
		first++
	}
	return first
}

// cellsOf returns the probabilities of the numbers from 0 to most, those of the
// lower tail together and those above in the last.
func cellsOf(pmf func(int) float64, most int) []float64 {
	first := firstCell(pmf)
	shares := make([]float64, most-first+1)
	left := 1.0
	for k := 0; k < most; k++ {
		shares[max(k-first, 0)] += pmf(k)
		left -= pmf(k)
	}
	shares[most-first] = left
	return shares
}

// negativeBinomial is the probability of k at a mean and a dispersion r: gamma
// mixed Poisson, variance mean + mean squared / r.
func negativeBinomial(mean, r float64, k int) float64 {
	lg := func(x float64) float64 { v, _ := math.Lgamma(x); return v }
	q := mean / (mean + r)
	return math.Exp(lg(float64(k)+r) - lg(r) - lg(float64(k)+1) + r*math.Log1p(-q) + float64(k)*math.Log(q))
}
