package main

import (
	"crypto/sha256"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"asylumsim/sim/asylum"
	"asylumsim/sim/clock"
	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
	"asylumsim/sim/experiment"
	"asylumsim/sim/policy"
	"asylumsim/sim/store"
)

// planOf makes a plan of a bundle: the starting state from the published
// series of a data set, and its regimes. What the series leave open is added to the
// warnings of the bundle.
func planOf(b *config.Bundle, files *config.Files, workers int) (*experiment.Plan, error) {
	series, err := observed(files)
	if err != nil {
		return nil, err
	}
	return planFrom(b, series, workers)
}

func planFrom(b *config.Bundle, series *evidence.Series, workers int) (*experiment.Plan, error) {
	e := b.Experiment
	if e.Opening < evidence.FirstOpening {
		return nil, badOpening(e, fmt.Sprintf("the series let a run open from %v on", evidence.FirstOpening))
	}
	if err := published(series, e); err != nil {
		return nil, err
	}
	copula, _ := b.Copula() // checked with the library
	plan := &experiment.Plan{
		Opening: e.Opening, Years: e.Years, Groups: len(b.Groups),
		Uncertain: b.Uncertain(), Copula: copula, Draws: e.Draws,
		Seed: e.Seed, Replications: e.Replications, Fraction: e.Fraction, Workers: workers,
		At: func(marks policy.Marks) (*experiment.Inputs, error) {
			regimes, err := b.At(marks)
			if err != nil {
				return nil, err
			}
			opening, err := openingOf(series, e, regimes[0])
			return &experiment.Inputs{Regimes: regimes, Opening: opening}, err
		},
	}
	doubts := evidence.Doubts(series, e.Opening)
	if e.Estimate == config.AtOpening {
		var err error
		if doubts, err = estimated(plan, b, series); err != nil {
			return nil, err
		}
	}
	for _, text := range doubts {
		b.Warnings = append(b.Warnings, policy.Warning{Position: policy.Position{File: "experiment " + e.Name}, Text: text})
	}
	return plan, nil
}

// estimated makes a plan estimate what the series tell for the opening date, as
// the back-test does at its origins, and returns what it has to take from elsewhere.
func estimated(plan *experiment.Plan, b *config.Bundle, series *evidence.Series) (doubts []string, err error) {
	origin, err := originOf(series, b.Experiment)
	if err != nil {
		return nil, err
	}
	// What was published since is not known: the run has the whole period to tell.
	fit, err := origin.WithoutLater().Fit(b.Groups, evidence.Pooled)
	if err != nil {
		return nil, err
	}
	plan.Uncertain = append(evidence.LevelMarks(), plan.Uncertain...)
	plan.At = func(marks policy.Marks) (*experiment.Inputs, error) {
		regimes, err := b.At(marks)
		if err != nil {
			return nil, err
		}
		return fit.Inputs(regimes, b.Regimes[0], marks)
	}
	return fit.Notes, nil
}

// published reports an experiment that opens after a file of the series ends.
func published(series *evidence.Series, e config.Experiment) error {
	behind := series.Behind(e.Opening)
	if len(behind) == 0 {
		return nil
	}
	return policy.Problems{{Position: policy.Position{File: "experiment " + e.Name}, Key: "opening", Value: e.Opening.String(),
		Want: fmt.Sprintf("a date up to %v, the latest quarter that all published series have", series.Latest()), Hint: evidence.Extended(behind)}}
}

// originOf is the origin at which what an experiment estimates is published: a
// quarter after its opening date.
func originOf(series *evidence.Series, e config.Experiment) (*evidence.Origin, error) {
	if err := published(series, e); err != nil {
		return nil, err
	}
	origin, err := series.Origin((e.Opening + 1).AddMonths(3) - 1)
	if err == nil && origin.Opening == e.Opening {
		return origin, nil
	}
	hint := ""
	if err != nil {
		hint = err.Error()
	}
	return nil, badOpening(e, hint)
}

// badOpening is an opening date that the series do not let a run start from.
func badOpening(e config.Experiment, hint string) error {
	want := "the end of a quarter with all published series"
	if e.Estimate != "" {
		want += ", for estimate: " + config.AtOpening
	}
	return policy.Problems{{Position: policy.Position{File: "experiment " + e.Name}, Key: "opening", Value: e.Opening.String(), Want: want, Hint: strings.ReplaceAll(hint, "\n", "; ")}}
}

// openingOf is the starting state under the rules of the base.
func openingOf(series *evidence.Series, e config.Experiment, base *policy.Regime) (*asylum.Opening, error) {
	rules := base.Epochs[base.EpochAt(e.Opening)]
	opening, _, err := evidence.Opening(series, e.Opening, rules.Opening)
	if err != nil {
		return nil, badOpening(e, err.Error())
	}
	return opening, nil
}

// observed reads the published series of a data set.
func observed(files *config.Files) (*evidence.Series, error) { return evidence.Load(files.Series()) }

// dataDigests returns the SHA-256 of every published series of a data set, by
// file name.
func dataDigests(files *config.Files) (map[string]string, error) {
	digests := map[string]string{}
	names, err := files.Observed()
	if err != nil {
		return nil, err
	}
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		digests[path.Base(name)] = fmt.Sprintf("%x", sha256.Sum256(data))
	}
	return digests, nil
}

// metaOf is what the result of a bundle states about its run.
func metaOf(b *config.Bundle, program store.Program, data map[string]string, shard *store.Shard) store.Meta {
	warnings := []string{}
	for _, w := range b.Warnings {
		warnings = append(warnings, w.Text)
	}
	return store.Meta{
		Experiment: b.Experiment.Name, Program: program, ConfigDigest: b.Digest(),
		Opening: b.Experiment.Opening, Months: len(clock.NewTimeline(b.Experiment.Opening, b.Experiment.Years).Months), Set: b.Set,
		DataDigests: data, Seed: b.Experiment.Seed, Regimes: b.Names(), Replications: b.Experiment.Replications, Fraction: b.Experiment.Fraction,
		Warnings: warnings, Variants: b.Variants, Draws: string(b.Experiment.Draws.Method), Inner: b.Experiment.Draws.Inner,
		Randomisations: b.Experiment.Draws.Randomisations, Shard: shard,
	}
}
