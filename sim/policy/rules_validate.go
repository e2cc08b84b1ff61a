package policy

import (
	"fmt"
	"math"

	"asylumsim/sim/unit"
)

// Fault reports a number that cannot be, given the others: the parameter (for
// a table parameter.entry) and what was expected of it. Parameters that the
// text names are taken to be part of the fault.
type Fault func(key, want string)

// Validate checks the rules of one epoch: that every number is one that its
// parameter can be, and that they can be together. It reports every fault; of a
// number that is not finite the error is *NotFinite.
func (r *Rules) Validate(fault Fault) error {
	for i := range Fields() {
		f := &Fields()[i]
		b := f.Bounds()
		for entry, x := range f.Numbers(r) {
			if b.Contains(x) {
				continue
			}
			if err := Finite(f.key(entry), x); err != nil {
				return err
			}
			fault(f.key(entry), b.want("number", f.Unit))
		}
	}
	r.fit(fault)
	return nil
}

// fit checks the numbers together, and those that the model bounds further than
// their unit, stage by stage.
func (r *Rules) fit(fault Fault) {
	r.Crossings.Validate(fault)
	r.Prevention.Validate(fault)
	r.Claims.Validate(fault)
	r.Levels.Validate(fault)
	r.Response.Validate(fault)
	r.Applicants.Validate(fault)
	r.Decision.Validate(fault)
	r.Triage.Validate(fault)
	r.Appeal.Validate(fault)
	r.Permit.Validate(fault)
	r.Offer.Validate(fault)
	r.Enforcement.Validate(fault)
	r.Family.Validate(fault)
	r.SafeRoute.Validate(fault)
	r.Contribution.Validate(fault)
	r.Cost.Validate(fault)
	r.Opening.Validate(fault)
	r.fitsEnvelope(fault)
}

// fitOpening checks what describes the opening date against the rules in force
// on it.
func (r *Rules) fitOpening(fault Fault) {
	atMost(fault, "opening_detained_cases", r.Opening.DetainedCases, unit.Cases(r.Enforcement.Beds),
		", the value of detention_beds on the opening date: everybody who is detained has a bed")
}

// fitsEnvelope checks that the boats that less prevention lets through fit
// into the potential boats that all regimes share.
func (r *Rules) fitsEnvelope(fault Fault) {
	p, scale := &r.Prevention, float64(r.Claims.Scale[SmallBoat])
	if p.Share >= p.Reference || p.Reference >= 1 || scale <= 0 {
		return // also where one of them is at fault
	}
	if freed := float64(1-p.Share) / float64(1-p.Reference); scale*freed > max(1, float64(r.Claims.Envelope)) {
		fault("prevention_share", fmt.Sprintf("a share at which no more than arrival_envelope, %s, times the boats come; at this one it is %.3g times",
			FormatNumber(float64(r.Claims.Envelope)), scale*freed))
	}
}

// atLeast faults a number below a bound.
func atLeast[T ~float64 | ~int32 | ~int64](fault Fault, key string, x, bound T) {
	if !(x >= bound) {
		fault(key, fmt.Sprintf("%v or more", bound))
	}
}

// atMost faults a number above a bound.
func atMost[T ~float64 | ~int32 | ~int64](fault Fault, key string, x, bound T, why string) {
	if !(x <= bound) {
		fault(key, fmt.Sprintf("no more than %s", FormatNumber(float64(bound)))+why)
	}
}

// positive faults a number of 0 or less.
func positive[T ~float64](fault Fault, key string, x T) {
	if !(x > 0) {
		fault(key, "more than 0")
	}
}

// sumsTo1AtMost faults a share that is more than another leaves of the whole.
func sumsTo1AtMost[T ~float64](fault Fault, key string, x T, otherKey string, other T) {
	if float64(x)+float64(other) > 1+1e-9 {
		fault(key, fmt.Sprintf("no more than %s, what %s leaves of 1", FormatNumber(roundedShare(1-float64(other))), otherKey))
	}
}

// roundedShare drops the rounding error of a difference of shares.
func roundedShare(x float64) float64 { return math.Round(x*1e9) / 1e9 }

// permitLength faults a length of leave that is none, or no limit at all.
func permitLength(fault Fault, key string, months unit.Months) {
	atLeast(fault, key, months, 1)
	atMost(fault, key, months, 1200, "")
}

// settlementYears faults a way to settlement without length, or without end.
func settlementYears(fault Fault, key string, years unit.Years, instead string) {
	atLeast(fault, key, years, 1)
	atMost(fault, key, years, 100, instead)
}

// Validate checks contributions.
func (c *Contribution) Validate(fault Fault) {
	if c.PerAdult > 0 {
		atLeast(fault, "contribution_years", c.Years, 1)
	}
}

// Validate checks costs.
func (c *Cost) Validate(fault Fault) {
	for _, rate := range []struct {
		key  string
		rate unit.PerYear
	}{{"discount_rate", c.DiscountRate}, {"inflation_rate", c.Inflation}} {
		if !(rate.rate < 1) {
			fault(rate.key, "a yearly rate of 0 or more and below 1")
		}
	}
}

// Validate checks what is assumed about the opening stocks.
func (o *Opening) Validate(fault Fault) {
	atLeast(fault, "opening_people_per_appeal", o.PeoplePerAppeal, 1)
	atLeast(fault, "opening_people_per_refused", o.PeoplePerRefused, 1)
	atLeast(fault, "opening_people_per_permit", o.PeoplePerPermit, 1)
	positive(fault, "opening_backlog_shape", o.BacklogShape)
	positive(fault, "opening_refused_years", o.RefusedMeanYears)
	atMost(fault, "opening_detained_cases", o.DetainedCases, o.RefusedCases, ", the opening_refused_cases")
}
