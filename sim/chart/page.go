package chart

import (
	"strings"
	"unicode"
)

// Markdown is the page text of a figure with its picture: number and headline,
// measure, geography, period and unit, source, data, description in words, the
// record of such forecasts, and what the fan leaves out. Links are relative to the folder of the pictures.
func (f Fan) Markdown(number int) string {
	data := f.Data
	if data == "" {
		data = "../summary.csv"
	}
	texts := []string{"In words: " + escape(f.drawn().Description())}
	for _, p := range f.Panels {
		if p.Effect != "" {
			texts = append(texts, "Difference: "+escape(p.Effect))
		}
	}
	for _, finding := range f.Findings {
		texts = append(texts, "Record: "+escape(finding))
	}
	texts = append(texts, "How to read: "+f.reading(), "Uncertainty: "+escape(f.Note))
	scope := []string{f.Geography, f.Period, f.Unit}
	if f.Part != "" {
		scope = append(scope, f.Part)
	}
	return f.page(number, scope, data, texts...)
}

// Index is the page of all figures of a folder, numbered in order.
func Index[F Figure](figures []F) string {
	var b strings.Builder
	b.WriteString(pageTitle + "\n")
	for i, f := range figures {
		b.WriteString(f.Markdown(i + 1))
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

var markdownEscapes = strings.NewReplacer(
	"&", "&amp;", "<", "&lt;", ">", "&gt;",
	`\`, `\\`, "`", "\\`", "*", `\*`, "_", `\_`, "[", `\[`, "]", `\]`, "|", `\|`, "~", `\~`, "#", `\#`, "$", `\$`)

// escape keeps text from being read as Markdown or HTML, and in one line: a
// paragraph, a heading or a cell that it is in goes on after it.
func escape(s string) string {
	s = strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return xmlCharacter(r)
	}, s)
	return markdownEscapes.Replace(strings.TrimSpace(s))
}
