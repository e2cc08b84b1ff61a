package config

import (
	"fmt"
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/policy"
)

// AtOpening is the value of estimate by which what the published series tell
// about parameters is estimated for the opening date.
const AtOpening = "opening"

// replacedByEstimates warns of values of the base that an estimate for the
// opening date takes the place of: settings, and what the files of the base and
// of its bases change. A value of another regime, and one from a later date, keeps
// its distance from the base and has its effect.
func (b *Bundle) replacedByEstimates() []policy.Warning {
	if b.Experiment.Estimate != AtOpening {
		return nil
	}
	chain, _ := b.Chain(b.Experiment.Base) // without problems, or there is no bundle
	var warnings []policy.Warning
	for _, o := range chain {
		for _, name := range o.Changed() {
			for _, v := range o.Changes[name] {
				if v.From > b.Experiment.Opening || !slices.Contains(evidence.Estimated, name) {
					continue
				}
				warnings = append(warnings, policy.Warning{Position: v.Places.Of("value", v.At),
					Text: fmt.Sprintf("%s of %s is estimated for the opening date, so that this value%s has no effect, or only on how wide its estimate is drawn: leave out estimate: %s to use it",
						name, o.Name, number(v.Amount), AtOpening)})
			}
		}
	}
	return warnings
}

// number shows an amount that is one number, or one entry, in apposition.
func number(a policy.Amount) string {
	switch {
	case a.Table == nil:
		return ", " + policy.FormatNumber(a.Number) + ","
	case len(a.Table) == 1:
		return fmt.Sprintf(", %s for %s,", policy.FormatNumber(a.Table[0].Number), a.Table[0].Key)
	}
	return ""
}

// unchangedBy warns of settings without which every regime of the run would have
// the same rules from its opening to its end: they give what holds anyway, or
// others take their place. before is the library without settings.
func (b *Bundle) unchangedBy(before *policy.Library, settings []policy.Setting) []policy.Warning {
	var warnings []policy.Warning
	for i, s := range settings {
		without, _ := before.Apply(slices.Delete(slices.Clone(settings), i, i+1))
		acts := slices.ContainsFunc(b.Regimes, func(r *policy.Regime) bool {
			if without.Overlay(r.Name) == nil {
				return true // of a sweep, which is made of the library with all settings
			}
			other, problems := without.Resolve(r.Name)
			return len(problems) > 0 || !r.SameWithin(other, b.Experiment.Opening, b.Experiment.End())
		})
		if !acts {
			warnings = append(warnings, policy.Warning{Position: s.At(),
				Text: fmt.Sprintf("%s: %s = %s changes nothing in this run: all regimes have the same values without it", s.Regime, s.Key(), policy.FormatNumber(s.Number))})
		}
	}
	return warnings
}

// olderThanOpening tells of parameters that are estimated from the published series,
// if all their values are dated before the opening date and stay in force.
func (b *Bundle) olderThanOpening(e *draft) []policy.Warning {
	if e.Estimate == AtOpening {
		return nil
	}
	newest, n := clock.Date(0), 0
	for _, name := range evidence.Estimated {
		if p := b.Parameter(name); p != nil {
			newest = max(newest, p.Values[len(p.Values)-1].From)
			n++
		}
	}
	if n == 0 || newest >= e.Opening {
		return nil
	}
	return []policy.Warning{{Position: e.places.Of("opening", e.at),
		Text: fmt.Sprintf("%d parameters that are estimated from the published series are of %v, older than the opening date %v: asylumsim list estimates --opening %[3]v prints what the series imply",
			n, newest, e.Opening)}}
}
