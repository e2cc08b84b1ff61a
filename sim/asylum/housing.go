package asylum

import (
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// house decides who of the opening stocks is supported and where they live,
// so that the published numbers of people are met exactly.
//
// Who: cases in order of a uniform mark over their need (the route's share in
// need of support, times what the refused keep), until the published total is
// reached; those granted protection within the move-on period are in it.
// Where: in order of another mark, subsistence only, single adults on large
// sites, other and initial accommodation, then dispersal, which families get
// before others by a stated weight; the rest are in hotels.
func (d *drawing) house(o *Opening) error {
	p := d.population
	p.pool = p.pool[:0]
	for stock := range numOpeningStocks {
		p.housing[stock] = slices.Grow(p.housing[stock][:0], len(p.stocks[stock]))[:len(p.stocks[stock])]
		for i := range p.stocks[stock] {
			p.housing[stock][i] = unhoused
			if r := refTo(stock, i); d.need(r) > 0 {
				p.pool = append(p.pool, r)
			}
		}
	}
	total := int64(0)
	for _, people := range o.Supported {
		total += int64(people)
	}
	d.order(p.pool, drawNeedsSupport, d.need)
	supported := p.pool[:0] // filled behind the reader
	for _, r := range p.pool {
		if people := int64(p.at(r).People()); people <= total && total > 0 {
			total -= people
			supported = append(supported, r)
		}
	}
	if total > 0 {
		return fmt.Errorf("opening stocks: %d of the supported people are in no case that could be supported", total)
	}
	return d.assign(supported, o)
}

// need is the share of cases like this one that would be in support.
func (d *drawing) need(r ref) float64 {
	s := &d.epoch.Support
	c := d.population.at(r)
	n := float64(s.Need[c.Route])
	switch {
	case c.Flags.Has(Unaccompanied):
		return 0
	case r.stock() == openPermits && c.Claimed.After(float64(d.epoch.moveOn(c))) <= 0:
		return 0 // granted before the move-on period
	case r.stock() == openRefused && c.Children > 0:
		n *= float64(s.RefusedFamily)
	case r.stock() == openRefused:
		n *= float64(s.RefusedSingle)
	}
	return n
}

// assign fills each kind of housing with its published number of people. The
// kinds that are few are filled in an order that has nothing to do with
// family, then dispersal in an order that families lead by a weight; the rest
// are in hotels.
func (d *drawing) assign(supported []ref, o *Opening) error {
	anybody := func(*Case) bool { return true }
	d.order(supported, drawSubsistence, func(ref) float64 { return 1 })
	for _, step := range []struct {
		housing  Housing
		eligible func(*Case) bool
	}{{SubsistenceOnly, anybody}, {LargeSite, (*Case).SingleAdult}, {OtherAccommodation, anybody}, {InitialAccommodation, anybody}} {
		if err := d.fill(step.housing, supported, int64(o.Supported[step.housing]), step.eligible); err != nil {
			return err
		}
	}
	weight := 1 / max(1-float64(d.epoch.Opening.FamilyDispersal), 0.01)
	d.order(supported, drawOpeningHousing, func(r ref) float64 {
		if d.population.at(r).Children > 0 {
			return weight
		}
		return 1
	})
	if err := d.fill(Dispersal, supported, int64(o.Supported[Dispersal]), anybody); err != nil {
		return err
	}
	return d.fill(Hotel, supported, int64(o.Supported[Hotel]), anybody)
}

// fill gives cases that have no housing yet, in order, a kind of housing until
// the number of people is met exactly.
func (d *drawing) fill(h Housing, order []ref, people int64, eligible func(*Case) bool) error {
	p := d.population
	for _, r := range order {
		c := p.at(r)
		housing := &p.housing[r.stock()][r.index()]
		if n := int64(c.People()); people > 0 && *housing == unhoused && n <= people && eligible(c) {
			*housing = int8(h)
			people -= n
		}
	}
	if people > 0 {
		return fmt.Errorf("opening stocks: %d people in %v cannot be found among the supported cases", people, h)
	}
	return nil
}

// open enters a population into an empty world, as it stands at the close of
// the opening date.
func (w *World) open(p *Population) {
	m := w.model
	monthly := 0.0
	band, left := 0, unit.Cases(0)
	for stock := range numOpeningStocks {
		for i := range p.stocks[stock] {
			c := p.stocks[stock][i]
			claimed := c.Claimed
			c.Epoch = uint16(m.epochOf(claimed))
			if h := p.housing[stock][i]; h != unhoused {
				c.Place = w.occupyOpening(&c, Housing(h))
				w.setConditions(&c)
			}
			switch openingStock(stock) {
			case openAwaiting:
				if claimed.Day() >= -182 {
					monthly += 1.0 / 6
				}
				for ; left == 0; band++ {
					left = p.waiting[band].Cases
				}
				left--
				w.openAwaiting(&c, float64(p.waiting[band-1].Waiting))
			case openAppeals:
				c.Appeals = 1
				w.move(&c, Appealing)
				w.appeals.Join(c, clock.NoDay)
			case openRefused:
				if c.Place != noPlace {
					w.markRefused(c.Place)
				}
				to := Limbo
				if w.returnable(&c) {
					to = Removable
				}
				w.move(&c, to)
				w.stayWithoutLeave(&c)
			case openPermits:
				w.openPermit(&c)
			}
		}
	}
	w.staff.reset(float64(w.rules.Decision.Caseworkers), monthly)
	w.crossings.crossed, w.crossings.spell = p.crossed, p.spell
	w.crossings.level, w.crossings.growing = level{}, trend{}
}

// openAwaiting enters a case awaiting an initial decision: still in
// preparation, or ready and in the queue. Of the claims made when this one was,
// a share still waits; those whose preparation takes longer than their age are
// among them, and only the rest of the share is ready.
func (w *World) openAwaiting(c *Case, waiting float64) {
	e := &w.model.epochs[c.Epoch]
	age := -float64(c.Claimed) / float64(clock.DayTicks)
	done := e.preparedBy(age)
	preparing := 1 - done
	if waiting > 0 {
		preparing = min(1, preparing/waiting)
	}
	u := w.uniform(c, drawPreparation, 0)
	if u >= preparing {
		w.move(c, Decidable)
		w.awaitDecision(c)
		return
	}
	w.move(c, Preparing)
	// The preparation time, given that it is longer than the age.
	p := done + float64(u/preparing)*(1-done)
	w.prepareUntil(c, max(c.Claimed.After(e.preparation.At(min(p, 1-0x1p-53))), 0))
}

// openPermit enters a permit in force at its date of grant.
func (w *World) openPermit(c *Case) {
	c.Protected = c.Claimed
	if c.Place != noPlace {
		ends := c.Claimed.After(float64(w.rules.moveOn(c)))
		w.endSupportAt(c, max(ends, 0))
		c.Place = noPlace
	}
	if w.chance(c, drawHumanitarian, 0, w.rules.Permit.Humanitarian[c.Nationality]) {
		c.Flags |= Humanitarian
	}
	w.startFamily(c)
	w.move(c, Permitted)
	w.owe(c)
	w.startPermit(c, c.Protected)
}

// occupyOpening gives an opening case its place. The bed exists even where
// the stated number of beds is smaller: then none is free until enough leave.
func (w *World) occupyOpening(c *Case, h Housing) int32 {
	size := w.beds[h].Size
	w.beds[h].Size = math.MaxInt64
	i := w.occupy(c, h)
	w.beds[h].Size = size
	return i
}
