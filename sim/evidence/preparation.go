package evidence

import (
	"errors"
	"fmt"
	"math"

	"asylumsim/sim/clock"
)

// Preparation estimates the mean time from a claim until it can be decided,
// in days, from the stock awaiting a decision at a date. The stock is claims
// in preparation plus claims ready and in the queue. If the queue is as long
// as queueDays at the last quarter's pace of decisions, the rest is in
// preparation, and the claims of the quarters before say how long that takes
// (Little's law, for claims that are not constant). Times are log-normal with
// a coefficient of variation. Withdrawals during preparation are left out,
// which makes the estimate too long by a few days.
func (s *Series) Preparation(at clock.Date, queueDays, variation float64) (float64, error) {
	backlog, err := s.BacklogAt(at)
	if err != nil {
		return 0, err
	}
	cases := float64(backlog.Cases.Value)
	if !backlog.Cases.Known {
		perCase, _, err := s.peoplePerWaitingCase(at)
		if err != nil {
			return 0, err
		}
		cases = float64(backlog.People) / perCase
	}
	quarters, err := s.claimQuarters(at)
	if err != nil {
		return 0, err
	}
	pace, err := s.decisionsPerDay(at)
	if err != nil {
		return 0, err
	}
	preparing := cases - float64(queueDays*pace)
	if preparing <= 0 {
		return 0, errQueue
	}
	low, high := 1.0, 2000.0
	for range 50 {
		mid := (low + high) / 2
		if stockInPreparation(quarters, at, mid, variation) < preparing {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2, nil
}

// errQueue is that time cannot be told.
var errQueue = errors.New("preparation time: the assumed queue is longer than the whole stock")

// stockInPreparation is the cases not yet ready at a date.
func stockInPreparation(quarters []claimQuarter, at clock.Date, mean, variation float64) float64 {
	sigma := math.Sqrt(math.Log1p(variation * variation))
	mu := math.Log(mean) - float64(sigma*sigma/2)
	sum := 0.0
	for _, q := range quarters {
		q.ages(at, func(days, share float64) {
			sum += float64(q.cases * share * 0.5 * math.Erfc((math.Log(days)-mu)/(sigma*math.Sqrt2)))
		})
	}
	return sum
}

// decisionsPerDay is the cases decided a day over the quarter that ends on a
// date: people with an outcome other than withdrawal, over people per decided
// case in the year.
func (s *Series) decisionsPerDay(at clock.Date) (float64, error) {
	flows, err := find(s.Flows, s.file("asylum_flows_quarterly.csv"), at.String(), func(f *Flows) bool { return f.Quarter == at })
	if err != nil {
		return 0, err
	}
	year, _, _ := at.Civil()
	perCase, err := s.PeoplePerOutcome(year)
	if err != nil { // the year is not over
		if perCase, err = s.PeoplePerOutcome(year - 1); err != nil {
			return 0, err
		}
	}
	return float64(flows.Outcomes-flows.Withdrawals) / perCase / float64(at-quarterStart(at)+1), nil
}

// PeoplePerOutcome is the people a decided or withdrawn main applicant stands
// for in a year, by the balance of stocks: opening stock and claims less
// closing stock, in people over the same in cases.
func (s *Series) PeoplePerOutcome(year int) (float64, error) {
	opening, err := s.BacklogAt(clock.NewDate(year-1, 12, 31))
	if err != nil {
		return 0, err
	}
	closing, err := s.BacklogAt(clock.NewDate(year, 12, 31))
	if err != nil {
		return 0, err
	}
	if !opening.Cases.Known || !closing.Cases.Known {
		return 0, fmt.Errorf("%s: main_applicants_awaiting is not published for both ends of %d", s.file("asylum_backlog_quarterly.csv"), year)
	}
	flows, err := s.FlowsOf(year)
	if err != nil {
		return 0, err
	}
	perClaim, err := s.PeoplePerClaim(year)
	if err != nil {
		return 0, err
	}
	people := float64(opening.People + flows.Claims - closing.People)
	cases := float64(opening.Cases.Value-closing.Cases.Value) + float64(flows.Claims)/perClaim
	return people / cases, nil
}

// WithdrawalRate estimates the yearly hazard of withdrawal at one year of
// waiting, for a hazard that rises as the wait to the power shape - 1: the
// year's withdrawals over the average stock, weighted by that power of its
// ages. Ages follow the waiting time with the given shape of its own.
func (s *Series) WithdrawalRate(year int, shape, waitingShape float64) (float64, error) {
	return s.withdrawalRate(clock.NewDate(year, 12, 31), shape, waitingShape)
}

// withdrawalRate is that of the four quarters up to a date.
func (s *Series) withdrawalRate(end clock.Date, shape, waitingShape float64) (float64, error) {
	flows, err := s.trailing(end)
	if err != nil {
		return 0, err
	}
	stock, err := s.withdrawalStock(end, 4, shape, waitingShape)
	if err != nil {
		return 0, err
	}
	return float64(flows.Withdrawals) / stock, nil
}

// withdrawalStock is the mean number of people awaiting a decision over some quarters
// up to a date, times the mean of the power of their waits.
func (s *Series) withdrawalStock(end clock.Date, quarters int, shape, waitingShape float64) (float64, error) {
	stock, power := 0.0, 0.0
	for quarter := range quarters + 1 {
		at := (end + 1).AddMonths(3*(quarter-quarters)) - 1
		backlog, err := s.BacklogAt(at)
		if err != nil {
			return 0, err
		}
		weight := 1 / float64(quarters)
		if quarter == 0 || quarter == quarters {
			weight /= 2
		}
		stock += float64(weight * float64(backlog.People))
		if quarter != 0 && quarter != quarters {
			continue
		}
		claims, err := s.claimQuarters(at)
		if err != nil {
			return 0, err
		}
		cases := float64(backlog.Cases.Value)
		if !backlog.Cases.Known {
			perCase, _, err := s.peoplePerWaitingCase(at)
			if err != nil {
				return 0, err
			}
			cases = float64(backlog.People) / perCase
		}
		w, err := waitingFor(cases, waitingShape, claims, at)
		if err != nil {
			return 0, err
		}
		power += float64(0.5 * w.meanOf(claims, at, func(years float64) float64 { return math.Pow(years, shape-1) }))
	}
	return stock * power, nil
}
