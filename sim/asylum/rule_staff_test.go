package asylum

import "testing"

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
