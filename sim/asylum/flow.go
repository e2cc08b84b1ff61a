package asylum

// Move is an arrow of the flow diagram: a change of legal stage that the model
// knows.
type Move struct{ From, To Stage }

// Moves lists every change of legal stage that the model knows, in order of
// stages. The run panics on any other.
func Moves() []Move {
	var list []Move
	for from, targets := range moves {
		for _, to := range targets {
			list = append(list, Move{Stage(from), to})
		}
	}
	return list
}

// Final reports whether a case in the stage has left the model.
func (s Stage) Final() bool { return s >= Settled && s < NumStages }
