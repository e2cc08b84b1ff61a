package policy

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Position is where something was written: a file and a line, or only a file,
// or the text of a command-line option.
type Position struct {
	File string
	Line int // from 1; 0 where there is none
}

// String writes the position as editors read it: file:line.
func (p Position) String() string {
	if p.Line == 0 {
		return p.File
	}
	return fmt.Sprintf("%s:%d", p.File, p.Line)
}

// Places says where the keys of something were written, by key.
type Places map[string]Position

// Of returns where a key was written, or else where the whole was.
func (p Places) Of(key string, whole Position) Position {
	if at, ok := p[key]; ok {
		return at
	}
	return whole
}

// Missing is the Value of a problem with a key that is not there.
const Missing = "missing"

// Problem is one fault in the configuration, for the person who wrote it.
type Problem struct {
	Position Position
	Key      string // dotted path from the top of the file
	Value    string // as written, text in quotes; Missing; or empty
	Want     string // what was expected, to follow the word want
	Hint     string // a suggestion or an explanation
}

// Error writes the problem on one line, with what was written cut where it is
// long.
func (p Problem) Error() string {
	var b strings.Builder
	if at := p.Position; at != (Position{}) {
		at.File = shown(at.File)
		b.WriteString(at.String() + ": ")
	}
	b.WriteString(shown(p.Key))
	switch p.Value {
	case "":
	case Missing:
		b.WriteString(" is missing")
	default:
		b.WriteString(" = " + shown(p.Value))
	}
	if p.Want != "" {
		b.WriteString(": want " + p.Want)
	}
	if p.Hint != "" {
		b.WriteString(" (" + p.Hint + ")")
	}
	return inLine.Replace(Printable(b.String()))
}

// Problems lists faults. It is an error that prints one per line.
type Problems []Problem

// Error implements error.
func (ps Problems) Error() string {
	lines := make([]string, len(ps))
	for i, p := range ps {
		lines[i] = p.Error()
	}
	return strings.Join(lines, "\n")
}

// Err returns the problems in order of file and line, each once, as an error;
// nil where there are none.
func (ps Problems) Err() error {
	if len(ps) == 0 {
		return nil
	}
	return ps.Sorted()
}

// Sorted returns the problems in order of file and line, each once.
func (ps Problems) Sorted() Problems {
	sorted := slices.Clone(ps)
	slices.SortStableFunc(sorted, func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Position.File, b.Position.File), cmp.Compare(a.Position.Line, b.Position.Line))
	})
	seen := make(map[Problem]bool, len(sorted))
	return slices.DeleteFunc(sorted, func(p Problem) bool {
		again := seen[p]
		seen[p] = true
		return again
	})
}

func (ps *Problems) add(at Position, key, value, want, hint string) {
	*ps = append(*ps, Problem{at, key, value, want, hint})
}

// addOnce adds a problem unless it is there already with another hint.
func (ps *Problems) addOnce(p Problem) {
	for _, q := range *ps {
		q.Hint = p.Hint
		if p == q {
			return
		}
	}
	*ps = append(*ps, p)
}
