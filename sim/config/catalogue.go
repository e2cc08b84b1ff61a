// Package config reads the data set: the embedded files and those of the
// user, strictly and with positions, the settings of the command line and the
// execution settings of the environment. It hands on plain values and keeps
// no state. It is the only importer of viper.
package config

import (
	"errors"
	"os"

	"asylumsim/sim/policy"
)

const (
	parametersFolder  = "parameters"
	regimesFolder     = "regimes"
	experimentsFolder = "experiments"
	nationalitiesFile = "nationalities.yaml"
	correlationsFile  = "correlations.yaml"
)

// Catalogue is the whole data set, read and checked: every parameter, every
// regime and every shipped experiment.
type Catalogue struct {
	policy.Library
	Experiments []Experiment // in order of name
	Bundles     []*Bundle    // of the experiments, as Load returns them
	Files       *Files
	// Warnings tells what of the regimes has no effect even in the longest run.
	Warnings []policy.Warning
}

// Open reads and checks the data set: the embedded files with those of dir
// over them (an empty dir means none). The error is policy.Problems where the
// fault is in the files' content.
func Open(dir string) (*Catalogue, error) {
	files, err := OpenFiles(dir)
	if err != nil {
		return nil, err
	}
	return open(files)
}

// OpenWith opens the data set as Open does, and with it an experiment if one is given
// by its path, which brings the folder that it lies in.
func OpenWith(dir, experiment string) (*Catalogue, error) {
	files, err := OpenFiles(dir)
	if err != nil {
		return nil, err
	}
	path := !policy.IsSlug(experiment) && exists(experiment) && !folder(experiment)
	if path {
		files = files.around(Options{Dir: dir, Experiment: experiment})
	}
	c, err := open(files)
	if err != nil || !path {
		return c, err
	}
	data, err := readPath(experiment)
	if err != nil {
		return nil, err
	}
	r := &reading{files: files, library: c.Library}
	e, found := r.experiment(data, experiment, Options{})
	if r.unread != nil {
		return nil, r.unread
	}
	bundle, found := r.checkWhole(e, found, "")
	if err := found.Err(); err != nil {
		return nil, err
	}
	e.File = experiment
	c.Experiments, c.Bundles = append(c.Experiments, e.Experiment), append(c.Bundles, bundle)
	return c, nil
}

func exists(file string) bool {
	_, err := os.Stat(file)
	return err == nil
}

func open(files *Files) (*Catalogue, error) {
	r, err := read(files)
	if err != nil {
		return nil, err
	}
	c := &Catalogue{Library: r.library, Files: r.files}
	problems := r.check()
	names, err := r.files.yamlFiles(experimentsFolder)
	if err != nil {
		return nil, err
	}
	var drafts []*draft
	for _, name := range names {
		data, err := readFile(r.files, name)
		if err != nil {
			return nil, err
		}
		e, found := r.experiment(data, r.files.Path(name), Options{})
		bundle, found := r.checkWhole(e, found, stem(name))
		problems = append(problems, found...)
		if e != nil {
			drafts = append(drafts, e)
			c.Experiments, c.Bundles = append(c.Experiments, e.Experiment), append(c.Bundles, bundle)
		}
	}
	if err := errors.Join(problems.Err(), r.unread); err != nil {
		return nil, err
	}
	c.Warnings = append(idle(&c.Library, r.latest()), misdatedInAll(&c.Library, drafts, r.latest())...)
	return c, nil
}
