package config

import (
	"errors"
	"io/fs"
	"path"
	"reflect"
	"slices"
	"strings"

	"asylumsim/sim/policy"
)

// reading is the data set being read: what could be decoded and what is
// wrong so far.
type reading struct {
	files     *Files
	library   policy.Library
	problems  policy.Problems // found by decoding
	ungrouped bool            // the nationality groups are wrong
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

func (r *reading) folder(folder string, take func(data []byte, file, stem string)) error {
	names, err := r.files.yamlFiles(folder)
	if err != nil {
		return err
	}
	return r.each(names, take)
}

func (r *reading) each(names []string, take func(data []byte, file, stem string)) error {
	for _, name := range names {
		data, err := fs.ReadFile(r.files, name)
		if err != nil {
			return err
		}
		take(data, r.files.Path(name), stem(name))
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

// decodeFile decodes one file into the value that target points at.
func (r *reading) decodeFile(data []byte, file string, target any) bool {
	problems := decodeInto(data, file, target)
	r.problems = append(r.problems, problems...)
	return len(problems) == 0
}

// decodeInto parses and decodes a file.
func decodeInto(data []byte, file string, target any) policy.Problems {
	tree, problems := parseTree(data, file)
	if tree == nil {
		return problems
	}
	d := decoder{file: file}
	d.decode(tree, tree, "", reflect.ValueOf(target).Elem())
	return d.problems
}

func (r *reading) nationalities(data []byte, file, _ string) {
	var groups []group
	r.decodeFile(data, file, &groups)
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

func (r *reading) correlations(data []byte, file, _ string) {
	r.library.Correlations = nil
	r.decodeFile(data, file, &r.library.Correlations)
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

func (r *reading) parameters(data []byte, file, _ string) {
	definitions := map[string]policy.Parameter{}
	r.decodeFile(data, file, &definitions)
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

func (r *reading) regime(data []byte, file, stem string) {
	var o policy.Overlay
	if r.decodeFile(data, file, &o) && o.Name != stem {
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
