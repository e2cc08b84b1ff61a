package asylum

import (
	"testing"

	"asylumsim/sim/measure"
)

// TestLeaversAreReplacedUpToTheFewest: there is no work, but 100 staff are kept
// at least. Of 100, 12% a year leave, 1 in a month; 50 a month may be hired, and
// 1 is. Of 200 nobody who leaves is replaced.
func TestLeaversAreReplacedUpToTheFewest(t *testing.T) {
	for _, c := range []struct{ staff, hired float64 }{{100, 1}, {200, 0}} {
		rules := fixedRules()
		d := &rules.Decision
		d.Productivity, d.TargetWait, d.Correction, d.Hiring, d.Training, d.Attrition = 4, 0, 60, 50, 60, 0.12
		d.Fewest, d.Most = 100, 1000
		var s staffing
		s.reset(c.staff, 0)
		s.plan(&epoch{Rules: &rules}, 0, true)
		s.plan(&epoch{Rules: &rules}, 0, false)
		hired := 0.0
		for _, n := range s.training {
			hired += n
		}
		near(t, "staff left", s.trained, 0.99*c.staff)
		near(t, "staff hired", hired, c.hired)
	}
}

// TestStaffAreKeptUpWhereThereIsWork: 120 staff of whom 10% leave a year, one a
// month, with three months of training. With a long queue, three are being
// trained when the run opens, and 120 are at work three months later; hires of
// the run come only then. With nothing to do nobody is in training.
func TestStaffAreKeptUpWhereThereIsWork(t *testing.T) {
	rules := fixedRules()
	d := &rules.Decision
	d.Productivity, d.TargetWait, d.Correction, d.Hiring, d.Training, d.Attrition = 4, 0, 60, 0, 91, 0.1
	d.Fewest, d.Most = 0, 1000
	for _, c := range []struct {
		waiting  int
		training float64
	}{{100000, 3}, {0, 0}} {
		var s staffing
		s.reset(120, 0)
		s.plan(&epoch{Rules: &rules}, c.waiting, true)
		training := 0.0
		for _, n := range s.training {
			training += n
		}
		near(t, "staff in training", training, c.training)
		if c.waiting == 0 {
			continue
		}
		for range 3 {
			s.plan(&epoch{Rules: &rules}, c.waiting, false)
		}
		// One a month comes and 1/120 of 121 goes.
		if s.trained < 119.9 || s.trained > 120 {
			t.Errorf("%.3f staff after three months, want 120 but for the leavers among the new", s.trained)
		}
	}
}

// TestInflowIsTheMeanOfThreeMonths: nothing waits, a decision takes a month of one
// of the staff, and 30, 60, 90 and then no cases become decidable by month. As many
// work on them as the mean of the last three months, the three before the run
// counting as none.
func TestInflowIsTheMeanOfThreeMonths(t *testing.T) {
	rules := fixedRules()
	d := &rules.Decision
	d.Productivity, d.TargetWait, d.Attrition, d.Hiring, d.Fewest, d.Most = 1, 0, 0, 0, 0, 1000
	var s staffing
	s.reset(1000, 0)
	s.plan(&epoch{Rules: &rules}, 0, true)
	for month, c := range []struct {
		arrived int
		staff   float64
	}{{30, 10}, {60, 30}, {90, 60}, {0, 50}, {0, 30}, {0, 0}} {
		s.arrived = c.arrived
		s.plan(&epoch{Rules: &rules}, 0, false)
		if s.deployed < c.staff-1e-9 || s.deployed > c.staff+1e-9 {
			t.Errorf("month %d: %.3f staff at work, want %.0f", month, s.deployed, c.staff)
		}
	}
}

// TestStaffAreCounted works three months of staff by hand. Of 120 caseworkers who
// decide 4 cases a month, 80 are needed for the 320 that become decidable, so
// that 40 do other work. In February 960 became decidable: a mean of 533 a month
// over three months needs 133, of whom 119 are there, one of 120 having left;
// with 14 short, 10 are hired, the most there can be. In March 960 more make it
// 747 a month, for 187: 118 and the 10 in training are there, 10 more are hired.
func TestStaffAreCounted(t *testing.T) {
	rules := fixedRules()
	d := &rules.Decision
	d.Productivity, d.TargetWait, d.Correction, d.Hiring, d.Training, d.Attrition = 4, 0, 60, 10, 91, 0.1
	d.Fewest, d.Most = 0, 1000
	var s staffing
	s.reset(120, 320)
	for month, want := range []struct{ trained, other, training int64 }{{120, 40, 0}, {119, 0, 10}, {118, 0, 20}} {
		s.plan(&epoch{Rules: &rules}, 0, month == 0)
		s.arrived = 960
		for _, k := range []int64{1, 100} {
			var row measure.Row
			s.count(&row, k)
			got := []int64{row[measure.CaseworkersFTE], row[measure.CaseworkersOtherWorkFTE], row[measure.CaseworkersInTrainingFTE]}
			for i, n := range []int64{want.trained, want.other, want.training} {
				if got[i] < (n*k)-k/2 || got[i] > n*k+k/2 || k == 1 && got[i] != n {
					t.Errorf("month %d, of 1/%d: staff %v, want %+v", month, k, got, want)
				}
			}
		}
	}
}
