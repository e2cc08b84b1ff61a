package policy

import (
	"strings"
	"testing"
)

func TestTitlesThatFiguresCanShow(t *testing.T) {
	for title, want := range map[string]string{
		"Core protection: 30 months, \u201cnow\u201d \u2013 \u00a310\u2009bn \u2192 5%": "",
		"Łódź, Αθήνα, Київ, Hà Nội":                                                     "",
		strings.Repeat("é", 200):                                                        "",
		"a title\nof two lines":                                                         "",
		"":                                                                              "a title",
		strings.Repeat("é", 201):                                                        "up to 200 characters, not 201",
		"庇护":                                                                            "'庇' (U+5E87)",
		"Stop 🚤":                                                                        "'🚤' (U+1F6A4)",
		"Cafe\u0301":                                                                    "U+0301",
		"עברית":                                                                         "U+05E2",
		"zero\u200bwidth":                                                               "U+200B",
		"joined\u200d":                                                                  "U+200D",
		"soft\u00adhyphen":                                                              "U+00AD",
	} {
		got, hint := TitleFault(title)
		if want == "" && got != "" || !strings.Contains(got, want) {
			t.Errorf("%q: %q, want %q", title, got, want)
		}
		if (hint == "write a letter and its accent as one character") != strings.Contains(title, "\u0301") {
			t.Errorf("%q: hint %q", title, hint)
		}
	}
}
