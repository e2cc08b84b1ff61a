package asylum

import (
	"testing"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/unit"
)

// TestStatutoryTime: 240 appeals, 20 a month decided. Without more judges those
// after the time are late, as many as the queue says; a body that can double
// its capacity ends all by the time at which 40 a month would, and those that
// are not overdue wait for the normal capacity.
func TestStatutoryTime(t *testing.T) {
	run := func(time unit.Days, surge unit.Factor) (done, late [12]int64) {
		w := ruleWorld(t, func(r *policy.Rules) {
			r.Appeal.NewBodyShare, r.Appeal.NewBodyCases = 1, 240
			r.Appeal.NewBodyTime, r.Appeal.NewBodySurge = time, surge
			r.Appeal.Withdrawn = 1
		})
		for key := range 240 {
			w.barredCases++
			c := ruleCase(key, Outside, 1, 0)
			w.lodge(c)
		}
		runTo(t, w, 365)
		for month := range done {
			done[month] = w.run.Months[month][measure.AppealsDeterminedCases]
			late[month] = w.run.Months[month][measure.AppealsLateCases]
		}
		return done, late
	}
	total := func(x [12]int64) (n int64) {
		for _, v := range x {
			n += v
		}
		return n
	}
	done, late := run(0, 1)
	if total(late) != 0 || total(done) < 239 {
		t.Errorf("without a statutory time: %d done, %d late", total(done), total(late))
	}
	// 90 days are three months: 60 are decided in time.
	done, late = run(90, 1)
	if n := total(late); n < 178 || n > 181 {
		t.Errorf("with a time and no more judges: %d of %d are late, want about 180", n, total(done))
	}
	for month, n := range done {
		if n < 19 || n > 21 {
			t.Errorf("month %d: %d decided, want the capacity of 20", month+1, n)
		}
	}
	// From April on 40 a month are decided: 180 in four and a half months.
	done, _ = run(90, 2)
	for month, want := range []int64{20, 20, 20, 40, 40, 40, 40, 20, 0} {
		if got := done[month]; got < want-2 || got > want+2 {
			t.Errorf("month %d with a surge: %d decided, want about %d", month+1, got, want)
		}
	}
}

// TestTheLastDayOfTheStatutoryTime: the time of 90 days ends on day 100 at noon.
// An appeal that is disposed of on that day, at whose end hearings are counted,
// is in time; on the next it is late.
func TestTheLastDayOfTheStatutoryTime(t *testing.T) {
	w := ruleWorld(t, func(r *policy.Rules) { r.Appeal.NewBodyTime, r.Appeal.Withdrawn = 90, 1 })
	for _, heard := range []struct {
		on   clock.Day
		late int64
	}{{99, 0}, {100, 0}, {101, 1}} {
		*w.row = measure.Row{}
		c := ruleCase(1, Appealing, 1, 0)
		c.Flags |= NewBody
		c.Since = clock.Day(10).Tick() + clock.DayTicks/2
		w.now = (heard.on + 1).Tick()
		w.determine(c)
		if got := w.row[measure.AppealsLateCases]; got != heard.late {
			t.Errorf("disposed of on day %d: %d counted as late, want %d", heard.on, got, heard.late)
		}
	}
}
