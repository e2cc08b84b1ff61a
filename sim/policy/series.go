package policy

import "asylumsim/sim/clock"

// step is a number from a date on, with the value that it comes from.
type step struct {
	from   clock.Date
	number float64
	value  *Value
}

// series returns the numbers of one entry of a parameter in a regime given by
// its chain of overlays, root first. The first step also covers everything
// before it. Each overlay's steps replace what was there from the first of
// them on.
func series(p *Parameter, chain []*Overlay, entry string) []step {
	steps := stepsOf(p.Values, entry)
	for _, o := range chain {
		if over := stepsOf(o.Changes[p.Name], entry); len(over) > 0 {
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
			steps = append(steps, step{values[i].From, x, &values[i]})
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

// at returns the step in force on a date.
func at(steps []step, d clock.Date) step {
	i := len(steps) - 1
	for i > 0 && d < steps[i].from {
		i--
	}
	return steps[i]
}
