package evidence

import (
	"fmt"
	"math"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// waiting is how claims wait for an initial decision: the share still waiting
// at an age is exp(-(age/scale)^shape), ages in days.
type waiting struct {
	scale, shape float64
}

// claimQuarter is the claims of a quarter.
type claimQuarter struct {
	first, last clock.Date
	cases       float64
}

// ages calls f for steps of a quarter's claims, spread evenly over its days,
// with the age of each at the close of a date and its share of the quarter.
func (q claimQuarter) ages(at clock.Date, f func(days, share float64)) {
	const steps = 12 // about a week each: the error is below one case in 10,000
	length := float64(q.last - q.first + 1)
	for i := range steps {
		f(float64(at-q.first+1)-float64(length*(float64(i)+0.5)/steps), 1.0/steps)
	}
}

// share returns the share of a quarter's claims that still wait at the close
// of a date.
func (w waiting) share(q claimQuarter, at clock.Date) float64 {
	sum := 0.0
	q.ages(at, func(days, share float64) { sum += float64(share * w.atAge(days)) })
	return sum
}

func (w waiting) atAge(days float64) float64 { return math.Exp(-math.Pow(days/w.scale, w.shape)) }

// stock is the number that still wait, of all quarters.
func (w waiting) stock(quarters []claimQuarter, at clock.Date) float64 {
	sum := 0.0
	for _, q := range quarters {
		sum += float64(q.cases * w.share(q, at))
	}
	return sum
}

// meanOf averages a function of the age in years over the stock.
func (w waiting) meanOf(quarters []claimQuarter, at clock.Date, f func(years float64) float64) float64 {
	sum, total := 0.0, 0.0
	for _, q := range quarters {
		q.ages(at, func(days, share float64) {
			still := float64(q.cases * share * w.atAge(days))
			sum += float64(still * f(days/unit.DaysPerYear))
			total += still
		})
	}
	return sum / total
}

// waitingFor finds the scale at which the stock is the given total.
func waitingFor(total, shape float64, quarters []claimQuarter, at clock.Date) (waiting, error) {
	low, high := 1.0, 1e5
	if most := (waiting{high, shape}).stock(quarters, at); total > most {
		return waiting{}, fmt.Errorf("%v: %.0f waiting is more than the %.0f who claimed", at, total, most)
	}
	for range 60 {
		mid := math.Sqrt(low * high)
		if (waiting{mid, shape}).stock(quarters, at) < total {
			low = mid
		} else {
			high = mid
		}
	}
	return waiting{math.Sqrt(low * high), shape}, nil
}

// claimQuarters returns the claims of every quarter up to a date, oldest
// first, in main applicants: people, times the year's main applicants per
// person.
func (s *Series) claimQuarters(until clock.Date) ([]claimQuarter, error) {
	var quarters []claimQuarter
	for _, f := range s.Flows {
		if f.Quarter > until {
			break
		}
		year, _, _ := f.Quarter.Civil()
		perCase, err := s.peoplePerClaimBy(year)
		if err != nil {
			return nil, err
		}
		quarters = append(quarters, claimQuarter{first: quarterStart(f.Quarter), last: f.Quarter, cases: float64(f.Claims) / perCase})
	}
	if len(quarters) == 0 || quarters[len(quarters)-1].last != until {
		return nil, fmt.Errorf("%s: no quarter ends on %v", s.file("asylum_flows_quarterly.csv"), until)
	}
	return quarters, nil
}

// PeoplePerClaim is the people a main applicant stands for, over the claims of
// a year.
func (s *Series) PeoplePerClaim(year int) (float64, error) {
	flows, err := s.FlowsOf(year)
	if err != nil {
		return 0, err
	}
	main, err := find(s.ClaimYears, s.file("asylum_outcomes_by_claim_year.csv"), fmt.Sprint(year), func(r *ClaimYear) bool { return r.Year == year })
	if err != nil {
		return 0, err
	}
	return float64(flows.Claims) / float64(main.Claims), nil
}

// peoplePerClaimBy is that of a year, or of the latest year before for which
// it is published.
func (s *Series) peoplePerClaimBy(year int) (float64, error) {
	perCase, err := s.PeoplePerClaim(year)
	for back := 1; err != nil && back <= 2; back++ {
		var earlier error
		if perCase, earlier = s.PeoplePerClaim(year - back); earlier == nil {
			return perCase, nil
		}
	}
	return perCase, err
}

// peoplePerWaitingCase is the people that a case awaiting a decision stands
// for on the latest date up to the given one that has both.
func (s *Series) peoplePerWaitingCase(at clock.Date) (perCase float64, of clock.Date, err error) {
	for _, b := range s.Backlog {
		if b.Date <= at && b.Cases.Known {
			perCase, of = float64(b.People)/float64(b.Cases.Value), b.Date
		}
	}
	if perCase == 0 {
		return 0, 0, fmt.Errorf("%s: main_applicants_awaiting is not published up to %v", s.file("asylum_backlog_quarterly.csv"), at)
	}
	return perCase, of, nil
}

func quarterStart(end clock.Date) clock.Date {
	year, month, _ := end.Civil()
	return clock.NewDate(year, month-2, 1)
}

// WaitingShape finds the shape of the waiting time at a date for which the
// series give both the stock and how much of it has waited for six months or
// less.
func (s *Series) WaitingShape(at clock.Date) (float64, error) {
	backlog, err := s.BacklogAt(at)
	if err != nil {
		return 0, err
	}
	if !backlog.SixMonths.Known {
		return 0, fmt.Errorf("%s: %v: people_6_months_or_less is not published", s.file("asylum_backlog_quarterly.csv"), at)
	}
	quarters, err := s.claimQuarters(at)
	if err != nil {
		return 0, err
	}
	for i := range quarters { // this stock is in people
		quarters[i].cases = float64(s.Flows[i].Claims)
	}
	recent := quarters[len(quarters)-2:]
	low, high := 0.2, 8.0
	for range 40 {
		mid := (low + high) / 2
		w, err := waitingFor(float64(backlog.People), mid, quarters, at)
		if err != nil {
			return 0, err
		}
		if w.stock(recent, at) < float64(backlog.SixMonths.Value) {
			low = mid
		} else {
			high = mid
		}
	}
	return (low + high) / 2, nil
}
