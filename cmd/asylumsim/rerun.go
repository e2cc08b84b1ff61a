package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"

	"github.com/spf13/cobra"

	"asylumsim/sim/config"
	"asylumsim/sim/policy"
	"asylumsim/sim/store"
)

func rerunCommand() *cobra.Command {
	var (
		out     string
		workers *wholeNumber
	)
	c := &cobra.Command{
		Use:   "rerun MANIFEST",
		Short: "Run what made a result again and compare",
		Long: `Run again what made a result, from the resolved configuration beside its
manifest, and compare the digests: reproduced, or which files differ and what is
different about the program and the data. The new result is kept with --out.`,
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
			return rerun(c, args[0], out, how)
		},
	}
	c.Flags().StringVarP(&out, "out", "o", "", "folder in which to keep the new result (default: it is not kept)")
	workers = wholeFlag(c.Flags(), "workers", "", "replications run at the same time (default: one per processor)")
	return c
}

func rerun(c *cobra.Command, manifest, out string, how config.Execution) error {
	dir := manifest
	if info, err := os.Stat(manifest); err == nil && !info.IsDir() {
		dir = filepath.Dir(manifest)
	}
	before, err := store.Open(dir)
	if err != nil {
		return err
	}
	bundle, err := config.LoadResolved(before.Config)
	if err != nil {
		return err
	}
	files, err := config.OpenFiles(configsFolder(c))
	if err != nil {
		return err
	}
	// An interrupted run made a result of fewer replications than it asked for.
	bundle.Experiment.Replications = before.Manifest.Done
	if out == "" {
		kept, err := os.MkdirTemp("", "asylumsim-rerun-")
		if err != nil {
			return failed(err)
		}
		defer os.RemoveAll(kept)
		out = filepath.Join(kept, "again") // of no name that a file gives
	}
	after, err := running{bundle: bundle, files: files, how: how, folder: out}.simulate(c)
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

// differences says which files two results differ in, and what else is
// different about them.
func differences(before, after *store.Manifest) []string {
	var files, facts []string
	for _, b := range before.Files {
		i := slices.IndexFunc(after.Files, func(a store.File) bool { return a.Name == b.Name })
		switch {
		case i < 0:
			files = append(files, b.Name+" is missing")
		case after.Files[i].SHA256 != b.SHA256 && !(b.Name == "config.resolved.yaml" && before.Done < before.Replications):
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
	fact("the program's version", before.Version, after.Version)
	fact("the version of Go", before.GoVersion, after.GoVersion)
	fact("the digest of the configuration", before.ConfigDigest, after.ConfigDigest)
	fact("the architecture", before.Execution.Host.Arch, after.Execution.Host.Arch)
	for name, digest := range before.DataDigests {
		fact("the published series "+name, digest, after.DataDigests[name])
	}
	slices.Sort(facts)
	if len(facts) == 0 {
		facts = []string{"nothing else is known to differ: the same program should have given the same bytes"}
	}
	return append(files, facts...)
}
