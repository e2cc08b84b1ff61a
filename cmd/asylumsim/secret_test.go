package main

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestNoFileTellsWhereItWasMade: results are handed on. Nothing of the
// environment, the user, the machine or its folders is in any file of a result,
// of its figures, of a shard or of what is kept of an unfinished run.
func TestNoFileTellsWhereItWasMade(t *testing.T) {
	secrets := map[string]string{"SECRET_TOKEN": "swordfish-7d1c", "HOME": "/home/alice-7d1c", "USER": "alice-7d1c", "LOGNAME": "alice-7d1d", "HOSTNAME": "host-7d1c",
		"AWS_SECRET_ACCESS_KEY": "key-7d1c", "ASYLUMSIM_TOKEN": "token-7d1c", "PWD": "/pwd-7d1c"}
	for name, value := range secrets {
		t.Setenv(name, value)
	}
	here := filepath.Join(t.TempDir(), "private-folder-7d1c")
	for name, text := range map[string]string{
		"mine/regimes/idle.yaml": "name: idle\ntitle: Idle\ndescribe: A change that needs another.\nbase: uk-2025\nchanges:\n" +
			"  hotel_price: [{from: 2026-02-01, value: 160, assumed: A test., quality: red, quality_reason: A test.}]\n",
		"mine/experiments/trial.yaml": "name: trial\ntitle: A trial\ndescribe: A test.\nyears: 1\nreplications: 2\nbase: uk-2025\nregimes: [uk-2025, idle]\nfigures: [hotel_people]\n" +
			"sweeps: [{regime: idle, grid: [{parameter: hotel_price, values: [150, 170]}]}]\n",
	} {
		path := filepath.Join(here, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(here)
	out := filepath.Join(here, "out")
	for _, args := range [][]string{
		{"run", filepath.Join(here, "mine", "experiments", "trial.yaml"), "--out", filepath.Join(out, "whole"), "--set", "uk-2025.discount_rate=0.02"},
		{"run", "mine/experiments/trial.yaml", "--shard", "1/2", "--out", filepath.Join(out, "part")},
		{"plot", filepath.Join(out, "whole")},
		{"rerun", filepath.Join(out, "whole"), "--out", filepath.Join(out, "again")},
	} {
		var stdout, stderr bytes.Buffer
		if status := run(context.Background(), args, &stdout, &stderr); status != statusDone {
			t.Fatalf("%v: status %d\n%s", args, status, &stderr)
		}
	}
	secrets["the folder"], secrets["its name"] = here, filepath.Base(here)
	if host, err := os.Hostname(); err == nil && len(host) > 5 {
		secrets["the machine"] = host
	}
	read := 0
	err := filepath.WalkDir(out, func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		read++
		for what, secret := range secrets {
			if bytes.Contains(data, []byte(secret)) || strings.Contains(path[len(out):], secret) {
				t.Errorf("%s holds %s", path, what)
			}
		}
		return err
	})
	if err != nil || read < 20 {
		t.Errorf("%d files read, error %v", read, err)
	}
}
