package store

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
)

// lockName is the file in a stage that the process which fills it holds locked
// for as long as it lives.
const lockName = ".running"

// errSwept reports that a stage was taken for one of a dead process before its
// lock was held.
var errSwept = errors.New("the stage is gone")

// sweep removes the stages of a result that processes have left which were
// killed: those whose lock nobody holds. A stage with a manifest is a finished
// result that could not be put into place, and one with a file that is not
// ours may matter to somebody: both are left. What cannot be removed is hidden
// and harms nobody.
func sweep(parent, name string) {
	entries, err := os.ReadDir(parent)
	if err != nil {
		return
	}
	for _, e := range entries {
		number, ok := strings.CutPrefix(e.Name(), stagePrefix(name))
		if !ok || !e.IsDir() || strings.Trim(number, "0123456789") != "" {
			continue
		}
		stage := filepath.Join(parent, e.Name())
		if !abandoned(stage) {
			continue
		}
		if free := tryLock(filepath.Join(stage, lockName)); free != nil {
			os.RemoveAll(stage)
			free.Close()
		}
	}
}

// abandoned reports whether a stage holds nothing but the beginnings of a
// result.
func abandoned(stage string) bool {
	entries, err := os.ReadDir(stage)
	if err != nil {
		return false
	}
	for _, e := range entries {
		if name := e.Name(); name == manifestName || !ours[name] && name != spoolName && name != lockName {
			return false
		}
	}
	return true
}
