package policy

import (
	"fmt"
	"regexp"

	"asylumsim/sim/clock"
)

// Variant says where a generated regime stands: which value it has on one
// axis of a sweep, or whether it is with a group of a decomposition.
type Variant struct {
	Regime string  `json:"regime"` // the generated regime; also the base and the bundle of a decomposition
	Of     string  `json:"of"`     // the regime that is varied or decomposed
	Part   string  `json:"part"`   // of the experiment file: sweeps[0] and so on, or decompose
	Axis   string  `json:"axis"`   // label of the axis, or name of the group
	Value  float64 `json:"value"`  // on the axis; 1 with the group, 0 without
}

// Decomposed is the Part of the variants of a decomposition.
const Decomposed = "decompose"

// Generated reports whether a name is that of a regime that a sweep or a
// decomposition made.
func Generated(name string) bool { return !IsSlug(name) }

// variantName is what names of generated regimes look like: that of a regime or
// of an experiment, and values or groups in brackets.
var variantName = regexp.MustCompile(`^([a-z0-9][a-z0-9-]*)\[[A-Za-z0-9 _.@=,+-]+\]$`)

// IsRegimeName reports whether a name can be that of a regime, written or
// generated.
func IsRegimeName(name string) bool {
	m := variantName.FindStringSubmatch(name)
	return IsSlug(name) || m != nil && IsSlug(m[1])
}

// Point returns a regime that is another one with settings over it. A setting
// without date holds from the first date on which the other regime, or one that
// it combines, says something about the entry; where it says nothing, from the
// date of its first change, and always where it has none or where the parameter
// is read once, on the opening date.
func (l *Library) Point(name, of string, settings []Setting, at Position) (Overlay, Problems) {
	var ps Problems
	o := Overlay{
		Name: name, Title: name, Describe: "A point of a sweep of " + of + ".", Base: of,
		Changes: map[string][]Value{}, Generated: true, At: at,
	}
	for _, s := range settings {
		p := l.Parameter(s.Parameter)
		if p == nil {
			ps.add(s.At(), s.Parameter, "", "the name of a parameter", DidYouMean(s.Parameter, l.ParameterNames()))
			continue
		}
		ps = append(ps, s.apply(&o, p, l.pointStart(of, s), l.Groups)...)
	}
	return o, ps
}

func (l *Library) pointStart(of string, s Setting) clock.Date {
	if s.Dated {
		return s.From
	}
	if from, ok := l.firstSaying(of, s.Parameter, s.Entry); ok {
		return from
	}
	if f := fieldNamed(s.Parameter); f != nil && f.AtStart {
		return Beginning
	}
	return l.PolicyDate(of)
}

// Union returns a regime that combines others over a base.
func Union(name, base string, combines []string, at Position) Overlay {
	return Overlay{
		Name: name, Title: name, Describe: "A part of a decomposition.", Base: base,
		Combines: combines, Generated: true, At: at,
	}
}

// Apart lists the parameters, and entries of tables, in which two regimes
// differ on some date.
func (l *Library) Apart(one, other string) []string {
	a, _ := l.Chain(one)
	b, _ := l.Chain(other)
	var names []string
	for i := range l.Parameters {
		p := &l.Parameters[i]
		for _, entry := range p.By.Keys(l.Groups) {
			if sameNumbers(series(p, a, entry), series(p, b, entry)) {
				continue
			}
			name := p.Name
			if entry != "" {
				name = fmt.Sprintf("%s.%s", p.Name, entry)
			}
			names = append(names, name)
		}
	}
	return names
}

// Levers lists the regimes that a regime consists of beside its base: those
// that it combines, directly or through others, and itself.
func (l *Library) Levers(name string) []string {
	o := l.Overlay(name)
	if o == nil {
		return nil
	}
	var names []string
	for _, part := range l.own(o) {
		names = append(names, part.Name)
	}
	return names
}
