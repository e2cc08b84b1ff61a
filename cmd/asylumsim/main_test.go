package main

import (
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) {
	testscript.Main(leakless{m}, map[string]func(){"asylumsim": main})
}

// leakless runs the tests and fails where they leave a goroutine behind.
type leakless struct{ *testing.M }

func (l leakless) Run() int {
	status := l.M.Run()
	if err := goleak.Find(); status == 0 && err != nil {
		fmt.Fprintln(os.Stderr, "left by the tests:", err)
		return 1
	}
	return status
}

// TestScripts runs the stories in testdata/script.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata/script", RequireExplicitExec: true})
}

// TestReadmeCommands executes the commands of the README's section on use, on
// one year and two replications.
func TestReadmeCommands(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	configs, err := filepath.Abs("../../configs")
	if err != nil {
		t.Fatal(err)
	}
	t.Chdir(t.TempDir())
	if err := os.Symlink(configs, "configs"); err != nil {
		t.Skip("no symbolic links here:", err)
	}
	commands := 0
	for line := range strings.Lines(string(readme)) {
		line, ok := strings.CutPrefix(strings.TrimSpace(line), "bin/asylumsim ")
		if !ok {
			continue
		}
		commands++
		line, _, _ = strings.Cut(line, "#")
		args := strings.Fields(line)
		switch args[0] { // the same in small
		case "run":
			args = append(args, "--years", "1", "-n", "2")
		case "backtest":
			args = append(args, "--origins", "2024-12-31", "-n", "20", "--fraction", "1/100")
		case "calibrate":
			args = append(args, "--runs", "200", "--generations", "1", "--fraction", "1/100")
		}
		var stdout, stderr bytes.Buffer
		if status := run(context.Background(), args, &stdout, &stderr); status != statusDone {
			t.Errorf("asylumsim %s: status %d\n%s", line, status, &stderr)
		}
	}
	if commands < 8 {
		t.Errorf("only %d commands found in the README", commands)
	}
}

// TestInterrupt cancels a run once its first replication is on disk: it must
// end with status 1 and keep a whole result folder.
func TestInterrupt(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "result")
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go func() {
		for ctx.Err() == nil {
			journal := filepath.Join(filepath.Dir(dir), ".result.part", "replications.journal")
			if info, err := os.Stat(journal); err == nil && info.Size() > 1000 {
				cancel()
			}
			time.Sleep(5 * time.Millisecond)
		}
	}()
	var stdout, stderr bytes.Buffer
	status := run(ctx, []string{"run", "core-protection", "--years", "1", "-n", "500", "--out", dir}, &stdout, &stderr)
	if status != statusFailed {
		t.Errorf("status %d, want %d\n%s", status, statusFailed, &stderr)
	}
	data, err := os.ReadFile(filepath.Join(dir, "manifest.json"))
	if err != nil {
		t.Skipf("interrupted before the first replication: %v", err)
	}
	var manifest struct {
		Done  int `json:"replications_done"`
		Asked int `json:"replications_asked"`
	}
	if err := json.Unmarshal(data, &manifest); err != nil {
		t.Fatal(err)
	}
	if manifest.Done < 1 || manifest.Done >= 500 || manifest.Asked != 500 {
		t.Errorf("%d of %d replications kept", manifest.Done, manifest.Asked)
	}
	if !strings.Contains(stderr.String(), "which are kept in") {
		t.Errorf("the message does not say what is kept:\n%s", &stderr)
	}
}
