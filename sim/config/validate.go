package config

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/policy"
)

// The kinds of file.
const (
	ParametersKind    = "parameters"
	RegimeKind        = "regime"
	ExperimentKind    = "experiment"
	NationalitiesKind = "nationalities"
	CorrelationsKind  = "correlations"
	ResolvedKind      = "resolved"
	SeriesKind        = "series"
)

// Checked is a file that Validate has read.
type Checked struct {
	File string
	Kind string // one of the kinds of file; empty where it could not be told
	// Warnings tells what of a regime or of an experiment has no effect.
	Warnings []policy.Warning
	// Bundle is an experiment as Load returns it; nil for other kinds.
	Bundle *Bundle
	// Files is the data set with the series that were given.
	Files *Files
}

// Validate checks files as if they were part of the data set, dir over the
// embedded files: together, so that an experiment may name a regime beside
// it. An empty dir means the data set that the files lie in, see Around. It
// tells the kind of a file from its content; of series it looks at the name alone,
// and leaves the content to whoever reads the series of Checked.Files. The error is
// policy.Problems, all of them.
func Validate(dir string, names []string) ([]Checked, error) {
	if dir == "" {
		var dirs []string
		for _, name := range names {
			if around := Around(name); around != "" && !slices.Contains(dirs, around) {
				dirs = append(dirs, around)
			}
		}
		switch len(dirs) {
		case 0:
		case 1:
			dir = dirs[0]
		default:
			return nil, fmt.Errorf("the files lie in several data sets, %s: check each of them alone, or choose one with --configs", policy.OneOf(dirs))
		}
	}
	files, err := OpenFiles(dir)
	if err != nil {
		return nil, err
	}
	return validate(files, names)
}

func validate(files *Files, names []string) ([]Checked, error) {
	r, err := read(files)
	if err != nil {
		return nil, err
	}
	given := make([]givenFile, 0, len(names))
	var problems policy.Problems
	for _, name := range names {
		if strings.EqualFold(filepath.Ext(name), ".csv") {
			given = append(given, givenFile{name: name, kind: SeriesKind})
			problems = append(problems, r.giveSeries(name)...)
			continue
		}
		data, err := readPath(name)
		if err != nil {
			if found := (policy.Problems)(nil); errors.As(err, &found) {
				problems = append(problems, found...)
				continue
			}
			reason := err
			if folder(name) {
				reason = fmt.Errorf("it is a folder: asylumsim --configs %s validate", name)
			} else if inner := (*fs.PathError)(nil); errors.As(err, &inner) {
				reason = inner.Err
			}
			problems = append(problems, policy.Problem{Position: policy.Position{File: name}, Key: "file", Want: "a file that can be read", Hint: reason.Error()})
			continue
		}
		tree, found := parseTree(data, name)
		problems = append(problems, found...)
		given = append(given, givenFile{name, kindOf(tree), data})
	}
	r.replace(given)
	checked := make([]Checked, len(given))
	for i, g := range given {
		checked[i] = Checked{File: g.name, Kind: g.kind}
	}
	problems = append(problems, r.check()...)
	for _, g := range given {
		problems = append(problems, r.checkGiven(g)...)
	}
	if r.unread != nil {
		return nil, r.unread
	}
	if err := problems.Err(); err != nil {
		return nil, err
	}
	for i, g := range given {
		checked[i].Warnings, checked[i].Files = r.warn(g), r.files
		if g.kind == ExperimentKind {
			checked[i].Bundle, _ = r.wholeGiven(g)
		}
	}
	return checked, nil
}

// giveSeries puts a file in the place of the published series of its name.
func (r *reading) giveSeries(file string) policy.Problems {
	name := filepath.Base(file)
	if !slices.Contains(series(), name) {
		return policy.Problems{{Position: policy.Position{File: file}, Key: "file",
			Want: "the name of a published series that the program reads", Hint: policy.DidYouMean(nameIn(observedFolder, name), series())}}
	}
	files := *r.files
	files.given = maps.Clone(files.given)
	if files.given == nil {
		files.given = map[string]string{}
	}
	files.given[path.Join(observedFolder, name)] = file
	r.files = &files
	return nil
}

// warn tells what of a valid regime or experiment has no effect: of an
// experiment during its run, of a regime during the longest run.
func (r *reading) warn(g givenFile) []policy.Warning {
	switch g.kind {
	case RegimeKind:
		found := append(idle(&r.library, r.latest()), misdatedInAll(&r.library, r.drafts(), r.latest())...)
		return slices.DeleteFunc(found, func(w policy.Warning) bool { return w.Position.File != g.name })
	case ExperimentKind:
		b, _ := r.wholeGiven(g)
		return b.Warnings
	}
	return nil
}

// latest is the end of the latest quarter of the series, or the first date on which
// runs can open if they cannot be read.
func (r *reading) latest() clock.Date {
	if series, err := evidence.Load(r.files.Series()); err == nil {
		return series.Latest()
	}
	return evidence.FirstOpening
}

// idle tells what of a library's regimes has no effect even in the longest
// run.
func idle(l *policy.Library, opening clock.Date) []policy.Warning {
	var regimes []*policy.Regime
	for _, name := range l.RegimeNames() {
		if regime, problems := l.Resolve(name); len(problems) == 0 {
			regimes = append(regimes, regime)
		}
	}
	e := Experiment{Opening: opening, Years: maxYears}
	return append(l.Idle(regimes, e.Opening, e.End()), l.Exceeded(regimes, e.Opening, e.End())...)
}

// drafts reads the experiments of the data set, as far as they can be read.
func (r *reading) drafts() []*draft {
	names, _ := r.files.yamlFiles(experimentsFolder)
	var drafts []*draft
	for _, name := range names {
		if data, err := readFile(r.files, name); err == nil {
			if e, _ := r.experiment(data, r.files.Path(name), Options{}); e != nil {
				drafts = append(drafts, e)
			}
		}
	}
	return drafts
}

type givenFile struct {
	name, kind string
	data       []byte
}

// kindOf tells the kind of a file from its top.
func kindOf(tree *yaml.Node) string {
	if tree == nil {
		return ""
	}
	if tree.Kind == yaml.SequenceNode && len(tree.Content) > 0 && hasKey(tree.Content[0], "correlation") {
		return CorrelationsKind
	}
	if tree.Kind == yaml.SequenceNode {
		return NationalitiesKind
	}
	var keys []string
	for i := 0; i+1 < len(tree.Content); i += 2 {
		keys = append(keys, tree.Content[i].Value)
	}
	has := func(any ...string) bool {
		return slices.ContainsFunc(any, func(k string) bool { return slices.Contains(keys, k) })
	}
	switch {
	case has("experiment") && has("parameters"):
		return ResolvedKind
	case has("regimes", "figures", "opening", "replications"):
		return ExperimentKind
	case has("base", "changes", "combines", "no_change", "null", "name", "title"):
		return RegimeKind
	}
	return ParametersKind
}

// replace puts given files in the place of what the data set has under the
// same names.
func (r *reading) replace(given []givenFile) {
	fresh := &reading{files: r.files}
	r.problems = slices.DeleteFunc(r.problems, func(p policy.Problem) bool {
		return slices.ContainsFunc(given, func(g givenFile) bool { return filepath.Clean(g.name) == filepath.Clean(p.Position.File) })
	})
	for _, g := range given {
		d := parse(g.data, g.name)
		switch g.kind {
		case ParametersKind:
			fresh.parameters(d, stem(g.name))
		case RegimeKind:
			fresh.regime(d, stem(g.name))
		case CorrelationsKind:
			fresh.correlations(d, stem(g.name))
			r.library.Correlations = fresh.library.Correlations
		case NationalitiesKind:
			fresh.nationalities(d, stem(g.name))
			r.library.Groups, r.ungrouped = fresh.library.Groups, fresh.ungrouped
		}
	}
	l := &r.library
	l.Parameters = slices.DeleteFunc(l.Parameters, func(p policy.Parameter) bool { return fresh.library.Parameter(p.Name) != nil })
	l.Overlays = slices.DeleteFunc(l.Overlays, func(o policy.Overlay) bool { return fresh.library.Overlay(o.Name) != nil })
	l.Parameters = append(l.Parameters, fresh.library.Parameters...)
	l.Overlays = append(l.Overlays, fresh.library.Overlays...)
	r.problems = append(r.problems, fresh.problems...)
	r.sort()
}

// checkGiven checks a file that stands by itself: an experiment or a resolved
// file.
func (r *reading) checkGiven(g givenFile) policy.Problems {
	switch g.kind {
	case ExperimentKind:
		_, problems := r.wholeGiven(g)
		return problems
	case ResolvedKind:
		_, _, problems := readResolved(g.data, g.name)
		return problems
	}
	return nil
}

// wholeGiven checks an experiment that was given as a file.
func (r *reading) wholeGiven(g givenFile) (*Bundle, policy.Problems) {
	e, problems := r.experiment(g.data, g.name, Options{})
	return r.checkWhole(e, problems, "")
}

// hasKey reports whether a YAML node is a mapping with a key.
func hasKey(node *yaml.Node, key string) bool {
	for i := 0; node.Kind == yaml.MappingNode && i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return true
		}
	}
	return false
}
