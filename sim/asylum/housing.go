package asylum

import (
	"fmt"
	"math"
	"slices"

	"asylumsim/sim/clock"
	"asylumsim/sim/queue"
	"asylumsim/sim/unit"
)

// house decides who of the opening stocks is supported and where they live.
// How many of each legal stage and family type live where is the opening
// table. Who they are is chance: within a row, cases are supported in order of
// a uniform mark over their need (the route's share in need of support, times
// what the refused keep), and housed in order of another mark.
//
// Families move whole, so that a cell may miss its number by less than a
// family: what it lacks goes to the same housing in the next row, and single
// adults, who come last, meet the published totals exactly.
func (d *drawing) house(o *Opening) error {
	p := d.population
	d.countHomes()
	if err := p.table.fit(d.epoch, &o.Supported); err != nil {
		return fmt.Errorf("opening stocks: %w", err)
	}
	var lacking [NumHousing]int64
	for row := range homeRows {
		for h, people := range p.table.whole[row*homeColumns:][:NumHousing] {
			lacking[h] += people
		}
		d.settle(p.pool[p.homes[row]:p.homes[row+1]], &lacking)
	}
	return d.settleRest(o, &lacking)
}

// countHomes puts the cases that could be supported into the pool, row by row
// of the opening table, and sets the table's totals.
func (d *drawing) countHomes() {
	p := d.population
	p.table.people, p.table.inNeed = [homeRows]unit.People{}, [homeRows]float64{}
	var cases [homeRows]int
	for stock := range numOpeningStocks {
		p.housing[stock] = slices.Grow(p.housing[stock][:0], len(p.stocks[stock]))[:len(p.stocks[stock])]
		for i := range p.stocks[stock] {
			p.housing[stock][i] = unhoused
			c := &p.stocks[stock][i]
			if need := d.need(refTo(stock, i)); need > 0 {
				row := homeRow(stock, c.familyType())
				cases[row]++
				p.table.people[row] += c.People()
				p.table.inNeed[row] += float64(need * float64(c.People()))
			}
		}
	}
	p.homes[0] = 0
	var next [homeRows]int
	for row, n := range cases {
		next[row] = p.homes[row]
		p.homes[row+1] = p.homes[row] + n
	}
	p.pool = slices.Grow(p.pool[:0], p.homes[homeRows])[:p.homes[homeRows]]
	for stock := range numOpeningStocks {
		for i := range p.stocks[stock] {
			if r := refTo(stock, i); d.need(r) > 0 {
				row := homeRow(stock, p.at(r).familyType())
				p.pool[next[row]] = r
				next[row]++
			}
		}
	}
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
	case r.stock() == openRefused && d.population.whereabouts[r.index()] != inContact:
		return 0
	case r.stock() == openRefused && c.Children > 0:
		n *= float64(s.RefusedFamily)
	case r.stock() == openRefused:
		n *= float64(s.RefusedSingle)
	}
	return n
}

// settle houses as many members of a row as housing lacks people, and takes
// them off. Those left without support are moved to the end of the row.
func (d *drawing) settle(members []ref, lacking *[NumHousing]int64) {
	wanted := int64(0)
	for _, people := range lacking {
		wanted += people
	}
	d.order(members, drawNeedsSupport, d.need)
	chosen := 0
	for i, r := range members {
		if people := int64(d.population.at(r).People()); people <= wanted {
			wanted -= people
			members[i], members[chosen] = members[chosen], r
			chosen++
		}
	}
	supported := members[:chosen]
	d.order(supported, drawOpeningHousing, func(ref) float64 { return 1 })
	for h := range lacking {
		d.fill(Housing(h), supported, &lacking[h])
	}
}

// settleRest houses single adults of any stage where people are still
// lacking, and reports what cannot be met.
func (d *drawing) settleRest(o *Opening, lacking *[NumHousing]int64) error {
	p := d.population
	singles := p.pool[p.homes[homeRow(0, singleAdult)]:]
	for h := range lacking {
		if lacking[h] > 0 {
			d.fill(Housing(h), singles, &lacking[h])
		}
		if lacking[h] > 0 {
			return fmt.Errorf("opening stocks: %d of %d people in %v cannot be made up of whole cases: want more single adults among those who could be supported",
				lacking[h], o.Supported[h], Housing(h))
		}
	}
	return nil
}

// fill gives cases that have no housing yet, in order, a kind of housing until
// as many people as it lacks are found.
func (d *drawing) fill(h Housing, order []ref, lacking *int64) {
	p := d.population
	for _, r := range order {
		housing := &p.housing[r.stock()][r.index()]
		if n := int64(p.at(r).People()); n <= *lacking && *housing == unhoused {
			*housing = int8(h)
			*lacking -= n
			if *lacking == 0 {
				return
			}
		}
	}
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
				if p.held[i] {
					w.openHeld(&c)
				} else {
					w.openAwaiting(&c, float64(p.waiting[band-1].Waiting))
				}
			case openAppeals:
				c.Appeals = 1
				w.move(&c, Appealing)
				w.join(w.appeals, &c, clock.NoDay)
			case openRefused:
				if c.Place != noPlace {
					w.markRefused(c.Place)
				}
				w.openRefused(&c, p.whereabouts[i])
			case openPermits:
				w.openPermit(&c)
			}
		}
	}
	w.staff.reset(float64(w.rules.Decision.Caseworkers), monthly)
	w.staff.capacity = queue.Begin(m.leftOver())
	w.crossings.crossed, w.crossings.spell = p.crossed, p.spell
	w.crossings.growing = trend{}
	w.known, w.boatCases = p.known, p.boatCases
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
	p := done + float64(u/preparing*(1-done))
	w.prepareUntil(c, max(c.Claimed.After(e.preparation.At(min(p, 1-0x1p-53))), 0))
}

// openPermit enters a permit in force at its date of grant.
func (w *World) openPermit(c *Case) {
	c.Protected = c.Claimed
	if c.Place != noPlace {
		ends := c.Claimed.After(float64(w.rules.moveOn(c)))
		w.endSupportAt(c, max(ends, 0))
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
