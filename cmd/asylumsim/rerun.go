package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/spf13/cobra"

	"asylumsim/sim/config"
	"asylumsim/sim/evidence"
	"asylumsim/sim/policy"
	"asylumsim/sim/store"
)

func rerunCommand() *cobra.Command {
	var (
		out     string
		force   bool
		workers *wholeNumber
	)
	c := &cobra.Command{
		Use:   "rerun MANIFEST",
		Short: "Run what made a result again and compare",
		Long: `Run again what made a result, from the resolved configuration beside its
manifest, and compare the digests: reproduced, or which files differ and what is
different about the program and the data. The new result is kept with --out;
nothing is kept of one that is interrupted.`,
		Example: `  asylumsim rerun results/core-protection/manifest.json
  asylumsim rerun results/core-protection --out results/again`,
		Args: oneName("the manifest.json of a result, or its folder", "asylumsim run --help"),
		RunE: func(c *cobra.Command, args []string) error {
			var wrong policy.Problems
			ex := config.ExecutionFlags{Workers: workers.int(&wrong)}
			how, bad := config.LoadExecution(ex)
			if err := together(wrong.Err(), bad); err != nil {
				return err
			}
			return rerun(c, args[0], out, force, how)
		},
	}
	c.Flags().StringVarP(&out, "out", "o", "", "folder in which to keep the new result (default: it is not kept)")
	c.Flags().BoolVar(&force, "force", false, "replace an earlier result in the folder of --out")
	workers = wholeFlag(c.Flags(), "workers", "", "replications run at the same time (default and at most: one per processor)")
	return c
}

func rerun(c *cobra.Command, manifest, out string, force bool, how config.Execution) error {
	dir := manifest
	if info, err := os.Stat(manifest); err == nil && !info.IsDir() {
		dir = filepath.Dir(manifest)
	}
	kept, err := openConfigured(dir)
	if err != nil {
		return err
	}
	before, bundle := kept.Result, kept.bundle
	if this, err := program(); err != nil {
		return failed(err)
	} else if before.Manifest.Program != this {
		fmt.Fprintf(c.ErrOrStderr(), "the result was made by another build of the program:\n  then %v\n  now  %v\n", before.Manifest.Program, this)
	}
	files, err := config.OpenFiles(configsFolder(c))
	if err != nil {
		return err
	}
	if out == "" {
		kept, err := os.MkdirTemp("", "asylumsim-rerun-")
		if err != nil {
			return failed(err)
		}
		defer os.RemoveAll(kept)
		out = filepath.Join(kept, "again") // of no name that a file gives
	}
	data, err := dataDigests(files)
	if err != nil {
		return err
	}
	if others := otherSeries(before.Manifest.DataDigests, data); len(others) > 0 {
		fmt.Fprintf(c.ErrOrStderr(), "warning: these published series are not those of the result: %s. --configs chooses the folder that it was run with\n", strings.Join(others, ", "))
		series, err := observed(files)
		if err != nil {
			return err
		}
		if behind := series.Behind(bundle.Experiment.Opening); len(behind) > 0 {
			return fmt.Errorf("cannot run again from %v: %s", bundle.Experiment.Opening, evidence.Extended(behind))
		}
	}
	after, err := running{bundle: bundle, files: files, how: how, folder: out, options: store.Options{Force: force, Whole: true}, again: before.Manifest}.simulate(c)
	if err != nil {
		return err
	}
	differ := differences(before.Manifest, after.Manifest)
	if len(differ) == 0 {
		fmt.Fprintf(c.OutOrStdout(), "reproduced: outputs digest %s, %d replications of %d regimes\n",
			after.Manifest.OutputsDigest, after.Manifest.Done, len(after.Manifest.Regimes))
		return nil
	}
	for _, line := range differ {
		fmt.Fprintln(c.OutOrStdout(), line)
	}
	return failed(errors.New("not reproduced"))
}

// otherSeries lists the published series that are not as they were.
func otherSeries(before, now map[string]string) []string {
	var others []string
	for name, digest := range before {
		if now[name] != digest {
			others = append(others, name)
		}
	}
	slices.Sort(others)
	return others
}

// differences says which files two results differ in, and what else is
// different about them.
func differences(before, after *store.Manifest) []string {
	var files, facts []string
	for _, b := range before.Files {
		i := slices.IndexFunc(after.Files, func(a store.File) bool { return a.Name == b.Name })
		switch {
		case i < 0:
			files = append(files, b.Name+" is missing")
		case after.Files[i].SHA256 != b.SHA256:
			files = append(files, fmt.Sprintf("%s differs: sha256 %.12s, now %.12s", b.Name, b.SHA256, after.Files[i].SHA256))
		}
	}
	if len(files) == 0 {
		return nil
	}
	fact := func(what, b, a string) {
		if b != a {
			facts = append(facts, fmt.Sprintf("%s was %s, now %s", what, b, a))
		}
	}
	for _, d := range before.Differences(after.Meta) {
		fact(d.Of, d.Value, d.Other)
	}
	fact("architecture", before.Execution.Host.Arch, after.Execution.Host.Arch)
	if len(facts) == 0 {
		facts = []string{"nothing else is known to differ: the same program should have given the same bytes"}
	}
	return append(files, facts...)
}
