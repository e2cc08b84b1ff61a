package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"time"
)

// trial is what became of a fault.
type trial struct {
	fault   *fault
	outcome outcome
	by      string // the test that failed, or why the fault is invalid
	took    time.Duration
}

// bench is where faults are tried: a module, of which no file is changed.
type bench struct {
	root  string
	limit time.Duration // for the tests of a package, after which they count as hanging
}

// sound checks that the tests of packages pass without a fault: only then does
// a failure say something. Those that passed before, as in go test ./..., are
// not run again.
func (b *bench) sound(ctx context.Context, packages []string) error {
	log, passed, err := b.test(ctx, append([]string{"-vet=off"}, packages...)...)
	if err == nil && !passed {
		err = fmt.Errorf("the tests fail without any fault, so that they cannot judge one:\n%s", bytes.TrimSpace(log))
	}
	return err
}

// try runs the tests of a fault's packages with the fault in the program, until
// one fails.
func (b *bench) try(ctx context.Context, f *fault) (result trial, err error) {
	began := time.Now()
	defer func() { result.fault, result.took = f, time.Since(began) }()
	dir, err := os.MkdirTemp("", "seedfaults")
	if err != nil {
		return trial{}, err
	}
	defer os.RemoveAll(dir)
	overlay, err := b.overlay(dir, f)
	if err != nil {
		return trial{outcome: invalid, by: err.Error()}, nil
	}
	arguments := []string{"-json", "-vet=off", "-count=1", "-failfast", "-timeout", b.limit.String(), "-overlay", overlay}
	for i, p := range f.Packages {
		runs := []string{"."}
		if i == 0 && f.Run != "" {
			runs = []string{f.Run, "."}
		}
		for _, run := range runs {
			log, passed, err := b.test(ctx, append(arguments, "-run", run, p)...)
			if err != nil {
				return trial{}, err
			}
			if result = judge(log); result.outcome != survived {
				return result, nil
			}
			if !passed {
				return trial{}, fmt.Errorf("%s: the tests did not pass, and none failed:\n%s", f.ID, bytes.TrimSpace(log))
			}
		}
	}
	return result, nil
}

// overlay writes the changed file of a fault to a folder, and beside it the
// list by which the go command takes it for the one of the module.
func (b *bench) overlay(dir string, f *fault) (string, error) {
	text, err := f.changed(b.root)
	if err != nil {
		return "", err
	}
	copied, list := filepath.Join(dir, filepath.Base(f.File)), filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(copied, []byte(text), 0o600); err != nil {
		return "", err
	}
	replaced, err := filepath.Abs(filepath.Join(b.root, f.File))
	if err != nil {
		return "", err
	}
	data, err := json.Marshal(map[string]map[string]string{"Replace": {replaced: copied}})
	if err != nil {
		return "", err
	}
	return list, os.WriteFile(list, data, 0o600)
}

// test runs go test and returns its log, and whether all tests passed.
func (b *bench) test(ctx context.Context, arguments ...string) (log []byte, passed bool, err error) {
	command := exec.CommandContext(ctx, "go", append([]string{"test"}, arguments...)...)
	command.Dir = b.root
	command.Cancel = func() error { return command.Process.Signal(os.Interrupt) }
	command.WaitDelay = 10 * time.Second
	log, err = command.CombinedOutput()
	var failed *exec.ExitError
	switch {
	case ctx.Err() != nil:
		return nil, false, ctx.Err()
	case err != nil && !errors.As(err, &failed):
		return nil, false, err
	}
	return log, err == nil, nil
}
