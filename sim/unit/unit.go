// Package unit holds the quantities of the model as types, so that people and
// cases, pence and pounds, rates and probabilities cannot be mixed without a
// named conversion. Simulated time itself (ticks, days, dates) is in package
// clock; unit.Days is a duration that a parameter states.
package unit

import "math"

// People counts persons: main applicants and dependants. Arrivals, beds,
// nights and most published stocks are in people.
type People int64

// Cases counts main applicants. Claims, decisions, appeals and permits are
// taken by the case.
type Cases int64

// Days is a duration in days, whole or not.
type Days float64

// Months is a duration in calendar months, whole.
type Months int32

// Years is a duration in calendar years, whole.
type Years int32

// PerYear is a rate: expected events a year for one unit at risk (a hazard),
// or for the whole system (an intensity).
type PerYear float64

// PerDay is a rate: expected events a day.
type PerDay float64

// DaysPerYear is the mean Gregorian year, used to turn yearly rates into
// daily ones.
const DaysPerYear = 365.2425

// PerDay converts a yearly rate to a daily one.
func (r PerYear) PerDay() PerDay { return PerDay(float64(r) / DaysPerYear) }

// Mean is the expected time to the first event at a constant rate; +Inf at
// rate 0.
func (r PerDay) Mean() Days { return Days(1 / float64(r)) }

// Probability is a chance between 0 and 1.
type Probability float64

// Share is a fraction of a whole between 0 and 1: a proportion of people or
// cases, not the chance of an event.
type Share float64

// Factor is a positive multiplier without unit.
type Factor float64

// FTE counts full-time equivalent staff.
type FTE float64

// Pence is an amount of money in integer pence at the price base of the run.
type Pence int64

// Pounds is an amount of money in pounds, as parameters state it.
type Pounds float64

// Pence rounds an amount to the nearest penny, halves away from zero.
func (p Pounds) Pence() Pence { return Pence(math.Round(float64(p) * 100)) }

// Pounds converts exactly for amounts below 2^53 pence.
func (p Pence) Pounds() Pounds { return Pounds(float64(p) / 100) }

// Nights counts person-nights: one person accommodated at midnight.
type Nights int64
