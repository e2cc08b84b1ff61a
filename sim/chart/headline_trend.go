package chart

import (
	"math"
	"slices"
)

// levelWithin is the relative change below which a headline speaks of none.
const levelWithin = 0.05

// trend is what a median does from the start to the end of a run.
type trend int

const (
	level trend = iota
	back        // to where it began, by way of other values
	rise
	fall
)

func (s Subject) does(t trend) string {
	return [...]string{
		level: s.verb("stays about level", "stay about level"),
		back:  s.verb("ends about where it began", "end about where they began"),
		rise:  s.verb("rises", "rise"),
		fall:  s.verb("falls", "fall"),
	}[t]
}

// trend compares the end of a panel's median with its start.
func (s Subject) trend(p Panel) trend {
	start, end := s.start(p), s.end(p)
	switch {
	case !sameAs(start, end) && end > start:
		return rise
	case !sameAs(start, end):
		return fall
	case !s.Flow && slices.ContainsFunc(p.Q50, func(v float64) bool { return !sameAs(start, s.sign()*v) }):
		return back
	}
	return level
}

// sameAs reports whether a value is within 5% of where it began.
func sameAs(start, v float64) bool {
	const slack = 1e-9 // 95p is within 5% of a pound
	return math.Abs(v-start) <= levelWithin*math.Abs(start)*(1+slack)
}

// start and end are the first and last medians; of a flow, the means of the
// medians over the first and the last year.
func (s Subject) start(p Panel) float64 { return s.mean(p, p.Q50, 0, 1) }
func (s Subject) end(p Panel) float64   { return s.mean(p, p.Q50, len(p.Dates)-1, -1) }

func (s Subject) mean(p Panel, q []float64, from, step int) float64 {
	if !s.Flow {
		return s.sign() * q[from]
	}
	sum, n := 0.0, yearOf(p, from, step)
	for i := range n {
		sum += q[from+i*step]
	}
	return s.sign() * sum / float64(n)
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
func (h headline) tooShort() bool {
	return slices.ContainsFunc(h.drawn, func(p Panel) bool {
		n := len(p.Q50)
		return h.Flow && n > 0 && yearOf(p, 0, 1)+yearOf(p, n-1, -1) > n
	})
}

// disagree reports whether in some panel the start lies within the range of runs
// at the end, so that runs go either way.
func (h headline) disagree() bool {
	return slices.ContainsFunc(h.drawn, func(p Panel) bool {
		last := len(p.Dates) - 1
		if len(p.Q05) <= last {
			return false
		}
		low, high := h.mean(p, p.Q05, last, -1), h.mean(p, p.Q95, last, -1)
		start := h.start(p)
		return min(low, high) < start && start < max(low, high)
	})
}
