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
