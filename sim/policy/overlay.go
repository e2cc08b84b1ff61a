package policy

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
)

// Overlay is a regime as it is written: what it changes against another one,
// its base. A regime without base is a root: the parameters as they are. A
// regime may combine others of the same base: their changes apply in the order
// listed, then its own.
type Overlay struct {
	Name     string             `json:"name" jsonschema:"pattern=^[a-z0-9][a-z0-9-]*$,maxLength=100"`
	Title    string             `json:"title"`
	Describe string             `json:"describe"`
	Base     string             `json:"base,omitempty" jsonschema_description:"The regime that this one changes; left out for a root."`
	Combines []string           `json:"combines,omitempty" jsonschema:"minItems=1" jsonschema_description:"Regimes of the same base whose changes this one takes over, in order, before its own."`
	NoChange bool               `json:"no_change,omitempty" jsonschema_description:"True for a regime that changes nothing on purpose."`
	Changes  map[string][]Value `json:"changes,omitempty" jsonschema_description:"New values by parameter: each entry's replace those of the base from its first date on."`

	// Generated marks a regime that a sweep or a decomposition makes. Files do
	// not hold it: it is made again from the experiment.
	Generated bool `json:"-"`

	At     Position `json:"-"`
	Places Places   `json:"-"`
}

// SlugPattern is what names of regimes and experiments look like. They become
// folder names.
const SlugPattern = `^[a-z0-9][a-z0-9-]*$`

var slug = regexp.MustCompile(SlugPattern)

// MostSlug is how long a name may be: file systems take no names of more than
// 255 bytes, and some that are made from it are longer than it is.
const MostSlug = 100

// IsSlug reports whether a name can be that of a regime or an experiment.
func IsSlug(name string) bool { return len(name) <= MostSlug && slug.MatchString(name) }

// SlugHint explains what is wrong with a name that is only too long.
func SlugHint(name string) string {
	if len(name) <= MostSlug || !slug.MatchString(name) {
		return ""
	}
	return fmt.Sprintf("it has %d characters: %d at most", len(name), MostSlug)
}

// Changed lists the parameters that the overlay changes, in order of name.
func (o *Overlay) Changed() []string { return slices.Sorted(maps.Keys(o.Changes)) }

// Validate checks the overlay by itself and against the parameters that it
// changes.
func (o *Overlay) Validate(parameters []Parameter, groups []Group) Problems {
	var ps Problems
	fault := func(key, value, want, hint string) {
		ps.add(o.Places.Of(key, o.At), key, value, want, hint)
	}
	switch {
	case o.Name == "":
		fault("name", Missing, "the name of the regime", "")
	case !IsSlug(o.Name):
		fault("name", fmt.Sprintf("%q", o.Name), "lower-case letters, digits and hyphens, such as my-regime-2", SlugHint(o.Name))
	}
	if want, hint := TitleFault(o.Title); want != "" {
		fault("title", titled(o.Title), want, hint)
	}
	if o.Describe == "" {
		fault("describe", Missing, "a description of what the regime is", "")
	}
	switch {
	case o.NoChange && len(o.Changes) > 0:
		fault("no_change", "true", "it left out for a regime that has changes", "")
	case o.NoChange && len(o.Combines) > 0:
		fault("no_change", "true", "it left out for a regime that combines others", "")
	case !o.NoChange && len(o.Changes) == 0 && len(o.Combines) == 0 && o.Base != "":
		fault("changes", Missing, "at least one change of the base, or no_change: true", "")
	}
	if len(o.Combines) > 0 && o.Base == "" {
		fault("base", Missing, "the regime that the combined ones are based on", "")
	}
	for i, name := range o.Combines {
		if slices.Index(o.Combines, name) < i {
			fault(fmt.Sprintf("combines[%d]", i), fmt.Sprintf("%q", name), "each regime once", "")
		}
	}
	for _, name := range o.Changed() {
		ps = append(ps, o.validateChange(name, parameters, groups)...)
	}
	return ps
}

func (o *Overlay) validateChange(name string, parameters []Parameter, groups []Group) Problems {
	var ps Problems
	key := "changes." + name
	at := o.Places.Of(key, o.At)
	i := slices.IndexFunc(parameters, func(p Parameter) bool { return p.Name == name })
	if i < 0 {
		known := make([]string, len(parameters))
		for i := range parameters {
			known[i] = parameters[i].Name
		}
		ps.add(at, key, "", "the name of a parameter", DidYouMean(name, known))
		return ps
	}
	p, values := &parameters[i], o.Changes[name]
	if len(values) == 0 {
		ps.add(at, key, Missing, "at least one dated value", "")
	}
	for i := range values {
		v, key := &values[i], fmt.Sprintf("%s[%d]", key, i)
		ps = append(ps, p.validateValue(v, key, groups, false)...)
		if v.Amount.Table != nil && len(v.Amount.Table) == 0 {
			ps.add(v.Places.Of("value", v.At), key+".value", "{}", "at least one entry", "")
		}
		if f := fieldNamed(name); f != nil && f.Whole {
			ps = append(ps, f.whole(v, key+".value")...)
		}
	}
	return append(ps, ascending(values, key)...)
}
