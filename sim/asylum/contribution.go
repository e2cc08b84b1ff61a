package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/unit"
)

// takeAssets asks a new claim for its assets towards the cost of support.
func (w *World) takeAssets(c *Case) {
	k := &w.rules.Contribution
	if k.AssetShare > 0 && c.Adults > 0 && w.chance(c, drawAssets, 0, k.AssetShare) {
		w.row[measure.Contributions] -= int64(k.Assets.Pence())
	}
}

// charge collects the contribution of adults with leave for the time since
// the present permit began: an equal part for each day of the first years
// after the grant.
func (w *World) charge(c *Case) {
	k := &w.rules.Contribution
	if k.PerAdult <= 0 || k.Years <= 0 || c.Adults == 0 {
		return
	}
	ends := c.Protected.After(float64(k.Years) * unit.DaysPerYear)
	from, to := max(c.Since, c.Protected), min(w.now, ends)
	if to <= from {
		return
	}
	part := (float64(to) - float64(from)) / float64(clock.DayTicks) / (float64(k.Years) * unit.DaysPerYear)
	due := float64(k.PerAdult) * float64(c.Adults) * part * float64(k.Collected)
	w.row[measure.Contributions] -= int64(unit.Pounds(due).Pence())
}
