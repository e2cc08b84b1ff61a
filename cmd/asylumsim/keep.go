package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"asylumsim/sim/file"
	"asylumsim/sim/policy"
)

// kept is a file that a command keeps in a folder, and what writes it.
type kept struct {
	name  string
	write func(io.Writer) error
}

// keep writes files to a folder once all of them are written in memory.
func keep(dir string, files ...kept) error {
	var finished []file.Named
	for _, k := range files {
		var data bytes.Buffer
		if err := k.write(&data); err != nil {
			return err
		}
		finished = append(finished, file.Named{Name: k.name, Content: data.Bytes()})
	}
	return file.Write(dir, finished)
}

// checkOut reports, before minutes of runs, a folder that could not be written
// to. Nothing is made; no folder is none to check.
func checkOut(dir string, wrong *policy.Problems) {
	if dir == "" {
		return
	}
	fault := func(want string) {
		*wrong = append(*wrong, policy.Problem{Position: policy.Position{File: "--out"}, Key: "out", Value: fmt.Sprintf("%q", dir), Want: want})
	}
	at := filepath.Clean(dir)
	for {
		info, err := os.Stat(at)
		switch {
		case err == nil && !info.IsDir():
			fault(fmt.Sprintf("a folder: %s is a file", at))
			return
		case err == nil:
			if probe, err := os.CreateTemp(at, ".asylumsim-*"); err != nil {
				fault(fmt.Sprintf("a folder that you may write to: %v", err))
			} else {
				probe.Close()
				os.Remove(probe.Name())
			}
			return
		case !errors.Is(err, fs.ErrNotExist):
			fault(fmt.Sprintf("a folder that can be made: %v", err))
			return
		}
		at = filepath.Dir(at)
	}
}
