package asylum

import "asylumsim/sim/queue"

// class is a queue for initial decisions: claims of nationalities that are
// nearly always granted, that are rarely granted, and the others.
type class uint8

const (
	standardClass class = iota
	highClass
	lowClass
	numClasses
)

// classOf puts a case into its class by the chance of a grant that is known
// for its nationality.
func (w *World) classOf(c *Case) class {
	t := &w.rules.Triage
	switch grant := w.rules.Decision.Grant[c.Nationality]; {
	case t.HighShare > 0 && grant >= t.HighGrant:
		return highClass
	case t.LowShare > 0 && grant <= t.LowGrant:
		return lowClass
	}
	return standardClass
}

// triage shares decisions out: each class has the share that the rules give
// it, the standard class the rest, by smooth weighted round robin; what a class
// does not need goes to whoever has waited longest in the others. Within a
// class a share of the decisions goes to the newest cases, the others to the
// oldest.
type triage struct {
	credit [numClasses]float64
	newest queue.Capacity
}

// next returns the class whose turn it is.
func (t *triage) next(high, low float64) class {
	t.credit[standardClass] += 1 - high - low
	t.credit[highClass] += high
	t.credit[lowClass] += low
	chosen := standardClass
	for k := range numClasses {
		if t.credit[k] > t.credit[chosen] {
			chosen = k
		}
	}
	t.credit[chosen]--
	return chosen
}

// nextForDecision takes the next case for a decision out of its queue, or
// reports that there is none.
func (w *World) nextForDecision(c *Case) bool {
	t := &w.rules.Triage
	chosen := w.triage.next(float64(t.HighShare), float64(t.LowShare))
	line := w.decisions[chosen]
	if chosen == standardClass {
		// Cases of a class that has lost its share are decided with these.
		line = w.longestWaiting(t.HighShare == 0, t.LowShare == 0)
	}
	if line.Len() == 0 {
		line = w.longestWaiting(true, true)
	}
	if w.triage.newest.Release(float64(t.NewestShare)) > 0 {
		return line.ServeLast(c)
	}
	return line.Serve(c)
}

// longestWaiting is the queue whose first case became decidable first, of the
// standard class and of those asked for.
func (w *World) longestWaiting(high, low bool) *queue.Line[Case] {
	oldest := w.decisions[standardClass]
	asked := [numClasses]bool{highClass: high, lowClass: low}
	for k, line := range w.decisions {
		if !asked[k] || line.Len() == 0 {
			continue
		}
		first, _, _ := line.First()
		if standing, _, ok := oldest.First(); !ok || first.Since < standing.Since {
			oldest = line
		}
	}
	return oldest
}

// waitingForDecision is how many cases are ready for a decision.
func (w *World) waitingForDecision() int {
	n := 0
	for _, line := range w.decisions {
		n += line.Len()
	}
	return n
}
