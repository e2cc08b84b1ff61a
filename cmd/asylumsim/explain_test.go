package main

import (
	"slices"
	"testing"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
)

// Every output is made by one stage of the rules, which has parameters.
func TestEveryOutputHasAStage(t *testing.T) {
	var known []string
	for _, f := range policy.Fields() {
		known = append(known, f.Stage())
	}
	seen := map[measure.Output]string{}
	for stage, outputs := range stages {
		if !slices.Contains(known, stage) {
			t.Errorf("no parameter is of stage %s", stage)
		}
		for _, o := range outputs {
			if seen[o] != "" {
				t.Errorf("%v is of stages %s and %s", o, seen[o], stage)
			}
			seen[o] = stage
		}
	}
	for o := range measure.NumOutputs {
		if seen[o] == "" {
			t.Errorf("%v has no stage", o)
		}
	}
}
