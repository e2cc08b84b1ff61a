package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"asylumsim/sim/store"
)

// TestKilledAtRandomMoments kills a run with SIGKILL at random moments and goes
// on with it until it is done: the result is that of a run in one go, byte for
// byte, and no finished replication was run twice.
func TestKilledAtRandomMoments(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program many times")
	}
	root := t.TempDir()
	args := []string{"run", "core-protection", "--years", "1", "-n", "8", "--resume", "--out"}
	whole, killed := filepath.Join(root, "whole"), filepath.Join(root, "killed")
	if out, err := exec.Command("asylumsim", append(args, whole)...).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	rng := rand.New(rand.NewPCG(uint64(time.Now().UnixNano()), 1))
	journal := filepath.Join(root, ".killed.part", "replications.journal")
	kills, before := 0, int64(0)
	for {
		var said bytes.Buffer
		c := exec.Command("asylumsim", append(args, killed)...)
		c.Stderr = &said
		if err := c.Start(); err != nil {
			t.Fatal(err)
		}
		// Ever later, so that the test comes to an end on any machine.
		wait := time.Duration(rng.Int64N(int64(time.Duration(kills+2) * 400 * time.Millisecond)))
		stop := time.AfterFunc(wait, func() { c.Process.Kill() })
		err := c.Wait()
		stop.Stop()
		if err == nil {
			break
		}
		if exit := (*exec.ExitError)(nil); !errors.As(err, &exit) || exit.ExitCode() != -1 {
			t.Fatalf("after %d kills: %v\n%s", kills, err, &said)
		}
		kills++
		if info, err := os.Stat(journal); err == nil {
			if info.Size() < before-1<<20 {
				t.Errorf("the journal went from %d to %d bytes: finished replications were lost", before, info.Size())
			}
			before = info.Size()
		}
	}
	t.Logf("killed %d times", kills)
	for _, name := range []string{"replications.parquet", "summary.csv", "totals.csv", "differences.csv", "cohorts.csv", "waits.csv", "quarters.csv", "config.resolved.yaml"} {
		want, err := os.ReadFile(filepath.Join(whole, name))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(killed, name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is not that of a run in one go: %v", name, err)
		}
	}
	if a, b := manifestOf(t, whole), manifestOf(t, killed); a != b {
		t.Errorf("manifests differ beyond the execution:\n%s\n%s", a, b)
	}
	if left, _ := filepath.Glob(filepath.Join(root, ".*")); len(left) > 0 {
		t.Errorf("left: %v", left)
	}
}

// manifestOf is a result's manifest without what differs between executions.
func manifestOf(t *testing.T, dir string) string {
	t.Helper()
	m, err := store.ReadManifest(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Fatal(err)
	}
	m.Execution, m.Digest = store.Execution{}, ""
	text, err := json.Marshal(m)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
