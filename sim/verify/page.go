package verify

import (
	"fmt"
	"io"
	"strings"
)

// WritePage writes the table as the page of the documents that shows it.
func (r Report) WritePage(w io.Writer) error {
	var b strings.Builder
	b.WriteString("# The verification table\n\n")
	b.WriteString("Made by `asylumsim verify`; written anew with `make update`. [verification.md](../verification.md)\nsays how to read it.\n")
	group := ""
	for _, f := range r.Findings {
		if f.Group != group {
			group = f.Group
			fmt.Fprintf(&b, "\n## %s\n\n", group)
			b.WriteString("| check | why it is known | theory | estimate | 99% interval | runs | pass |\n|---|---|---:|---:|---:|---:|---|\n")
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s | %s | %d | %s |\n", f.Name, f.Law, f.theory(), f.estimate(), f.interval(), f.Runs, f.verdict())
	}
	b.WriteString("\n" + legend + "\n\n")
	b.WriteString(strings.Join(r.notes(), "\n"))
	b.WriteString("\n")
	_, err := io.WriteString(w, b.String())
	return err
}
