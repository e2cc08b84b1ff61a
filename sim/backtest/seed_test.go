package backtest

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/evidence"
	"asylumsim/sim/policy"
)

// TestOriginsHaveRandomNumbersOfTheirOwn: forecasts of one origin do not depend on
// which others are made, and no two origins of a seed share random numbers; another
// seed has others at every origin.
func TestOriginsHaveRandomNumbersOfTheirOwn(t *testing.T) {
	o := Options{Regime: func(policy.Marks) (*policy.Regime, error) {
		return &policy.Regime{Name: "law", Starts: []clock.Date{policy.Beginning}, Epochs: make([]policy.Rules, 1)}, nil
	}}
	seen := map[uint64]string{}
	for _, seed := range []uint64{1, 2} {
		for _, date := range []string{"2022-03-31", "2022-06-30", "2025-12-31"} {
			o.Seed = seed
			at := evidence.Origin{Date: clock.MustDate(date), Opening: clock.MustDate(date).AddMonths(-3).MonthEnd()}
			plan, err := o.plan(&evidence.Fit{Origin: &at})
			if err != nil {
				t.Fatal(err)
			}
			if other, twice := seen[plan.Seed]; twice {
				t.Errorf("seed %d at %s has the random numbers of %s", seed, date, other)
			}
			seen[plan.Seed] = date
			if again, _ := o.plan(&evidence.Fit{Origin: &at}); again.Seed != plan.Seed {
				t.Errorf("seed %d at %s: the second time it has other random numbers", seed, date)
			}
		}
	}
}
