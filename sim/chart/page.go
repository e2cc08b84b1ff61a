package chart

import (
	"fmt"
	"strings"
	"unicode"
)

// Markdown is the page text of a figure with its picture: number and headline,
// measure, geography, period and unit, source, data, description in words, and
// what the fan leaves out. Links are relative to the folder of the pictures.
func (f Fan) Markdown(number int) string {
	var b strings.Builder
	paragraph := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n\n", a...) }
	paragraph("## Figure %d: %s", number, escape(f.Title))
	paragraph("%s; %s; %s; %s.", escape(f.Measure), escape(f.Geography), escape(f.Period), escape(f.Unit))
	paragraph("![Figure %d, described in words below](%s.svg)", number, f.Name)
	data := f.Data
	if data == "" {
		data = "../summary.csv"
	}
	paragraph("Source: %s", escape(f.Source))
	paragraph("Data: [%s](%s). Picture: [SVG](%[3]s.svg), [PNG](%[3]s.png).", escape(data[strings.LastIndex(data, "/")+1:]), data, f.Name)
	paragraph("In words: %s", escape(f.Description()))
	for _, effect := range f.Effects {
		paragraph("Difference: %s", escape(effect))
	}
	paragraph("How to read: %s", f.reading())
	paragraph("Uncertainty: %s", escape(f.Note))
	return b.String()
}

// Index is the page of all figures of a folder, numbered in order.
func Index[F Figure](figures []F) string {
	var b strings.Builder
	b.WriteString("# Figures\n\n")
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
