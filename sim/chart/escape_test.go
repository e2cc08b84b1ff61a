package chart

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"asylumsim/sim/policy"
)

// hostile are texts that would leave their place in a drawing or on a page,
// were they not escaped.
var hostile = []string{
	"<script>alert(1)</script>", "]]>", "<![CDATA[ x", "<!-- x", "-->", "&lt;b&gt; & &amp; &#0;", `"quotes" and 'others'`, "</title></svg><script>x</script>",
	"two\nlines", "two\r\nlines\r## heading", "tab\there", "\x1b[31mred\x00\x07", "\ufffe\uffff", "\xff\xfe", "| a | b |\n|---|---|", "[link](javascript:alert(1))",
	"![x](http://127.0.0.1/x.png)", "`code` *bold* _em_ ~~gone~~ $x$ # \\", "<img src=x onerror=alert(1)>", "{{.}} ${x} %s %!d(x)", "\u2028\u2029", "a very long word " + strings.Repeat("x", 300),
}

// figured is a figure with a text in all places that take one from outside.
func figured(text string) Fan {
	f := hotels()
	f.History = nil
	f.Panels = []Panel{straight("Rules of 2025", 12, 30600, 21000, 7000), straight(text, 12, 30600, 14000, 8000)}
	if _, refused := policy.Undrawable(text); refused || strings.TrimSpace(text) == "" {
		f.Panels[1].Label = "blank"
	}
	f.Title = "Hotels fall under " + strings.Join(strings.Fields(text)[:min(6, len(strings.Fields(text)))], " ")
	f.Source, f.Note = "Of "+text, "That "+text
	f.Panels[0].Effect, f.Panels[1].Effect = text, text+" less "+text
	return f
}

// bristled is a figure of forecasts with a text in all places that take one.
func bristled(text string) Porcupine {
	f := backlog()
	f.Title = "Forecasts missed " + strings.Join(strings.Fields(text)[:min(6, len(strings.Fields(text)))], " ")
	f.Measure, f.Geography, f.Period, f.Unit = "Of "+text, "In "+text, "At "+text, "per "+text
	f.Source, f.Note, f.Findings = "Of "+text, "That "+text, []string{text, text + " more " + text}
	return f
}

// sound fails where a document is not XML, or holds what is to be run.
func sound(t *testing.T, svg []byte) {
	t.Helper()
	if !utf8.Valid(svg) {
		t.Fatal("the drawing is not UTF-8")
	}
	reader := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := reader.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("not XML: %v\n%.2000s", err, svg)
		}
		element, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch element.Name.Local {
		case "svg", "title", "desc", "g", "path", "text":
		default:
			t.Fatalf("the drawing holds an element %s", element.Name.Local)
		}
		for _, a := range element.Attr {
			if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") || a.Name.Local == "href" {
				t.Fatalf("the drawing holds an attribute %s", a.Name.Local)
			}
		}
	}
}

// escaped is a character that Markdown takes as it is (CommonMark 0.31, section 2.4).
var escaped = regexp.MustCompile("\\\\[!-/:-@\\[-`{-~]")

// onThePage fails where the page of a figure differs from that of a plain text
// in anything but the text: in its lines, or by tags, links, pictures and other
// marks.
func onThePage(t *testing.T, page, plain string) {
	t.Helper()
	if strings.ContainsAny(page, "<>\r\x00\x1b") || !utf8.ValidString(page) {
		t.Fatalf("the page holds a tag or what is not to be shown:\n%q", page)
	}
	marks := escaped.ReplaceAllString(page, ".")
	for _, mark := range []string{"\n", "\n#", "[", "]", "`", "|", "*", "_(", "~", "$", "\\"} {
		if got, want := strings.Count(marks, mark), strings.Count(plain, mark); got != want {
			t.Fatalf("%d of %q on the page, want %d:\n%s", got, mark, want, page)
		}
	}
}

// What a configuration says is text wherever it is shown.
func TestTextFromOutsideStaysText(t *testing.T) {
	for _, text := range hostile {
		f := figured(text)
		svg := mustSVG(t, f)
		sound(t, svg)
		if want := strings.Map(xmlCharacter, f.Title); parse(t, svg).Title != want {
			t.Errorf("%q: the title is read as %q, want %q", text, parse(t, svg).Title, want)
		}
		onThePage(t, f.Markdown(1), figured("plain").Markdown(1))

		p := bristled(text)
		if svg, err := SVG(p); err != nil {
			t.Error(err)
		} else {
			sound(t, svg)
		}
		onThePage(t, p.Markdown(1), bristled("plain").Markdown(1))
	}
	c := Curves{Caption: Caption{Name: "run-time", Title: "Time of a run", Measure: hostile[0], Source: hostile[7], Note: hostile[11]}, Where: hostile[0], When: hostile[9],
		Panels: []Curve{{Label: hostile[0], Detail: hostile[1], Of: hostile[18], Unit: hostile[5], Points: []Measurement{{1, 1, 1, 1}, {2, 2, 2, 2}}}}}
	svg, err := SVG(c)
	if err != nil {
		t.Fatal(err)
	}
	sound(t, svg)
	if page := c.Markdown(1); strings.ContainsAny(page, "<>\r\x00\x1b") {
		t.Errorf("the page holds a tag or what is not to be shown:\n%q", page)
	}
}

func FuzzPageText(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) { onThePage(t, figured(text).Markdown(1), figured("plain").Markdown(1)) })
}

func FuzzFigureText(f *testing.F) {
	for _, text := range hostile {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if len(text) > 500 {
			return
		}
		svg, err := SVG(figured(text))
		if err != nil {
			return // told by Validate
		}
		sound(t, svg)
	})
}
