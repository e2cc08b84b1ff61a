package policy

import (
	"math"
	"reflect"
	"slices"

	"asylumsim/sim/unit"
)

// absolute are the units of quantities that belong to the system as a whole:
// half the system has half of them. All other units are per something, or none
// at all, and hold for a part as for the whole.
var absolute = []Unit{"people", "people/year", "cases", "cases/year", "boats/day", "FTE", "FTE/month", "GBP/year"}

// sampledOtherwise are the absolute quantities that a sampled run does not
// scale in its rules, and how it comes to its part of them.
var sampledOtherwise = map[string]string{
	"boats_per_crossing_day":      "boats are counted in full; of the people on them, those who claim are thinned case by case",
	"other_route_claims":          "claims are drawn in full and thinned case by case",
	"other_appeals":               "appeals are drawn in full and thinned case by case",
	"safe_route_places":           "places are filled in full, and who fills them is thinned case by case",
	"other_enforced_returns":      "counted in full; those who use beds and seats are divided",
	"other_voluntary_returns":     "counted in full",
	"france_cost":                 "counted in full",
	"opening_refused_cases":       "read before the run, into opening stocks that are scaled as a whole",
	"opening_detained_cases":      "read before the run, into opening stocks that are scaled as a whole",
	"opening_transfer_held_cases": "read before the run, into opening stocks that are scaled as a whole",
}

// Sampled reports whether the parameter of the field is scaled in a run that
// simulates a fraction of the system.
func (f *Field) Sampled() bool {
	return slices.Contains(absolute, f.Unit) && sampledOtherwise[f.Parameter] == ""
}

// Sample returns the rules of a fraction of the system: every capacity and
// every yearly sum is that part of the whole's. Whole numbers (beds) are
// rounded to the nearest, halves up. Rates, shares, prices and durations stay
// as they are.
func (r *Rules) Sample(f unit.Fraction) Rules {
	sampled := *r
	if f.Whole() {
		return sampled
	}
	for _, field := range Fields() {
		if field.Sampled() {
			field.divide(&sampled, float64(f.K()))
		}
	}
	return sampled
}

// divide divides the field's numbers.
func (f *Field) divide(rules *Rules, k float64) {
	target := reflect.ValueOf(rules).Elem().FieldByIndex(f.index)
	entries := []reflect.Value{target}
	if f.By != Scalar {
		entries = entries[:0]
		for i := range target.Len() {
			entries = append(entries, target.Index(i))
		}
	}
	for _, number := range entries {
		if f.Whole {
			number.SetInt(int64(math.Floor(float64(number.Int())/k + 0.5)))
		} else {
			number.SetFloat(number.Float() / k)
		}
	}
}

// Sample returns the regime of a fraction of the system; see Rules.Sample.
func (r *Regime) Sample(f unit.Fraction) *Regime {
	if f.Whole() {
		return r
	}
	sampled := &Regime{Name: r.Name, Starts: r.Starts, Epochs: make([]Rules, len(r.Epochs))}
	for i := range r.Epochs {
		sampled.Epochs[i] = r.Epochs[i].Sample(f)
	}
	return sampled
}
