package compare

import (
	"fmt"
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// Effect is a way to say what a group of a decomposition does.
type Effect string

// The effects. Of every replication the Shapley shares of the groups sum to
// the total exactly.
const (
	Alone        Effect = "alone"        // the group over the base: first in
	Last         Effect = "last"         // the whole less the whole without the group: last out
	Shapley      Effect = "shapley"      // the average over all orders of the groups
	Whole        Effect = "total"        // all groups over the base
	Interactions Effect = "interactions" // the total less the sum of the groups alone
)

// Share is one effect of a decomposition in an output over a period, paired
// replication by replication. Numbers are in the output's unit.
type Share struct {
	Of     string // what is decomposed
	Group  string // empty for the total and the interactions
	Effect Effect
	Output measure.Output
	Period string

	N             int
	Mean, MCSE    float64
	CILow, CIHigh float64 // 95% interval of the mean, as in Difference
	// PHolm is the p-value of a mean of zero, adjusted for all effects of the
	// decomposition in the output and period.
	PHolm float64
}

// None reports that the effect is zero in every replication.
func (s Share) None() bool { return s.Mean == 0 && (s.N == 1 || s.MCSE == 0) }

// Indistinct reports that the effect cannot be told from noise, as of a Difference.
func (s Share) Indistinct() bool { return !s.None() && s.PHolm >= significance }

// adjustShares fills in PHolm of the shares of one period.
func adjustShares(shares []Share, design Design) {
	members := map[measure.Output][]int{}
	for i, s := range shares {
		members[s.Output] = append(members[s.Output], i)
	}
	for _, of := range members {
		p := make([]float64, len(of))
		for k, i := range of {
			p[k] = pValue(design.Units(shares[i].N), shares[i].Mean, shares[i].MCSE)
		}
		for k, adjusted := range Holm(p) {
			shares[of[k]].PHolm = adjusted
		}
	}
}

// lattice is the design of a decomposition: a regime for every subset of its
// groups.
type lattice struct {
	of      string
	groups  []string
	regimes []int // by subset, bit g for group g: an index into the regimes
}

// latticeOf finds the decomposition among the variants of an experiment; nil
// where there is none.
func latticeOf(variants []policy.Variant, regimes []string) *lattice {
	var l lattice
	subsets := map[string]int{}
	var order []string
	for _, v := range variants {
		if v.Part != policy.Decomposed {
			continue
		}
		g := slices.Index(l.groups, v.Axis)
		if g < 0 {
			g = len(l.groups)
			l.groups = append(l.groups, v.Axis)
		}
		if _, seen := subsets[v.Regime]; !seen {
			order = append(order, v.Regime)
		}
		subsets[v.Regime] |= int(v.Value) << g
		l.of = v.Of
	}
	if len(order) == 0 {
		return nil
	}
	l.regimes = make([]int, 1<<len(l.groups))
	if len(order) != len(l.regimes) {
		panic(fmt.Sprintf("compare: %d regimes for the %d subsets of %s", len(order), len(l.regimes), l.of))
	}
	for _, name := range order {
		l.regimes[subsets[name]] = slices.Index(regimes, name)
	}
	return &l
}

// weights returns how often, over all orders of k groups, a group comes after
// so many others of a given set, and the number of orders, both divided by
// what they have in common: s!(k-1-s)! and k!.
func weights(k int) (after []int64, orders int64) {
	factorial := func(n int) int64 {
		f := int64(1)
		for i := int64(2); i <= int64(n); i++ {
			f *= i
		}
		return f
	}
	common := factorial(k)
	for s := range k {
		after = append(after, factorial(s)*factorial(k-1-s))
		common = gcd(common, after[s])
	}
	for s := range after {
		after[s] /= common
	}
	return after, factorial(k) / common
}

func gcd(a, b int64) int64 {
	for b != 0 {
		a, b = b, a%b
	}
	return a
}

// shapley returns the Shapley share of a group in each replication, times the
// number of orders. values holds each subset's values by replication.
func shapley(values [][]int64, group, k int) (shares []int64, orders int64) {
	after, orders := weights(k)
	shares = make([]int64, len(values[0]))
	for subset := range values {
		if subset>>group&1 == 1 {
			continue
		}
		others := 0
		for g := range k {
			others += subset >> g & 1
		}
		with := values[subset|1<<group]
		for r := range shares {
			shares[r] += after[others] * (with[r] - values[subset][r])
		}
	}
	return shares, orders
}

func less(a, b []int64) []int64 {
	d := make([]int64, len(a))
	for r := range a {
		d[r] = a[r] - b[r]
	}
	return d
}

// Decompose computes the shares of the groups in every output and period. It
// is empty where the variants hold no decomposition.
func Decompose(variants []policy.Variant, regimes []string, t *clock.Timeline, source Source) ([]Share, error) {
	l := latticeOf(variants, regimes)
	if l == nil {
		return nil, nil
	}
	var rows []Share
	for o := range measure.NumOutputs {
		shares, err := l.sharesOf(o, Periods(t), source)
		if err != nil {
			return nil, err
		}
		rows = append(rows, shares...)
	}
	return rows, nil
}

// sharesOf computes the shares in one output.
func (l *lattice) sharesOf(o measure.Output, periods []Period, source Source) ([]Share, error) {
	var rows []Share
	samples, values := make([]Sample, len(l.regimes)), make([][]int64, len(l.regimes))
	for subset, regime := range l.regimes {
		s, err := source(regime, o)
		if err != nil {
			return nil, err
		}
		samples[subset] = s
	}
	for _, p := range periods {
		for subset := range samples {
			values[subset] = samples[subset].Over(p)
		}
		for _, row := range l.shares(values, perUnit(o), samples[0].Design) {
			row.Output, row.Period = o, p.Label
			rows = append(rows, row)
		}
	}
	return rows, nil
}

// shares computes all effects from each subset's values by replication.
func (l *lattice) shares(values [][]int64, perUnit int64, design Design) []Share {
	full := len(values) - 1
	var rows []Share
	add := func(group string, effect Effect, per []int64, scale int64) {
		d := design.describe(per, scale)
		half := HalfWidth(design.Units(d.N), d.MCSE)
		rows = append(rows, Share{Of: l.of, Group: group, Effect: effect, N: d.N, Mean: d.Mean, MCSE: d.MCSE, CILow: d.Mean - half, CIHigh: d.Mean + half})
	}
	total := less(values[full], values[0])
	interactions := slices.Clone(total)
	for g, name := range l.groups {
		alone := less(values[1<<g], values[0])
		interactions = less(interactions, alone)
		add(name, Alone, alone, perUnit)
		add(name, Last, less(values[full], values[full&^(1<<g)]), perUnit)
		shares, orders := shapley(values, g, len(l.groups))
		add(name, Shapley, shares, perUnit*orders)
	}
	add("", Whole, total, perUnit)
	add("", Interactions, interactions, perUnit)
	return rows
}
