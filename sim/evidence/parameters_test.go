package evidence

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"

	"go.yaml.in/yaml/v3"
)

const configs = "../../configs"

// parameterFiles reads the shipped parameters as YAML nodes, so that tests
// can say and mend where a value stands.
type parameterFiles struct {
	t      testing.TB
	stage  map[string]string // parameter to stage, by file name
	node   map[string]*yaml.Node
	groups []policy.Group
}

func readParameters(t testing.TB) *parameterFiles {
	t.Helper()
	p := &parameterFiles{t: t, stage: map[string]string{}, node: map[string]*yaml.Node{}}
	paths, err := filepath.Glob(configs + "/parameters/*.yaml")
	if err != nil || len(paths) == 0 {
		t.Fatalf("no parameter files: %v", err)
	}
	for _, path := range paths {
		root := parse(t, path)
		for i := 0; i < len(root.Content); i += 2 {
			name := root.Content[i].Value
			if p.node[name] != nil {
				t.Errorf("%s: %s is defined twice", path, name)
			}
			p.stage[name] = strings.TrimSuffix(filepath.Base(path), ".yaml")
			p.node[name] = root.Content[i+1]
		}
	}
	for _, n := range parse(t, configs+"/nationalities.yaml").Content {
		p.groups = append(p.groups, policy.Group{ID: at(n, "id").Value, Label: at(n, "label").Value})
	}
	return p
}

func parse(t testing.TB, path string) *yaml.Node {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var document yaml.Node
	if err := yaml.Unmarshal(data, &document); err != nil {
		t.Fatalf("%s: %v", path, err)
	}
	return document.Content[0]
}

// at returns what a mapping has under a key, or nil.
func at(n *yaml.Node, key string) *yaml.Node {
	for i := 0; i+1 < len(n.Content); i += 2 {
		if n.Content[i].Value == key {
			return n.Content[i+1]
		}
	}
	return nil
}

// latest returns the value in force on a date: the last that has begun, or
// the first.
func (p *parameterFiles) latest(name string, date clock.Date) *yaml.Node {
	values := at(p.node[name], "values").Content
	chosen := values[0]
	for _, v := range values[1:] {
		if clock.MustDate(at(v, "from").Value) <= date {
			chosen = v
		}
	}
	return at(chosen, "value")
}

// rules fills the rules in force on a date.
func (p *parameterFiles) rules(date clock.Date) *policy.Rules {
	p.t.Helper()
	var rules policy.Rules
	v := reflect.ValueOf(&rules).Elem()
	for _, f := range policy.Fields() {
		stage, name, _ := strings.Cut(f.Path, ".")
		field := v.FieldByName(stage).FieldByName(name)
		if p.node[f.Parameter] == nil {
			p.t.Errorf("%s: no definition", f.Parameter)
			continue
		}
		value := p.latest(f.Parameter, date)
		if f.By == policy.Scalar {
			p.set(field, value, f.Parameter)
			continue
		}
		keys := f.By.Keys(p.groups)
		if len(value.Content) != 2*len(keys) {
			p.t.Errorf("%s: %d entries: want %d", f.Parameter, len(value.Content)/2, len(keys))
		}
		for i, key := range keys {
			entry := at(value, key)
			if entry == nil {
				p.t.Errorf("%s.%s: missing", f.Parameter, key)
				continue
			}
			p.set(field.Index(i), entry, f.Parameter+"."+key)
		}
	}
	return &rules
}

func (p *parameterFiles) set(field reflect.Value, n *yaml.Node, key string) {
	x, err := strconv.ParseFloat(n.Value, 64)
	if err != nil {
		p.t.Errorf("%s: %q: want a number", key, n.Value)
	}
	if field.CanInt() {
		if x != math.Trunc(x) {
			p.t.Errorf("%s: %v: want a whole number", key, x)
		}
		field.SetInt(int64(x))
		return
	}
	field.SetFloat(x)
}

// TestParametersFitTheRules reads every definition as a person would: each
// rule has one parameter, in the file of its stage, with the rule's unit, a
// sentence, a source or an assumption for every value, and an uncertainty
// that is centred on the value.
func TestParametersFitTheRules(t *testing.T) {
	p := readParameters(t)
	known := map[string]bool{}
	for _, f := range policy.Fields() {
		known[f.Parameter] = true
		n := p.node[f.Parameter]
		if n == nil {
			t.Errorf("%s: no definition", f.Parameter)
			continue
		}
		if want := strings.ToLower(f.Stage()); p.stage[f.Parameter] != want {
			t.Errorf("%s is in %s.yaml: want %s.yaml", f.Parameter, p.stage[f.Parameter], want)
		}
		if unit := at(n, "unit"); unit == nil || unit.Value != string(f.Unit) {
			t.Errorf("%s: unit: want %s", f.Parameter, f.Unit)
		}
		if by := at(n, "by"); by == nil && f.By != policy.Scalar || by != nil && by.Value != string(f.By) {
			t.Errorf("%s: by: want %q", f.Parameter, f.By)
		}
		for _, key := range []string{"describe", "quality_reason"} {
			if text := at(n, key); text == nil || !strings.HasSuffix(text.Value, ".") {
				t.Errorf("%s: %s: want a sentence with a full stop", f.Parameter, key)
			}
		}
		for i, v := range at(n, "values").Content {
			source, assumed := at(v, "source"), at(v, "assumed")
			if (source == nil) == (assumed == nil) {
				t.Errorf("%s: values[%d]: want a source or an assumption", f.Parameter, i)
			}
			if assumed != nil && at(n, "quality").Value == "green" {
				t.Errorf("%s: values[%d]: an assumption is not green", f.Parameter, i)
			}
		}
		u := at(n, "uncertainty")
		if d := at(u, "distribution"); d != nil && d.Value == "scale" {
			if mode := at(u, "mode"); mode == nil || mode.Value != "1" {
				t.Errorf("%s: uncertainty.mode: want 1, the value itself", f.Parameter)
			}
			continue
		}
		for _, key := range []string{"mode", "mean", "median"} {
			if centre := at(u, key); centre != nil && f.By == policy.Scalar {
				if value := p.latest(f.Parameter, clock.MustDate("2025-12-31")); centre.Value != value.Value {
					t.Errorf("%s: uncertainty.%s: %s: want the value, %s", f.Parameter, key, centre.Value, value.Value)
				}
			}
		}
	}
	for name := range p.node {
		if !known[name] {
			t.Errorf("%s: no rule uses it", name)
		}
	}
	p.rules(clock.MustDate("2025-12-31")).Validate(func(key, want string) { t.Errorf("%s: want %s", key, want) })
}

// mend writes a new number where an old one stands, and keeps the rest of the
// file as it is. Nodes of one file must be mended from its end.
type mend struct {
	node *yaml.Node
	text string
}

func applyMends(t *testing.T, path string, mends []mend) {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	lines := strings.Split(string(data), "\n")
	for i := len(mends) - 1; i >= 0; i-- {
		m := mends[i]
		line := lines[m.node.Line-1]
		before, after := line[:m.node.Column-1], line[m.node.Column-1:]
		if !strings.HasPrefix(after, m.node.Value) {
			t.Fatalf("%s:%d: cannot find %s", path, m.node.Line, m.node.Value)
		}
		lines[m.node.Line-1] = before + m.text + after[len(m.node.Value):]
	}
	if err := os.WriteFile(path, []byte(strings.Join(lines, "\n")), 0o644); err != nil {
		t.Fatal(err)
	}
	fmt.Printf("%s: %d numbers written\n", path, len(mends))
}
