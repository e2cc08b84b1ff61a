package store

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"

	"asylumsim/sim/compare"
	"asylumsim/sim/file"
)

// outputNames are the files that the outputs digest covers, in order of name.
// Only runs with sweeps or a decomposition have variants, only the latter a
// decomposition, and only runs with several replications to a draw of the
// parameters a split of variances.
var outputNames = []string{
	cohortsTable.name,
	configName,
	decompositionTable.name,
	differencesTable.name,
	publishedTable.name,
	quartersTable.name,
	replicationsName,
	summaryTable.name,
	totalsTable.name,
	varianceTable.name,
	variantsTable.name,
	waitsTable.name,
}

// outputsOf lists the output files of a result.
func outputsOf(r *Result) []string {
	t := r.Tables
	return slices.DeleteFunc(slices.Clone(outputNames), func(name string) bool {
		return name == variantsTable.name && len(t.Variants) == 0 || name == decompositionTable.name && len(t.Shares) == 0 ||
			name == varianceTable.name && len(t.Splits) == 0 || name == publishedTable.name && len(r.Published) == 0
	})
}

// Result is a finished result folder: all but the replications themselves.
type Result struct {
	Dir      string
	Manifest *Manifest
	Config   []byte // config.resolved.yaml
	*compare.Tables
	Published []Observation // when the run opened
}

// Open reads a result folder, all but its replications. It fails if dir is not
// one, if a file cannot be read, and if any file, the replications among them,
// is not the one that the manifest describes.
func Open(dir string) (*Result, error) {
	manifest, err := ReadManifest(filepath.Join(dir, manifestName))
	if errors.Is(err, errChanged) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("%s is not a result folder: %w", dir, err)
	}
	config, err := readWhole(filepath.Join(dir, configName))
	if err != nil {
		return nil, explain(err)
	}
	// Before they are read: what is not as long as the run wrote it may be longer
	// than there is memory.
	r := &Result{Dir: dir, Manifest: manifest, Config: config}
	if err := manifest.checkTables(); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, manifestName), err)
	}
	if err := r.Verify(); err != nil {
		return nil, err
	}
	tables := &compare.Tables{Base: manifest.Base, Regimes: manifest.Regimes, Design: manifest.design(), Fraction: manifest.Fraction}
	var failed [10]error
	tables.Summaries, failed[0] = summaryTable.read(dir)
	tables.Totals, failed[1] = totalsTable.read(dir)
	tables.Differences, failed[2] = differencesTable.read(dir)
	tables.Cohorts, failed[3] = cohortsTable.read(dir)
	tables.Waits, failed[4] = waitsTable.read(dir)
	tables.Quarters, failed[8] = quartersTable.read(dir)
	if manifest.holds(publishedTable.name) {
		r.Published, failed[9] = publishedTable.read(dir)
	}
	if manifest.holds(variantsTable.name) {
		tables.Variants, failed[5] = variantsTable.read(dir)
	}
	if manifest.holds(decompositionTable.name) {
		tables.Shares, failed[6] = decompositionTable.read(dir)
	}
	if manifest.holds(varianceTable.name) {
		tables.Splits, failed[7] = varianceTable.read(dir)
	}
	if err := errors.Join(failed[:]...); err != nil {
		return nil, err
	}
	if err := checkVariants(tables.Variants, manifest.Regimes); err != nil {
		return nil, fmt.Errorf("%s: %w", filepath.Join(dir, variantsTable.name), err)
	}
	for i := range tables.Differences {
		tables.Differences[i].Restore(manifest.Done, tables.Design)
	}
	compare.Adjust(tables.Differences)
	r.Tables = tables
	if err := r.checkMonths(); err != nil {
		return nil, err
	}
	if err := r.checkQuarters(); err != nil {
		return nil, err
	}
	return r, nil
}

// Verify computes the digests of the folder's files again and reports every
// file that is not the one the manifest describes.
func (r *Result) Verify() error {
	var bad []error
	names := outputNames
	if r.Manifest.Format == shardFormat {
		names = append(slices.Clone(shardNames), publishedTable.name)
	}
	for _, name := range names {
		optional := name == variantsTable.name || name == decompositionTable.name || name == varianceTable.name || name == publishedTable.name
		if optional && !r.Manifest.holds(name) {
			continue
		}
		i := slices.IndexFunc(r.Manifest.Files, func(f File) bool { return f.Name == name })
		if i < 0 {
			bad = append(bad, fmt.Errorf("%s: %s has no digest in it; run the experiment again", filepath.Join(r.Dir, manifestName), name))
			continue
		}
		want := r.Manifest.Files[i]
		if err := sized(filepath.Join(r.Dir, name), want.Bytes); err != nil {
			bad = append(bad, err)
			continue
		}
		got, _, err := digest(r.Dir, []string{name})
		if err != nil {
			bad = append(bad, explain(err))
		} else if got[0] != want {
			bad = append(bad, fmt.Errorf("%s is not the file that the run wrote: sha256 %s, manifest %s; put it back or run the experiment again",
				filepath.Join(r.Dir, name), got[0].SHA256, want.SHA256))
		}
	}
	return errors.Join(bad...)
}

// digest returns the digest of each file, and of all of them one after the
// other.
func digest(dir string, names []string) ([]File, string, error) {
	all := sha256.New()
	var files []File
	for _, name := range names {
		in, err := file.Open(filepath.Join(dir, name))
		if err != nil {
			return nil, "", err
		}
		one := sha256.New()
		n, err := io.Copy(io.MultiWriter(one, all), in)
		if err = errors.Join(err, in.Close()); err != nil {
			return nil, "", err
		}
		files = append(files, File{name, n, hex.EncodeToString(one.Sum(nil))})
	}
	return files, hex.EncodeToString(all.Sum(nil)), nil
}
