package asylum

import (
	"asylumsim/sim/measure"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// A ledger is what a witness reckons should have been paid.
type ledger struct {
	sevenths int64 // of a penny, of allowances
	paid     int64 // allowances booked so far, in pence
	fixed    int64 // of the transfer scheme, this month, in pence a year times days
}

// checkLedger: each line of the day is what was done times its price on the
// day, to the penny; at the end of a month the lines add up, also by payer.
func (s *witness) checkLedger(row *measure.Row, hand map[random.Key]seat, rest *stocks) {
	f, c, w, t := &s.flow, &s.rules.Cost, s.w, s.w.model.Timeline
	ends := w.day+1 == t.Days || t.Month(w.day+1) != t.Month(w.day)
	l, people := &s.ledger, &s.halls.people
	meals := people[Hotel] + people[InitialAccommodation] + people[LargeSite]
	l.sevenths += meals*int64(c.AllowanceMeals.Pence()) +
		(people[Dispersal]+people[OtherAccommodation]+people[SubsistenceOnly])*int64(c.AllowanceSelf.Pence())
	l.paid += f[measure.SubsistenceCost]
	if s.rules.Intake.TransferCapacity > 0 {
		l.fixed += int64(c.TransferYear.Pence())
	}
	thirdCountry := f[measure.ThirdCountryTransfersPeople] * int64(c.TransferPerson.Pence())
	france, allowances := int64(0), l.paid
	if ends {
		_, _, days := t.Date(w.day).MonthEnd().Civil()
		thirdCountry += l.fixed / int64(12*days)
		l.fixed = 0
		france = int64(s.rules.Prevention.CostPerYear.Pence()) / 12
		allowances = l.sevenths / 7
	}
	for _, line := range []struct {
		output measure.Output
		want   int64
	}{
		{measure.HotelCost, people[Hotel] * int64(c.Hotel.Pence())},
		{measure.DispersalCost, people[Dispersal] * int64(c.Dispersal.Pence())},
		{measure.InitialAccommodationCost, people[InitialAccommodation] * int64(c.Initial.Pence())},
		{measure.LargeSiteCost, people[LargeSite] * int64(c.LargeSite.Pence())},
		{measure.OtherAccommodationCost, people[OtherAccommodation] * int64(c.Other.Pence())},
		{measure.DecisionCost, s.decided * int64(c.Decision.Pence())},
		{measure.AppealCost, (f[measure.AppealsDeterminedCases] + s.heard) * int64(c.Appeal.Pence())},
		{measure.ReviewCost, f[measure.PermitReviewsDoneCases] * int64(c.Review.Pence())},
		{measure.DetentionCost, int64(w.stock.totalPeople(Detained)) * int64(c.Detention.Pence())},
		{measure.EnforcedReturnCost, f[measure.ReturnsEnforcedPeople] * int64(c.EnforcedReturn.Pence())},
		{measure.AssistedReturnCost, f[measure.ReturnsAssistedPeople] * int64(c.AssistedReturn.Pence())},
		{measure.SafeRouteCost, f[measure.SafeRoutePeople] * int64(c.SafeRoutePerson.Pence())},
		{measure.ThirdCountryCost, thirdCountry},
		{measure.FranceCost, france},
		{measure.IncentivePayments, s.paymentsDue()},
		{measure.UASCCost, s.childrenInCare(hand, rest) * int64(c.UASCNight.Pence())},
	} {
		if got := f[line.output]; got != line.want {
			s.t.Fatalf("day %d: %v: %d pence, want %d", w.day, line.output, got, line.want)
		}
	}
	if l.paid != allowances {
		s.t.Fatalf("day %d: %d pence of allowances so far, want %d", w.day, l.paid, allowances)
	}
	if w.owing.adults < 0 {
		s.t.Fatalf("day %d: %d adults owe a contribution", w.day, w.owing.adults)
	}
	if ends {
		s.checkTotals(row)
	}
}

// checkTotals: the lines of a month add up to its total, and so do the payers.
func (s *witness) checkTotals(row *measure.Row) {
	total, payers := int64(0), map[measure.Payer]int64{}
	for o := range measure.TotalCost {
		if d := o.Define(); d.Kind == measure.Cost {
			total += row[o]
			payers[d.Payer] += row[o]
		}
	}
	of3 := payers[measure.HomeOffice] + payers[measure.MinistryOfJustice] + payers[measure.LocalAuthorities]
	if total != row[measure.TotalCost] || of3 != total {
		s.t.Fatalf("%v: the total is %d pence, its lines are %d and its payers pay %d",
			s.w.model.Timeline.Months[s.w.month], row[measure.TotalCost], total, of3)
	}
}

// childrenInCare counts the unaccompanied children whose first claim has no
// outcome yet. Where some of those without one rest, and cannot be found, it is
// what the model says.
func (s *witness) childrenInCare(hand map[random.Key]seat, rest *stocks) int64 {
	if rest.totalCases(Preparing, AppealWindow, OnwardWindow) > 0 {
		return s.w.uasc
	}
	children := int64(0)
	for key := range hand {
		at := hand[key]
		switch at.Stage {
		case TransferHeld, Preparing, Decidable, AppealWindow, Appealing, OnwardWindow, OnwardAppeal:
			if at.Flags.Has(Unaccompanied) && !at.Flags.Has(Ceased) && at.Claims == 0 {
				children++
			}
		}
	}
	return children
}

// paymentsDue adds up the return payments of those who left today: so much a
// person, of a family no more than its cap, and for each child's education, by
// the rules of the day on which the offer was accepted.
func (s *witness) paymentsDue() int64 {
	total := int64(0)
	for _, e := range s.taken {
		c := &e.Record
		if c.Next != ReturnsAssisted {
			continue
		}
		o := &s.regime.Epochs[c.Epoch].Offer
		payment := float64(o.PerPerson) * float64(c.Adults+c.Children)
		if c.Adults+c.Children > 1 && payment > float64(o.FamilyCap) {
			payment = float64(o.FamilyCap)
		}
		total += int64(unit.Pounds(payment + float64(o.Education)*float64(c.Children)).Pence())
	}
	return total
}
