package asylum

import (
	"testing"

	"asylumsim/sim/policy"
)

// TestVisasWithheld: of the visa holders of one nationality half do not come,
// and nobody else is missing. Where arrivals answer to rules, a fifth of them
// comes without a visa instead.
func TestVisasWithheld(t *testing.T) {
	const n = 20000
	run := func(response float64) (came, without, others int) {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Returns.VisaPenalty[1] = 0.5
			r.Response.Switch, r.Response.Displacement = response, 0.2
		})
		for key := range n {
			c := ruleCase(key, Outside, 1, 0)
			c.Route, c.Nationality = policy.VisaHolder, policy.Nationality(key%2)
			switch granted := w.visaGranted(c); {
			case c.Nationality == 0 && granted && c.Route == policy.VisaHolder:
				others++
			case c.Nationality == 1 && granted && c.Route == policy.VisaHolder:
				came++
			case granted:
				without++
			}
		}
		return came, without, others
	}
	came, without, others := run(0)
	expectShare(t, "with a visa", came, n/2, 0.5)
	if without != 0 || others != n/2 {
		t.Errorf("%d came without a visa, %d of %d others came", without, others, n/2)
	}
	came, without, _ = run(1)
	expectShare(t, "with a visa, with a response", came, n/2, 0.5)
	expectShare(t, "without a visa", without, n/2-came, 0.2)
}

// TestVisaPenaltyOpensLimbo: rules that come into force and make more people
// returnable take them out of limbo on that day, and only them. A group that
// could be returned to 50% and gains a fifth of the rest can be to 60%.
func TestVisaPenaltyOpensLimbo(t *testing.T) {
	const n = 10000
	base := quietRules()
	base.Returns.Returnable[1], base.Returns.Returnable[2] = 0.5, 0.5
	penalty := base
	penalty.Returns.VisaPenalty[1], penalty.Returns.VisaGain = 1, 0.2
	w := vacantWorld(datedModel(1, base, "2026-03-01", penalty))
	for i := range 2 * n {
		c := testCase(i)
		c.Nationality = policy.Nationality(1 + i%2)
		c.Stage = Outside
		w.barredCases++
		w.exhaust(&c)
	}
	limbo := func(group policy.Nationality) int { return int(w.stock[Limbo][group].cases) }
	expectShare(t, "in limbo before", limbo(1), n, 0.5)
	before, other := limbo(1), limbo(2)
	runTo(t, w, 59)
	if limbo(1) != before {
		t.Errorf("limbo went from %d to %d before the rules changed", before, limbo(1))
	}
	runTo(t, w, 60)
	expectShare(t, "in limbo under the penalty", limbo(1), n, 0.4)
	if limbo(2) != other {
		t.Errorf("limbo of another nationality went from %d to %d", other, limbo(2))
	}
}
