package chart

import "slices"

// sign turns the numbers of a subject the way that its words count.
func (s Subject) sign() float64 {
	if s.Income {
		return -1
	}
	return 1
}

// same reports that no regime differs from the base in any replication.
func (h headline) same() bool {
	return !slices.ContainsFunc(h.against, func(c Contrast) bool { return !c.None() })
}

// identical reports that all regimes drawn have the same quantiles at every date.
func (h headline) identical() bool {
	for _, p := range h.drawn[1:] {
		for i, q := range p.quantiles() {
			if !slices.Equal(q, h.drawn[0].quantiles()[i]) {
				return false
			}
		}
	}
	return true
}

// indistinct reports that no regime's difference from the base can be told from
// chance, by the rule of the tables.
func (h headline) indistinct() bool {
	return !slices.ContainsFunc(h.against, func(c Contrast) bool { return c.Distinct() })
}

// farthest finds the regime that lies lowest (way below 0) or highest of all
// regimes, drawn or not, by its place; none if there is doubt, or if it is not
// drawn. From the base a regime has to be distinct. Two others whose intervals do not
// touch are further apart than the interval of their own difference reaches, whatever
// they share, since a standard deviation of a difference is no more than the sum of both.
func (h headline) farthest(way float64) (best int, ok bool) {
	interval := func(i int) (low, high float64) {
		if i == 0 {
			return 0, 0 // the base
		}
		a, b := way*h.sign()*h.against[i-1].CILow, way*h.sign()*h.against[i-1].CIHigh
		return min(a, b), max(a, b)
	}
	beyond := func(i, j int) bool {
		low, _ := interval(i)
		_, high := interval(j)
		return low > high && (i > 0 || h.against[j-1].Distinct()) && (j > 0 || h.against[i-1].Distinct())
	}
	for i := range h.drawn {
		alone := true
		for j := range len(h.against) + 1 {
			alone = alone && (i == j || beyond(i, j))
		}
		if alone {
			return i, true
		}
	}
	return 0, false
}

// seen reports whether the medians that are drawn bear out that a regime lies
// lower (way below 0) or higher than the others at the end. Of a total, the
// figure does not show them.
func (h headline) seen(regime int, way float64) bool {
	for i, p := range h.drawn {
		if !h.Total && i != regime && way*(h.end(h.drawn[regime])-h.end(p)) <= 0 {
			return false
		}
	}
	return true
}
