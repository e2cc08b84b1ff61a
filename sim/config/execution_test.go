package config

import (
	"slices"
	"strings"
	"testing"
)

func TestExecutionComesFromFlagsThenEnvironmentThenDefaults(t *testing.T) {
	t.Setenv("ASYLUMSIM_OUT", "from-environment")
	t.Setenv("ASYLUMSIM_WORKERS", "3")
	t.Setenv("ASYLUMSIM_SEED", "99")
	format := "csv"
	got, err := LoadExecution(ExecutionFlags{Format: &format})
	if want := (Execution{Workers: 3, Out: "from-environment", Format: "csv"}); err != nil || got != want {
		t.Errorf("got %+v, %v; want %+v", got, err, want)
	}
	workers := 1
	if got, err := LoadExecution(ExecutionFlags{Workers: &workers}); err != nil || got.Workers != 1 || got.Format != "table" {
		t.Errorf("got %+v, %v; want one worker and a table", got, err)
	}
	if e := mustLoad(t, Options{}).Experiment; e.Seed != 1 {
		t.Errorf("seed %d is not the experiment's: model inputs must not come from the environment", e.Seed)
	}
}

func TestExecutionThatIsWrong(t *testing.T) {
	t.Setenv("ASYLUMSIM_WORKERS", "two")
	format := "jsn"
	_, err := LoadExecution(ExecutionFlags{Format: &format})
	want := "--format: format = \"jsn\": want table, csv or json (did you mean json?)\n" +
		"environment variable ASYLUMSIM_WORKERS: workers = two: want a whole number up to 4096, 0 for as many as there are processors"
	if err == nil || err.Error() != want {
		t.Errorf("got %v\nwant %s", err, want)
	}
}

func FuzzExecution(f *testing.F) {
	for _, text := range []string{"", "0", "-1", "4096", "4097", "1e999", "NaN", "18446744073709551616", "1/0", "\ufeff1", "\xff", "\x1b[2J", "../../x", " csv", "csv\n", "table", "a\rb"} {
		f.Add(text, text, text)
	}
	f.Fuzz(func(t *testing.T, workers, format, out string) {
		if strings.Contains(workers+format+out, "\x00") {
			return // no system has it in its environment
		}
		t.Setenv("ASYLUMSIM_WORKERS", workers)
		t.Setenv("ASYLUMSIM_FORMAT", format)
		t.Setenv("ASYLUMSIM_OUT", out)
		x, err := LoadExecution(ExecutionFlags{})
		if err != nil {
			told(t, err)
			return
		}
		if x.Workers < 0 || x.Workers > 4096 || !slices.Contains(Formats, x.Format) || x.Out == "" {
			t.Fatalf("read as %+v", x)
		}
	})
}
