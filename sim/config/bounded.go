package config

import (
	"fmt"
	"io"
	"io/fs"

	"asylumsim/sim/file"
	"asylumsim/sim/policy"
)

// What is read is bounded, so that no file takes the memory or the time of the
// machine: the largest shipped file has 12 kilobytes, and a resolved file with
// all regimes half a megabyte.
const (
	mostBytes    = 4 << 20 // of a file
	mostEntries  = 10_000  // of a list or a map
	mostProblems = 1_000   // of a file's form
	mostRegimes  = 1_000   // of an experiment, and of a resolved file
	mostText     = 4_000   // characters of a text: the longest shipped one has some 500
)

// readFile reads a file of a data set whole.
func readFile(fsys fs.FS, name string) ([]byte, error) {
	in, err := fsys.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return readAll(in, name)
}

// readPath reads a file whole that the user names.
func readPath(name string) ([]byte, error) {
	in, err := file.Open(name)
	if err != nil {
		return nil, err
	}
	defer in.Close()
	return readAll(in, name)
}

func readAll(in io.Reader, name string) ([]byte, error) {
	data, err := io.ReadAll(io.LimitReader(in, mostBytes+1))
	if err == nil && len(data) > mostBytes {
		return nil, policy.Problems{{Position: policy.Position{File: name}, Key: "file",
			Want: fmt.Sprintf("a file of up to %d MB", mostBytes>>20)}}
	}
	return data, err
}
