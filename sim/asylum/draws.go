package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// Draw slots. The order is part of every result: new slots go at the end.
const (
	drawCrossable random.Slot = iota
	drawBoats
	drawExtraBoats
	drawBoatMark
	drawBoatPeople
	drawBoatTime
	drawLevel
	drawClaims
	drawExtraClaims
	drawClaimMark
	drawClaimTime
	drawNationality
	drawFamily
	drawDependants
	drawPartner
	drawUnaccompanied
	drawClaiming
	drawPreparation
	drawWithdrawal
	drawAdministrative
	drawGrant
	drawAppeal
	drawAppealTime
	drawAppealWithdrawn
	drawAllowed
	drawSettles
	drawCeases
	drawReturnable
	drawVoluntary
	drawAbsconds
	drawEnforced
	drawLosesTrace
	drawNeedsSupport
	drawSubsistence
	drawRefusedSupport
	drawOpeningMix
	drawOpeningTime
	drawOpeningFamily
	drawOpeningHousing
	drawPrevented
	drawRetries
	drawRetryDelay
	drawPreventedEvents
	drawTransferred
	drawLegalStart
	drawReenters
	drawReentryDelay
	drawBarred
	drawDetained
	drawTriage
	drawCertified
	drawOnward
	drawOnwardTime
	drawOnwardAllowed
	drawOnwardRemitted
	drawNewBody
	drawFurther
	drawFurtherGrant
	drawHumanitarian
	drawSwitches
	drawRevoked
	drawConditions
	drawDeclared
	drawReversed
	drawCalled
	drawCallTime
	drawAccepts
	drawReturnableIfSafe
	drawReemerges
	drawUnrecorded
	drawOffer
	drawAcceptance
	drawAssisted
	drawStay
	drawLegalBarrier
	drawOtherReturns
	drawFamilyEligible
	drawFamilyTakeUp
	drawFamilySize
	drawFamilyLag
	drawFamilyChildren
	drawPlaces
	drawPlaceTime
	drawAssets
	drawCharge
	drawSettledOnArrival
	drawFamilyAttempt
	drawDeparture
	drawVulnerable
	drawDeclined
	drawSupportWithdrawn
	drawVisaRefused
	drawDisplaced
	drawOpeningAbsent
	drawOpeningDetained
	drawSampled
	drawOtherAppeals
	drawAppellant
	drawRemoval
	drawWithdrawnReturn
	numDraws
)

// Kinds of key: what potential things exist before any regime acts on them.
// Routes use their own number.
const (
	keyPassenger uint8 = 16 + iota
	keyBoatDay
	keyLevel
	keyOpeningAwaiting
	keyOpeningAppeal
	keyOpeningRefused
	keyOpeningPermit
	keyFamily
	keyExchange
	keySafeRoute
	keyReentry
	keyCountry
	keyOtherReturn
	keyTransferScheme
	keyOtherAppeal
	keyRemoval
)

// routeKey is the key of the ordinal-th potential boat or case of a route on
// a day.
func routeKey(route policy.Route, day clock.Day, ordinal int) random.Key {
	return random.KeyOf(uint8(route), int32(day), uint32(ordinal))
}

// dayKey is the key of a route's day itself.
func dayKey(route policy.Route, day clock.Day) random.Key {
	return random.KeyOf(keyBoatDay, int32(day), uint32(route))
}

func (w *World) uniform(c *Case, slot random.Slot, occurrence uint8) float64 {
	return w.source.Uniform(c.Key, slot, uint32(occurrence))
}

func (w *World) chance(c *Case, slot random.Slot, occurrence uint8, p unit.Probability) bool {
	return p > 0 && w.source.Uniform(c.Key, slot, uint32(occurrence)) < float64(p)
}
