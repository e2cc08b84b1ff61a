package chart

import (
	"fmt"
	"math"
	"strings"
)

// levelWithin is the relative change or difference below which a headline
// speaks of no change or no difference.
const levelWithin = 0.05

// Subject is the grammatical subject of a headline: "Hotel population falls",
// "Open appeals rise". Flow marks series that are counted over each month:
// their first and last years are compared, not single months, which would
// compare seasons.
type Subject struct {
	Text   string
	Plural bool
	Flow   bool
}

type trend int

const (
	level trend = iota
	rise
	fall
)

// Headline is a neutral headline of at most MaxHeadlineWords words that the
// medians of the panels bear out: what the subject does from the start to the
// end of each panel, and where it ends higher or lower than in the first
// panel, the base. It names no regime where there is only one, which would read
// as the cause. Differences within 5% count as none. It says nothing about
// causes and nothing about single runs; where these do not agree on which way it
// goes, it says that it speaks of the median.
func Headline(s Subject, panels ...Panel) string {
	var candidates []string
	if !s.tooShort(panels) && s.disagree(panels) {
		s.Text = "median " + lowerFirst(s.Text)
	}
	switch {
	case len(panels) == 0:
	case s.tooShort(panels):
		if len(panels) == 1 {
			candidates = []string{s.Text + " over the period"}
		}
	case len(panels) == 1:
		candidates = []string{s.Text + " " + s.does(s.trend(panels[0]))}
	case len(panels) == 2:
		candidates = s.pair(panels[0], panels[1])
	default:
		candidates = s.several(panels)
	}
	candidates = append(candidates, s.Text+" by regime")
	for _, c := range candidates {
		if len(strings.Fields(c)) <= MaxHeadlineWords {
			return sentence(c)
		}
	}
	panic(fmt.Sprintf("chart: the subject %q leaves no room for a headline of %d words", s.Text, MaxHeadlineWords))
}

func (s Subject) pair(base, reform Panel) []string {
	from, to := s.trend(base), s.trend(reform)
	order := compare(s.end(base), s.end(reform))
	ends := s.verb("ends", "end")
	switch {
	case from == to && order == level && from == level:
		return []string{s.Text + " " + s.does(level) + " under both regimes"}
	case from == to && order == level:
		return []string{
			s.Text + " " + s.does(from) + " under both regimes, " + ends + " within 5%",
			s.Text + " " + s.does(from) + " under both regimes",
		}
	case from == to:
		both := s.Text + " " + s.does(from) + " under both"
		return []string{
			both + " regimes, " + order.than() + " under " + reform.Label,
			both + ", " + order.than() + " under " + reform.Label,
			both + " regimes",
		}
	case order == level:
		return []string{
			s.Text + " " + ends + " about the same under both regimes",
			s.Text + " " + ends + " about equal under both",
		}
	}
	return []string{
		s.Text + " " + s.does(from) + " under " + base.Label + ", " + s.does(to) + " under " + reform.Label,
		s.Text + " " + ends + " " + order.than() + " under " + reform.Label + " than " + base.Label,
		s.Text + " " + ends + " " + order.than() + " under " + reform.Label,
		s.Text + " " + s.verb("differs", "differ") + " between the regimes",
	}
}

func (s Subject) several(panels []Panel) []string {
	same, equal := true, true
	lowest, highest := 0, 0
	for i, p := range panels {
		same = same && s.trend(p) == s.trend(panels[0])
		equal = equal && compare(s.end(panels[0]), s.end(p)) == level
		if s.end(p) < s.end(panels[lowest]) {
			lowest = i
		}
		if s.end(p) > s.end(panels[highest]) {
			highest = i
		}
	}
	ends := s.verb("ends", "end")
	var out []string
	if same {
		all := s.Text + " " + s.does(s.trend(panels[0]))
		if equal && s.trend(panels[0]) != level {
			out = append(out, all+" about equally under all regimes")
		}
		return append(out, all+" under all regimes")
	}
	if equal {
		out = append(out, s.Text+" "+ends+" about the same under all regimes")
	} else {
		alone := func(best int) bool {
			for i, p := range panels {
				if i != best && compare(s.end(panels[best]), s.end(p)) == level {
					return false
				}
			}
			return true
		}
		if alone(lowest) {
			out = append(out, s.Text+" "+ends+" lowest under "+panels[lowest].Label)
		}
		if alone(highest) {
			out = append(out, s.Text+" "+ends+" highest under "+panels[highest].Label)
		}
		out = append(out, s.Text+" "+s.verb("differs", "differ")+" between the regimes")
	}
	return out
}

// disagree reports whether in some panel the start lies within the range that
// holds 90% of runs at the end, so that runs go either way.
func (s Subject) disagree(panels []Panel) bool {
	for _, p := range panels {
		start, last := s.start(p), len(p.Q50)-1
		if len(p.Q05) > last && p.Q05[last] < start && start < p.Q95[last] {
			return true
		}
	}
	return false
}

// lowerFirst begins a text with a small letter, unless it begins with initials.
func lowerFirst(text string) string {
	if len(text) > 1 && strings.ToUpper(text[:2]) == text[:2] {
		return text
	}
	return strings.ToLower(text[:1]) + text[1:]
}

// trend compares the end of a panel's median with its start.
func (s Subject) trend(p Panel) trend { return compare(s.start(p), s.end(p)) }

// start and end are the first and last medians; of a flow, the means of the
// medians over the first and the last year.
func (s Subject) start(p Panel) float64 { return s.mean(p, 0, 1) }
func (s Subject) end(p Panel) float64   { return s.mean(p, len(p.Q50)-1, -1) }

func (s Subject) mean(p Panel, from, step int) float64 {
	if !s.Flow {
		return p.Q50[from]
	}
	sum, n := 0.0, yearOf(p, from, step)
	for i := range n {
		sum += p.Q50[from+i*step]
	}
	return sum / float64(n)
}

// yearOf is how many points of a panel lie within a year of one of them, in a
// direction.
func yearOf(p Panel, from, step int) (n int) {
	for i := from; i >= 0 && i < len(p.Q50); i += step {
		if days := p.Dates[i] - p.Dates[from]; max(days, -days) >= 360 {
			break
		}
		n++
	}
	return n
}

// tooShort reports a flow whose first and last year have months in common, so that
// to compare them says nothing.
func (s Subject) tooShort(panels []Panel) bool {
	for _, p := range panels {
		if n := len(p.Q50); s.Flow && n > 0 && yearOf(p, 0, 1)+yearOf(p, n-1, -1) > n {
			return true
		}
	}
	return false
}

func compare(from, to float64) trend {
	switch change := to - from; {
	case math.Abs(change) <= levelWithin*math.Abs(from):
		return level
	case change > 0:
		return rise
	}
	return fall
}

func (s Subject) does(t trend) string {
	return [...]string{
		level: s.verb("stays about level", "stay about level"),
		rise:  s.verb("rises", "rise"),
		fall:  s.verb("falls", "fall"),
	}[t]
}

func (s Subject) verb(singular, plural string) string {
	if s.Plural {
		return plural
	}
	return singular
}

func (t trend) than() string { return [...]string{"about equal", "higher", "lower"}[t] }
