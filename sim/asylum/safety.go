package asylum

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/event"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
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
		if c.Nationality != n || c.Next != PermitExpires && c.Next != Switches && c.Next != Revoked {
			return
		}
		if at, called := w.called(&c); called && at < e.At {
			e.Record.Next = Void
			c.Next = ReviewCalled
			w.schedule(at, &c)
		}
	})
	// Cases whose next event lies after the horizon are kept apart. Scheduling
	// one for a review may put it back there, behind those that are seen.
	seen, kept := len(w.beyond), 0
	for i := range seen {
		c := w.beyond[i]
		if at, called := w.called(&c); c.Nationality == n && called {
			w.resting--
			c.Next = ReviewCalled
			w.schedule(at, &c)
		} else {
			w.beyond[kept] = c
			kept++
		}
	}
	w.beyond = append(w.beyond[:kept], w.beyond[seen:]...)
	var only [policy.MaxNationalities]bool
	only[n] = true
	w.reopenLimbo(&only)
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
	share := w.rules.returnableShare(c.Nationality)
	if k := w.countries[c.Nationality]; k.safe && k.accepts {
		share = max(share, w.rules.Safety.ReturnableIfSafe)
	}
	return w.chance(c, drawReturnable, 0, share)
}

// returnableShare is the share of a nationality that can be returned while its
// country is as it was: of those who could not be, visas withheld from a
// country that refuses returns gain a share.
func (e *epoch) returnableShare(n policy.Nationality) unit.Probability {
	r := &e.Returns
	share := float64(r.Returnable[n])
	return unit.Probability(share + float64((1-share)*float64(r.VisaPenalty[n])*float64(r.VisaGain)))
}

// recalls reports whether anything can happen to permits and stays in limbo
// whose next event lies after the horizon, so that they must be kept at hand:
// a country is declared safe, or more people can be returned.
func (m *Model) recalls() bool {
	for i := range m.epochs {
		e := &m.epochs[i]
		for n := range policy.Nationality(m.groups) {
			if e.Safety.DeclaredRate[n] > 0 || i > 0 && e.returnableShare(n) > m.epochs[i-1].returnableShare(n) {
				return true
			}
		}
	}
	return false
}
