package compare

import (
	"fmt"
	"math"
	"testing"

	"pgregory.net/rapid"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

var groupNames = []string{"a", "b", "c", "d", "e"}

// decomposed computes the shares of a made-up decomposition of k groups, where
// value gives each subset's result in one replication.
func decomposed(k, replications int, value func(subset, replication int) int64) []Share {
	l := lattice{of: "pack", groups: groupNames[:k]}
	values := make([][]int64, 1<<k)
	for subset := range values {
		for r := range replications {
			values[subset] = append(values[subset], value(subset, r))
		}
	}
	return l.shares(values, 1, Design{})
}

func find(t interface{ Fatalf(string, ...any) }, rows []Share, group string, effect Effect) Share {
	for _, s := range rows {
		if s.Group == group && s.Effect == effect {
			return s
		}
	}
	t.Fatalf("no %s of %q", effect, group)
	return Share{}
}

// The glove game (Shapley 1953 by way of textbooks): one left glove and two
// right ones, a pair is worth 1. Shares 2/3, 1/6, 1/6.
func TestTheGloveGame(t *testing.T) {
	rows := decomposed(3, 2, func(subset, _ int) int64 {
		if subset&1 == 1 && subset>>1 != 0 {
			return 600
		}
		return 0
	})
	for group, want := range map[string][3]float64{"a": {0, 600, 400}, "b": {0, 0, 100}, "c": {0, 0, 100}} {
		got := [3]float64{find(t, rows, group, Alone).Mean, find(t, rows, group, Last).Mean, find(t, rows, group, Shapley).Mean}
		if got != want {
			t.Errorf("%s: alone, last and on average %v, want %v", group, got, want)
		}
	}
	if total, rest := find(t, rows, "", Whole).Mean, find(t, rows, "", Interactions).Mean; total != 600 || rest != 600 {
		t.Errorf("total %v, interactions %v", total, rest)
	}
}

// By hand: two groups, three replications. Shares per replication 9, 11, 16:
// mean 12, standard deviation √13, standard error √(13/3); the interval has 2
// degrees of freedom: t = 4.302653 (tables).
func TestIntervalOfAShare(t *testing.T) {
	values := [][]int64{{0, 0, 0}, {8, 10, 16}, {4, 5, 6}, {14, 17, 22}}
	rows := decomposed(2, 3, func(subset, r int) int64 { return values[subset][r] })
	s := find(t, rows, "a", Shapley)
	mcse := math.Sqrt(13.0 / 3)
	if s.N != 3 || s.Mean != 12 || math.Abs(s.MCSE-mcse) > 1e-12 || math.Abs(s.CIHigh-(12+4.302653*mcse)) > 1e-5 {
		t.Errorf("share %+v", s)
	}
	rest := find(t, rows, "", Interactions)
	if want := (2.0 + 2 + 0) / 3; math.Abs(rest.Mean-want) > 1e-12 {
		t.Errorf("interactions %v, want %v", rest.Mean, want)
	}
}

// Whatever the groups do to one another: the shares sum to the total exactly in
// every replication, the order of the groups does not matter, groups that do
// the same have the same share, and one that does nothing has exactly none.
func TestPropertiesOfShares(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		k := rapid.IntRange(2, 5).Draw(t, "groups")
		values := make([][]int64, 1<<k)
		for subset := range values {
			values[subset] = rapid.SliceOfN(rapid.Int64Range(-1e14, 1e14), 3, 3).Draw(t, "values")
		}
		_, orders := weights(k)
		sums := make([]int64, 3)
		for g := range k {
			shares, _ := shapley(values, g, k)
			for r := range sums {
				sums[r] += shares[r]
			}
		}
		for r := range sums {
			if want := orders * (values[len(values)-1][r] - values[0][r]); sums[r] != want {
				t.Fatalf("shares of replication %d sum to %d, want %d", r, sums[r], want)
			}
		}

		// The first group does nothing; the last does what the one before does.
		twin := func(subset int) int {
			both := subset >> (k - 2)
			return subset&(1<<(k-2)-1)&^1 | min(both&1+both>>1, 2)<<(k-2)
		}
		rows := decomposed(k, 3, func(subset, r int) int64 { return values[min(twin(subset), len(values)-1)][r] })
		if k > 2 {
			for _, e := range []Effect{Alone, Last, Shapley} {
				if s := find(t, rows, "a", e); !s.None() || s.CILow != 0 || s.CIHigh != 0 {
					t.Fatalf("a group that does nothing has %s %+v", e, s)
				}
			}
		}
		one, other := find(t, rows, groupNames[k-2], Shapley), find(t, rows, groupNames[k-1], Shapley)
		if one.Mean != other.Mean || one.MCSE != other.MCSE {
			t.Fatalf("groups that do the same have %v and %v", one, other)
		}

		// Turned round, every group keeps its share.
		turn := func(subset int) int {
			turned := 0
			for g := range k {
				turned |= subset >> g & 1 << (k - 1 - g)
			}
			return turned
		}
		turned := make([][]int64, len(values))
		for subset := range values {
			turned[turn(subset)] = values[subset]
		}
		for g := range k {
			a, _ := shapley(values, g, k)
			b, _ := shapley(turned, k-1-g, k)
			for r := range a {
				if a[r] != b[r] {
					t.Fatalf("group %d has %d in one order and %d in another", g, a[r], b[r])
				}
			}
		}
	})
}

// The weights are those of all orders, counted one by one.
func TestWeightsCountOrders(t *testing.T) {
	for k := 1; k <= 5; k++ {
		counts := make([]int64, k) // of orders in which group 0 comes after s others
		var permute func(left []int, before int, seen bool)
		permute = func(left []int, before int, seen bool) {
			if len(left) == 0 {
				return
			}
			for i, g := range left {
				rest := append(append([]int{}, left[:i]...), left[i+1:]...)
				if g == 0 {
					orders := int64(1)
					for n := range len(rest) {
						orders *= int64(n + 1)
					}
					counts[before] += orders
					continue
				}
				permute(rest, before+1, seen)
			}
		}
		var all []int
		for g := range k {
			all = append(all, g)
		}
		permute(all, 0, false)
		after, orders := weights(k)
		total := int64(0)
		for s := range after {
			// counts[s] orders over C(k-1, s) sets of others.
			choose := int64(1)
			for i := range s {
				choose = choose * int64(k-1-i) / int64(i+1)
			}
			if total += after[s] * choose; after[s]*choose*counts[0] != counts[s]*after[0] {
				t.Errorf("k = %d, %d others: weight %d of %d, counted %v", k, s, after[s], orders, counts)
			}
		}
		if total != orders {
			t.Errorf("k = %d: weights sum to %d, want %d", k, total, orders)
		}
	}
}

// The lattice is found whatever order the regimes run in, and the rows are
// those of the replications.
func TestDecomposeFromReplications(t *testing.T) {
	names := []string{"uk-2025", "pack", "other", "pack[a]", "pack[b]"}
	var variants []policy.Variant
	for subset, regime := range []string{"uk-2025", "pack[a]", "pack[b]", "pack"} {
		for g, group := range groupNames[:2] {
			variants = append(variants, policy.Variant{Regime: regime, Of: "pack", Part: policy.Decomposed, Axis: group, Value: float64(subset >> g & 1)})
		}
	}
	runs := [][]*measure.Run{synthetic(5, threeYears, 1, 0), synthetic(5, threeYears, 1, -12), synthetic(5, threeYears, 1, 50),
		synthetic(5, threeYears, 1, -8), synthetic(5, threeYears, 1, -4)}
	rows, err := Decompose(variants, names, threeYears, InMemory(runs))
	if err != nil {
		t.Fatal(err)
	}
	tables, err := Tabulate(names, threeYears, InMemory(runs))
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for _, s := range rows {
		regime := map[Effect]string{Whole: "pack"}[s.Effect]
		if s.Effect == Alone {
			regime = fmt.Sprintf("pack[%s]", s.Group)
		}
		if regime == "" {
			continue
		}
		d, ok := tables.Difference(regime, s.Output, s.Period)
		if !ok || d.Mean != s.Mean || d.CILow != s.CILow || d.MCSE != s.MCSE {
			t.Fatalf("%s of %q is %+v, the difference of %s %+v", s.Effect, s.Group, s, regime, d)
		}
		checked++
	}
	if want := int(measure.NumOutputs) * len(Periods(threeYears)) * 3; checked != want {
		t.Errorf("%d rows checked, want %d", checked, want)
	}
	if rows, err := Decompose(nil, names, threeYears, InMemory(runs)); rows != nil || err != nil {
		t.Errorf("without variants: %d rows, %v", len(rows), err)
	}
}
