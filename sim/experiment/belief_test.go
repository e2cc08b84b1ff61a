package experiment_test

import (
	"cmp"
	"math"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat"
	"gonum.org/v1/gonum/stat/distuv"

	"asylumsim/sim/config"
	"asylumsim/sim/experiment"
	"asylumsim/sim/policy"
)

// stated is a distribution as a parameter file states it.
type stated interface {
	CDF(x float64) float64
	Mean() float64
	StdDev() float64
}

// statedBy is the distribution that a parameter file states, by an independent
// implementation.
func statedBy(u *policy.Uncertainty) stated {
	switch u.Distribution {
	case "triangular", "scale":
		return distuv.NewTriangle(*u.Low, *u.High, *u.Mode, nil)
	case "uniform":
		return distuv.Uniform{Min: *u.Low, Max: *u.High}
	case "normal":
		return distuv.Normal{Mu: *u.Mean, Sigma: *u.SD}
	case "lognormal":
		return distuv.LogNormal{Mu: math.Log(*u.Median), Sigma: *u.Sigma}
	case "logit_shift":
		return distuv.Normal{Sigma: *u.SD}
	}
	panic(u.Distribution)
}

// measured is what the distribution of a parameter is about: the number drawn,
// or how it relates to the one that is written.
func measured(u *policy.Uncertainty, drawn, written float64) float64 {
	logit := func(p float64) float64 { return math.Log(p / (1 - p)) }
	switch u.Distribution {
	case "scale":
		return drawn / written
	case "logit_shift":
		return logit(drawn) - logit(written)
	}
	return drawn
}

// number is an entry of a parameter, as it is written and as it is drawn.
type number struct {
	parameter *policy.Parameter
	field     *policy.Field
	entry     int
	written   float64
	drawn     []float64
}

// latestValues returns parameters of which each has its latest value for all
// dates: the one that its distribution concerns. Of those that are drawn by a
// factor it is the last that is not 0, as before the end of a scheme.
func latestValues(parameters []policy.Parameter) []policy.Parameter {
	zero := func(v *policy.Value) bool {
		return v.Amount.Number == 0 && !slices.ContainsFunc(v.Amount.Table, func(e policy.Entry) bool { return e.Number != 0 })
	}
	latest := slices.Clone(parameters)
	for i := range latest {
		p := &latest[i]
		last := len(p.Values)
		for last > 1 && p.Uncertainty.Distribution == "scale" && zero(&p.Values[last-1]) {
			last--
		}
		p.Values = p.Values[last-1 : last]
	}
	return latest
}

// TestDrawsHaveTheStatedDistributions: every uncertain number of the shipped
// parameters, drawn as replications draw it and resolved into rules, has the distribution that its file states, and the range
// that explain prints.
//
// With n draws the empirical distribution function is further than e from the
// true one somewhere with a probability of 2 exp(-2 n e^2) at most (Massart
// 1990), and so is the level of each quantile; the mean is off by more than z
// standard errors as a normal variable is. One in 1,000 choices of the seed
// fails by chance in any of the numbers.
func TestDrawsHaveTheStatedDistributions(t *testing.T) {
	const draws, falseAlarms = 10_000, 1e-3
	b, err := config.Load(config.Options{Experiment: "core-protection"})
	if err != nil {
		t.Fatal(err)
	}
	for _, w := range b.Cut() {
		t.Errorf("shipped with a distribution that is cut: %s", w.Text)
	}
	copula, _ := b.Copula()
	at := experiment.Marks(&experiment.Plan{Uncertain: b.Uncertain(), Copula: copula, Seed: 1, Replications: draws,
		Draws: experiment.Draws{Method: experiment.Independent, Inner: 1, Randomisations: 1}})
	parameters := latestValues(b.Parameters)
	resolve := func(marks policy.Marks) *policy.Rules {
		regime, _ := policy.ResolveAt("base", parameters, nil, b.Groups, marks) // also at points that cannot be
		return &regime.Epochs[0]
	}

	var numbers []*number
	byField := map[*policy.Field][]*number{}
	central := resolve(nil)
	for i := range policy.Fields() {
		f := &policy.Fields()[i]
		p := &parameters[slices.IndexFunc(parameters, func(p policy.Parameter) bool { return p.Name == f.Parameter })]
		d := p.Uncertainty.Distribution
		if d == "none" {
			continue
		}
		for entry, written := range f.Numbers(central) {
			// A certain 0 stays 0, as does a probability of 1 by its odds.
			if d == "scale" && written == 0 || d == "logit_shift" && (written == 0 || written == 1) {
				continue
			}
			x := &number{p, f, entry, written, make([]float64, 0, draws)}
			numbers, byField[f] = append(numbers, x), append(byField[f], x)
		}
		if len(byField[f]) == 0 {
			t.Errorf("%s: has a distribution, and no number that it moves", p.Name)
		}
	}
	if len(byField) != len(b.Uncertain()) {
		t.Errorf("%d of %d uncertain parameters are drawn", len(byField), len(b.Uncertain()))
	}
	for n := range draws {
		rules := resolve(at(n))
		for f, those := range byField {
			drawn := f.Numbers(rules)
			for _, x := range those {
				x.drawn = append(x.drawn, drawn[x.entry])
			}
		}
	}

	alpha := falseAlarms / float64(2*len(numbers))
	distance := math.Sqrt(math.Log(2/alpha) / (2 * draws))
	z := distuv.UnitNormal.Quantile(1 - alpha/2)
	for _, x := range numbers {
		u := &x.parameter.Uncertainty
		want := statedBy(u)
		step := 0.0
		if x.field.Whole {
			step = 0.5 // drawn numbers are rounded
		}
		if r, ok := x.parameter.Drawn(); ok {
			said := func(level, at float64) {
				below, upTo := 0.0, 0.0
				for _, drawn := range x.drawn {
					if drawn < at {
						below += 1. / draws
					}
					if drawn <= at {
						upTo += 1. / draws
					}
				}
				if below > level+distance || upTo < level-distance {
					t.Errorf("%s: %.1f%% of draws are below %v, said to be the %.0fth percentile", x.parameter.Name, 100*below, at, 100*level)
				}
			}
			said(0.05, r.Low)
			said(0.95, r.High)
			if mean := stat.Mean(x.drawn, nil); math.Abs(mean-r.Mean) > z*stat.StdDev(x.drawn, nil)/math.Sqrt(draws) {
				t.Errorf("%s: draws have the mean %.6g, said to be %.6g", x.parameter.Name, mean, r.Mean)
			}
		}
		for i, drawn := range x.drawn {
			x.drawn[i] = measured(u, drawn, x.written)
		}
		slices.SortFunc(x.drawn, cmp.Compare)
		mean := stat.Mean(x.drawn, nil)
		if off := (mean - want.Mean()) / (want.StdDev() / math.Sqrt(draws)); !(math.Abs(off) <= z) {
			t.Errorf("%s[%d]: mean %.6g, stated %.6g: %.1f standard errors", x.parameter.Name, x.entry, mean, want.Mean(), off)
		}
		worst, where := 0.0, 0.0
		for i, drawn := range x.drawn {
			// At ties, as of whole numbers, the first and the last count.
			if below := want.CDF(drawn-step) - float64(i)/draws; (i == 0 || drawn != x.drawn[i-1]) && math.Abs(below) > worst {
				worst, where = math.Abs(below), drawn
			}
			if upTo := want.CDF(drawn+step) - float64(i+1)/draws; (i+1 == draws || drawn != x.drawn[i+1]) && !(math.Abs(upTo) <= worst) {
				worst, where = math.Abs(upTo), drawn
			}
		}
		if !(worst <= distance) {
			t.Errorf("%s[%d]: %.1f%% of draws too many or too few up to %.6g (%s), want %.1f%% at most", x.parameter.Name, x.entry, 100*worst, where, u.Distribution, 100*distance)
		}
	}
}
