package config

import (
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"go.yaml.in/yaml/v3"

	"asylumsim/sim/policy"
)

// observedFolder holds the published series, one CSV file each.
const observedFolder = "observed"

// folders are those of a data set that are read.
var folders = []string{parametersFolder, regimesFolder, experimentsFolder, observedFolder}

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
	for _, e := range s.list(f.dir) {
		full := filepath.Join(f.dir, e.Name())
		switch isFolder := folder(full); {
		case isFolder && slices.Contains(folders, e.Name()):
			any = true
			s.inside(e.Name(), full)
		case isFolder && !strings.HasPrefix(e.Name(), "."):
			s.unknown(e.Name(), full)
		case e.Name() == nationalitiesFile || e.Name() == correlationsFile:
			any = true
		default:
			s.loose(full)
		}
	}
	if !any && len(s.problems) == 0 {
		s.fault(f.dir, "", "a folder with "+policy.OneOf(folders)+" in it, "+nationalitiesFile+" or "+correlationsFile, "nothing in it is read")
	}
	return s.problems
}

type stray struct {
	files    *Files
	problems policy.Problems
}

func (s *stray) fault(full, key, want, hint string) {
	if key == "" {
		key = "configuration folder"
	}
	s.problems = append(s.problems, policy.Problem{Position: policy.Position{File: full}, Key: key, Want: want, Hint: hint})
}

// list returns the entries of a folder; none where it cannot be read, which is
// reported by whoever reads it.
func (s *stray) list(full string) []fs.DirEntry {
	entries, _ := os.ReadDir(full)
	return entries
}

// inside looks through a folder that is read.
func (s *stray) inside(name, full string) {
	for _, e := range s.list(full) {
		file := filepath.Join(full, e.Name())
		switch ending := path.Ext(e.Name()); {
		case folder(file):
			if kind := s.holds(file); kind != "" {
				s.fault(file, "folder", "its files in "+full, "folders below "+name+" are not read")
			}
		case ending == ".yml" && name != observedFolder:
			s.fault(file, "file", "the ending .yaml", "files with another one are not read")
		case ending == ".csv" && name == observedFolder:
			if _, err := fs.Stat(s.files.embedded, path.Join(name, e.Name())); err != nil {
				s.fault(file, "file", "the name of a published series that the program reads", policy.DidYouMean(e.Name(), s.series()))
			}
		}
	}
}

// unknown looks at a folder with a name of its own.
func (s *stray) unknown(name, full string) {
	hint := policy.DidYouMean(name, folders)
	if kind := s.holds(full); hint == "" && kind != "" {
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
		s.fault(full, "file", "the file in the folder "+filepath.Join(s.files.dir, kind), "here it is not read")
	}
}

// holds returns the folder that files of ours in another one belong in; empty
// where there are none.
func (s *stray) holds(full string) string {
	for _, e := range s.list(full) {
		if kind := belongs(filepath.Join(full, e.Name())); kind != "" {
			return kind
		}
	}
	return ""
}

// series lists the published series of the embedded data set.
func (s *stray) series() []string {
	var names []string
	entries, _ := fs.ReadDir(s.files.embedded, observedFolder)
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func folder(full string) bool {
	info, err := os.Stat(full) // follows links
	return err == nil && info.IsDir()
}

// belongs returns the folder in which a YAML file of ours belongs, from its
// top; empty for files of other people.
func belongs(file string) string {
	if ending := filepath.Ext(file); ending != ".yaml" && ending != ".yml" || folder(file) {
		return ""
	}
	data, err := readPath(file)
	if err != nil {
		return ""
	}
	tree, _ := parseTree(data, file)
	if tree == nil || tree.Kind != yaml.MappingNode {
		return ""
	}
	has := map[string]bool{}
	for i := 0; i+1 < len(tree.Content); i += 2 {
		has[tree.Content[i].Value] = true
	}
	switch {
	case has["parameters"] && has["experiment"]: // a resolved file
		return ""
	case has["regimes"] && has["base"]:
		return experimentsFolder
	case has["base"] && (has["changes"] || has["combines"] || has["null"]):
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
// parameters, regimes or experiments, or the one that has any of them beside
// the file. It is empty where there is none.
func Around(file string) string {
	here := filepath.Dir(file)
	if full, err := filepath.Abs(here); err == nil && slices.Contains(folders, filepath.Base(full)) {
		if above := filepath.Join(here, ".."); hasRules(above) {
			return above
		}
	}
	if hasRules(here) {
		return here
	}
	return ""
}

// hasRules reports whether a folder has parameters or regimes of its own.
func hasRules(dir string) bool {
	return folder(filepath.Join(dir, parametersFolder)) || folder(filepath.Join(dir, regimesFolder))
}
