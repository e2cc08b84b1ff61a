package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
)

// root is the folder of the project.
const root = "../.."

func faultList(t *testing.T) []fault {
	t.Helper()
	faults, err := readFaults(shipped)
	if err != nil {
		t.Fatal(err)
	}
	return faults
}

// The list ages with the program: a fault whose place was rewritten has to be
// written anew.
func TestEveryFaultStillAppliesToTheProgram(t *testing.T) {
	for _, f := range faultList(t) {
		if _, err := f.changed(root); err != nil {
			t.Error(err)
		}
		if strings.HasSuffix(f.File, "_test.go") {
			t.Errorf("%s changes a test", f.ID)
		}
		if !strings.HasSuffix(f.Mistake, ".") {
			t.Errorf("%s: the mistake is not a sentence: %q", f.ID, f.Mistake)
		}
	}
}

func TestTenFaultsAndMoreAreInTheLegalStagesAndTheLedger(t *testing.T) {
	count := map[string]int{}
	for _, f := range faultList(t) {
		count[f.Area]++
	}
	total := 0
	for _, area := range []string{"decision", "appeal", "returns", "ledger"} {
		if count[area] < 3 {
			t.Errorf("%d faults in %s, want 3 or more", count[area], area)
		}
		total += count[area]
	}
	if total < 10 {
		t.Errorf("%d faults in decision, appeal, returns and ledger, want 10 or more", total)
	}
}

// A pattern that names no test would only cost time; so would a package
// without tests.
func TestFaultsNameTestsThatExist(t *testing.T) {
	tests := map[string][]string{}
	for _, p := range packagesOf(faultList(t)) {
		files, err := filepath.Glob(filepath.Join(root, p, "*_test.go"))
		if err != nil || len(files) == 0 {
			t.Fatalf("%d files of tests in %s: %v", len(files), p, err)
		}
		for _, name := range files {
			file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
			if err != nil {
				t.Fatal(err)
			}
			for _, d := range file.Decls {
				if f, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Test") {
					tests[p] = append(tests[p], f.Name.Name)
				}
			}
		}
	}
	for _, f := range faultList(t) {
		for _, part := range strings.Split(f.Run, "|") {
			pattern, found := regexp.MustCompile(part), false
			for _, name := range tests[f.Packages[0]] {
				found = found || pattern.MatchString(name)
			}
			if !found {
				t.Errorf("%s: no test of %s has a name with %q", f.ID, f.Packages[0], part)
			}
		}
	}
}

func TestListsOfFaultsAreReadStrictly(t *testing.T) {
	const whole = "- {id: a, area: x, mistake: Wrong., file: a.go, was: p, becomes: q, packages: [.]}"
	read := func(list string) ([]fault, error) {
		return readFaults(fstest.MapFS{"faults/one.yaml": {Data: []byte(whole)}, "faults/two.yaml": {Data: []byte(list)}})
	}
	if faults, err := read(strings.Replace(whole, "id: a", "id: b", 1)); err != nil || len(faults) != 2 {
		t.Fatalf("%d faults: %v", len(faults), err)
	}
	for _, c := range []struct{ was, becomes, want string }{
		{"", "", `faults/two.yaml: fault 1 ("a") needs another name: it is there twice`},
		{"was: p, ", "", "needs the key was"},
		{"becomes: q", "becomes: p", "needs a change"},
		{", packages: [.]", "", "needs packages"},
		{"id: a", "id: a, run: '('", "missing closing"},
		{"id: a", "id: a, runs: b", "field runs not found"},
	} {
		if _, err := read(strings.Replace(whole, c.was, c.becomes, 1)); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("%q for %q: error %v, want %q", c.becomes, c.was, err, c.want)
		}
	}
}

func TestFaultsAreChosenByNameOrArea(t *testing.T) {
	faults := []fault{{ID: "a", Area: "x"}, {ID: "b", Area: "x"}, {ID: "c", Area: "y"}}
	for list, want := range map[string]int{"": 3, "x": 2, "b": 1, "c,a": 2, "x,a": 2} {
		if some, err := chosen(faults, list); err != nil || len(some) != want {
			t.Errorf("%q: %d faults (%v), want %d", list, len(some), err, want)
		}
	}
	if _, err := chosen(faults, "a,z"); err == nil || !strings.Contains(err.Error(), `"z" is neither a fault nor an area`) {
		t.Errorf("an unknown name: error %v", err)
	}
}
