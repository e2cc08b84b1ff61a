package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// Housing is where a supported case lives, or that it lives on subsistence
// payments alone.
type Housing uint8

// The kinds of housing, as published in the support statistics.
const (
	Hotel Housing = iota
	Dispersal
	InitialAccommodation
	LargeSite // published as other contingency
	OtherAccommodation
	SubsistenceOnly
	NumHousing
)

// String returns the name used in results.
func (h Housing) String() string {
	return [...]string{"hotel", "dispersal", "initial_accommodation", "large_site", "other_accommodation", "subsistence_only"}[h]
}

// Opening is the state of the system at the close of the opening date, in
// counts that a run reproduces exactly.
type Opening struct {
	Date clock.Date
	// SmallBoatCases is how many main applicants of small boats claimed in the
	// year before: the route's weight in the mix of the opening stocks.
	SmallBoatCases unit.Cases
	// CrossedLastDay says whether boats arrived on the opening date, and
	// SpellDays for how many days in a row it had been so.
	CrossedLastDay bool
	SpellDays      int
	// Known is the arrivals by small boat of the first days of the run, where
	// they are published already: they come as they came.
	Known []BoatDay
	// Awaiting an initial decision: totals, and cases by date of claim; of them,
	// those held for a transfer to another country.
	AwaitingPeople unit.People
	Awaiting       []Band
	HeldCases      unit.Cases
	// Appeals open: cases by date of lodging.
	AppealPeople unit.People
	Appeals      []Band
	// Refused cases subject to removal, by date since when; of them, those
	// detained and those out of contact.
	RefusedPeople  unit.People
	Refused        []Band
	DetainedCases  unit.Cases
	AbscondedCases unit.Cases
	// Permits in force, by date of grant.
	PermitPeople unit.People
	Permits      []Band
	// Supported people by housing.
	Supported [NumHousing]unit.People
}

// BoatDay is the arrivals of a day by small boat: people if and only if boats.
type BoatDay struct {
	Boats  int
	People unit.People
}

// Band is a number of cases whose date of entry is spread evenly over the
// dates from First to Last, both included.
type Band struct {
	First, Last clock.Date
	Cases       unit.Cases
	// Waiting is, for claims awaiting a decision, the share of the claims made
	// on those dates that still wait; 0 where it is not known. It says how many
	// of them can be ready for a decision.
	Waiting unit.Share
}

// TotalCases sums the cases of bands.
func TotalCases(bands []Band) unit.Cases {
	var n unit.Cases
	for _, b := range bands {
		n += b.Cases
	}
	return n
}
