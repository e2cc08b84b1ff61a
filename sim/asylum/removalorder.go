package asylum

import "asylumsim/sim/random"

// The occurrences of drawRemoval.
const (
	removalRecent uint32 = iota // whether the attempt looks to recent cases
	removalPlace                // and those that follow: places in line, until somebody waits there
)

// nextForRemoval draws the case that a day's attempt at an enforced return is made
// at, and returns its position in line. It is service in random order (Kingman 1962,
// On queues in which customers are served in random order, Proceedings of the
// Cambridge Philosophical Society 58): attempts are taken to be made as people report,
// are found or get documents, and not by date of refusal. A share of the attempts looks
// to recent cases: of two cases drawn they take the one that joined the line later, so
// that the chance of a case with a share x of the line before it is twice x times the
// average.
//
// At least one case must wait. A place is drawn until somebody waits there, so
// that all who wait are as likely.
func (w *World) nextForRemoval(attempt int) (position uint32) {
	key := random.KeyOf(keyRemoval, int32(w.day), uint32(attempt))
	first, places := w.removals.Span()
	try := removalPlace
	draw := func() uint32 {
		for {
			at := first + uint32(w.source.Uniform(key, drawRemoval, try)*float64(places))
			try++
			if _, waits := w.removals.At(at); waits {
				return at
			}
		}
	}
	position = draw()
	if w.source.Uniform(key, drawRemoval, removalRecent) < float64(w.rules.Enforcement.RecentShare) {
		// Later is further from the first: positions may have gone round.
		if other := draw(); other-first > position-first {
			position = other
		}
	}
	return position
}
