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

// plainValue is a node as editors hand it to a schema: dates are text.
func plainValue(n *yaml.Node) any {
	switch n.Kind {
	case yaml.MappingNode:
		m := map[string]any{}
		for i := 0; i+1 < len(n.Content); i += 2 {
			m[n.Content[i].Value] = plainValue(n.Content[i+1])
		}
		return m
	case yaml.SequenceNode:
		list := []any{}
		for _, item := range n.Content {
			list = append(list, plainValue(item))
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
	return compile(t, kindOf(tree)).Validate(plainValue(tree))
}

// What is shipped, and the fixture of these tests, fits the schemas.
func TestFilesFitTheirSchemas(t *testing.T) {
	n := 0
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
			if err := check(t, data, path); err != nil {
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
