package asylum

import "asylumsim/sim/measure"

// intake decides what happens to a new claim before it is considered: held for
// a transfer to another country, detained on arrival, barred, or prepared for
// a decision. It reports whether the claim counts as one: a barred one does
// not.
func (w *World) intake(c *Case) bool {
	counts := !w.barred(c)
	if !counts {
		w.barredCases++
		w.row[measure.InadmissibleCases]++
	}
	switch {
	case w.holdForTransfer(c):
		if counts {
			w.row[measure.InadmissibleCases]++
		}
	case w.detainOnArrival(c):
	case !counts:
		w.bar(c)
	default:
		w.move(c, Preparing)
		w.startSupport(c)
		w.prepare(c)
	}
	return counts
}

// barred reports whether the rules at the date of claim bar a case from having
// a claim considered, which they do for a share of each route.
func (w *World) barred(c *Case) bool {
	share := w.model.epochs[c.Epoch].Intake.Barred[c.Route]
	return share > 0 && c.Claims == 0 && !c.Flags.Has(Exchanged) && w.chance(c, drawBarred, 0, share)
}

// bar makes a new arrival subject to removal without a claim. It is supported
// as refused cases are.
func (w *World) bar(c *Case) {
	w.startSupport(c)
	w.exhaust(c)
}

// detainOnArrival detains a share of the claims of each route, while beds are
// free. Unaccompanied children and vulnerable people are not detained.
func (w *World) detainOnArrival(c *Case) bool {
	share := w.rules.Intake.DetainOnArrival[c.Route]
	if share <= 0 || c.Flags&(Unaccompanied|Vulnerable) != 0 || !w.chance(c, drawDetained, 0, share) {
		return false
	}
	if w.detention.beds.Free() < int64(c.People()) {
		return false
	}
	w.detain(c)
	w.schedule(w.detainedUntil(c), c)
	return true
}

// prepareFromNow starts the preparation of a claim that was held or detained
// first. Who would have withdrawn meanwhile does so now.
func (w *World) prepareFromNow(c *Case) {
	days := w.model.epochs[c.Epoch].preparation.At(w.uniform(c, drawPreparation, c.Claims))
	ready, gone := w.now.After(days), max(w.withdrawalAt(c), w.now)
	if gone < ready {
		c.Next = Withdraws
		w.schedule(gone, c)
		return
	}
	c.Next = BecomesDecidable
	w.schedule(ready, c)
}
