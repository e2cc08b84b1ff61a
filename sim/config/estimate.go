package config

import (
	"fmt"
	"slices"

	"asylumsim/sim/evidence"
	"asylumsim/sim/policy"
)

// AtOpening is the value of estimate by which what the published series tell
// about parameters is estimated for the opening date.
const AtOpening = "opening"

// replacedByEstimates tells of settings of the base that an estimate for the
// opening date takes the place of. A setting of another regime, and one from a
// later date, keeps its distance from the base and has its effect.
func (b *Bundle) replacedByEstimates() []policy.Warning {
	if b.Experiment.Estimate != AtOpening {
		return nil
	}
	chain, _ := b.Chain(b.Experiment.Base) // without problems, or there is no bundle
	settings, _ := parseSettings(b.Set)    // likewise
	var warnings []policy.Warning
	for _, s := range settings {
		later := s.Dated && s.From > b.Experiment.Opening
		ofBase := slices.ContainsFunc(chain, func(o *policy.Overlay) bool { return o.Name == s.Regime })
		if !ofBase || later || !slices.Contains(evidence.Estimated, s.Parameter) {
			continue
		}
		warnings = append(warnings, policy.Warning{Position: s.At(),
			Text: fmt.Sprintf("%s of %s is estimated for the opening date, so that this value has no effect, or only on how wide its estimate is drawn: leave out estimate: %s to use it",
				s.Parameter, s.Regime, AtOpening)})
	}
	return warnings
}
