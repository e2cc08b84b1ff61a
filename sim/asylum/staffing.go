package asylum

import (
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/measure"
	"asylumsim/sim/policy"
	"asylumsim/sim/queue"
	"asylumsim/sim/unit"
)

// staffing is the caseworkers who take initial decisions and how managers
// plan them, once a month:
//
//   - the decisions wanted a month are those that become decidable (mean of
//     the last three months) plus what brings the queue to its target within
//     the correction time;
//   - trained staff beyond that do other work and come back when needed;
//   - if staff and trainees together fall short, managers hire, up to a number
//     a month and to the authorised most; hires work after training;
//   - where the run opens with work for all, as many are in training as replace
//     those who leave meanwhile;
//   - staff leave at the attrition rate, and nobody is replaced below the
//     number wanted, but never below the fewest that are kept.
type staffing struct {
	trained  float64
	training [trainingMonths]float64 // by months left
	deployed float64
	inflow   [3]float64 // became decidable, by month, latest first
	arrived  int        // became decidable this month
	capacity queue.Capacity
}

const trainingMonths = 24

// reset starts with everybody trained and deployed; inflow is the number a
// month that is expected to become decidable at first.
func (s *staffing) reset(fte, inflow float64) {
	*s = staffing{trained: fte, deployed: fte, inflow: [3]float64{inflow, inflow, inflow}}
}

// keptUp fills the training of the first month where there is work for all: then
// managers have replaced those who left, and as many are being trained.
func (s *staffing) keptUp(d *policy.Decision) {
	for month := range min(monthsOf(d.Training), trainingMonths) {
		s.training[month] = float64(s.trained * float64(d.Attrition) / 12)
	}
}

// monthsOf rounds a time to whole months.
func monthsOf(days unit.Days) int { return int(float64(days)/daysPerMonth + 0.5) }

const daysPerMonth = 365.2425 / 12

// transfer adds staff who are moved in, or takes away those moved out, when
// the rules change their number on a date.
func (s *staffing) transfer(fte float64) { s.trained = max(0, s.trained+fte) }

// plan is the monthly review of staff.
func (s *staffing) plan(e *epoch, waiting int, first bool) {
	d := &e.Decision
	if !first {
		s.inflow[2], s.inflow[1], s.inflow[0] = s.inflow[1], s.inflow[0], float64(s.arrived)
		s.arrived = 0
		s.trained += s.training[0]
		copy(s.training[:], s.training[1:])
		s.training[trainingMonths-1] = 0
		s.trained -= float64(s.trained * float64(d.Attrition) / 12)
	}
	perMonth := (s.inflow[0] + s.inflow[1] + s.inflow[2]) / 3
	target := perMonth * float64(d.TargetWait) / daysPerMonth
	wanted := perMonth + (float64(waiting)-target)*daysPerMonth/max(float64(d.Correction), daysPerMonth)
	fte := max(0, wanted) / d.Productivity

	if first && fte >= s.trained {
		s.keptUp(d)
	}
	authorised := min(max(fte, float64(d.Fewest)), float64(d.Most))
	staff := s.trained
	for _, n := range s.training {
		staff += n // one by one: another order would round otherwise
	}
	if hire := min(authorised-staff, float64(d.Hiring)); hire > 0 {
		s.training[min(max(monthsOf(d.Training)-1, 0), trainingMonths-1)] += hire
	}
	s.deployed = min(s.trained, fte)
}

// inTraining is how many have been hired and not yet been trained.
func (s *staffing) inTraining() float64 {
	sum := 0.0
	for _, n := range s.training {
		sum += n
	}
	return sum
}

// count writes the staff at the end of a month, of whom a k-th part is simulated,
// to the nearest whole one.
func (s *staffing) count(row *measure.Row, k int64) {
	whole := func(fte float64) int64 { return int64(math.Round(fte * float64(k))) }
	row[measure.CaseworkersFTE] = whole(s.trained)
	row[measure.CaseworkersOtherWorkFTE] = whole(max(0, s.trained-s.deployed))
	row[measure.CaseworkersInTrainingFTE] = whole(s.inTraining())
}

// perDay is how many decisions a working day allows.
func (s *staffing) perDay(e *epoch, workingDays int) float64 {
	return float64(s.deployed*e.Decision.Productivity) / float64(workingDays)
}

// startStaffMonth reviews staff on the first day of a month.
func (w *World) startStaffMonth(day clock.Day) {
	w.staff.plan(w.rules, w.waitingForDecision(), day == 0)
}
