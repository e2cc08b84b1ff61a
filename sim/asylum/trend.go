package asylum

import "asylumsim/sim/unit"

// trend is a quantity that grows from a stated level: beds, capacity, people
// per boat. A dated change of the level sets it anew on its date; a dated
// change of the growth acts from its date on.
type trend struct {
	level   float64 // the rules' level that value last started from
	value   float64
	started bool
}

// follow brings the trend up to date: to the rules' level if that has changed,
// and otherwise by what the given days have added.
func (t *trend) follow(level, added float64) float64 {
	if !t.started || t.level != level {
		*t = trend{level: level, value: level, started: true}
	} else {
		t.value += added
	}
	return t.value
}

// yearsPerDay is the part of a year that a day is.
const yearsPerDay = 1 / unit.DaysPerYear
