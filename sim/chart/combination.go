package chart

import "math"

// choose takes one place from each list so that none conflict and the sum of
// costs is least.
func choose(choices [][]callout) (best []callout, ok bool) {
	least := math.Inf(1)
	var taken []int                         // for each list so far, which of its places
	rest := make([]float64, len(choices)+1) // least cost of all later labels
	for i := len(choices) - 1; i >= 0; i-- {
		if len(choices[i]) == 0 {
			return nil, false
		}
		rest[i] = rest[i+1] + choices[i][0].cost
	}
	pairs := newPairs(choices)
	var search func(depth int, cost float64)
	search = func(depth int, cost float64) {
		if depth == len(choices) {
			best, ok, least = best[:0], true, cost
			for list, i := range taken {
				best = append(best, choices[list][i])
			}
			return
		}
		for i := range choices[depth] {
			c := &choices[depth][i]
			if cost+c.cost+rest[depth+1] >= least {
				return // the list is sorted
			}
			total := cost + c.cost
			for list, j := range taken {
				if pairs.conflict(list, j, depth, i) {
					total = math.Inf(1)
					break
				}
				p := &choices[list][j]
				if c.leads && p.leads && math.Abs(float64(c.box.Min.X-p.box.Min.X)) > 0.5 {
					total += 4 // labels beside the fan look best in one column
				}
			}
			if total+rest[depth+1] < least {
				taken = append(taken, i)
				search(depth+1, total)
				taken = taken[:len(taken)-1]
			}
		}
	}
	search(0, 0)
	return best, ok
}

// pairs remembers which places of two lists conflict: the search over
// combinations asks for the same two again and again.
type pairs struct {
	choices [][]callout
	known   [][][]int8 // by both lists, then by both places: 1 for a conflict, -1 for none
}

func newPairs(choices [][]callout) *pairs {
	p := &pairs{choices: choices, known: make([][][]int8, len(choices))}
	for first := range choices {
		p.known[first] = make([][]int8, len(choices))
		for second := first + 1; second < len(choices); second++ {
			p.known[first][second] = make([]int8, len(choices[first])*len(choices[second]))
		}
	}
	return p
}

// conflict reports whether a place of one list and one of a later list touch.
func (p *pairs) conflict(first, i, second, j int) bool {
	known := &p.known[first][second][i*len(p.choices[second])+j]
	if *known == 0 {
		*known = -1
		if conflict(p.choices[second][j], p.choices[first][i]) {
			*known = 1
		}
	}
	return *known > 0
}
