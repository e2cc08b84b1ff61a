package experiment_test

import (
	"context"
	"reflect"
	"slices"
	"sync"
	"testing"

	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// points runs a plan and returns the marks that inputs were made from, in the
// order of one worker's replications.
func points(t *testing.T, p *experiment.Plan) []policy.Marks {
	t.Helper()
	p.Workers = 1
	var mu sync.Mutex
	var all []policy.Marks
	at := p.At
	p.At = func(m policy.Marks) (*experiment.Inputs, error) {
		mu.Lock()
		defer mu.Unlock()
		all = append(all, m)
		return at(m)
	}
	collect(t, p)
	return all
}

// TestEveryReplicationHasItsPoint: one point for all regimes of a replication,
// all parameters in it, and another one in the next; replications in a row share
// one where they are to; at the central values there is none.
func TestEveryReplicationHasItsPoint(t *testing.T) {
	plan := func(d experiment.Draws, n int) *experiment.Plan {
		p := shippedPlan(t, n, 1)
		p.Draws = d
		return p
	}
	independent := points(t, plan(experiment.Draws{Method: experiment.Independent, Inner: 1, Randomisations: 1}, 3))
	if len(independent) != 3 || len(independent[0]) < 100 || reflect.DeepEqual(independent[0], independent[1]) {
		t.Errorf("%d points of %d parameters for 3 replications", len(independent), len(independent[0]))
	}
	nested := points(t, plan(experiment.Draws{Method: experiment.Independent, Inner: 2, Randomisations: 1}, 4))
	if len(nested) != 2 || !reflect.DeepEqual(nested, independent[:2]) {
		t.Errorf("%d points for 4 replications in pairs, want the first two", len(nested))
	}
	if central := points(t, plan(experiment.Draws{Method: experiment.Central, Inner: 1, Randomisations: 1}, 2)); len(central) != 1 || central[0] != nil {
		t.Errorf("central values: %d points", len(central))
	}
	latin := points(t, plan(experiment.Draws{Method: experiment.LatinHypercube, Inner: 1, Randomisations: 2}, 8))
	for _, block := range [][]policy.Marks{latin[:4], latin[4:]} {
		var quarters []int
		for _, m := range block {
			quarters = append(quarters, int(4*m["people_per_boat_cap"]))
		}
		slices.Sort(quarters)
		if !slices.Equal(quarters, []int{0, 1, 2, 3}) {
			t.Errorf("a randomisation of four points lies in the quarters %v", quarters)
		}
	}
}

// TestDrawsDoNotDependOnWorkersOrBreaks: two workers, and a run that goes on
// after two replications, give what one worker gives in one go.
func TestDrawsDoNotDependOnWorkersOrBreaks(t *testing.T) {
	plan := func(workers int) *experiment.Plan {
		p := shippedPlan(t, 5, workers)
		p.Draws.Inner = 2
		return p
	}
	want := collect(t, plan(1))
	if got := collect(t, plan(3)); !reflect.DeepEqual(got, want) {
		t.Error("three workers draw something else than one")
	}
	rest := plan(2)
	rest.Done = 2
	var got [][]*measure.Run
	done, err := rest.Run(context.Background(), func(replication, _ int, runs []*measure.Run) error {
		if replication != 2+len(got) {
			t.Errorf("replication %d as number %d", replication, 2+len(got))
		}
		got = append(got, runs)
		return nil
	})
	if err != nil || done != 5 || !reflect.DeepEqual(got, want[2:]) {
		t.Errorf("a run that goes on: %d done, %v", done, err)
	}
	odd := plan(2)
	odd.Number = func(i int) int { return 2*i + 1 }
	var numbers []int
	if _, err := odd.Run(context.Background(), func(replication, _ int, runs []*measure.Run) error {
		numbers = append(numbers, replication)
		if !reflect.DeepEqual(runs, want[replication]) {
			t.Errorf("replication %d of a shard is another one", replication)
		}
		return nil
	}); err != nil || !slices.Equal(numbers, []int{1, 3}) {
		t.Errorf("a shard ran %v: %v", numbers, err)
	}
}

// TestImpossiblePointsAreDrawnAgain: what is left is the points that can be, and
// how often it happened is counted. Neither depends on workers, on a break or on
// shards.
func TestImpossiblePointsAreDrawnAgain(t *testing.T) {
	type replication struct {
		redraws int
		runs    []*measure.Run
	}
	again := func(workers int, change func(*experiment.Plan)) map[int]replication {
		p := shippedPlan(t, 8, workers)
		p.Fraction, p.Draws.Inner = 1000, 2
		at := p.At
		p.At = func(m policy.Marks) (*experiment.Inputs, error) {
			if m["people_per_boat_cap"] < 0.5 {
				return nil, policy.Problems{{Key: "people_per_boat_cap", Want: "more"}}
			}
			return at(m)
		}
		change(p)
		found, told := map[int]replication{}, 0
		p.Redrawn = func(int, error) { told++ }
		if _, err := p.Run(context.Background(), func(number, redraws int, runs []*measure.Run) error {
			if found[number] = (replication{redraws, runs}); redraws > 0 {
				told--
			}
			return nil
		}); err != nil || told != 0 {
			t.Fatalf("%d reports of redraws too many: %v", told, err)
		}
		return found
	}
	whole := again(1, func(*experiment.Plan) {})
	redraws := 0
	for _, r := range whole {
		redraws += r.redraws
	}
	// As many as fail before the first success at an even chance, counted in both
	// replications of each of 4 points: 8 expected, with a standard deviation of 6.
	if redraws < 1 || redraws > 32 {
		t.Errorf("%d points were drawn again, want about 8", redraws)
	}
	if got := again(3, func(*experiment.Plan) {}); !reflect.DeepEqual(got, whole) {
		t.Error("three workers draw again otherwise than one")
	}
	rest := again(2, func(p *experiment.Plan) { p.Done = 5 })
	shard := again(2, func(p *experiment.Plan) { p.Number = func(i int) int { return 3*i + 1 } })
	if len(rest) != 3 || len(shard) != 3 {
		t.Errorf("%d replications after a break, %d of a shard", len(rest), len(shard))
	}
	for what, part := range map[string]map[int]replication{"after a break": rest, "of a shard": shard} {
		for number, r := range part {
			if !reflect.DeepEqual(r, whole[number]) {
				t.Errorf("replication %d %s is another one, with %d redraws, want %d", number, what, r.redraws, whole[number].redraws)
			}
		}
	}
}

// TestPlansMayBringTheirPoints: each replication has the point that the plan gives
// it, the next attempt where that cannot be, and the same luck as with the
// points of a sampler.
func TestPlansMayBringTheirPoints(t *testing.T) {
	drawn := shippedPlan(t, 4, 2)
	all := points(t, shippedPlan(t, 4, 1))
	own := shippedPlan(t, 4, 3)
	own.Uncertain, own.Copula = nil, nil
	at := own.At
	own.At = func(m policy.Marks) (*experiment.Inputs, error) {
		if m == nil {
			return nil, policy.Problems{{Key: "point", Want: "one"}}
		}
		return at(m)
	}
	own.Points = func(replication, attempt int) policy.Marks {
		if attempt < replication {
			return nil
		}
		return all[replication]
	}
	want := collect(t, drawn)
	_, err := own.Run(context.Background(), func(replication, redraws int, runs []*measure.Run) error {
		if redraws != replication {
			t.Errorf("replication %d was drawn again %d times", replication, redraws)
		}
		if !reflect.DeepEqual(runs, want[replication]) {
			t.Errorf("replication %d at the same point is another one", replication)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	defer func() {
		if recover() == nil {
			t.Error("a plan with points of its own ran with another method")
		}
	}()
	own.Draws.Method = experiment.Sobol
	own.Run(context.Background(), nil)
}

// TestStratifiedDrawsNeedWholeRandomisations says what is wanted.
func TestStratifiedDrawsNeedWholeRandomisations(t *testing.T) {
	d := experiment.Draws{Method: experiment.Sobol, Inner: 2, Randomisations: 10}
	for n, ok := range map[int]bool{40: true, 60: true, 20: false, 50: false, 41: false} {
		if want := d.Check(n); (want == "") != ok {
			t.Errorf("%d replications: %q", n, want)
		}
	}
	if d.Points(60) != 30 || d.Block(0, 60) != 0 || d.Block(5, 60) != 0 || d.Block(6, 60) != 1 || d.Block(59, 60) != 9 {
		t.Errorf("blocks of three points each: %d points, blocks %d %d %d %d", d.Points(60), d.Block(0, 60), d.Block(5, 60), d.Block(6, 60), d.Block(59, 60))
	}
}
