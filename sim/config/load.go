package config

import (
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// Options say what to load.
type Options struct {
	// Dir is a folder whose files override or add to the embedded ones by the
	// same relative path. Where it is empty, an experiment given by a path
	// brings the folder of the data set that it lies in, see Around.
	Dir string
	// Experiment is the name of an experiment of the data set or the path of a
	// YAML file.
	Experiment string
	// Set lists settings, REGIME.parameter=value; see policy.Setting.
	Set []string
	// Replications, Seed, Years and others come from the command line and win over
	// the experiment file; nil where they were not given.
	Replications *int
	Seed         *uint64
	Years        *int
	Fraction     *unit.Fraction
	Opening      *clock.Date
	Draws        *string
	Inner        *int
}

// Bundle is everything that a run needs to know. It is immutable once loaded.
type Bundle struct {
	Experiment Experiment
	// Library holds all parameters, and of the regimes those of the
	// experiment with their bases, settings included.
	policy.Library
	// Regimes are the experiment's regimes resolved, in its order: the base
	// first, those of its sweeps and its decomposition last.
	Regimes []*policy.Regime
	// Warnings tells what of the regimes has no effect in the run.
	Warnings []policy.Warning
	// Variants says where the regimes of sweeps and decomposition stand.
	Variants []policy.Variant
	// Set lists the settings as they were given.
	Set []string
	// Files is the data set it was loaded from; nil for one that was loaded
	// from a resolved file.
	Files *Files
}

// Load reads the data set and an experiment, applies the settings and
// resolves the regimes. The error is policy.Problems, all of them, where the
// fault is in what the user wrote.
func Load(o Options) (*Bundle, error) {
	files, err := OpenFiles(o.Dir)
	if err != nil {
		return nil, err
	}
	return load(files.around(o), o)
}

func load(files *Files, o Options) (*Bundle, error) {
	r, err := read(files)
	if err != nil {
		return nil, err
	}
	data, file, shipped, err := r.files.findExperiment(o.Experiment)
	if err != nil {
		return nil, err
	}
	problems := r.check()
	e, found := r.experiment(data, file, o)
	if r.unread != nil {
		return nil, r.unread
	}
	found = r.checkExperiment(e, found, shipped)
	settings, bad := parseSettings(o.Set)
	problems = slices.Concat(problems, found, bad)
	if e == nil || r.incomplete() || !r.library.Complete() {
		if len(r.problems) == 0 { // names in settings can still be looked up in what was read
			_, unknown := r.library.Apply(settings)
			problems = append(problems, unknown...)
		}
		return nil, problems.Err()
	}
	if len(found) > 0 {
		e.Sweeps, e.Decompose = nil, nil // what they make would only repeat what is wrong
	}
	b, more := assemble(r, e, settings, o.Set, len(found) == 0)
	if err := append(problems, more...).Err(); err != nil {
		return nil, err
	}
	return b, nil
}

// around adds the folder that an experiment given by its path brings, unless
// another one was chosen.
func (f *Files) around(o Options) *Files {
	if o.Dir != "" || f.hasExperiment(o.Experiment) {
		return f
	}
	return &Files{embedded: f.embedded, dir: Around(o.Experiment)}
}

// hasExperiment reports whether a name is that of an experiment of the data
// set, which has precedence over a file.
func (f *Files) hasExperiment(name string) bool {
	if !policy.IsSlug(name) {
		return false
	}
	_, err := fs.Stat(f, experimentsFolder+"/"+name+".yaml")
	return err == nil
}

// assemble makes a bundle: the library with the settings, and the regimes
// resolved. It finds what is wrong with them together, also where some of the
// parts are wrong by themselves; dated says that the dates of the experiment
// are right.
func assemble(r *reading, e *draft, settings []policy.Setting, set []string, dated bool) (*Bundle, policy.Problems) {
	used := only(&r.library, e.named())
	problems := outside(settings, &r.library, &used)
	applied, found := used.Apply(slices.DeleteFunc(slices.Clone(settings), func(s policy.Setting) bool {
		return used.Overlay(s.Regime) == nil
	}))
	b := &Bundle{Library: applied, Set: set, Files: r.files}
	problems = slices.Concat(problems, found, b.resolve(e, dated))
	if len(problems) == 0 && dated {
		b.Warnings = append(b.Warnings, b.unchangedBy(&used, settings)...)
	}
	return b, problems
}

// resolve fills in experiment, regimes and warnings of a bundle whose library
// is complete.
func (b *Bundle) resolve(e *draft, dated bool) policy.Problems {
	b.Experiment = e.Experiment
	x, problems := e.expand(b.Library)
	b.Library, b.Variants = x.library, x.variants
	if dated {
		problems = append(problems, e.checkCommencement(&b.Library, x.regimes)...)
		problems = append(problems, e.checkStart(&b.Library, x.regimes)...)
	}
	for _, name := range x.regimes {
		if b.Overlay(name) == nil {
			continue // reported with the experiment
		}
		regime, found := b.Resolve(name)
		problems = append(problems, found...)
		if regime == nil {
			continue // a chain of bases without an end
		}
		problems = append(problems, b.Unmet(regime)...)
		if name == e.Base && e.Estimate == "" && dated {
			problems = append(problems, b.ValidateOpening(regime, e.Opening)...)
		}
		b.Regimes = append(b.Regimes, regime)
	}
	if len(problems) == 0 && dated {
		replaced := b.replacedByEstimates()
		exceeded := slices.DeleteFunc(b.Exceeded(b.Regimes, e.Opening, e.End()), func(w policy.Warning) bool {
			return slices.ContainsFunc(replaced, func(r policy.Warning) bool { return r.Position == w.Position })
		})
		b.Warnings = slices.Concat(b.Cut(), b.Idle(b.Regimes, e.Opening, e.End()), exceeded, e.misdated(&b.Library, x.regimes), b.otherInflation(), replaced, b.olderThanOpening(e))
	}
	return problems
}

// Inflation is the yearly rate at which nominal money of the run is formed: of
// all regimes that of the base, on the opening date.
func (b *Bundle) Inflation() float64 { return b.inflation(b.Regimes[0]) }

func (b *Bundle) inflation(r *policy.Regime) float64 {
	return float64(r.Epochs[r.EpochAt(b.Experiment.Opening)].Cost.Inflation)
}

// otherInflation tells of regimes with a rate of their own.
func (b *Bundle) otherInflation() []policy.Warning {
	var warnings []policy.Warning
	told := map[policy.Position]bool{} // once for all regimes of a sweep
	for _, r := range b.Regimes[1:] {
		if at := b.Overlay(r.Name).At; b.inflation(r) != b.Inflation() && !told[at] {
			told[at] = true
			warnings = append(warnings, policy.Warning{Position: at,
				Text: fmt.Sprintf("%s: inflation_rate = %s has no effect in this run: nominal money of all regimes is formed at the %s of %s",
					r.Name, policy.FormatNumber(b.inflation(r)), policy.FormatNumber(b.Inflation()), b.Experiment.Base)})
		}
	}
	return warnings
}

// only returns the library with the regimes of a list and their bases.
func only(l *policy.Library, regimes []string) policy.Library {
	var used []string
	for _, name := range regimes {
		chain, _ := l.Chain(name)
		for _, o := range chain {
			used = append(used, o.Name)
		}
	}
	small := *l
	small.Overlays = slices.DeleteFunc(slices.Clone(l.Overlays), func(o policy.Overlay) bool { return !slices.Contains(used, o.Name) })
	return small
}

// outside finds settings of regimes that exist but take no part in the run.
func outside(settings []policy.Setting, all, used *policy.Library) policy.Problems {
	var ps policy.Problems
	for _, s := range settings {
		if used.Overlay(s.Regime) != nil {
			continue
		}
		hint := policy.DidYouMean(s.Regime, used.RegimeNames())
		if all.Overlay(s.Regime) != nil {
			hint = "the regime exists but takes no part in the experiment"
		}
		ps = append(ps, policy.Problem{Position: s.At(), Key: s.Regime, Want: "a regime of the run: " + policy.OneOf(used.RegimeNames()), Hint: hint})
	}
	return ps
}

// At resolves the regimes of the run at a point of what is believed about the
// parameters, the base first; at nil they are Regimes. The error is
// policy.Problems where the parameters cannot be together at that point.
func (b *Bundle) At(marks policy.Marks) ([]*policy.Regime, error) {
	if marks == nil {
		return b.Regimes, nil
	}
	regimes := make([]*policy.Regime, len(b.Regimes))
	var problems policy.Problems
	for i, r := range b.Regimes {
		regime, found := b.ResolveAt(r.Name, marks)
		regimes[i] = regime
		problems = append(problems, found...)
	}
	return regimes, problems.Err()
}

// Names lists the regimes of the run, in its order.
func (b *Bundle) Names() []string {
	names := make([]string, len(b.Regimes))
	for i, r := range b.Regimes {
		names[i] = r.Name
	}
	return names
}

func parseSettings(set []string) ([]policy.Setting, policy.Problems) {
	var settings []policy.Setting
	var ps policy.Problems
	for _, text := range set {
		s, err := policy.ParseSetting(text)
		if found := (policy.Problems)(nil); errors.As(err, &found) {
			ps = append(ps, found...)
			continue
		}
		settings = append(settings, s)
	}
	return settings, ps
}

// findExperiment reads the file of an experiment. shipped is the name that
// its file gives it, empty for a path.
func (f *Files) findExperiment(experiment string) (data []byte, file, shipped string, err error) {
	if policy.IsSlug(experiment) {
		name := experimentsFolder + "/" + experiment + ".yaml"
		if data, err = readFile(f, name); err == nil {
			return data, f.Path(name), experiment, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return nil, "", "", err
		}
	}
	if data, err = readPath(experiment); err == nil {
		return data, experiment, "", nil
	}
	if found := (policy.Problems)(nil); errors.As(err, &found) {
		return nil, "", "", err
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, "", "", fmt.Errorf("experiment %q: %w", experiment, err)
	}
	known, err := f.experimentNames()
	if err != nil {
		return nil, "", "", err
	}
	want := "the name of an experiment (" + policy.OneOf(known) + ") or the path of a YAML file"
	return nil, "", "", policy.Problems{{Key: "experiment", Value: quote(experiment), Want: want, Hint: f.meant(experiment, known)}}
}

// meant says what somebody could have meant by a name that no experiment has.
func (f *Files) meant(name string, known []string) string {
	name = strings.TrimSuffix(name, ".yaml")
	if _, err := fs.Stat(f, regimesFolder+"/"+name+".yaml"); err != nil {
		return policy.DidYouMean(name, known)
	}
	var run []string
	for _, experiment := range known {
		data, err := readFile(f, experimentsFolder+"/"+experiment+".yaml")
		if err != nil {
			continue
		}
		if e, _ := readExperiment(data, experiment, Options{}); e != nil && slices.Contains(e.named(), name) {
			run = append(run, "asylumsim run "+experiment)
		}
	}
	if len(run) == 0 {
		return fmt.Sprintf("%s is a regime, which no experiment runs: write one with its base and %s as regimes", name, name)
	}
	return fmt.Sprintf("%s is a regime, which is run by: %s", name, policy.OneOf(run))
}

func (f *Files) experimentNames() ([]string, error) {
	files, err := f.yamlFiles(experimentsFolder)
	names := make([]string, len(files))
	for i, file := range files {
		names[i] = stem(file)
	}
	return names, err
}
