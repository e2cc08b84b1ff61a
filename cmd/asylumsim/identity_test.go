package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"syscall"
	"testing"
	"time"

	"asylumsim/sim/store"
)

// anotherBuild is a program that differs from this one, and does the same.
func anotherBuild(t *testing.T) string {
	t.Helper()
	path, err := exec.LookPath("asylumsim")
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	other := filepath.Join(t.TempDir(), "asylumsim")
	if err := os.WriteFile(other, append(data, 0), 0o755); err != nil {
		t.Fatal(err)
	}
	return other
}

// small is a run that takes little.
var small = []string{"run", "core-protection", "--years", "1", "--fraction", "1/100", "--workers", "2"}

// does runs a program in a folder and returns what it said and its exit status.
func does(t *testing.T, dir, program string, args ...string) (said string, status int) {
	t.Helper()
	c := exec.Command(program, args...)
	c.Dir = dir
	out, err := c.CombinedOutput()
	if exit := (*exec.ExitError)(nil); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return string(out), c.ProcessState.ExitCode()
}

// stopped runs a program until some replications are in its journal, and sends it
// a signal.
func stopped(t *testing.T, dir, program string, signal syscall.Signal, args ...string) {
	t.Helper()
	c := exec.Command(program, append(args, "--out", "z")...)
	c.Dir = dir
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	for range 6000 {
		if info, err := os.Stat(filepath.Join(dir, ".z.part", "replications.journal")); err == nil && info.Size() > 300_000 {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	c.Process.Signal(signal)
	if err := c.Wait(); err == nil {
		t.Fatal("the run came to its end")
	}
}

// Replications of different builds are not put together, and a result says which
// build made it.
func TestBuildsAreNotMixed(t *testing.T) {
	dir, other := t.TempDir(), anotherBuild(t)
	for i, program := range []string{"asylumsim", other} {
		shard := []string{"1/2", "2/2"}[i]
		if said, status := does(t, dir, program, append(small, "-n", "2", "--shard", shard, "--out", "part-"+shard[:1])...); status != statusDone {
			t.Fatalf("status %d\n%s", status, said)
		}
	}
	digests := regexp.MustCompile(`sha256 [0-9a-f]{12}`)
	names := func(said string) int { return len(digests.FindAllString(said, -1)) }
	said, status := does(t, dir, "asylumsim", "merge", "merged", "part-1", "part-2")
	if status != statusUsage || !strings.Contains(said, "part-2 is of another run than part-1: program 0.1.0 (") || names(said) != 2 {
		t.Errorf("a merge of two builds: status %d\n%s", status, said)
	}
	stopped(t, dir, other, syscall.SIGKILL, append(small, "-n", "4000")...)
	said, status = does(t, dir, "asylumsim", append(small, "-n", "4000", "--out", "z", "--resume")...)
	if status != statusUsage || !strings.Contains(said, "it is of another configuration (program 0.1.0 (") || names(said) != 2 {
		t.Errorf("another build goes on: status %d\n%s", status, said)
	}
	if said, status = does(t, dir, "asylumsim", append(small, "-n", "1", "--out", "whole")...); status != statusDone {
		t.Fatalf("status %d\n%s", status, said)
	}
	said, status = does(t, dir, other, "rerun", "whole")
	if status != statusDone || !strings.Contains(said, "made by another build") || !strings.Contains(said, "reproduced: ") || names(said) != 2 {
		t.Errorf("another build runs it again: status %d\n%s", status, said)
	}
}

// A forced run that is stopped leaves the earlier result as it was, and is gone on
// with; fewer replications than are finished are refused, and what differs is
// named, however it was stopped.
func TestAStoppedForcedRunIsGoneOnWith(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGKILL, syscall.SIGINT} {
		dir := t.TempDir()
		must := func(want int, args ...string) string {
			t.Helper()
			said, status := does(t, dir, "asylumsim", append(append(small, "--out", "z"), args...)...)
			if status != want {
				t.Fatalf("%v: status %d, want %d\n%s", args, status, want, said)
			}
			return said
		}
		must(statusDone, "-n", "2")
		before, err := os.ReadFile(filepath.Join(dir, "z", "manifest.json"))
		if err != nil {
			t.Fatal(err)
		}
		stopped(t, dir, "asylumsim", signal, append(small, "-n", "4000", "--force")...)
		if after, err := os.ReadFile(filepath.Join(dir, "z", "manifest.json")); err != nil || !bytes.Equal(before, after) {
			t.Errorf("%v: the earlier result is another one: %v", signal, err)
		}
		fewer := regexp.MustCompile(`(\d+) are finished, which are kept; want -n (\d+) or more`).FindStringSubmatch(must(statusUsage, "-n", "1", "--resume"))
		if fewer == nil || fewer[1] != fewer[2] {
			t.Fatalf("%v: fewer replications than are finished: %q", signal, fewer)
		}
		for want, args := range map[string][]string{"seed 1, here 2": {"--seed", "2"}, "fraction 1/100, here 1/50": {"--fraction", "1/50"},
			"years 1, here 2": {"--years", "2"}, "--set uk-2025.hotel_price as in the files, here 170": {"--set", "uk-2025.hotel_price=170"}} {
			if said := must(statusUsage, append(args, "-n", "4000", "--resume")...); !strings.Contains(said, "cannot resume the run of z: it is of another configuration ("+want+")") {
				t.Errorf("%v, %v:\n%s", signal, args, said)
			}
		}
		if said := must(statusDone, "-n", fewer[2], "--resume"); !strings.Contains(said, fewer[1]+" of "+fewer[1]+" replications") {
			t.Errorf("%v:\n%s", signal, said)
		}
		if said, status := does(t, dir, "asylumsim", "compare", "z"); status != statusDone {
			t.Errorf("%v: status %d\n%s", signal, status, said)
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
			t.Errorf("%v: left %v", signal, left)
		}
	}
}

// Without space left a run and a merge fail with the same status, and the words
// about what is kept are true.
func TestAFullDiskIsAFailedRun(t *testing.T) {
	dir := t.TempDir()
	if said, status := does(t, dir, "asylumsim", append(small, "-n", "5", "--shard", "1/1", "--out", "part")...); status != statusDone {
		t.Fatalf("status %d\n%s", status, said)
	}
	run, merge := "asylumsim "+strings.Join(small, " ")+" -n 5 --out z", "asylumsim merge z part"
	for _, c := range []struct{ command, kept string }{{run, "of 5 replications are finished and kept: --resume goes on with them"}, {merge, ""}} {
		said, status := does(t, dir, "sh", "-c", "ulimit -f 100; exec "+c.command) // 50 kB
		if status != statusFailed || !strings.Contains(said, "free some space") || !strings.Contains(said, c.kept) || c.kept == "" && strings.Contains(said, "--resume") {
			t.Errorf("%s: status %d\n%s", c.command, status, said)
		}
		if c.kept != "" {
			os.RemoveAll(filepath.Join(dir, ".z.part"))
		}
		if left, _ := filepath.Glob(filepath.Join(dir, ".*")); len(left) > 0 {
			t.Errorf("%s: left %v", c.command, left)
		}
	}
	if said, status := does(t, dir, "asylumsim", "merge", "z", "part"); status != statusDone {
		t.Errorf("status %d\n%s", status, said)
	}
}

// A manifest is of the run of the configuration beside it, in what both state.
func TestAManifestIsOfTheConfigurationBesideIt(t *testing.T) {
	dir := t.TempDir()
	if said, status := does(t, dir, "asylumsim", append(small, "-n", "1", "--out", "z")...); status != statusDone {
		t.Fatalf("status %d\n%s", status, said)
	}
	kept, err := openConfigured(filepath.Join(dir, "z"))
	if err != nil {
		t.Fatal(err)
	}
	for want, change := range map[string]func(m *store.Manifest){
		"seed 2, not 1":              func(m *store.Manifest) { m.Seed = 2 },
		"fraction 1/10, not 1/100":   func(m *store.Manifest) { m.Fraction = 10 },
		"draws central, not indepen": func(m *store.Manifest) { m.Draws = "central" },
		"inner replications 2, not ": func(m *store.Manifest) { m.Inner = 2 },
		"replications 7, not 1":      func(m *store.Manifest) { m.Replications = 7 },
		"opening 2025-12-30, not ":   func(m *store.Manifest) { m.Opening-- },
		"digest of the configur":     func(m *store.Manifest) { m.ConfigDigest = "c0ffee" },
		"years 2, not 1":             func(m *store.Manifest) { m.Months = 24 },
	} {
		m := *kept.Manifest
		change(&m)
		if err := ofOneRun("z", &m, kept.bundle, true); err == nil || !strings.Contains(err.Error(), "beside it: it says "+want) {
			t.Errorf("%s: error %v", want, err)
		}
	}
}
