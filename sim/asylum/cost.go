package asylum

import (
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// service is something that is paid by the unit done.
type service uint8

const (
	deciding service = iota
	hearing
	reviewing
	assisting
	returningForce
	transferring
	resettling
	numServices
)

// serviceLine is the cost line of each service.
var serviceLine = [numServices]measure.Output{
	deciding:       measure.DecisionCost,
	hearing:        measure.AppealCost,
	reviewing:      measure.ReviewCost,
	assisting:      measure.AssistedReturnCost,
	returningForce: measure.EnforcedReturnCost,
	transferring:   measure.ThirdCountryCost,
	resettling:     measure.SafeRouteCost,
}

// nightLine is the cost line of nights in each kind of housing that has one.
var nightLine = [NumHousing]measure.Output{
	Hotel:                measure.HotelCost,
	Dispersal:            measure.DispersalCost,
	InitialAccommodation: measure.InitialAccommodationCost,
	LargeSite:            measure.LargeSiteCost,
	OtherAccommodation:   measure.OtherAccommodationCost,
	SubsistenceOnly:      measure.SubsistenceCost,
}

func (e *epoch) priceNights(c *policy.Cost) {
	e.nightPrice = [NumHousing]unit.Pence{
		Hotel:                c.Hotel.Pence(),
		Dispersal:            c.Dispersal.Pence(),
		InitialAccommodation: c.Initial.Pence(),
		LargeSite:            c.LargeSite.Pence(),
		OtherAccommodation:   c.Other.Pence(),
	}
	// Meals are provided in hotels, initial accommodation and large sites.
	e.weekly = [NumHousing]unit.Pence{
		Hotel:                c.AllowanceMeals.Pence(),
		Dispersal:            c.AllowanceSelf.Pence(),
		InitialAccommodation: c.AllowanceMeals.Pence(),
		LargeSite:            c.AllowanceMeals.Pence(),
		OtherAccommodation:   c.AllowanceSelf.Pence(),
		SubsistenceOnly:      c.AllowanceSelf.Pence(),
	}
}

func (e *epoch) priceServices(c *policy.Cost) {
	e.unitCost = [numServices]unit.Pence{
		deciding:       c.Decision.Pence(),
		hearing:        c.Appeal.Pence(),
		reviewing:      c.Review.Pence(),
		assisting:      c.AssistedReturn.Pence(),
		returningForce: c.EnforcedReturn.Pence(),
		transferring:   c.TransferPerson.Pence(),
		resettling:     c.SafeRoutePerson.Pence(),
	}
}

// pay charges n units of a service at today's unit cost.
func (w *World) pay(s service, n int64) {
	w.row[serviceLine[s]] += int64(w.rules.unitCost[s]) * n
}

// census is taken at midnight: everybody housed then has spent a night, which
// is paid at today's price, and has earned a day of the weekly allowance.
func (w *World) census() {
	for h := range NumHousing {
		people := w.beds[h].InUse
		w.nights[h] += unit.Nights(people)
		w.row[nightLine[h]] += people * int64(w.rules.nightPrice[h])
		w.allowance += people * int64(w.rules.weekly[h])
	}
	w.dispersalList.Midnight()
	w.row[measure.UASCCost] += w.uasc * int64(w.rules.Cost.UASCNight.Pence())
	w.collect()
	w.detentionCensus()
}

// closeLedger ends a month's costs: allowances, which were counted in
// sevenths of a penny, contributions, and the totals.
func (w *World) closeLedger(month int) {
	w.row[measure.SubsistenceCost] += w.allowance / 7
	w.allowance %= 7
	w.closeContributions()
	w.row[measure.FranceCost] += int64(w.rules.Prevention.CostPerYear.Pence()) / 12
	w.sumCosts(w.row, month)
}

// sumCosts fills in the totals of a month's cost lines.
func (w *World) sumCosts(row *measure.Row, month int) {
	total := int64(0)
	for o := range measure.TotalCost {
		if o.Define().Kind == measure.Cost {
			total += row[o]
		}
	}
	row[measure.TotalCost] = total
	row[measure.DiscountedCost] = int64(float64(float64(total)*w.model.discount[month]) + 0.5)
}
