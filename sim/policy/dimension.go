package policy

import "asylumsim/sim/unit"

// Nationality is an index into the nationality groups of the configuration.
type Nationality uint8

// MaxNationalities bounds the groups a configuration may name, so that tables
// by nationality are plain arrays.
const MaxNationalities = 32

// ByNationality is a table with an entry for each nationality group.
type ByNationality[T any] [MaxNationalities]T

// Group is one nationality group of the configuration.
type Group struct {
	ID    string `json:"id"`    // lower snake case, as parameter tables use it
	Label string `json:"label"` // as published
	Note  string `json:"note,omitempty"`
}

// Route is how somebody came to be in the asylum system.
type Route uint8

// The routes of the model, in the order of tables and results.
const (
	SmallBoat Route = iota
	OtherIrregular
	VisaHolder
	OtherInCountry
	NumRoutes
)

var routeNames = [NumRoutes]string{"small_boat", "other_irregular", "visa_holder", "other_in_country"}

// String returns the route's name in configuration and results.
func (r Route) String() string { return routeNames[r] }

// ByRoute is a table with an entry for each route.
type ByRoute[T any] [NumRoutes]T

// ByOtherRoute is a table with an entry for each route but small boats.
type ByOtherRoute[T any] [NumRoutes - 1]T

// ByMonth is a table with an entry for each month, January first.
type ByMonth[T any] [12]T

// Spell is the recent history of crossings on which the chance of another
// crossing day depends.
type Spell uint8

// The spells, by what yesterday was and for how long it has been so.
const (
	CrossedOneDay    Spell = iota // yesterday, not the day before
	CrossedTwoDays                // for two days or more
	NoneOneDay                    // none yesterday, crossings the day before
	NoneTwoThreeDays              // none for two or three days
	NoneFourSevenDays
	NoneEightDays // none for eight days or more
	NumSpells
)

var spellNames = [NumSpells]string{"crossed_1_day", "crossed_2_days_or_more", "none_1_day", "none_2_3_days", "none_4_7_days", "none_8_days_or_more"}

// String returns the spell's name in configuration.
func (s Spell) String() string { return spellNames[s] }

// SpellAfter classifies a history: whether there were crossings yesterday and
// for how many days in a row (from 1) it had been so.
func SpellAfter(crossed bool, days int) Spell {
	switch {
	case crossed && days == 1:
		return CrossedOneDay
	case crossed:
		return CrossedTwoDays
	case days == 1:
		return NoneOneDay
	case days <= 3:
		return NoneTwoThreeDays
	case days <= 7:
		return NoneFourSevenDays
	default:
		return NoneEightDays
	}
}

// BySpell is a table with an entry for each spell.
type BySpell[T any] [NumSpells]T

// OtherRoutes lists the routes of ByOtherRoute tables, in their order.
var OtherRoutes = [NumRoutes - 1]Route{OtherIrregular, VisaHolder, OtherInCountry}

// NationalityShares returns the nationality mix of a route's claims.
func (r *Rules) NationalityShares(route Route) *ByNationality[unit.Share] {
	switch route {
	case SmallBoat:
		return &r.Crossings.Nationality
	case OtherIrregular:
		return &r.Claims.Irregular
	case VisaHolder:
		return &r.Claims.VisaHolder
	default:
		return &r.Claims.InCountry
	}
}
