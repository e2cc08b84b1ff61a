package policy

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"asylumsim/sim/clock"
)

// Resolve builds the rules of a regime: the parameters, changed by a chain of
// overlays with the root first, for each span of dates in which nothing
// changes. Parameters and overlays must be valid and bound. The problems are
// those of the numbers together, each at the value in force.
func Resolve(name string, parameters []Parameter, chain []*Overlay, groups []Group) (*Regime, Problems) {
	return ResolveAt(name, parameters, chain, groups, nil)
}

// ResolveAt builds the rules of a regime as Resolve does, at a point of what is
// believed about the parameters.
func ResolveAt(name string, parameters []Parameter, chain []*Overlay, groups []Group, marks Marks) (*Regime, Problems) {
	r := newResolver(parameters, chain, groups, marks)
	rules, ps := r.rulesAt(Beginning, nil)
	regime := &Regime{Name: name, Starts: []clock.Date{Beginning}, Epochs: []Rules{rules}}
	for i, start := range r.breakpoints() {
		rules, found := r.rulesAt(start, &regime.Epochs[len(regime.Epochs)-1])
		for _, p := range found {
			ps.addOnce(p)
		}
		switch {
		case rules != regime.Epochs[len(regime.Epochs)-1]:
			regime.Starts = append(regime.Starts, start)
			regime.Epochs = append(regime.Epochs, rules)
		case i == 0:
			regime.Starts[0] = start
		}
	}
	return regime, ps
}

// Same reports whether two regimes have the same rules on every date.
func (r *Regime) Same(other *Regime) bool {
	return slices.Equal(r.Starts[1:], other.Starts[1:]) && slices.Equal(r.Epochs, other.Epochs)
}

// SameWithin reports whether two regimes have the same rules on every date from
// one to another.
func (r *Regime) SameWithin(other *Regime, first, last clock.Date) bool {
	for _, d := range slices.Concat([]clock.Date{first}, r.Starts, other.Starts) {
		if first <= d && d <= last && r.Epochs[r.EpochAt(d)] != other.Epochs[other.EpochAt(d)] {
			return false
		}
	}
	return true
}

// resolver holds the series of every entry of every parameter.
type resolver struct {
	groups []Group
	series []resolved
}

type resolved struct {
	key       string // parameter, or parameter.entry
	parameter *Parameter
	field     *Field
	steps     []step
}

func newResolver(parameters []Parameter, chain []*Overlay, groups []Group, marks Marks) *resolver {
	r := &resolver{groups: groups, series: make([]resolved, 0, 4*len(parameters))}
	for i := range parameters {
		p := &parameters[i]
		f := fieldNamed(p.Name)
		for _, entry := range p.By.Keys(groups) {
			key := p.Name
			if entry != "" {
				key += "." + entry
			}
			r.series = append(r.series, resolved{key, p, f, marks.at(p, series(p, chain, entry))})
		}
	}
	return r
}

// of returns the series of a parameter's entries, which lie together.
func (r *resolver) of(parameter string) []resolved {
	first := 0
	for first < len(r.series) && r.series[first].parameter.Name != parameter {
		first++
	}
	last := first
	for last < len(r.series) && r.series[last].parameter.Name == parameter {
		last++
	}
	return r.series[first:last]
}

// breakpoints lists the dates on which a number changes, ascending.
func (r *resolver) breakpoints() []clock.Date {
	var dates []clock.Date
	for _, s := range r.series {
		for _, step := range s.steps {
			if step.from != Beginning {
				dates = append(dates, step.from)
			}
		}
	}
	slices.Sort(dates)
	return slices.Compact(dates)
}

// rulesAt builds and checks the rules in force on a date. Given those of the
// last change before, it sets only what changes on the date.
func (r *resolver) rulesAt(d clock.Date, before *Rules) (rules Rules, ps Problems) {
	if before != nil {
		rules = *before
	}
	numbers := make([]float64, 0, MaxNationalities)
	finite := true // else Regime.Validate stops it
	for i := 0; i < len(r.series); {
		f := r.series[i].field
		numbers = numbers[:0]
		first := i
		changes := before == nil
		for ; i < len(r.series) && r.series[i].field == f; i++ {
			step := at(r.series[i].steps, d)
			numbers = append(numbers, step.number)
			finite = finite && Finite("", step.number) == nil
			changes = changes || step.from == d
		}
		if !changes {
			continue
		}
		if f.SumsTo1 {
			if total := sum(numbers); math.Abs(total-1) > 1e-6 {
				r.misfit(&ps, r.series[first:i], d, total)
			} else {
				normalise(numbers)
			}
		}
		f.set(&rules, numbers)
	}
	if finite {
		rules.fit(func(key, want string) { r.conflict(&ps, key, want, d) })
	}
	return rules, ps
}

// misfit reports shares of one whole that do not sum to it, where the latest
// of them was written.
func (r *resolver) misfit(ps *Problems, shares []resolved, d clock.Date, total float64) {
	nearest, named, sumOf := at(shares[0].steps, d), 0.0, 0
	for i := range shares {
		s := at(shares[i].steps, d)
		if !shares[i].allows(s.number) {
			return // reported where it was written
		}
		if s.nearer(nearest) {
			nearest, named, sumOf = s, 0, 0
		}
		if s.depth == nearest.depth && s.from == nearest.from {
			named += s.number
			sumOf++
		}
	}
	hint := ""
	if rest := len(shares) - sumOf; rest > 0 {
		hint = fmt.Sprintf("the %d other entries sum to %s", rest, FormatNumber(roundedShare(total-named)))
	}
	v := nearest.value
	ps.add(v.Places.Of("value", v.At), shares[0].parameter.Name, "sum "+FormatNumber(roundedShare(total)),
		"shares that sum to 1", both(since(d), hint))
}

// conflict reports a number that cannot be, given the others: where the author
// of the regime wrote it, or where he wrote the one that it is in conflict
// with. Faults that follow from a number which is reported already are left
// out.
func (r *resolver) conflict(ps *Problems, key, want string, d clock.Date) {
	at, number, origin, ok := r.involved(key, want, d)
	if ok {
		ps.add(at, key, FormatNumber(number), want, both(since(d), origin))
	}
}

// involved finds the number of a parameter, or of an entry of one, on a date
// and the place to look at: of the parameter and of those that the text names,
// that of the one which the last overlay of the chain sets. Where it is not the
// parameter's own, origin says where that comes from. ok is false where one of
// the numbers is impossible by itself.
func (r *resolver) involved(key, text string, d clock.Date) (where Position, number float64, origin string, ok bool) {
	i := r.find(key)
	own := at(r.series[i].steps, d)
	nearest, sound := own, r.series[i].allows(own.number)
	for _, word := range strings.FieldsFunc(text, func(c rune) bool { return !strings.ContainsRune(wordLetters, c) }) {
		for j := range r.series {
			if named := &r.series[j]; named.key == word || named.parameter.Name == word {
				s := at(named.steps, d)
				sound = sound && named.allows(s.number)
				if s.depth > nearest.depth {
					nearest = s
				}
			}
		}
	}
	if nearest.value != own.value {
		origin = fmt.Sprintf("the value of %s comes from %v", key, own.value.Places.Of("value", own.value.At))
	}
	return nearest.value.Places.Of("value", nearest.value.At), own.number, origin, sound
}

// wordLetters are those of names of parameters.
const wordLetters = "abcdefghijklmnopqrstuvwxyz0123456789_"

// allows reports whether a number is possible by itself.
func (r *resolved) allows(x float64) bool {
	_, ok := r.parameter.possible(x)
	return ok && (!r.field.Whole || x == math.Trunc(x))
}

// both joins two hints.
func both(hints ...string) string {
	return strings.Join(slices.DeleteFunc(hints, func(h string) bool { return h == "" }), "; ")
}

// since says from when a problem with the rules exists.
func since(d clock.Date) string {
	if d == Beginning {
		return ""
	}
	return "from " + d.String()
}

// find returns the series of a parameter, or of an entry of one.
func (r *resolver) find(key string) int {
	i := slices.IndexFunc(r.series, func(s resolved) bool { return s.key == key })
	if i < 0 {
		panic("policy: validation of an unknown parameter " + key)
	}
	return i
}

func sum(numbers []float64) float64 {
	total := 0.0
	for _, x := range numbers {
		total += x
	}
	return total
}

// normalise scales shares that sum to about 1 so that they sum to exactly 1,
// added in whatever order: it rounds them to multiples of 2^-40, of which
// sums are exact, and the largest takes what rounding leaves.
func normalise(numbers []float64) {
	total := sum(numbers)
	if total == 1 {
		return
	}
	largest := 0
	for i := range numbers {
		numbers[i] = math.Round(numbers[i]/total*(1<<40)) / (1 << 40)
		if numbers[i] > numbers[largest] {
			largest = i
		}
	}
	numbers[largest] += 1 - sum(numbers)
}
