package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// hazard is what may happen to a case at a rate that the rules of each date
// state: spans of time in order, each with one rate, up to the last in which it
// can happen. It is empty where it never can.
type hazard []span

type span struct {
	ends   clock.Tick
	perDay float64
}

// hazards are the hazards of a regime, compiled.
type hazards struct {
	voluntary      [policy.MaxNationalities]hazard
	limboVoluntary hazard
	absconding     hazard
	further        []hazard // by the further submissions made so far
	revocation     hazard
	withdrawal     hazard // of support, for not complying with its conditions
	reemergence    hazard
	unrecorded     hazard
}

func (m *Model) compileHazards() {
	h := &m.hazards
	for n := range m.groups {
		h.voluntary[n] = m.hazard(func(r *policy.Rules) unit.PerYear { return r.Returns.Voluntary[n] })
	}
	h.limboVoluntary = m.hazard(func(r *policy.Rules) unit.PerYear { return r.Returns.LimboVoluntary })
	h.absconding = m.hazard(func(r *policy.Rules) unit.PerYear { return r.Returns.Absconding })
	for made := 0; ; made++ {
		further := m.hazard(func(r *policy.Rules) unit.PerYear {
			if float64(made) >= r.Appeal.FurtherMost {
				return 0
			}
			return r.Appeal.Further
		})
		if h.further = append(h.further, further); len(further) == 0 || made == maxClaims {
			break
		}
	}
	h.revocation = m.hazard(func(r *policy.Rules) unit.PerYear { return r.Permit.RevocationRate })
	h.withdrawal = m.hazard(func(r *policy.Rules) unit.PerYear { return r.Support.Withdrawal })
	h.reemergence = m.hazard(func(r *policy.Rules) unit.PerYear { return r.Returns.Reemergence })
	h.unrecorded = m.hazard(func(r *policy.Rules) unit.PerYear { return r.Returns.Unrecorded })
}

// maxClaims is the most that a case counts of its further submissions.
const maxClaims = 255

// hazard compiles a yearly rate of the rules. Epochs in a row that state the
// same rate are one span.
func (m *Model) hazard(rate func(*policy.Rules) unit.PerYear) (h hazard) {
	for e := range m.epochs {
		perDay := float64(rate(m.epochs[e].Rules).PerDay())
		ends := clock.Never
		if e+1 < len(m.starts) {
			ends = m.starts[e+1].Tick()
		}
		if last := len(h) - 1; last >= 0 && h[last].perDay == perDay {
			h[last].ends = ends
		} else {
			h = append(h, span{ends, perDay})
		}
	}
	for len(h) > 0 && h[len(h)-1].perDay <= 0 {
		h = h[:len(h)-1]
	}
	return h
}

// time returns when the event happens: the cumulative hazard since a moment,
// inverted at one exponential mark. It is clock.Never where the hazard stays
// too small.
func (h hazard) time(since clock.Tick, mark float64) clock.Tick {
	for i := range h {
		s := &h[i]
		if s.ends != clock.Never {
			if s.ends <= since {
				continue
			}
			days := (float64(s.ends) - float64(since)) / float64(clock.DayTicks)
			if used := float64(s.perDay * days); used < mark {
				mark -= used
				since = s.ends
				continue
			}
		}
		return since.After(mark / s.perDay)
	}
	return clock.Never
}

// happens returns when a hazard strikes a case by the luck of a draw, if
// nothing else comes first.
func (w *World) happens(h hazard, since clock.Tick, c *Case, slot random.Slot, occurrence uint8) clock.Tick {
	if len(h) == 0 {
		return clock.Never
	}
	return h.time(since, random.Exponential.At(w.uniform(c, slot, occurrence)))
}
