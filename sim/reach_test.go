package sim_test

import (
	"go/ast"
	"go/types"
	"maps"
	"path"
	"slices"
)

// failing are the methods of a test that fail it, and libraries the functions
// that do so out of sight.
var (
	failing   = []string{"Error", "Errorf", "Fatal", "Fatalf", "Fail", "FailNow"}
	libraries = []string{"testscript.Run", "goleak.VerifyNone"}
	handles   = []string{"*testing.T", "*testing.B", "*testing.F", "testing.TB", "*rapid.T", "rapid.TB"}
)

// function is one that a file declares, and what its names stand for.
type function struct {
	folder, file string
	decl         *ast.FuncDecl
	tests        map[string]bool           // its parameters, and those of functions in it, that are tests
	literals     map[string][]*ast.FuncLit // functions in it that have a name, as variables or keys of a literal
}

// suite is what is known of all functions, by folder and name; of methods by
// folder, a point and name.
type suite struct {
	fails  map[string]bool
	fields map[string]bool // folder and name of fields that hold a test
}

func (f *function) key() string {
	if f.decl.Recv != nil {
		return f.folder + " ." + f.decl.Name.Name
	}
	return f.folder + " " + f.decl.Name.Name
}

// read takes the functions and the fields out of a file.
func (s *suite) read(name string, file *ast.File) (all []*function) {
	ast.Inspect(file, func(n ast.Node) bool {
		if structure, ok := n.(*ast.StructType); ok {
			for field := range testsIn(structure.Fields) {
				s.fields[path.Dir(name)+" "+field] = true
			}
		}
		return true
	})
	for _, d := range file.Decls {
		decl, ok := d.(*ast.FuncDecl)
		if !ok || decl.Body == nil {
			continue
		}
		f := &function{path.Dir(name), name, decl, testsIn(decl.Type.Params), map[string][]*ast.FuncLit{}}
		keep := func(key, value ast.Node) {
			if id, ok := key.(*ast.Ident); ok {
				if lit, ok := value.(*ast.FuncLit); ok {
					f.literals[id.Name] = append(f.literals[id.Name], lit)
				}
			}
		}
		ast.Inspect(decl.Body, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncLit:
				maps.Copy(f.tests, testsIn(n.Type.Params))
			case *ast.KeyValueExpr:
				keep(n.Key, n.Value)
			case *ast.AssignStmt:
				for i := range min(len(n.Lhs), len(n.Rhs)) {
					keep(n.Lhs[i], n.Rhs[i])
				}
			}
			return true
		})
		all = append(all, f)
	}
	return all
}

// testsIn are the names in a list of parameters or fields that hold a test.
func testsIn(list *ast.FieldList) map[string]bool {
	names := map[string]bool{}
	for _, field := range list.List {
		if slices.Contains(handles, types.ExprString(field.Type)) {
			for _, id := range field.Names {
				names[id.Name] = true
			}
		}
	}
	return names
}

func takesTest(f *ast.FuncType) bool { return len(testsIn(f.Params)) > 0 }

// reaches reports whether what a function does in a part of it can fail a test.
// inside are the named functions that are being looked at.
func (s *suite) reaches(f *function, part ast.Node, inside []*ast.FuncLit) (found bool) {
	named := func(name string) bool {
		for _, lit := range f.literals[name] {
			if !slices.Contains(inside, lit) && s.reaches(f, lit.Body, append(inside, lit)) {
				return true
			}
		}
		return false
	}
	ast.Inspect(part, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Ident:
			found = found || s.fails[f.folder+" "+n.Name] || named(n.Name)
		case *ast.KeyValueExpr: // a key is no call
			found = found || s.reaches(f, n.Value, inside)
			return false
		case *ast.SelectorExpr:
			found = found || s.selects(f, n) || named(n.Sel.Name) || s.reaches(f, n.X, inside)
			return false
		}
		return !found
	})
	return found
}

// selects reports whether x.name can fail a test: a method of a test, a method
// of ours, a function of another package of ours, or one of the libraries.
func (s *suite) selects(f *function, n *ast.SelectorExpr) bool {
	switch x := n.X.(type) {
	case *ast.Ident:
		if f.tests[x.Name] {
			return slices.Contains(failing, n.Sel.Name)
		}
		if slices.Contains(libraries, x.Name+"."+n.Sel.Name) || s.fails["sim/"+x.Name+" "+n.Sel.Name] {
			return true
		}
	case *ast.SelectorExpr:
		if s.fields[f.folder+" "+x.Sel.Name] {
			return slices.Contains(failing, n.Sel.Name)
		}
	}
	return s.fails[f.folder+" ."+n.Sel.Name]
}
