package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"go/ast"
	"go/parser"
	"go/token"
	"io"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/parquet-go/parquet-go"
	"github.com/spf13/cobra"

	"asylumsim/sim/config"
	"asylumsim/sim/measure"
	"asylumsim/sim/store"
)

// everything has sweeps, a decomposition and inner replications, so that its
// result has every file that a result can have.
const everything = `
name: everything
title: All that a result can hold
describe: Every file of a result folder.
opening: 2025-12-31
years: 1
replications: 4
inner_replications: 2
fraction: 1/100
seed: 1
base: uk-2025
regimes: [uk-2025]
figures: [hotel_people]
sweeps: [{regime: uk-2025, list: [{parameter: hotel_price, values: [150]}]}]
decompose: {groups: {housing: [move-on-56-days], staff: [faster-decisions]}}
`

// vocabulary is what a document can name.
type vocabulary struct {
	owed    []string            // names that some document has to have
	words   map[string]bool     // parameters, outputs, regimes, keys, functions and texts of the program
	files   []string            // of the tree and of a result folder, and folders
	columns map[string][]string // of the files of a result folder
}

func (v *vocabulary) add(names ...string) {
	for _, name := range names {
		v.words[name] = true
	}
}

// names adds what the library lists, and make.
func (v *vocabulary) names(t *testing.T) {
	catalogue, err := config.Open("")
	if err != nil {
		t.Fatal(err)
	}
	v.owed = slices.Concat(catalogue.ParameterNames(), catalogue.RegimeNames())
	for _, e := range catalogue.Experiments {
		v.owed = append(v.owed, e.Name)
	}
	v.add(v.owed...)
	for o := range measure.NumOutputs {
		v.add(o.String())
	}
	for _, c := range rootCommand().Commands() {
		v.add(c.Name())
	}
	series, err := catalogue.Files.Observed()
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range series {
		data, err := fs.ReadFile(catalogue.Files, name)
		if err != nil {
			t.Fatal(err)
		}
		header, _, _ := strings.Cut(string(data), "\n")
		v.add(strings.Split(header, ",")...)
	}
	makefile, err := os.ReadFile("../../Makefile")
	if err != nil {
		t.Fatal(err)
	}
	for _, target := range regexp.MustCompile(`(?m)^([a-z0-9-]+):`).FindAllSubmatch(makefile, -1) {
		v.add("make " + string(target[1]))
	}
	for _, kind := range config.SchemaKinds {
		schema, err := config.Schema(kind)
		if err != nil {
			t.Fatal(err)
		}
		for _, key := range regexp.MustCompile(`"(\w+)"`).FindAllSubmatch(schema, -1) {
			v.add(string(key[1]))
		}
	}
}

// result adds files, columns and texts of a result.
func (v *vocabulary) result(t *testing.T) {
	folder := t.TempDir()
	file, result := filepath.Join(folder, "everything.yaml"), filepath.Join(folder, "results", "core-protection")
	if err := os.WriteFile(file, []byte(everything), 0o644); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{{"run", file, "--out", result}, {"plot", result}, {"plot", result, "--nominal"}} {
		var stderr bytes.Buffer
		if status := run(context.Background(), args, io.Discard, &stderr); status != statusDone {
			t.Fatalf("asylumsim %s: status %d\n%s", args, status, &stderr)
		}
	}
	v.walk(t, folder)
	for _, column := range parquet.SchemaOf(store.ReplicationRow{}).Columns() {
		v.add(column[0])
		v.columns["replications.parquet"] = append(v.columns["replications.parquet"], column[0])
	}
	for _, file := range v.files {
		if path.Ext(file) != ".csv" {
			continue
		}
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		rows, err := csv.NewReader(bytes.NewReader(data)).ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		v.columns[path.Base(file)] = rows[0]
		v.owed = append(v.owed, path.Base(file))
		v.add(slices.Concat(rows...)...)
	}
}

// walk adds files and folders, and of sources what they declare and every text that
// is nothing but a name.
func (v *vocabulary) walk(t *testing.T, root string) {
	err := filepath.WalkDir(root, func(name string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		v.files = append(v.files, strings.TrimPrefix(filepath.ToSlash(name), "../.."))
		if path.Ext(name) != ".go" {
			return nil
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.SkipObjectResolution)
		if err != nil {
			return err
		}
		v.add(file.Name.Name)
		ast.Inspect(file, func(n ast.Node) bool {
			switch n := n.(type) {
			case *ast.FuncDecl:
				v.add(n.Name.Name)
			case *ast.TypeSpec:
				v.add(n.Name.Name)
			case *ast.BasicLit:
				if text, err := strconv.Unquote(n.Value); err == nil && !strings.HasSuffix(name, "_test.go") {
					v.add(text)
				}
			}
			return true
		})
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// unknown returns what a document quotes and the program does not have, or nothing.
func (v *vocabulary) unknown(quoted string) string {
	first, _, more := strings.Cut(quoted, " ")
	switch key, _, pair := strings.Cut(quoted, ": "); {
	case strings.Contains(quoted, ", "): // columns
		for _, name := range strings.Split(quoted, ", ") {
			if !v.has(name) {
				return name
			}
		}
		return ""
	case first == "go" || first == "kill" || first == "bin/seedfaults" || strings.HasPrefix(first, "mine") || !nameLike.MatchString(quoted): // not ours, or a number, sign or ending
		return ""
	case first == "make":
		return v.must("make " + strings.Fields(quoted + " run")[1])
	case strings.HasPrefix(quoted, "--") || first == "asylumsim" || more && command(first) != nil:
		return unknownFlag(strings.Fields(strings.TrimPrefix(quoted, "asylumsim ")))
	case pair:
		return v.must(key)
	case strings.HasPrefix(quoted, "ASYLUMSIM_"):
		return unknownFlag([]string{"--" + strings.ToLower(strings.TrimPrefix(quoted, "ASYLUMSIM_"))})
	}
	return v.must(quoted)
}

var (
	nameLike = regexp.MustCompile(`^[^.~]*[A-Za-z_]{2}[^~]*$`)
	fileName = regexp.MustCompile(`\.(csv|go|json|md|parquet|txt|yaml)$`)
)

func (v *vocabulary) must(name string) string {
	if v.has(name) {
		return ""
	}
	return name
}

// pattern is a quoted name to match others with: * or a missing beginning stand for
// anything.
func pattern(quoted string) string {
	if quoted[0] == '_' || quoted[0] == '-' {
		return "*" + quoted
	}
	return quoted
}

// has knows names, names with * or without their beginning, points of sweeps, methods and files.
func (v *vocabulary) has(name string) bool {
	name = strings.NewReplacer("<experiment>", "core-protection", "NAME", "core-protection").Replace(strings.Trim(name, "/"))
	name, _, _ = strings.Cut(name, "[")
	name, _, _ = strings.Cut(name, "@")
	if v.words[name] {
		return true
	}
	for word := range v.words {
		if ok, _ := path.Match(pattern(name), word); ok {
			return true
		}
	}
	for _, file := range v.files {
		if ok, _ := path.Match(pattern(name), path.Base(file)); ok || strings.HasSuffix(file, "/"+name) {
			return true
		}
		if ok, _ := path.Match("/"+name, file); ok {
			return true
		}
	}
	owner, member, method := strings.Cut(name, ".")
	return method && !fileName.MatchString(name) && v.words[owner[strings.LastIndex(owner, "/")+1:]] && v.has(member)
}

func command(name string) *cobra.Command {
	for _, c := range rootCommand().Commands() {
		if c.Name() == name {
			return c
		}
	}
	return nil
}

// unknownFlag returns the word of a command line that is no command or flag.
func unknownFlag(line []string) string {
	commands := rootCommand().Commands()
	for i, word := range line {
		name, _, _ := strings.Cut(word, "=")
		switch {
		case word == "--help" || word == "--version":
		case len(name) > 1 && name[0] == '-':
			if !slices.ContainsFunc(commands, func(c *cobra.Command) bool {
				return c.Flag(name[min(2, len(name)-1):]) != nil && name[1] == '-' || len(name) == 2 && c.Flags().ShorthandLookup(name[1:]) != nil
			}) {
				return word
			}
		case i == 0:
			c := command(word)
			if c == nil {
				return word
			}
			commands = []*cobra.Command{c}
		}
	}
	return ""
}

// TestDocumentsNameWhatThereIs: every name between back-quotes and every command of
// the documents is one of the program, the columns of a file are those written, and no
// parameter, regime, experiment or file of a result is left out.
func TestDocumentsNameWhatThereIs(t *testing.T) {
	v := &vocabulary{words: map[string]bool{}, columns: map[string][]string{}}
	v.names(t)
	v.result(t)
	for _, folder := range []string{"cmd", "sim", "configs", "docs", "results"} {
		v.walk(t, "../../"+folder)
	}
	documents, err := filepath.Glob("../../docs/*.md")
	if err != nil {
		t.Fatal(err)
	}
	seen := 0
	for _, document := range append(documents, "../../README.md") {
		data, err := os.ReadFile(document)
		if err != nil {
			t.Fatal(err)
		}
		for i, part := range strings.Split(string(data), "```") {
			if i%2 == 1 { // a listing
				for line := range strings.Lines(strings.ReplaceAll(part, "\\\n", "")) {
					line, _, _ = strings.Cut(strings.TrimPrefix(line, "bin/"), " #")
					if strings.HasPrefix(line, "asylumsim ") || strings.HasPrefix(line, "make ") {
						seen++
						if wrong := v.unknown(strings.TrimSpace(line)); wrong != "" {
							t.Errorf("%s: %q: there is no %s", path.Base(document), line, wrong)
						}
					}
				}
				continue
			}
			file := ""
			for _, quoted := range regexp.MustCompile("`[^`]+`").FindAllString(part, -1) {
				name := strings.Join(strings.Fields(strings.Trim(quoted, "`")), " ")
				seen++
				v.owed = slices.DeleteFunc(v.owed, func(owed string) bool {
					match, _ := path.Match(pattern(name), owed)
					return match && nameLike.MatchString(name)
				})
				if wrong := v.unknown(name); wrong != "" {
					t.Errorf("%s: `%s`: there is no %s", path.Base(document), name, wrong)
				}
				if v.columns[name] != nil {
					file = name
				} else if list := strings.Split(name, ", "); len(list) > 2 && !slices.Equal(list, v.columns[file]) {
					t.Errorf("%s: the columns of %s are %s", path.Base(document), file, strings.Join(v.columns[file], ", "))
				}
			}
		}
	}
	if len(v.owed) > 0 {
		t.Errorf("no document has %s", strings.Join(v.owed, ", "))
	}
	if seen < 600 {
		t.Errorf("only %d names were looked for", seen)
	}
}
