package config

import (
	"bytes"
	"encoding/json"
	"io/fs"
	"os"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"asylumsim/configs"
)

func compile(t *testing.T, kind string) *jsonschema.Schema {
	t.Helper()
	data, err := Schema(kind)
	if err != nil {
		t.Fatal(err)
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource(kind+".json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile(kind + ".json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

// plainValue is a node as editors, which read YAML 1.2, hand it to a schema: dates
// are text, and a key that is no text has no place in an object of JSON.
func plainValue(t *testing.T, n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			if tag := n.Content[i].ShortTag(); tag != "!!str" {
				t.Errorf("line %d: the key %q is of type %s", n.Content[i].Line, n.Content[i].Value, tag)
			}
			m[n.Content[i].Value] = plainValue(t, n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, plainValue(t, item))
		}
		return list
	}
	switch n.ShortTag() {
	case "!!int", "!!float":
		return json.Number(n.Value)
	case "!!bool":
		return n.Value == "true"
	case "!!null":
		return nil
	}
	return n.Value
}

func check(t *testing.T, data []byte, file string) error {
	t.Helper()
	tree, problems := parseTree(data, file)
	if tree == nil {
		return problems
	}
	return compile(t, kindOf(tree)).Validate(plainValue(t, tree))
}

// What is shipped, and the fixture of these tests, fits the schemas.
func TestFilesFitTheirSchemas(t *testing.T) {
	n := 0
	schemas := map[string]*jsonschema.Schema{}
	for _, kind := range SchemaKinds {
		schemas[kind] = compile(t, kind)
	}
	for name, files := range map[string]fs.FS{"shipped": configs.Files, "fixture": fixture().embedded} {
		err := fs.WalkDir(files, ".", func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".yaml") {
				return err
			}
			data, err := fs.ReadFile(files, path)
			if err != nil {
				return err
			}
			n++
			tree, _ := parseTree(data, path)
			if err := schemas[kindOf(tree)].Validate(plainValue(t, tree)); err != nil {
				t.Errorf("%s %s: %v", name, path, err)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	if n < 8 {
		t.Errorf("only %d files were checked", n)
	}
}

// The schemas find what an editor should underline.
func TestSchemasFindFaultsOfForm(t *testing.T) {
	for _, name := range []string{
		"unknown-key", "unknown-unit", "unknown-kind", "missing-source", "missing-keys", "truth-for-number", "list-for-number", "no-values",
		"source-and-assumed", "source-incomplete", "unknown-quality", "unknown-distribution", "regime-unknown-key", "regime-missing-source",
		"experiment-unknown-output", "experiment-unknown-key", "experiment-wrong-types", "experiment-out-of-range", "experiment-bad-name",
		"nationality-not-snake-case", "experiment-sweep-wrong-types", "experiment-not-a-fraction", "regime-combines-a-number",
		"regime-unknown-parameter", "unknown-parameter", "experiment-sweep-unknown-names",
	} {
		data, err := os.ReadFile("testdata/bad/" + name + ".yaml")
		if err != nil {
			t.Fatal(err)
		}
		if check(t, data, name) == nil {
			t.Errorf("%s fits its schema", name)
		}
	}
}

// An editor shows what a parameter is, and its unit, wherever its name can stand.
func TestSchemasDescribeParameters(t *testing.T) {
	for _, kind := range []string{ParametersKind, RegimeKind, ExperimentKind, CorrelationsKind} {
		data, err := Schema(kind)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(string(data), "Contract price of a hotel place") {
			t.Errorf("the schema of %s says nothing about hotel_price", kind)
		}
		if !strings.Contains(string(data), "Unit: GBP/person/night.") {
			t.Errorf("the schema of %s has no unit of hotel_price", kind)
		}
	}
	for text, fits := range map[string]bool{
		"parameter: hotel_price":                            true,
		"parameter: grant_probability.albania@2027-01-01":   true,
		"parameters: {hotel_price: 1, permit_length: 2}":    true,
		"parameters: {grant_probability.albania: 1}":        true,
		"parameter: hotel_prise":                            false,
		"parameter: hotel_price@soon":                       false,
		"parameters: {hotel_price: 1, permit_lenght: 2}":    false,
		"parameter: grant_probability.albania.x@2027-01-01": false,
	} {
		data := fixtureExperiment + "sweeps: [{regime: uk-2025, grid: [{" + text + ", values: [1]}]}]\n"
		if err := check(t, []byte(data), text); (err == nil) != fits {
			t.Errorf("%s: %v", text, err)
		}
	}
}
