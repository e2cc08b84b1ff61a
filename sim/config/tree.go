package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"

	"asylumsim/sim/policy"
)

// yamlLine finds the line in a message of the YAML library.
var yamlLine = regexp.MustCompile(`^yaml: (?:unmarshal errors:\s*)?line (\d+): (?s:(.*))$`)

// Keys of problems with a file as a whole.
const (
	malformed = "malformed YAML"
	empty     = "empty file"
)

// parseTree reads one YAML document to nodes, which know their lines.
func parseTree(data []byte, file string) (*yaml.Node, policy.Problems) {
	unreadable := func(err error) (*yaml.Node, policy.Problems) {
		at, message := policy.Position{File: file}, err.Error()
		if m := yamlLine.FindStringSubmatch(message); m != nil {
			at.Line, _ = strconv.Atoi(m[1])
			message = m[2]
		}
		return nil, policy.Problems{{Position: at, Key: malformed, Want: "a readable file", Hint: message}}
	}
	reader := yaml.NewDecoder(bytes.NewReader(data))
	var document yaml.Node
	switch err := reader.Decode(&document); {
	case errors.Is(err, io.EOF):
		return nil, policy.Problems{{Position: policy.Position{File: file}, Key: empty, Want: "YAML"}}
	case err != nil:
		return unreadable(err)
	}
	var second yaml.Node
	switch err := reader.Decode(&second); {
	case errors.Is(err, io.EOF):
	case err != nil:
		return unreadable(err)
	default:
		return nil, policy.Problems{{Position: policy.Position{File: file, Line: second.Line}, Key: "---", Want: "one YAML document in a file"}}
	}
	if n, r := unprintable(&document); n != nil {
		return nil, policy.Problems{{Position: policy.Position{File: file, Line: n.Line}, Key: malformed, Value: fmt.Sprintf("%.100q", n.Value),
			Want: fmt.Sprintf("text that can be printed, without the character %U", r)}}
	}
	if key, n := tooLong(document.Content[0]); n != nil {
		return nil, policy.Problems{{Position: policy.Position{File: file, Line: n.Line}, Key: strings.TrimPrefix(key, "."), Value: fmt.Sprintf("%.60q", n.Value),
			Want: fmt.Sprintf("a text of up to %d characters, not %d", mostText, utf8.RuneCountInString(n.Value))}}
	}
	return document.Content[0], nil
}

// tooLong finds the first text that is longer than a person would write, with its
// key; nil if there is none.
func tooLong(n *yaml.Node) (key string, text *yaml.Node) {
	if utf8.RuneCountInString(n.Value) > mostText {
		return "", n
	}
	for i, c := range n.Content {
		below, found := tooLong(c)
		switch {
		case found == nil:
			continue
		case n.Kind == yaml.SequenceNode:
			return fmt.Sprintf("[%d]", i) + below, found
		case i%2 == 1:
			return "." + n.Content[i-1].Value + below, found
		}
		return below, found
	}
	return "", nil
}

// unprintable finds the first node with text that is not to be shown, such as
// the commands of a terminal; nil where there is none.
func unprintable(n *yaml.Node) (*yaml.Node, rune) {
	for _, text := range []string{n.Value, n.Tag, n.Anchor} {
		if r, found := policy.Unprintable(text); found {
			return n, r
		}
	}
	for _, c := range n.Content {
		if found, r := unprintable(c); found != nil {
			return found, r
		}
	}
	return nil, 0
}

// describeNode writes what stands at a node, for problems.
func describeNode(n *yaml.Node) string {
	switch n.Kind {
	case yaml.MappingNode:
		return "a map"
	case yaml.SequenceNode:
		return "a list"
	case yaml.AliasNode:
		return "*" + n.Value
	}
	switch n.ShortTag() {
	case "!!null":
		return "null"
	case "!!str":
		return fmt.Sprintf("%q", n.Value)
	}
	return n.Value
}

// encodeTree writes a value in the form that decode reads, by way of JSON.
func encodeTree(v any) ([]byte, error) {
	data, err := json.Marshal(v)
	if err != nil {
		return nil, err
	}
	reader := json.NewDecoder(bytes.NewReader(data))
	reader.UseNumber()
	tree, err := readJSON(reader)
	if err != nil {
		return nil, err
	}
	return yaml.Marshal(tree)
}

// readJSON reads one JSON value to nodes, maps in the order in which they stand.
func readJSON(reader *json.Decoder) (*yaml.Node, error) {
	token, err := reader.Token()
	if err != nil {
		return nil, err
	}
	scalar := func(tag, value string) (*yaml.Node, error) {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: tag, Value: value}, nil
	}
	switch t := token.(type) {
	case json.Delim:
		n := &yaml.Node{Kind: yaml.MappingNode, Tag: "!!map"}
		if t == '[' {
			n.Kind, n.Tag = yaml.SequenceNode, "!!seq"
		}
		for reader.More() {
			c, err := readJSON(reader) // keys and values of a map take turns
			if err != nil {
				return nil, err
			}
			n.Content = append(n.Content, c)
		}
		_, err := reader.Token()
		return n, err
	case json.Number:
		return scalar("", t.String()) // YAML tells whole ones and others apart
	case string:
		return scalar("!!str", t)
	case bool:
		return scalar("!!bool", strconv.FormatBool(t))
	}
	return scalar("!!null", "null")
}
