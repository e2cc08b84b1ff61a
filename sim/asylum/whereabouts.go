package asylum

import (
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// whereabouts says where a refused case of the opening stocks is.
type whereabouts uint8

// The whereabouts.
const (
	inContact whereabouts = iota
	outOfContact
	inDetention
)

// locate draws which refused cases are out of contact and which are detained
// on the opening date. Anybody may have lost contact. Those detained are there
// for an enforced return, as in the run: cases that can be returned, families
// by the share of attempts on them that go ahead. Each of them has beds, if need
// be more than there are: a few families more or less, and the rounded beds of a
// fraction, are no contradiction. No other bed is free then until they leave.
func (d *drawing) locate(o *Opening) error {
	p := d.population
	refused := len(p.stocks[openRefused])
	p.whereabouts = slices.Grow(p.whereabouts[:0], refused)[:refused]
	clear(p.whereabouts)
	p.pool = p.pool[:0]
	for i := range refused {
		p.pool = append(p.pool, refTo(openRefused, i))
	}
	if int(o.AbscondedCases) > refused {
		return fmt.Errorf("opening stocks: %d of %d refused cases are out of contact", o.AbscondedCases, refused)
	}
	d.order(p.pool, drawOpeningAbsent, func(ref) float64 { return 1 })
	for _, r := range p.pool[:o.AbscondedCases] {
		p.whereabouts[r.index()] = outOfContact
	}
	left := p.pool[o.AbscondedCases:]
	detainable := left[:0] // filled behind the reader
	for _, r := range left {
		if d.detainable(r) > 0 {
			detainable = append(detainable, r)
		}
	}
	detained := d.asManyAs(len(detainable), o.DetainedCases)
	if detained > len(detainable) {
		return fmt.Errorf("opening stocks: %d cases are detained, but only %d of the %d refused cases in contact could be: see opening_detained_cases and returnable_share",
			o.DetainedCases, len(detainable), refused-int(o.AbscondedCases))
	}
	d.order(detainable, drawOpeningDetained, d.detainable)
	for _, r := range detainable[:detained] {
		p.whereabouts[r.index()] = inDetention
	}
	return nil
}

// mostShort is how many standard deviations a fraction's candidates may fall short
// of those wanted before it is no chance.
const mostShort = 5

// asManyAs is how many cases of an opening stock there are to be among those who
// could be. A fraction of the system may by chance hold fewer candidates than cases
// are wanted, and then all of them are: their number varies like a Poisson one. More
// than that is a contradiction, as any shortage in the whole is, and stays.
func (d *drawing) asManyAs(candidates int, wanted unit.Cases) int {
	short := float64(int(wanted) - candidates)
	if d.model.fraction.Whole() || short > mostShort*math.Sqrt(float64(candidates+1)) {
		return int(wanted)
	}
	return min(int(wanted), candidates)
}

// detainable is how likely a refused case is to be detained beside others.
func (d *drawing) detainable(r ref) float64 {
	c, e := d.population.at(r), d.epoch
	switch {
	case c.Flags.Has(Unaccompanied), !d.source.Chance(c.Key, drawReturnable, 0, float64(e.Returns.Returnable[c.Nationality])):
		return 0
	case c.Children > 0:
		return float64(e.Enforcement.FamilyAttempt)
	}
	return 1
}

// hold draws who of those awaiting a decision is held for a transfer to another
// country: of the claims after small-boat arrival for which the hold still
// lasts, unaccompanied children excepted, those who would be chosen first in
// the run.
func (d *drawing) hold(o *Opening) error {
	p := d.population
	awaiting := p.stocks[openAwaiting]
	p.held = slices.Grow(p.held[:0], len(awaiting))[:len(awaiting)]
	clear(p.held)
	if o.HeldCases == 0 {
		return nil
	}
	p.pool = p.pool[:0]
	for i := range awaiting {
		c := &awaiting[i]
		if c.Route == policy.SmallBoat && !c.Flags.Has(Unaccompanied) && c.Claimed.After(float64(d.epoch.Intake.TransferHold)) > 0 {
			p.pool = append(p.pool, refTo(openAwaiting, i))
		}
	}
	held := d.asManyAs(len(p.pool), o.HeldCases)
	if held > len(p.pool) {
		return fmt.Errorf("opening stocks: %d cases are held for a transfer, but only %d came by small boat and claimed in the %.0f days before: see opening_transfer_held_cases and transfer_hold",
			o.HeldCases, len(p.pool), float64(d.epoch.Intake.TransferHold))
	}
	d.order(p.pool, drawTransferred, func(ref) float64 { return 1 })
	for _, r := range p.pool[:held] {
		p.held[r.index()] = true
	}
	return nil
}

// openHeld enters a case that is held for a transfer until the hold, which
// began with the claim, has lasted long enough.
func (w *World) openHeld(c *Case) {
	w.move(c, TransferHeld)
	w.join(w.transfers, c, w.leavingDay(c.Claimed.After(float64(w.rules.Intake.TransferHold))))
}

// openRefused enters a refused case where it is on the opening date.
func (w *World) openRefused(c *Case, at whereabouts) {
	switch at {
	case outOfContact:
		w.abscond(c)
		return
	case inDetention:
		w.openDetained(c)
		return
	}
	if c.Place != noPlace {
		w.markRefused(c.Place)
	}
	to := Limbo
	if w.returnable(c) {
		to = Removable
	}
	w.move(c, to)
	w.stayWithoutLeave(c)
}

// openDetained enters a case that is in detention at the start, for its first
// attempt at an enforced return. Its bed exists even where the stated number
// of beds is smaller: then none is free until enough are given back.
func (w *World) openDetained(c *Case) {
	c.Attempts = 1
	beds := &w.detention.beds
	size := beds.Size
	beds.Size = math.MaxInt64
	w.detain(c)
	beds.Size = size
	w.schedule(w.now.After(w.detentionLeft(c)), c)
}

// detentionLeft is how many more days somebody is detained whom a look at
// detention on any one day finds there: the time to come of a stationary
// process of stays, which are exponential and cut at the longest. Its density
// is the share of stays that last so long (Cox 1962, Renewal Theory, ch. 5),
// an exponential one up to the longest stay. It is shorter than the whole stay
// of the same mark, by which a later prolongation is judged.
func (w *World) detentionLeft(c *Case) float64 {
	e := &w.rules.Enforcement
	mean, longest := float64(e.Stay), float64(e.LongestStay)
	if mean <= 0 || longest <= 0 {
		return 0
	}
	within := -math.Expm1(-longest / mean) // share of stays that end before they are cut
	return mean * random.Exponential.At(w.uniform(c, drawStay, c.Attempts)*within)
}
