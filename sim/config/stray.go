package config

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"go.yaml.in/yaml/v3"

	"asylumsim/configs"
	"asylumsim/sim/policy"
)

// observedFolder holds the published series, one CSV file each.
const observedFolder = "observed"

// A data set is read from these folders, and from these files beside them.
var (
	folders    = []string{parametersFolder, regimesFolder, experimentsFolder, observedFolder}
	looseFiles = []string{nationalitiesFile, correlationsFile}
)

// strays finds what somebody has put into the folder over the embedded files
// in the belief that it is read: folders with a slip in their name, files of
// ours in another place, with another ending or below another folder, and
// series that nothing asks for.
func (f *Files) strays() policy.Problems {
	if f.dir == "" {
		return nil
	}
	s := stray{files: f}
	any := false
	for _, e := range entries(f.dir) {
		full := filepath.Join(f.dir, e.Name())
		switch isFolder := folder(full); {
		case isFolder && slices.Contains(folders, e.Name()):
			any = true
			s.inside(e.Name(), full)
		case isFolder:
			s.unknown(e.Name(), full)
		case slices.Contains(looseFiles, e.Name()):
			any = true
		default:
			s.loose(full)
		}
	}
	if !any && len(s.problems) == 0 {
		s.fault(f.dir, "configuration folder", "a folder with "+policy.OneOf(folders)+" in it, "+policy.OneOf(looseFiles), "nothing in it is read")
	}
	return s.problems
}

type stray struct {
	files    *Files
	problems policy.Problems
}

func (s *stray) fault(full, key, want, hint string) {
	s.problems = append(s.problems, policy.Problem{Position: policy.Position{File: full}, Key: key, Want: want, Hint: hint})
}

// entries returns what lies in a folder and can be meant for the data set; none
// where it cannot be read, which is reported by whoever reads it.
func entries(full string) []fs.DirEntry {
	list, _ := os.ReadDir(full)
	return slices.DeleteFunc(list, func(e fs.DirEntry) bool { return incidental(e.Name()) })
}

// incidental reports whether nobody takes a file or folder to be part of the data
// set: hidden ones, what editors and operating systems leave behind, and texts for
// readers.
func incidental(name string) bool {
	lower := strings.ToLower(name)
	for _, text := range []string{"readme", "license", "licence", "copying", "notice", "changelog"} {
		if stem, _, _ := strings.Cut(lower, "."); stem == text {
			return true
		}
	}
	return strings.HasPrefix(name, ".") || strings.HasSuffix(name, "~") || strings.HasPrefix(name, "#") && strings.HasSuffix(name, "#") ||
		strings.HasSuffix(lower, ".md") || lower == "thumbs.db" || lower == "desktop.ini"
}

// inside looks through a folder that is read.
func (s *stray) inside(name, full string) {
	ending := endingIn(name)
	list := entries(full)
	for _, e := range list {
		file := filepath.Join(full, e.Name())
		right := nameIn(name, e.Name())
		switch place := belongs(file); {
		case folder(file):
			if holds(file) != "" {
				s.fault(file, "folder", "its files in "+full, "folders below "+name+" are not read")
			}
		case path.Ext(e.Name()) == ending && (name != observedFolder || slices.Contains(series(), e.Name())):
		case place != "" && place != name:
			s.misplaced(file, place)
		case name == observedFolder && !slices.Contains(series(), right):
			s.fault(file, "file", "the name of a published series that the program reads", policy.DidYouMean(right, series()))
		case slices.ContainsFunc(list, func(e fs.DirEntry) bool { return e.Name() == right }):
			s.fault(file, "file", "it in another folder", right+" is read, this file is not")
		case slices.Contains([]string{".xlsx", ".xls", ".xlsm", ".ods", ".numbers"}, strings.ToLower(path.Ext(e.Name()))):
			s.fault(file, "file", "its content saved as "+right, "only files that end in "+ending+" are read")
		default:
			s.fault(file, "file", "the name "+right, "only files that end in "+ending+" are read")
		}
	}
}

// misplaced reports a file that belongs elsewhere.
func (s *stray) misplaced(file, place string) {
	right := filepath.Join(s.files.dir, place)
	if !slices.Contains(looseFiles, place) {
		right = filepath.Join(right, nameIn(place, filepath.Base(file)))
	}
	s.fault(file, "file", "the file as "+right, "here it is not read")
}

// unknown looks at a folder with a name of its own.
func (s *stray) unknown(name, full string) {
	hint := policy.DidYouMean(strings.ToLower(name), folders)
	if kind := holds(full); hint == "" && kind != "" {
		hint = "files in it belong in " + kind
	}
	if hint != "" {
		s.fault(full, "folder", "one of the folders that are read: "+policy.OneOf(folders), hint)
	}
}

// loose looks at a file beside the folders. An experiment may lie there, to be
// given by its path.
func (s *stray) loose(full string) {
	if kind := belongs(full); kind != "" && kind != experimentsFolder {
		s.misplaced(full, kind)
	}
}

// holds returns the folder that files of ours in another one belong in; empty
// where there are none.
func holds(full string) string {
	for _, e := range entries(full) {
		if kind := belongs(filepath.Join(full, e.Name())); slices.Contains(folders, kind) {
			return kind
		}
	}
	return ""
}

// series lists the published series of the embedded data set.
var series = sync.OnceValue(func() []string {
	names, _ := (&Files{embedded: configs.Files}).Observed()
	for i := range names {
		names[i] = path.Base(names[i])
	}
	return names
})

// endingIn is how the files of a folder end that are read.
func endingIn(folder string) string {
	if folder == observedFolder {
		return ".csv"
	}
	return ".yaml"
}

// nameIn is what a file is to be called in a folder, so that it is read.
func nameIn(folder, name string) string {
	name, _, _ = strings.Cut(name, ".")
	if folder == observedFolder {
		name = strings.ToLower(name)
	}
	return strings.TrimSpace(name) + endingIn(folder)
}

func folder(full string) bool {
	info, err := os.Stat(full) // follows links
	return err == nil && info.IsDir()
}

// belongs returns the folder in which a file of ours belongs, or the name that it
// should have beside the folders; empty for files of other people. A series is told
// by its name, other files by their content.
func belongs(file string) string {
	if folder(file) {
		return ""
	}
	name := strings.ToLower(filepath.Base(file))
	if slices.Contains(series(), nameIn(observedFolder, name)) {
		return observedFolder
	}
	for _, loose := range looseFiles {
		if stem, _, _ := strings.Cut(name, "."); stem+".yaml" == loose {
			return loose
		}
	}
	name = strings.TrimSuffix(name, ".txt")
	if !slices.Contains([]string{".yaml", ".yml", ".json"}, filepath.Ext(name)) {
		return ""
	}
	data, err := readPath(file)
	if err != nil {
		return ""
	}
	tree, _ := parseTree(data, file)
	switch {
	case tree == nil:
		return ""
	case tree.Kind == yaml.SequenceNode && len(tree.Content) > 0 && hasKey(tree.Content[0], "correlation"):
		return correlationsFile
	case tree.Kind == yaml.SequenceNode && len(tree.Content) > 0 && hasKey(tree.Content[0], "id") && hasKey(tree.Content[0], "label"):
		return nationalitiesFile
	case tree.Kind != yaml.MappingNode:
		return ""
	}
	has := map[string]bool{}
	for i := 0; i+1 < len(tree.Content); i += 2 {
		has[tree.Content[i].Value] = true
	}
	switch {
	case has["parameters"] && has["experiment"], has["outputs_digest"]: // a resolved file, a manifest
		return ""
	case has["regimes"] && has["base"]:
		return experimentsFolder
	case has["base"] && (has["changes"] || has["combines"] || has["no_change"] || has["null"]):
		return regimesFolder
	}
	for _, f := range policy.Fields() {
		if has[f.Parameter] {
			return parametersFolder
		}
	}
	return ""
}

// Around returns the folder of the data set that a file lies in: the one above
// parameters, regimes, experiments or observed, or the one that has any of them,
// or another file that is read, beside the file. It is empty where there is none.
func Around(file string) string {
	here := filepath.Dir(file)
	if full, err := filepath.Abs(here); err == nil && slices.Contains(folders, filepath.Base(full)) {
		return filepath.Join(here, "..")
	}
	for _, e := range entries(here) {
		full := filepath.Join(here, e.Name())
		switch isFolder := folder(full); {
		case slices.Contains(folders, e.Name()) && isFolder, slices.Contains(looseFiles, e.Name()) && !isFolder:
			return here
		case isFolder && policy.DidYouMean(strings.ToLower(e.Name()), folders) != "" && holds(full) != "":
			return here // with a slip in the name of a folder, which is reported
		}
	}
	return ""
}
