package evidence

import (
	"math"

	"asylumsim/sim/policy"
)

// Beliefs are the rules of the opening date at one point of what is believed
// about the parameters, and at the central values.
type Beliefs struct {
	Drawn, Central *policy.Rules
}

// ranged carries the uncertainty that a parameter file states over to an
// estimate: by the same factor as the drawn value is of the central one.
func ranged[T ~float64](estimate float64, drawn, central T) float64 {
	if central == 0 {
		return estimate
	}
	return estimate * float64(drawn) / float64(central)
}

// rangedChance does so for a probability, by the same change of log-odds.
func rangedChance[T ~float64](estimate float64, drawn, central T) float64 {
	d, c := float64(drawn), float64(central)
	if d <= 0 || d >= 1 || c <= 0 || c >= 1 {
		return estimate
	}
	return policy.ShiftLogit(estimate, math.Log(d/(1-d))-math.Log(c/(1-c)))
}
