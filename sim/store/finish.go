package store

import (
	"errors"
	"os"
	"slices"

	"asylumsim/sim/compare"
	"asylumsim/sim/measure"
)

// finish makes a result folder out of the journal, or the folder of a shard,
// which is the journal itself.
func (w *Writer) finish(execution Execution) (*Result, error) {
	staged := w.partial.path(resultName)
	if err := errors.Join(os.RemoveAll(staged), os.Mkdir(staged, 0o755)); err != nil {
		return nil, explain(err)
	}
	if err := createBytes(staged, configName, w.config); err != nil {
		return nil, explain(err)
	}
	manifest := &Manifest{
		Format: format, Meta: w.meta, Base: w.meta.Regimes[0],
		Done: w.Done(), Execution: execution,
	}
	result := &Result{Dir: w.dir, Manifest: manifest, Config: w.config, Published: w.published}
	names, err := slices.Clone(shardNames), error(nil)
	if len(w.published) > 0 {
		if err := publishedTable.write(staged, w.published); err != nil {
			return nil, explain(err)
		}
		names = append(names, publishedTable.name)
	}
	if w.meta.Shard != nil {
		manifest.Format = shardFormat
		err = w.writeShard(staged, manifest)
	} else if err = w.writeResult(staged, result); err == nil {
		names = outputsOf(result)
	}
	if err != nil {
		return nil, explain(err)
	}
	if manifest.Files, manifest.OutputsDigest, err = digest(staged, names); err != nil {
		return nil, explain(err)
	}
	return result, explain(createBytes(staged, manifestName, manifest.encode()))
}

// testOnlyWritten is called between the writing of the replications and their
// being read again; a test damages them there.
var testOnlyWritten = func(path string) {}

// writeResult writes the replications and all statistics of them.
func (w *Writer) writeResult(staged string, result *Result) error {
	tallies := newTallies(w.meta.Regimes, len(w.timeline.Months))
	parquet, err := newReplications(staged, w.meta.Regimes, w.timeline.Months)
	if err != nil {
		return err
	}
	err = w.each(func(number, redraws int, runs []*measure.Run) error {
		tallies.add(runs)
		result.Manifest.Redraws += redraws
		for _, run := range runs {
			result.Manifest.Events += run.Events
		}
		return parquet.append(number, runs)
	})
	if err = errors.Join(err, parquet.close()); err != nil {
		return err
	}
	testOnlyWritten(parquet.path)
	if err := parquet.verify(w.each); err != nil {
		return err
	}
	design := w.meta.design()
	source := func(regime int, o measure.Output) (compare.Sample, error) {
		s, err := w.journal.sample(regime, o)
		s.Design = design
		return s, err
	}
	tables, err := compare.Tabulate(w.meta.Regimes, w.timeline, source)
	if err != nil {
		return err
	}
	tallies.rows(tables, w.timeline.Months)
	tables.Fraction = w.meta.Fraction
	result.Tables = tables
	tables.Variants, tables.Design = w.meta.Variants, design
	if tables.Shares, err = compare.Decompose(tables.Variants, w.meta.Regimes, w.timeline, source); err != nil {
		return err
	}
	if tables.Splits, err = compare.Splits(w.meta.Regimes, w.timeline, design, source); err != nil {
		return err
	}
	if tables.Quarters, err = compare.Quarters(w.meta.Regimes, w.timeline, source); err != nil {
		return err
	}
	if len(tables.Splits) > 0 {
		err = varianceTable.write(staged, tables.Splits)
	}
	if len(tables.Variants) > 0 {
		err = errors.Join(err, variantsTable.write(staged, tables.Variants))
	}
	if len(tables.Shares) > 0 {
		err = errors.Join(err, decompositionTable.write(staged, tables.Shares))
	}
	return errors.Join(err,
		summaryTable.write(staged, tables.Summaries),
		totalsTable.write(staged, tables.Totals),
		differencesTable.write(staged, tables.Differences),
		cohortsTable.write(staged, tables.Cohorts),
		waitsTable.write(staged, tables.Waits),
		quartersTable.write(staged, tables.Quarters),
	)
}

// each hands on the replications of the journal in order, one at a time.
func (w *Writer) each(do func(number, redraws int, runs []*measure.Run) error) error {
	for i := range w.journal.held {
		number, redraws, runs, err := w.journal.read(i)
		if err == nil {
			err = do(number, redraws, runs)
		}
		if err != nil {
			return err
		}
	}
	return nil
}
