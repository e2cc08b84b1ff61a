package config

import (
	"encoding/json"
	"reflect"
	"slices"

	"github.com/invopop/jsonschema"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// SchemaKinds lists the kinds of file that have a schema.
var SchemaKinds = []string{ParametersKind, RegimeKind, ExperimentKind, NationalitiesKind, CorrelationsKind}

// Schema returns the JSON Schema (2020-12) of a kind of file, for editors. It
// describes form and knows the names of parameters: Validate also checks what files
// say together.
func Schema(kind string) ([]byte, error) {
	var form any
	switch kind {
	case ParametersKind:
		form = map[string]policy.Parameter{}
	case RegimeKind:
		form = policy.Overlay{}
	case ExperimentKind:
		form = experimentFile{}
	case NationalitiesKind:
		form = []group{}
	case CorrelationsKind:
		form = []policy.Correlation{}
	default:
		return nil, policy.Problems{{Key: "schema", Value: quote(kind), Want: policy.OneOf(SchemaKinds), Hint: policy.DidYouMean(kind, SchemaKinds)}}
	}
	reflector := jsonschema.Reflector{Anonymous: true, Mapper: mapType, DoNotReference: true}
	schema := reflector.Reflect(form)
	schema.Title = "asylumsim " + kind
	refine(schema)
	named, err := namedParameters()
	if err != nil {
		return nil, err
	}
	named.complete(schema, kind)
	data, err := json.MarshalIndent(schema, "", "  ")
	return append(data, '\n'), err
}

// mapType gives types with a form of their own their schema.
func mapType(t reflect.Type) *jsonschema.Schema {
	text := func(pattern string) *jsonschema.Schema {
		return &jsonschema.Schema{Type: "string", Pattern: pattern}
	}
	switch t {
	case reflect.TypeFor[clock.Date]():
		return text(`^\d{4}-\d{2}-\d{2}$`)
	case reflect.TypeFor[unit.Fraction]():
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{text(`^1(/[1-9]\d{0,3})?$`), {Type: "integer", Enum: []any{1}}}}
	case reflect.TypeFor[policy.Published]():
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{text(`^\d{4}(-\d{2}(-\d{2})?)?$`), {Type: "integer"}}}
	case reflect.TypeFor[policy.Amount]():
		number := &jsonschema.Schema{Type: "number"}
		return &jsonschema.Schema{AnyOf: []*jsonschema.Schema{number, {Type: "object", AdditionalProperties: number}}}
	case reflect.TypeFor[Factors]():
		return &jsonschema.Schema{Type: "object", AdditionalProperties: &jsonschema.Schema{Type: "number"}}
	case reflect.TypeFor[Groups]():
		names := &jsonschema.Schema{Type: "array", Items: &jsonschema.Schema{Type: "string"}}
		return &jsonschema.Schema{Type: "object", AdditionalProperties: names}
	case reflect.TypeFor[policy.Unit]():
		return words(policy.Units)
	case reflect.TypeFor[policy.Kind]():
		return words(policy.Kinds)
	case reflect.TypeFor[policy.Quality]():
		return words(policy.Qualities)
	case reflect.TypeFor[policy.Dimension]():
		return words(policy.Dimensions)
	}
	return nil
}

func words(list []string) *jsonschema.Schema {
	s := &jsonschema.Schema{Type: "string"}
	for _, w := range list {
		s.Enum = append(s.Enum, w)
	}
	return s
}

// refine adds what struct tags cannot say: alternatives, and lists of names
// that other packages keep.
func refine(s *jsonschema.Schema) {
	if s == nil {
		return
	}
	if s.Properties != nil {
		if _, ok := s.Properties.Get("assumed"); ok {
			s.OneOf = []*jsonschema.Schema{{Required: []string{"source"}}, {Required: []string{"assumed"}}}
		}
		if f, ok := s.Properties.Get("figures"); ok {
			var names []string
			for o := range measure.NumOutputs {
				names = append(names, o.String())
			}
			f.Items = words(names)
			s.Required = slices.DeleteFunc(s.Required, func(key string) bool { _, ok := defaults[key]; return ok || key == "opening" })
		}
		if f, ok := s.Properties.Get("distribution"); ok {
			*f = *words(policy.Distributions)
		}
		for property := s.Properties.Oldest(); property != nil; property = property.Next() {
			refine(property.Value)
		}
	}
	refine(s.Items)
	refine(s.AdditionalProperties)
}
