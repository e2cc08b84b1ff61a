package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"

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
	if _, err := os.Stat(at); errors.Is(err, fs.ErrNotExist) {
		if _, err := os.Lstat(at); err == nil {
			fault("a folder: it is a link to what is not there")
			return
		}
	}
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
		case !errors.Is(err, fs.ErrNotExist) && !errors.Is(err, syscall.ENOTDIR): // a part of the path is a file, which is found below
			fault(fmt.Sprintf("a folder that can be made: %v", err))
			return
		}
		at = filepath.Dir(at)
	}
}

// keeping is a folder that a command of its own keeps files in.
type keeping struct {
	folder string
	force  bool     // replaces what an earlier run of the command kept
	names  []string // of what the command writes
}

// check reports, before minutes of runs, a folder that could not be written to
// or that holds anything else than the command writes. Nothing is made; no folder
// is none to check.
func (k keeping) check(wrong *policy.Problems) {
	if k.folder == "" {
		return
	}
	before := len(*wrong)
	checkOut(k.folder, wrong)
	entries, err := os.ReadDir(k.folder)
	if err != nil || len(entries) == 0 || len(*wrong) > before {
		return // what is not there is vacant, and what cannot be read was told
	}
	fault := func(want, hint string) {
		*wrong = append(*wrong, policy.Problem{Position: policy.Position{File: "--out"}, Key: "out", Value: fmt.Sprintf("%q", k.folder), Want: want, Hint: hint})
	}
	for _, e := range entries {
		if k.leftOver(e.Name()) {
			continue
		}
		if !slices.Contains(k.names, e.Name()) || e.IsDir() != (e.Name() == figuresFolder) {
			fault(fmt.Sprintf("a folder without other files: %s in it was not written by this command", e.Name()), "choose another folder")
			return
		}
	}
	if !k.force {
		fault("an empty folder, or --force to replace what an earlier run kept in it", "")
	}
}

// leftOver reports the temporary name of a file of the command, from a write that
// was killed.
func (k keeping) leftOver(name string) bool {
	return slices.ContainsFunc(k.names, func(own string) bool { return strings.HasPrefix(name, "."+own+"-") })
}

// figuresFolder is where commands keep figures in their folder.
const figuresFolder = "figures"
