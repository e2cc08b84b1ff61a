package asylum

import (
	"math/rand/v2"
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// TestHazardIsThatOfTheEpochs holds the obvious inversion, epoch after epoch,
// beside the compiled one, over random rates of which many are 0 or the same.
func TestHazardIsThatOfTheEpochs(t *testing.T) {
	opening := clock.MustDate("2025-12-31")
	line := clock.NewTimeline(opening, 1)
	rate := func(r *policy.Rules) unit.PerYear { return r.Returns.Absconding }
	slow := func(r *policy.Regime, since clock.Tick, mark float64) clock.Tick {
		for e := r.EpochAt(line.Date(since.Day())); ; e++ {
			perDay := float64(rate(&r.Epochs[e]).PerDay())
			if e+1 == len(r.Epochs) {
				if perDay == 0 {
					return clock.Never
				}
				return since.After(mark / perDay)
			}
			ends := line.DayOf(r.Starts[e+1]).Tick()
			if used := perDay * float64(ends-since) / float64(clock.DayTicks); used < mark {
				mark -= used
				since = ends
				continue
			}
			return since.After(mark / perDay)
		}
	}
	r := rand.New(rand.NewPCG(4, 9))
	never := 0
	for range 2000 {
		regime := &policy.Regime{}
		date := opening - 3000 - clock.Date(r.IntN(2)*30000) // some before ticks begin
		for range 1 + r.IntN(8) {
			var rules policy.Rules
			rules.Returns.Absconding = []unit.PerYear{0, 0, 0.2, 1.5, 30}[r.IntN(5)]
			regime.Starts = append(regime.Starts, date)
			regime.Epochs = append(regime.Epochs, rules)
			date += clock.Date(1 + r.IntN(1500)*(1+r.IntN(2)*9))
		}
		h := hazardOf(regime, opening, rate)
		for range 20 {
			since, mark := clock.Tick(r.IntN(4000)-2900)*clock.DayTicks+clock.Tick(r.IntN(86400)), r.ExpFloat64()
			got, want := h.time(since, mark), slow(regime, since, mark)
			// Spans that are one here are several there: a second of rounding.
			if d := int64(got) - int64(want); d < -1 || d > 1 {
				t.Fatalf("starts %v: mark %v since %d is used up at %d, want %d", regime.Starts, mark, since, got, want)
			}
			if want == clock.Never {
				never++
			}
		}
	}
	if never == 0 {
		t.Error("every hazard struck")
	}
}
