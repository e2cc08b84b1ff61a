package config

import (
	"errors"
	"fmt"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"asylumsim/sim/policy"
)

// reading is the data set being read: what could be decoded and what is
// wrong so far.
type reading struct {
	files     *Files
	library   policy.Library
	problems  policy.Problems // found by decoding
	ungrouped bool            // the nationality groups are wrong
	unread    error           // the published series that an experiment needs for its date
}

// read decodes nationalities, correlations, parameters and regimes. An error is a file that
// cannot be read at all.
func read(files *Files) (*reading, error) {
	r := &reading{files: files, problems: files.strays()}
	if err := r.each([]string{nationalitiesFile}, r.nationalities); err != nil {
		return nil, err
	}
	// A data set without correlations draws all parameters independently.
	if err := r.each([]string{correlationsFile}, r.correlations); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	if err := r.folder(parametersFolder, r.parameters); err != nil {
		return nil, err
	}
	if err := r.folder(regimesFolder, r.regime); err != nil {
		return nil, err
	}
	r.sort()
	return r, nil
}

func (r *reading) folder(folder string, take func(d *document, stem string)) error {
	names, err := r.files.yamlFiles(folder)
	if err != nil {
		return err
	}
	return r.each(names, take)
}

// each reads files, parses them on all cores, and takes them in order.
func (r *reading) each(names []string, take func(d *document, stem string)) error {
	documents := make([]*document, len(names))
	var parsers sync.WaitGroup
	defer parsers.Wait()
	for i, name := range names {
		data, err := readFile(r.files, name)
		if err != nil {
			return err
		}
		parsers.Go(func() { documents[i] = parse(data, r.files.Path(name)) })
	}
	parsers.Wait()
	for i, name := range names {
		take(documents[i], stem(name))
	}
	return nil
}

// sort puts parameters and regimes in order of name. Of two with the same
// name the first read comes first.
func (r *reading) sort() {
	slices.SortStableFunc(r.library.Parameters, func(a, b policy.Parameter) int { return strings.Compare(a.Name, b.Name) })
	slices.SortStableFunc(r.library.Overlays, func(a, b policy.Overlay) int { return strings.Compare(a.Name, b.Name) })
}

// stem is a file's name without folder and extension.
func stem(name string) string { return strings.TrimSuffix(path.Base(name), path.Ext(name)) }

// decode decodes one file into the value that target points at.
func (r *reading) decode(d *document, target any) bool {
	problems := d.decode(target)
	r.problems = append(r.problems, problems...)
	return len(problems) == 0
}

// document is a file that has been parsed, or what is wrong with it.
type document struct {
	file     string
	tree     *yaml.Node
	problems policy.Problems
}

func parse(data []byte, file string) *document {
	tree, problems := parseTree(data, file)
	return &document{file, tree, problems}
}

// decode decodes a document into the value that target points at.
func (d *document) decode(target any) policy.Problems {
	if d.tree == nil {
		return d.problems
	}
	decoder := decoder{file: d.file}
	decoder.decode(d.tree, d.tree, "", reflect.ValueOf(target).Elem())
	if decoder.full() {
		decoder.fault(d.tree, "file", fmt.Sprintf("fewer than %d faults", mostProblems), "the rest of it was not looked at")
	}
	return decoder.problems
}

// decodeInto parses and decodes a file.
func decodeInto(data []byte, file string, target any) policy.Problems {
	return parse(data, file).decode(target)
}

func (r *reading) nationalities(d *document, _ string) {
	var groups []group
	r.decode(d, &groups)
	at := make([]policy.Position, len(groups))
	r.library.Groups = nil
	for i, g := range groups {
		r.library.Groups = append(r.library.Groups, g.Group())
		at[i] = g.At
	}
	found := policy.ValidateGroups(r.library.Groups, at)
	r.problems = merge(r.problems, found)
	r.ungrouped = len(groups) == 0 || len(found) > 0
}

func (r *reading) correlations(d *document, _ string) {
	r.library.Correlations = nil
	r.decode(d, &r.library.Correlations)
}

// group is a nationality group as it is written.
type group struct {
	ID    string `json:"id" jsonschema:"pattern=^[a-z][a-z0-9_]*$"`
	Label string `json:"label" jsonschema_description:"The group's name as published."`
	Note  string `json:"note,omitempty"`

	At policy.Position `json:"-"`
}

// Group drops the position.
func (g group) Group() policy.Group { return policy.Group{ID: g.ID, Label: g.Label, Note: g.Note} }

func (r *reading) parameters(d *document, _ string) {
	definitions := map[string]policy.Parameter{}
	r.decode(d, &definitions)
	r.library.Parameters = append(r.library.Parameters, named(definitions)...)
}

// named lists parameters of a file in order of name.
func named(definitions map[string]policy.Parameter) []policy.Parameter {
	var parameters []policy.Parameter
	for name, p := range definitions {
		p.Name = name
		parameters = append(parameters, p)
	}
	slices.SortFunc(parameters, func(a, b policy.Parameter) int { return strings.Compare(a.Name, b.Name) })
	return parameters
}

func (r *reading) regime(d *document, stem string) {
	var o policy.Overlay
	if r.decode(d, &o) && o.Name != stem {
		r.problems = append(r.problems, policy.Problem{Position: o.Places.Of("name", o.At), Key: "name", Value: quote(o.Name),
			Want: stem + ", the name of the file"})
	}
	if o.Name == "" {
		o.Name = stem // so that it can be spoken of; the problem is reported
	}
	r.library.Overlays = append(r.library.Overlays, o)
}

// incomplete reports whether a whole file is missing from what was decoded,
// or the groups that tables go by: most other problems would only follow from
// that.
func (r *reading) incomplete() bool {
	return r.ungrouped || slices.ContainsFunc(r.problems, func(p policy.Problem) bool { return p.Key == malformed || p.Key == empty })
}

// check validates what was decoded and returns all problems.
func (r *reading) check() policy.Problems {
	if r.incomplete() {
		return r.problems
	}
	return merge(r.problems, r.library.Validate(r.files.Path(parametersFolder)))
}
