package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// A run grows in a hidden folder beside the result folder: what it is (runName)
// and the journal of its replications. The finished result is made in a folder
// within it and renamed into place. What a killed run leaves is this folder.

const (
	runName    = "run.json"
	lockName   = "lock"
	resultName = "result"
)

// errBusy reports that another process is at work on a folder.
var errBusy = errors.New("another run is writing there")

// partialDir is the hidden folder of the run whose result goes to dir.
func partialDir(dir string) string {
	parent, name := filepath.Split(dir)
	return filepath.Join(parent, "."+name+".part")
}

// partial is the hidden folder of a run, taken for this process.
type partial struct {
	dir     string
	lock    *os.File
	journal *journal
	lost    int64 // bytes of a record that was not whole
}

// takeOver opens the hidden folder of a result, making it where it is not
// there. What an earlier run left in it is continued with resume, discarded
// with force or where it holds nothing, and otherwise an error that offers
// both.
func takeOver(dir string, meta Meta, s shape, o Options) (taken *partial, err error) {
	p := &partial{dir: partialDir(dir)}
	if err := os.MkdirAll(p.dir, 0o755); err != nil {
		return nil, explain(err)
	}
	if err := noLinks(p.dir); err != nil {
		return nil, fmt.Errorf("cannot put results at %s: %w", dir, err)
	}
	if p.lock, err = lock(filepath.Join(p.dir, lockName)); err != nil {
		if errors.Is(err, errBusy) {
			return nil, fmt.Errorf("cannot put results at %s: %w; wait for it, or choose another folder", dir, err)
		}
		return nil, explain(err)
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.close())
		}
	}()
	left, err := readRun(p.path(runName))
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return p, p.begin(meta, s)
	case err != nil && !o.Force:
		return nil, fmt.Errorf("an earlier run left %s, which cannot be read (%w): --force discards it", p.dir, err)
	case err != nil:
		return p, p.begin(meta, s)
	}
	foreign := left.differences(meta)
	if o.Resume && len(foreign) > 0 {
		return nil, fmt.Errorf("cannot resume the run of %s: it is of another configuration (%s); --force discards it", dir, strings.Join(foreign, "; "))
	}
	if len(foreign) == 0 {
		p.journal, p.lost, err = openJournal(p.path(journalName), s, meta.Shard, o.Resume)
		if errors.Is(err, fs.ErrNotExist) {
			return p, p.begin(meta, s)
		}
		if err != nil && !(o.Force && !o.Resume) {
			return nil, fmt.Errorf("an earlier run left a journal that cannot be read (%w): --force discards it", err)
		}
	}
	switch done := p.done(); {
	case o.Resume && len(foreign) == 0:
		return p, p.state(meta)
	case o.Force || len(foreign) == 0 && done == 0:
		return p, p.begin(meta, s)
	case len(foreign) > 0:
		return nil, fmt.Errorf("an unfinished run of another configuration is kept beside %s (%s): --force discards it", dir, strings.Join(foreign, "; "))
	default:
		return nil, fmt.Errorf("an unfinished run of %s has %d of %d replications: --resume goes on with it, --force discards it", dir, done, left.Replications)
	}
}

func (p *partial) path(name string) string { return filepath.Join(p.dir, name) }

func (p *partial) done() int {
	if p.journal == nil {
		return 0
	}
	return len(p.journal.numbers)
}

// begin empties the folder and starts a run in it.
func (p *partial) begin(meta Meta, s shape) error {
	if p.journal != nil {
		p.journal.file.Close()
	}
	for _, name := range []string{resultName, journalName, runName} {
		if err := os.RemoveAll(p.path(name)); err != nil {
			return explain(err)
		}
	}
	var err error
	if p.journal, err = createJournal(p.path(journalName), s); err != nil {
		return explain(err)
	}
	return p.state(meta)
}

// state writes what the run is. It is renamed into place, so that it is whole
// or not there.
func (p *partial) state(meta Meta) error {
	data, err := json.MarshalIndent(meta, "", "  ")
	if err != nil {
		panic(err) // no field can fail to encode
	}
	next := p.path(runName + ".new")
	err = create(next, func(out io.Writer) error {
		_, err := out.Write(append(data, '\n'))
		return err
	})
	if err == nil {
		err = os.Rename(next, p.path(runName))
	}
	return explain(err)
}

func readRun(path string) (*Meta, error) {
	data, err := readWhole(path)
	if err != nil {
		return nil, err
	}
	return parseRun(data)
}

func parseRun(data []byte) (*Meta, error) {
	var m Meta
	if err := unmarshal(data, &m); err != nil {
		return nil, err
	}
	return &m, nil
}

// differences says, for people, in which inputs two runs differ that make
// their replications differ. How many replications are asked for is not one.
func (m Meta) differences(other Meta) []string {
	var all []string
	differ := func(what string, a, b any) {
		all = append(all, fmt.Sprintf("%s %v, here %v", what, a, b))
	}
	if m.Experiment != other.Experiment {
		differ("experiment", m.Experiment, other.Experiment)
	}
	if m.Version != other.Version {
		differ("program version", m.Version, other.Version)
	}
	if m.Seed != other.Seed {
		differ("seed", m.Seed, other.Seed)
	}
	if !slices.Equal(m.Regimes, other.Regimes) {
		differ("regimes", strings.Join(m.Regimes, " "), strings.Join(other.Regimes, " "))
	}
	if m.ConfigDigest != other.ConfigDigest && len(all) == 0 {
		differ("digest of the configuration", short(m.ConfigDigest), short(other.ConfigDigest))
	}
	for _, name := range sortedKeys(m.DataDigests, other.DataDigests) {
		if a, b := m.DataDigests[name], other.DataDigests[name]; a != b {
			differ("published series "+name, short(a), short(b))
		}
	}
	if a, b := m.Shard.String(), other.Shard.String(); a != b {
		differ("shard", a, b)
	}
	return all
}

func short(digest string) string {
	if digest == "" {
		return "none"
	}
	return digest[:min(12, len(digest))]
}

func sortedKeys(maps ...map[string]string) []string {
	var keys []string
	for _, m := range maps {
		for k := range m {
			keys = append(keys, k)
		}
	}
	slices.Sort(keys)
	return slices.Compact(keys)
}

// close lets go of the folder and leaves what is in it.
func (p *partial) close() error {
	var errs []error
	if p.journal != nil {
		errs = append(errs, p.journal.file.Close())
		p.journal = nil
	}
	if p.lock != nil {
		errs = append(errs, p.lock.Close())
		p.lock = nil
	}
	return errors.Join(errs...)
}

// remove lets go of the folder and deletes it.
func (p *partial) remove() error {
	// Under the lock, so that no other run's folder is deleted.
	err := os.RemoveAll(p.dir)
	return explain(errors.Join(err, p.close()))
}
