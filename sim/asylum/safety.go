package asylum

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
)

// country is the state of a nationality group's country of origin.
type country struct {
	safe    bool // declared safe for the purpose of protection
	accepts bool // and accepts returns
}

// declareCountries draws the day's declarations that countries are safe, and
// reversals by the courts. A declared country can still refuse returns: its
// people then lose protection and cannot leave, which is limbo.
func (w *World) declareCountries() {
	s := &w.rules.Safety
	for n := range policy.Nationality(w.model.groups) {
		rate, slot := s.DeclaredRate[n], drawDeclared
		if w.countries[n].safe {
			rate, slot = s.ReversalRate, drawReversed
		}
		if rate <= 0 {
			continue
		}
		key := random.KeyOf(keyCountry, int32(w.day), uint32(n))
		if w.source.Uniform(key, slot, 0) >= -math.Expm1(-float64(rate.PerDay())) {
			continue
		}
		if w.countries[n].safe {
			w.countries[n] = country{}
			continue
		}
		w.countries[n].safe = true
		w.countries[n].accepts = w.source.Uniform(key, drawAccepts, 0) < float64(s.AcceptsReturns)
		w.callCountry(n)
	}
}

// callCountry goes through all permits in force of a nationality group whose
// country has been declared safe and calls a share of them for a review, over
// a period; and, if the country accepts returns, through those in limbo.
func (w *World) callCountry(n policy.Nationality) {
	w.agenda.Each(func(e *event.Entry[Case]) {
		c := e.Record
		if c.Nationality != n {
			return
		}
		switch {
		case c.Next == PermitExpires || c.Next == Switches || c.Next == Revoked:
			if at, called := w.called(&c); called && at < e.At {
				e.Record.Next = Void
				c.Next = ReviewCalled
				w.schedule(at, &c)
			}
		case c.Next == LeavesLimbo && w.returnable(&c):
			e.Record.Next = Void
			c.Appeals++ // a stay of its own, with luck of its own
			w.move(&c, Removable)
			w.awaitRemoval(&c)
		}
	})
	// Cases whose next event lies after the horizon are kept apart. Scheduling
	// one for a review may put it back there: those come behind the ones seen.
	waiting := w.beyond
	w.beyond = w.kept[:0]
	for i := range waiting {
		c := waiting[i]
		at, called := w.called(&c)
		switch {
		case c.Nationality != n:
			w.beyond = append(w.beyond, c)
		case c.Stage == Permitted && called:
			w.resting--
			c.Next = ReviewCalled
			w.schedule(at, &c)
		case c.Stage == Limbo && w.returnable(&c):
			w.resting--
			c.Appeals++
			w.move(&c, Removable)
			w.awaitRemoval(&c)
		default:
			w.beyond = append(w.beyond, c)
		}
	}
	w.kept = waiting[:0]
}

// called says whether and when a permit is called for a review.
func (w *World) called(c *Case) (clock.Tick, bool) {
	s := &w.rules.Safety
	if c.Stage != Permitted || !w.chance(c, drawCalled, c.Permits, s.ReviewShare) {
		return 0, false
	}
	return w.now.After(float64(float64(s.ReviewSpread) * w.uniform(c, drawCallTime, c.Permits))), true
}

// returnable reports whether a case without leave can be returned: by
// nationality, and more often where the country has been declared safe and
// accepts returns.
func (w *World) returnable(c *Case) bool {
	share := w.rules.Returns.Returnable[c.Nationality]
	if k := w.countries[c.Nationality]; k.safe && k.accepts {
		share = max(share, w.rules.Safety.ReturnableIfSafe)
	}
	return w.chance(c, drawReturnable, 0, share)
}

// mayDeclare reports whether any rule of a regime ever declares a country
// safe, so that permits which outlast the run must be kept at hand.
func (m *Model) mayDeclare() bool {
	for i := range m.regime.Epochs {
		for _, rate := range m.regime.Epochs[i].Safety.DeclaredRate {
			if rate > 0 {
				return true
			}
		}
	}
	return false
}
