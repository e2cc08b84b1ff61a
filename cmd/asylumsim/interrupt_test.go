package main

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"

	"asylumsim/sim/measure"
)

// TestPlotEndsAtTheFirstSignal stops a process that draws figures of all outputs:
// it ends with status 1, and there are no figures or all of them.
func TestPlotEndsAtTheFirstSignal(t *testing.T) {
	root := t.TempDir()
	result := filepath.Join(root, "result")
	if out, err := exec.Command("asylumsim", "run", "core-protection", "--years", "2", "-n", "2", "--fraction", "1/100", "--out", result).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var outputs []string
	for o := range measure.NumOutputs {
		outputs = append(outputs, o.String())
	}
	stopped := 0
	for i, signal := range []os.Signal{os.Interrupt, syscall.SIGTERM, os.Interrupt, syscall.SIGTERM} {
		c := exec.Command("asylumsim", "plot", result, "--outputs", strings.Join(outputs, ","))
		var said strings.Builder
		c.Stderr = &said
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		// Late enough for the program to be there, whatever the machine does.
		timer := time.AfterFunc(time.Duration(i+1)*700*time.Millisecond, func() { c.Process.Signal(signal) })
		err := c.Wait()
		timer.Stop()
		entries, _ := os.ReadDir(filepath.Join(result, "figures"))
		switch exit := (*exec.ExitError)(nil); {
		case err == nil:
			if len(entries) == 0 {
				t.Error("plot ended as if it was done, and there are no figures")
			}
			os.RemoveAll(filepath.Join(result, "figures"))
		case !errors.As(err, &exit) || exit.ExitCode() != statusFailed && exit.ExitCode() != -1:
			t.Errorf("after %v: %v\n%s", signal, err, said.String())
		case exit.ExitCode() == statusFailed:
			stopped++
			if !strings.Contains(said.String(), "interrupted") {
				t.Errorf("after %v it says %q", signal, said.String())
			}
			if len(entries) > 0 {
				t.Errorf("%d files are left, such as %s", len(entries), entries[0].Name())
			}
		}
	}
	if stopped == 0 {
		t.Error("no signal came in time")
	}
}
