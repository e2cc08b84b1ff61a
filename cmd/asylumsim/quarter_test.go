package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"asylumsim/configs"
	"asylumsim/sim/clock"
)

// withQuarter writes a folder with one more quarter in the series: a made-up one,
// close to the last. It returns the end of the last quarter and of the new one.
// Nothing but rows is added.
func withQuarter(t *testing.T, dir string) (before, after string) {
	t.Helper()
	rows := func(name string) (text string, rows [][]string) {
		data, err := configs.Files.ReadFile("observed/" + name)
		if err != nil {
			t.Fatal(err)
		}
		if rows, err = csv.NewReader(bytes.NewReader(data)).ReadAll(); err != nil {
			t.Fatal(err)
		}
		return strings.TrimSpace(string(data)) + "\n", rows
	}
	write := func(name, text string) {
		file := filepath.Join(dir, "observed", name)
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	_, flows := rows("asylum_flows_quarterly.csv")
	last := clock.MustDate(flows[len(flows)-1][0])
	next := (last + 1).AddMonths(3) - 1
	// The row before of another season stands for the new one, with its date.
	for _, name := range []string{"asylum_flows_quarterly.csv", "asylum_backlog_quarterly.csv", "asylum_support_quarterly.csv", "appeals_ftt_quarterly.csv", "returns_quarterly.csv"} {
		text, all := rows(name)
		i := slices.IndexFunc(all, func(row []string) bool { return row[0] == last.String() })
		row := slices.Clone(all[i])
		row[0] = next.String()
		if name == "appeals_ftt_quarterly.csv" {
			_, month, _ := next.Civil()
			row[1] = fmt.Sprintf("Q%d %s", (month+8)%12/3+1, strings.Replace(clock.FinancialYearLabel(next.FinancialYear()), "-", "/", 1))
		}
		if name == "asylum_backlog_quarterly.csv" { // claims less outcomes
			number := func(text string) (n int) { n, _ = strconv.Atoi(text); return n }
			people := number(row[1]) + number(flows[len(flows)-1][1]) - number(flows[len(flows)-1][2])
			row[1], row[2], row[3] = fmt.Sprint(people), fmt.Sprint(people*3/4), fmt.Sprint(people-people*3/4)
		}
		if len(all) == i+1 {
			text += strings.Join(row, ",") + "\n"
		}
		write(name, text)
	}
	text, days := rows("small_boat_daily.csv")
	for day := clock.MustDate(days[len(days)-1][0]) + 1; day <= next; day++ {
		text += fmt.Sprintf("%v,%d,%d,0\n", day, 60*(day%3/2), day%3/2)
	}
	write("small_boat_daily.csv", text)
	return last.String(), next.String()
}

// asylumsim runs a command and returns what it prints.
func asylumsim(t *testing.T, args ...string) (stdout, stderr string) {
	t.Helper()
	var out, say bytes.Buffer
	if status := run(context.Background(), args, &out, &say); status != statusDone {
		t.Fatalf("asylumsim %s: status %d\n%s", strings.Join(args, " "), status, &say)
	}
	return out.String(), say.String()
}

// TestANewQuarterIsRows: with rows of one more quarter and nothing else a forecast
// opens on it, a policy experiment can, the back-test scores it and the estimates
// are those of it. What opened before it gives the same bytes as without it.
func TestANewQuarterIsRows(t *testing.T) {
	t.Chdir(t.TempDir())
	before, after := withQuarter(t, "mine")
	small := []string{"--years", "1", "-n", "2", "--fraction", "1/100", "--workers", "1"}
	forecast := func(out string, more ...string) string {
		args := slices.Concat(more, []string{"run", "forecast", "--out", out}, small)
		_, say := asylumsim(t, args...)
		return say
	}
	if say := forecast("shipped"); !strings.Contains(say, "from "+before) {
		t.Errorf("the forecast opens elsewhere than on %s: %s", before, say)
	}
	if say := forecast("new", "--configs", "mine"); !strings.Contains(say, "from "+after) {
		t.Errorf("the forecast opens elsewhere than on %s: %s", after, say)
	}
	// Nothing later leaks in.
	args := slices.Concat([]string{"--configs", "mine", "run", "forecast", "--opening", before, "--out", "again"}, small)
	asylumsim(t, args...)
	sameOutputs(t, "shipped", "again")
	for _, policy := range [][]string{{"--out", "policy"}, {"--out", "policy-again", "--configs", "mine"}} {
		asylumsim(t, slices.Concat(policy, []string{"run", "core-protection", "--opening", before}, small)...)
	}
	sameOutputs(t, "policy", "policy-again")
	_, say := asylumsim(t, slices.Concat([]string{"--configs", "mine", "run", "core-protection", "--opening", after, "--out", "policy-new"}, small)...)
	if want := "older than the opening date " + after; !strings.Contains(say, "from "+after) || !strings.Contains(say, want) {
		t.Errorf("a policy experiment from %s: want %q in\n%s", after, want, say)
	}

	// The new quarter is scored, a year after an origin.
	origin := (clock.MustDate(after) + 1).AddMonths(-12) - 1
	scores, _ := asylumsim(t, "--configs", "mine", "backtest", "--origins", origin.String(), "-n", "20", "--fraction", "1/100", "--format", "csv")
	if n := strings.Count(scores, ","+after+","); n < 8 {
		t.Errorf("%d outputs are scored on %s, want 8 or more", n, after)
	}

	// Estimates of the new quarter rest on its days; those of the last one are as
	// they were.
	estimates := func(more ...string) string {
		text, _ := asylumsim(t, append(more, "list", "estimates", "--format", "csv")...)
		return text
	}
	shipped, old, new := estimates(), estimates("--configs", "mine", "--opening", before), estimates("--configs", "mine")
	if shipped != old {
		t.Errorf("estimates for %s differ with rows of %s", before, after)
	}
	if !strings.Contains(new, after) || strings.Contains(shipped, after) {
		t.Errorf("estimates say nothing of %s: %.500s", after, new)
	}

	// Without the folder a run from the new quarter says which series are others.
	var out, errors bytes.Buffer
	status := run(context.Background(), []string{"rerun", "new"}, &out, &errors)
	for _, want := range []string{"not those of the result: appeals_ftt_quarterly.csv, ", "--configs", "returns_quarterly.csv ends on " + before} {
		if !strings.Contains(errors.String(), want) || status == statusDone {
			t.Errorf("rerun without the folder: status %d, want %q in\n%s", status, want, &errors)
		}
	}
}

// TestTheSeriesThatIsBehindIsNamed: with one series a quarter behind the others,
// validate names it with its last period, and an experiment of the new quarter is
// refused with its name. A quarter given twice is refused.
func TestTheSeriesThatIsBehindIsNamed(t *testing.T) {
	t.Chdir(t.TempDir())
	before, after := withQuarter(t, "mine")
	if out, _ := asylumsim(t, "--configs", "mine", "validate"); strings.Contains(out, "ends on") {
		t.Errorf("with all series extended: %s", out)
	}
	for _, name := range []string{"asylum_flows_quarterly.csv", "asylum_backlog_quarterly.csv", "asylum_support_quarterly.csv", "appeals_ftt_quarterly.csv", "returns_quarterly.csv", "small_boat_daily.csv"} {
		file := filepath.Join("mine", "observed", name)
		whole, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		shorter := whole[:bytes.LastIndexByte(whole[:len(whole)-1], '\n')+1]
		ends := before
		if name == "small_boat_daily.csv" {
			ends = (clock.MustDate(after) - 1).String()
		}
		set := func(text []byte) {
			if err := os.WriteFile(file, text, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		set(shorter)
		out, _ := asylumsim(t, "--configs", "mine", "validate")
		if want := fmt.Sprintf("%s: ends on %s, where others go to %s: runs open on %s at the latest", file, ends, after, before); !strings.Contains(out, want) || strings.Count(out, "ends on") != 1 {
			t.Errorf("%s is behind: want %q in\n%s", name, want, out)
		}
		var say bytes.Buffer
		status := run(context.Background(), []string{"--configs", "mine", "run", "core-protection", "--opening", after}, &say, &say)
		if want := name + " ends on " + ends; status == statusDone || !strings.Contains(say.String(), want) {
			t.Errorf("%s is behind: status %d, want %q in\n%s", name, status, want, &say)
		}
		set(append(slices.Clone(whole), whole[len(shorter):]...))
		say.Reset()
		line := strconv.Itoa(bytes.Count(whole, []byte("\n")) + 1)
		status = run(context.Background(), []string{"--configs", "mine", "validate"}, &say, &say)
		if want := name + ":" + line + ": "; status == statusDone || !strings.Contains(say.String(), want) || !strings.Contains(say.String(), " "+after+" is there twice") {
			t.Errorf("the last row of %s twice: status %d, want %q in\n%s", name, status, want, &say)
		}
		set(whole)
	}
}

// sameOutputs fails where the outputs of two results differ.
func sameOutputs(t *testing.T, one, other string) {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(one, "*.csv"))
	if err != nil || len(files) < 2 {
		t.Fatalf("%s has no outputs: %v", one, err)
	}
	for _, file := range files {
		a, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		b, err := os.ReadFile(filepath.Join(other, filepath.Base(file)))
		if err != nil || !bytes.Equal(a, b) {
			t.Errorf("%s differs between %s and %s (%v)", filepath.Base(file), one, other, err)
		}
	}
}
