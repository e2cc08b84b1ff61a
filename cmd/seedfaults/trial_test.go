package main

import (
	"context"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// program is a module of one function and its tests: the eldest of a few people.
var program = map[string]string{
	"go.mod": "module program\n\ngo 1.26\n",
	"eldest.go": `package program

func Eldest(ages ...int) (eldest int) {
	for i := 0; i < len(ages); i++ {
		if ages[i] > eldest {
			eldest = ages[i]
		}
	}
	return eldest
}
`,
	"eldest_test.go": `package program

import "testing"

func TestNobody(t *testing.T) {
	if Eldest() != 0 {
		t.Error("nobody is old")
	}
}

func TestEldest(t *testing.T) {
	t.Run("of three", func(t *testing.T) {
		if Eldest(3, 9, 4) != 9 {
			t.Error("want 9")
		}
	})
}

func TestYoungest(t *testing.T) {
	if Eldest(1) != 1 {
		t.Error("want 1")
	}
}
`,
}

func written(t *testing.T, files map[string]string) *bench {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return &bench{root: dir, limit: 3 * time.Second}
}

func TestOutcomesOfFaultsAreToldApart(t *testing.T) {
	b := written(t, program)
	eldest := func(was, becomes, run string) fault {
		return fault{ID: was, Area: "x", Mistake: "Wrong.", File: "eldest.go", Was: was, Becomes: becomes, Packages: []string{"."}, Run: run}
	}
	for _, c := range []struct {
		what    string
		fault   fault
		outcome outcome
		by      string
	}{
		{"caught", eldest("ages[i] > eldest", "ages[i] < eldest", ""), caught, "TestEldest"},
		{"caught by the test that is run first", eldest("ages[i] > eldest", "ages[i] < eldest", "Young"), caught, "TestYoungest"},
		{"caught by another test than the one that is run first", eldest("ages[i] > eldest", "ages[i] < eldest", "Nobody"), caught, "TestEldest"},
		{"caught by a panic", eldest("i < len(ages)", "i <= len(ages)", ""), caught, "TestNobody"},
		{"not caught, since no test has two of the same age", eldest("ages[i] > eldest", "ages[i] >= eldest", "Eldest"), survived, ""},
		{"without end", eldest("i++", "i += 0", "Young"), hung, "TestYoungest"},
		{"not compiling", eldest("ages[i] > eldest", "ages[i] > oldest", ""), invalid, "undefined: oldest"},
		{"not parsing", eldest("ages[i] > eldest", "ages[i] >", ""), invalid, "eldest.go"},
		{"in a place that is not there", eldest("ages[j]", "ages[i]", ""), invalid, "0 times, want once"},
		{"in a place that is there twice", eldest("ages[i]", "ages[0]", ""), invalid, "2 times, want once"},
	} {
		got, err := b.try(context.Background(), &c.fault)
		if err != nil || got.outcome != c.outcome || !strings.Contains(got.by, c.by) || c.by == "" && got.by != "" {
			t.Errorf("a fault %s: %v, %q (%v), want %v, %q", c.what, got.outcome, got.by, err, c.outcome, c.by)
		}
	}
	for name, text := range program {
		if got, err := os.ReadFile(filepath.Join(b.root, name)); err != nil || string(got) != text {
			t.Errorf("%s was changed: %v", name, err)
		}
	}
	if files, err := os.ReadDir(b.root); err != nil || len(files) != len(program) {
		t.Errorf("%d files are in the module, want %d: %v", len(files), len(program), err)
	}
}

func TestNothingIsJudgedByTestsThatFailAnyway(t *testing.T) {
	files := map[string]string{}
	for name, text := range program {
		files[name] = strings.Replace(text, "Eldest(1) != 1", "Eldest(1) != 2", 1)
	}
	faults := []fault{{ID: "a", File: "eldest.go", Was: ">", Becomes: "<", Packages: []string{"."}}}
	trials, err := examine(context.Background(), written(t, files), faults, t.Output())
	if len(trials) != 0 || err == nil || !strings.Contains(err.Error(), "without any fault") || !strings.Contains(err.Error(), "TestYoungest") {
		t.Errorf("%d faults tried, error %v", len(trials), err)
	}
}

func TestTestsThatCannotBeRunAreAnErrorAndNotASurvivor(t *testing.T) {
	f := &fault{ID: "a", File: "eldest.go", Was: "ages[i] > eldest", Becomes: "ages[i] < eldest", Packages: []string{"./nowhere"}}
	if got, err := written(t, program).try(context.Background(), f); err == nil && got.outcome != invalid {
		t.Errorf("tests of a package that is not there: %v, %q", got.outcome, got.by)
	}
}

func TestAReportFailsWhereAFaultSurvives(t *testing.T) {
	f := &fault{ID: "a", Area: "x", Mistake: "A sign | is wrong."}
	good := []trial{{f, caught, "TestSign", time.Second}, {f, caught, "TestEnd", time.Minute}}
	var out strings.Builder
	if err := summary(&out, good, time.Minute); err != nil || !strings.Contains(out.String(), "caught by a test: 2 of 2, only by the time limit: 0, survived: 0, invalid: 0; 60 s\n") {
		t.Errorf("error %v, summary %s", err, &out)
	}
	for _, bad := range []outcome{hung, survived, invalid} {
		if err := summary(&out, append(slices.Clone(good), trial{fault: f, outcome: bad}), time.Minute); err == nil || err.Error() != "not caught: 1 of 3 faults" {
			t.Errorf("one that is %v: error %v", bad, err)
		}
	}
	out.Reset()
	printMarkdown(&out, []trial{good[0], {f, hung, "TestEnd", time.Minute}, {fault: f}})
	want := "| area | mistake | noticed by |\n|---|---|---|\n" +
		"| x | A sign \\| is wrong. | `TestSign` |\n| x | A sign \\| is wrong. | timed out TestEnd |\n| x | A sign \\| is wrong. | SURVIVED |\n"
	if out.String() != want {
		t.Errorf("table\n%s\nwant\n%s", &out, want)
	}
}

func TestExitStatusOfWrongUse(t *testing.T) {
	for want, arguments := range map[string][]string{
		`"nobody" is neither a fault nor an area`: {"-only", "nobody"},
		`"all": seedfaults takes flags only`:      {"all"},
		"flag provided but not defined":           {"-fast"},
	} {
		var out, complaints strings.Builder
		if status := run(context.Background(), arguments, &out, &complaints); status != 2 || !strings.Contains(complaints.String(), want) {
			t.Errorf("%v: status %d, %q; want 2, %q", arguments, status, complaints.String(), want)
		}
	}
	var out, complaints strings.Builder
	if status := run(context.Background(), []string{"-list", "-only", "ledger"}, &out, &complaints); status != 0 || !strings.HasPrefix(out.String(), "ledger\n  ledger-price-of-other-housing (sim/asylum/cost.go)\n") {
		t.Errorf("status %d, list %s", status, &out)
	}
}
