package asylum

import (
	"slices"

	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/random"
	"asylumsim/sim/unit"
)

// checkOrder: whoever is due to leave a queue has left it unserved; of the
// others the oldest were served, or the newest where all go to them, but in the line
// for enforced returns anybody; and those who are left stand as they stood.
func (s *witness) checkOrder(hand map[random.Key]seat, lines [][]Case) {
	for i, before := range s.lines {
		stage := stageOf[i]
		var stayed []Case // of those who were in line yesterday and not due
		served, newest := 0, stage == Decidable && s.rules.Triage.NewestShare == 1
		ordered := stage != Decidable || newest || s.rules.Triage.NewestShare == 0
		oldest := ordered && !newest && stage != Removable
		if e := &s.rules.Enforcement; stage == Removable && (e.FamilyAttempt < 1 || e.AtRiskAttempt < 1) {
			ordered = false // those who are passed over go to the end
		}
		for j := range before {
			c := &before[j]
			now, there := hand[c.Key]
			// Whoever is back on the same day, even in the same second, joined anew.
			waits := there && now.line == i && now.Since == c.Since && now.stay() == c.stay()
			switch due := s.due(c, stage); {
			case due && waits:
				s.t.Fatalf("day %d: a case was to leave queue %d, and waits", s.w.day, i)
			case due:
			case waits:
				stayed = append(stayed, *c)
				if newest && served > 0 {
					s.t.Fatalf("day %d: queue %d served somebody before the newest", s.w.day, i)
				}
			default:
				served++
				if oldest && len(stayed) > 0 {
					s.t.Fatalf("day %d: queue %d served somebody before the oldest", s.w.day, i)
				}
			}
		}
		if !ordered {
			continue
		}
		if after := lines[i]; len(after) < len(stayed) || !slices.EqualFunc(stayed, after[:len(stayed)], func(a, b Case) bool { return a.Key == b.Key }) {
			s.t.Fatalf("day %d: queue %d has changed its order", s.w.day, i)
		}
		joined := map[Stage]int64{OnwardAppeal: s.heard + s.gainedCases(OnwardAppeal), Reviewing: s.flow[measure.PermitReviewsDueCases]}
		if n, known := joined[stage]; known && len(stayed) > 0 && int64(len(lines[i])-len(stayed)) != n {
			s.t.Fatalf("day %d: queue %d served somebody who came today before others", s.w.day, i)
		}
	}
}

// meter compares what a service has done with its capacity so far.
type meter struct{ done, capacity, last float64 }

// within checks that a service does no more in a day than its capacity, what a
// fraction 1/k keeps of k-1 days like the last one with any, and a unit for the
// rounding; and no more in all than was released in all. What is more is what one
// customer may take beyond it.
func (s *witness) within(service string, done int64, capacity, more float64) {
	if s.meters[service] == nil {
		s.meters[service] = new(meter)
	}
	m := s.meters[service]
	m.done += float64(done)
	m.capacity += capacity
	k := float64(s.w.model.fraction.K())
	const roundingError = 1e-6
	if float64(done) > capacity+(k-1)*m.last+1+more+roundingError || capacity == 0 && done > 0 {
		s.t.Fatalf("day %d: %s: %d with a capacity of %v a day", s.w.day, service, done, capacity)
	}
	if capacity > 0 {
		m.last = capacity
	}
	if m.done > m.capacity*(1+1e-9)+1+more {
		s.t.Fatalf("day %d: %s: %v so far, of %v released", s.w.day, service, m.done, m.capacity)
	}
}

// checkCapacities: no service does more than the rules of the day let it.
func (s *witness) checkCapacities() {
	r, w, f := s.rules, s.w, &s.flow
	perDay := func(perMonth float64) float64 {
		if !w.model.Timeline.Working(w.day) {
			return 0
		}
		return perMonth / float64(w.model.Timeline.WorkingDays(w.day))
	}
	tribunal := float64(r.Appeal.Capacity) / 12
	if r.Appeal.Growth != 0 && r.Appeal.GrowthEnds > 0 {
		// TestTribunalGrowth has the growth.
		tribunal = w.appealsPerDay * float64(w.workingDays) / w.factor[policy.HearingsDriver]
	}
	body := float64(r.Appeal.NewBodyCases) / 12 * max(1, float64(r.Appeal.NewBodySurge))
	s.within("appeals", f[measure.AppealsDeterminedCases], perDay(tribunal*w.factor[policy.HearingsDriver]+body), 2)
	s.within("onward appeals", s.heard, perDay(float64(r.Appeal.OnwardCapacity)/12), 0)
	s.within("reviews", f[measure.PermitReviewsDoneCases], perDay(float64(r.Permit.ReviewStaff)*r.Permit.ReviewRate), 0)
	s.within("decisions", s.decided, perDay(w.staff.deployed*r.Decision.Productivity*w.factor[policy.DecisionsDriver]), 0)
	s.within("attempts at enforced returns", s.begun, perDay(float64(r.Enforcement.Attempts)/12*w.factor[policy.EnforcedReturnsDriver]), 0)
	s.within("transfers, people", f[measure.ThirdCountryTransfersPeople], perDay(float64(r.Intake.TransferCapacity)/12), maxCasePeople)
	s.within("seats", f[measure.ReturnsEnforcedPeople], float64(r.Enforcement.Seats)/unit.DaysPerYear, 0)
}
