package asylum

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// contributions is the state of the charge on adults with leave: who owes, and
// what they have paid.
type contributions struct {
	adults int64   // who owe today
	ends   []int32 // how many of them owe for the last time on each day of the run
	due    int64   // collected this month, in thousandths of a penny
}

// reset empties the books for a run of so many days, keeping their memory.
func (o *contributions) reset(days clock.Day) {
	ends := o.ends
	if len(ends) != int(days) {
		ends = make([]int32, days)
	}
	clear(ends)
	*o = contributions{ends: ends}
}

// takeAssets asks a supported new claim for its assets.
func (w *World) takeAssets(c *Case) {
	k := &w.rules.Contribution
	if k.AssetShare > 0 && c.Adults > 0 && w.holdsPlace(c) && w.chance(c, drawAssets, 0, k.AssetShare) {
		w.row[measure.Contributions] -= int64(k.Assets.Pence())
	}
}

// owe begins the charge on a case that has just been granted leave. The rules
// in force at the grant say whether there is one and for how many years;
// settlement and other leave do not end it, losing leave does.
func (w *World) owe(c *Case) { w.changeOwing(c, int64(c.Adults)) }

// oweNoMore ends the charge on a case whose leave is taken away.
func (w *World) oweNoMore(c *Case) { w.changeOwing(c, -int64(c.Adults)) }

func (w *World) changeOwing(c *Case, adults int64) {
	k := &w.model.epochs[w.model.epochOf(c.Protected)].Contribution
	if k.PerAdult <= 0 || k.Years <= 0 {
		return
	}
	// The first day is that on which leave was granted, also where that was at its
	// end, which is the start of the next.
	days := clock.Day(math.Round(float64(k.Years) * unit.DaysPerYear))
	ends := (c.Protected - 1).Day() + days - 1
	if ends < w.now.Day() {
		return
	}
	w.owing.adults += adults
	if int(ends) < len(w.owing.ends) {
		w.owing.ends[ends] += int32(adults)
	}
}

// dailyCharge is what one adult pays on a day, in thousandths of a penny: an
// equal part of the charge for each day of its years, as far as it is
// collected.
func dailyCharge(k *policy.Contribution) int64 {
	if k.PerAdult <= 0 || k.Years <= 0 {
		return 0
	}
	perDay := float64(k.PerAdult.Pence()) * float64(k.Collected) / (float64(k.Years) * unit.DaysPerYear)
	return int64(math.Round(perDay * 1000))
}

// collect takes the day's charge, at today's rate.
func (w *World) collect() {
	o := &w.owing
	o.due += o.adults * w.rules.dailyCharge
	o.adults -= int64(o.ends[w.day])
}

// closeContributions books the month's charge.
func (w *World) closeContributions() {
	o := &w.owing
	w.row[measure.Contributions] -= o.due / 1000
	o.due %= 1000
}
