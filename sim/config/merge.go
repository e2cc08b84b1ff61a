package config

import (
	"slices"
	"strings"

	"asylumsim/sim/policy"
)

// merge adds problems of content to problems of form, each key once: form
// wins, except that content knows better what should stand where nothing does.
func merge(form, content policy.Problems) policy.Problems {
	var merged policy.Problems
	for _, f := range form {
		better := slices.ContainsFunc(content, func(c policy.Problem) bool {
			return f.Position.File == c.Position.File && f.Key == c.Key && f.Value == policy.Missing && c.Value == policy.Missing
		})
		if !better {
			merged = append(merged, f)
		}
	}
	kept := len(merged)
	for _, c := range content {
		if !slices.ContainsFunc(merged[:kept], func(f policy.Problem) bool {
			return f.Position.File == c.Position.File && (within(f.Key, c.Key) || within(c.Key, f.Key))
		}) {
			merged = append(merged, c)
		}
	}
	return merged
}

// within reports whether a dotted key is another one or lies under it.
func within(key, other string) bool {
	rest, ok := strings.CutPrefix(key, other)
	return ok && (rest == "" || rest[0] == '.' || rest[0] == '[')
}
