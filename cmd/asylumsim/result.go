package main

import (
	"fmt"
	"path/filepath"
	"strings"

	"asylumsim/sim/config"
	"asylumsim/sim/store"
)

// opened is a result folder that was read.
type opened struct {
	*store.Result
	bundle *config.Bundle // what its run was configured with
	// unreadable says why a configuration of another build of the program cannot
	// be read; the bundle is nil then, and the tables are what they are.
	unreadable error
}

// openResult opens a result folder. Manifest and configuration have to be of the
// same run.
func openResult(dir string) (*opened, error) {
	result, err := store.Open(dir)
	if err != nil {
		return nil, err
	}
	this, err := program()
	if err != nil {
		return nil, failed(err)
	}
	r := &opened{Result: result}
	same := result.Manifest.Program == this
	if r.bundle, r.unreadable = config.LoadResolved(result.Config); r.unreadable != nil {
		if same {
			return nil, r.unreadable
		}
		return r, nil
	}
	return r, ofOneRun(dir, result.Manifest, r.bundle, same)
}

// openConfigured opens a result folder whose configuration is needed.
func openConfigured(dir string) (*opened, error) {
	r, err := openResult(dir)
	if err == nil && r.unreadable != nil {
		err = fmt.Errorf("the result was made by another build, asylumsim %v: %w", r.Manifest.Program, r.unreadable)
	}
	return r, err
}

// ofOneRun reports in what a manifest differs from the configuration beside it.
func ofOneRun(dir string, m *store.Manifest, b *config.Bundle, same bool) error {
	as := metaOf(b, m.Program, m.DataDigests, m.Shard)
	if !same {
		as.ConfigDigest = m.ConfigDigest // other builds may have other parameters
	}
	differences := m.Differences(as)
	// A run that was precise enough is complete with fewer.
	if m.Replications != as.Replications && !(len(m.Precision) > 0 && m.Replications == m.Done && m.Done < as.Replications) {
		differences = append(differences, store.Difference{Of: "replications", Value: fmt.Sprint(m.Replications), Other: fmt.Sprint(as.Replications)})
	}
	if len(differences) == 0 {
		return nil
	}
	var wrong []string
	for _, d := range differences {
		wrong = append(wrong, fmt.Sprintf("%s %s, not %s", d.Of, d.Value, d.Other))
	}
	return fmt.Errorf("%s is not of the run of config.resolved.yaml beside it: it says %s; put the files back or run the experiment again",
		filepath.Join(dir, "manifest.json"), strings.Join(wrong, "; "))
}
