package asylum

import (
	"fmt"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// stocks counts who is in which legal stage, by nationality group.
type stocks [NumStages]policy.ByNationality[stock]

// stock counts cases, and the people they are.
type stock struct {
	cases  unit.Cases
	people unit.People
}

func (s *stocks) totalCases(stages ...Stage) unit.Cases {
	var n unit.Cases
	for _, stage := range stages {
		for i := range s[stage] {
			n += s[stage][i].cases
		}
	}
	return n
}

func (s *stocks) totalPeople(stages ...Stage) unit.People {
	var n unit.People
	for _, stage := range stages {
		for i := range s[stage] {
			n += s[stage][i].people
		}
	}
	return n
}

// cohortOutcome is what the outcome statistics call each stage.
var cohortOutcome = [NumStages]measure.CohortOutcome{
	Permitted:        measure.Protected,
	Reviewing:        measure.Protected,
	Switched:         measure.Protected,
	Settled:          measure.Protected,
	Withdrawn:        measure.Withdrawn,
	AdminOutcome:     measure.Withdrawn,
	ReturnedOwn:      measure.Returned,
	ReturnedAssisted: measure.Returned,
	ReturnedForce:    measure.Returned,
	Transferred:      measure.Returned,
}

// undecided marks the stages in which an unaccompanied child is still without
// an outcome.
var undecided = [NumStages]bool{TransferHeld: true, Preparing: true, Decidable: true, AppealWindow: true, Appealing: true, OnwardWindow: true, OnwardAppeal: true}

// move takes a case to another legal stage: the only place where stages and
// their stocks change.
func (w *World) move(c *Case, to Stage) {
	from := c.Stage
	if !allowed[from][to] {
		panic(fmt.Sprintf("asylum: no case moves from %v to %v", from, to))
	}
	people := c.People()
	left, entered := &w.stock[from][c.Nationality], &w.stock[to][c.Nationality]
	left.cases--
	left.people -= people
	entered.cases++
	entered.people += people
	if c.Flags.Has(Unaccompanied) {
		if was, is := c.inCare(from), c.inCare(to); is && !was {
			w.uasc++
		} else if was && !is {
			w.uasc--
		}
	}
	if c.Cohort >= 0 {
		if was, is := cohortOutcome[from], cohortOutcome[to]; from == Outside {
			w.cohorts[c.Cohort][is]++
		} else if was != is {
			w.cohorts[c.Cohort][was]--
			w.cohorts[c.Cohort][is]++
		}
	}
	if to >= ReturnedOwn && to <= Transferred {
		w.countRemoval(c)
	}
	c.Stage = to
	c.Since = w.now
}

// snapshot writes the stocks at the end of a month.
func (w *World) snapshot(month int) {
	s, row := &w.stock, w.row
	row[measure.AwaitingInitialDecisionPeople] = int64(s.totalPeople(Preparing, Decidable))
	row[measure.AwaitingInitialDecisionCases] = int64(s.totalCases(Preparing, Decidable))
	row[measure.AppealsOpenCases] = int64(s.totalCases(Appealing))
	row[measure.PermitsInForcePeople] = int64(s.totalPeople(Permitted, Reviewing))
	row[measure.PermitReviewsOpenCases] = int64(s.totalCases(Reviewing))
	row[measure.OnwardAppealsOpenCases] = int64(s.totalCases(OnwardAppeal))
	row[measure.AppealRightsExhaustedPeople] = int64(s.totalPeople(Removable, Limbo, Detained, Departing))
	row[measure.DetainedPeople] = int64(s.totalPeople(Detained))
	row[measure.LimboPeople] = int64(s.totalPeople(Limbo))
	row[measure.AbscondedPeople] = int64(s.totalPeople(Absconded))
	w.staff.count(row, w.model.fraction.K())
	supported := int64(0)
	for h, output := range [NumHousing]measure.Output{
		Hotel:                measure.HotelPeople,
		Dispersal:            measure.DispersalPeople,
		InitialAccommodation: measure.InitialAccommodationPeople,
		LargeSite:            measure.LargeSitePeople,
		OtherAccommodation:   measure.OtherAccommodationPeople,
		SubsistenceOnly:      measure.SubsistenceOnlyPeople,
	} {
		row[output] = w.beds[h].InUse
		supported += w.beds[h].InUse
	}
	row[measure.SupportedPeople] = supported
	row[measure.FamiliesRefusedInHotelsCases] = w.refusedFamiliesInHotels
	for _, age := range measure.CohortAges {
		if cohort := month - age; cohort >= 0 {
			w.run.Cohorts = append(w.run.Cohorts, measure.CohortRow{ClaimMonth: cohort, Age: age, Cases: w.cohorts[cohort]})
		}
	}
}
