package policy

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Unprintable finds the first character of a text that is not to be shown but
// to be obeyed, by a terminal, a page or a drawing: a control character other
// than a tab or a line feed, one that turns the direction of text round, or
// what is no character at all.
func Unprintable(text string) (rune, bool) {
	for i, r := range text {
		switch {
		case r == '\n' || r == '\t':
		case unicode.IsControl(r), r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufffe', r == '\uffff':
			return r, true
		case r == utf8.RuneError:
			if _, width := utf8.DecodeRuneInString(text[i:]); width < 2 {
				return r, true
			}
		}
	}
	return 0, false
}

// Printable writes a text with such characters spelled out, as "\x1b".
func Printable(text string) string {
	if _, found := Unprintable(text); !found {
		return text
	}
	var b strings.Builder
	for len(text) > 0 {
		_, width := utf8.DecodeRuneInString(text)
		if _, found := Unprintable(text[:width]); found {
			quoted := strconv.QuoteToASCII(text[:width])
			b.WriteString(quoted[1 : len(quoted)-1])
		} else {
			b.WriteString(text[:width])
		}
		text = text[width:]
	}
	return b.String()
}

// mostShown is how much of a key, a value or a place a problem repeats.
const mostShown = 200

// shown writes text that somebody else wrote into a line: breaks spelled out,
// and cut where it is long.
func shown(text string) string {
	if utf8.RuneCountInString(text) > mostShown {
		text = string([]rune(text)[:mostShown]) + "..."
	}
	return inLine.Replace(Printable(text))
}

var inLine = strings.NewReplacer("\n", `\n`, "\t", `\t`)
