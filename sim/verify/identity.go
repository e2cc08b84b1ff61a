package verify

import (
	"context"
	"errors"
	"reflect"
	"slices"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

const identityGroup = "Identities of runs"

// The identities, in the order of the table.
const (
	balance = iota
	workersTwo
	workersMany
	shards
	null
	before
	numIdentities
)

var identities = [numIdentities]Check{
	balance:     {Name: "runs whose books do not balance", Law: "conservation of cases and people, Little's law on the path of every queue, nights paid and stayed, cost lines and total: checked in each run"},
	workersTwo:  {Name: "runs that differ between 1 worker and 2", Law: "draws are keyed, sums are of integers"},
	workersMany: {Name: "runs that differ between 1 worker and 16", Law: "draws are keyed, sums are of integers"},
	shards:      {Name: "runs that differ between a whole run and 4 shards", Law: "no replication knows of the others"},
	null:        {Name: "replications in which the base differs from its copy", Law: "common random numbers: equal rules, equal histories"},
	before:      {Name: "months that differ from the base before the rules do", Law: "common random numbers: a later rule changes nothing before"},
}

func init() {
	for i := range identities {
		identities[i].Group, identities[i].Form = identityGroup, Exact
	}
}

// identityReplications is on how many replications identities are held.
const identityReplications = 4

// IdentitiesMatch reports whether a text asks for any identity, as Options.Only
// does.
func IdentitiesMatch(only string) bool {
	for _, c := range identities {
		if c.matches(only) {
			return true
		}
	}
	return false
}

// HoldIdentities runs a plan in several ways that must come to the same, bit for
// bit, and adds a finding for each identity that is asked for. An error is one of
// the plan.
func (r *Report) HoldIdentities(ctx context.Context, plan *experiment.Plan, only string) error {
	found, err := compareRuns(ctx, plan)
	if err != nil && !errors.Is(err, asylum.ErrUnbalanced) {
		return err
	}
	r.Findings = append(r.Findings, found.findings(err, only)...)
	return nil
}

// tallies count, for each identity, the deviations and among how many they are.
type tallies struct{ deviations, of [numIdentities]int }

// findings turns tallies into findings. Where a run has ended because its books
// do not balance, no identity was held.
func (t *tallies) findings(unbalanced error, only string) (found []Finding) {
	for i, c := range identities {
		if !c.matches(only) {
			continue
		}
		f := Finding{Check: c, Runs: t.of[i]}
		f.judge([]float64{float64(t.deviations[i])}, 0)
		switch {
		case unbalanced != nil && i == balance:
			f.Estimate, f.Fault = 1, unbalanced.Error()
		case unbalanced != nil:
			f.Fault = "not held: the books of a run do not balance"
		case t.of[i] == 0:
			f.Fault = "nothing to hold it on: no regime differs from the base later than the opening"
		}
		found = append(found, f)
	}
	return found
}

// compareRuns runs a plan whole, on other numbers of workers and in shards.
func compareRuns(ctx context.Context, plan *experiment.Plan) (t tallies, err error) {
	p := *plan
	p.Draws = experiment.Draws{Method: experiment.Central, Inner: 1, Randomisations: 1}
	p.Replications, p.Done, p.Number, p.Workers = identityReplications, 0, nil, 1
	inputs, err := p.At(nil)
	if err != nil {
		return t, err
	}
	// The base comes once more, last and under a name of its own.
	again := *inputs.Regimes[0]
	again.Name = "the base under another name"
	regimes := append(slices.Clone(inputs.Regimes), &again)
	p.At = func(policy.Marks) (*experiment.Inputs, error) {
		return &experiment.Inputs{Regimes: regimes, Opening: inputs.Opening}, nil
	}
	whole, err := runAll(ctx, p)
	if err != nil {
		return t, err
	}
	runs := len(whole) * len(regimes)
	t.of[balance] = runs // one that does not balance ends the whole run with an error
	for i, workers := range map[int]int{workersTwo: 2, workersMany: 16} {
		p.Workers = workers
		again, err := runAll(ctx, p)
		if err != nil {
			return t, err
		}
		t.deviations[i], t.of[i] = different(whole, again), runs
	}
	parts, err := inShards(ctx, p, 4)
	if err != nil {
		return t, err
	}
	t.deviations[shards], t.of[shards] = different(whole, parts), runs
	for _, r := range whole {
		t.of[null]++
		if !reflect.DeepEqual(r[0], r[len(r)-1]) {
			t.deviations[null]++
		}
	}
	t.of[before], t.deviations[before] = beforeThePolicy(p.Timeline(), regimes, whole)
	return t, nil
}

// runAll returns the runs of a plan by replication.
func runAll(ctx context.Context, p experiment.Plan) ([][]*measure.Run, error) {
	var all [][]*measure.Run
	_, err := p.Run(ctx, func(_, _ int, runs []*measure.Run) error {
		all = append(all, runs)
		return nil
	})
	return all, err
}

// inShards runs a plan in parts and puts them together.
func inShards(ctx context.Context, p experiment.Plan, shards int) ([][]*measure.Run, error) {
	all := make([][]*measure.Run, p.Replications)
	for shard := range shards {
		p.Number = func(i int) int { return i*shards + shard }
		_, err := p.Run(ctx, func(replication, _ int, runs []*measure.Run) error {
			all[replication] = runs
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	return all, nil
}

// different counts the runs of one set that are not those of another.
func different(a, b [][]*measure.Run) (n int) {
	for replication := range a {
		for regime := range a[replication] {
			if !reflect.DeepEqual(a[replication][regime], b[replication][regime]) {
				n++
			}
		}
	}
	return n
}

// beforeThePolicy counts the months that end before a regime's rules differ from
// the base's, and those of them in which any output differs. Regimes under which
// people can act on rules that are still to come are left out.
func beforeThePolicy(t *clock.Timeline, regimes []*policy.Regime, whole [][]*measure.Run) (months, early int) {
	for i, regime := range regimes[1:] {
		from := differsFrom(regimes[0], regime)
		if from <= t.Opening || anticipates(regime) {
			continue
		}
		for month, end := range t.Months {
			if end >= from {
				break
			}
			for _, runs := range whole {
				months++
				if runs[0].Months[month] != runs[i+1].Months[month] {
					early++
				}
			}
		}
	}
	return months, early
}

// differsFrom is the first date on which the rules of two regimes differ, or a
// date after all.
func differsFrom(a, b *policy.Regime) clock.Date {
	first := clock.Date(1<<31 - 1)
	for _, starts := range [][]clock.Date{a.Starts, b.Starts} {
		for _, date := range starts {
			if !reflect.DeepEqual(a.Epochs[a.EpochAt(date)], b.Epochs[b.EpochAt(date)]) {
				first = min(first, date)
			}
		}
	}
	return first
}

// anticipates reports whether arrivals answer to rules under a regime at all.
func anticipates(r *policy.Regime) bool {
	for i := range r.Epochs {
		if r.Epochs[i].Response.Switch != 0 {
			return true
		}
	}
	return false
}
