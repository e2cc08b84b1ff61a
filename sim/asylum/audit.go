package asylum

import (
	"errors"
	"fmt"

	"asylumsim/sim/event"
	"asylumsim/sim/measure"
	"asylumsim/sim/queue"
	"asylumsim/sim/unit"
)

// audit checks the books at the end of a run. Every check is exact.
func (w *World) audit(opening *Population) error {
	var faults []error
	fault := func(format string, args ...any) { faults = append(faults, fmt.Errorf(format, args...)) }

	// Conservation: whoever entered is in exactly one stage. Outside counts
	// entries as a debt, so that all stages of a group sum to zero.
	for n := range w.model.groups {
		var cases unit.Cases
		var people unit.People
		for s := range NumStages {
			stock := w.stock[s][n]
			cases += stock.cases
			people += stock.people
			if s != Outside && (stock.cases < 0 || stock.people < 0) {
				fault("stage %v has a negative stock of nationality group %d", s, n)
			}
		}
		if cases != 0 || people != 0 {
			fault("nationality group %d: %d cases and %d people appeared from nowhere", n, cases, people)
		}
	}
	var claims, opened unit.Cases
	for i := range w.run.Months {
		claims += unit.Cases(w.run.Months[i][measure.AsylumClaimsCases])
	}
	for _, stock := range opening.stocks {
		opened += unit.Cases(len(stock))
	}
	others := w.barredCases + w.families.entered + w.safeRoutes.entered + w.otherAppellants.cases
	if entered := -w.stock.totalCases(Outside); entered != claims+opened+others {
		fault("%d cases entered, but %d claims, %d opening cases and %d others were counted", entered, claims, opened, others)
	}

	// Where the cases are must agree with where the books say they are.
	var held [NumStages]int64
	for i, line := range w.everyLine {
		line.Each(func(c *Case) { held[c.Stage]++ })
		if err := line.Balance(); err != nil {
			fault("Little's law on queue %d: %w", i, err)
		}
	}
	w.agenda.Each(func(e *event.Entry[Case]) {
		if e.Record.Next != SupportEnds && e.Record.Next != LosesSupport && e.Record.Next != Void {
			held[e.Record.Stage]++
		}
	})
	var inBooks, inHand int64
	for s := Outside + 1; s < Settled; s++ {
		inBooks += int64(w.stock.totalCases(s))
		inHand += held[s]
	}
	if inBooks != inHand+w.resting {
		fault("%d cases are in the books, %d in queues and calendar and %d at rest", inBooks, inHand, w.resting)
	}
	for _, q := range []struct {
		stage Stage
		lines []*queue.Line[Case]
	}{
		{Decidable, w.decisions[:]}, {Appealing, []*queue.Line[Case]{w.appeals, w.newBody}},
		{OnwardAppeal, []*queue.Line[Case]{w.onward}}, {Reviewing, []*queue.Line[Case]{w.reviews}},
		{Removable, []*queue.Line[Case]{w.removals}}, {TransferHeld, []*queue.Line[Case]{w.transfers}},
	} {
		waiting := 0
		for _, line := range q.lines {
			waiting += line.Len()
		}
		if int64(waiting) != int64(w.stock.totalCases(q.stage)) {
			fault("%d cases wait as %v, but the stock is %d", waiting, q.stage, w.stock.totalCases(q.stage))
		}
	}

	if err := w.responseFault(); err != nil {
		faults = append(faults, err)
	}
	w.auditBeds(fault)
	w.auditDetention(fault)
	for m := range w.run.Months {
		row := &w.run.Months[m]
		total := int64(0)
		for o := range measure.TotalCost {
			if o.Define().Kind == measure.Cost {
				total += row[o]
			}
		}
		if total != row[measure.TotalCost] {
			fault("month %d: cost lines sum to %d pence, the total is %d", m, total, row[measure.TotalCost])
		}
	}
	return errors.Join(faults...)
}

// auditBeds checks that beds in use are the people in places, and that nights
// paid are the nights that people stayed.
func (w *World) auditBeds(fault func(string, ...any)) {
	var inUse [NumHousing]int64
	stayed, waited, listed := w.stayNights, w.dispersalWaits, 0
	refusedFamilies := int64(0)
	for i := range w.places {
		p := &w.places[i]
		if p.people == 0 {
			continue
		}
		inUse[p.housing] += int64(p.people)
		stayed[p.housing] += int64(w.day-p.since) * int64(p.people)
		if p.queued {
			listed++
			waited += int64(w.day - p.since)
		}
		if p.refused && p.family && p.housing == Hotel {
			refusedFamilies++
		}
	}
	for h := range NumHousing {
		if inUse[h] != w.beds[h].InUse {
			fault("%v: %d beds in use, %d people in places", h, w.beds[h].InUse, inUse[h])
		}
		if stayed[h] != int64(w.nights[h]) {
			fault("%v: %d nights paid, %d nights stayed", h, w.nights[h], stayed[h])
		}
	}
	if listed != w.dispersalList.Len() || waited != w.dispersalList.Area() {
		fault("the waiting list for dispersal has %d places that waited %d nights, and counted %d and %d",
			listed, waited, w.dispersalList.Len(), w.dispersalList.Area())
	}
	if refusedFamilies != w.refusedFamiliesInHotels {
		fault("%d refused families in hotels counted, %d found", w.refusedFamiliesInHotels, refusedFamilies)
	}
}
