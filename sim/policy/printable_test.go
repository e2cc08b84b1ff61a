package policy

import (
	"strings"
	"testing"
	"unicode/utf8"
)

// What a terminal, a page or a drawing would obey is spelled out, and nothing
// else is changed.
func TestTextIsShownAndNotObeyed(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		"A hotel, 3 nights\n\tà £145 €": "A hotel, 3 nights\n\tà £145 €",
		"\x1b[31mred\x07":               `\x1b[31mred\a`,
		"a\x00b\x7f\u0085":              `a\x00b\x7f\u0085`,
		"one\rtwo":                      `one\rtwo`,
		"\u202etxt.exe\u2066":           `\u202etxt.exe\u2066`,
		"\xff\xfe":                      `\xff\xfe`,
		"\ufffe \uffff":                 `\ufffe \uffff`,
		"\ufffd":                        "\ufffd", // the sign for a character that was lost is one itself
	} {
		if got := Printable(text); got != want {
			t.Errorf("%q is shown as %q, want %q", text, got, want)
		}
		if _, found := Unprintable(text); found != (text != want) {
			t.Errorf("%q: something to obey found: %v", text, found)
		}
	}
}

// A problem stays one short line, whatever stands in the file.
func TestAProblemIsOneLine(t *testing.T) {
	long := strings.Repeat("x", 1<<20)
	p := Problem{Position: Position{File: "a\nb.yaml", Line: 3}, Key: "a\x1b[2J\nb", Value: `"` + long + `"`, Want: "text", Hint: "\x1b[31m" + "line\nline"}
	want := `a\nb.yaml:3: a\x1b[2J\nb = "` + long[:mostShown-1] + `...: want text (\x1b[31mline\nline)`
	if got := p.Error(); got != want {
		t.Errorf("got %.500q\nwant %q", got, want)
	}
}

func FuzzPrintable(f *testing.F) {
	for _, text := range []string{"", "plain", "\x1b]0;title\x07", "\xc3\x28", "\xed\xa0\x80", "\u202e", "a\r\nb"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		got := Printable(text)
		if r, found := Unprintable(got); found || !utf8.ValidString(got) {
			t.Fatalf("%q is shown as %q with %U in it", text, got, r)
		}
		if again := Printable(got); again != got {
			t.Fatalf("%q is shown as %q and that as %q", text, got, again)
		}
	})
}
