package sim_test

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// TestEveryTestCanFail: a test, a fuzz test and each function that t.Run, f.Fuzz
// or rapid.Check is given reaches a call that can fail the test, itself or in a
// function of ours that it calls. One that reaches none passes whatever the
// program does.
func TestEveryTestCanFail(t *testing.T) {
	files := map[string]*ast.File{}
	set := token.NewFileSet()
	for _, root := range []string{".", "../cmd"} {
		err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(name, ".go") {
				return err
			}
			files[path.Clean("sim/"+filepath.ToSlash(name))], err = parser.ParseFile(set, name, nil, parser.SkipObjectResolution)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	idle, tests := testsThatCannotFail(set, files)
	for _, test := range idle {
		t.Errorf("%s", test)
	}
	if tests < 300 {
		t.Errorf("only %d tests seen", tests)
	}
}

// The checker itself, on tests that can fail and tests that cannot.
func TestWhichTestsCanFail(t *testing.T) {
	const source = `package p
import ("testing"; "pgregory.net/rapid")
func TestFails(t *testing.T) { if f() { t.Error("f") } }
func TestByAFunction(t *testing.T) { first(t) }
func TestByAVariable(t *testing.T) { check := func() { t.Fatal() }; t.Run("a", func(t *testing.T) { check() }) }
func TestByAMethod(t *testing.T) { fixture{t}.want(1) }
func TestByAName(t *testing.T) { t.Run("first", first); rapid.Check(t, property) }
func TestOfATable(t *testing.T) {
	for _, c := range []struct{ check func(*testing.T) }{{check: func(t *testing.T) { t.Fail() }}} {
		t.Run("a", func(t *testing.T) { c.check(t) })
	}
}
func TestNothing(t *testing.T) { f() }
func TestOnlyLogs(t *testing.T) { t.Log(f()) }
func TestAnErrorsText(t *testing.T) { var err error; _ = err.Error() }
func TestAMethodOfTheProgram(t *testing.T) { log{}.Fatal() }
func TestByAnIdleFunction(t *testing.T) { idle(t) }
func TestSubtest(t *testing.T) { t.Run("a", func(t *testing.T) { f() }); t.Error() }
func TestProperty(t *testing.T) { rapid.Check(t, func(t *rapid.T) { f() }); t.Error() }
func FuzzNothing(g *testing.F) { g.Add(1); g.Fuzz(func(t *testing.T, n int) { f() }) }
func FuzzFails(g *testing.F) { g.Fuzz(func(t *testing.T, n int) { if n < 0 { t.Fatal(n) } }) }
func first(t *testing.T) { second(t) }
func second(tb testing.TB) { tb.FailNow() }
func idle(t *testing.T) { t.Helper(); idle(t) }
func property(t *rapid.T) { t.Fatalf("") }
type fixture struct { t *testing.T }
func (x fixture) want(n int) { x.t.Errorf("%d", n) }
type log struct{}
`
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, "p_test.go", source, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	found, tests := testsThatCannotFail(set, map[string]*ast.File{"p/p_test.go": file})
	var got []string
	for _, text := range found {
		_, text, _ = strings.Cut(text, ": ")
		name, _, _ := strings.Cut(text, " ")
		got = append(got, name)
	}
	slices.Sort(got)
	want := []string{"FuzzNothing", "FuzzNothing", "TestAMethodOfTheProgram", "TestAnErrorsText", "TestByAnIdleFunction",
		"TestNothing", "TestOnlyLogs", "TestProperty", "TestSubtest"}
	if !slices.Equal(got, want) || tests != 15 {
		t.Errorf("of %d tests cannot fail:\n%q, want\n%q", tests, got, want)
	}
}

// runners are what takes a part of a test as a function.
var runners = []string{"Run", "Fuzz", "Check"}

// testsThatCannotFail says where they are and counts all tests.
func testsThatCannotFail(set *token.FileSet, files map[string]*ast.File) (found []string, tests int) {
	s := suite{map[string]bool{}, map[string]bool{}}
	var all []*function
	for _, name := range slices.Sorted(maps.Keys(files)) {
		all = append(all, s.read(name, files[name])...)
	}
	for again := true; again; {
		again = false
		for _, f := range all {
			if !s.fails[f.key()] && s.reaches(f, f.decl.Body, nil) {
				s.fails[f.key()], again = true, true
			}
		}
	}
	for _, f := range all {
		name := f.decl.Name.Name
		if !strings.HasSuffix(f.file, "_test.go") || strings.HasPrefix(name, "Benchmark") {
			continue
		}
		if f.decl.Recv == nil && name != "TestMain" && (strings.HasPrefix(name, "Test") || strings.HasPrefix(name, "Fuzz")) {
			tests++
			if !s.reaches(f, f.decl.Body, nil) {
				found = append(found, fmt.Sprintf("%s: %s reaches no call that can fail it", set.Position(f.decl.Pos()), name))
			}
		}
		ast.Inspect(f.decl.Body, func(n ast.Node) bool {
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			to, ok := call.Fun.(*ast.SelectorExpr)
			part, given := call.Args[len(call.Args)-1].(*ast.FuncLit)
			if ok && given && slices.Contains(runners, to.Sel.Name) && takesTest(part.Type) && !s.reaches(f, part.Body, nil) {
				found = append(found, fmt.Sprintf("%s: %s gives %s a function that cannot fail", set.Position(part.Pos()), name, to.Sel.Name))
			}
			return true
		})
	}
	return found, tests
}
