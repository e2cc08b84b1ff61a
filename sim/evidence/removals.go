package evidence

import (
	"fmt"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// RefusedStock carries the cases subject to removal forward from the last
// published count, 30 June 2023: in come refused cases that did not appeal
// and appeals that were dismissed or withdrawn, out go returns. Loss of
// contact, further submissions and regularisation are not published and not
// taken off, so the sum is an upper figure.
type RefusedStock struct {
	Published    unit.Cases // at the date of the last count
	Unappealed   float64    // refused and not appealed since
	Unsuccessful float64    // appeals that ended without a grant since
	Returned     float64    // asylum-related returns since
}

// Cases is the stock that results.
func (r *RefusedStock) Cases() float64 {
	return float64(r.Published) + r.Unappealed + r.Unsuccessful - r.Returned
}

// RefusedStock computes the stock at a quarter's end, at given people per
// refused case.
func (s *Series) RefusedStock(at clock.Date, perCase float64) (*RefusedStock, error) {
	last := s.InProgress[0]
	for _, p := range s.InProgress {
		if p.Date <= at {
			last = p
		}
	}
	r := &RefusedStock{Published: last.SubjectToRemoval}
	var refused, lodged, returned float64
	for _, f := range s.Flows {
		if last.Date < f.Quarter && f.Quarter <= at {
			refused += float64(f.Refusals) / perCase
		}
	}
	for _, a := range s.Appeals {
		if last.Date < a.Quarter && a.Quarter <= at {
			lodged += float64(a.Receipts)
			allowed, err := s.allowedAppeals(a.Quarter, at)
			if err != nil {
				return nil, err
			}
			r.Unsuccessful += float64(a.Disposals) - allowed
		}
	}
	r.Unappealed = max(0, refused-lodged)
	shares, err := s.asylumShareOfReturns()
	if err != nil {
		return nil, err
	}
	for _, q := range s.Returns {
		if last.Date < q.Quarter && q.Quarter <= at {
			returned += float64(float64(q.Enforced)*shares.enforced) + float64(float64(q.Voluntary)*shares.voluntary)
		}
	}
	r.Returned = returned / perCase
	return r, nil
}

type returnShares struct{ enforced, voluntary float64 }

// asylumShareOfReturns is the share of returns that were asylum-related in
// the latest year published (2023: 29% of enforced, 21% of voluntary).
func (s *Series) asylumShareOfReturns() (returnShares, error) {
	latest := s.AsylumReturns[len(s.AsylumReturns)-1].Year
	var asylum, all returnShares
	for _, r := range s.AsylumReturns {
		if r.Year != latest {
			continue
		}
		all.enforced += float64(r.Enforced)
		all.voluntary += float64(r.Voluntary)
		if r.Category == "asylum_related" {
			asylum = returnShares{float64(r.Enforced), float64(r.Voluntary)}
		}
	}
	if all.enforced == 0 || all.voluntary == 0 {
		return asylum, fmt.Errorf("%s: no returns in %d", s.file("returns_asylum_related_annual_2010_2023.csv"), latest)
	}
	return returnShares{asylum.enforced / all.enforced, asylum.voluntary / all.voluntary}, nil
}

// ReturnsOfYear estimates a year's asylum-related returns, in people: all
// returns of the year at the latest published asylum-related shares.
func (s *Series) ReturnsOfYear(year int) (enforced, voluntary float64, err error) {
	shares, err := s.asylumShareOfReturns()
	if err != nil {
		return 0, 0, err
	}
	enforced, voluntary, err = s.AllReturnsOfYear(year)
	return enforced * shares.enforced, voluntary * shares.voluntary, err
}

// AllReturnsOfYear counts a year's returns, asylum-related or not, in people.
func (s *Series) AllReturnsOfYear(year int) (enforced, voluntary float64, err error) {
	quarters := 0
	for _, q := range s.Returns {
		if y, _, _ := q.Quarter.Civil(); y == year {
			enforced += float64(q.Enforced)
			voluntary += float64(q.Voluntary)
			quarters++
		}
	}
	if quarters != 4 {
		return 0, 0, fmt.Errorf("%s: %d quarters of %d: want 4", s.file("returns_quarterly.csv"), quarters, year)
	}
	return enforced, voluntary, nil
}
