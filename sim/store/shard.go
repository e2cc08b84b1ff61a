package store

import (
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
)

// shardFormat marks the manifest of one shard of a run.
const shardFormat = "asylumsim-shard/2"

// shardNames are the files of a shard's folder beside its manifest.
var shardNames = []string{configName, journalName}

// Shard is a part of a run that was split into several: of N shards, the I-th
// has every N-th replication, from the I-th on. Nil stands for a whole run.
type Shard struct {
	Index int `json:"index"` // from 1
	Of    int `json:"of"`
}

// Replication returns the number of the i-th replication of a shard.
func (s *Shard) Replication(i int) int {
	if s == nil {
		return i
	}
	return i*s.Of + s.Index - 1
}

// Count returns how many of a run's replications are a shard's.
func (s *Shard) Count(replications int) int {
	if s == nil {
		return replications
	}
	return (replications - s.Index + s.Of) / s.Of
}

// String writes a shard as I/N.
func (s *Shard) String() string {
	if s == nil {
		return "the whole run"
	}
	return fmt.Sprintf("%d/%d", s.Index, s.Of)
}

// writeShard writes the replications of a shard as they are, for Merge.
func (w *Writer) writeShard(staged string, manifest *Manifest) error {
	for i := range w.journal.held {
		_, redraws, runs, err := w.journal.read(i)
		if err != nil {
			return err
		}
		manifest.Redraws += redraws
		for _, run := range runs {
			manifest.Events += run.Events
		}
	}
	from := io.NewSectionReader(w.journal.file, 0, w.journal.end())
	return create(filepath.Join(staged, journalName), func(out io.Writer) error {
		_, err := io.Copy(out, from)
		return err
	})
}

// shard is the folder of a finished shard, open for reading.
type shard struct {
	dir      string
	manifest *Manifest
	journal  *journal
}

// openShard opens a shard's folder and checks that its files are those that
// its run wrote.
func openShard(dir string) (*shard, error) {
	manifest, err := readManifest(filepath.Join(dir, manifestName), shardFormat)
	if errors.Is(err, errChanged) {
		return nil, err
	}
	if err != nil {
		return nil, fmt.Errorf("%s is not the folder of a shard: %w", dir, err)
	}
	if err := (&Result{Dir: dir, Manifest: manifest}).Verify(); err != nil {
		return nil, err
	}
	journal, lost, err := openJournal(filepath.Join(dir, journalName), manifest.shape(), manifest.Shard, false)
	if err != nil {
		return nil, explain(err)
	}
	if whole := journal.held - len(journal.damaged); lost > 0 || whole != manifest.Done {
		return nil, errors.Join(fmt.Errorf("%s holds %d whole replications, its manifest says %d", dir, whole, manifest.Done), journal.file.Close())
	}
	return &shard{dir, manifest, journal}, nil
}

// Merge puts the shards of a run together: the same bytes as a run that was
// never split. Shards that are missing, there twice, unfinished or of another
// run are named, all of them, and nothing is written.
func Merge(dir string, parts []string, options Options) (result *Result, err error) {
	if err := apart(dir, parts); err != nil {
		return nil, err
	}
	var shards []*shard
	defer func() {
		for _, s := range shards {
			s.journal.file.Close()
		}
	}()
	var faults []error
	for _, part := range parts {
		s, err := openShard(part)
		if err != nil {
			faults = append(faults, err)
			continue
		}
		shards = append(shards, s)
	}
	if faults = append(faults, fitting(shards)...); len(faults) > 0 {
		return nil, errors.Join(faults...)
	}
	slices.SortFunc(shards, func(a, b *shard) int { return a.manifest.Shard.Index - b.manifest.Shard.Index })
	first := shards[0].manifest
	config, err := readWhole(filepath.Join(shards[0].dir, configName))
	if err != nil {
		return nil, explain(err)
	}
	meta := first.Meta
	meta.Shard = nil
	options.Whole = true // the shards are there, to be put together again
	w, err := Create(dir, meta, config, options)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, w.Close()) }()
	if first.holds(publishedTable.name) {
		published, err := publishedTable.read(shards[0].dir)
		if err != nil {
			return nil, err
		}
		w.Keep(published)
	}
	execution := Execution{Workers: first.Execution.Workers, Host: first.Execution.Host}
	for _, s := range shards {
		x := s.manifest.Execution
		execution.WallSeconds += x.WallSeconds
		execution.CPUSeconds += x.CPUSeconds
		execution.PeakMemory = max(execution.PeakMemory, x.PeakMemory)
	}
	for i := w.Done(); i < meta.Replications; i++ {
		number, redraws, runs, err := shards[i%len(shards)].journal.read(i / len(shards))
		if err != nil {
			return nil, explain(err)
		}
		if err := w.Append(number, redraws, runs); err != nil {
			return nil, err
		}
	}
	return w.Commit(execution)
}

// apart refuses to put the merged result in the place of one of its shards.
func apart(dir string, parts []string) error {
	at, err := os.Stat(dir)
	if err != nil {
		return nil // nothing is there, or Create says what is wrong
	}
	for _, part := range parts {
		if info, err := os.Stat(part); err == nil && os.SameFile(at, info) {
			return fmt.Errorf("cannot put the merged result at %s: it is the shard %s; choose another folder", dir, part)
		}
	}
	return nil
}

// mostNamed is how many missing shards are named one by one.
const mostNamed = 20

// fitting reports why shards do not make a whole run.
func fitting(shards []*shard) []error {
	if len(shards) == 0 {
		return []error{errors.New("no shards to merge")}
	}
	var faults []error
	fault := func(format string, a ...any) { faults = append(faults, fmt.Errorf(format, a...)) }
	first := shards[0]
	of := first.manifest.Shard.Of
	have := map[int]string{}
	for _, s := range shards {
		m := s.manifest
		mine, theirs := m.Meta, first.manifest.Meta
		mine.Shard, theirs.Shard = nil, nil
		for _, d := range mine.Differences(theirs) {
			fault("%s is of another run than %s: %s %s, not %s", s.dir, first.dir, d.Of, d.Value, d.Other)
		}
		if m.Replications != first.manifest.Replications {
			fault("%s is of a run of %d replications, %s of one of %d", s.dir, m.Replications, first.dir, first.manifest.Replications)
		}
		if m.Shard.Of != of {
			fault("%s is shard %v, %s is shard %v: they were split differently", s.dir, m.Shard, first.dir, first.manifest.Shard)
			continue
		}
		if other, twice := have[m.Shard.Index]; twice {
			fault("shard %v is there twice: %s and %s", m.Shard, other, s.dir)
		}
		have[m.Shard.Index] = s.dir
		if want := m.Shard.Count(m.Replications); m.Done < want {
			fault("shard %v in %s is unfinished: %d of %d replications; resume it first", m.Shard, s.dir, m.Done, want)
		}
	}
	missing := 0
	for i := 1; i <= of; i++ {
		if _, ok := have[i]; ok {
			continue
		}
		if missing++; missing <= mostNamed {
			fault("shard %d/%d is missing", i, of)
		}
	}
	if missing > mostNamed {
		fault("%d more shards are missing", missing-mostNamed)
	}
	return faults
}
