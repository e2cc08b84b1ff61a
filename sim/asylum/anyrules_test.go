package asylum

import (
	"fmt"
	"reflect"
	"slices"

	"pgregory.net/rapid"

	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// smallRules are rules in which every mechanism is at work, for a hundredth of
// the people of crowdedRules, so that a year takes milliseconds.
func smallRules() policy.Rules {
	r := crowdedRules()
	r = r.Sample(100)
	r.Crossings.Boats, r.Crossings.PeoplePerBoat, r.Crossings.PeopleCap, r.Crossings.PeopleSD = 1.3, 4, 6, 2
	r.Claims.PerYear = policy.ByOtherRoute[unit.PerYear]{90, 300, 80}
	r.SafeRoute.Places, r.SafeRoute.SettlementYears = 20, 5
	r.Returns.OtherEnforced, r.Returns.OtherVoluntary = 70, 230
	r.Prevention.Reference, r.Prevention.Share, r.Prevention.Retry, r.Prevention.RetryDelay = 0.3, 0.5, 0.7, 5
	r.Permit.LengthOther, r.Permit.RenewalLength, r.Permit.SwitchSettles = 24, 30, 5
	r.Safety = policy.Safety{
		DeclaredRate: policy.ByNationality[unit.PerYear]{0.5, 0.5, 0.5}, ReversalRate: 0.3, GrantFactor: 0.2, Cessation: 0.5,
		ReviewShare: 0.7, ReviewSpread: 200, AcceptsReturns: 0.6, ReturnableIfSafe: 0.9,
	}
	for d := range policy.NumDrivers {
		r.Levels.Persistence[d], r.Levels.LastingSD[d], r.Levels.PassingSD[d] = 0.5, 0.1, 0.05
		r.Levels.Trend[d], r.Levels.TrendPersistence[d], r.Levels.TrendSD[d] = 0.1, 0.3, 0.02
	}
	r.Appeal.Other = 40
	r.Opening = policy.Opening{PeoplePerAppeal: 1, PeoplePerRefused: 1, PeoplePerPermit: 1, BacklogShape: 1, RefusedMeanYears: 1}
	return r
}

// change sets one parameter, of a table one entry, to a value.
type change struct {
	parameter string
	entry     int // of a table, or -1
	index     []int
	value     float64
}

// String writes a change as a counterexample shows it.
func (c change) String() string {
	if c.entry < 0 {
		return fmt.Sprintf("%s = %v", c.parameter, c.value)
	}
	return fmt.Sprintf("%s[%d] = %v", c.parameter, c.entry, c.value)
}

func (c change) in(r *policy.Rules) reflect.Value {
	v := reflect.ValueOf(r).Elem().FieldByIndex(c.index)
	if c.entry >= 0 {
		v = v.Index(c.entry)
	}
	return v
}

// apply makes the change, unless the rules would contradict one another: the
// program refuses such rules before it runs.
func (c change) apply(r *policy.Rules) {
	v := c.in(r)
	before := reflect.ValueOf(v.Interface())
	if v.CanInt() {
		v.SetInt(int64(c.value))
	} else {
		v.SetFloat(c.value)
	}
	valid := true
	r.Validate(func(string, string) { valid = false })
	if !valid {
		v.Set(before)
	}
}

// unchanged are the parameters that are left as they are: those of the opening
// stocks and of arrivals that could outgrow what a test can hold, and the answer
// to policy, whose arrivals could outgrow their envelope.
var unchanged = []string{"Crossings", "Response", "Opening", "Claims", "Levels"}

// changeable lists the parameters that anyChange may change, entry by entry.
var changeable = func() (list []change) {
	rules := reflect.TypeFor[policy.Rules]()
	for i := range rules.NumField() {
		stage := rules.Field(i)
		if slices.Contains(unchanged, stage.Name) {
			continue
		}
		for j := range stage.Type.NumField() {
			f := stage.Type.Field(j)
			c := change{parameter: f.Tag.Get("param"), entry: -1, index: []int{i, j}}
			if f.Tag.Get("sum") != "" {
				continue // shares that add up to 1 are not changed one by one
			}
			if f.Type.Kind() != reflect.Array {
				list = append(list, c)
				continue
			}
			for c.entry = range min(f.Type.Len(), groups+1) {
				list = append(list, c)
			}
		}
	}
	return list
}()

// oneOf draws one of some extreme values, or something between two bounds, in
// thousandths of what lies between them.
func oneOf(low, high float64, extremes ...float64) *rapid.Generator[float64] {
	between := rapid.Map(rapid.IntRange(0, 1000), func(n int) float64 { return low + (high-low)*float64(n)/1000 })
	return rapid.OneOf(rapid.SampledFrom(extremes), between)
}

// valueOf draws a value for a parameter by its unit: none at all, certainty and
// far too much are drawn as often as anything else.
func valueOf(parameter string, kind any) *rapid.Generator[float64] {
	switch parameter {
	case "safe_route_places", "other_appeals", "other_enforced_returns", "other_voluntary_returns", "prevention_retry_delay":
		return oneOf(0, 500, 0, 1) // these bring people, or count them in full
	case "caseworker_attrition", "discount_rate", "appeal_capacity_growth":
		return oneOf(0, 0.5, 0)
	case "dependants_per_family", "family_reunion_size":
		return oneOf(1, 5, 1, 9)
	case "declared_safe_rate", "declared_safe_reversal_rate":
		return oneOf(0, 20, 0)
	case "transfer_exchange":
		return oneOf(0, 1, 0, 1)
	}
	switch kind.(type) {
	case unit.Probability, unit.Share:
		return oneOf(0, 1, 0, 1)
	case unit.PerYear:
		return oneOf(0, 400, 0, 1e6)
	case unit.Days:
		return oneOf(0, 120, 0, 1, 1e5)
	case unit.Months, unit.Years:
		return rapid.Map(rapid.SampledFrom([]int{1, 2, 5, 30, 100, 1200}), func(n int) float64 { return float64(n) })
	case unit.FTE, unit.People:
		return rapid.Map(oneOf(0, 60, 0, 1, 1e6), func(x float64) float64 { return float64(int(x)) })
	case unit.Pounds:
		return oneOf(0, 1000, 0, 0.005, 123456.78)
	}
	return oneOf(0.01, 5, 0, 1, 100) // numbers and factors
}

// anyChange draws a change.
func anyChange() *rapid.Generator[change] {
	return rapid.Custom(func(t *rapid.T) change {
		c := rapid.SampledFrom(changeable).Draw(t, "parameter")
		var rules policy.Rules
		c.value = valueOf(c.parameter, c.in(&rules).Interface()).Draw(t, "value")
		return c
	})
}

// variation is how rules differ from others: some parameters, and something that
// shapes all arrivals.
type variation struct {
	changes []change
	twist   twist
}

// twist is an extreme of many parameters at once.
type twist uint8

const (
	noTwist twist = iota
	onlyFamilies
	noFamilies
	oneNationality
	nobodyComes
	nothingCosts
	nobodyPassedOver
	numTwists
)

func (k twist) String() string {
	return [...]string{"nothing else", "only families", "no families", "one nationality", "nobody comes", "nothing costs anything", "nobody is passed over"}[k]
}

// GoString writes a variation as a counterexample shows it.
func (v variation) GoString() string { return fmt.Sprintf("%v, and %v", v.changes, v.twist) }

// of makes the changes to rules.
func (v variation) of(r policy.Rules) policy.Rules {
	for _, c := range v.changes {
		c.apply(&r)
	}
	switch v.twist {
	case onlyFamilies:
		r.Applicants.FamilyShare = policy.ByRoute[unit.Probability]{1, 1, 1, 1}
	case noFamilies:
		r.Applicants.FamilyShare = policy.ByRoute[unit.Probability]{}
	case oneNationality:
		only := policy.ByNationality[unit.Share]{0, 1, 0}
		r.Crossings.Nationality, r.Claims.Irregular, r.Claims.VisaHolder, r.Claims.InCountry = only, only, only, only
	case nobodyComes:
		r.Claims.Scale, r.Claims.PerYear, r.SafeRoute.Places = policy.ByRoute[unit.Factor]{}, policy.ByOtherRoute[unit.PerYear]{}, 0
	case nothingCosts:
		r.Cost = policy.Cost{}
	case nobodyPassedOver: // the line for enforced returns is served in order
		r.Enforcement.FamilyAttempt, r.Enforcement.AtRiskAttempt, r.Enforcement.Attempts = 1, 1, 300
	}
	return r
}

// anyVariation draws a variation. It shrinks towards none, so that a
// counterexample names what it needs and nothing else.
func anyVariation() *rapid.Generator[variation] {
	return rapid.Custom(func(t *rapid.T) variation {
		return variation{
			changes: rapid.SliceOfN(anyChange(), 0, 40).Draw(t, "changes"),
			twist:   rapid.Map(rapid.IntRange(0, int(numTwists)-1), func(k int) twist { return twist(k) }).Draw(t, "twist"),
		}
	})
}
