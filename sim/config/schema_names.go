package config

import (
	"fmt"
	"strings"

	"github.com/invopop/jsonschema"

	"asylumsim/configs"
	"asylumsim/sim/policy"
)

// parameterNames are the parameters of the shipped data set, for schemas: editors
// complete their names, show what they are, and flag others.
type parameterNames []policy.Parameter

func namedParameters() (parameterNames, error) {
	r, err := read(&Files{embedded: configs.Files})
	if err != nil {
		return nil, err
	}
	return r.library.Parameters, r.problems.Err()
}

// Names of the parts of a schema that several keys share.
const (
	valuesPart    = "values"    // what stands below a parameter
	parameterPart = "parameter" // the name of one
)

func part(name string) string { return "#/$defs/" + name }

// complete puts the names into the schema of a kind of file.
func (names parameterNames) complete(s *jsonschema.Schema, kind string) {
	s.Definitions = jsonschema.Definitions{}
	switch kind {
	case ParametersKind:
		names.keys(s, s)
	case RegimeKind:
		changes, _ := s.Properties.Get("changes")
		names.keys(s, changes)
	case ExperimentKind:
		sweeps, _ := s.Properties.Get("sweeps")
		for _, axes := range []string{"grid", "list"} {
			list, _ := sweeps.Items.Properties.Get(axes)
			names.axis(list.Items)
		}
		s.Definitions[parameterPart] = names.target()
	case CorrelationsKind:
		parameters, _ := s.Items.Properties.Get("parameters")
		parameters.Items = &jsonschema.Schema{AnyOf: names.words()}
	}
}

// keys makes the names the keys of an object of the schema s, all with what the
// object allows.
func (names parameterNames) keys(s, object *jsonschema.Schema) {
	s.Definitions[valuesPart] = object.AdditionalProperties
	object.AdditionalProperties = jsonschema.FalseSchema
	object.Properties = jsonschema.NewProperties()
	for i := range names {
		object.Properties.Set(names[i].Name, &jsonschema.Schema{Ref: part(valuesPart), Description: described(&names[i])})
	}
}

// axis gives an axis of a sweep the names.
func (names parameterNames) axis(axis *jsonschema.Schema) {
	one, _ := axis.Properties.Get("parameter")
	*one = jsonschema.Schema{Ref: part(parameterPart), Description: one.Description}
	several, _ := axis.Properties.Get("parameters")
	several.PropertyNames = &jsonschema.Schema{Ref: part(parameterPart)}
	several.Properties = jsonschema.NewProperties()
	for i := range names {
		several.Properties.Set(names[i].Name, &jsonschema.Schema{Type: "number", Description: described(&names[i])})
	}
}

// words lists the names alone.
func (names parameterNames) words() []*jsonschema.Schema {
	words := make([]*jsonschema.Schema, len(names))
	for i := range names {
		words[i] = &jsonschema.Schema{Const: names[i].Name, Description: described(&names[i])}
	}
	return words
}

// target is a name, or a name with an entry of a table or with a date.
func (names parameterNames) target() *jsonschema.Schema {
	all := make([]string, len(names))
	for i := range names {
		all[i] = names[i].Name
	}
	form := fmt.Sprintf(`^(%s)(\.[a-z0-9_]+)?(@\d{4}-\d{2}-\d{2})?$`, strings.Join(all, "|"))
	return &jsonschema.Schema{AnyOf: append(names.words(), &jsonschema.Schema{Type: "string", Pattern: form})}
}

// described says what a parameter is.
func described(p *policy.Parameter) string { return fmt.Sprintf("%s Unit: %s.", p.Describe, p.Unit) }
