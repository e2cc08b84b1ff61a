package asylum

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
)

// recordWait counts a wait that has ended.
func (w *World) recordWait(kind measure.Wait, waited clock.Tick) {
	w.run.Waits.Add(kind, int64(waited/clock.DayTicks))
}

// recordStay counts a stay in a hotel that has ended.
func (w *World) recordStay(p *place) {
	days := int64(w.day - p.since)
	switch {
	case p.family && p.refused:
		w.run.Waits.Add(measure.StayHotelRefused, days)
	case p.family:
		w.run.Waits.Add(measure.StayHotelFamily, days)
	case p.people == 1:
		w.run.Waits.Add(measure.StayHotelSingle, days)
	}
}
