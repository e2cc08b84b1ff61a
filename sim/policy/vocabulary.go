package policy

import (
	"slices"
	"strings"
)

// Unit is the unit of a parameter, one of Units.
type Unit string

// Units is the closed list of units.
var Units = []string{
	"GBP/case", "GBP/person", "GBP/person/night", "GBP/person/week", "GBP/year",
	"days", "months", "years",
	"people", "people/boat", "people/boat/year", "people/case", "people/year",
	"cases", "cases/FTE/month", "cases/year", "boats/day",
	"FTE", "FTE/month", "1/year",
	"probability", "share", "factor", "number", "log", "log-odds",
	"switch", "elasticity", "people/place",
	"log/probability", "log/log-months", "log/year", "log/switch", "log/log-GBP", "log/log-days",
}

// money reports whether the unit is an amount of money for something.
func (u Unit) money() bool { return strings.HasPrefix(string(u), "GBP") }

// response reports whether the unit is a change of something for a change of
// something else, which can have either sign.
func (u Unit) response() bool { return u == "elasticity" || strings.HasPrefix(string(u), "log/") }

func (u Unit) duration() bool { return u == "days" || u == "months" || u == "years" }

// fraction reports whether the unit allows only numbers from 0 to 1.
func (u Unit) fraction() bool { return u == "probability" || u == "share" }

// Kind is what sort of quantity a parameter is, one of Kinds. It goes with the
// unit; see Unit.bounds for what the values can be.
type Kind string

// The kinds of parameter.
const (
	Price       Kind = "price"
	Rate        Kind = "rate"
	Chance      Kind = "probability"
	Duration    Kind = "duration"
	Count       Kind = "count"
	Capacity    Kind = "capacity"
	Elasticity  Kind = "elasticity"
	ShareOf     Kind = "share"
	Switch      Kind = "switch"
	Multiplier  Kind = "factor"
	ShapeNumber Kind = "shape"
)

// Kinds lists the kinds of parameter.
var Kinds = []string{
	string(Price), string(Rate), string(Chance), string(Duration), string(Count), string(Capacity),
	string(Elasticity), string(ShareOf), string(Switch), string(Multiplier), string(ShapeNumber),
}

// suits reports whether a unit can go with the kind, and if not what could.
func (k Kind) suits(u Unit) (want string, ok bool) {
	switch {
	case k == Price && !u.money():
		return "an amount of GBP for a parameter of kind price", false
	case k != Price && u.money():
		return "a unit without money, or kind price", false
	case k == Duration && !u.duration():
		return "days, months or years for a parameter of kind duration", false
	case (k == Chance || k == ShareOf) && !u.fraction():
		return "probability or share for a parameter of kind " + string(k), false
	case k == Switch && u != "switch":
		return "switch for a parameter of kind switch", false
	case k != Switch && u == "switch":
		return "another unit, or kind switch", false
	case k != Elasticity && u.response():
		return "another unit, or kind elasticity", false
	}
	return "", true
}

// Quality rates the evidence behind a value.
type Quality string

// The ratings, best first: official or audited and current; usable with a
// reservation; assumed or weak.
const (
	Green Quality = "green"
	Amber Quality = "amber"
	Red   Quality = "red"
)

// Qualities lists the ratings, best first.
var Qualities = []string{string(Green), string(Amber), string(Red)}

// Dimension is what the entries of a table stand for; empty for a single
// number.
type Dimension string

// The dimensions of tables.
const (
	Scalar             Dimension = ""
	NationalityEntries Dimension = "nationality"
	RouteEntries       Dimension = "route"
	OtherRouteEntries  Dimension = "other_route"
	MonthEntries       Dimension = "month"
	SpellEntries       Dimension = "spell"
	DriverEntries      Dimension = "driver"
)

// Dimensions lists the dimensions of tables.
var Dimensions = []string{
	string(NationalityEntries), string(RouteEntries), string(OtherRouteEntries), string(MonthEntries), string(SpellEntries), string(DriverEntries),
}

var monthKeys = []string{"jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"}

// Keys returns the keys of a table's entries, in the order of its array; one
// empty key for a single number.
func (d Dimension) Keys(groups []Group) []string {
	var keys []string
	switch d {
	case Scalar:
		return []string{""}
	case NationalityEntries:
		for _, g := range groups {
			keys = append(keys, g.ID)
		}
	case RouteEntries:
		for r := range NumRoutes {
			keys = append(keys, r.String())
		}
	case OtherRouteEntries:
		for _, r := range OtherRoutes {
			keys = append(keys, r.String())
		}
	case MonthEntries:
		return slices.Clone(monthKeys)
	case SpellEntries:
		for s := range NumSpells {
			keys = append(keys, s.String())
		}
	case DriverEntries:
		return slices.Clone(driverNames[:])
	}
	return keys
}

// entry names the keys of a dimension in problems.
func (d Dimension) entry() string {
	return map[Dimension]string{
		NationalityEntries: "a nationality group",
		RouteEntries:       "a route",
		OtherRouteEntries:  "a route other than small boats",
		MonthEntries:       "a month",
		SpellEntries:       "a spell",
		DriverEntries:      "a driver",
	}[d]
}

// dimensional is a field of Rules that is a table.
type dimensional interface{ dimension() Dimension }

func (ByNationality[T]) dimension() Dimension { return NationalityEntries }
func (ByRoute[T]) dimension() Dimension       { return RouteEntries }
func (ByOtherRoute[T]) dimension() Dimension  { return OtherRouteEntries }
func (ByMonth[T]) dimension() Dimension       { return MonthEntries }
func (BySpell[T]) dimension() Dimension       { return SpellEntries }
func (ByDriver[T]) dimension() Dimension      { return DriverEntries }
