package store

import "fmt"

// Program is the build of the program that made a result. Two builds are the
// same program if they are equal in all of it: results of others are not put
// together with theirs.
type Program struct {
	Version   string `json:"version"`
	GoVersion string `json:"go_version"` // it was built with
	Commit    string `json:"commit"`     // of the source; empty if the build does not say
	Clean     bool   `json:"clean_tree"` // the source was that of the commit, without changes
	// Executable is the SHA-256 of the program's file; empty if the commit says
	// what was built, so that builds for two architectures are the same program.
	Executable string `json:"executable_sha256"`
}

// Source says which source the program was built from.
func (p Program) Source() string {
	switch {
	case p.Commit == "":
		return "built without the commit of its source"
	case p.Clean:
		return "commit " + p.Commit + ", clean tree"
	}
	return "commit " + p.Commit + " with changes"
}

// String names the program for people.
func (p Program) String() string {
	text := fmt.Sprintf("%s (%s, %s", p.Version, p.Source(), p.GoVersion)
	if p.Executable != "" {
		text += ", sha256 " + short(p.Executable)
	}
	return text + ")"
}
