package policy

import "asylumsim/sim/clock"

// step is a number from a date on, with the value that it comes from.
type step struct {
	from   clock.Date
	number float64
	value  *Value
	depth  int // 0 for the parameter's own, then the place of the overlay in its chain
}

// series returns the numbers of one entry of a parameter in a regime given by
// its chain of overlays, root first. The first step also covers everything
// before it. Each overlay's steps replace what was there from the first of
// them on.
func series(p *Parameter, chain []*Overlay, entry string) []step {
	steps := stepsOf(p.Values, entry)
	for i, o := range chain {
		if over := stepsOf(o.Changes[p.Name], entry); len(over) > 0 {
			for j := range over {
				over[j].depth = i + 1
			}
			steps = append(until(steps, over[0].from), over...)
		}
	}
	return steps
}

// stepsOf lists the numbers that values give to an entry.
func stepsOf(values []Value, entry string) []step {
	var steps []step
	for i := range values {
		if x, ok := values[i].Amount.Entry(entry); ok {
			steps = append(steps, step{from: values[i].From, number: x, value: &values[i]})
		}
	}
	return steps
}

// until cuts a series at a date. What the first step said of the time before
// it stays said of the time before the date.
func until(steps []step, d clock.Date) []step {
	if d == Beginning {
		return nil
	}
	n := 1
	for n < len(steps) && steps[n].from < d {
		n++
	}
	if steps[0].from >= d {
		steps[0].from = Beginning
	}
	return steps[:n:n]
}

// nearer reports whether a step is closer to what the author of a regime
// wrote than another: of an overlay further down the chain, or of a later
// date.
func (s step) nearer(other step) bool {
	if s.depth != other.depth {
		return s.depth > other.depth
	}
	return s.from > other.from
}

// at returns the step in force on a date.
func at(steps []step, d clock.Date) step {
	i := len(steps) - 1
	for i > 0 && d < steps[i].from {
		i--
	}
	return steps[i]
}
