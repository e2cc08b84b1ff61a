package store

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
)

// A run grows in a hidden folder beside the result folder: what it is (runName)
// and the journal of its replications. The finished result is made in a folder
// within it and renamed into place, and an earlier one is moved there until it
// is. What a killed run leaves is this folder. Without runName it holds nothing
// that is worth keeping, and the next run of the name empties it.

const (
	runName    = "run.json"
	lockName   = "lock"
	resultName = "result"
	asideName  = "result.old"
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
	dir      string
	lock     *os.File
	journal  *journal
	lost     int64 // bytes after the last record that was whole
	replaces bool  // the run may take the place of an earlier result
}

// unfinished is what a run in a hidden folder is.
type unfinished struct {
	Meta
	// Replaces says that the run may take the place of an earlier result, so that
	// going on with it needs no leave again.
	Replaces bool `json:"replaces"`
}

// takeOver opens the hidden folder of a result, making it if it is not there.
// What an earlier run left in it is gone on with (Resume), discarded (Force
// alone), or an error that offers both.
func takeOver(dir string, meta Meta, o Options) (taken *partial, err error) {
	p := &partial{dir: partialDir(dir)}
	if p.lock, err = hold(p.dir); err != nil {
		if errors.Is(err, errBusy) {
			err = fmt.Errorf("cannot put results at %s: %w; wait for it, or choose another folder", dir, err)
		}
		return nil, err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, p.leave())
		}
	}()
	if err := p.settle(dir); err != nil {
		return nil, err
	}
	left, err := readRun(p.path(runName))
	switch {
	case errors.Is(err, fs.ErrNotExist), o.Force && !o.Resume:
		return p, p.start(dir, meta, o)
	case err != nil:
		return nil, fmt.Errorf("an earlier run left %s, which cannot be read (%w): run --force discards it", p.dir, err)
	}
	return p, p.goOn(dir, left, meta, o)
}

// goOn goes on with what an earlier run left, or says why not.
func (p *partial) goOn(dir string, left *unfinished, meta Meta, o Options) (err error) {
	foreign := left.Differences(meta)
	resumed := o.Resume && len(foreign) == 0
	p.journal, p.lost, err = openJournal(p.path(journalName), left.shape(), left.Shard, resumed)
	if errors.Is(err, fs.ErrNotExist) || err == nil && p.journal.held == 0 && !resumed {
		// It was killed before anything was finished.
		return errors.Join(p.clear(), p.start(dir, meta, o))
	}
	differ := listed(foreign)
	switch {
	case len(foreign) > 0 && o.Resume:
		return fmt.Errorf("cannot resume the run of %s: it is of another configuration (%s); --force without --resume discards it", dir, differ)
	case len(foreign) > 0:
		return fmt.Errorf("an unfinished run of another configuration is kept beside %s (%s): run --force discards it", dir, differ)
	case err != nil:
		return fmt.Errorf("an earlier run left a journal that cannot be read (%w): run --force discards it", err)
	case !resumed:
		return fmt.Errorf("an unfinished run of %s has %d of %d replications: run --resume goes on with it, --force discards it", dir, p.journal.held, left.Shard.Count(left.Replications))
	case p.journal.held > meta.Shard.Count(meta.Replications):
		return fmt.Errorf("cannot resume the run of %s with %d replications: %d are finished, which are kept; want -n %d or more",
			dir, meta.Replications, p.journal.held, meta.Shard.Replication(p.journal.held-1)+1)
	}
	p.replaces = left.Replaces || o.Force || continues(dir, meta)
	if err := vacant(dir, p.replaces); err != nil {
		return err
	}
	return p.state(meta)
}

// start begins a run from its first replication.
func (p *partial) start(dir string, meta Meta, o Options) error {
	p.replaces = o.Force
	if earlier, err := readAnyManifest(dir); o.Resume && !o.Force && err == nil {
		if foreign := earlier.Differences(meta); len(foreign) > 0 {
			return fmt.Errorf("cannot resume the run of %s: it is of another configuration (%s); --force replaces it", dir, listed(foreign))
		}
		if asked := earlier.Shard.Count(earlier.Replications); earlier.Done >= asked {
			return fmt.Errorf("%s is complete, with %d of %d replications: there is nothing to resume; --force runs them again", dir, earlier.Done, asked)
		}
		p.replaces = true // what it was made of is gone
	}
	if err := vacant(dir, p.replaces); err != nil {
		return err
	}
	if err := p.clear(); err != nil {
		return err
	}
	var err error
	if p.journal, err = createJournal(p.path(journalName), meta.shape(), meta.Shard); err != nil {
		return explain(err)
	}
	if o.Whole {
		return nil
	}
	return p.state(meta)
}

// settle puts an earlier result back that a killed run had moved aside, or
// removes it if the new one is in its place.
func (p *partial) settle(dir string) error {
	aside := p.path(asideName)
	if _, err := os.Lstat(dir); errors.Is(err, fs.ErrNotExist) {
		if err = os.Rename(aside, dir); !errors.Is(err, fs.ErrNotExist) {
			return explain(err)
		}
	}
	return explain(os.RemoveAll(aside))
}

func (p *partial) path(name string) string { return filepath.Join(p.dir, name) }

// state writes what the run is. It is renamed into place, so that it is whole
// or not there.
func (p *partial) state(meta Meta) error {
	next := p.path(runName + ".new")
	err := create(next, func(out io.Writer) error {
		_, err := out.Write(append(encoded(json.MarshalIndent(unfinished{meta, p.replaces}, "", "  ")), '\n'))
		return err
	})
	if err == nil {
		err = os.Rename(next, p.path(runName))
	}
	return explain(err)
}

func readRun(path string) (*unfinished, error) {
	data, err := readWhole(path)
	if err != nil {
		return nil, err
	}
	return parseRun(data)
}

// parseRun reads what a run is. No run is what no manifest of one could state.
func parseRun(data []byte) (*unfinished, error) {
	var u unfinished
	if err := unmarshal(data, &u); err != nil {
		return nil, err
	}
	as := Manifest{Format: format, Meta: u.Meta, Done: 1}
	if u.Shard != nil {
		as.Format = shardFormat
	}
	if len(u.Regimes) > 0 {
		as.Base = u.Regimes[0]
	}
	return &u, as.check()
}

// close lets go of the folder and leaves what is in it.
func (p *partial) close() error {
	var errs []error
	if p.journal != nil {
		errs = append(errs, p.journal.file.Close())
		p.journal = nil
	}
	return errors.Join(append(errs, p.lock.Close())...)
}

// leave lets go of the folder, and deletes it if it holds no run.
func (p *partial) leave() error {
	if _, err := os.Lstat(p.path(runName)); errors.Is(err, fs.ErrNotExist) {
		return p.remove()
	}
	return p.close()
}

// clear deletes what is in the folder, what makes it a run first. The lock stays.
func (p *partial) clear() error {
	if p.journal != nil {
		p.journal.file.Close()
		p.journal = nil
	}
	err := os.RemoveAll(p.path(runName))
	entries, failed := os.ReadDir(p.dir)
	err = errors.Join(err, failed)
	for _, e := range entries {
		if e.Name() != lockName {
			err = errors.Join(err, os.RemoveAll(p.path(e.Name())))
		}
	}
	return explain(err)
}

// remove deletes the folder and lets go of it. The lock goes last, so that no
// other run begins in a folder that is being deleted; one that begins then keeps
// the folder, which is not empty any more.
func (p *partial) remove() error {
	err := p.clear()
	if err == nil {
		err = explain(os.Remove(p.path(lockName)))
	}
	os.Remove(p.dir)
	return errors.Join(err, p.close())
}
