package policy

import (
	"fmt"
	"strconv"
	"unicode"
	"unicode/utf8"
)

// mostTitle is how many characters a title may have: the longest shipped one has
// about half.
const mostTitle = 200

// TitleFault says what is wrong with a title: a text of some length, which the
// pictures can show. It is empty if nothing is.
func TitleFault(title string) (want, hint string) {
	if title == "" {
		return "a title", ""
	}
	if n := utf8.RuneCountInString(title); n > mostTitle {
		return fmt.Sprintf("a title of up to %d characters, not %d", mostTitle, n), "describe has room for more"
	}
	if r, found := Undrawable(title); found {
		if unicode.Is(unicode.M, r) {
			hint = "write a letter and its accent as one character"
		}
		return fmt.Sprintf("a title without %q (%U), which the font of figures does not have", r, r), hint
	}
	return "", ""
}

// titled writes a title as the value of a problem.
func titled(title string) string {
	if title == "" {
		return Missing
	}
	return strconv.Quote(title)
}

// Undrawable finds the first character of a text that the pictures cannot show.
// Marks that combine with the letter before them would stand beside it.
func Undrawable(text string) (rune, bool) {
	for _, r := range text {
		if !unicode.Is(drawable, r) && !unicode.IsSpace(r) {
			return r, true
		}
	}
	return 0, false
}

// drawable are characters of Liberation Sans that are written from left to right,
// each by itself: Latin, Greek and Cyrillic letters, digits, punctuation, signs of
// currencies, arrows and the commonest signs of mathematics.
var drawable = &unicode.RangeTable{R16: []unicode.Range16{
	{0x20, 0x7E, 1}, {0xA0, 0xAC, 1}, {0xAE, 0x2E9, 1}, {0x384, 0x38A, 1}, {0x38C, 0x38C, 1}, {0x38E, 0x3A1, 1}, {0x3A3, 0x3CE, 1},
	{0x400, 0x481, 1}, {0x48A, 0x513, 1}, {0x1E00, 0x1E9B, 1}, {0x1E9E, 0x1E9E, 1}, {0x1EA0, 0x1EF9, 1},
	{0x2010, 0x2010, 1}, {0x2012, 0x2022, 1}, {0x2026, 0x2026, 1}, {0x2030, 0x2030, 1}, {0x2032, 0x2034, 1}, {0x2039, 0x203A, 1},
	{0x2044, 0x2044, 1}, {0x2074, 0x2078, 1}, {0x2080, 0x2089, 1}, {0x20A0, 0x20B5, 1}, {0x20BF, 0x20BF, 1}, {0x2122, 0x2122, 1},
	{0x2190, 0x2195, 1}, {0x2212, 0x2212, 1}, {0x2248, 0x2248, 1}, {0x2260, 0x2260, 1}, {0x2264, 0x2265, 1},
}, LatinOffset: 2}
