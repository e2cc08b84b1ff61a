package evidence

import (
	"fmt"

	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// WithdrawnAppeals is the share of the tribunal's asylum disposals of a quarter
// that were withdrawn (Ministry of Justice, Tribunal Statistics Quarterly).
type WithdrawnAppeals struct {
	Quarter clock.Date `csv:"quarter_end"`
	Share   float64    `csv:"withdrawn_share"`
	Source  string     `csv:"source"`
}

func (w *WithdrawnAppeals) check(before *WithdrawnAppeals) error {
	switch {
	case !(0 <= w.Share && w.Share < 1):
		return fmt.Errorf("withdrawn_share %v: want a share below 1", w.Share)
	case before != nil && w.Quarter <= before.Quarter:
		return fmt.Errorf("date %v follows %v: want a later one", w.Quarter, before.Quarter)
	}
	return endsQuarter(w.Quarter)
}

// withdrawnShare interpolates between the quarters for which the share is
// published, of those up to a date; outside them it is held.
func (s *Series) withdrawnShare(quarter, until clock.Date) float64 {
	from := s.WithdrawnAppeals[0]
	for _, to := range s.WithdrawnAppeals[1:] {
		if to.Quarter > until || quarter < from.Quarter {
			break
		}
		if quarter < to.Quarter {
			return from.Share + float64(float64(quarter-from.Quarter)/float64(to.Quarter-from.Quarter)*(to.Share-from.Share))
		}
		from = to
	}
	return from.Share
}

// allowedAppeals is the cases whose appeal was allowed in a quarter: of the
// tribunal's series, which begins in 2018, and of the earlier one before that. What
// is known of withdrawals is that of quarters up to a date.
func (s *Series) allowedAppeals(quarter, until clock.Date) (float64, error) {
	if len(s.Appeals) > 0 && quarter < s.Appeals[0].Quarter {
		e, err := find(s.EarlierAppeals, s.file("appeals_ho_asylum_quarterly_2010_2023.csv"), quarter.String(), func(a *EarlierAppeals) bool { return a.Quarter == quarter })
		return float64(e.Allowed), err
	}
	a, err := find(s.Appeals, s.file("appeals_ftt_quarterly.csv"), quarter.String(), func(a *Appeals) bool { return a.Quarter == quarter })
	if err != nil {
		return 0, err
	}
	return float64(a.Disposals) * (1 - s.withdrawnShare(quarter, until)) * a.AllowedPercent / 100, nil
}

// trailingAppeals returns the appeals received in the four quarters up to a date
// and the share allowed of those disposed of.
func (s *Series) trailingAppeals(end clock.Date) (receipts, allowed float64) {
	disposals := 0.0
	for _, q := range s.Appeals {
		if q.Quarter > end.AddMonths(-12).MonthEnd() && q.Quarter <= end {
			receipts += float64(q.Receipts)
			allowed += float64(q.Disposals) * q.AllowedPercent / 100
			disposals += float64(q.Disposals)
		}
	}
	return receipts, allowed / disposals
}

// otherAppeals is the appeals a year that do not follow an initial decision:
// those received, less those that the refusals lead to at the assumed shares.
// Further submissions refused in the run add to them later on.
func otherAppeals(receipts, refused, certified float64, lodged unit.Probability) float64 {
	return max(0, receipts-float64(refused*(1-certified)*float64(lodged)))
}
