package evidence

import (
	"fmt"

	"asylumsim/sim/experiment"
	"asylumsim/sim/policy"
)

// The names of the marks from which the process of a driver is drawn.
var levelMarks = [...]string{"process", "shape", "scale", "level", "trend"}

func levelMark(d policy.Driver, what string) string { return fmt.Sprintf("level_%v.%s", d, what) }

// LevelMarks lists what Inputs draws beside the parameters: of each driver its
// process, the shape and the scale of that, and where level and trend stand.
func LevelMarks() []string {
	var names []string
	for d := range policy.NumDrivers {
		for _, what := range levelMarks {
			names = append(names, levelMark(d, what))
		}
	}
	return names
}

// paths draws the process of every driver; at nil they are the likeliest.
func (f *Fit) paths(marks policy.Marks) policy.ByDriver[Path] {
	var paths policy.ByDriver[Path]
	for d, levels := range f.Levels {
		if marks == nil {
			paths[d] = levels[0].Central()
			continue
		}
		var u [len(levelMarks)]float64
		for i, what := range levelMarks {
			u[i] = marks[levelMark(policy.Driver(d), what)]
		}
		level := levels[min(int(u[0]*float64(len(levels))), len(levels)-1)]
		paths[d] = level.Drawn(u[1], u[2], u[3], u[4])
	}
	return paths
}

// Inputs turns regimes as drawn at a point of what is believed, the base first,
// into those of the origin: what is estimated replaces the base's rules of the
// opening date, and what a regime changes keeps its distance. Central is the base
// at the central values. Whether the parameters can be together at that point is
// for the plan of the runs to say.
func (f *Fit) Inputs(drawn []*policy.Regime, central *policy.Regime, marks policy.Marks) (*experiment.Inputs, error) {
	at := func(r *policy.Regime) *policy.Rules { return &r.Epochs[r.EpochAt(f.Opening)] }
	base := at(drawn[0])
	rules, opening, err := f.Rules(Beliefs{Drawn: base, Central: at(central)}, f.paths(marks))
	if err != nil {
		return nil, err
	}
	inputs := &experiment.Inputs{Opening: opening}
	for _, r := range drawn {
		inputs.Regimes = append(inputs.Regimes, r.Restated(base, rules, Estimated))
	}
	return inputs, nil
}
