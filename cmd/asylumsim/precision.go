package main

import (
	"fmt"
	"strconv"
	"strings"

	"asylumsim/sim/compare"
	"asylumsim/sim/experiment"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/store"
)

// precisionBudget is the most replications of a run that goes on until it is
// precise, unless -n says otherwise.
const precisionBudget = 1000

// parsePrecision reads OUTPUT=HALFWIDTH.
func parsePrecision(texts []string, shard *store.Shard, wrong *policy.Problems) []compare.Target {
	var known []string
	for o := range measure.NumOutputs {
		known = append(known, o.String())
	}
	fault := func(text, want, hint string) {
		*wrong = append(*wrong, policy.Problem{Position: policy.Position{File: "--precision"}, Key: "precision", Value: fmt.Sprintf("%q", text), Want: want, Hint: hint})
	}
	var targets []compare.Target
	for _, text := range texts {
		name, number, _ := strings.Cut(text, "=")
		o, ok := measure.ByName(name)
		if !ok {
			fault(text, "OUTPUT=HALFWIDTH with an output as asylumsim list outputs prints them", policy.DidYouMean(name, known))
			continue
		}
		half, err := strconv.ParseFloat(number, 64)
		if err != nil || !(half > 0) || half > 1e15 {
			fault(text, name+"=HALFWIDTH with a number of "+o.Define().Unit+" above 0", "")
			continue
		}
		targets = append(targets, compare.Target{Output: o, HalfWidth: half})
	}
	if len(texts) > 0 && shard != nil {
		fault(strings.Join(texts, " "), "no --shard beside it", "precision is judged in the order of all replications")
	}
	return targets
}

// judge returns what says after each replication whether there are enough: never
// where no precision is asked for. Replications of an earlier session count. A
// result that is made again has as many as it had.
func (r running) judge(w *store.Writer, plan *experiment.Plan) (func([]*measure.Run) bool, error) {
	if again := r.again; again != nil {
		return func([]*measure.Run) bool {
			if w.Done() < again.Done {
				return false
			}
			if again.Replications == again.Done {
				w.Enough(again.Precision)
			} else {
				w.Imprecise(again.Precision)
			}
			return true
		}, nil
	}
	if len(r.targets) == 0 {
		return func([]*measure.Run) bool { return false }, nil
	}
	design := compare.Design{Drawn: plan.Draws.Method != experiment.Central, Unit: plan.Draws.Inner, Inner: plan.Draws.Inner}
	p := compare.NewPrecision(r.targets, len(r.bundle.Regimes), len(plan.Timeline().Months), design)
	enough := false
	if err := w.Each(func(runs []*measure.Run) { enough = p.Add(runs) }); err != nil {
		return nil, err
	}
	if enough { // a run that was killed between its last replication and its end
		w.Enough(p.Achieved())
		plan.Replications = w.Done()
	}
	return func(runs []*measure.Run) bool {
		enough := p.Add(runs)
		if enough {
			w.Enough(p.Achieved())
		} else {
			w.Imprecise(p.Achieved())
		}
		return enough
	}, nil
}
