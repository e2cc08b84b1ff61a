package policy

import (
	"math"
	"slices"

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
	r := resolver{groups: groups, entries: map[string]int{}}
	for i := range parameters {
		p := &parameters[i]
		f := fieldNamed(p.Name)
		for _, key := range p.By.Keys(groups) {
			full := p.Name
			if key != "" {
				full += "." + key
			}
			r.entries[full] = len(r.series)
			r.series = append(r.series, resolved{field: f, steps: marks.at(p, series(p, chain, key))})
		}
	}
	rules, ps := r.rulesAt(Beginning)
	regime := &Regime{Name: name, Starts: []clock.Date{Beginning}, Epochs: []Rules{rules}}
	for i, start := range r.breakpoints() {
		rules, found := r.rulesAt(start)
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

// resolver holds the series of every entry of every parameter.
type resolver struct {
	groups  []Group
	series  []resolved
	entries map[string]int // parameter.entry to index of series
}

type resolved struct {
	field *Field
	steps []step
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

// rulesAt builds and checks the rules in force on a date.
func (r *resolver) rulesAt(d clock.Date) (Rules, Problems) {
	var rules Rules
	var ps Problems
	for i := 0; i < len(r.series); {
		f := r.series[i].field
		var numbers []float64
		first := i
		for ; i < len(r.series) && r.series[i].field == f; i++ {
			numbers = append(numbers, at(r.series[i].steps, d).number)
		}
		if f.SumsTo1 {
			if total := sum(numbers); math.Abs(total-1) > 1e-6 {
				latest := r.latest(r.series[first:i], d)
				ps.add(latest.Places.Of("value", latest.At), f.Parameter, "sum "+FormatNumber(math.Round(total*1e9)/1e9),
					"shares that sum to 1", since(d))
			} else {
				normalise(numbers)
			}
		}
		f.set(&rules, numbers)
	}
	rules.Validate(func(key, want string) {
		s := at(r.series[r.find(key)].steps, d)
		ps.add(s.value.Places.Of("value", s.value.At), key, FormatNumber(s.number), want, since(d))
	})
	return rules, ps
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
	i, ok := r.entries[key]
	if !ok {
		panic("policy: validation of an unknown parameter " + key)
	}
	return i
}

// latest returns the value among the series that came into force last.
func (r *resolver) latest(series []resolved, d clock.Date) *Value {
	latest := at(series[0].steps, d)
	for _, s := range series {
		if step := at(s.steps, d); step.from > latest.from {
			latest = step
		}
	}
	return latest.value
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
