package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"runtime"
	"runtime/debug"
	"sync"

	"asylumsim/sim/store"
)

// version is the version of the program, as results record it.
const version = "0.1.0"

// built says which source the program was built from, as far as the build does.
func built() store.Program {
	p := store.Program{Version: version, GoVersion: runtime.Version()}
	info, _ := debug.ReadBuildInfo()
	if info == nil {
		return p
	}
	for _, s := range info.Settings {
		switch s.Key {
		case "vcs.revision":
			p.Commit = s.Value
		case "vcs.modified":
			p.Clean = s.Value == "false"
		}
	}
	return p
}

// program is the build of this program: its commit, or the digest of its file if
// that does not say all.
var program = sync.OnceValues(func() (store.Program, error) {
	p := built()
	if p.Commit != "" && p.Clean {
		return p, nil
	}
	p.Clean = false
	path, err := os.Executable()
	if err != nil {
		return p, fmt.Errorf("cannot tell which build of the program this is: %w", err)
	}
	file, err := os.Open(path)
	if err != nil {
		return p, fmt.Errorf("cannot tell which build of the program this is: %w", err)
	}
	defer file.Close()
	sum := sha256.New()
	if _, err := io.Copy(sum, file); err != nil {
		return p, fmt.Errorf("cannot tell which build of the program this is: %w", err)
	}
	p.Executable = hex.EncodeToString(sum.Sum(nil))
	return p, nil
})
