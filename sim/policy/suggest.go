package policy

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"github.com/agnivade/levenshtein"
)

// DidYouMean returns a suggestion for a word that is not among the known
// ones: the nearest by edit distance, or nothing where none is near.
func DidYouMean(word string, known []string) string {
	best, distance := "", max(2, (len(word)+1)/3)+1
	length := utf8.RuneCountInString(word)
	for _, k := range known {
		if length >= 2*len(k) {
			continue // no nearer than this, and a page of text would take its time
		}
		if d := levenshtein.ComputeDistance(word, k); d < distance && d < len(k) {
			best, distance = k, d
		}
	}
	if best == "" {
		return ""
	}
	return "did you mean " + best + "?"
}

// RegimeAmong asks for the name of a regime: one of a list while it is short.
func RegimeAmong(known []string) string {
	if len(known) > 8 {
		return fmt.Sprintf("the name of a regime, one of the %d of asylumsim list regimes", len(known))
	}
	return "the name of a regime: " + OneOf(known)
}

// OneOf lists what is allowed: "a, b or c".
func OneOf(known []string) string {
	if len(known) < 2 {
		return strings.Join(known, "")
	}
	last := len(known) - 1
	return strings.Join(known[:last], ", ") + " or " + known[last]
}
