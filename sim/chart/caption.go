package chart

import (
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// MaxHeadlineWords is the longest headline of a figure, in words.
const MaxHeadlineWords = 10

// Caption is what every figure is told by beside its picture.
type Caption struct {
	Name    string // file name without extension, such as hotel_people
	Title   string // active headline of at most MaxHeadlineWords words
	Measure string // what is shown: "People in asylum hotels"
	Source  string // where the figures come from, as a sentence
	Note    string // which uncertainty the figure leaves out, as a sentence
}

// entry is a text of the page that a figure must have.
type entry struct{ key, text string }

var namePattern = regexp.MustCompile(`^[a-z0-9][a-z0-9_-]*$`)

// problems reports what is wrong with the texts that every figure has, and with
// further ones that this kind of figure has.
func (c Caption) problems(further ...entry) *problems {
	p := &problems{figure: c.Name}
	if !namePattern.MatchString(c.Name) {
		p.fail("name is a file name: want lower-case letters, digits, _ and -, such as hotel_people")
	}
	if n := len(strings.Fields(c.Title)); n == 0 || n > MaxHeadlineWords {
		p.fail("title has %d words: want 1 to %d: %q", n, MaxHeadlineWords, c.Title)
	}
	for _, e := range append([]entry{{"measure", c.Measure}, {"source", c.Source}, {"note", c.Note}}, further...) {
		if strings.TrimSpace(e.text) == "" {
			p.fail("%s is empty: the page text of every figure needs it", e.key)
		}
	}
	return p
}

// problems collects what keeps a figure from being drawn and published.
type problems struct {
	figure string
	list   []error
}

func (p *problems) fail(format string, a ...any) {
	p.list = append(p.list, fmt.Errorf("figure %q: "+format, append([]any{p.figure}, a...)...))
}

// history reports what is wrong with a published series that has to ascend by
// date, and whose values have to pass a test.
func (p *problems) history(points []Point, passes func(float64) bool, want string) {
	for i, x := range points {
		if !passes(x.Value) {
			p.fail("history at %s is %v: want %s", x.Date, x.Value, want)
		}
		if i > 0 && x.Date <= points[i-1].Date {
			p.fail("history at %s does not come after %s: dates must ascend", x.Date, points[i-1].Date)
		}
	}
}

func (p *problems) err() error { return errors.Join(p.list...) }

// minus writes the minus sign that axes have in the place of a hyphen that stands
// for it.
func minus(text string) string { return hyphens.ReplaceAllString(text, "$1\u2212$2") }

var hyphens = regexp.MustCompile(`(^|[ (])-(\d)`)

// page is the page text of a figure with its picture: number and headline,
// measure and further texts such as geography, period and unit, source, data, and
// paragraphs of its own. Links are relative to the folder of the pictures.
func (c Caption) page(number int, scope []string, data string, paragraphs ...string) string {
	var b strings.Builder
	paragraph := func(format string, a ...any) { fmt.Fprintf(&b, format+"\n\n", a...) }
	paragraph("## Figure %d: %s", number, escape(c.Title))
	told := []string{escape(c.Measure)}
	for _, text := range scope {
		told = append(told, escape(text))
	}
	paragraph("%s.", strings.Join(told, "; "))
	paragraph("![Figure %d, described in words below](%s.svg)", number, c.Name)
	paragraph("Source: %s", escape(c.Source))
	paragraph("Data: [%s](%s). Picture: [SVG](%[3]s.svg), [PNG](%[3]s.png).", escape(data[strings.LastIndex(data, "/")+1:]), data, c.Name)
	for _, text := range paragraphs {
		paragraph("%s", minus(text))
	}
	return b.String()
}

// caption makes every figure that embeds a Caption tell it.
func (c Caption) caption() Caption { return c }
