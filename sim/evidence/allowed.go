package evidence

import (
	"asylumsim/sim/clock"
	"asylumsim/sim/unit"
)

// withdrawnShares are the share of the tribunal's asylum disposals that were
// withdrawn, between which quarters are interpolated (Ministry of Justice,
// Tribunal Statistics Quarterly, July to September 2025).
var withdrawnShares = [...]struct {
	quarter clock.Date
	share   float64
}{{clock.MustDate("2024-09-30"), 0.15}, {clock.MustDate("2025-09-30"), 0.37}}

// allowedAppeals is the cases whose appeal was allowed in a quarter: of the
// tribunal's series, which begins in 2018, and of the earlier one before that.
func (s *Series) allowedAppeals(quarter clock.Date) (float64, error) {
	if len(s.Appeals) > 0 && quarter < s.Appeals[0].Quarter {
		e, err := find(s.EarlierAppeals, "appeals_ho_asylum_quarterly_2010_2023.csv", quarter.String(), func(a *EarlierAppeals) bool { return a.Quarter == quarter })
		return float64(e.Allowed), err
	}
	a, err := find(s.Appeals, "appeals_ftt_quarterly.csv", quarter.String(), func(a *Appeals) bool { return a.Quarter == quarter })
	if err != nil {
		return 0, err
	}
	from, to := withdrawnShares[0], withdrawnShares[1]
	t := min(max(float64(quarter-from.quarter)/float64(to.quarter-from.quarter), 0), 1)
	return float64(a.Disposals) * (1 - from.share - float64(t*(to.share-from.share))) * a.AllowedPercent / 100, nil
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
