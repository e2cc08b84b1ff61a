package config

import (
	"fmt"
	"reflect"
	"strings"

	"go.yaml.in/yaml/v3"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// decoder turns YAML nodes into the structs of package policy, strictly:
// every key is known and given once, nothing is null, and every value has the
// type of its field. It reports all that is wrong, with lines, and stores the
// lines in fields named At and Places.
type decoder struct {
	file     string
	problems policy.Problems
}

// full reports that so much is wrong that the rest is not looked at.
func (d *decoder) full() bool { return len(d.problems) >= mostProblems }

func (d *decoder) at(n *yaml.Node) policy.Position {
	return policy.Position{File: d.file, Line: n.Line}
}

func (d *decoder) fault(n *yaml.Node, key, want, hint string) {
	d.problems = append(d.problems, policy.Problem{Position: d.at(n), Key: key, Value: describeNode(n), Want: want, Hint: hint})
}

// join appends a key to a dotted path.
func join(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// decode stores a node in a settable value; path is the node's key and name
// the node that says it, or the node itself.
func (d *decoder) decode(n, name *yaml.Node, path string, v reflect.Value) {
	if at := member(v, "At"); at.IsValid() {
		at.Set(reflect.ValueOf(d.at(name)))
	}
	switch {
	case d.full():
		d.blank(v)
		return
	case n.Kind == yaml.AliasNode || n.Anchor != "":
		d.fault(n, path, "the value itself: anchors and aliases are not supported", "")
		d.blank(v)
		return
	case n.Kind == yaml.ScalarNode && n.ShortTag() == "!!null":
		d.fault(n, path, "a value, or no key at all", "")
		d.blank(v)
		return
	}
	switch target := v.Addr().Interface().(type) {
	case *clock.Date:
		d.date(n, path, target)
		return
	case *policy.Amount:
		d.amount(n, path, target)
		return
	case *unit.Fraction:
		d.fraction(n, path, target)
		return
	case *Factors:
		d.factors(n, path, target)
		return
	case *Groups:
		d.groups(n, path, target)
		return
	case *policy.Published:
		if d.scalar(n, path, "a date of publication: YYYY, YYYY-MM or YYYY-MM-DD", "!!str", "!!int", "!!timestamp") {
			*target = policy.Published(n.Value)
		}
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		d.structure(n, name, path, v)
	case reflect.Map:
		d.mapping(n, path, v)
	case reflect.Slice:
		d.list(n, path, v)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		d.decode(n, name, path, v.Elem())
	case reflect.String:
		if d.scalar(n, path, "text", "!!str") {
			v.SetString(strings.TrimSpace(n.Value))
		}
	case reflect.Bool:
		if d.scalar(n, path, "true or false", "!!bool") {
			v.SetBool(strings.EqualFold(n.Value, "true"))
		}
	case reflect.Float64:
		v.SetFloat(d.number(n, path))
	case reflect.Int, reflect.Uint64:
		d.integer(n, path, v)
	default:
		panic("config: cannot decode into " + v.Type().String())
	}
}

// member returns a field of a struct; the zero Value where there is none.
func member(v reflect.Value, name string) reflect.Value {
	if v.Kind() != reflect.Struct {
		return reflect.Value{}
	}
	return v.FieldByName(name)
}

type pair struct {
	key         string
	name, value *yaml.Node
}

// pairs lists the keys of a map, each once.
func (d *decoder) pairs(n *yaml.Node, path string) []pair {
	if n.Kind != yaml.MappingNode {
		d.fault(n, path, "a map of keys and values", "")
		return nil
	}
	if len(n.Content) > 2*mostEntries {
		d.fault(n, path, fmt.Sprintf("no more than %d keys", mostEntries), "")
		return nil
	}
	var pairs []pair
	lines := map[string]int{}
	for i := 0; i+1 < len(n.Content); i += 2 {
		name := n.Content[i]
		if name.Kind == yaml.ScalarNode && name.Value == "null" {
			d.problems = append(d.problems, policy.Problem{Position: d.at(name), Key: join(path, "null"),
				Want: "no_change: true for a regime that changes nothing", Hint: "YAML takes null for no key"})
			continue
		}
		if name.Kind != yaml.ScalarNode || name.ShortTag() != "!!str" {
			d.fault(name, join(path, "key"), "text for a key", "")
			continue
		}
		if line, again := lines[name.Value]; again {
			d.problems = append(d.problems, policy.Problem{Position: d.at(name), Key: join(path, name.Value),
				Want: "each key once", Hint: fmt.Sprintf("first in line %d", line)})
			continue
		}
		lines[name.Value] = name.Line
		pairs = append(pairs, pair{name.Value, name, n.Content[i+1]})
	}
	return pairs
}

// field is a key of a struct.
type field struct {
	key      string
	index    int
	required bool
}

// fieldsOf lists the keys of a struct, from its json tags. Keys without
// omitempty are required, unless they are tagged as optional.
func fieldsOf(t reflect.Type) []field {
	var fields []field
	for i := range t.NumField() {
		key, options, _ := strings.Cut(t.Field(i).Tag.Get("json"), ",")
		if key != "" && key != "-" {
			required := !strings.Contains(options, "omitempty") && t.Field(i).Tag.Get("optional") == ""
			fields = append(fields, field{key, i, required})
		}
	}
	return fields
}

func (d *decoder) structure(n, name *yaml.Node, path string, v reflect.Value) {
	fields := fieldsOf(v.Type())
	known := make([]string, len(fields))
	for i, f := range fields {
		known[i] = f.key
	}
	places := policy.Places{}
	given := d.pairs(n, path)
	mapped := n.Kind == yaml.MappingNode
	for _, p := range given {
		if d.full() {
			break
		}
		i := 0
		for i < len(fields) && fields[i].key != p.key {
			i++
		}
		if i == len(fields) {
			d.problems = append(d.problems, policy.Problem{Position: d.at(p.name), Key: join(path, p.key),
				Want: "a known key: " + policy.OneOf(known), Hint: policy.DidYouMean(p.key, known)})
			continue
		}
		d.locate(places, p)
		d.decode(p.value, p.name, join(path, p.key), v.Field(fields[i].index))
	}
	for _, f := range fields {
		if _, ok := places[f.key]; f.required && !ok && mapped {
			d.problems = append(d.problems, policy.Problem{Position: d.at(name), Key: join(path, f.key), Value: policy.Missing,
				Want: requirement(v.Type().Field(f.index).Type, f.key)})
		}
	}
	if p := member(v, "Places"); p.IsValid() {
		p.Set(reflect.ValueOf(places))
	}
}

// locate records the lines of a key, of its list items and of its own keys.
func (d *decoder) locate(places policy.Places, p pair) {
	places[p.key] = d.at(p.name)
	switch p.value.Kind {
	case yaml.SequenceNode:
		for i, item := range p.value.Content {
			places[fmt.Sprintf("%s[%d]", p.key, i)] = d.at(item)
		}
	case yaml.MappingNode:
		for i := 0; i+1 < len(p.value.Content); i += 2 {
			places[p.key+"."+p.value.Content[i].Value] = d.at(p.value.Content[i])
		}
	}
}

func (d *decoder) mapping(n *yaml.Node, path string, v reflect.Value) {
	v.Set(reflect.MakeMap(v.Type()))
	for _, p := range d.pairs(n, path) {
		value := reflect.New(v.Type().Elem()).Elem()
		d.decode(p.value, p.name, join(path, p.key), value)
		v.SetMapIndex(reflect.ValueOf(p.key), value)
	}
}

func (d *decoder) list(n *yaml.Node, path string, v reflect.Value) {
	if n.Kind != yaml.SequenceNode {
		d.fault(n, path, "a list", "")
		return
	}
	if len(n.Content) > mostEntries {
		d.fault(n, path, fmt.Sprintf("no more than %d entries", mostEntries), "")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), len(n.Content), len(n.Content)))
	for i, item := range n.Content {
		d.decode(item, item, fmt.Sprintf("%s[%d]", path, i), v.Index(i))
	}
}
