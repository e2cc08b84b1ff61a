package policy

import (
	"fmt"
	"sync"
)

// Library is everything that regimes resolve from. It is read-only once
// loaded.
type Library struct {
	Groups     []Group     // nationality groups, in the order of tables
	Parameters []Parameter // in order of name
	Overlays   []Overlay   // in order of name
	// Correlations are the pairs of parameters that are believed to go
	// together; all others are independent.
	Correlations []Correlation
}

// Parameter finds a parameter by name; nil where there is none.
func (l *Library) Parameter(name string) *Parameter {
	for i := range l.Parameters {
		if l.Parameters[i].Name == name {
			return &l.Parameters[i]
		}
	}
	return nil
}

// Overlay finds a regime by name; nil where there is none.
func (l *Library) Overlay(name string) *Overlay {
	for i := range l.Overlays {
		if l.Overlays[i].Name == name {
			return &l.Overlays[i]
		}
	}
	return nil
}

// RegimeNames lists the regimes, in order.
func (l *Library) RegimeNames() []string {
	names := make([]string, len(l.Overlays))
	for i := range l.Overlays {
		names[i] = l.Overlays[i].Name
	}
	return names
}

// ParameterNames lists the parameters, in order.
func (l *Library) ParameterNames() []string {
	names := make([]string, len(l.Parameters))
	for i := range l.Parameters {
		names[i] = l.Parameters[i].Name
	}
	return names
}

// ValidateGroups checks the nationality groups; at gives the position of
// each.
func ValidateGroups(groups []Group, at []Position) Problems {
	var ps Problems
	seen := map[string]int{}
	for i, g := range groups {
		key := fmt.Sprintf("[%d]", i)
		first, again := seen[g.ID]
		switch {
		case g.ID == "":
			ps.add(at[i], key+".id", Missing, "a name in lower snake case", "")
		case !parameterName.MatchString(g.ID):
			ps.add(at[i], key+".id", fmt.Sprintf("%q", g.ID), "a name in lower snake case", "")
		case again:
			ps.add(at[i], key+".id", fmt.Sprintf("%q", g.ID), "each group once", "first in "+at[first].String())
		}
		seen[g.ID] = i
		if g.Label == "" {
			ps.add(at[i], key+".label", Missing, "the group's name as published", "")
		}
		if i == MaxNationalities {
			ps.add(at[i], key, "", fmt.Sprintf("no more than %d groups", MaxNationalities), "")
		}
	}
	return ps
}

// Validate checks groups' use, parameters, their binding to the rules,
// overlays and every regime that they make. where names the folder of the
// parameter files.
func (l *Library) Validate(where string) Problems {
	var ps Problems
	for i := range l.Parameters {
		ps = append(ps, l.Parameters[i].Validate(l.Groups)...)
	}
	ps = append(ps, Bind(l.Parameters, where)...)
	ps = append(ps, l.validateCorrelations()...)
	complete := l.Complete()
	var resolutions map[string]resolution
	if complete {
		resolutions = l.resolveAll()
	}
	for i := range l.Overlays {
		o := &l.Overlays[i]
		own := o.Validate(l.Parameters, l.Groups)
		_, loose := l.Chain(o.Name)
		if len(loose) == 0 {
			loose = l.conflicts(o)
		}
		ps = append(append(ps, own...), loose...)
		if complete && len(loose) == 0 {
			ps = append(ps, l.validateEffect(o, len(own) == 0, resolutions)...)
		}
	}
	return ps
}

// Complete reports whether regimes can be resolved: every rule has its
// parameter, and every parameter a number for each entry. Numbers may be
// wrong.
func (l *Library) Complete() bool {
	if len(Bind(l.Parameters, "")) > 0 {
		return false
	}
	for i := range l.Parameters {
		p := &l.Parameters[i]
		for _, entry := range p.By.Keys(l.Groups) {
			if len(stepsOf(p.Values, entry)) == 0 {
				return false
			}
		}
	}
	return true
}

// validateEffect checks that what a regime pulls can act and, where nothing else
// is wrong with it, that it differs from its base.
func (l *Library) validateEffect(o *Overlay, sound bool, resolutions map[string]resolution) Problems {
	regime, ps := resolutions[o.Name].regime, resolutions[o.Name].problems
	if regime == nil {
		return nil // a base combines what does not go together, as is reported there
	}
	ps = append(ps, l.Unmet(regime)...)
	if len(ps) > 0 || !sound || o.Base == "" || o.NoChange {
		return ps
	}
	base := resolutions[o.Base]
	switch {
	case len(base.problems) > 0:
	case regime.Same(base.regime):
		ps.add(o.Places.Of("changes", o.At), "changes", "", "a change of "+o.Base+", or no_change: true instead of changes",
			"all values are those of the base already")
		return ps
	default:
		return l.redundant(o)
	}
	return nil // what is wrong with the base is reported there
}

// resolution is what resolving a regime gives.
type resolution struct {
	regime   *Regime
	problems Problems
}

// resolveAll resolves every regime of the library, on all cores: of a data set
// of many regimes it is most of what stands between a command and its answer.
func (l *Library) resolveAll() map[string]resolution {
	found := make([]resolution, len(l.Overlays))
	var resolvers sync.WaitGroup
	for i := range found {
		resolvers.Go(func() { found[i].regime, found[i].problems = l.Resolve(l.Overlays[i].Name) })
	}
	resolvers.Wait()
	named := map[string]resolution{}
	for i := range l.Overlays {
		named[l.Overlays[i].Name] = found[i]
	}
	return named
}

// Resolve builds the rules of a regime of the library.
func (l *Library) Resolve(name string) (*Regime, Problems) {
	chain, ps := l.Chain(name)
	if len(ps) > 0 {
		return nil, ps
	}
	for _, o := range chain {
		ps = append(ps, l.conflicts(o)...)
	}
	if len(ps) > 0 {
		return nil, ps
	}
	return Resolve(name, l.Parameters, chain, l.Groups)
}

// ResolveAt builds the rules of a regime of the library at a point of what is
// believed about the parameters. Problems are numbers that cannot be together.
func (l *Library) ResolveAt(name string, marks Marks) (*Regime, Problems) {
	chain, ps := l.Chain(name)
	if len(ps) > 0 {
		return nil, ps
	}
	return ResolveAt(name, l.Parameters, chain, l.Groups, marks)
}
