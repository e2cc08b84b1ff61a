package chart

import (
	"fmt"
	"strings"

	"asylumsim/sim/compare"
)

// Subject is the grammatical subject of a headline: "Hotel population falls",
// "Open appeals rise".
type Subject struct {
	Text   string
	Plural bool
	// Flow marks series that are counted over each month or quarter: their first
	// and last years are compared, not single months, which would compare seasons.
	Flow bool
	// Total says that regimes are compared by the sum over the run, not at its end.
	Total bool
	// Income marks money that comes in, recorded as a negative cost: there is more
	// of it if the number is lower.
	Income bool
}

// Contrast is how a regime differs from the base, by pairs of replications.
type Contrast struct {
	Label string // title of the regime
	compare.Difference
}

// Headline is a neutral headline of at most MaxHeadlineWords words about all
// regimes of a result. drawn holds what the runs of a regime do, the base first;
// against how each other regime differs from the base: those of drawn first, in
// its order, then those that are not drawn. It is empty if pairs are not known.
//
// A headline claims
//   - what an output does from the start to the end of the run, from the medians
//     of all regimes: changes within 5% count as none, and if runs go either way,
//     it says that it speaks of the median;
//   - which regime is lower or higher, lowest or highest, from the differences, if
//     they are distinct as in the tables and the 95% intervals of their means do
//     not touch;
//   - else that regimes are the same in every run, or that their differences cannot
//     be told from chance.
//
// It says nothing about causes, and names no regime if there is only one, which
// would read as the cause.
func Headline(s Subject, drawn []Panel, against []Contrast) string {
	h := headline{Subject: s, drawn: drawn, against: against, whole: len(against) == 0 || len(against) == len(drawn)-1}
	if len(drawn) == 2 && !h.whole {
		h.against = against[:1]
	}
	for _, c := range append(h.candidates(), s.Text+" by regime") {
		if len(strings.Fields(c)) <= MaxHeadlineWords {
			return sentence(c)
		}
	}
	panic(fmt.Sprintf("chart: the subject %q leaves no room for a headline of %d words", s.Text, MaxHeadlineWords))
}

// headline is what a headline is about; whole says that all regimes are drawn.
type headline struct {
	Subject
	drawn   []Panel
	against []Contrast
	whole   bool
}

// candidates are headlines, the one that says most first.
func (h headline) candidates() []string {
	switch {
	case len(h.drawn) == 0:
		return nil
	case len(h.drawn) == 1 && h.tooShort():
		return []string{h.Text + " over the period"}
	case len(h.drawn) == 1 && h.whole:
		return []string{h.medians() + " " + h.does(h.trend(h.drawn[0]))}
	case len(h.drawn) == 1:
		return []string{h.medians() + " " + h.does(h.trend(h.drawn[0])) + " under " + h.drawn[0].Label}
	case len(h.against) == 0:
		return append(h.together(""), h.separately()...)
	case h.same():
		return []string{h.Text + " " + h.equals() + " under " + h.all(), h.Text + ": no difference in any run"}
	case h.indistinct():
		chance := "difference indistinguishable from chance"
		if len(h.against) > 1 {
			chance = "differences indistinguishable from chance"
		}
		return append(h.together(", "+chance), h.Text+": "+chance)
	case len(h.against) == 1:
		return append(h.pair(), h.Text+" "+h.verb("differs", "differ")+" between the regimes")
	}
	return append(h.extremes(), h.Text+" "+h.verb("differs", "differ")+" between the regimes")
}

// together say what an output does under all regimes, if it is the same, with
// more about them at the end.
func (h headline) together(more string) []string {
	t := h.trend(h.drawn[0])
	for _, p := range h.drawn {
		if h.trend(p) != t {
			return nil
		}
	}
	if !h.whole || h.tooShort() {
		return nil
	}
	text := h.medians() + " " + h.does(t) + " under "
	return []string{text + h.all() + more, text + strings.TrimSuffix(h.all(), " regimes") + more}
}

// separately say what an output does under each of two regimes.
func (h headline) separately() []string {
	if !h.whole || len(h.drawn) != 2 || h.tooShort() {
		return nil
	}
	from, to := h.trend(h.drawn[0]), h.trend(h.drawn[1])
	if from == to {
		return nil
	}
	return []string{h.medians() + " " + h.does(from) + " under " + h.drawn[0].Label + ", " + h.does(to) + " under " + h.drawn[1].Label}
}

// pair is about a regime that lies lower or higher than the base.
func (h headline) pair() []string {
	way := h.sign() * h.against[0].Mean
	lies := "lower"
	if way > 0 {
		lies = "higher"
	}
	under := " under " + h.drawn[1].Label
	if !h.seen(1, way) {
		return []string{"Mean " + lowerFirst(h.Text) + " " + h.lies(lies) + under + " than " + h.drawn[0].Label, "Mean " + lowerFirst(h.Text) + " " + h.lies(lies) + under}
	}
	out := append(h.apart(lies+h.inTotal()+under), h.separately()...)
	return append(out, h.Text+" "+h.lies(lies)+under+" than "+h.drawn[0].Label, h.Text+" "+h.lies(lies)+under, h.Text+" "+h.shortly(lies)+under)
}

// extremes are about the regime that lies lowest of all, or highest.
func (h headline) extremes() (out []string) {
	for _, way := range []float64{-1, 1} {
		best, ok := h.farthest(way)
		if !ok {
			continue
		}
		lies := "lowest"
		if way > 0 {
			lies = "highest"
		}
		under := " under " + h.drawn[best].Label
		if !h.seen(best, way) {
			out = append(out, "Mean "+lowerFirst(h.Text)+" "+h.lies(lies)+under)
			continue
		}
		out = append(out, h.apart(lies+h.inTotal()+under)...)
		out = append(out, h.Text+" "+h.lies(lies)+under, h.Text+" "+h.shortly(lies)+under)
	}
	return append(out, h.together("")...)
}

// apart say what an output does under all regimes, and where it lies apart. A
// median and a total do not go into one sentence.
func (h headline) apart(lies string) []string {
	switch {
	case !h.Total:
		return h.together(", " + h.verb("ends ", "end ") + lies)
	case h.disagree():
		return nil
	}
	return h.together(", " + lies)
}

// lies is the verb of where a regime lies: "ends lower", "is lower in total".
func (h headline) lies(where string) string { return h.shortly(where) + h.inTotal() }

func (h headline) shortly(where string) string {
	if h.Total {
		return h.verb("is ", "are ") + where
	}
	return h.verb("ends ", "end ") + where
}

func (h headline) inTotal() string {
	if h.Total {
		return " in total"
	}
	return ""
}

// equals is the verb of regimes that do not differ.
func (h headline) equals() string {
	if h.identical() {
		return h.verb("is", "are") + " the same"
	}
	return h.lies("the same")
}

// all names all regimes.
func (h headline) all() string {
	switch {
	case len(h.drawn) == 2 && h.whole:
		return "both regimes"
	case len(h.drawn) == 2:
		return h.drawn[0].Label + " and " + h.drawn[1].Label
	}
	return "all regimes"
}

// medians is the subject of what medians do, which says so if runs do not agree.
func (h headline) medians() string {
	if h.disagree() {
		return "median " + lowerFirst(h.Text)
	}
	return h.Text
}

func (s Subject) verb(singular, plural string) string {
	if s.Plural {
		return plural
	}
	return singular
}

// lowerFirst begins a text with a small letter, unless it begins with initials.
func lowerFirst(text string) string {
	if len(text) > 1 && strings.ToUpper(text[:2]) == text[:2] {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}
