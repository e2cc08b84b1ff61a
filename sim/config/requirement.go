package config

import (
	"reflect"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
)

// requirement says what a missing key should hold.
func requirement(t reflect.Type, key string) string {
	switch t {
	case reflect.TypeFor[clock.Date]():
		return "a date such as 2026-03-02"
	case reflect.TypeFor[policy.Unit]():
		return policy.OneOf(policy.Units)
	case reflect.TypeFor[policy.Kind]():
		return policy.OneOf(policy.Kinds)
	case reflect.TypeFor[policy.Quality]():
		return policy.OneOf(policy.Qualities)
	case reflect.TypeFor[policy.Uncertainty]():
		return "a distribution: " + policy.OneOf(policy.Distributions)
	case reflect.TypeFor[policy.Amount]():
		return "a number, or a table of numbers by entry"
	case reflect.TypeFor[Groups]():
		return "groups of regimes by name"
	}
	switch t.Kind() {
	case reflect.Slice:
		return "a list"
	case reflect.String:
		return "text"
	}
	return "a value for " + key
}
