// Package sim_test keeps the rules of the source tree.
package sim_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// layers lists the packages below sim from the bottom up. A package may
// import packages of lower layers only, and adapters, which share a layer,
// not one another.
var layers = [][]string{
	{"unit", "score", "file"},
	{"clock", "random"},
	{"event", "queue"},
	{"measure"},
	{"policy"},
	{"asylum"},
	{"experiment"},
	{"compare", "evidence", "explore", "verify"},
	{"backtest"},
	{"calibrate"},
	{"config", "store", "chart", "dispatch"},
	{"report"},
}

func level(pkg string) int {
	for i, layer := range layers {
		for _, name := range layer {
			if name == pkg {
				return i
			}
		}
	}
	return -1
}

func sources(t *testing.T, visit func(path, pkg string, file *ast.File)) {
	t.Helper()
	seen := 0
	err := filepath.WalkDir(".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			return err
		}
		seen++
		visit(path, strings.Split(filepath.ToSlash(path), "/")[0], file)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 20 {
		t.Fatalf("only %d source files seen", seen)
	}
}

func TestImportsPointDownwards(t *testing.T) {
	sources(t, func(path, pkg string, file *ast.File) {
		if level(pkg) < 0 {
			t.Errorf("%s: package %s has no place in the layers", path, pkg)
		}
		for _, spec := range file.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			name, ours := strings.CutPrefix(imported, "asylumsim/sim/")
			if ours && level(name) >= level(pkg) {
				t.Errorf("%s: %s imports %s, which is not below it", path, pkg, name)
			}
			if strings.HasPrefix(imported, "asylumsim/cmd") {
				t.Errorf("%s imports the command", path)
			}
			if imported == "github.com/spf13/viper" && pkg != "config" {
				t.Errorf("%s imports viper: only config may", path)
			}
		}
	})
}

// TestModelTouchesNothingOutside: the model does no input or output, reads no
// clock, starts no goroutine and draws no randomness but its own.
func TestModelTouchesNothingOutside(t *testing.T) {
	banned := map[string]string{
		"os": "input and output", "io": "input and output", "time": "the clock", "sync": "goroutines",
		"math/rand": "another generator", "math/rand/v2": "another generator", "container/heap": "another event list",
	}
	pure := map[string]bool{"event": true, "queue": true, "random": true, "asylum": true, "measure": true, "unit": true}
	sources(t, func(path, pkg string, file *ast.File) {
		if !pure[pkg] {
			return
		}
		for _, spec := range file.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if why, bad := banned[imported]; bad {
				t.Errorf("%s imports %s: the model does without %s", path, imported, why)
			}
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if _, ok := n.(*ast.GoStmt); ok {
				t.Errorf("%s starts a goroutine", path)
			}
			return true
		})
	})
}

// TestEngineKnowsNoAsylumWord keeps the kernel general.
func TestEngineKnowsNoAsylumWord(t *testing.T) {
	words := []string{"asylum", "appeal", "hotel", "refus", "nationality", "permit", "caseworker"}
	general := map[string]bool{"event": true, "queue": true, "random": true, "clock": true}
	sources(t, func(path, pkg string, file *ast.File) {
		if !general[pkg] {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			text := ""
			switch n := n.(type) {
			case *ast.Ident:
				text = n.Name
			case *ast.Comment:
				text = n.Text
			case *ast.BasicLit:
				text = n.Value
			}
			for _, word := range words {
				if strings.Contains(strings.ToLower(text), word) && !strings.Contains(text, "asylumsim/") {
					t.Errorf("%s: %q says %q", path, strings.TrimSpace(text), word)
				}
			}
			return true
		})
	})
}

// TestModelNamesNoRegime: mechanisms are switched by parameters, never by a
// regime's name.
func TestModelNamesNoRegime(t *testing.T) {
	var names []string
	files, err := filepath.Glob("../configs/regimes/*.yaml")
	if err != nil || len(files) < 2 {
		t.Fatalf("%d regimes found: %v", len(files), err)
	}
	for _, f := range files {
		names = append(names, strings.TrimSuffix(filepath.Base(f), ".yaml"))
	}
	sources(t, func(path, pkg string, file *ast.File) {
		if level(pkg) > level("asylum") {
			return
		}
		ast.Inspect(file, func(n ast.Node) bool {
			if lit, ok := n.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				for _, name := range names {
					// A name of one word may be a word of the subject: only alone is it
					// a regime's.
					if lit.Value == `"`+name+`"` || strings.Contains(name, "-") && strings.Contains(lit.Value, name) {
						t.Errorf("%s names regime %s", path, name)
					}
				}
			}
			return true
		})
	})
}

// TestPackageNames wants files named after concepts.
func TestPackageNames(t *testing.T) {
	sources(t, func(path, pkg string, file *ast.File) {
		for _, bad := range []string{"util", "common", "helper", "manager", "types", "core"} {
			if strings.Contains(strings.ToLower(filepath.Base(path)), bad) {
				t.Errorf("%s: name the file after its concept", path)
			}
		}
	})
}
